//! Lengths on the printing grid.
//!
//! Everything on a sheet lies on whole dots of a device. On the usual grid of 600 dpi one *dot* is
//! 0.12 pt, 0.0423 mm; edges there are even numbers of dots, so that they fall on whole pixels at
//! 300 dpi too and module edges are sharp in any renderer.

use serde::Deserialize;
use thiserror::Error;

const MM_PER_INCH: f64 = 25.4;
const POINTS_PER_INCH: f64 = 72.0;
/// Resolution at which edges stay whole pixels wherever the device is a multiple of it.
const PIXELS_PER_INCH: u32 = 300;

/// The dots of a device: 203, 300, 600, 1200 or 2400 to the inch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "u32")]
pub struct Grid {
    dpi: u32,
}

/// A resolution that no press or printer here has.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{0} dpi is none of 203, 300, 600, 1200 and 2400")]
pub struct UnknownResolution(u32);

impl Default for Grid {
    fn default() -> Self {
        Self { dpi: 600 }
    }
}

impl TryFrom<u32> for Grid {
    type Error = UnknownResolution;

    fn try_from(dpi: u32) -> Result<Self, UnknownResolution> {
        match dpi {
            203 | 300 | 600 | 1200 | 2400 => Ok(Self { dpi }),
            other => Err(UnknownResolution(other)),
        }
    }
}

impl Grid {
    /// Nominal dots to the inch.
    #[must_use]
    pub fn dpi(self) -> u32 {
        self.dpi
    }

    /// Millimetres in one dot. "203 dpi" heads have 8 dots to the millimetre.
    #[must_use]
    pub fn mm_per_dot(self) -> f64 {
        if self.dpi == 203 { 0.125 } else { MM_PER_INCH / f64::from(self.dpi) }
    }

    /// Points in one dot, as written in files: exact but at 203 dpi.
    #[must_use]
    pub fn points_per_dot(self) -> f32 {
        narrow((self.mm_per_dot() / MM_PER_INCH * POINTS_PER_INCH * 1e6).round() / 1e6)
    }

    /// Dots in a pixel at 300 dpi, or 1 where that is no whole number.
    #[must_use]
    pub fn step(self) -> i32 {
        let pixel = self.dpi / PIXELS_PER_INCH;
        if self.dpi.is_multiple_of(PIXELS_PER_INCH) { signed(pixel) } else { 1 }
    }

    /// The number of dots nearest to a length in millimetres that is whole pixels at 300 dpi too.
    #[must_use]
    pub fn dots(self, length_mm: f64) -> i32 {
        let step = self.step();
        whole(length_mm / (f64::from(step) * self.mm_per_dot())).saturating_mul(step)
    }

    /// A number of dots in millimetres.
    #[must_use]
    pub fn mm(self, dots: i32) -> f64 {
        f64::from(dots) * self.mm_per_dot()
    }

    /// A length in points as dots, to a hundredth: for font sizes and line widths.
    #[must_use]
    pub fn from_points(self, points: f64) -> f32 {
        let dots = points / POINTS_PER_INCH * MM_PER_INCH / self.mm_per_dot();
        narrow((dots * 100.0).round() / 100.0)
    }

    /// A length in millimetres as dots, not rounded to whole ones: for art.
    #[must_use]
    pub fn from_mm(self, length_mm: f64) -> f32 {
        narrow(length_mm / self.mm_per_dot())
    }

    /// A number of dots in points, as short as a decimal can be.
    #[must_use]
    pub fn points(self, dots: i32) -> f32 {
        narrow((self.mm(dots) / MM_PER_INCH * POINTS_PER_INCH * 1e4).round() / 1e4)
    }

    /// The even split of free room that keeps to the grid.
    #[must_use]
    pub fn half(self, free: i32) -> i32 {
        let step = self.step();
        free.div_euclid(2 * step) * step
    }
}

/// The nearest whole number.
pub(crate) fn whole(number: f64) -> i32 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "lengths on paper are far below i32::MAX dots; the cast saturates"
    )]
    let whole = number.round() as i32;
    whole
}

/// A number as precise as files need it.
pub(crate) fn narrow(number: f64) -> f32 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "seven digits are a thousandth of a dot on any paper"
    )]
    let narrow = number as f32;
    narrow
}

/// A number of dots as an operand of a drawing.
pub(crate) fn as_f32(dots: i32) -> f32 {
    narrow(f64::from(dots))
}

/// A count as a factor of lengths.
pub(crate) fn signed(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// An upright rectangle in dots; y grows upwards, as in PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Lower edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Rect {
    /// The x of the right edge.
    #[must_use]
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The y of the upper edge.
    #[must_use]
    pub fn top(&self) -> i32 {
        self.y + self.height
    }

    /// The same rectangle with every edge moved outwards.
    #[must_use]
    pub fn grown(&self, by: i32) -> Self {
        self.grown_by(by, by)
    }

    /// The same rectangle with its edges moved outwards, sideways by `x`, up and down by `y`.
    #[must_use]
    pub fn grown_by(&self, x: i32, y: i32) -> Self {
        Self {
            x: self.x - x,
            y: self.y - y,
            width: self.width + 2 * x,
            height: self.height + 2 * y,
        }
    }

    /// The same rectangle elsewhere.
    #[must_use]
    pub fn moved(&self, x: i32, y: i32) -> Self {
        Self { x: self.x + x, y: self.y + y, ..*self }
    }

    /// The part of this rectangle that lies within another.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, top) = (self.right().min(other.right()), self.top().min(other.top()));
        Self { x, y, width: right - x, height: top - y }
    }

    /// Whether another rectangle lies within this one.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.right() <= self.right()
            && other.top() <= self.top()
    }

    /// Whether the two share any area.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.top()
            && other.y < self.top()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole_pixels_at_300_dpi_within_a_twentieth_of_a_millimetre() {
        for dpi in [300, 600, 1200, 2400] {
            let grid = Grid::try_from(dpi).unwrap();
            for tenth in 0..4200 {
                let length_mm = f64::from(tenth) / 10.0;
                let dots = grid.dots(length_mm);
                assert_eq!(dots % grid.step(), 0);
                assert!((grid.mm(dots) - length_mm).abs() <= 0.5 * 25.4 / 300.0 + 1e-9);
            }
        }
    }

    #[test]
    fn a_dot_is_the_fraction_of_a_point_that_its_resolution_says() {
        let points = |dpi| Grid::try_from(dpi).unwrap().points_per_dot().to_string();
        assert_eq!(
            [203, 300, 600, 1200, 2400].map(points),
            ["0.354331", "0.24", "0.12", "0.06", "0.03"]
        );
        assert_eq!(Grid::try_from(150), Err(UnknownResolution(150)));
    }

    #[test]
    fn a4_is_a_whole_number_of_pixels_at_300_dpi() {
        let grid = Grid::default();
        assert_eq!((grid.dots(210.0), grid.dots(297.0)), (2 * 2480, 2 * 3508));
        assert_eq!((grid.points(2 * 2480), grid.points(2 * 3508)), (595.2, 841.92));
    }
}
