//! Rows that look like headings, totals or notes and state a product: none is passed over.

use chrono::NaiveDate;
use ocop_stamp::intake::{Defaults, IntakeError, ProblemKind, Why, preview};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::looks::HEADINGS;
use crate::{entries, faults, passed, read};

/// Names that read like words of headings and totals once their tones are gone, or begin like them.
const PRODUCTS: [&str; 18] = [
    "Phấn hoa",
    "Mực khô",
    "Xá xíu",
    "Quần lụa",
    "Đọt măng",
    "Cồng chiêng",
    "Hàng mây tre",
    "Ngây thơ",
    "Chim chích chòe",
    "Cân bò",
    "Tống vị",
    "Cáp đồng",
    "Nhóm lá",
    "Cộng cà phê",
    "Tổng hợp năm loại hạt",
    "Phần cơm cháy",
    "Kế toàn",
    "Ngày mới",
];

/// A list as text, of products, quantities and days of signature.
fn list(rows: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut text = "Chủ thể;Sản phẩm;Nhóm sản phẩm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký;Khối lượng tịnh\n".to_owned();
    for (product, quantity, day) in rows {
        let row = format!(
            "HTX Mẫu;{product};1;3;MẪU-01/QĐ-UBND;UBND thành phố Hà Nội;{day};{quantity}\n"
        );
        text += &row;
    }
    text.into_bytes()
}

#[test]
fn errors_dittos_and_names_without_a_letter_are_refused_by_cell() {
    let day = "04/03/2026";
    let kinds = [
        ("#N/A", ProblemKind::SpreadsheetError),
        ("#REF!", ProblemKind::SpreadsheetError),
        ("#NAME?", ProblemKind::SpreadsheetError),
        ("Err:502", ProblemKind::SpreadsheetError),
        ("=A1&B1", ProblemKind::NoValue),
        ("nt", ProblemKind::Ditto),
        ("-nt-", ProblemKind::Ditto),
        ("Như trên", ProblemKind::Ditto),
        ("〃", ProblemKind::Ditto),
        ("-", ProblemKind::NoName),
        ("2026", ProblemKind::NoName),
    ];
    for (product, kind) in kinds {
        let read = read(list(&[(product, "", day), ("Trà mẫu", "", day)]));
        assert_eq!(faults(&read), [("B2".to_owned(), kind)], "{product}");
        assert_eq!(entries(&read).len(), 1);
    }
    for right in ["Trà #1", "Kẹo 3 trong 1", "Nước NT", "Chè trên núi"] {
        assert_eq!(faults(&read(list(&[(right, "#1", day)]))), [], "{right}");
    }
    let read = read(list(&[("Trà mẫu", "#VALUE!", day)]));
    assert_eq!(faults(&read), [("H2".to_owned(), ProblemKind::SpreadsheetError)]);
}

#[test]
fn a_day_of_signature_that_cannot_be_is_refused() {
    let days = ["04/03/2062", "02/12/2026", "01/12/2026", "07/05/2018", "06/05/2018", "26-04-02"];
    let rows = ["A", "B", "C", "D", "E", "G"].into_iter().zip(days);
    let rows: Vec<_> = rows.map(|(name, day)| (name, "", day)).collect();
    let defaults = Defaults { today: NaiveDate::from_ymd_opt(2026, 12, 1), ..Defaults::default() };
    let read = preview(&list(&rows), &defaults).unwrap();
    let fault = |cell: &str, kind| (cell.to_owned(), kind);
    let wanted = [
        fault("G2", ProblemKind::NotYetSigned),
        fault("G3", ProblemKind::NotYetSigned),
        fault("G6", ProblemKind::BeforeProgramme),
        fault("G7", ProblemKind::BeforeProgramme),
    ];
    assert_eq!(faults(&read), wanted);
}

#[test]
fn names_below_those_who_sign_are_passed_over_and_told() {
    let mut file = list(&[("Trà mẫu", "", "04/03/2026")]);
    file.extend_from_slice(
        "Nơi nhận:;;;;;;;\n;KT. CHỦ TỊCH;;;;;;\n;(Đã ký);;;;;;\n;Nguyễn Văn Mẫu;;;;;;\n".as_bytes(),
    );
    let read = read(&file);
    assert_eq!(faults(&read), []);
    assert_eq!((entries(&read).len(), passed(&read).len()), (1, 4));
}

