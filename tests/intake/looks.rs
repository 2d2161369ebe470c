//! What people see in a workbook is what is read, or the cell is named.

use ocop_stamp::intake::{Defaults, Fate, IntakeError, NotRead, ProblemKind, Why, preview};
use rust_xlsxwriter::{Color, FilterCondition, Format, FormatScript, Formula, Workbook, Worksheet};

use crate::workbook::{rows, with_format, workbook};
use crate::{day, entries, faults, passed, read};

pub(crate) const HEADINGS: [&str; 10] = [
    "STT",
    "Chủ thể",
    "Mã số thuế",
    "Sản phẩm",
    "Nhóm sản phẩm",
    "Hạng sao",
    "Số quyết định",
    "Cơ quan cấp",
    "Ngày ký",
    "Mã GTIN",
];

/// A row that is right.
pub(crate) const RIGHT: [&str; 9] =
    ["1", "HTX Mẫu", "", "Rau", "1", "3", "MẪU-01", "UBND thành phố Hà Nội", "04/03/2026"];

/// Writes the headings and a row that is right, from row 2 on, with a product of that name.
pub(crate) fn row(sheet: &mut Worksheet, at: u32, product: &str) {
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(0, column, heading).unwrap();
    }
    let cells = [
        "",
        "HTX Mẫu",
        "0109999998",
        product,
        "1",
        "3",
        "MẪU-01",
        "UBND thành phố Hà Nội",
        "04/03/2026",
        "",
    ];
    sheet.write(at, 0, at).unwrap();
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write(at, column, text).unwrap();
    }
}

pub(crate) fn book(make: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Phụ lục 1").unwrap();
    row(sheet, 1, "Rau");
    row(sheet, 2, "Củ");
    make(sheet);
    book.save_to_buffer().unwrap()
}

/// The faults of a workbook in which something was done to the second row.
fn faults_with(make: impl FnOnce(&mut Worksheet)) -> Vec<(String, ProblemKind)> {
    let read = read(book(make));
    assert_eq!(entries(&read).len() + usize::from(!faults(&read).is_empty()), 2);
    faults(&read)
}

#[test]
fn hidden_and_filtered_rows_are_passed_over_and_named() {
    let hidden = read(book(|sheet| {
        sheet.set_row_hidden(2).unwrap();
    }));
    assert_eq!((entries(&hidden).len(), passed(&hidden)), (1, vec![(3, Why::Hidden)]));
    let flat = read(book(|sheet| {
        sheet.set_row_height(2, 0).unwrap();
    }));
    assert_eq!(passed(&flat), [(3, Why::Hidden)]);
    let filtered = read(book(|sheet| {
        sheet.autofilter(0, 0, 2, 9).unwrap();
        let rau = FilterCondition::new().add_list_filter("Rau");
        sheet.filter_column(3, &rau).unwrap();
    }));
    assert_eq!((entries(&filtered).len(), passed(&filtered)), (1, vec![(3, Why::Filtered)]));
}

