//! Lengths on the printing grid.
//!
//! Everything on a sheet lies on a grid of 1/600 inch: one *dot*, 0.12 pt, 0.0423 mm. Whole dots
//! are whole pixels at 600 and 1200 dpi, even numbers of dots also at 300 dpi, so that module
//! edges fall on device pixels in any renderer.

/// Points in one dot (72 points to the inch, 600 dots).
pub const POINTS_PER_DOT: f32 = 0.12;
/// Millimetres in one dot.
pub const MM_PER_DOT: f64 = 25.4 / 600.0;

/// The even number of dots nearest to a length in millimetres: whole pixels at 300 dpi too.
#[must_use]
pub fn dots(length_mm: f64) -> i32 {
    let pairs = (length_mm / (2.0 * MM_PER_DOT)).round();
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "lengths on paper are far below i32::MAX dots; the cast saturates"
    )]
    let pairs = pairs as i32;
    pairs.saturating_mul(2)
}

/// A number of dots in millimetres.
#[must_use]
pub fn mm(dots: i32) -> f64 {
    f64::from(dots) * MM_PER_DOT
}

/// A number of dots as an operand of a drawing.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "lengths on paper are far below 2^24 dots"
)]
pub(crate) fn as_f32(dots: i32) -> f32 {
    dots as f32
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
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2 * by,
            height: self.height + 2 * by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_even_dots_within_a_fiftieth_of_a_millimetre_per_edge() {
        for tenth in 0..4200 {
            let length_mm = f64::from(tenth) / 10.0;
            let dots = dots(length_mm);
            assert_eq!(dots % 2, 0);
            assert!((mm(dots) - length_mm).abs() <= MM_PER_DOT + 1e-9);
        }
    }
}
