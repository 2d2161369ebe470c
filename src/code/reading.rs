//! What people scan, type and paste, made plain: `docs/CODE-FORMAT.md`, section 4.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// Words that stand before a serial on our pages and on papers, the longer first.
const LABELS: [&str; 8] = [
    "số sê-ri trên tem",
    "số sê-ri",
    "số seri",
    "so se-ri",
    "so seri",
    "serial number on the stamp",
    "serial number",
    "serial",
];

/// What chats, mails and people put around a code.
const AROUND: &str = "()[]{}<>«»‹›\"'`“”„‘’‚,;:!.*_~|、。";

/// A text as it is read: percent-escapes decoded once, in compatibility form (NFKC), dashes as hyphens,
/// without what cannot be seen.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let decoded = percent_decode_str(text).decode_utf8_lossy();
    if decoded.is_ascii() { decoded } else { Cow::Owned(letters(&decoded).collect()) }
}

/// Letters in compatibility form, dashes as hyphens, without what cannot be seen.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().filter(|&c| !is_invisible(c)).map(|c| if is_dash(c) { '-' } else { c })
}

/// What is skipped within a serial.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.')
}

/// The code in a plain text, without what stands around it: words before an address, a label before a
/// serial, marks at both ends.
pub(super) fn code(plain: &str) -> &str {
    let trimmed = trimmed(plain);
    let lower = trimmed.to_ascii_lowercase();
    if let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| lower.find(scheme)).min() {
        return trimmed.get(at..).unwrap_or(trimmed);
    }
    if trimmed.contains('/') { trimmed } else { unlabelled(trimmed) }
}

/// The part before the first white space.
pub(super) fn first_word(code: &str) -> Option<&str> {
    code.split_once(char::is_whitespace).map(|(word, _)| trimmed(word))
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || AROUND.contains(c))
}

fn unlabelled(text: &str) -> &str {
    if let Some((_, after)) = text.rsplit_once(':') {
        return trimmed(after);
    }
    let lower = text.to_lowercase();
    let label = LABELS.into_iter().find(|label| lower.starts_with(label));
    // Lower case of these letters has as many bytes as upper case.
    let after = label.and_then(|label| text.get(label.len()..));
    after.map_or(text, trimmed)
}

/// Dashes that keyboards and word processors make of a hyphen.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}')
}

/// Characters without a form of their own: soft hyphen, joiners, direction marks, variation selectors,
/// byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}
