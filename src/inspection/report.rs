//! What was read, and where → what became of each stamp.

use super::locate::Place;
use super::patch::Tones;
use super::picture::Gray;
use super::symbols::{Reading, Symbol};
use super::{Expected, ExpectedCell, sharpness};
use crate::domain::serial::Serial;

/// A place is even when its tones differ by less than this part of what those of symbols near it do.
const EVEN_PART: f64 = 0.35;
/// … it is paper when it is not darker than paper near it by this part of the contrast,
const PAPER_PART: f64 = 0.2;
/// … and ink when it is not lighter than ink near it by this part.
const INK_PART: f64 = 0.4;
/// Cells are near that are so many cells apart, from middle to middle.
const NEAR_CELLS: f64 = 1.6;
/// Of so many read symbols some are near every cell, where the picture shows them well.
const NEAR_MIN: usize = 8;
/// Ink is veiled where it is lighter, as a part of the paper's light, by so much than is usual.
const VEILED_PART: f64 = 0.15;
/// A mirrored lamp is lighter than paper, of 255 tones.
const MIRRORED_TONES: f64 = 30.0;

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
    /// The picture does not show it well enough: light is mirrored there, it is out of focus, it is
    /// neither ink nor paper, or none of the stamps around it can be read either. It says nothing
    /// of the stamp.
    Unclear,
    /// Its place is not, or not wholly, in the picture.
    OutsidePicture,
    /// It was not read, and where it should be is unknown: too few symbols are where they belong.
    Missing,
}

impl CellState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Read,
        Self::Double,
        Self::Elsewhere,
        Self::Foreign,
        Self::Unreadable,
        Self::Blank,
        Self::Unclear,
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
            Self::Unclear => "unclear",
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

    /// Whether the picture shows every cell that it holds well enough to say what became of it.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.count(CellState::Unclear) == 0
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
    let known = view.map(|view| view.known(expected, &placed)).unwrap_or_default();
    let cells = expected.cells.iter().map(|cell| {
        let mut report = read_of(cell, &placed, view.is_some());
        if let (CellState::Missing, Some(view)) = (report.state, view) {
            report.state = view.unread(cell, &known);
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

    /// What symbols that were read look like.
    fn known<'c>(&self, expected: &'c Expected, placed: &[(u32, Reading)]) -> Known<'c> {
        let read = expected.cells.iter().filter(|cell| {
            placed.iter().any(|(at, reading)| *at == cell.cell && reading.serial().is_some())
        });
        let read: Vec<&ExpectedCell> = read.collect();
        let tones = |cell| Some((cell, Tones::of(self.levels, self.place, cell)?));
        let steps = read.iter().filter_map(|cell| sharpness::step(self.levels, self.place, cell));
        Known { step: median(steps), inks: read.iter().copied().filter_map(tones).collect() }
    }

    /// What a place looks like that gave nothing.
    fn unread(&self, cell: &ExpectedCell, known: &Known<'_>) -> CellState {
        if !self.levels.first().is_some_and(|picture| self.place.is_seen(picture, cell)) {
            return CellState::OutsidePicture;
        }
        let near = known.near(cell);
        let ink = average(near.iter().copied())
            .or_else(|| average(known.inks.iter().map(|(_, tones)| *tones)));
        let here = Tones::of(self.levels, self.place, cell);
        let Some((here, ink)) = here.zip(ink) else { return CellState::Unclear };
        if is_unclear(here, &near, known) {
            return CellState::Unclear;
        }
        let contrast = ink.contrast();
        let soft = || {
            let picture = (self.levels, self.place);
            sharpness::is_soft(picture, cell, (here, ink), known.step)
        };
        if here.contrast() >= EVEN_PART * contrast {
            return if soft() { CellState::Unclear } else { CellState::Unreadable };
        }
        if here.light > ink.light - PAPER_PART * contrast {
            CellState::Blank
        } else if here.light < ink.dark + INK_PART * contrast {
            CellState::Unreadable
        } else {
            CellState::Unclear
        }
    }
}

/// What the picture shows of symbols that were read.
#[derive(Default)]
struct Known<'a> {
    /// Their cells and tones.
    inks: Vec<(&'a ExpectedCell, Tones)>,
    /// How much light usually changes from sample to sample.
    step: f64,
}

impl Known<'_> {
    /// The tones of those near a cell.
    fn near(&self, cell: &ExpectedCell) -> Vec<Tones> {
        let reach = |one: f64, other: f64, side: f64| (one - other).abs() <= NEAR_CELLS * side;
        let (x, y) = cell.middle();
        let near = self.inks.iter().filter(|(other, _)| {
            let (other_x, other_y) = other.middle();
            reach(x, other_x, cell.width_mm) && reach(y, other_y, cell.height_mm)
        });
        near.map(|(_, tones)| *tones).collect()
    }
}

/// Whether the picture is at fault: near a lamp that is mirrored, ink is less dark beside paper than
/// elsewhere, and the paper lighter than around. Shade makes both darker, and is no fault.
fn is_unclear(here: Tones, around: &[Tones], known: &Known<'_>) -> bool {
    let veil = |tones: &Tones| tones.dark / tones.light.max(1.0);
    let usual = median(known.inks.iter().map(|(_, tones)| veil(tones)));
    let veiled = around.iter().filter(|tones| veil(tones) > usual + VEILED_PART).count();
    // The light of a lamp reaches some of the cells around, not those behind them.
    let paper = around.iter().map(|tones| tones.light).fold(f64::INFINITY, f64::min);
    let is_mirror = here.light > paper + MIRRORED_TONES;
    // A sheet of few stamps has no more to go by.
    let is_alone = around.is_empty() && known.inks.len() > NEAR_MIN;
    is_alone || is_mirror || veiled > 0
}

fn average(tones: impl Iterator<Item = Tones> + Clone) -> Option<Tones> {
    tones.clone().next()?;
    let (dark, light) = (mean(tones.clone().map(|it| it.dark)), mean(tones.map(|it| it.light)));
    Some(Tones { dark, light })
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), it| (sum + it, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
