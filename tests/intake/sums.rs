//! Every sheet and every row of a file is accounted for: the sums are those that other readers count.

use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use ocop_stamp::domain::annex::Outcome;
use ocop_stamp::intake::{Account, Defaults, Fate, Preview, preview};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

/// What a generated row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Right,
    /// It has an ordinal number and half of what it needs.
    Half,
    /// A cell of it is wrong.
    Wrong,
    /// It has the name of a product alone, behind an ordinal as sections have it.
    Alone,
    Section,
    Total,
    Numbers,
    Headings,
    Empty,
    Signature,
}

const HEADINGS: [&str; 8] =
    ["STT", "Chủ thể", "Sản phẩm", "Nhóm", "Hạng sao", "Số quyết định", "Cơ quan cấp", "Ngày ký"];

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::Right,
        Kind::Right,
        Kind::Right,
        Kind::Half,
        Kind::Wrong,
        Kind::Alone,
        Kind::Section,
        Kind::Total,
        Kind::Numbers,
        Kind::Headings,
        Kind::Empty,
        Kind::Signature,
    ])
}

/// The cells of a row; `number` makes its product its own.
fn cells(kind: Kind, number: usize) -> [String; 8] {
    let row = |cells: [&str; 8]| cells.map(str::to_owned);
    let ordinal = number.to_string();
    let product = format!("Bánh mẫu {number}");
    match kind {
        Kind::Right => {
            row([&ordinal, "HTX Mẫu", &product, "1", "3", "01", "UBND TP Hà Nội", "04/03/2026"])
        }
        Kind::Half => row([&ordinal, "HTX Mẫu", "", "", "3", "", "", ""]),
        Kind::Wrong => {
            row([&ordinal, "HTX Mẫu", &product, "9", "3", "01", "UBND TP Hà Nội", "31/02/2026"])
        }
        Kind::Alone => row([
            ["b)", "", "1.2"][number % 3],
            "",
            &format!("Phấn hoa {number}"),
            "",
            "",
            "",
            "",
            "",
        ]),
        Kind::Section => row(["II", "Huyện Gia Lâm", "", "", "", "", "", ""]),
        Kind::Total => row(["Tổng cộng", "", "", "", "12", "", "", ""]),
        Kind::Numbers => row(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"]),
        Kind::Headings => HEADINGS.map(str::to_owned),
        Kind::Empty => row(["", " ", "", "", "", "", "", ""]),
        Kind::Signature => row(["", "Người lập biểu", "", "", "", "TM. UBND", "", ""]),
    }
}

/// Rows of one sheet: those above the headings, and those below.
fn sheet() -> impl Strategy<Value = (usize, Vec<Kind>)> {
    (0..4_usize, prop::collection::vec(kind(), 0..24))
}

/// What another reader counts: rows with something in them.
fn filled<S: AsRef<str>>(row: &[S]) -> bool {
    row.iter().any(|cell| !cell.as_ref().trim().is_empty())
}

fn account(read: Preview) -> Account {
    let said = [Outcome::Entered(Vec::new()), Outcome::Same, Outcome::Different(Vec::new())];
    let outcomes = said.into_iter().cycle().take(read.entries().len()).collect();
    read.account(outcomes)
}

/// That the five kinds add up, and to what another reader counts.
fn adds_up(account: &Account, rows: usize) -> Result<(), TestCaseError> {
    let counts = account.counts();
    let stated = counts.entered + counts.same + counts.different + counts.unclear;
    let sum = stated + counts.refused + counts.passed_over;
    prop_assert_eq!(counts.rows, sum);
    let headings = account.sheets.iter().map(|sheet| match sheet.fate {
        Fate::Read { headings: (first, last), .. } => usize::try_from(last - first + 1).unwrap(),
        Fate::NotRead(_) => 0,
    });
    prop_assert_eq!(counts.rows + headings.sum::<usize>(), rows);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn every_row_of_a_text_file_is_counted_once(
        (above, kinds) in sheet(),
        delimiter in prop::sample::select(b";,\t|".to_vec()),
        quote in any::<bool>(),
    ) {
        let style = if quote { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter).quote_style(style).from_writer(Vec::new());
        for at in 0..above {
            writer.write_record(["Phụ lục", &at.to_string(), "", "", "", "", "", ""]).unwrap();
        }
        writer.write_record(HEADINGS).unwrap();
        for (at, kind) in kinds.iter().enumerate() {
            writer.write_record(cells(*kind, at + 1)).unwrap();
        }
        let file = writer.into_inner().unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false).flexible(true).delimiter(delimiter).from_reader(&*file);
        let rows = reader.records().filter(|row| filled(&row.as_ref().unwrap().iter().collect::<Vec<_>>()));
        let rows = rows.count();

        let account = account(preview(&file, &Defaults::default()).unwrap());
        adds_up(&account, rows)?;
        let counts = account.counts();
        let right = kinds.iter().filter(|kind| **kind == Kind::Right).count();
        prop_assert_eq!(counts.entered + counts.same + counts.different, right);
        let wrong = kinds.iter().filter(|kind| matches!(kind, Kind::Half | Kind::Wrong | Kind::Alone)).count();
        prop_assert!(counts.refused >= wrong);
    }

    #[test]
    fn every_sheet_and_every_row_of_a_workbook_is_counted_once(
        sheets in prop::collection::vec((sheet(), 0..4_u8), 1..5),
    ) {
        let mut book = Workbook::new();
        let mut number = 0;
        for (at, ((above, kinds), look)) in sheets.iter().enumerate() {
            let sheet = book.add_worksheet().set_name(format!("Phụ lục {at}")).unwrap();
            // The first is seen: a workbook with none is refused.
            let is_annex = at == 0 || *look != 3;
            if at > 0 && *look == 1 { sheet.set_hidden(true); }
            if at > 0 && *look == 2 { sheet.set_very_hidden(true); }
            let mut line = 0;
            for _ in 0..*above {
                sheet.write(line, 0, "Phụ lục").unwrap();
                line += 1;
            }
            if !is_annex { continue; }
            for (column, heading) in (0..).zip(HEADINGS) {
                sheet.write(line, column, heading).unwrap();
            }
            for kind in kinds {
                (line, number) = (line + 1, number + 1);
                for (column, text) in (0..).zip(cells(*kind, number)).filter(|(_, it)| !it.is_empty()) {
                    sheet.write(line, column, text).unwrap();
                }
            }
        }
        let file = book.save_to_buffer().unwrap();
        let account = account(preview(&file, &Defaults::default()).unwrap());
        prop_assert_eq!(account.sheets.len(), sheets.len());

        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let known = book.sheets_metadata().to_vec();
        let mut rows = 0;
        for (sheet, told) in known.iter().zip(&account.sheets) {
            prop_assert_eq!(Some(&sheet.name), told.name.as_ref());
            let range = book.worksheet_range(&sheet.name).unwrap();
            let texts = range.rows().map(|row| row.iter().map(Data::to_string).collect::<Vec<_>>());
            let texts: Vec<_> = texts.filter(|row| filled(row)).collect();
            let is_annex = texts.iter().any(|row| row.contains(&"Hạng sao".to_owned()));
            let is_read = matches!(told.fate, Fate::Read { .. });
            prop_assert_eq!(is_read, is_annex && sheet.visible == SheetVisible::Visible);
            rows += if is_read { texts.len() } else { 0 };
        }
        adds_up(&account, rows)?;
    }
}
