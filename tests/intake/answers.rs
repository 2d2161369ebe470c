//! What the office says of unclear rows goes to the row that is meant.

use ocop_stamp::domain::naming::Answer;
use ocop_stamp::intake::{Defaults, NoRow, preview};
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
    let mut say = |text: &str| preview.say(&text.parse().unwrap());
    assert_eq!(say("2:product=new"), Err(NoRow::OnSeveralSheets(2)));
    assert_eq!(say("3:product=new"), Err(NoRow::Missing(3)));
    assert_eq!(say("Đợt 3!2:product=new"), Err(NoRow::Missing(2)));
    assert_eq!(say("Đợt 2!2:product=new"), Ok(()));
    let said: Vec<_> = preview.entries().iter().map(|it| it.said.product).collect();
    assert_eq!(said, [None, Some(Answer::New)]);
}
