//! Faults that are no change of a text.

use ocop_stamp::preflight::limits::NESTING_MAX;
use ocop_stamp::preflight::{Against, PreflightError, Report, Rule, check};

use crate::file::{File, profile, x1a, x4};

/// The rules broken in this file.
pub(crate) const SEEDED: &[Rule] = &[
    Rule::FileXref,
    Rule::FileEncrypted,
    Rule::FileObjectStreams,
    Rule::FileVersion,
    Rule::CheckCutShort,
    Rule::IdentityVersion,
    Rule::IdentityXmp,
    Rule::IntentHeader,
    Rule::IntentClass,
    Rule::IntentIccVersion,
    Rule::ColourDevice,
];

fn rules(report: &Report) -> Vec<Rule> {
    let mut rules: Vec<Rule> = report.findings.iter().map(|finding| finding.rule).collect();
    rules.dedup();
    rules
}

#[track_caller]
fn expect(file: &File, against: Against, expected: &[Rule]) {
    let report = check(&file.write(), against).unwrap();
    assert_eq!(rules(&report), expected, "{:#?}", report.findings);
}

#[test]
fn an_object_that_is_not_where_the_table_says_is_found() {
    let bytes = x4().write();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let line = text.lines().rev().find(|line| line.ends_with(" 00000 n ")).unwrap();
    let wrong = format!("{:010}", line[..10].parse::<usize>().unwrap() + 1);
    let at = bytes.windows(10).rposition(|window| window == &line.as_bytes()[..10]).unwrap();
    let mut moved = bytes.clone();
    moved[at..at + 10].copy_from_slice(wrong.as_bytes());
    let report = check(&moved, Against::Claim).unwrap();
    assert_eq!(rules(&report), [Rule::FileXref]);
    assert!(report.findings[0].detail.starts_with("object 20 is not at byte"));

    let cut = &bytes[..bytes.len() - 10];
    assert!(rules(&check(cut, Against::Claim).unwrap()).contains(&Rule::FileXref));
}

#[test]
fn a_header_of_a_later_version_is_found() {
    let mut file = x4();
    file.version = "1.7";
    expect(&file, Against::Claim, &[Rule::FileVersion]);
    let mut file = x1a();
    file.version = "1.5";
    expect(&file, Against::Claim, &[Rule::FileVersion]);
}

#[test]
fn encryption_is_found_and_a_password_refused() {
    // Made by `qpdf --encrypt '' owner 128 --use-aes=y`, and with a password to open.
    let report = check(include_bytes!("files/encrypted.pdf"), Against::X4).unwrap();
    assert!(rules(&report).contains(&Rule::FileEncrypted));
    let refused = check(include_bytes!("files/password.pdf"), Against::X4).unwrap_err();
    assert_eq!(refused, PreflightError::Password);
}

#[test]
fn a_claim_that_is_missing_is_found_when_the_standard_is_asked_for() {
    let file = x4().change("<pdfxid:GTS_PDFXVersion>PDF/X-4", "<pdfxid:GTS_PDFXVersion>");
    expect(&file, Against::X4, &[Rule::IdentityVersion]);
    let file = x1a().change("/GTS_PDFXVersion(PDF/X-1a:2003)", "");
    expect(&file, Against::X1a, &[Rule::IdentityVersion]);
    let file = x4().change("/Metadata 3 0 R", "");
    expect(&file, Against::X4, &[Rule::IdentityXmp]);
}

#[test]
fn faults_of_the_output_profile_are_told_apart() {
    let cases = [
        (Rule::IntentClass, profile(*b"mntr", *b"CMYK", 2)),
        (Rule::IntentIccVersion, profile(*b"prtr", *b"CMYK", 5)),
        (Rule::IntentHeader, profile(*b"prtr", *b"CMYK", 2)[..131].to_vec()),
        (Rule::IntentHeader, profile(*b"prtr", *b"CMYK", 2)[..100].to_vec()),
    ];
    for (rule, profile) in cases {
        let mut file = x4();
        file.stream(6, "/N 4", &profile);
        expect(&file, Against::Claim, &[rule]);
    }
    let mut file = x4();
    file.stream(6, "/N 4", &profile(*b"prtr", *b"CMYK", 4));
    expect(&file, Against::Claim, &[]);
    let mut file = x1a();
    file.stream(6, "/N 4", &profile(*b"prtr", *b"CMYK", 4));
    expect(&file, Against::Claim, &[Rule::IntentIccVersion]);
}

#[test]
fn cmyk_under_an_intent_of_another_colour_space_is_found() {
    let mut file = x4();
    file.stream(6, "/N 1", &profile(*b"prtr", *b"GRAY", 2));
    expect(&file, Against::Claim, &[Rule::ColourDevice, Rule::ColourAlternate]);
}

#[test]
fn rgb_under_an_rgb_intent_is_right() {
    let mut file = x4();
    file.stream(6, "/N 3", &profile(*b"prtr", *b"RGB ", 2));
    let file = file.change("0.1 0 0 0 k", "1 0 0 rg");
    let report = check(&file.write(), Against::Claim).unwrap();
    assert!(!rules(&report).contains(&Rule::ColourRgb));
}

#[test]
fn a_cross_reference_stream_is_read_and_refused_in_x1a() {
    // The same objects behind a cross-reference stream.
    let bytes = x1a().write();
    let start = bytes.windows(6).position(|window| window == b"\nxref\n").unwrap() + 1;
    let body = &bytes[..start];
    let mut out = body.to_vec();
    let mut entries = Vec::new();
    for number in 0..=50_u32 {
        let head = format!("\n{number} 0 obj\n");
        let found = body.windows(head.len()).position(|window| window == head.as_bytes());
        let (kind, at) = match (number, found) {
            (50, _) => (1, u32::try_from(start).unwrap()),
            (_, Some(at)) => (1, u32::try_from(at + 1).unwrap()),
            (_, None) => (0, 0),
        };
        entries.push(kind);
        entries.extend(at.to_be_bytes());
    }
    let dict = format!(
        "50 0 obj\n<</Type/XRef/Size 51/W[1 4 0]/Root 1 0 R/Info 18 0 R\
         /ID[<00><00>]/Length {}>>\nstream\n",
        entries.len()
    );
    out.extend(dict.bytes());
    out.extend(&entries);
    out.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    let report = check(&out, Against::Claim).unwrap();
    assert_eq!(rules(&report), [Rule::FileObjectStreams], "{:#?}", report.findings);
}

#[test]
fn forms_that_draw_themselves_do_not_hang_the_check() {
    let file = x4()
        .change("0 0.8 0.9 0.1 k", "/Me Do 0 0.8 0.9 0.1 k")
        .change("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</XObject<</Me 9 0 R>>");
    expect(&file, Against::Claim, &[]);
    // Ever turned, so that no run is like the one before.
    let file = x4()
        .change("0 0.8 0.9 0.1 k", "q 0.54 0.84 -0.84 0.54 0 0 cm /Me Do Q")
        .change("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</XObject<</Me 9 0 R>>");
    let report = check(&file.write(), Against::Claim).unwrap();
    assert!(rules(&report).contains(&Rule::CheckCutShort), "deeper than {NESTING_MAX}");
}

#[test]
fn a_stream_that_unpacks_without_end_is_left_alone() {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..300 {
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let mut file = x4();
    file.stream(9, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", &bomb);
    expect(&file, Against::Claim, &[Rule::CheckCutShort]);
    file.stream(9, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb);
    assert_eq!(check(&file.write(), Against::Claim).unwrap_err(), PreflightError::TooLarge);
}
