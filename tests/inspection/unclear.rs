//! The picture's faults are told from the stamps': what it does not show well is never spoiled.

use ocop_stamp::inspection::{CellState, PictureError, Report, Scan};

use crate::canvas::Canvas;
use crate::sheet::{CELLS, SHEET, expected, trim_px};

fn inspect(sheet: &Canvas) -> Report {
    Scan::read(&sheet.png()).unwrap().inspect(&expected("AB12", CELLS))
}

fn unread(report: &Report) -> Vec<(u32, CellState)> {
    let cells = report.cells.iter().filter(|cell| cell.state != CellState::Read);
    cells.map(|cell| (cell.cell, cell.state)).collect()
}

/// A sheet of which a part (left, top, width, height) is out of focus.
fn blurred(sheet: &Canvas, part: (usize, usize, usize, usize), deviation_px: f32) -> Canvas {
    let soft = sheet.blurred(deviation_px);
    let mut sheet = sheet.clone();
    let (left, top, width, height) = part;
    for y in top..(top + height).min(sheet.height) {
        let row = y * sheet.width + left..y * sheet.width + (left + width).min(sheet.width);
        sheet.luma[row.clone()].copy_from_slice(&soft.luma[row]);
    }
    sheet
}

/// The whole of two stamps that lie beside each other.
fn over_two() -> (usize, usize, usize, usize) {
    let (left, top, width, height) = trim_px(20);
    (left - 10, top - 10, 2 * width + 40, height + 20)
}

#[test]
fn a_patch_out_of_focus_is_the_pictures_fault() {
    for deviation_px in [5.0, 7.0, 10.0, 20.0, 40.0] {
        let report = inspect(&blurred(&SHEET, over_two(), deviation_px));
        let states = unread(&report);
        assert!(!states.is_empty(), "{deviation_px} hides nothing");
        assert!(
            states.iter().all(|(_, state)| *state == CellState::Unclear),
            "{deviation_px}: {states:?}"
        );
        assert!(!report.is_clear(), "{deviation_px}");
    }
}

#[test]
fn a_noisy_patch_out_of_focus_is_the_pictures_fault_too() {
    for deviation_px in [6.0, 12.0, 30.0] {
        let sheet = blurred(&SHEET, over_two(), deviation_px).noisy(8);
        let states = unread(&inspect(&sheet));
        assert!(!states.is_empty(), "{deviation_px} hides nothing");
        assert!(
            states.iter().all(|(_, state)| *state == CellState::Unclear),
            "{deviation_px}: {states:?}"
        );
    }
}

#[test]
fn a_stamp_half_of_which_is_out_of_focus_is_unclear() {
    let (left, top, width, height) = trim_px(20);
    for part in [
        (left, top, width, height / 2 + 40),
        (left, top, width / 2, height),
        (left + width / 2, top, width / 2, height),
    ] {
        for deviation_px in [8.0, 20.0] {
            let states = unread(&inspect(&blurred(&SHEET, part, deviation_px)));
            assert_eq!(states, [(20, CellState::Unclear)], "{part:?}, {deviation_px}");
        }
    }
}

#[test]
fn gray_where_nothing_was_scanned_is_no_blank_stamp() {
    for tone in [128, 160, 200] {
        let mut sheet = SHEET.clone();
        let (left, top, width, height) = trim_px(20);
        sheet.fill((left, top, width, height), tone);
        let states = unread(&inspect(&sheet));
        assert_eq!(states, [(20, CellState::Unclear)], "{tone}");
    }
}

#[test]
fn what_is_spoiled_is_told_beside_a_patch_out_of_focus() {
    let mut sheet = SHEET.clone();
    let (left, top, width, height) = trim_px(3);
    sheet.fill((left + 60, top + 180, 160, 150), 20);
    let (left, top, _, _) = trim_px(42);
    sheet.fill((left - 24, top - 24, width + 48, height + 48), 255);
    let states = unread(&inspect(&blurred(&sheet, over_two(), 12.0)));
    let spoiled: Vec<_> = states.iter().filter(|it| it.1 != CellState::Unclear).collect();
    assert_eq!(spoiled, [&(3, CellState::Unreadable), &(42, CellState::Blank)]);
    assert_eq!(states.len(), 4, "{states:?}");
}

#[test]
fn blank_paper_out_of_focus_is_blank_all_the_same() {
    let mut sheet = SHEET.clone();
    let (left, top, width, height) = trim_px(20);
    sheet.fill((left - 24, top - 24, width + 48, height + 48), 255);
    let part = (left, top, width, height);
    assert_eq!(unread(&inspect(&blurred(&sheet, part, 6.0))), [(20, CellState::Blank)]);
}

#[test]
fn a_mirrored_picture_is_refused() {
    let mut mirrored = SHEET.at_dpi(150);
    for row in mirrored.luma.chunks_mut(mirrored.width) {
        row.reverse();
    }
    for turns in 0..4 {
        let picture = if turns == 0 { mirrored.clone() } else { mirrored.quarter_turns(turns) };
        let refused = Scan::read(&picture.png());
        assert!(matches!(refused, Err(PictureError::Mirrored)), "{turns}");
    }
}
