//! What people see of a sheet, and the values of its cells do not tell: what is hidden, filtered or
//! struck out or coloured, and formulas whose value is missing.

use std::collections::{HashMap, HashSet};

use calamine::Color;
use quick_xml::events::{BytesStart, Event};

use super::areas::place;
use super::parts::{attribute, is_true, reader};
use super::{colours, unreadable};
use crate::intake::error::IntakeError;
use crate::intake::limits;
use crate::intake::problem::ProblemKind;
use crate::intake::table::Unseen;

/// Points of a row in which nothing can be read: letters that are read need more.
const ROW_POINTS_MIN: f64 = 4.0;

/// Width of a column in which nothing can be read. The margins are in it, five of the seven pixels of a
/// digit (ECMA-376 Part 1, 18.3.1.13).
const COLUMN_WIDTH_MIN: f64 = 1.0;

/// Width of the margins, which the width in letters of columns without their own does not have in it.
const MARGINS_WIDTH: f64 = 5.0 / 7.0;

/// How a sheet looks. Rows and columns are counted from 0.
#[derive(Debug, Default)]
pub(super) struct Looks {
    hidden_rows: HashSet<u32>,
    /// Whether rows and columns are hidden that say nothing of themselves.
    rows_hidden: bool,
    columns_hidden: bool,
    /// Whether those are hidden that do, as far as a table may reach.
    columns: Vec<Option<bool>>,
    filtered: bool,
    doubts: HashMap<(u32, u32), ProblemKind>,
    struck: HashSet<(u32, u32)>,
    /// Colours of the parts of a text, where one of them has its own; none for that of the cell.
    colours: HashMap<(u32, u32), Vec<Option<Color>>>,
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
        let at = usize::try_from(column).unwrap_or(usize::MAX);
        let said = self.columns.get(at).copied().flatten();
        let hidden = said.unwrap_or(self.columns_hidden).then_some(ProblemKind::HiddenColumn);
        hidden.or_else(|| self.doubts.get(&(row, column)).copied())
    }

    /// Whether all the text of a cell is struck out.
    pub(super) fn is_struck(&self, at: (u32, u32)) -> bool {
        self.struck.contains(&at)
    }

    /// The colours of the parts of a cell's text, where one of them has its own; none for that of the cell.
    pub(super) fn colours(&self, at: (u32, u32)) -> &[Option<Color>] {
        self.colours.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Why a row is not seen.
    pub(super) fn unseen(&self, row: u32) -> Option<Unseen> {
        let why = if self.filtered { Unseen::Filtered } else { Unseen::Hidden };
        self.hidden_rows.contains(&row).then_some(why)
    }

    fn open(&mut self, element: &BytesStart<'_>, at: &mut (u32, u32)) {
        let number = |name| attribute(element, name).and_then(|it| it.parse::<u32>().ok());
        let size = |name| attribute(element, name).and_then(|it| it.parse::<f64>().ok());
        let is_hidden = is_true(element, "hidden");
        match element.local_name().as_ref() {
            "sheetFormatPr" => {
                // A row that holds something is written and says itself whether it is hidden, also
                // where the others are. Without the mark programs fit the height to the text.
                let height = size("defaultRowHeight").filter(|_| is_true(element, "customHeight"));
                self.rows_hidden = height.is_some_and(|it| it < ROW_POINTS_MIN);
                let letters = size("baseColWidth").map(|it| it + MARGINS_WIDTH);
                let width = size("defaultColWidth").or(letters);
                self.columns_hidden = width.is_some_and(|it| it < COLUMN_WIDTH_MIN);
            }
            "row" => {
                at.0 = number("r").and_then(|row| row.checked_sub(1)).unwrap_or(at.0);
                let is_flat = size("ht").map(|it| it < ROW_POINTS_MIN);
                if is_hidden || is_flat.unwrap_or(self.rows_hidden) {
                    self.hidden_rows.insert(at.0);
                }
            }
            "col" => {
                let is_narrow = size("width").map(|it| it < COLUMN_WIDTH_MIN);
                self.column(
                    (number("min"), number("max")),
                    is_hidden || is_narrow.unwrap_or(self.columns_hidden),
                );
            }
            "c" => *at = attribute(element, "r").and_then(|r| place(&r)).unwrap_or(*at),
            "filterColumn" => self.filtered = true,
            _ => {}
        }
    }

    fn column(&mut self, (first, last): (Option<u32>, Option<u32>), is_hidden: bool) {
        let place = |number: Option<u32>| usize::try_from(number?.checked_sub(1)?).ok();
        let Some((first, last)) = place(first).zip(place(last)) else { return };
        self.columns.resize(limits::COLUMNS, None);
        let last = last.min(limits::COLUMNS - 1);
        if let Some(columns) = self.columns.get_mut(first..=last) {
            // Hidden once is hidden.
            for column in columns {
                *column = Some(is_hidden || *column == Some(true));
            }
        }
    }

    fn note(&mut self, at: (u32, u32), cell: &Formed, strings: &Strings, recomputed: bool) {
        // A formula may say that nothing is to be seen; one that was never computed says nothing.
        let is_empty = cell.value.trim().is_empty() && !cell.is_text;
        let has_no_value = is_empty || recomputed && cell.value.trim() == "0";
        let missing = cell.has_formula && has_no_value;
        let shared = cell.is_shared.then(|| cell.value.trim().parse().ok()).flatten();
        let shared = shared.and_then(|index: usize| strings.0.get(&index));
        let own = cell.runs.look();
        let look = shared.or(own.as_ref());
        let struck = look.and_then(|look| look.struck);
        let colours = look.map(|look| look.colours.clone()).filter(|all| !all.is_empty());
        self.colours.extend(colours.map(|all| (at, all)));
        let struck_out = struck.map(|_| ProblemKind::StruckOut);
        let doubt = missing.then_some(ProblemKind::NoValue).or(struck_out);
        self.doubts.extend(doubt.map(|doubt| (at, doubt)));
        self.struck.extend(struck.filter(|whole| *whole).map(|_| at));
    }
}

