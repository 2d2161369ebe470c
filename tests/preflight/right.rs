//! Files that are right have no findings, and their facts are told.

use ocop_stamp::preflight::{Against, FontFacts, Report, Standard, check};

use crate::file::{File, vt, x1a, x4};

fn report(file: &File) -> Report {
    check(&file.write(), Against::Claim).unwrap()
}

#[test]
fn right_files_of_each_standard_have_no_findings() {
    for (file, standard) in [(x4(), Standard::X4), (x1a(), Standard::X1a2003), (vt(), Standard::X4)]
    {
        let report = report(&file);
        assert_eq!(report.standard, Some(standard));
        assert!(report.findings.is_empty(), "{:#?}", report.findings);
    }
}

#[test]
fn x1a_of_2001_has_keys_of_its_own() {
    let mut file =
        x1a().change("(PDF/X-1a:2003)", "(PDF/X-1:2001)/GTS_PDFXConformance(PDF/X-1a:2001)");
    file.version = "1.3";
    let report = report(&file);
    assert_eq!(report.standard, Some(Standard::X1a2001));
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
}

#[test]
fn facts_are_told_as_the_file_has_them() {
    let report = report(&x4());
    assert_eq!(report.claims, ["PDF/X-4"]);
    assert_eq!(report.pages, 1);
    let (width, height) = report.page_runs[0].boxes.trim.unwrap().size_mm();
    assert_eq!(format!("{width:.1} x {height:.1}"), "35.3 x 35.3");
    let intent = report.intent.unwrap();
    assert_eq!((intent.identifier.as_str(), intent.colour.as_deref()), ("Test", Some("CMYK")));
    assert_eq!(report.plates, ["Cyan", "Magenta", "Yellow", "Black", "CutContour"]);
    let font = FontFacts {
        name: "Barlow".into(),
        kind: "CIDFontType2".into(),
        embedded: true,
        subset: true,
    };
    assert_eq!(report.fonts, [font]);
}

#[test]
fn a_file_can_be_checked_against_another_standard_than_it_claims() {
    let report = check(&x4().write(), Against::X1a).unwrap();
    assert_eq!(report.standard, Some(Standard::X1a2003));
    assert!(report.has_errors());
    let report = check(&x4().write(), Against::Nothing).unwrap();
    assert_eq!(report.standard, None);
    assert!(!report.has_errors());
}

#[test]
fn a_finding_says_where_what_and_what_to_do() {
    let file = x4().change("0 0.8 0.9 0.1 k", "1 0 0 rg");
    let report = report(&file);
    assert_eq!(
        report.findings[0].to_string(),
        "page 1, object 9: RGB where the press has no RGB (DeviceRGB, area); \
         convert to the printing condition's CMYK"
    );
}
