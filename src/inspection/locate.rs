//! Symbols in their places → where the page lies in the picture.

use std::collections::BTreeMap;

use super::picture::Gray;
use super::projection::{Point, Projection, View};
use super::symbols::{Symbol, distance};
use super::{Expected, ExpectedCell};
use crate::domain::serial::Serial;

/// Pairs of symbols that are tried to find out which of them are in their places.
const TRIED_MAX: usize = 600;
/// A symbol is in its place when its middle is this near, in sides of a symbol.
pub(super) const IN_PLACE_SIDES: f64 = 0.5;
/// Symbols from which on a page may be thought to be seen aslant.
const ASLANT_MIN: usize = 6;
/// How often the projection is fitted to those symbols that the last one finds in their places.
const REFITS: usize = 4;

/// Where the page lies in the picture. The middle of each trim stands for its symbol: wherever a
/// design puts that, it is the same for all.
#[derive(Debug)]
pub(super) struct Place {
    projection: Projection,
    /// Length of a module on paper.
    module_mm: f64,
    /// Modules along the side of most symbols.
    pub(super) modules: u32,
}

impl Place {
    /// Where a point is that lies so many modules right of and below the middle of a cell's symbol.
    pub(super) fn at(&self, cell: &ExpectedCell, (right, down): (f64, f64)) -> Option<Point> {
        let (x, y) = cell.middle();
        self.projection.apply((x + right * self.module_mm, y + down * self.module_mm))
    }

    /// Whether a cell's symbol is wholly in the picture.
    pub(super) fn is_seen(&self, picture: &Gray, cell: &ExpectedCell) -> bool {
        let half = f64::from(self.modules) / 2.0;
        let mut corners = [(-half, -half), (half, -half), (half, half), (-half, half)].into_iter();
        corners.all(|corner| self.at(cell, corner).is_some_and(|point| picture.holds(point)))
    }

    /// Whether a symbol is in the place of a cell.
    pub(super) fn is_in(&self, symbol: &Symbol, cell: &ExpectedCell) -> bool {
        self.at(cell, (0.0, 0.0)).is_some_and(|middle| {
            distance(middle, symbol.middle()) < IN_PLACE_SIDES * symbol.side_px()
        })
    }

    /// Length of a module in pixels, at a cell.
    pub(super) fn module_px(&self, cell: &ExpectedCell) -> Option<f64> {
        let (left, right) = (self.at(cell, (-1.0, 0.0))?, self.at(cell, (1.0, 0.0))?);
        Some(distance(left, right) / 2.0)
    }
}

/// A symbol and the cell it belongs to.
type Match<'a> = (&'a ExpectedCell, &'a Symbol);

/// Finds the page; `None` unless two symbols agree on it.
pub(super) fn locate(expected: &Expected, symbols: &[Symbol]) -> Option<Place> {
    let cells: BTreeMap<Serial, &ExpectedCell> =
        expected.cells.iter().map(|cell| (cell.serial, cell)).collect();
    let matches: Vec<Match<'_>> = symbols
        .iter()
        .filter_map(|symbol| Some((*cells.get(&symbol.reading.serial()?)?, symbol)))
        .collect();
    let modules = median(matches.iter().map(|it| f64::from(it.1.modules)))?;
    let modules = matches.iter().map(|it| it.1.modules).find(|&it| f64::from(it) >= modules)?;
    let module_mm = module_mm(&matches)?;
    let place = |projection| Place { projection, module_mm, modules };

    let tried = pairs(&matches).filter_map(|(one, other)| fit(&[one, other], module_mm));
    let counted = tried.map(|projection| {
        let place = place(projection);
        (matches.iter().filter(|it| place.is_in(it.1, it.0)).count(), place)
    });
    let (count, mut best) = counted.max_by_key(|(count, _)| *count)?;
    if count < 2 {
        return None;
    }
    for _ in 0..REFITS {
        let right: Vec<Match<'_>> =
            matches.iter().copied().filter(|it| best.is_in(it.1, it.0)).collect();
        best = place(fit(&right, module_mm)?);
    }
    Some(best)
}

/// The length of a module on paper: in pixels it is known from the symbols, and how many pixels a
/// millimetre has, from their distances. The median is right even where some are out of place.
fn module_mm(matches: &[Match<'_>]) -> Option<f64> {
    median(pairs(matches).filter_map(|((cell, symbol), (other_cell, other))| {
        let paper_mm = distance(cell.middle(), other_cell.middle());
        let picture_px = distance(symbol.middle(), other.middle());
        let module_px = f64::midpoint(symbol.module_px(), other.module_px());
        (picture_px > 0.0).then(|| module_px * paper_mm / picture_px)
    }))
}

/// Pairs of symbols of different cells; evenly chosen ones where there are very many.
fn pairs<'a>(matches: &[Match<'a>]) -> impl Iterator<Item = (Match<'a>, Match<'a>)> {
    let count = matches.len() * matches.len().saturating_sub(1) / 2;
    let all = matches.iter().enumerate().flat_map(|(index, &one)| {
        let later = matches.get(index + 1..).unwrap_or_default();
        later.iter().map(move |&other| (one, other))
    });
    let different = |pair: &(Match<'_>, Match<'_>)| pair.0.0.cell != pair.1.0.cell;
    all.step_by(count / TRIED_MAX + 1).filter(different)
}

/// The projection that fits the finder patterns of some symbols best.
fn fit(matches: &[Match<'_>], module_mm: f64) -> Option<Projection> {
    let points: Vec<(Point, Point)> = matches
        .iter()
        .flat_map(|(cell, symbol)| {
            // Finder patterns are 3.5 modules from the edges (ISO/IEC 18004, 6.3.3).
            let half = (f64::from(symbol.modules) / 2.0 - 3.5) * module_mm;
            let (x, y) = cell.middle();
            let papers = [(x - half, y - half), (x + half, y - half), (x - half, y + half)];
            papers.into_iter().zip(symbol.finders)
        })
        .collect();
    let aslant = matches.len() >= ASLANT_MIN && is_spread(matches);
    let aslant = aslant.then(|| Projection::fit(&points, View::Aslant)).flatten();
    aslant.or_else(|| Projection::fit(&points, View::Straight))
}

/// Whether cells stand in more than a row or a column: a line does not say how a page is tilted.
fn is_spread(matches: &[Match<'_>]) -> bool {
    let differs = |of: fn(&ExpectedCell) -> f64, by: fn(&ExpectedCell) -> f64| {
        let first = matches.first().map_or((0.0, 0.0), |it| (of(it.0), by(it.0)));
        matches.iter().any(|it| (of(it.0) - first.0).abs() > first.1 / 2.0)
    };
    differs(|cell| cell.x_mm, |cell| cell.width_mm)
        && differs(|cell| cell.y_mm, |cell| cell.height_mm)
}

fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}
