//! Rules of identification: what the file says about itself, in the information dictionary and in
//! its XMP metadata (ISO 15930-1, 6.10 and following; ISO 15930-7, 6.10 and following).

use super::dates::Moment;
use super::document::Check;
use super::read;
use super::report::{Against, Place, Standard};
use super::rule::Rule;
use super::xmp::{DC, MM, PDF, PDFX_ID, XMP};

pub(super) fn check(check: &mut Check<'_>) {
    match check.standard {
        None if check.against == Against::Claim => unchecked(check),
        None => {}
        Some(Standard::X4) => {
            xmp(check);
            version_x4(check);
            document(check);
            x4_title(check);
            x4_dates(check);
            trapped(check);
            agreement(check);
        }
        Some(standard) => {
            version_x1a(check, standard);
            conformance(check, standard);
            info_title(check);
            info_dates(check);
            trapped(check);
            agreement(check);
        }
    }
}

fn info(check: &Check<'_>, key: &str) -> Option<String> {
    let text =
        read::text(&check.document.info, key).or_else(|| read::name(&check.document.info, key));
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn property(check: &Check<'_>, namespace: &str, name: &str) -> Option<String> {
    check.document.xmp.as_ref()?.get(namespace, name).map(str::to_owned)
}

fn unchecked(check: &mut Check<'_>) {
    let claims = check.report.claims.join(", ");
    let detail = if claims.is_empty() {
        "it claims no PDF/X standard".to_owned()
    } else {
        format!("it claims {claims}")
    };
    check.findings.add(Rule::IdentityUnchecked, Place::FILE, detail);
}

fn xmp(check: &mut Check<'_>) {
    if check.document.xmp.is_none() {
        check.findings.add(Rule::IdentityXmp, Place::FILE, "");
    }
}

fn version_x4(check: &mut Check<'_>) {
    let claim = property(check, PDFX_ID, "GTS_PDFXVersion");
    if check.document.xmp.is_some() && claim.as_deref() != Some("PDF/X-4") {
        let found = claim.unwrap_or_else(|| "nothing".into());
        let detail = format!("pdfxid:GTS_PDFXVersion is {found}, not PDF/X-4");
        check.findings.add(Rule::IdentityVersion, Place::FILE, detail);
    }
}

fn version_x1a(check: &mut Check<'_>, standard: Standard) {
    let wanted = if standard == Standard::X1a2001 { "PDF/X-1:2001" } else { "PDF/X-1a:2003" };
    let claim = info(check, "GTS_PDFXVersion");
    if claim.as_deref() != Some(wanted) {
        let found = claim.unwrap_or_else(|| "nothing".into());
        let detail = format!("GTS_PDFXVersion is {found}, not {wanted}");
        check.findings.add(Rule::IdentityVersion, Place::FILE, detail);
    }
}

/// The edition of 2001 wants the key; that of 2003 has done away with it.
fn conformance(check: &mut Check<'_>, standard: Standard) {
    let claim = info(check, "GTS_PDFXConformance");
    let right = match (standard, claim.as_deref()) {
        (Standard::X1a2001, claim) => claim == Some("PDF/X-1a:2001"),
        (_, None) => true,
        (standard, Some(claim)) => claim == standard.name(),
    };
    if !right {
        let found = claim.unwrap_or_else(|| "missing".into());
        check.findings.add(Rule::IdentityConformance, Place::FILE, found);
    }
}

fn document(check: &mut Check<'_>) {
    if check.document.xmp.is_none() {
        return;
    }
    for name in ["DocumentID", "VersionID", "RenditionClass"] {
        if property(check, MM, name).is_none() {
            let detail = format!("xmpMM:{name} is missing");
            check.findings.add(Rule::IdentityDocument, Place::FILE, detail);
        }
    }
}

fn x4_title(check: &mut Check<'_>) {
    if check.document.xmp.is_some() && property(check, DC, "title").is_none() {
        check.findings.add(Rule::IdentityTitle, Place::FILE, "dc:title is missing");
    }
}

fn info_title(check: &mut Check<'_>) {
    if info(check, "Title").is_none() {
        check.findings.add(Rule::IdentityTitle, Place::FILE, "Title is missing");
    }
}

fn x4_dates(check: &mut Check<'_>) {
    if check.document.xmp.is_none() {
        return;
    }
    for name in ["CreateDate", "ModifyDate", "MetadataDate"] {
        let value = property(check, XMP, name);
        let moment = value.as_deref().and_then(Moment::from_xmp);
        note_date(check, &format!("xmp:{name}"), value.as_deref(), moment);
    }
}

fn info_dates(check: &mut Check<'_>) {
    for name in ["CreationDate", "ModDate"] {
        let value = info(check, name);
        let moment = value.as_deref().and_then(Moment::from_pdf);
        note_date(check, name, value.as_deref(), moment);
    }
}

fn note_date(check: &mut Check<'_>, name: &str, value: Option<&str>, moment: Option<Moment>) {
    let detail = match (value, moment) {
        (_, Some(_)) => return,
        (None, None) => format!("{name} is missing"),
        (Some(value), None) => format!("{name} is {value:?}"),
    };
    check.findings.add(Rule::IdentityDates, Place::FILE, detail);
}

/// X-4 takes the answer from either place.
fn trapped(check: &mut Check<'_>) {
    let mut answer = info(check, "Trapped");
    if check.x4() {
        answer = answer.or_else(|| property(check, PDF, "Trapped"));
    }
    if !matches!(answer.as_deref(), Some("True" | "False")) {
        let found = answer.map_or("missing".to_owned(), |answer| format!("it is {answer}"));
        check.findings.add(Rule::IdentityTrapped, Place::FILE, found);
    }
}

/// Pairs of the two places that hold the same text.
const SAME_TEXT: [(&str, &str, &str); 6] = [
    ("Title", DC, "title"),
    ("Author", DC, "creator"),
    ("Subject", DC, "description"),
    ("Creator", XMP, "CreatorTool"),
    ("Producer", PDF, "Producer"),
    ("Trapped", PDF, "Trapped"),
];

fn agreement(check: &mut Check<'_>) {
    let version = ("GTS_PDFXVersion", PDFX_ID, "GTS_PDFXVersion");
    for (key, namespace, name) in SAME_TEXT.into_iter().chain([version]) {
        let (one, two) = (info(check, key), property(check, namespace, name));
        if let (Some(one), Some(two)) = (one, two)
            && one != two
        {
            disagree(check, key, &one, &two);
        }
    }
    for (key, name) in [("CreationDate", "CreateDate"), ("ModDate", "ModifyDate")] {
        let (one, two) = (info(check, key), property(check, XMP, name));
        let (Some(one), Some(two)) = (one, two) else { continue };
        let same = match (Moment::from_pdf(&one), Moment::from_xmp(&two)) {
            (Some(first), Some(second)) => first.agrees(&second),
            // What is no date is another rule's finding.
            _ => true,
        };
        if !same {
            disagree(check, key, &one, &two);
        }
    }
}

fn disagree(check: &mut Check<'_>, key: &str, one: &str, two: &str) {
    let detail = format!("{key} is {one:?} there and {two:?} here");
    check.findings.add(Rule::IdentityAgreement, Place::FILE, detail);
}
