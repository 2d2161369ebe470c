//! Sheets on which something went wrong: the report says exactly what.

use ocop_stamp::inspection::{CellState, Reading, Report, Scan};

use crate::canvas::Canvas;
use crate::measure::photo;
use crate::sheet::{CELLS, SHEET, expected, printed, serial, trim_px};

/// The states of all cells that were not simply read.
fn findings(report: &Report) -> Vec<(u32, CellState)> {
    let cells = report.cells.iter().filter(|cell| cell.state != CellState::Read);
    cells.map(|cell| (cell.cell, cell.state)).collect()
}

fn inspect(sheet: &Canvas) -> Report {
    Scan::read(&sheet.png()).unwrap().inspect(&expected("AB12", CELLS))
}

/// Ink over most of the symbol of a cell.
fn blot(sheet: &mut Canvas, cell: u32) {
    let (left, top, _, _) = trim_px(cell);
    sheet.fill((left + 60, top + 180, 160, 150), 20);
}

fn blank(sheet: &mut Canvas, cell: u32) {
    let (left, top, width, height) = trim_px(cell);
    sheet.fill((left - 24, top - 24, width + 48, height + 48), 255);
}

/// The stamp of one cell of a sheet, put over another.
fn put(from: &Canvas, cell: u32, sheet: &mut Canvas, over: u32) {
    let (left, top, width, height) = trim_px(cell);
    let (to_left, to_top, _, _) = trim_px(over);
    for y in 0..height {
        let row = &from.luma[(top + y) * from.width + left..][..width];
        sheet.luma[(to_top + y) * sheet.width + to_left..][..width].copy_from_slice(row);
    }
}

/// A blot, two blanks, a stamp printed twice, and one of another batch.
fn spoiled() -> Canvas {
    let mut sheet = SHEET.clone();
    blot(&mut sheet, 3);
    blank(&mut sheet, 20);
    blank(&mut sheet, 42);
    put(&SHEET, 8, &mut sheet, 30);
    put(&printed("AB13", CELLS), 1, &mut sheet, 17);
    sheet
}

fn assert_spoiled(report: &Report) {
    let found = [
        (3, CellState::Unreadable),
        (8, CellState::Double),
        (17, CellState::Foreign),
        (20, CellState::Blank),
        (30, CellState::Foreign),
        (42, CellState::Blank),
    ];
    assert_eq!(findings(report), found);
    let cell = |number: usize| &report.cells[number - 1];
    assert_eq!(cell(8).also_in, [30]);
    assert_eq!(cell(30).found, Some(Reading::Stamp(serial("AB12", 8))));
    assert_eq!(cell(17).found, Some(Reading::Stamp(serial("AB13", 1))));
    assert_eq!(report.strays, []);
    assert!(report.is_whole() && !report.is_right());
}

#[test]
fn a_blot_a_blank_a_double_and_a_stranger_are_told_apart() {
    assert_spoiled(&inspect(&spoiled()));
}

#[test]
fn they_are_told_apart_on_a_phones_photo_and_upside_down_too() {
    let expected = expected("AB12", CELLS);
    let photo = photo(&spoiled()).unevenly_lit(60).noisy(8).jpeg(85);
    assert_spoiled(&Scan::read(&photo).unwrap().inspect(&expected));
    let scan = spoiled().at_dpi(200).quarter_turns(2).noisy(12);
    assert_spoiled(&Scan::read(&scan.png()).unwrap().inspect(&expected));
}

#[test]
fn two_stamps_in_each_others_places_are_elsewhere() {
    let mut sheet = SHEET.clone();
    put(&SHEET, 5, &mut sheet, 25);
    put(&SHEET, 25, &mut sheet, 5);
    let report = inspect(&sheet);
    assert_eq!(findings(&report), [(5, CellState::Elsewhere), (25, CellState::Elsewhere)]);
    assert_eq!(report.cells[4].also_in, [25]);
    assert_eq!(report.cells[4].found, Some(Reading::Stamp(serial("AB12", 25))));
}

#[test]
fn a_sheet_of_another_batch_is_not_taken_for_this_one() {
    let scan = Scan::read(&printed("AB13", CELLS).png()).unwrap();
    let report = scan.inspect(&expected("AB12", CELLS));
    assert!(!report.located && !report.is_whole());
    assert_eq!(report.count(CellState::Missing), 42);
    let others: Vec<Reading> =
        (1..=CELLS).map(|cell| Reading::Stamp(serial("AB13", cell))).collect();
    assert!(others.iter().all(|reading| report.strays.contains(reading)));
    assert_eq!(report.strays.len(), 42);
}

#[test]
fn a_loose_stamp_beside_the_cells_is_a_stray() {
    let other = printed("AB13", CELLS);
    let mut sheet = SHEET.clone();
    for cell in [9, 10, 15, 16] {
        blank(&mut sheet, cell);
    }
    let (left, top, width, height) = trim_px(1);
    let (_, to_top, _, _) = trim_px(9);
    let (to_left, to_top) = (trim_px(10).0 - width / 2, to_top + height / 2);
    for y in 0..height {
        let row = &other.luma[(top + y) * other.width + left..][..width];
        sheet.luma[(to_top + y) * sheet.width + to_left..][..width].copy_from_slice(row);
    }
    let report = inspect(&sheet);
    assert_eq!(report.strays, [Reading::Stamp(serial("AB13", 1))]);
    assert_eq!(report.count(CellState::Read), 38);
}

#[test]
fn half_a_sheet_leaves_the_other_half_outside_the_picture() {
    let mut sheet = SHEET.clone();
    let (_, below, _, _) = trim_px(25);
    sheet.height = below + 100;
    sheet.luma.truncate(sheet.width * sheet.height);
    let report = inspect(&sheet);
    let outside: Vec<(u32, CellState)> =
        (25..=42).map(|cell| (cell, CellState::OutsidePicture)).collect();
    assert_eq!(findings(&report), outside);
    assert!(!report.is_whole());
}

#[test]
fn symbols_whose_finder_patterns_are_gone_are_read_where_they_should_be() {
    let mut sheet = SHEET.clone();
    let (left, top, _, _) = trim_px(11);
    // The upper two finder patterns: modules of five pixels, four of them quiet.
    sheet.fill((left + 40, top + 152, 45, 45), 255);
    sheet.fill((left + 210, top + 152, 40, 45), 255);
    let scan = Scan::read(&sheet.png()).unwrap();
    assert_eq!(scan.readings().count(), 41);
    assert!(scan.inspect(&expected("AB12", CELLS)).is_right());
}

#[test]
fn a_blot_over_a_whole_symbol_is_not_blank() {
    let mut sheet = SHEET.clone();
    let (left, top, width, height) = trim_px(11);
    sheet.fill((left, top, width, height), 30);
    assert_eq!(findings(&inspect(&sheet)), [(11, CellState::Unreadable)]);
}

#[test]
fn the_last_sheet_has_fewer_stamps_and_the_first_may_have_one() {
    for stamps in [1, 2, 5] {
        let report =
            Scan::read(&printed("AB12", stamps).png()).unwrap().inspect(&expected("AB12", stamps));
        assert!(report.is_right(), "{stamps}: {report:?}");
    }
}

#[test]
fn paper_without_stamps_is_missing_all_of_them() {
    let mut sheet = SHEET.clone();
    sheet.luma.fill(250);
    let report = inspect(&sheet);
    assert_eq!(report.count(CellState::Missing), 42);
    assert!(!report.located && report.strays.is_empty());
}
