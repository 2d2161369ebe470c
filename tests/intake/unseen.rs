//! Texts that a cell holds and nobody sees, and values that another cell changes every day.

use ocop_stamp::intake::ProblemKind;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Formula, Table, Workbook};

use crate::looks::{HEADINGS, book, row};
use crate::workbook::{rows, workbook};
use crate::{entries, faults, read};

/// The faults where a text and a number of the second row have a format.
fn faults_in(format: &Format) -> Vec<(String, ProblemKind)> {
    faults(&read(book(|sheet| {
        sheet.write_with_format(2, 3, "Củ", format).unwrap();
        sheet.write_with_format(2, 5, 3, format).unwrap();
    })))
}

fn both() -> Vec<(String, ProblemKind)> {
    ["D3", "F3"].map(|cell| (cell.to_owned(), ProblemKind::ShownOtherwise)).to_vec()
}

#[test]
fn a_text_or_a_number_in_a_format_that_shows_nothing_is_refused() {
    for code in [";;;", "\"\";\"\";\"\";\"\"", "[White]0;[White]-0;[White]0;[White]@"] {
        assert_eq!(faults_in(&Format::new().set_num_format(code)), both(), "{code}");
    }
    let number = vec![("F3".to_owned(), ProblemKind::ShownOtherwise)];
    assert_eq!(faults_in(&Format::new().set_num_format(";;")), number);
    for code in ["General", "@", "0", "0;-0;0;@", "#,##0"] {
        assert_eq!(faults_in(&Format::new().set_num_format(code)), [], "{code}");
    }
    let text = vec![("D3".to_owned(), ProblemKind::ShownOtherwise)];
    assert_eq!(faults_in(&Format::new().set_num_format("0;0;0;\"khác\"")), text);
}

#[test]
fn a_text_is_read_with_what_its_format_writes_around_it() {
    let format = Format::new().set_num_format("\"Kẹo \"@");
    let read = read(book(|sheet| {
        sheet.write_with_format(2, 3, "dừa", &format).unwrap();
    }));
    assert_eq!(read.entries()[1].product_name, "Kẹo dừa");
}

#[test]
fn a_date_that_shows_the_month_where_people_read_the_day_is_refused() {
    let day = ExcelDateTime::from_ymd(2026, 3, 4).unwrap();
    let of = |format: &str| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        row(sheet, 1, "Rau");
        sheet.write_with_format(1, 8, &day, &Format::new().set_num_format(format)).unwrap();
        faults(&read(workbook.save_to_buffer().unwrap())).len()
    };
    for shown in ["dd/mm/yyyy", "dddd, dd/mm/yyyy", "ddd d/m/yy", "yyyy-mm-dd", "d mmm yyyy"] {
        assert_eq!(of(shown), 0, "{shown}");
    }
    for turned in
        ["mm/dd/yyyy", "ddd mm/dd/yyyy", "dddd, m/d/yyyy", "yyyy-dd-mm", "[Color2]dd/mm/yyyy"]
    {
        assert_eq!(of(turned), 1, "{turned}");
    }
}

#[test]
fn a_text_in_the_colour_of_its_ground_is_refused() {
    let font = |colour| Format::new().set_font_color(colour);
    for unseen in [
        font(Color::White),
        font(Color::RGB(0x00FE_FEFE)),
        font(Color::Theme(0, 0)),
        font(Color::Red).set_background_color(Color::Red),
        font(Color::Black).set_background_color(Color::Black),
        font(Color::Theme(4, 0)).set_background_color(Color::Theme(4, 0)),
        Format::new().set_font_size(1),
    ] {
        assert_eq!(faults_in(&unseen), both(), "{unseen:?}");
    }
    for seen in [
        font(Color::Red),
        font(Color::RGB(0x0080_8080)),
        font(Color::White).set_background_color(Color::Navy),
        Format::new().set_background_color(Color::Yellow),
        font(Color::Theme(1, 0)),
    ] {
        assert_eq!(faults_in(&seen), [], "{seen:?}");
    }
}

