//! Files that are meant to exhaust or break the reader.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ocop_stamp::intake::{Defaults, FileKind, IntakeError, TooLarge, limits, preview};
use proptest::prelude::*;

use crate::workbook::{bomb, rows, text, workbook};

const HEADINGS: [&str; 7] =
    ["Chủ thể", "Sản phẩm", "Nhóm sản phẩm", "Hạng sao", "Số quyết định", "Cơ quan cấp", "Ngày ký"];
const ROW: [&str; 7] =
    ["HTX Mẫu", "Trà mẫu", "2", "3", "MẪU/QĐ-UBND", "UBND thành phố Hà Nội", "05/02/2026"];

/// Far above what reading a real file takes, far below what these files ask for.
const PEAK_KIB: u64 = 512 << 10;

fn too_large(file: &[u8]) -> TooLarge {
    let limit = match preview(file, &Defaults::default()) {
        Err(IntakeError::TooLarge(limit)) => limit,
        other => panic!("not refused as too large: {other:?}"),
    };
    assert_modest_memory();
    limit
}

/// Where the system tells how much memory this process has used at most.
fn assert_modest_memory() {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return };
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(kib < PEAK_KIB, "{kib} KiB");
}

#[test]
fn two_cells_far_apart_do_not_make_a_sheet_of_billions() {
    let cells = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        text("A1", "a"),
        text("XFD1048576", "b")
    );
    let file = workbook(&cells, &[]);
    assert!(file.len() < 2_000);
    assert_eq!(too_large(&file), TooLarge::Rows);
    let wide = workbook(&format!(r#"<row r="1">{}</row>"#, text("XFD1", "a")), &[]);
    assert_eq!(too_large(&wide), TooLarge::Columns);
}

#[test]
fn a_cell_at_an_impossible_place_is_refused() {
    for place in ["AAAAAAAAAAAAAAAA1", "A99999999999999999999"] {
        let file = workbook(&format!("<row>{}</row>", text(place, "a")), &[]);
        assert!(preview(&file, &Defaults::default()).is_err(), "{place}");
    }
}

#[test]
fn a_far_cell_that_is_only_formatted_does_no_harm() {
    let far = r#"<row r="1048576"><c r="XFD1048576" s="1"/></row>"#;
    let file = workbook(&(rows(&[&HEADINGS, &ROW]) + far), &[]);
    assert_eq!(preview(&file, &Defaults::default()).unwrap().entries().len(), 1);
}

#[test]
fn a_small_file_that_unpacks_to_a_large_one_is_refused() {
    let file = bomb(256);
    assert!(file.len() < 400_000, "{}", file.len());
    assert_eq!(too_large(&file), TooLarge::Unpacked);
}

#[test]
fn announced_strings_are_not_believed() {
    let strings = r#"<sst uniqueCount="1000000000000000"><si><t>a</t></si></sst>"#;
    let file = workbook(&rows(&[&HEADINGS, &ROW]), &[("sharedStrings.xml", strings)]);
    assert_eq!(preview(&file, &Defaults::default()).unwrap().entries().len(), 1);
    let utf16: String = strings.chars().flat_map(|c| [c, '\0']).collect();
    let hidden = workbook(&rows(&[&HEADINGS, &ROW]), &[("sharedStrings.xml", &utf16)]);
    let read = preview(&hidden, &Defaults::default());
    assert!(matches!(read, Err(IntakeError::Workbook(_))), "{read:?}");
}

#[test]
fn one_long_text_named_in_many_cells_is_refused() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(1 << 20));
    let cells = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(60));
    let file = workbook(&cells.repeat(100), &[("sharedStrings.xml", &strings)]);
    assert_eq!(too_large(&file), TooLarge::Cells);
}

#[test]
fn a_long_font_name_named_in_many_styles_is_refused() {
    let styles = format!(
        r#"<styleSheet><fonts><font><name val="{}"/></font></fonts><cellXfs>{}</cellXfs></styleSheet>"#,
        "a".repeat(256 << 10),
        r#"<xf fontId="0"/>"#.repeat(20_000)
    );
    let file = workbook(&rows(&[&HEADINGS, &ROW]), &[("styles.xml", &styles)]);
    assert_eq!(too_large(&file), TooLarge::Styles);
}

