//! Cells whose value is another every time the workbook is opened: formulas that ask for the day or
//! for chance, and those that look at such a cell, wherever it is.

use std::collections::{HashMap, HashSet};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::looks::place;
use super::parts::{attribute, reader};
use super::unreadable;
use crate::intake::error::{IntakeError, TooLarge};
use crate::intake::limits;

/// Functions whose value is another every time, in capitals.
const CHANGING: [&str; 5] = ["TODAY(", "NOW(", "RAND(", "RANDBETWEEN(", "RANDARRAY("];

/// Rounds after which every formula that looks at another cell counts as changing: only workbooks
/// made for it have chains that long against the order of their cells.
const ROUNDS_MAX: usize = 24;

/// Looks at places and areas after which the same is so.
const LOOKS_MAX: usize = 50_000_000;

/// Names and areas that change, beyond which every cell counts as changing.
const LISTED_MAX: usize = 1_000;

/// A place or an area of a sheet: first and last row, first and last column, from 0.
type Area = ((u32, u32), (u32, u32));

/// The cells that change, sheet by sheet.
#[derive(Debug, Default)]
pub(super) struct Changing {
    cells: HashSet<(usize, u32, u32)>,
    areas: Vec<(usize, Area)>,
    /// Whether there were too many to tell them apart.
    all: bool,
}

impl Changing {
    /// Whether a cell changes.
    pub(super) fn has(&self, sheet: usize, (row, column): (u32, u32)) -> bool {
        self.all || self.cells.contains(&(sheet, row, column)) || self.in_area(sheet, (row, column))
    }

    /// How many looks it takes to find whether something in an area changes.
    fn looks(&self, (rows, columns): Area) -> usize {
        let is_one = rows.0 == rows.1 && columns.0 == columns.1;
        self.areas.len() + if is_one { 1 } else { self.cells.len() }
    }

    fn in_area(&self, sheet: usize, (row, column): (u32, u32)) -> bool {
        self.areas.iter().any(|(of, (rows, columns))| {
            *of == sheet
                && (rows.0..=rows.1).contains(&row)
                && (columns.0..=columns.1).contains(&column)
        })
    }

    /// Whether something in an area changes.
    fn touches(&self, sheet: usize, (rows, columns): Area) -> bool {
        let inside = |row, column| {
            (rows.0..=rows.1).contains(&row) && (columns.0..=columns.1).contains(&column)
        };
        if rows.0 == rows.1 && columns.0 == columns.1 {
            return self.has(sheet, (rows.0, columns.0));
        }
        self.cells.iter().any(|(of, row, column)| *of == sheet && inside(*row, *column))
            || self.areas.iter().any(|(of, (other, across))| {
                *of == sheet
                    && other.0 <= rows.1
                    && rows.0 <= other.1
                    && across.0 <= columns.1
                    && columns.0 <= across.1
            })
    }

    fn add(&mut self, formula: &Formula) -> bool {
        let (row, column) = formula.at;
        let is_new = self.cells.insert((formula.sheet, row, column));
        if is_new {
            self.areas.extend(formula.area.map(|area| (formula.sheet, area)));
            self.all |= self.areas.len() > LISTED_MAX;
        }
        is_new
    }
}

/// A formula, and where it stands.
struct Formula {
    sheet: usize,
    at: (u32, u32),
    /// The cells that share its result.
    area: Option<Area>,
    /// Its text in capitals.
    text: String,
    looks_at: Vec<(usize, Area)>,
}

/// Every formula of a workbook.
pub(super) struct Formulas {
    /// Names of the sheets, in capitals.
    sheets: Vec<String>,
    /// Names that stand for formulas, in capitals.
    names: Vec<(String, String)>,
    all: Vec<Formula>,
    /// Bytes of formulas that may still come.
    room: usize,
}

impl Formulas {
    /// The formulas of a workbook with these sheets and these names.
    pub(super) fn new(sheets: &[String], names: &[(String, String)]) -> Self {
        // As they stand in formulas: a quote in a name is doubled there.
        let sheets = sheets.iter().map(|name| name.to_uppercase().replace('\'', "''")).collect();
        let names = names.iter().map(|(name, it)| (name.to_uppercase(), it.to_uppercase()));
        Self { sheets, names: names.collect(), all: Vec::new(), room: limits::FORMULA_BYTES }
    }