#[test]
fn a_part_of_a_text_in_white_is_refused_on_white_and_read_on_a_dark_ground() {
    let (white, black) = (Format::new().set_font_color(Color::White), Format::new().set_bold());
    let parts = [(&black, "Củ "), (&white, "cải")];
    let on_white = read(book(|sheet| {
        sheet.write_rich_string(2, 3, &parts).unwrap();
    }));
    assert_eq!(faults(&on_white), [("D3".into(), ProblemKind::ShownOtherwise)]);
    let white_font = read(book(|sheet| {
        let black = Format::new().set_font_color(Color::Black);
        let parts = [(&Format::new(), "Củ "), (&black, "cải")];
        sheet.write_rich_string_with_format(2, 3, &parts, &white).unwrap();
    }));
    assert_eq!(faults(&white_font), [("D3".into(), ProblemKind::ShownOtherwise)]);
    let navy = Format::new().set_background_color(Color::Navy);
    let on_navy = read(book(|sheet| {
        sheet
            .write_rich_string_with_format(2, 3, &[(&white, "Củ "), (&white, "cải")], &navy)
            .unwrap();
    }));
    assert_eq!((faults(&on_navy), entries(&on_navy).len()), (vec![], 2));
}

#[test]
fn every_cell_of_a_changing_formula_is_refused() {
    let cells = |formulas: [&str; 3]| {
        let mut xml = String::new();
        let line = |at: usize, texts: &[&str], more: &str| {
            let cell = |text: &&str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
            let cells: Vec<String> = texts.iter().map(cell).collect();
            let cells = cells.concat();
            format!(r#"<row r="{at}">{cells}{more}</row>"#)
        };
        xml += &line(1, &HEADINGS[..9], "");
        for (at, formula) in (2..).zip(formulas) {
            let product = format!("Rau {at}");
            let texts =
                ["1", "HTX Mẫu", "", product.as_str(), "1", "3", "MẪU-01", "UBND thành phố Hà Nội"];
            xml += &line(at, &texts, &format!(r#"<c r="I{at}">{formula}<v>46000</v></c>"#));
        }
        let changing = faults(&read(workbook(&xml, &[])));
        let changing = changing.into_iter().filter(|it| it.1 == ProblemKind::ChangingFormula);
        changing.map(|it| it.0).collect::<Vec<_>>()
    };
    let shared = r#"<f t="shared" si="0"/>"#;
    let first = r#"<f t="shared" ref="I2:I4" si="0">TODAY()-30</f>"#;
    assert_eq!(cells([first, shared, shared]), ["I2", "I3", "I4"]);
    assert_eq!(
        cells([r#"<f t="array" ref="I2:I4">TODAY()-A2:A4</f>"#, "", ""]),
        ["I2", "I3", "I4"]
    );
    assert_eq!(cells(["<f>TODAY()</f>", "<f>I2+1</f>", "<f>$I$3</f>"]), ["I2", "I3", "I4"]);
    assert_eq!(cells(["<f>I3</f>", "<f>SUM(I4:I9)</f>", "<f>NOW()</f>"]), ["I2", "I3", "I4"]);
    assert_eq!(cells(["<f>A2+46000</f>", "<f>I2+1</f>", ""]), [""; 0]);
}

#[test]
fn a_formula_that_looks_at_a_changing_cell_of_another_sheet_is_refused() {
    for (name, written) in
        [("Ngày", "'Ngày'"), ("Ngày ký", "'Ngày ký'"), ("Ngày 'mới' ký", "'Ngày ''mới'' ký'")]
    {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Phụ lục").unwrap();
        row(sheet, 1, "Rau");
        let signed = Formula::new(format!("=TEXT({written}!A1,\"dd/mm/yyyy\")"));
        sheet.write_formula(1, 8, signed.set_result("04/03/2026")).unwrap();
        let other = book.add_worksheet().set_name(name).unwrap();
        other.write_formula(0, 0, Formula::new("=TODAY()").set_result("46085")).unwrap();
        let read = read(book.save_to_buffer().unwrap());
        assert_eq!(faults(&read), [("I2".into(), ProblemKind::ChangingFormula)], "{name}");
    }
}

#[test]
fn quotes_around_the_name_of_a_sheet_may_be_escaped() {
    let texts = ["1", "HTX Mẫu", "", "Rau", "1", "3", "MẪU-01", "UBND thành phố Hà Nội"];
    let table = rows(&[&HEADINGS[..9], &texts]);
    let formula = r#"<c r="I2"><f>&apos;A&apos;!Z9</f><v>46000</v></c></row>"#;
    let (table, _) = table.rsplit_once("</row>").unwrap();
    let other = r#"<row r="9"><c r="Z9"><f>TODAY()</f><v>46000</v></c></row>"#;
    let read = read(workbook(&format!("{table}{formula}{other}"), &[]));
    let signed = ("I2".into(), ProblemKind::ChangingFormula);
    assert!(faults(&read).contains(&signed), "{:?}", faults(&read));
}

#[test]
fn a_formula_with_a_name_that_changes_is_refused() {
    let mut book = Workbook::new();
    book.define_name("HomNay", "=TODAY()").unwrap();
    let sheet = book.add_worksheet();
    row(sheet, 1, "Rau");
    let signed = Formula::new("=TEXT(HomNay,\"dd/mm/yyyy\")").set_result("04/03/2026");
    sheet.write_formula(1, 8, signed).unwrap();
    let read = read(book.save_to_buffer().unwrap());
    assert_eq!(faults(&read), [("I2".into(), ProblemKind::ChangingFormula)]);
}

/// The faults of an annex whose day of signature is a formula, with the day on another sheet and names.
fn faults_with_names(formula: &str, names: &[(&str, &str)]) -> Vec<(String, ProblemKind)> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Phụ lục").unwrap();
    row(sheet, 1, "Rau");
    let signed = Formula::new(format!("=TEXT({formula},\"dd/mm/yyyy\")"));
    sheet.write_formula(1, 8, signed.set_result("04/03/2026")).unwrap();
    let other = book.add_worksheet().set_name("Bảng 2").unwrap();
    other.write_formula(0, 0, Formula::new("=TODAY()").set_result("46085")).unwrap();
    other.write_number(1, 1, 46_085).unwrap();
    other.write_formula(2, 2, Formula::new("=A1+1").set_result("46086")).unwrap();
    for (name, meaning) in names {
        book.define_name(*name, &format!("={meaning}")).unwrap();
    }
    faults(&read(book.save_to_buffer().unwrap()))
}

#[test]
fn a_name_that_stands_for_a_changing_cell_or_area_is_followed() {
    let signed = [("I2".to_owned(), ProblemKind::ChangingFormula)];
    for (formula, names) in [
        ("HomNay", vec![("HomNay", "'Bảng 2'!$A$1")]),
        ("homnay", vec![("HomNay", "'Bảng 2'!$C$3")]),
        ("MAX(NgàyKý)", vec![("NgàyKý", "'Bảng 2'!$A$1:$B$9")]),
        ("MAX(Cột)", vec![("Cột", "'Bảng 2'!$A:$B")]),
        ("Một+1", vec![("Một", "Hai"), ("Hai", "Ba"), ("Ba", "'Bảng 2'!$A$1+0")]),
        ("Ngay1", vec![("Ngay1", "'Bảng 2'!$A$1")]),
        ("Riêng", vec![("'Phụ lục'!Riêng", "'Bảng 2'!$A$1"), ("Riêng", "'Bảng 2'!$B$2")]),
        ("'Bảng 2'!Riêng", vec![("'Bảng 2'!Riêng", "'Bảng 2'!$A$1")]),
        ("Dưới", vec![("Dưới", "'Bảng 2'!A1")]),
        ("INDIRECT(\"'Bảng 2'!A\"&1)", vec![]),
        ("OFFSET('Bảng 2'!$B$2,-1,-1)", vec![]),
    ] {
        assert_eq!(faults_with_names(formula, &names), signed, "{formula} {names:?}");
    }
}

#[test]
fn a_name_that_stands_for_what_stays_is_read() {
    for (formula, names) in [
        ("NgàyKý", vec![("NgàyKý", "'Bảng 2'!$B$2"), ("HomNay", "'Bảng 2'!$A$1")]),
        ("Riêng", vec![("'Bảng 2'!Riêng", "'Bảng 2'!$A$1"), ("Riêng", "'Bảng 2'!$B$2")]),
        ("NgàyKý", vec![("NgàyKý", "46085"), ("Ngày", "TODAY()")]),
        ("'Bảng 2'!$B$2&\"HomNay\"", vec![("HomNay", "'Bảng 2'!$A$1")]),
    ] {
        assert_eq!(faults_with_names(formula, &names), [], "{formula} {names:?}");
    }
}

#[test]
fn a_table_with_a_changing_cell_is_followed_by_its_name() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Phụ lục").unwrap();
    row(sheet, 1, "Rau");
    let signed = Formula::new("=TEXT(MAX(Lich[Ngày '[1'] ký]),\"dd/mm/yyyy\")");
    sheet.write_formula(1, 8, signed.set_result("04/03/2026")).unwrap();
    let other = book.add_worksheet().set_name("Bảng 'hai' mẫu").unwrap();
    other.add_table(3, 0, 5, 1, &Table::new().set_name("Lich")).unwrap();
    other.write_formula(5, 0, Formula::new("=TODAY()").set_result("46085")).unwrap();
    let read = read(book.save_to_buffer().unwrap());
    assert_eq!(faults(&read), [("I2".into(), ProblemKind::ChangingFormula)]);
}
