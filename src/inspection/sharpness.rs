//! How sharp the picture shows a place: what is out of focus is the picture's fault.
//!
//! Ink on paper is dark or light, and changes from one to the other within a module. Where a tile of a
//! symbol is mostly gray and changes slowly, the picture lost what is printed there.

use super::ExpectedCell;
use super::locate::Place;
use super::patch::{Patch, Tones};
use super::picture::Gray;

/// Samples along a module.
const SAMPLES: u32 = 2;
/// Tiles along the side of a symbol.
const TILES: usize = 6;
/// Of so many steps from sample to sample, in ascending order, one stands for a tile: the ninth of ten.
const STEP_TENTH: usize = 9;
/// A tile is soft where its steps are less than this part of what is usual in the picture.
const SOFT_PART: f64 = 0.5;
/// … for print as black as usual. What is printed more faintly has smaller steps, down to this part:
/// noise makes such steps, too.
const FAINT_PART: f64 = 0.35;
/// Gray is what is further than this part of the contrast from paper and from ink.
const GRAY_PART: f64 = 0.25;
/// Soft tiles from which on a place is not shown well. A symbol bears a fifteenth of it spoiled.
const SOFT_TILES_MIN: usize = 3;

/// A tile of a place: its step, and its tones.
struct Tile {
    step: f64,
    tones: Vec<u8>,
}

/// The step that is usual for the tiles of a place.
pub(super) fn step(levels: &[Gray], place: &Place, cell: &ExpectedCell) -> Option<f64> {
    let mut steps: Vec<f64> = tiles(levels, place, cell)?.into_iter().map(|it| it.step).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

/// Whether part of a place is out of focus, where its own contrast, and ink and paper near it are known,
/// and the usual step.
pub(super) fn is_soft(
    (levels, place): (&[Gray], &Place),
    cell: &ExpectedCell,
    (here, ink): (Tones, Tones),
    usual: f64,
) -> bool {
    let Some(tiles) = tiles(levels, place, cell) else { return true };
    let part = (here.contrast() / ink.contrast().max(1.0)).clamp(FAINT_PART, 1.0);
    let gray = |tone: &&u8| {
        let tone = f64::from(**tone);
        let margin = GRAY_PART * ink.contrast();
        tone > ink.dark + margin && tone < ink.light - margin
    };
    let soft = tiles.iter().filter(|tile| {
        tile.step < SOFT_PART * part * usual
            && 2 * tile.tones.iter().filter(gray).count() >= tile.tones.len()
    });
    soft.count() >= SOFT_TILES_MIN
}

fn tiles(levels: &[Gray], place: &Place, cell: &ExpectedCell) -> Option<Vec<Tile>> {
    let samples = SAMPLES * place.modules;
    let modules = f64::from(place.modules);
    let patch = Patch { place, cell, modules, offset: (0.0, 0.0), samples }.cut(levels)?;
    let side = usize::try_from(samples).ok()?;
    let rows: Vec<&[u8]> = patch.luma.chunks(side).collect();
    let bounds = |tile: usize| (tile * side / TILES, (tile + 1) * side / TILES);
    let all = (0..TILES).flat_map(|down| (0..TILES).map(move |right| (down, right)));
    all.map(|(down, right)| {
        let ((top, bottom), (left, end)) = (bounds(down), bounds(right));
        let rows = rows.get(top..bottom)?;
        tile(&rows.iter().filter_map(|row| row.get(left..end)).collect::<Vec<_>>())
    })
    .collect()
}

fn tile(rows: &[&[u8]]) -> Option<Tile> {
    let across = rows.iter().flat_map(|row| row.iter().zip(row.iter().skip(1)));
    let down = rows.iter().zip(rows.iter().skip(1)).flat_map(|(row, next)| row.iter().zip(*next));
    let mut steps: Vec<u8> = across.chain(down).map(|(one, other)| one.abs_diff(*other)).collect();
    steps.sort_unstable();
    let step = steps.get(steps.len() * STEP_TENTH / 10).copied()?;
    Some(Tile { step: f64::from(step), tones: rows.concat() })
}
