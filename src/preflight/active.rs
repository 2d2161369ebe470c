//! Rules of what acts or lies on the page: scripts, actions, fields, annotations, attachments.

use hayro_syntax::object::{Array, Dict};

use super::document::{Check, PageView};
use super::reach::Reached;
use super::read;
use super::report::{PageBox, Place};
use super::rule::Rule;

/// Keys under which actions hang (ISO 32000-1, 12.6).
const ACTION_KEYS: [&str; 3] = ["A", "OpenAction", "Next"];
/// Kinds of actions (table 198), but scripts.
const ACTIONS: [&str; 16] = [
    "GoTo",
    "GoToR",
    "GoToE",
    "Launch",
    "Thread",
    "URI",
    "Sound",
    "Movie",
    "Hide",
    "Named",
    "SubmitForm",
    "ResetForm",
    "ImportData",
    "SetOCGState",
    "Rendition",
    "Trans",
];

pub(super) fn check(check: &mut Check<'_>) {
    if check.standard.is_none() {
        return;
    }
    if let Some(form) = check.document.catalog.get::<Dict<'_>>("AcroForm") {
        check.findings.add(Rule::ActiveFields, Place::object(read::object_number(&form)), "");
    }
    for page in &check.document.pages {
        annotations(check, page);
    }
}

/// Actions, scripts and attachments, wherever they hang.
pub(super) fn check_object(check: &mut Check<'_>, reached: &Reached<'_>) {
    let dict = &reached.dict;
    let action = ACTION_KEYS.iter().any(|key| reached.under(key)) || reached.within("AA");
    if read::is(dict, "S", "JavaScript") || reached.under("JavaScript") {
        check.findings.add(Rule::ActiveJavascript, reached.place(), "");
    } else if action
        && let Some(kind) = read::name(dict, "S")
        && ACTIONS.contains(&kind.as_str())
    {
        check.findings.add(Rule::ActiveAction, reached.place(), kind);
    }
    if read::has(dict, "EF") {
        let name = read::text(dict, "UF").or_else(|| read::text(dict, "F")).unwrap_or_default();
        check.findings.add(Rule::ActiveFile, reached.place(), name);
    }
}

/// Annotations are no part of the printed page, but marks and traps are (ISO 15930-7, 6.17).
fn annotations(check: &mut Check<'_>, page: &PageView<'_>) {
    let boxes = &page.boxes;
    let Some(printed) = boxes.bleed.or(boxes.trim).or(boxes.art).or(boxes.media) else { return };
    let list = page.page.raw().get::<Array<'_>>("Annots");
    let list = list.into_iter().flat_map(|list| list.iter::<Dict<'_>>());
    for annotation in list {
        let kind = read::name(&annotation, "Subtype").unwrap_or_default();
        let area = read::rectangle(&annotation, "Rect");
        if kind == "Widget" {
            note(check, Rule::ActiveFields, page.number, &annotation, &kind);
        } else if kind != "TrapNet" && kind != "PrinterMark" && lies_on(area, &printed) {
            note(check, Rule::ActiveAnnotation, page.number, &annotation, &kind);
        }
    }
}

/// An annotation without extent could be anywhere.
fn lies_on(area: Option<PageBox>, printed: &PageBox) -> bool {
    area.is_none_or(|area| printed.meets(&area))
}

fn note(check: &mut Check<'_>, rule: Rule, page: usize, annotation: &Dict<'_>, kind: &str) {
    let place = Place { page: Some(page), object: read::object_number(annotation) };
    check.findings.add(rule, place, kind);
}
