//! Cells whose value is another every time the workbook is opened: formulas that ask for the day or
//! for chance, and those that look at such a cell, wherever it is and by whatever name.

use std::collections::{HashMap, HashSet};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::areas::{self, Area, place};
use super::parts::{attribute, reader};
use super::references::{Look, Names, Standing};
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

/// Areas that change, beyond which every cell counts as changing.
const LISTED_MAX: usize = 1_000;

/// The cells that change, sheet by sheet.
#[derive(Debug, Default)]
pub(super) struct Changing {
    cells: HashSet<(u32, u32, u32)>,
    areas: Vec<(u32, Area)>,
    /// Names that stand for something that changes, by their numbers.
    names: HashSet<u32>,
    /// Whether there were too many to tell them apart.
    all: bool,
}

impl Changing {
    /// Whether a cell changes.
    pub(super) fn has(&self, sheet: u32, (row, column): (u32, u32)) -> bool {
        self.all || self.cells.contains(&(sheet, row, column)) || self.in_area(sheet, (row, column))
    }

    /// How many looks it takes to find whether what a formula looks at changes.
    fn looks(&self, look: &Look) -> usize {
        let Look::Area(_, (rows, columns)) = look else { return 1 };
        let is_one = rows.0 == rows.1 && columns.0 == columns.1;
        self.areas.len() + if is_one { 1 } else { self.cells.len() }
    }

    fn in_area(&self, sheet: u32, (row, column): (u32, u32)) -> bool {
        self.areas.iter().any(|(of, (rows, columns))| {
            *of == sheet
                && (rows.0..=rows.1).contains(&row)
                && (columns.0..=columns.1).contains(&column)
        })
    }

    /// Whether what a formula looks at changes.
    fn touches(&self, look: &Look) -> bool {
        match look {
            Look::Area(sheet, area) => self.touches_area(*sheet, *area),
            Look::Name(name) => self.all || self.names.contains(name),
            Look::Anything => self.is_any(),
        }
    }

    fn is_any(&self) -> bool {
        self.all || !self.cells.is_empty() || !self.names.is_empty()
    }

    fn touches_area(&self, sheet: u32, (rows, columns): Area) -> bool {
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
        let (sheet, (row, column)) = match formula.place {
            Place::Cell(sheet, at) => (sheet, at),
            Place::Name(number) => return self.names.insert(number),
        };
        let is_new = self.cells.insert((sheet, row, column));
        if is_new {
            self.areas.extend(formula.area.map(|area| (sheet, area)));
            self.all |= self.areas.len() > LISTED_MAX;
        }
        is_new
    }
}

/// Where a formula stands: in a cell of a sheet, or behind a name.
#[derive(Clone, Copy)]
enum Place {
    Cell(u32, (u32, u32)),
    Name(u32),
}

/// A formula.
struct Formula {
    place: Place,
    /// The cells that share its result.
    area: Option<Area>,
    /// Whether it asks for the day or for chance.
    is_changing: bool,
    looks_at: Vec<Look>,
}

/// A name that stands for a formula, a place or an area.
pub(super) struct Name {
    pub(super) said: String,
    /// The sheet it is of, where it is of one.
    pub(super) sheet: Option<u32>,
    pub(super) formula: String,
    /// Whether it is the name of a table, which lies where it lies.
    pub(super) is_table: bool,
}

/// Every formula of a workbook.
pub(super) struct Formulas {
    names: Names,
    all: Vec<Formula>,
    /// Bytes of formulas that may still come.
    room: usize,
}

impl Formulas {
    /// The formulas of a workbook with these sheets and these names.
    pub(super) fn new(sheets: &[String], names: &[Name]) -> Result<Self, IntakeError> {
        let (all, room) = (Vec::new(), limits::FORMULA_BYTES);
        let mut formulas = Self { names: Names::new(sheets), all, room };
        for (number, name) in (0..).zip(names) {
            formulas.names.add(name.sheet, &name.said, number);
        }
        for (number, name) in (0..).zip(names) {
            let standing = if name.is_table { Standing::Fixed } else { Standing::Floating };
            let text = name.formula.to_uppercase();
            formulas.put((Place::Name(number), None), &text, (name.sheet, standing))?;
        }
        Ok(formulas)
    }

    /// Adds those of a sheet.
    pub(super) fn add(&mut self, sheet: u32, xml: &[u8]) -> Result<(), IntakeError> {
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
        (sheet, at): (u32, (u32, u32)),
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
        let place = (Place::Cell(sheet, at), element.area);
        self.put(place, &text, (Some(sheet), Standing::Moved(from, at)))
    }

    /// Adds a formula in capitals.
    fn put(
        &mut self,
        (place, area): (Place, Option<Area>),
        text: &str,
        (sheet, standing): (Option<u32>, Standing),
    ) -> Result<(), IntakeError> {
        self.room = self.room.checked_sub(text.len()).ok_or(TooLarge::Cells)?;
        let is_changing = CHANGING.iter().any(|name| text.contains(name));
        let mut looks_at = self.names.looks(text, sheet, standing);
        looks_at.shrink_to_fit();
        self.all.push(Formula { place, area, is_changing, looks_at });
        Ok(())
    }

    /// The cells that change.
    pub(super) fn changing(&self) -> Changing {
        let mut changing = Changing::default();
        self.all.iter().filter(|it| it.is_changing).for_each(|it| _ = changing.add(it));
        if changing.is_any() && !self.follow(&mut changing) {
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
                let cost = formula.looks_at.iter().map(|look| changing.looks(look)).sum();
                let Some(rest) = looks.checked_sub(cost) else { return false };
                looks = rest;
                if formula.looks_at.iter().any(|look| changing.touches(look)) {
                    is_more |= changing.add(formula);
                }
            }
            if !is_more || changing.all {
                return true;
            }
        }
        false
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
        Self { shared, area: area.and_then(|it| areas::area(&it)) }
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