#[test]
fn rows_too_low_to_be_read_are_hidden_ones() {
    let high =
        |points: f64| passed(&read(book(|sheet| _ = sheet.set_row_height(2, points).unwrap())));
    for points in [0.5, 1.0, 3.0] {
        assert_eq!(high(points), [(3, Why::Hidden)], "{points}");
    }
    assert_eq!(high(9.0), []);
    let sheet = |format: &str, second: &str| {
        let rows = rows(&[&HEADINGS[..9], &RIGHT]);
        let rows = rows.replace(r#"r="1""#, r#"r="1" ht="15""#).replace(r#"r="2""#, second);
        with_format(&format!("<sheetFormatPr {format}/>"), &rows)
    };
    let low = r#"defaultRowHeight="0.5" customHeight="1""#;
    assert_eq!(passed(&read(sheet(low, r#"r="2""#))), [(2, Why::Hidden)]);
    assert_eq!(passed(&read(sheet(low, r#"r="2" ht="15" customHeight="1""#))), []);
    // Rows that are written are seen, also where all others are hidden.
    let others = r#"defaultRowHeight="15" zeroHeight="1""#;
    assert_eq!(passed(&read(sheet(others, r#"r="2""#))), []);
    assert_eq!(passed(&read(sheet(others, r#"r="2" hidden="1""#))), [(2, Why::Hidden)]);
}

#[test]
fn columns_too_narrow_to_be_read_are_hidden_ones() {
    let faults_of = |format: &str| {
        let rows = rows(&[&HEADINGS[..9], &RIGHT]);
        let product = |all: Vec<(String, ProblemKind)>| {
            all.into_iter().filter(|(cell, _)| cell == "D2").map(|it| it.1).collect::<Vec<_>>()
        };
        product(faults(&read(with_format(format, &rows))))
    };
    let narrow = [ProblemKind::HiddenColumn];
    for format in [
        r#"<cols><col min="4" max="4" width="0.1" customWidth="1"/></cols>"#,
        r#"<cols><col min="2" max="16384" width="0.7109375" customWidth="1"/></cols>"#,
        r#"<cols><col min="4" max="4" hidden="1"/><col min="4" max="4" width="9"/></cols>"#,
        r#"<sheetFormatPr baseColWidth="0"/>"#,
        r#"<sheetFormatPr defaultColWidth="0.5"/><cols><col min="1" max="3" width="9"/></cols>"#,
    ] {
        assert_eq!(faults_of(format), narrow, "{format}");
    }
    for format in [
        "",
        r#"<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>"#,
        r#"<sheetFormatPr baseColWidth="0" defaultColWidth="9"/>"#,
        r#"<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="9" width="9"/></cols>"#,
        r#"<cols><col min="10" max="16384" width="0.1" hidden="1"/></cols>"#,
        r#"<cols><col min="0" max="9" width="0"/><col min="9" max="4" width="0"/></cols>"#,
    ] {
        assert_eq!(faults_of(format), [], "{format}");
    }
}

#[test]
fn a_value_in_a_hidden_column_is_refused_and_an_empty_one_does_no_harm() {
    let hide = |sheet: &mut Worksheet| {
        sheet.set_column_hidden(9).unwrap();
    };
    assert_eq!(faults_with(hide), []);
    let faults = faults_with(|sheet| {
        hide(sheet);
        sheet.write(2, 9, "9521234543213").unwrap();
    });
    assert_eq!(faults, [("J3".into(), ProblemKind::HiddenColumn)]);
}

#[test]
fn struck_out_text_is_refused_and_a_struck_out_row_passed_over() {
    let struck = Format::new().set_font_strikethrough();
    let faults = faults_with(|sheet| {
        sheet.write_with_format(2, 5, "3", &struck).unwrap();
    });
    assert_eq!(faults, [("F3".into(), ProblemKind::StruckOut)]);
    let plain = Format::default();
    let faults = faults_with(|sheet| {
        let parts = [(&struck, "Kẹo "), (&plain, "Củ cải")];
        sheet.write_rich_string(2, 3, &parts).unwrap();
    });
    assert_eq!(faults, [("D3".into(), ProblemKind::StruckOut)]);
    let whole = read(book(|sheet| {
        for column in 0..9 {
            sheet.write_with_format(2, column, "x", &struck).unwrap();
        }
    }));
    assert_eq!((entries(&whole).len(), passed(&whole)), (1, vec![(3, Why::StruckOut)]));
}

#[test]
fn rich_text_that_is_not_struck_out_is_read_whole() {
    let read = read(book(|sheet| {
        let (bold, low) =
            (Format::new().set_bold(), Format::new().set_font_script(FormatScript::Subscript));
        let red = Format::new().set_font_color(Color::Red);
        sheet
            .write_rich_string(2, 3, &[(&bold, "Nước "), (&red, "H"), (&low, "2"), (&bold, "O")])
            .unwrap();
    }));
    assert_eq!(read.entries()[1].product_name, "Nước H2O");
}

#[test]
fn a_formula_without_a_value_is_refused_and_one_with_a_value_is_read() {
    let without = faults_with(|sheet| {
        sheet.write_formula(2, 3, "=A1&\"x\"").unwrap();
    });
    assert_eq!(without, [("D3".into(), ProblemKind::NoValue)]);
    let texts = [
        "1",
        "HTX Mẫu",
        "0109999998",
        "Rau",
        "1",
        "3",
        "MẪU-01",
        "UBND thành phố Hà Nội",
        "04/03/2026",
    ];
    let sheet = rows(&[&HEADINGS, &texts]);
    let xml =
        sheet.strip_suffix("</row>").unwrap().to_owned() + "<c r=\"J2\"><f>B9</f><v></v></c></row>";
    let computed = read(workbook(&xml, &[]));
    assert!(
        faults(&computed).contains(&("J2".into(), ProblemKind::NoValue)),
        "{:?}",
        faults(&computed)
    );
    let value = Formula::new("=UPPER(\"cu\")").set_result("Củ cải");
    let read = read(book(|sheet| {
        sheet.write_formula(2, 3, value).unwrap();
    }));
    assert_eq!(read.entries()[1].product_name, "Củ cải");
    let today = Formula::new("=TEXT(TODAY(),\"dd/mm/yyyy\")").set_result("04/03/2026");
    let faults = faults_with(|sheet| {
        sheet.write_formula(2, 8, today).unwrap();
    });
    assert_eq!(faults, [("I3".into(), ProblemKind::ChangingFormula)]);
}

#[test]
fn numbers_are_read_as_their_format_shows_them() {
    let number = |column, value: f64, format: &str| {
        let format = Format::new().set_num_format(format);
        book(|sheet| {
            sheet.write_number_with_format(2, column, value, &format).unwrap();
        })
    };
    let tax = read(number(2, 109_999_998.0, "0000000000"));
    assert_eq!(tax.entries()[1].producer.tax_code.as_deref(), Some("0109999998"));
    let gtin = read(number(9, 9_521_234_543_213.0, "0"));
    assert_eq!(
        gtin.entries()[1].gtin.unwrap().to_string().trim_start_matches('0'),
        "9521234543213"
    );
    let stars = read(number(5, 4.0, "0.0"));
    assert_eq!(stars.entries()[1].stars.get(), 4);
    for (column, value, format, cell) in
        [(5, 3.6, "0", "F3"), (9, 9_521_234_543_213.0, "0.00E+00", "J3"), (5, 4.0, ";;;", "F3")]
    {
        let faults = faults(&read(number(column, value, format)));
        assert_eq!(faults, [(cell.into(), ProblemKind::ShownOtherwise)], "{format}");
    }
}

#[test]
fn dates_are_read_where_they_are_shown_whole() {
    let date = |column, format: &str| {
        let format = Format::new().set_num_format(format);
        // 04/03/2026.
        let number = 46_085.0;
        book(|sheet| {
            sheet.write_number_with_format(2, column, number, &format).unwrap();
        })
    };
    assert_eq!(read(date(8, "dd/mm/yyyy")).entries()[1].signed_on, day(2026, 3, 4));
    for format in ["mm/yyyy", "dd/mm", "mm/dd/yyyy"] {
        let faults = faults(&read(date(8, format)));
        assert_eq!(faults, [("I3".into(), ProblemKind::ShownOtherwise)], "{format}");
    }
    let faults = faults(&read(date(6, "dd/mm/yyyy")));
    assert_eq!(faults, [("G3".into(), ProblemKind::TurnedIntoDate)]);
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_does() {
    let texts = ["1", "HTX Mẫu", "0109999998", "Rau", "1", "3", "MẪU-01", "UBND thành phố Hà Nội"];
    let signed = |style: &str| {
        // 04/03/2026, counted from 1904.
        let cell = format!(r#"<c r="I2"{style}><v>44623</v></c></row>"#);
        let sheet = rows(&[&HEADINGS, &texts]);
        let sheet = sheet.strip_suffix("</row>").unwrap().to_owned() + &cell;
        let styles =
            r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
        workbook(&sheet, &[("styles.xml", styles), ("date1904", "")])
    };
    let dated = read(signed(r#" s="1""#));
    assert_eq!((faults(&dated), dated.entries()[0].signed_on), (vec![], day(2026, 3, 4)));
    let bare = faults(&read(signed("")));
    assert!(matches!(bare[..], [(ref cell, ProblemKind::Date(_))] if cell == "I2"), "{bare:?}");
}

#[test]
fn every_sheet_that_is_seen_is_read_and_the_others_are_named() {
    let mut all = Workbook::new();
    row(all.add_worksheet().set_name("Thực phẩm").unwrap(), 1, "Rau");
    row(all.add_worksheet().set_name("Đồ uống").unwrap(), 1, "Trà");
    row(all.add_worksheet().set_name("Nháp").unwrap().set_hidden(true), 1, "Nháp");
    row(all.add_worksheet().set_name("Nháp 2").unwrap().set_very_hidden(true), 1, "Nháp 2");
    all.add_worksheet().set_name("Trống").unwrap();
    all.add_worksheet().set_name("Ghi chú").unwrap().write(0, 0, "Liên hệ").unwrap();
    let read = read(all.save_to_buffer().unwrap());
    let names: Vec<_> = read.entries().into_iter().map(|it| it.product_name).collect();
    assert_eq!(names, ["Rau", "Trà"]);
    let not_read: Vec<_> = read
        .sheets
        .iter()
        .filter_map(|sheet| match sheet.fate {
            Fate::NotRead(why) => Some((sheet.name.as_deref().unwrap(), why)),
            Fate::Read { .. } => None,
        })
        .collect();
    assert_eq!(
        not_read,
        [
            ("Nháp", NotRead::Hidden),
            ("Nháp 2", NotRead::Hidden),
            ("Trống", NotRead::Empty),
            ("Ghi chú", NotRead::NoTable),
        ]
    );
}

#[test]
fn a_workbook_with_all_sheets_hidden_or_one_that_lacks_a_column_is_refused_with_its_sheet() {
    let mut hidden = Workbook::new();
    hidden.add_worksheet().set_name("Trống").unwrap();
    row(hidden.add_worksheet().set_name("Nháp").unwrap().set_hidden(true), 1, "Nháp");
    let error = preview(&hidden.save_to_buffer().unwrap(), &Defaults::default()).unwrap_err();
    assert!(matches!(&error, IntakeError::Hidden { sheets } if sheets == &["Nháp"]), "{error:?}");

    let mut lacking = Workbook::new();
    row(lacking.add_worksheet().set_name("Đủ").unwrap(), 1, "Rau");
    let sheet = lacking.add_worksheet().set_name("Thiếu").unwrap();
    row(sheet, 1, "Trà");
    sheet.write(0, 5, "Điểm").unwrap();
    let error = preview(&lacking.save_to_buffer().unwrap(), &Defaults::default()).unwrap_err();
    let IntakeError::MissingColumns { sheet, missing, .. } = error else { panic!("{error:?}") };
    assert_eq!((sheet.as_deref(), &missing[..]), (Some("Thiếu"), &["Hạng sao"][..]));
}

#[test]
fn a_product_in_two_sheets_is_told_with_both_places() {
    let mut twice = Workbook::new();
    row(twice.add_worksheet().set_name("A").unwrap(), 1, "Rau");
    row(twice.add_worksheet().set_name("B").unwrap(), 1, "Rau");
    let read = read(twice.save_to_buffer().unwrap());
    let problem = read.problems().next().unwrap();
    assert_eq!(problem.sheet.as_deref(), Some("B"));
    assert_eq!(problem.kind, ProblemKind::Duplicate { first_row: 2, same_sheet: false });
    assert_eq!(
        problem.place(ocop_stamp::domain::language::Language::Vietnamese),
        "B, ô D2, dòng 2, cột “Sản phẩm”"
    );
}
