//! Names with characters that no font prints are refused before anything is entered.

use ocop_stamp::domain::recognition::AuthorityLevel;
use ocop_stamp::intake::{Defaults, ProblemKind, preview};

use crate::{entries, faults, read};

#[test]
fn a_name_that_no_font_prints_is_refused_by_its_cell() {
    let read = read(include_bytes!("i23-glyphs.csv"));
    let unprintable =
        |cell: &str, character| (cell.to_owned(), ProblemKind::Unprintable(character));
    // What a spreadsheet would compute is not what people see in it.
    let formula = ("F6".to_owned(), ProblemKind::NoValue);
    assert_eq!(faults(&read), [unprintable("F2", '☕'), unprintable("F3", '茶'), formula]);
    let numbers: Vec<u32> = entries(&read).into_iter().map(|(row, _)| row).collect();
    assert_eq!(numbers, [4, 5, 7, 8, 9]);
}

#[test]
fn what_has_a_look_alike_is_right() {
    let read = read(include_bytes!("i32-nbhyphen.csv"));
    assert_eq!(faults(&read), []);
    assert_eq!(entries(&read).len(), 3);
}

#[test]
fn what_is_given_for_the_whole_file_and_no_font_prints_is_refused_in_every_row_that_needs_it() {
    let file = "STT;Tên chủ thể;Loại hình;Tên sản phẩm;Nhóm sản phẩm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký\n\
                1;HTX Đồi Mẫu;hợp tác xã;Chè mẫu;1;3;;;15/03/2026\n\
                2;HTX Đồi Mẫu;hợp tác xã;Mật mẫu;1;3;THỬ-02/QĐ;UBND thành phố Hà Nội;15/03/2026\n";
    let given = |number: &str, authority: &str| {
        let defaults = Defaults {
            today: None,
            decision_number: Some(number.into()),
            authority: Some(authority.into()),
            level: Some(AuthorityLevel::City),
            signed_on: None,
            effective_on: None,
        };
        preview(file.as_bytes(), &defaults).unwrap()
    };
    assert_eq!(faults(&given("THỬ-01/QĐ", "UBND thành phố Hà Nội")), []);
    let number = given("THỬ ☕", "UBND thành phố Hà Nội");
    assert_eq!(faults(&number), [("G2".to_owned(), ProblemKind::Unprintable('☕'))]);
    assert_eq!(entries(&number).len(), 1);
    let authority = given("THỬ-01/QĐ", "UBND 茶");
    assert_eq!(faults(&authority), [("H2".to_owned(), ProblemKind::Unprintable('茶'))]);
}
