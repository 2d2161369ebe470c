//! What the office says of unclear rows goes to the row that is meant.

use ocop_stamp::domain::naming::Answer;
use ocop_stamp::intake::{AnswerError, Defaults, RowAnswer, preview};
use rust_xlsxwriter::Workbook;

use crate::looks;

#[test]
fn an_answer_is_about_one_row_of_one_sheet_and_told_where_it_is_about_none() {
    let mut workbook = Workbook::new();
    for name in ["Đợt 1", "Đợt 2"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        looks::row(sheet, 1, &format!("Mật ong {name}"));
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let mut preview = preview(&bytes, &Defaults::default()).unwrap();
    let answer = |text: &str| text.parse::<RowAnswer>().unwrap();
    let mut say = |text: &str| preview.answer(&[answer(text)]);
    let refused = |text, why: fn(RowAnswer) -> AnswerError| Err(why(answer(text)));
    for (text, why) in [
        ("2:product=new", AnswerError::WhichSheet as fn(RowAnswer) -> AnswerError),
        ("3:product=new", AnswerError::NoRow),
        ("Đợt 3!2:product=new", AnswerError::NoRow),
    ] {
        assert_eq!(say(text), refused(text, why));
    }
    assert_eq!(say("Đợt 2!2:product=new"), Ok(()));
    assert_eq!(say("Đợt 2!2:product=new"), Ok(()));
    let other = "Đợt 2!2:product=7";
    assert_eq!(say(other), refused(other, AnswerError::Contradictory));
    let said: Vec<_> = preview.entries().iter().map(|it| it.said.product).collect();
    assert_eq!(said, [None, Some(Answer::New)]);
}
