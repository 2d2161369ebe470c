//! Rules of the file's frame: version, cross-references, encryption, identifier, pages.

use hayro_syntax::object::Dict;

use super::document::Check;
use super::read;
use super::report::{Place, Standard};
use super::rule::Rule;

pub(super) fn check(check: &mut Check<'_>) {
    xref(check);
    page_count(check);
    if check.standard.is_some() {
        version(check);
        encryption(check);
        identifier(check);
    }
    if check.x1a() && check.document.frame.has_xref_stream {
        check.findings.add(Rule::FileObjectStreams, Place::FILE, "");
    }
}

fn xref(check: &mut Check<'_>) {
    for fault in &check.document.frame.faults {
        check.findings.add(Rule::FileXref, Place::FILE, fault);
    }
}

fn page_count(check: &mut Check<'_>) {
    let tree = check.document.catalog.get::<Dict<'_>>("Pages").unwrap_or_default();
    let said = tree.get::<i32>("Count").and_then(|count| usize::try_from(count).ok());
    let found = check.document.pages.len();
    if said != Some(found) {
        let said = said.map_or("nothing".to_owned(), |count| count.to_string());
        let detail = format!("it says {said}, there are {found}");
        check.findings.add(Rule::FilePageCount, Place::FILE, detail);
    }
}

fn version(check: &mut Check<'_>) {
    let highest = match check.standard {
        Some(Standard::X1a2001) => (1, 3),
        Some(Standard::X1a2003) => (1, 4),
        Some(Standard::X4) | None => (1, 6),
    };
    let mut versions = Vec::new();
    versions.extend(check.document.frame.version);
    let in_catalog = read::name(&check.document.catalog, "Version");
    versions.extend(in_catalog.as_deref().and_then(numbers));
    for (major, minor) in versions {
        if (major, minor) > highest {
            let detail = format!("PDF {major}.{minor}, allowed up to {}.{}", highest.0, highest.1);
            check.findings.add(Rule::FileVersion, Place::FILE, detail);
        }
    }
}

fn numbers(version: &str) -> Option<(u8, u8)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn encryption(check: &mut Check<'_>) {
    if check.document.frame.encrypted {
        check.findings.add(Rule::FileEncrypted, Place::FILE, "");
    }
}

fn identifier(check: &mut Check<'_>) {
    if !check.document.frame.has_id {
        check.findings.add(Rule::FileId, Place::FILE, "");
    }
}
