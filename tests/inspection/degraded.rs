//! Scans and photos that are not as good as they could be: all stamps are read all the same.

use ocop_stamp::inspection::Scan;

use crate::measure::photo;
use crate::sheet::{CELLS, SHEET, expected};

#[track_caller]
fn assert_all_read(file: &[u8]) {
    let report = Scan::read(file).unwrap().inspect(&expected("AB12", CELLS));
    assert!(report.is_right() && report.is_whole(), "{report:#?}");
}

#[test]
fn a_clean_scan_is_read_at_first_sight() {
    let scan = Scan::read(&SHEET.png()).unwrap();
    assert_eq!(scan.readings().count(), 42);
    let report = scan.inspect(&expected("AB12", CELLS));
    assert!(report.is_right() && report.is_whole(), "{report:#?}");
    assert!((report.module_px - 5.0).abs() < 0.1, "{}", report.module_px);
}

#[test]
fn a_scan_may_be_crooked() {
    assert_all_read(&SHEET.turned(0.7).noisy(12).png());
    assert_all_read(&SHEET.at_dpi(200).turned(33.0).png());
}

#[test]
fn a_scan_may_lie_on_its_side_or_upside_down() {
    for turns in 1..=3 {
        assert_all_read(&SHEET.at_dpi(200).quarter_turns(turns).png());
    }
}

#[test]
fn a_scan_may_be_coarse_and_noisy() {
    assert_all_read(&SHEET.at_dpi(200).noisy(25).png());
    assert_all_read(&SHEET.at_dpi(150).turned(0.7).noisy(12).jpeg(60));
}

#[test]
fn a_scan_may_be_blurred() {
    assert_all_read(&SHEET.blurred(2.0).png());
    assert_all_read(&SHEET.at_dpi(150).turned(0.7).blurred(1.0).png());
}

#[test]
fn a_photo_may_be_aslant_unevenly_lit_and_noisy() {
    assert_all_read(&photo(&SHEET).unevenly_lit(60).noisy(8).jpeg(85));
}
