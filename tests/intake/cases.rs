//! Annexes as people really send them, and what must be said of each.

use ocop_stamp::intake::{Defaults, Fate, IntakeError, NotRead, ProblemKind, preview};
use ocop_stamp::vietnamese::legacy::Encoding;

use crate::{day, entries, faults, passed, read};

fn names(bytes: &[u8]) -> Vec<String> {
    read(bytes).entries().into_iter().map(|entry| entry.product_name).collect()
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_its_row() {
    let error = preview(include_bytes!("i17-unclosed-quote.csv"), &Defaults::default());
    let Err(error @ IntakeError::OpenQuote { row: 3 }) = error else { panic!("{error:?}") };
    assert_eq!(error.to_string(), "the quote opened in row 3 is never closed");
}

#[test]
fn a_hidden_sheet_is_named_and_not_read() {
    let read = read(include_bytes!("i02-hidden-first.xlsx"));
    let sheets: Vec<_> =
        read.sheets.iter().map(|it| (it.name.as_deref().unwrap(), &it.fate)).collect();
    let [("Dự thảo", Fate::NotRead(NotRead::Hidden)), ("Phụ lục", Fate::Read { .. })] = sheets[..]
    else {
        panic!("{sheets:?}")
    };
    assert_eq!(read.entries()[0].product_name, "Bánh chính thức");
}

#[test]
fn half_filled_rows_are_refused_by_cell() {
    let read = read(include_bytes!("i31-half-row.csv"));
    assert_eq!(entries(&read).iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(passed(&read), []);
    let faults = faults(&read);
    for cell in ["F3", "G3", "H3", "B4", "F4"] {
        assert!(faults.contains(&(cell.into(), ProblemKind::Missing)), "{cell}: {faults:?}");
    }
}

#[test]
fn text_from_before_unicode_is_refused_by_row() {
    let read = read(include_bytes!("i07-tcvn3.csv"));
    assert_eq!(read.entries(), []);
    let faults = faults(&read);
    assert!(faults.contains(&("B2".into(), ProblemKind::Garbled(Encoding::Tcvn3))), "{faults:?}");
    assert!(faults.contains(&("B3".into(), ProblemKind::Garbled(Encoding::Vni))), "{faults:?}");
}

#[test]
fn eth_and_african_d_are_read_as_d_with_stroke() {
    let read = read(include_bytes!("i01-eth.csv"));
    let addresses: Vec<_> = read.entries().into_iter().map(|it| it.producer.address).collect();
    assert_eq!(addresses.len() + faults(&read).len(), 2);
    assert_eq!(addresses[0].as_deref(), Some("Thôn Mẫu, xã Mẫu, Hà Nội"));
}

#[test]
fn cells_merged_downwards_stand_for_every_row() {
    let read = read(include_bytes!("i09-merged-producer.xlsx"));
    assert_eq!(faults(&read), []);
    let producers: Vec<_> = read.entries().into_iter().map(|it| it.producer.name).collect();
    assert_eq!(producers, ["HTX Thử Nghiệm Đồi Mẫu"; 3]);
    let signed = read.entries().into_iter().all(|it| it.signed_on == day(2026, 3, 15));
    assert!(signed);
}

#[test]
fn headings_over_two_rows_are_read() {
    let read = read(include_bytes!("i10-two-row-headings.xlsx"));
    assert_eq!(faults(&read), []);
    let Fate::Read { headings, ref unused_columns } = read.sheets[0].fate else { panic!() };
    assert_eq!((headings, unused_columns.len()), ((4, 5), 0));
    assert_eq!(read.entries()[0].product_name, "Kẹo thử 1");
    assert_eq!(read.entries()[0].decision_number, "THỬ-01/QĐ-UBND");
}

#[test]
fn what_was_read_right_before_is_read_right() {
    assert_eq!(names(include_bytes!("i13-sep-line.csv")), ["Kẹo thử 1"]);
    assert_eq!(names(include_bytes!("i15-format-to-end.xlsx")).len(), 1);
    assert_eq!(read(include_bytes!("i05-x000d.xlsx")).entries().len(), 1);
    let iso = read(include_bytes!("i26-iso-dates.xlsx")).entries();
    assert_eq!((iso[0].signed_on, iso[0].ends_on), (day(2026, 3, 15), day(2027, 12, 31)));
}

#[test]
fn stars_are_read_as_they_are_written() {
    let stars: Vec<_> = entries(&read(include_bytes!("i25-stars.csv")))
        .into_iter()
        .map(|(row, it)| (row, it.stars.get()))
        .collect();
    assert!(stars.starts_with(&[(2, 4), (3, 3), (4, 4)]), "{stars:?}");
}

#[test]
fn headings_over_several_rows_are_read_without_merged_cells_too() {
    let rows = "STT;Chủ thể;;Sản phẩm;;;Quyết định công nhận;;;Ghi chú\n\
        ;Tên;Địa chỉ;Tên;Nhóm;Hạng sao;Số;Cơ quan cấp;Ngày;\n\
        1;HTX A;Hà Nội;Rau;1;3;01;UBND TP Hà Nội;04/03/2026;x\n";
    let read = read(rows);
    assert_eq!(faults(&read), []);
    let entry = &read.entries()[0];
    assert_eq!((entry.producer.name.as_str(), entry.product_name.as_str()), ("HTX A", "Rau"));
    assert_eq!(entry.signed_on, day(2026, 3, 4));
    assert_eq!(crate::unused(&read), ["Ghi chú"]);
}
