//! Rules of the page boxes (ISO 32000-1, 14.11.2).

use super::document::Check;
use super::limits::BOX_PLAY_PT;
use super::report::{Boxes, PageBox, PageRun, Place};
use super::rule::Rule;

pub(super) fn check(check: &mut Check<'_>) {
    for page in &check.document.pages {
        let place = Place::page(page.number);
        media(check, &page.boxes, place);
        trim(check, &page.boxes, place);
        bleed(check, &page.boxes, place);
        nesting(check, &page.boxes, place);
        crop(check, &page.boxes, place);
        note(&mut check.report.page_runs, page.number, page.boxes);
    }
}

fn note(runs: &mut Vec<PageRun>, number: usize, boxes: Boxes) {
    match runs.last_mut() {
        Some(run) if run.boxes == boxes => run.last = number,
        _ => runs.push(PageRun { first: number, last: number, boxes }),
    }
}

fn media(check: &mut Check<'_>, boxes: &Boxes, place: Place) {
    if boxes.media.is_none() {
        check.findings.add(Rule::BoxMedia, place, "");
    }
}

fn trim(check: &mut Check<'_>, boxes: &Boxes, place: Place) {
    if check.standard.is_none() {
        return;
    }
    match (boxes.trim, boxes.art) {
        (None, None) => check.findings.add(Rule::BoxTrim, place, "it has neither"),
        (Some(_), Some(_)) => check.findings.add(Rule::BoxTrim, place, "it has both"),
        _ => {}
    }
}

fn bleed(check: &mut Check<'_>, boxes: &Boxes, place: Place) {
    if boxes.bleed.is_none() {
        check.findings.add(Rule::BoxBleed, place, "");
    }
}

fn nesting(check: &mut Check<'_>, boxes: &Boxes, place: Place) {
    let pairs = [
        ("TrimBox", boxes.trim, "BleedBox", boxes.bleed),
        ("ArtBox", boxes.art, "BleedBox", boxes.bleed),
        ("BleedBox", boxes.bleed, "MediaBox", boxes.media),
        ("TrimBox", boxes.trim, "MediaBox", boxes.media),
        ("ArtBox", boxes.art, "MediaBox", boxes.media),
    ];
    for (inner_name, inner, outer_name, outer) in pairs {
        if !inside(inner, outer) {
            let detail = format!("the {inner_name} leaves the {outer_name}");
            check.findings.add(Rule::BoxNesting, place, detail);
        }
    }
}

fn crop(check: &mut Check<'_>, boxes: &Boxes, place: Place) {
    if !inside(boxes.trim.or(boxes.art), boxes.crop) {
        check.findings.add(Rule::BoxCrop, place, "");
    }
}

/// Whether one box lies in the other; where one is missing, there is nothing to say.
fn inside(inner: Option<PageBox>, outer: Option<PageBox>) -> bool {
    match (inner, outer) {
        (Some(inner), Some(outer)) => outer.holds(&inner, BOX_PLAY_PT),
        _ => true,
    }
}
