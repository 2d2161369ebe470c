//! What a formula looks at: places, areas, and names that stand for them.

use std::collections::HashMap;

use super::areas::{Area, place};

/// Functions that look at a place which their text does not name, in capitals.
const ANYWHERE: [&str; 2] = ["INDIRECT(", "OFFSET("];

/// Something that a formula looks at.
pub(super) enum Look {
    /// An area of a sheet, by the sheet's place.
    Area(u32, Area),
    /// What a name stands for, by the name's number.
    Name(u32),
    /// It cannot be told what.
    Anything,
}

/// Where the places in a formula that are not fixed lie.
#[derive(Clone, Copy)]
pub(super) enum Standing {
    /// As far from where it stands as they were from where it was written.
    Moved((u32, u32), (u32, u32)),
    /// Where they are written.
    Fixed,
    /// Anywhere in their row or column: wherever the name is used.
    Floating,
}

/// The names of a workbook, in capitals.
#[derive(Default)]
pub(super) struct Names {
    sheets: Vec<String>,
    /// Names by the sheet that they are of, where they are of one, and their numbers.
    known: HashMap<(Option<u32>, String), u32>,
}

impl Names {
    /// The names of the sheets, in their order.
    pub(super) fn new(sheets: &[String]) -> Self {
        // As they stand in formulas: a quote in a name is doubled there.
        let sheets = sheets.iter().map(|name| name.to_uppercase().replace('\'', "''")).collect();
        Self { sheets, known: HashMap::new() }
    }

    /// Adds a name, of a sheet or of the workbook.
    pub(super) fn add(&mut self, sheet: Option<u32>, name: &str, number: u32) {
        self.known.insert((sheet, name.to_uppercase()), number);
    }

    fn named(&self, sheet: Option<u32>, word: &str) -> Option<u32> {
        let of = |sheet| self.known.get(&(sheet, word.to_owned())).copied();
        of(sheet).or_else(|| of(None))
    }

    /// What a formula in capitals looks at that stands in a sheet.
    pub(super) fn looks(&self, text: &str, own: Option<u32>, standing: Standing) -> Vec<Look> {
        let is_anywhere = ANYWHERE.iter().any(|name| text.contains(name));
        let mut found: Vec<Look> = is_anywhere.then_some(Look::Anything).into_iter().collect();
        let (mut sheet, mut rest, mut is_behind_colon) = (own, text, false);
        while let Some(c) = rest.chars().next() {
            let (word, behind) = match c {
                '"' => {
                    rest = rest.get(1..).and_then(|it| it.split_once('"')).map_or("", |it| it.1);
                    continue;
                }
                '[' => {
                    rest = behind_bracket(rest);
                    continue;
                }
                '\'' => match rest.get(1..).and_then(quoted) {
                    Some((name, behind)) => (name, behind),
                    None => break,
                },
                c if is_of_word(c) => {
                    rest.split_at(rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()))
                }
                c => {
                    is_behind_colon = c == ':';
                    rest = rest.get(c.len_utf8()..).unwrap_or_default();
                    continue;
                }
            };
            if let Some(behind) = behind.strip_prefix('!') {
                sheet = (0..).zip(&self.sheets).find(|(_, it)| *it == word).map(|(at, _)| at);
                rest = behind;
                continue;
            }
            let is_of_area = is_behind_colon || behind.starts_with(':');
            // No name is written like a place.
            if let Some(name) = self.named(sheet, word) {
                found.push(Look::Name(name));
            } else if let Some((of, area)) = sheet.zip(reference(word, is_of_area, standing)) {
                match found.last_mut() {
                    Some(Look::Area(_, first)) if is_behind_colon => *first = joined(*first, area),
                    _ => found.push(Look::Area(of, area)),
                }
            }
            if !behind.starts_with(':') {
                sheet = own;
            }
            is_behind_colon = false;
            rest = behind;
        }
        found
    }
}

/// What is behind a bracket, in which columns of a table or another workbook are named.
fn behind_bracket(text: &str) -> &str {
    let (mut depth, mut is_escaped) = (0_u32, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\'' => is_escaped = true,
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

/// What stands up to a quote that is not doubled, and what is behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('\'')?;
        let behind = text.get(at + 1..)?;
        if !behind.starts_with('\'') {
            return Some((text.get(..at)?, behind));
        }
        from = at + 2;
    }
}

fn joined((rows, columns): Area, (down, across): Area) -> Area {
    let both = |one: (u32, u32), other: (u32, u32)| (one.0.min(other.0), one.1.max(other.1));
    (both(rows, down), both(columns, across))
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.' | '\\' | '?')
}

/// The area of `B7` or `$B$7`, and of `B` in `B:C`.
fn reference(word: &str, is_of_area: bool, standing: Standing) -> Option<Area> {
    let plain: String = word.chars().filter(|c| *c != '$').collect();
    if is_of_area && plain.len() <= 3 && plain.chars().all(|c| c.is_ascii_uppercase()) {
        let (_, column) = place(&format!("{plain}1"))?;
        return Some(((0, u32::MAX), (column, column)));
    }
    let at = place(&plain)?;
    let shift = |is_fixed: bool, at: u32, moved: fn((u32, u32)) -> u32| match standing {
        Standing::Moved(from, to) if !is_fixed => {
            let at = at.checked_add(moved(to))?.checked_sub(moved(from))?;
            Some((at, at))
        }
        Standing::Floating if !is_fixed => Some((0, u32::MAX)),
        _ => Some((at, at)),
    };
    let is_column_fixed = word.starts_with('$');
    let is_row_fixed = word.trim_start_matches('$').contains('$');
    let rows = shift(is_row_fixed, at.0, |it| it.0)?;
    let columns = shift(is_column_fixed, at.1, |it| it.1)?;
    Some((rows, columns))
}