/// A workbook of products, all else merged down from the first of their rows.
fn merged(products: &[&str], ordinals: Option<&[&str]>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    crate::looks::row(sheet, 1, products[0]);
    let last = u32::try_from(products.len()).unwrap();
    for column in (0..9).filter(|column| *column != 3) {
        if column == 0 && ordinals.is_some() {
            continue;
        }
        let cells = [
            "1",
            "HTX Mẫu",
            "0109999998",
            "",
            "1",
            "3",
            "MẪU-01",
            "UBND thành phố Hà Nội",
            "04/03/2026",
        ];
        let text = cells[usize::from(column)];
        if last > 1 {
            sheet.merge_range(1, column, last, column, text, &Format::new()).unwrap();
        }
    }
    for (at, product) in (1..).zip(products) {
        sheet.write(at, 3, *product).unwrap();
        if let Some(ordinals) = ordinals {
            sheet.write(at, 0, ordinals[usize::try_from(at - 1).unwrap()]).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_row_whose_own_cell_is_the_product_alone_is_read() {
    let read = read(merged(&PRODUCTS, None));
    assert_eq!((passed(&read), faults(&read)), (vec![], vec![]));
    let names: Vec<_> = read.entries().into_iter().map(|it| it.product_name).collect();
    assert_eq!(names, PRODUCTS);
}

#[test]
fn a_product_under_an_ordinal_like_that_of_a_section_is_read() {
    for ordinals in
        [["1.1", "1.2", "1.3"], ["a", "b", "c"], ["I", "II", "III"], ["A.", "b)", "1.2."]]
    {
        let read = read(merged(&["Mật ong", "Kẹo dừa", "Bánh gai"], Some(&ordinals)));
        assert_eq!((passed(&read), entries(&read).len()), (vec![], 3), "{ordinals:?}");
        let rows = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n1;HTX A;Rau;1;3;01;UBND TP Hà Nội;04/03/2026\n";
        let text = format!(
            "{rows}{};;Kẹo dừa;;;;;\n2;HTX A;Củ;1;3;01;UBND TP Hà Nội;04/03/2026\n",
            ordinals[1]
        );
        let read = crate::read(text);
        assert_eq!(passed(&read), [], "{ordinals:?}");
    }
}

/// An annex without ordinal numbers, with this row in its middle and at its end.
fn without_ordinals(row: &str) -> [String; 2] {
    let heading = "Chủ thể;Mã số thuế;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n";
    let right = |product| format!("HTX A;;{product};1;3;01;UBND TP Hà Nội;04/03/2026\n");
    let (one, two) = (right("Rau"), right("Củ"));
    [format!("{heading}{one}{row}\n{two}"), format!("{heading}{one}{two}{row}\n")]
}

#[test]
fn a_product_that_stands_alone_is_refused_wherever_it_is() {
    for product in PRODUCTS.into_iter().chain(["Phan hoa", "MUC KHO", "Cong chieng"]) {
        for file in without_ordinals(&format!(";;{product};;;;;")) {
            let read = read(&file);
            assert_eq!(passed(&read), [], "{product}");
            assert!(
                faults(&read).iter().any(|(_, kind)| *kind == ProblemKind::Missing),
                "{product}"
            );
        }
    }
}

#[test]
fn a_row_that_names_a_producer_and_its_tax_code_or_decision_is_refused_wherever_it_is() {
    for row in [
        "Nhà vườn Mẫu;0109999990;;;;;;",
        "Nguyễn Văn Mẫu;;;;;THỬ-01/QĐ-UBND;UBND thành phố Hà Nội;15/03/2026",
        "Nhà vườn Mẫu;;;;4;;;",
        "Ngày Mới;0109999990;;1;;;;",
        ";0109999990;;;;;;04/03/2026",
    ] {
        for file in without_ordinals(row) {
            let read = read(&file);
            assert_eq!(passed(&read), [], "{row}");
            assert!(!faults(&read).is_empty(), "{row}");
        }
    }
}

#[test]
fn headings_of_sections_totals_and_signatures_are_known_with_their_tones_and_without() {
    for (row, why) in [
        (";;Nhóm 1: Thực phẩm;;;;;", Why::Section),
        (";;Thực phẩm;;;;;", Why::Section),
        ("HUYỆN GIA LÂM;;;;;;;", Why::Section),
        (";;Xã Bát Tràng;;;;;", Why::Section),
        (";;;;;;HANG 4 SAO;", Why::Section),
        ("II. Đồ uống;;;;;;;", Why::Section),
        ("Tổng cộng;;;;12;;;", Why::Total),
        (";;;;;;TONG CONG;", Why::Total),
        ("Cộng;;2;;;;;", Why::Total),
        ("Tổng số sản phẩm: 12;;;;;;;", Why::Total),
        (";;Cộng nhóm I;;;;;", Why::Total),
    ] {
        for file in without_ordinals(row) {
            assert_eq!(
                passed(&read(&file)).into_iter().map(|it| it.1).collect::<Vec<_>>(),
                [why],
                "{row}"
            );
        }
    }
    for row in
        ["Ghi chú: xem Quyết định;;;;;;;", "Người lập biểu;;;;;TM. UBND;;", "Nguyễn Văn Mẫu;;;;;;;"]
    {
        let [_, last] = without_ordinals(row);
        assert_eq!(passed(&read(last)), [(4, Why::Footer)], "{row}");
    }
}

#[test]
fn a_product_above_the_headings_is_refused() {
    let rows = "Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Ngày ký;Cơ quan\n\
        HTX A;Rau;1;3;01;04/03/2026;UBND TP Hà Nội\n\
        STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký;Địa chỉ\n\
        1;HTX B;Củ;1;3;01;UBND TP Hà Nội;04/03/2026;Hà Nội\n";
    let read = read(rows);
    assert!(read.problems().any(|it| it.row == 2), "{:?}", read.rows);
}

#[test]
fn a_table_beside_the_table_is_refused_by_row() {
    let heading = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký";
    let row = |product| format!("1;HTX A;{product};1;3;01;UBND TP Hà Nội;04/03/2026");
    let file = format!(
        "{heading};;{heading}\n{};;{}\n{};;\n;;;;;;;;;{}\n",
        row("Rau"),
        row("Củ"),
        row("Cà"),
        row("Cải")
    );
    let read = read(file);
    let beside: Vec<_> =
        read.problems().filter(|it| it.kind == ProblemKind::TableBeside).map(|it| it.row).collect();
    assert_eq!((beside, entries(&read).len(), passed(&read)), (vec![2, 4], 1, vec![]));
}

#[test]
fn two_columns_of_one_meaning_that_say_different_things_are_refused() {
    let heading =
        "STT;Chủ thể;Sản phẩm;Nhóm;Hạng sao (năm 2023);Hạng sao (năm 2026);Số QĐ;Cơ quan;Ngày ký\n";
    let row = |product: &str, two: &str| {
        format!("1;HTX A;{product};1;{two};01;UBND TP Hà Nội;04/03/2026\n")
    };
    let read = read(format!(
        "{heading}{}{}{}",
        row("Rau", "3;5"),
        row("Củ", "4;4 sao"),
        row("Cà", "4;78,66")
    ));
    assert_eq!(faults(&read), [("F2".into(), ProblemKind::TwoColumns)]);
    let heading = "STT;Chủ thể;Sản phẩm;Nhóm;Hạng sao;Số QĐ;Cơ quan;Ngày ký;Ngày cấp;Địa chỉ;Địa chỉ sản xuất\n";
    let row = |product: &str, day: &str| {
        format!("1;HTX A;{product};1;3;01;UBND TP Hà Nội;04/03/2026;{day};X;Y\n")
    };
    let read =
        crate::read(format!("{heading}{}{}", row("Rau", "05/03/2026"), row("Củ", "04/03/2026")));
    assert_eq!(faults(&read), [("I2".into(), ProblemKind::TwoColumns)]);
}

#[test]
fn a_file_that_is_refused_names_its_hidden_sheets() {
    let mut book = Workbook::new();
    crate::looks::row(
        book.add_worksheet().set_name("Phụ lục ẩn").unwrap().set_hidden(true),
        1,
        "Rau",
    );
    book.add_worksheet().set_name("Bìa").unwrap().set_active(true).write(0, 0, "x").unwrap();
    let error = preview(&book.save_to_buffer().unwrap(), &Defaults::default()).unwrap_err();
    let IntakeError::NoHeadings { hidden, .. } = &error else { panic!("{error:?}") };
    assert_eq!(hidden, &["Phụ lục ẩn"]);
    assert!(error.what(ocop_stamp::domain::language::Language::Vietnamese).contains("Phụ lục ẩn"));
}

fn swallowing(columns: usize, open: usize, close: usize) -> String {
    let line = |mark: &str, at: usize, left: bool| {
        let cell = |column| match (column == at, left) {
            (true, true) => format!("\"x{mark}"),
            (true, false) => format!("x{mark}\""),
            (false, _) => format!("{mark}{column}"),
        };
        (0..columns).map(cell).collect::<Vec<_>>().join(";")
    };
    let heading = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký;Địa chỉ;Mã số thuế;Mã GTIN;Cấp;Loại hình";
    let heading: Vec<_> = heading.split(';').take(columns).collect();
    format!("{}\n{}\n{}\n", heading.join(";"), line("a", open, true), line("b", close, false))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn a_stray_quote_never_takes_a_row_into_a_cell(columns in 8..13_usize, open in 0..13_usize, close in 0..13_usize) {
        let (open, close) = (open.min(columns - 1), close.min(columns - 1));
        let Ok(read) = preview(swallowing(columns, open, close).as_bytes(), &Defaults::default()) else {
            return Ok(());
        };
        // The row with too many cells is refused.
        prop_assert!(read.entries().is_empty() && read.problems().next().is_some());
    }

    #[test]
    fn a_product_in_its_column_is_never_passed_over(
        product in "[A-ZĐ][a-zàáảãạăâèéẹêìíịòóọôơùúụưừứựỳýđ]{1,6}( [a-zàáảạăâèéẹêìíọôơùúưđ]{1,6}){1,3}",
        ordinal in prop::sample::select(vec!["", "1", "a", "b)", "1.2", "IV", "2.1.3"]),
        in_the_middle in any::<bool>(),
    ) {
        let first = product.split(' ').next().unwrap_or_default();
        prop_assume!(!["Xã", "Tm", "Kt", "Tl"].contains(&first));
        let heading = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n";
        let right = "1;HTX A;Rau;1;3;01;UBND TP Hà Nội;04/03/2026\n";
        let mut file = format!("{heading}{right}{ordinal};;{product};;;;;\n");
        if in_the_middle { file.push_str(&right.replace("Rau", "Củ")); }
        let read = read(&file);
        prop_assert!(passed(&read).is_empty(), "{:?}", read.rows);
    }
}

#[test]
fn a_quote_closed_in_the_next_row_is_refused_with_its_row() {
    for (open, close) in [(4, 4), (3, 5), (0, 0), (7, 7)] {
        let error = preview(swallowing(8, open, close).as_bytes(), &Defaults::default());
        assert!(
            matches!(error, Err(IntakeError::OpenQuote { row: 2 })),
            "{open} {close}: {error:?}"
        );
    }
    let lines = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký;Địa chỉ\n\
        1;HTX A;Rau;1;3;01;UBND TP Hà Nội;04/03/2026;\"Thôn A; xã B;\nHà Nội; Việt Nam\"\n";
    assert_eq!(read(lines).entries().len(), 1);
}

/// A workbook with three right rows, and something done to it.
fn book(make: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    crate::looks::book(|sheet| {
        crate::looks::row(sheet, 3, "Cà");
        make(sheet);
    })
}

#[test]
fn what_a_merged_area_covers_is_refused_where_it_is_not_what_is_seen() {
    let plain = Format::new();
    let down = read(book(|sheet| {
        sheet.merge_range(1, 1, 3, 1, "HTX Thấy", &plain).unwrap();
        sheet.write(2, 1, "HTX Che").unwrap();
        sheet.write(3, 1, "HTX Thấy").unwrap();
    }));
    assert_eq!(faults(&down), [("B3".into(), ProblemKind::ShownOtherwise)]);
    let names: Vec<_> = down.entries().into_iter().map(|it| it.producer.name).collect();
    assert_eq!(names, ["HTX Thấy", "HTX Thấy"]);
    let across = read(book(|sheet| {
        sheet.merge_range(2, 1, 2, 2, "HTX Thấy", &plain).unwrap();
        sheet.write(2, 2, "0109999990").unwrap();
    }));
    assert_eq!(faults(&across), [("C3".into(), ProblemKind::ShownOtherwise)]);
    assert_eq!(HEADINGS[2], "Mã số thuế");
}

#[test]
fn a_text_that_could_be_of_the_old_encoding_of_its_column_is_refused() {
    let heading = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n";
    for (products, refused) in [
        (["Bé b¸t gèm sø", "Bét gõng", "Rau"], vec!["C2", "C3"]),
        (["Sữa týõi", "Hộp sõn mài", "Ống hút"], vec!["C2", "C3"]),
        (["Sữa tươi", "Bột gừng", "Lý"], vec![]),
    ] {
        let rows =
            products.map(|it| format!("1;HTX xã Mẫu;{it};1;3;01;UBND TP Hà Nội;04/03/2026\n"));
        let cells: Vec<_> = faults(&read(format!("{heading}{}", rows.concat())))
            .into_iter()
            .map(|it| it.0)
            .collect();
        assert_eq!(cells, refused, "{products:?}");
    }
}
