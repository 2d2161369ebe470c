//! Transformations of the plane (ISO 32000-1, 8.3.3).

/// `[a b c d e f]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This transformation first, then another.
    pub(super) fn then(self, other: Self) -> Self {
        let [xx, xy, yx, yy, tx, ty] = other.0;
        let turn = |[x, y]: [f64; 2]| [x * xx + y * yx, x * xy + y * yy];
        let [first_x, first_y, second_x, second_y, shift_x, shift_y] = self.0;
        let ([ax, ay], [bx, by]) = (turn([first_x, first_y]), turn([second_x, second_y]));
        let [sx, sy] = turn([shift_x, shift_y]);
        Self([ax, ay, bx, by, sx + tx, sy + ty])
    }

    /// By how much lengths grow on the average.
    pub(super) fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }

    /// Length of what was 1 along the first axis.
    pub(super) fn width(self) -> f64 {
        let [a, b, ..] = self.0;
        a.hypot(b)
    }

    /// Length of what was 1 along the second axis.
    pub(super) fn height(self) -> f64 {
        let [_, _, c, d, ..] = self.0;
        c.hypot(d)
    }

    /// The part that is no shift.
    pub(super) fn linear(self) -> [f64; 4] {
        let [a, b, c, d, ..] = self.0;
        [a, b, c, d]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_follow_each_other() {
        let double = Matrix([2.0, 0.0, 0.0, 3.0, 0.0, 0.0]);
        let turn_and_shift = Matrix([0.0, 1.0, -1.0, 0.0, 10.0, 20.0]);
        let both = double.then(turn_and_shift);
        assert_eq!(both, Matrix([0.0, 2.0, -3.0, 0.0, 10.0, 20.0]));
        assert_eq!((both.width(), both.height()), (2.0, 3.0));
        assert!((both.scale() - 6.0_f64.sqrt()).abs() < 1e-12);
    }
}
