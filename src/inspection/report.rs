//! What was read, and where → what became of each stamp.

use super::locate::Place;
use super::patch::Tones;
use super::picture::Gray;
use super::symbols::{Reading, Symbol};
use super::{Expected, ExpectedCell};
use crate::domain::serial::Serial;

/// A place is blank when its tones differ by less than this part of what those of symbols do.
const BLANK_PART: f64 = 0.35;
/// … and it is light: not nearer than this to how dark symbols are.
const LIGHT_PART: f64 = 0.4;

/// What became of a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellState {
    /// Its code reads right, in its place.
    Read,
    /// Its code reads right, in its place and elsewhere too.
    Double,
    /// Its code was read elsewhere only.
    Elsewhere,
    /// Another code is in its place.
    Foreign,
    /// Something is printed in its place that cannot be read.
    Unreadable,
    /// Nothing is printed in its place.
    Blank,
    /// Its place is not, or not wholly, in the picture.
    OutsidePicture,
    /// It was not read, and where it should be is unknown: too few symbols are where they belong.
    Missing,
}

impl CellState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Read,
        Self::Double,
        Self::Elsewhere,
        Self::Foreign,
        Self::Unreadable,
        Self::Blank,
        Self::OutsidePicture,
        Self::Missing,
    ];

    /// Its name in JSON, in CSV and on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Double => "double",
            Self::Elsewhere => "elsewhere",
            Self::Foreign => "foreign",
            Self::Unreadable => "unreadable",
            Self::Blank => "blank",
            Self::OutsidePicture => "outside-picture",
            Self::Missing => "missing",
        }
    }

    /// Whether the stamp certainly came out unusable.
    #[must_use]
    pub fn is_spoiled(self) -> bool {
        matches!(self, Self::Unreadable | Self::Blank)
    }
}

/// One cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellReport {
    /// Its number.
    pub cell: u32,
    /// The stamp that belongs there.
    pub serial: Serial,
    /// What became of that.
    pub state: CellState,
    /// What is in its place instead.
    pub found: Option<Reading>,
    /// The other cells where its code was read; 0 is between or beside the cells.
    pub also_in: Vec<u32>,
}

/// A sheet as the picture shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Whether the page was found in the picture.
    pub located: bool,
    /// Its cells, in the order they were expected in.
    pub cells: Vec<CellReport>,
    /// What was read in no cell's place.
    pub strays: Vec<Reading>,
    /// Pixels in a module of the symbols that were read; none were where this is 0.
    pub module_px: f64,
}

impl Report {
    /// How many cells are in a state.
    #[must_use]
    pub fn count(&self, state: CellState) -> usize {
        self.cells.iter().filter(|cell| cell.state == state).count()
    }

    /// Whether every stamp reads right in its place, and nothing else is on the sheet.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.count(CellState::Read) == self.cells.len() && self.strays.is_empty()
    }

    /// Whether every cell is in the picture, so that what is not read is not there.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.located && self.count(CellState::OutsidePicture) == 0
    }
}

/// The picture, and where the page lies in it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) levels: &'a [Gray],
    pub(super) place: &'a Place,
}

pub(super) fn report(expected: &Expected, symbols: Vec<Symbol>, view: Option<View<'_>>) -> Report {
    let module_px = mean(symbols.iter().map(Symbol::module_px));
    let mut placed: Vec<(u32, Reading)> = symbols
        .into_iter()
        .map(|symbol| (view.map_or(0, |view| view.cell_of(expected, &symbol)), symbol.reading))
        .collect();
    placed.sort();
    let ink = view.and_then(|view| view.ink(expected, &placed));
    let cells = expected.cells.iter().map(|cell| {
        let mut report = read_of(cell, &placed, view.is_some());
        if let (CellState::Missing, Some(view)) = (report.state, view) {
            report.state = view.unread(cell, ink);
        }
        report
    });
    let cells: Vec<CellReport> = cells.collect();
    let expects = |reading: &Reading| {
        let serial = reading.serial();
        view.is_none() && cells.iter().any(|cell| Some(cell.serial) == serial)
    };
    let strays = placed.into_iter().filter(|(cell, reading)| *cell == 0 && !expects(reading));
    let strays = strays.map(|(_, reading)| reading).collect();
    Report { located: view.is_some(), cells, strays, module_px }
}

/// What the symbols say of a cell, as far as they do; else it is missing.
fn read_of(cell: &ExpectedCell, placed: &[(u32, Reading)], located: bool) -> CellReport {
    let own = Reading::Stamp(cell.serial);
    let here = |at: &u32| *at == cell.cell;
    let in_place = placed.iter().any(|(at, reading)| here(at) && *reading == own);
    let found = placed.iter().find(|(at, reading)| here(at) && *reading != own);
    let others = placed.iter().filter(|(at, reading)| !here(at) && *reading == own);
    let also_in: Vec<u32> = others.map(|(at, _)| *at).collect();
    let state = match (in_place, also_in.len(), found) {
        (true, 0, _) => CellState::Read,
        (true, _, _) => CellState::Double,
        // Where the page was not found, nothing can be out of its place.
        (false, 1, _) if !located => CellState::Read,
        (false, 2.., _) if !located => CellState::Double,
        (false, 1.., _) => CellState::Elsewhere,
        (false, 0, Some(_)) => CellState::Foreign,
        (false, 0, None) => CellState::Missing,
    };
    let also_in = if located { also_in } else { Vec::new() };
    let found = found.map(|(_, reading)| reading.clone());
    CellReport { cell: cell.cell, serial: cell.serial, state, found, also_in }
}

impl View<'_> {
    /// The cell that a symbol is in; 0 for none.
    fn cell_of(&self, expected: &Expected, symbol: &Symbol) -> u32 {
        let cell = expected.cells.iter().find(|cell| self.place.is_in(symbol, cell));
        cell.map_or(0, |cell| cell.cell)
    }

    /// The tones of symbols that were read.
    fn ink(&self, expected: &Expected, placed: &[(u32, Reading)]) -> Option<Tones> {
        let read = expected.cells.iter().filter(|cell| {
            placed.iter().any(|(at, reading)| *at == cell.cell && reading.serial().is_some())
        });
        let tones: Vec<Tones> =
            read.filter_map(|cell| Tones::of(self.levels, self.place, cell)).collect();
        (!tones.is_empty()).then(|| Tones {
            dark: mean(tones.iter().map(|it| it.dark)),
            light: mean(tones.iter().map(|it| it.light)),
        })
    }

    /// What a place looks like that gave nothing.
    fn unread(&self, cell: &ExpectedCell, ink: Option<Tones>) -> CellState {
        if !self.levels.first().is_some_and(|picture| self.place.is_seen(picture, cell)) {
            return CellState::OutsidePicture;
        }
        let Some((ink, here)) = ink.zip(Tones::of(self.levels, self.place, cell)) else {
            return CellState::Unreadable;
        };
        let contrast = ink.light - ink.dark;
        let even = here.light - here.dark < BLANK_PART * contrast;
        let light = f64::midpoint(here.light, here.dark) > ink.dark + LIGHT_PART * contrast;
        if even && light { CellState::Blank } else { CellState::Unreadable }
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), it| (sum + it, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
