//! Files as other programs write them, after what print shops reported, and their kin.

use ocop_stamp::preflight::{Against, Report, Rule, Severity, Standard, check};

use crate::file::{File, x1a, x4};

fn rules(report: &Report, severity: Severity) -> Vec<Rule> {
    let found = report.findings.iter().filter(|finding| finding.severity() == severity);
    found.map(|finding| finding.rule).collect()
}

#[track_caller]
fn expect(file: &File, expected: &[Rule]) {
    let report = check(&file.write(), Against::Claim).unwrap();
    let found: Vec<Rule> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(found, expected, "{:#?}", report.findings);
}

#[test]
fn text_that_only_programs_read_needs_no_font() {
    let report = check(include_bytes!("files/d06-ocr-invisible.pdf"), Against::Claim).unwrap();
    assert_eq!(report.standard, Some(Standard::X4));
    assert_eq!(rules(&report, Severity::Error), []);
    assert_eq!(rules(&report, Severity::Warning), [Rule::FontsUnpainted]);
    assert_eq!(report.findings[0].detail, "Helvetica");
}

#[test]
fn a_font_that_is_chosen_and_paints_nothing_is_a_warning() {
    let report = check(include_bytes!("files/d07-reportlab.pdf"), Against::Claim).unwrap();
    assert!(!rules(&report, Severity::Error).contains(&Rule::FontsEmbedded), "{report:#?}");
    assert!(rules(&report, Severity::Warning).contains(&Rule::FontsUnpainted), "{report:#?}");
}

#[test]
fn a_die_line_is_known_by_its_name() {
    let report = check(include_bytes!("files/d09-diecut.pdf"), Against::Claim).unwrap();
    assert!(report.plates.contains(&"DieCut".to_owned()));
    // As a die line it may be thin, and does knock out here.
    assert_eq!(rules(&report, Severity::Error), [Rule::DieOverprint]);
    assert_eq!(rules(&report, Severity::Warning), []);
}

#[test]
fn a_date_without_its_prefix_is_a_date() {
    let report = check(include_bytes!("files/d17-x1a-date-no-D.pdf"), Against::Claim).unwrap();
    assert_eq!(report.standard, Some(Standard::X1a2003));
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    let plain = x1a().change("/ModDate(D:2026", "/ModDate(2026");
    expect(&plain, &[]);
    // It is compared with the packet all the same.
    let other = x4().change("/ModDate(D:20261124100000", "/ModDate(20261124100001");
    expect(&other, &[Rule::IdentityAgreement]);
}

/// The file with its die line on a spot colour of another name, as thin as die lines may be.
fn named(name: &str) -> File {
    let name = name.replace(' ', "#20");
    x4().change("[/Separation/CutContour", &format!("[/Separation/{name}"))
        .change("0.25 w", "0.1 w")
}

#[test]
fn die_lines_of_every_usual_name_may_be_thin_and_must_overprint() {
    for name in ["DieCut", "Die-Cut", "Stanze", "Khuôn bế", "BE", "Crease", "Die line 2"] {
        let file = named(name).change("/OC /Cut BDC", "/OC /Print BDC");
        expect(&file, &[]);
        expect(&file.change("/Over gs /Die CS", "/Die CS"), &[Rule::DieOverprint]);
    }
    expect(&named("Gold").change("/OC /Cut BDC", "/OC /Print BDC"), &[Rule::LineHairline]);
}

#[test]
fn a_layer_that_is_a_step_makes_die_lines_of_any_name() {
    expect(&named("Gold"), &[]);
    expect(&named("Gold").change("/Over gs /Die CS", "/Die CS"), &[Rule::DieOverprint]);
    for step in ["Creasing", "PartialCutting", "Perforating"] {
        expect(&named("Gold").change("Type/Cutting", &format!("Type/{step}")), &[]);
    }
    for step in ["Gluing", "Bleed"] {
        let other = named("Gold").change("Type/Cutting", &format!("Type/{step}"));
        expect(&other, &[Rule::LineHairline]);
    }
    // The layer ends before the line.
    let after = named("Gold").change("/OC /Cut BDC", "/OC /Cut BDC EMC /Art BMC");
    expect(&after, &[Rule::LineHairline]);
}

#[test]
fn a_step_may_lie_in_a_form_or_be_one() {
    let drawn = "/Die CS 1 SCN 0.1 w 0 0 9 9 re S";
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]";
    for (own, around, rules) in [
        ("/OC 5 0 R", "/Cutting Do", &[Rule::DieOverprint][..]),
        ("", "/OC /Cut BDC /Cutting Do EMC", &[Rule::DieOverprint]),
        ("", "/Cutting Do", &[Rule::LineHairline]),
    ] {
        let mut file = x4()
            .change("q 20 0 0 20 30 60 cm", &format!("{around} q 20 0 0 20 30 60 cm"))
            .change("/XObject<<", "/XObject<</Cutting 40 0 R");
        let resources = "/Resources<</ColorSpace<</Die[/Separation/Gold/DeviceCMYK 16 0 R]>>>>";
        file.stream(40, &format!("{form}{own}{resources}"), drawn.as_bytes());
        expect(&file, rules);
    }
}
