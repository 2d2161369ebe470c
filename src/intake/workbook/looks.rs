//! What people see of a sheet, and the values of its cells do not tell: what is hidden, filtered or
//! struck out, and formulas whose value is missing or does not stay.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};

use super::parts::{attribute, is_true, reader};
use super::unreadable;
use crate::intake::error::IntakeError;
use crate::intake::problem::ProblemKind;
use crate::intake::table::Unseen;

/// Functions whose value is another every time, folded to capitals.
const CHANGING: [&str; 5] = ["TODAY(", "NOW(", "RAND(", "RANDBETWEEN(", "RANDARRAY("];

/// How a sheet looks. Rows and columns are counted from 0.
#[derive(Debug, Default)]
pub(super) struct Looks {
    hidden_rows: HashSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    filtered: bool,
    doubts: HashMap<(u32, u32), ProblemKind>,
    struck: HashSet<(u32, u32)>,
}

impl Looks {
    pub(super) fn read(
        xml: &[u8],
        strings: &Strings,
        recomputed: bool,
    ) -> Result<Self, IntakeError> {
        let mut looks = Self::default();
        let mut reader = reader(xml);
        let mut at = (0_u32, 0_u32);
        let mut cell: Option<Formed> = None;
        loop {
            match reader.read_event().map_err(unreadable)? {
                Event::Start(element) => {
                    looks.open(&element, &mut at);
                    match (&mut cell, element.local_name().as_ref()) {
                        (cell, "c") => *cell = Some(Formed::of(&element)),
                        (Some(cell), name) => cell.open(name, &element),
                        (None, _) => {}
                    }
                }
                Event::Empty(element) => {
                    looks.open(&element, &mut at);
                    match (&mut cell, element.local_name().as_ref()) {
                        (_, "c") => at.1 = at.1.saturating_add(1),
                        (_, "row") => at = (at.0.saturating_add(1), 0),
                        (Some(cell), name) => cell.empty(name, &element),
                        (None, _) => {}
                    }
                }
                Event::End(element) => match element.local_name().as_ref() {
                    "c" => {
                        let formed = cell.take().unwrap_or_default();
                        looks.note(at, &formed, strings, recomputed);
                        at.1 = at.1.saturating_add(1);
                    }
                    "row" => at = (at.0.saturating_add(1), 0),
                    name => cell.iter_mut().for_each(|cell| cell.close(name)),
                },
                Event::Text(text) => {
                    if let Some(cell) = &mut cell {
                        cell.text(&text.xml10_content());
                    }
                }
                Event::GeneralRef(_) => cell.iter_mut().for_each(|cell| cell.text("&")),
                Event::Eof => return Ok(looks),
                _ => {}
            }
        }
    }

    /// Why a cell is not to be trusted.
    pub(super) fn doubt(&self, (row, column): (u32, u32)) -> Option<ProblemKind> {
        let is_hidden =
            self.hidden_columns.iter().any(|(first, last)| (first..=last).contains(&&column));
        let hidden = is_hidden.then_some(ProblemKind::HiddenColumn);
        hidden.or_else(|| self.doubts.get(&(row, column)).copied())
    }

    /// Whether all the text of a cell is struck out.
    pub(super) fn is_struck(&self, at: (u32, u32)) -> bool {
        self.struck.contains(&at)
    }

    /// Why a row is not seen.
    pub(super) fn unseen(&self, row: u32) -> Option<Unseen> {
        let why = if self.filtered { Unseen::Filtered } else { Unseen::Hidden };
        self.hidden_rows.contains(&row).then_some(why)
    }

    fn open(&mut self, element: &BytesStart<'_>, at: &mut (u32, u32)) {
        let number = |name| attribute(element, name).and_then(|it| it.parse::<u32>().ok());
        let is_flat = |name| {
            attribute(element, name)
                .and_then(|it| it.parse::<f64>().ok())
                .is_some_and(|it| it <= 0.0)
        };
        match element.local_name().as_ref() {
            "row" => {
                at.0 = number("r").and_then(|row| row.checked_sub(1)).unwrap_or(at.0);
                if is_true(element, "hidden") || is_flat("ht") {
                    self.hidden_rows.insert(at.0);
                }
            }
            "col" if is_true(element, "hidden") || is_flat("width") => {
                let place = |name| number(name).and_then(|it| it.checked_sub(1));
                self.hidden_columns.extend(place("min").zip(place("max")));
            }
            "c" => *at = attribute(element, "r").and_then(|r| place(&r)).unwrap_or(*at),
            "filterColumn" => self.filtered = true,
            _ => {}
        }
    }