    /// Adds those of a sheet.
    pub(super) fn add(&mut self, sheet: usize, xml: &[u8]) -> Result<(), IntakeError> {
        let (mut reader, mut at) = (reader(xml), (0, 0));
        let mut shared: HashMap<String, ((u32, u32), String)> = HashMap::new();
        let mut open: Option<(Element, String)> = None;
        loop {
            match reader.read_event().map_err(unreadable)? {
                Event::Start(element) => {
                    move_to(&mut at, &element);
                    if element.local_name().as_ref() == "f" {
                        open = Some((Element::of(&element), String::new()));
                    }
                }
                Event::Empty(element) => {
                    move_to(&mut at, &element);
                    match element.local_name().as_ref() {
                        "f" => self.note((sheet, at), &Element::of(&element), "", &mut shared)?,
                        "c" => at.1 = at.1.saturating_add(1),
                        "row" => at = (at.0.saturating_add(1), 0),
                        _ => {}
                    }
                }
                Event::End(element) => match element.local_name().as_ref() {
                    "f" => {
                        if let Some((element, text)) = open.take() {
                            self.note((sheet, at), &element, &text.to_uppercase(), &mut shared)?;
                        }
                    }
                    "c" => at.1 = at.1.saturating_add(1),
                    "row" => at = (at.0.saturating_add(1), 0),
                    _ => {}
                },
                Event::Text(text) => {
                    if let Some((_, formula)) = &mut open {
                        formula.push_str(&text.xml10_content());
                    }
                }
                Event::GeneralRef(it) => {
                    if let Some((_, formula)) = &mut open {
                        formula.push_str(resolve_predefined_entity(&it).unwrap_or(" "));
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn note(
        &mut self,
        (sheet, at): (usize, (u32, u32)),
        element: &Element,
        text: &str,
        shared: &mut HashMap<String, ((u32, u32), String)>,
    ) -> Result<(), IntakeError> {
        let mut from = at;
        let mut text = text.to_owned();
        if let Some(index) = &element.shared {
            if text.is_empty() {
                let Some((first, formula)) = shared.get(index) else { return Ok(()) };
                (from, text) = (*first, formula.clone());
            } else {
                shared.insert(index.clone(), (at, text.clone()));
            }
        }
        self.room = self.room.checked_sub(text.len()).ok_or(TooLarge::Cells)?;
        let looks_at = references(&text, &self.sheets, sheet, (from, at));
        self.all.push(Formula { sheet, at, area: element.area, text, looks_at });
        Ok(())
    }

    /// The cells that change.
    pub(super) fn changing(&self) -> Changing {
        let mut changing = Changing::default();
        let names = self.changing_names();
        changing.all = names.len() > LISTED_MAX;
        if changing.all {
            return changing;
        }
        let asks = |text: &str| {
            CHANGING.iter().any(|name| text.contains(name))
                || names.iter().any(|name| has_word(text, name))
        };
        self.all.iter().filter(|it| asks(&it.text)).for_each(|it| _ = changing.add(it));
        if !changing.cells.is_empty() && !self.follow(&mut changing) {
            let looking = self.all.iter().filter(|it| !it.looks_at.is_empty());
            looking.for_each(|it| _ = changing.add(it));
        }
        changing
    }

    /// Adds the formulas that look at a changing cell, and those that look at them; `false` where that
    /// takes too long.
    fn follow(&self, changing: &mut Changing) -> bool {
        let mut looks = LOOKS_MAX;
        for _ in 0..ROUNDS_MAX {
            let mut is_more = false;
            for formula in &self.all {
                let cost = formula.looks_at.iter().map(|(_, area)| changing.looks(*area)).sum();
                let Some(rest) = looks.checked_sub(cost) else { return false };
                looks = rest;
                let touches = |(sheet, area): &(usize, Area)| changing.touches(*sheet, *area);
                if formula.looks_at.iter().any(touches) {
                    is_more |= changing.add(formula);
                }
            }
            if !is_more || changing.all {
                return true;
            }
        }
        false
    }

    fn changing_names(&self) -> Vec<&str> {
        let is_changing = |text: &str| CHANGING.iter().any(|name| text.contains(name));
        let mut found: Vec<&str> = Vec::new();
        // A name may be made of another.
        for _ in 0..2 {
            for (name, text) in &self.names {
                let is = is_changing(text) || found.iter().any(|it| has_word(text, it));
                if is && !found.contains(&name.as_str()) {
                    found.push(name);
                }
                if found.len() > LISTED_MAX {
                    return found;
                }
            }
        }
        found
    }
}

/// What the element of a formula says of it.
struct Element {
    shared: Option<String>,
    area: Option<Area>,
}

impl Element {
    fn of(element: &BytesStart<'_>) -> Self {
        let kind = attribute(element, "t").unwrap_or_default();
        let shared = attribute(element, "si").filter(|_| kind == "shared");
        let area = attribute(element, "ref").filter(|_| kind == "array");
        Self { shared, area: area.and_then(|it| area_of(&it)) }
    }
}

fn move_to(at: &mut (u32, u32), element: &BytesStart<'_>) {
    match element.local_name().as_ref() {
        "row" => {
            let row = attribute(element, "r").and_then(|it| it.parse::<u32>().ok());
            at.0 = row.and_then(|row| row.checked_sub(1)).unwrap_or(at.0);
        }
        "c" => *at = attribute(element, "r").and_then(|it| place(&it)).unwrap_or(*at),
        _ => {}
    }
}

fn area_of(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (place(first)?, place(last)?);
    Some(((first.0, last.0), (first.1, last.1)))
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).any(|it| it == word)
}

/// The areas that a formula looks at; `moved` are the cells it was written for and stands in.
fn references(
    text: &str,
    sheets: &[String],
    own: usize,
    moved: ((u32, u32), (u32, u32)),
) -> Vec<(usize, Area)> {
    let (mut found, mut sheet): (Vec<(usize, Area)>, _) = (Vec::new(), Some(own));
    let mut rest = text;
    let mut is_behind_colon = false;
    while let Some(c) = rest.chars().next() {
        let (word, behind) = match c {
            '"' => {
                rest = rest.get(1..).and_then(|it| it.split_once('"')).map_or("", |it| it.1);
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
            sheet = sheets.iter().position(|it| it == word);
            rest = behind;
            continue;
        }
        let is_of_area = is_behind_colon || behind.starts_with(':');
        if let Some((of, area)) = sheet.zip(reference(word, is_of_area, moved)) {
            match found.last_mut().filter(|_| is_behind_colon) {
                Some((_, first)) => *first = joined(*first, area),
                None => found.push((of, area)),
            }
        }
        if !behind.starts_with(':') {
            sheet = Some(own);
        }
        is_behind_colon = false;
        rest = behind;
    }
    found
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
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.')
}

/// The area of `B7` or `$B$7`, where a formula was moved to, and of `B` in `B:C`.
fn reference(word: &str, is_of_area: bool, (from, to): ((u32, u32), (u32, u32))) -> Option<Area> {
    let shift = |fixed: bool, at: u32, from: u32, to: u32| {
        if fixed { Some(at) } else { (at.checked_add(to)?).checked_sub(from) }
    };
    let plain: String = word.chars().filter(|c| *c != '$').collect();
    if is_of_area && plain.len() <= 3 && plain.chars().all(|c| c.is_ascii_uppercase()) {
        let (_, column) = place(&format!("{plain}1"))?;
        return Some(((0, u32::MAX), (column, column)));
    }
    let at = place(&plain)?;
    let is_column_fixed = word.starts_with('$');
    let is_row_fixed = word.trim_start_matches('$').contains('$');
    let row = shift(is_row_fixed, at.0, from.0, to.0)?;
    let column = shift(is_column_fixed, at.1, from.1, to.1)?;
    Some(((row, row), (column, column)))
}
