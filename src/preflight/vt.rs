//! Rules of PDF/VT-1 (ISO 16612-2): the tree of document parts (ISO 32000-2, 14.12).

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, ObjectIdentifier};

use super::document::Check;
use super::limits::OBJECTS_MAX;
use super::read;
use super::report::Place;
use super::rule::Rule;
use super::xmp::{PDFVT_ID, XMP};

pub(super) fn check(check: &mut Check<'_>) {
    if !check.document.claims_vt() {
        return;
    }
    date(check);
    let root = read::dict(&check.document.catalog, "DPartRoot");
    let node = root.and_then(|root| read::dict(&root, "DPartRootNode"));
    let Some(node) = node else {
        check.findings.add(Rule::VtParts, Place::FILE, "there is no DPartRootNode");
        return;
    };
    let numbers: HashMap<ObjectIdentifier, usize> = check
        .document
        .pages
        .iter()
        .filter_map(|page| Some((page.page.raw().obj_id()?, page.number)))
        .collect();
    match ranges(node, &numbers) {
        Ok(ranges) => cover(check, &ranges),
        Err(fault) => check.findings.add(Rule::VtParts, Place::FILE, fault),
    }
    for page in &check.document.pages {
        if read::dict(page.page.raw(), "DPart").is_none() {
            check.findings.add(Rule::VtParts, Place::page(page.number), "the page has no DPart");
        }
    }
}

fn date(check: &mut Check<'_>) {
    let xmp = check.document.xmp.as_ref();
    let get = |namespace, name| xmp.and_then(|xmp| xmp.get(namespace, name));
    let (vt, modified) = (get(PDFVT_ID, "GTS_PDFVTModDate"), get(XMP, "ModifyDate"));
    if vt.is_none() || vt != modified {
        let detail = format!("it is {}", vt.unwrap_or("missing"));
        check.findings.add(Rule::VtDate, Place::FILE, detail);
    }
}

/// The ranges of pages of the leaves, in their order.
fn ranges(
    root: Dict<'_>,
    numbers: &HashMap<ObjectIdentifier, usize>,
) -> Result<Vec<(usize, usize)>, &'static str> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![root];
    let mut count = 0;
    while let Some(node) = waiting.pop() {
        count += 1;
        if node.obj_id().is_some_and(|id| !seen.insert(id)) || count > OBJECTS_MAX {
            return Err("the parts run in a circle");
        }
        let number = |key| numbers.get(&node.get_ref(key)?.into()).copied();
        if let Some(parts) = node.get::<Array<'_>>("DParts") {
            // An array of arrays of parts; taken from the back, so put there backwards.
            let mut children: Vec<Dict<'_>> =
                parts.iter::<Array<'_>>().flat_map(|group| group.iter::<Dict<'_>>()).collect();
            children.reverse();
            waiting.append(&mut children);
        } else if let Some(first) = number("Start") {
            found.push((first, number("End").unwrap_or(first)));
        } else {
            return Err("a part has neither parts nor pages");
        }
    }
    Ok(found)
}

fn cover(check: &mut Check<'_>, ranges: &[(usize, usize)]) {
    let mut next = 1;
    for &(first, last) in ranges {
        if first != next || last < first {
            let detail = format!("a part starts at page {first} where page {next} is due");
            check.findings.add(Rule::VtPages, Place::FILE, detail);
            return;
        }
        next = last + 1;
    }
    let pages = check.document.pages.len();
    if next != pages + 1 {
        let detail = format!("pages {next} to {pages} are in no part");
        check.findings.add(Rule::VtPages, Place::FILE, detail);
    }
}
