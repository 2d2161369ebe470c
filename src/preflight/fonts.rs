//! Rules of fonts (ISO 32000-1, 9.5 to 9.9): those that paint something are in the file.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};

use super::document::Check;
use super::reach::Reached;
use super::read;
use super::report::{FontFacts, Place};
use super::rule::Rule;

/// Fonts of glyphs drawn elsewhere; composite fonts are asked through their descendants, Type 3
/// fonts hold their glyphs themselves.
const WITH_PROGRAMS: [&str; 5] = ["Type1", "MMType1", "TrueType", "CIDFontType0", "CIDFontType2"];

/// A font: the object that it stands in, and its name.
pub(super) type FontKey = (Option<ObjectIdentifier>, String);

/// Fonts met so far.
#[derive(Default)]
pub(super) struct Fonts {
    /// Those of which glyphs are painted.
    painted: HashSet<FontKey>,
    missing: Vec<(FontKey, Place)>,
}

/// What a font is known by; a composite one by its descendant, which holds the glyphs.
pub(super) fn key<'a>(pdf: &'a Pdf, font: &Dict<'a>) -> FontKey {
    let descendants = read::object(pdf, font, "DescendantFonts");
    let descendants = descendants.and_then(hayro_syntax::object::Object::into_array);
    let descendant = descendants.and_then(|list: Array<'_>| list.iter::<Dict<'_>>().next());
    own_key(descendant.as_ref().unwrap_or(font))
}

fn own_key(font: &Dict<'_>) -> FontKey {
    (font.obj_id(), read::name(font, "BaseFont").unwrap_or_default())
}

/// Notes that glyphs of a font are painted.
pub(super) fn paint(check: &mut Check<'_>, font: &FontKey) {
    if !check.fonts.painted.contains(font) {
        check.fonts.painted.insert(font.clone());
    }
}

/// Tells which fonts are missing, once it is known what they paint. Content that was not looked at may
/// paint with any.
pub(super) fn finish(check: &mut Check<'_>, cut_short: bool) {
    let Fonts { painted, missing } = std::mem::take(&mut check.fonts);
    for (key, place) in missing {
        let rule = if cut_short || painted.contains(&key) {
            Rule::FontsEmbedded
        } else {
            Rule::FontsUnpainted
        };
        check.findings.add(rule, place, without_tag(&key.1));
    }
}

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
        check.fonts.missing.push((own_key(dict), reached.place()));
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
