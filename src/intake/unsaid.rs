//! What stands in a cell for a text that is not there.

use crate::vietnamese::fold;

/// What spreadsheets write for a value that they cannot compute: `#N/A`, `#REF!`, `Err:502`.
pub(super) fn is_error(text: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || "/0!?_".contains(c));
    let in_excel =
        text.strip_prefix('#').filter(|name| *name == "N/A" || name.ends_with(['!', '?']));
    let in_calc = text.strip_prefix("Err:").is_some_and(|it| it.parse::<u16>().is_ok());
    in_excel.is_some_and(is_name) || in_calc
}

/// Marks that stand for what is written above them.
const DITTO_MARKS: [char; 8] = ['"', '”', '“', '″', '\'', '′', '’', '〃'];

/// What people write for the value of the row above: `nt`, `-nt-`, `như trên`, `"`.
pub(super) fn is_ditto(text: &str) -> bool {
    let folded = fold(text);
    let is_marks = text.contains(DITTO_MARKS)
        && text.chars().all(|c| DITTO_MARKS.contains(&c) || "-. ".contains(c));
    matches!(folded.as_str(), "nt" | "n t" | "nhu tren" | "nhu dong tren" | "tren") || is_marks
}