    fn note(&mut self, at: (u32, u32), cell: &Formed, strings: &Strings, recomputed: bool) {
        // A formula may say that nothing is to be seen; one that was never computed says nothing.
        let is_empty = cell.value.trim().is_empty() && !cell.is_text;
        let has_no_value = is_empty || recomputed && cell.value.trim() == "0";
        let formula = cell.formula.as_ref().and_then(|formula| {
            let changes = CHANGING.iter().any(|name| formula.contains(name));
            let missing = has_no_value.then_some(ProblemKind::NoValue);
            missing.or_else(|| changes.then_some(ProblemKind::ChangingFormula))
        });
        let shared = cell.is_shared.then(|| cell.value.trim().parse().ok()).flatten();
        let shared = shared.and_then(|index: usize| strings.0.get(&index).copied());
        let struck = shared.or_else(|| cell.runs.struck());
        let doubt = formula.or_else(|| struck.map(|_| ProblemKind::StruckOut));
        self.doubts.extend(doubt.map(|doubt| (at, doubt)));
        self.struck.extend(struck.filter(|whole| *whole).map(|_| at));
    }
}

/// A cell as it is formed.
#[derive(Default)]
struct Formed {
    is_shared: bool,
    is_text: bool,
    /// Which of its elements is open.
    within: Within,
    formula: Option<String>,
    value: String,
    runs: Runs,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    None,
    Formula,
    Value,
}

impl Formed {
    fn of(element: &BytesStart<'_>) -> Self {
        let kind = attribute(element, "t").unwrap_or_default();
        Self { is_shared: kind == "s", is_text: kind == "str", ..Self::default() }
    }

    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "f" => (self.within, self.formula) = (Within::Formula, Some(String::new())),
            "v" => self.within = Within::Value,
            name => self.runs.open(name, element),
        }
    }

    fn empty(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "f" => self.formula = Some(String::new()),
            name => self.runs.open(name, element),
        }
        self.runs.close(name);
    }

    fn close(&mut self, name: &str) {
        self.within = Within::None;
        self.runs.close(name);
    }

    fn text(&mut self, text: &str) {
        match self.within {
            Within::Formula => {
                let formula = self.formula.get_or_insert_default();
                formula.push_str(&text.to_ascii_uppercase());
            }
            Within::Value => self.value.push_str(text),
            Within::None => {
                if self.runs.text(text) {
                    self.value.push_str(text);
                }
            }
        }
    }
}

/// Runs of a rich text, as far as they are struck out.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is open or seen, whatever the others are")]
struct Runs {
    in_text: bool,
    in_reading: bool,
    is_struck: bool,
    has_struck: bool,
    has_plain: bool,
}

impl Runs {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "r" => self.is_struck = false,
            "rPh" => self.in_reading = true,
            "t" => self.in_text = true,
            "strike" | "dstrike" => {
                let off = attribute(element, "val");
                self.is_struck =
                    !off.is_some_and(|it| matches!(it.as_str(), "0" | "false" | "off"));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "r" => self.is_struck = false,
            "rPh" => self.in_reading = false,
            "t" => self.in_text = false,
            _ => {}
        }
    }

    /// Whether the text is of the cell.
    fn text(&mut self, text: &str) -> bool {
        let is_own = self.in_text && !self.in_reading;
        if is_own && !text.trim().is_empty() {
            self.has_struck |= self.is_struck;
            self.has_plain |= !self.is_struck;
        }
        is_own
    }

    /// Whether anything is struck out, and if so, whether all is.
    fn struck(&self) -> Option<bool> {
        self.has_struck.then_some(!self.has_plain)
    }
}

/// Shared strings with text that is struck out, and whether all of it is.
#[derive(Debug, Default)]
pub(super) struct Strings(HashMap<usize, bool>);

impl Strings {
    pub(super) fn read(xml: &[u8]) -> Result<Self, IntakeError> {
        let (mut strings, mut runs, mut index) = (Self::default(), Runs::default(), 0);
        let mut reader = reader(xml);
        loop {
            match reader.read_event().map_err(unreadable)? {
                Event::Start(element) => {
                    if element.local_name().as_ref() == "si" {
                        runs = Runs::default();
                    }
                    runs.open(element.local_name().as_ref(), &element);
                }
                Event::Empty(element) => {
                    let name = element.local_name();
                    index += usize::from(name.as_ref() == "si");
                    runs.open(name.as_ref(), &element);
                    runs.close(name.as_ref());
                }
                Event::End(element) => {
                    if element.local_name().as_ref() == "si" {
                        strings.0.extend(runs.struck().map(|whole| (index, whole)));
                        index += 1;
                    }
                    runs.close(element.local_name().as_ref());
                }
                Event::Text(text) => _ = runs.text(&text.xml10_content()),
                Event::GeneralRef(_) => _ = runs.text("&"),
                Event::Eof => return Ok(strings),
                _ => {}
            }
        }
    }
}

/// Row and column, from 0, of a place such as `AB12`.
fn place(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A')?;
        let digit = u32::from(digit).checked_add(1).filter(|digit| *digit <= 26)?;
        column.checked_mul(26)?.checked_add(digit)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_impossible_ones_are_not() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("AB12"), Some((11, 27)));
        for text in ["", "A", "1", "A0", "AAAAAAAAAAAAAAAA1", "A99999999999", "Ă1"] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