/// A cell as it is formed.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is told or open, whatever the others are")]
struct Formed {
    is_shared: bool,
    is_text: bool,
    in_value: bool,
    has_formula: bool,
    value: String,
    runs: Runs,
}

impl Formed {
    fn of(element: &BytesStart<'_>) -> Self {
        let kind = attribute(element, "t").unwrap_or_default();
        Self { is_shared: kind == "s", is_text: kind == "str", ..Self::default() }
    }

    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "f" => self.has_formula = true,
            "v" => self.in_value = true,
            name => self.runs.open(name, element),
        }
    }

    fn empty(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "f" => self.has_formula = true,
            name => self.runs.open(name, element),
        }
        self.runs.close(name);
    }

    fn close(&mut self, name: &str) {
        self.in_value = false;
        self.runs.close(name);
    }

    fn text(&mut self, text: &str) {
        if self.in_value || self.runs.text(text) {
            self.value.push_str(text);
        }
    }
}

/// Runs of a rich text, as far as they are struck out or coloured.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is open or seen, whatever the others are")]
struct Runs {
    in_text: bool,
    in_reading: bool,
    is_struck: bool,
    has_struck: bool,
    has_plain: bool,
    colour: Option<Color>,
    colours: Vec<Option<Color>>,
}

/// What is told of a rich text by its runs.
#[derive(Debug)]
struct Look {
    /// Whether anything is struck out, and if so, whether all is.
    struck: Option<bool>,
    colours: Vec<Option<Color>>,
}

impl Runs {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "r" => (self.is_struck, self.colour) = (false, None),
            "color" => self.colour = colours::of_element(element),
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
            "r" => (self.is_struck, self.colour) = (false, None),
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
            if !self.colours.contains(&self.colour) {
                self.colours.push(self.colour);
            }
        }
        is_own
    }

    /// What there is to tell.
    fn look(&self) -> Option<Look> {
        let struck = self.has_struck.then_some(!self.has_plain);
        let is_own = self.colours.iter().any(Option::is_some);
        let colours = if is_own { self.colours.clone() } else { Vec::new() };
        (struck.is_some() || is_own).then_some(Look { struck, colours })
    }
}

/// Shared strings with text that is struck out or has colours of its own.
#[derive(Debug, Default)]
pub(super) struct Strings(HashMap<usize, Look>);

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
                        strings.0.extend(runs.look().map(|look| (index, look)));
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
