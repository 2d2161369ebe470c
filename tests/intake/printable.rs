//! Names with characters that no font prints are refused before anything is entered.

use ocop_stamp::intake::ProblemKind;

use crate::{entries, faults, read};

#[test]
fn a_name_that_no_font_prints_is_refused_by_its_cell() {
    let read = read(include_bytes!("i23-glyphs.csv"));
    let unprintable =
        |cell: &str, character| (cell.to_owned(), ProblemKind::Unprintable(character));
    let wanted = [unprintable("F2", '☕'), unprintable("F3", '茶')];
    assert_eq!(faults(&read)[..2], wanted);
    assert!(matches!(faults(&read)[2], (_, ProblemKind::Unprintable(_))), "Cyrillic and Greek");
    let numbers: Vec<u32> = entries(&read).into_iter().map(|(row, _)| row).collect();
    assert_eq!(numbers, [4, 5, 6, 7, 8]);
}

#[test]
fn what_has_a_look_alike_is_right() {
    let read = read(include_bytes!("i32-nbhyphen.csv"));
    assert_eq!(faults(&read), []);
    assert_eq!(entries(&read).len(), 3);
}
