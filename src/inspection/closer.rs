//! A second, closer look at the places where no symbol was read.

use super::locate::Place;
use super::patch::Patch;
use super::picture::Gray;
use super::symbols::{Symbol, find, find_evenly_lit, read_modules};
use super::{Expected, ExpectedCell};

/// Modules cut out around a symbol on each side, should it lie a little off its place.
const AROUND_MODULES: f64 = 6.0;
/// Pixels that a module is blown up or down to, one after the other.
const MODULE_PX: [f64; 3] = [5.0, 8.0, 3.0];
/// How far off their places modules are looked for, in modules, when even the finder patterns are
/// lost; nearest first.
const SHIFTS: [f64; 5] = [0.0, -0.35, 0.35, -0.7, 0.7];
/// Samples across a module that decide whether it is dark.
const SAMPLES: u32 = 3;

/// Symbols at the places of cells that none of the known ones is in.
pub(super) fn look(
    levels: &[Gray],
    expected: &Expected,
    known: &[Symbol],
    place: &Place,
) -> Vec<Symbol> {
    let unread = expected.cells.iter().filter(|cell| !known.iter().any(|it| place.is_in(it, cell)));
    unread.filter_map(|cell| look_at(levels, place, cell)).collect()
}

fn look_at(levels: &[Gray], place: &Place, cell: &ExpectedCell) -> Option<Symbol> {
    let mut seen = MODULE_PX.into_iter().filter_map(|module_px| {
        let modules = f64::from(place.modules) + 2.0 * AROUND_MODULES;
        let samples = whole(modules * module_px);
        let patch = Patch { place, cell, modules, offset: (0.0, 0.0), samples };
        read(&patch, levels)
    });
    seen.next().or_else(|| sample(levels, place, cell))
}

/// Reads a patch with one threshold and another, as it is and with dark and light exchanged.
fn read(patch: &Patch<'_>, levels: &[Gray]) -> Option<Symbol> {
    let cut = patch.cut(levels)?;
    let inverse = || Gray { luma: cut.luma.iter().map(|luma| 255 - luma).collect(), ..cut };
    let found = find(&cut).into_iter().chain(find_evenly_lit(&cut));
    let mut found = found.chain(std::iter::once_with(inverse).flat_map(|it| find(&it)));
    found.find_map(|symbol| {
        let symbol = symbol.moved(|point| patch.point(point)).ok()?;
        patch.place.is_in(&symbol, patch.cell).then_some(symbol)
    })
}

/// Reads the modules where they should be, without looking for finder patterns: these may be
/// spoiled, but carry nothing.
fn sample(levels: &[Gray], place: &Place, cell: &ExpectedCell) -> Option<Symbol> {
    let offsets = SHIFTS.into_iter().flat_map(|down| SHIFTS.map(|right| (right, down)));
    offsets.into_iter().find_map(|offset| {
        let modules = f64::from(place.modules);
        let samples = place.modules * SAMPLES;
        let patch = Patch { place, cell, modules, offset, samples };
        let reading = read_modules(&threshold(&patch.cut(levels)?))?;
        let samples = f64::from(SAMPLES);
        let (near, far) = (3.5 * samples, (modules - 3.5) * samples);
        let finders = [(near, near), (far, near), (near, far)].map(|point| patch.point(point));
        let [Some(a), Some(b), Some(c)] = finders else { return None };
        Some(Symbol { reading, finders: [a, b, c], modules: place.modules })
    })
}

/// A module is dark when the middle of its samples is darker than the mean of the modules around.
fn threshold(patch: &Gray) -> Vec<Vec<bool>> {
    const AROUND: usize = 5;
    let width = usize::try_from(patch.width).unwrap_or_default().max(1);
    let size = usize::try_from(SAMPLES).unwrap_or_default();
    let rows: Vec<&[u8]> = patch.luma.chunks(width).collect();
    let mean = |rows: &[&[u8]], column: usize| {
        let cells = rows.iter().flat_map(|row| row.get(column..column + size).unwrap_or_default());
        let (sum, count) =
            cells.fold((0_u32, 0), |(sum, count), &it| (sum + u32::from(it), count + 1));
        sum / count.max(1)
    };
    let modules: Vec<Vec<u32>> = rows
        .chunks(size)
        .map(|rows| (0..width / size).map(|column| mean(rows, column * size)).collect())
        .collect();
    let around = |row: usize, column: usize| {
        let rows = modules.iter().skip(row.saturating_sub(AROUND)).take(2 * AROUND + 1);
        let near = rows
            .flat_map(|row| row.iter().skip(column.saturating_sub(AROUND)).take(2 * AROUND + 1));
        let (sum, count) = near.fold((0, 0), |(sum, count), &it| (sum + it, count + 1));
        sum / count.max(1)
    };
    let dark = |row: usize, column: usize, light: u32| light < around(row, column);
    let row = |(row, lights): (usize, &Vec<u32>)| {
        lights.iter().enumerate().map(|(column, &light)| dark(row, column, light)).collect()
    };
    modules.iter().enumerate().map(row).collect()
}

fn whole(samples: f64) -> u32 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a symbol has at most 177 modules"
    )]
    let samples = samples.round() as u32;
    samples
}
