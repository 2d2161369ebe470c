//! Rules of fonts (ISO 32000-1, 9.5 to 9.9): all in the file, used or not.

use hayro_syntax::object::{Dict, Name};

use super::document::Check;
use super::reach::Reached;
use super::read;
use super::report::FontFacts;
use super::rule::Rule;

/// Fonts of glyphs drawn elsewhere; composite fonts are asked through their descendants, Type 3
/// fonts hold their glyphs themselves.
const WITH_PROGRAMS: [&str; 5] = ["Type1", "MMType1", "TrueType", "CIDFontType0", "CIDFontType2"];

pub(super) fn check(check: &mut Check<'_>, reached: &Reached<'_>) {
    let dict = &reached.dict;
    if !read::is(dict, "Type", "Font") {
        return;
    }
    let Some(kind) = dict.get::<Name<'_>>("Subtype").map(|name| read::name_text(&name)) else {
        return;
    };
    if !WITH_PROGRAMS.contains(&kind.as_str()) {
        return;
    }
    let tagged = read::name(dict, "BaseFont").unwrap_or_default();
    let name = without_tag(&tagged);
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let embedded = ["FontFile", "FontFile2", "FontFile3"]
        .into_iter()
        .any(|key| descriptor.get::<hayro_syntax::object::Stream<'_>>(key).is_some());
    if !embedded {
        check.findings.add(Rule::FontsEmbedded, reached.place(), name);
    }
    let facts =
        FontFacts { subset: name.len() < tagged.len(), name: name.to_owned(), kind, embedded };
    if !check.report.fonts.contains(&facts) {
        check.report.fonts.push(facts);
    }
}

/// The name behind the six capitals and the plus of a subset (9.6.4).
fn without_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_tag_is_six_capitals() {
        assert_eq!(without_tag("ABCDEF+Barlow"), "Barlow");
        assert_eq!(without_tag("A+B"), "A+B");
        assert_eq!(without_tag("Barlow"), "Barlow");
    }
}
