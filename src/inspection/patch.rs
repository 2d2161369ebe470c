//! The place of one symbol, cut out of the picture upright.

use super::ExpectedCell;
use super::locate::Place;
use super::picture::Gray;
use super::projection::Point;

/// Samples are taken from the coarsest level at which there are so many pixels in each.
const SAMPLE_PX_MIN: f64 = 2.0;

/// A square around the middle of a cell's symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patch<'a> {
    pub(super) place: &'a Place,
    pub(super) cell: &'a ExpectedCell,
    /// Its side, in modules.
    pub(super) modules: f64,
    /// How far it is off the place of the symbol, in modules.
    pub(super) offset: Point,
    /// Samples along a side.
    pub(super) samples: u32,
}

impl Patch<'_> {
    /// Cuts it out; `None` where part of it has no place in the picture.
    pub(super) fn cut(&self, levels: &[Gray]) -> Option<Gray> {
        let whole = levels.first()?;
        let sample_px = self.place.module_px(self.cell)? * self.step();
        let fine = |level: &&Gray| sample_px / whole.scale_of(level).0 >= SAMPLE_PX_MIN;
        let level = levels.iter().rev().find(fine).unwrap_or(whole);
        let (x_scale, y_scale) = whole.scale_of(level);
        let mut luma = Vec::new();
        for row in 0..self.samples {
            for column in 0..self.samples {
                let (x, y) = self.point((f64::from(column) + 0.5, f64::from(row) + 0.5))?;
                luma.push(level.byte_at((x / x_scale, y / y_scale)));
            }
        }
        Some(Gray { width: self.samples, height: self.samples, luma })
    }

    /// Where a point of the patch, in samples, is in the picture.
    pub(super) fn point(&self, (x, y): Point) -> Option<Point> {
        let modules = |at: f64, offset: f64| at * self.step() - self.modules / 2.0 + offset;
        self.place.at(self.cell, (modules(x, self.offset.0), modules(y, self.offset.1)))
    }

    /// Modules from sample to sample.
    fn step(&self) -> f64 {
        self.modules / f64::from(self.samples)
    }
}

/// How dark and how light a place is, without its darkest and lightest twentieth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tones {
    pub(super) dark: f64,
    pub(super) light: f64,
}

impl Tones {
    /// How far apart they are.
    pub(super) fn contrast(self) -> f64 {
        self.light - self.dark
    }

    /// Of the place of a cell's symbol, at a sample a module.
    pub(super) fn of(levels: &[Gray], place: &Place, cell: &ExpectedCell) -> Option<Self> {
        let (modules, samples) = (f64::from(place.modules), place.modules);
        let patch = Patch { place, cell, modules, offset: (0.0, 0.0), samples }.cut(levels)?;
        let mut luma = patch.luma;
        luma.sort_unstable();
        let twentieth = luma.len() / 20;
        let light = luma.get(luma.len().checked_sub(twentieth + 1)?)?;
        Some(Self { dark: f64::from(*luma.get(twentieth)?), light: f64::from(*light) })
    }
}
