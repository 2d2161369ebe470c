//! A second, closer look at the places where no symbol was read.

use std::iter;

use super::locate::Place;
use super::modules;
use super::patch::Patch;
use super::picture::Gray;
use super::symbols::{Symbol, find, find_evenly_lit};
use super::{Expected, ExpectedCell};

/// Modules cut out around a symbol on each side, should it lie a little off its place.
const AROUND_MODULES: f64 = 6.0;
/// Pixels that a module is blown up or down to, one after the other.
const MODULE_PX: [f32; 3] = [5.0, 8.0, 3.0];
/// How far off their places modules are looked for, in modules, when even the finder patterns are
/// lost; nearest first.
const SHIFTS: [f64; 5] = [0.0, -0.35, 0.35, -0.7, 0.7];
/// How far around a patch is looked to sharpen it, in modules.
const SHARPENED_MODULES: f32 = 0.6;

/// Symbols at the places of cells that none of the known ones is in.
pub(super) fn look(
    levels: &[Gray],
    expected: &Expected,
    known: &[Symbol],
    place: &Place,
) -> Vec<Symbol> {
    let Some(picture) = levels.first() else { return Vec::new() };
    let seen = expected.cells.iter().filter(|cell| place.is_seen(picture, cell));
    let unread = seen.filter(|cell| !known.iter().any(|it| place.is_in(it, cell)));
    unread.filter_map(|cell| look_at(levels, place, cell)).collect()
}

fn look_at(levels: &[Gray], place: &Place, cell: &ExpectedCell) -> Option<Symbol> {
    let mut seen = MODULE_PX.into_iter().filter_map(|module_px| {
        let modules = f64::from(place.modules) + 2.0 * AROUND_MODULES;
        let samples = whole(modules * f64::from(module_px));
        let patch = Patch { place, cell, modules, offset: (0.0, 0.0), samples };
        read(&patch, levels, module_px)
    });
    seen.next().or_else(|| sample(levels, place, cell))
}

/// Reads a patch with one threshold and another, sharpened, and with dark and light exchanged.
fn read(patch: &Patch<'_>, levels: &[Gray], module_px: f32) -> Option<Symbol> {
    let cut = patch.cut(levels)?;
    let sharper = || cut.sharpened(SHARPENED_MODULES * module_px);
    let inverse = || Gray { luma: cut.luma.iter().map(|luma| 255 - luma).collect(), ..cut };
    let found = find(&cut).into_iter().chain(find_evenly_lit(&cut));
    let found = found.chain(iter::once_with(sharper).flatten().flat_map(|it| find(&it)));
    let mut found = found.chain(iter::once_with(inverse).flat_map(|it| find(&it)));
    found.find_map(|symbol| {
        let symbol = symbol.moved(|point| patch.point(point)).ok()?;
        patch.place.is_in(&symbol, patch.cell).then_some(symbol)
    })
}

/// Reads the modules where they should be, without looking for finder patterns: these may be
/// spoiled, but carry nothing.
fn sample(levels: &[Gray], place: &Place, cell: &ExpectedCell) -> Option<Symbol> {
    let offsets = SHIFTS.into_iter().flat_map(|down| SHIFTS.map(|right| (right, down)));
    let modules = f64::from(place.modules);
    offsets.into_iter().find_map(|offset| {
        let patch = Patch { place, cell, modules, offset, samples: place.modules };
        let reading = modules::read(&patch.cut(levels)?)?;
        let (near, far) = (3.5, modules - 3.5);
        let finders = [(near, near), (far, near), (near, far)].map(|point| patch.point(point));
        let [Some(a), Some(b), Some(c)] = finders else { return None };
        Some(Symbol { reading, finders: [a, b, c], modules: place.modules, is_mirrored: false })
    })
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