#[test]
fn one_long_formula_shared_by_many_cells_is_refused() {
    let long = format!("TODAY(){}", "+A1".repeat(2_000));
    let mut cells =
        format!(r#"<row r="2"><c r="A2"><f t="shared" si="0">{long}</f><v>1</v></c></row>"#);
    for at in 3..15_000 {
        write!(cells, r#"<row r="{at}"><c><f t="shared" si="0"/><v>1</v></c></row>"#).unwrap();
    }
    assert_eq!(too_large(&workbook(&cells, &[])), TooLarge::Cells);
}

#[test]
fn many_merged_areas_over_many_rows_are_refused() {
    let mut cells = rows(&[&HEADINGS]);
    for at in 2..=limits::ROWS {
        write!(cells, r#"<row r="{at}">{}</row>"#, text(&format!("A{at}"), "a")).unwrap();
    }
    let merge = format!(r#"<mergeCell ref="B2:B{}"/>"#, limits::ROWS).repeat(2_000);
    let merges = format!("</sheetData><mergeCells>{merge}</mergeCells><sheetData>");
    assert_eq!(too_large(&workbook(&(cells + &merges), &[])), TooLarge::Cells);
}

#[test]
fn more_looks_at_changing_cells_than_can_be_followed_are_all_refused() {
    let mut cells = rows(&[&HEADINGS]);
    for at in 2..8_000 {
        let row = rows(&[&ROW[..6]]).replace(r#"r="1""#, &format!(r#"r="{at}""#));
        let signed = format!(r#"<c r="G{at}"><f>SUM(G1:G{at})+TODAY()</f><v>46000</v></c></row>"#);
        cells += &row.replace("</row>", &signed);
    }
    let read = preview(&workbook(&cells, &[]), &Defaults::default()).unwrap();
    let rows: BTreeSet<_> = read.problems().map(|problem| problem.row).collect();
    assert_eq!((read.entries().len(), rows.len()), (0, 7_998));
}

#[test]
fn files_of_other_kinds_are_refused_by_what_they_are() {
    let read = |bytes: &[u8]| preview(bytes, &Defaults::default()).unwrap_err();
    assert!(matches!(read(b""), IntakeError::Empty));
    assert!(matches!(read(b"\r\n\r\n"), IntakeError::Empty));
    assert!(matches!(read(b"PK\x03\x04 and no more"), IntakeError::Workbook(_)));
    assert!(matches!(
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        IntakeError::OtherKind(FileKind::OldWorkbook)
    ));
    assert!(matches!(read(b"%PDF-1.7\n"), IntakeError::OtherKind(FileKind::Pdf)));
    assert_eq!(too_large(&vec![b' '; limits::FILE_BYTES + 1]), TooLarge::File);
}

#[test]
fn a_text_file_beyond_the_limits_is_refused() {
    let heading = HEADINGS.join(";");
    let rows = format!("{heading}\n{}", format!("{}\n", ROW.join(";")).repeat(20_000));
    assert_eq!(too_large(rows.as_bytes()), TooLarge::Rows);
    let columns = format!("{heading}\n{}x", ";".repeat(limits::COLUMNS));
    assert_eq!(too_large(columns.as_bytes()), TooLarge::Columns);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_workbook_is_read_or_refused(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        length in any::<prop::sample::Index>(),
    ) {
        let sound = include_bytes!("../../assets/sample/phu-luc-4-sao.xlsx");
        let mut damaged = sound.to_vec();
        damaged[at.index(sound.len())] = byte;
        let _ = preview(&damaged, &Defaults::default());
        let cut = preview(&sound[..length.index(sound.len())], &Defaults::default());
        prop_assert!(cut.is_err());
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = preview(&bytes, &Defaults::default());
        let below = format!("{}\n{text}", HEADINGS.join(";"));
        let read = preview(below.as_bytes(), &Defaults::default());
        prop_assert!(read.map_or(true, |read| read.entries().is_empty()));
    }

    #[test]
    fn a_garbled_sheet_is_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[<>/\"A-Z0-9a-z =]"), 1..6),
    ) {
        let number = r#"<row r="9"><c r="B9" s="1"><v>45000.5</v></c><c r="C9" t="s"><v>0</v></c></row>"#;
        let mut sheet = rows(&[&HEADINGS, &ROW]) + number;
        for (at, put) in &edits {
            let at = at.index(sheet.len());
            if sheet.is_char_boundary(at) && sheet.is_char_boundary(at + 1) {
                sheet.replace_range(at..=at, put);
            }
        }
        let strings = "<sst><si><t>a</t></si></sst>";
        let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
        let parts = [("sharedStrings.xml", strings), ("styles.xml", styles)];
        let _ = preview(&workbook(&sheet, &parts), &Defaults::default());
    }
}
