//! Where points of one plane lie in a picture of it, by least squares.
//!
//! A page seen aslant is its plane under a homography, of eight unknowns; seen straight, but
//! turned, scaled or sheared, of six. Each point pair gives two equations that are linear in them
//! (R. Hartley, A. Zisserman, Multiple View Geometry, 2nd ed., 4.1); points are brought to unit
//! size first, so that the normal equations are well-conditioned (ibid., 4.4).

/// A point of either plane.
pub(super) type Point = (f64, f64);

/// Which pictures of a plane are thought of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// From straight above: needs three points.
    Straight,
    /// From anywhere: needs four points, no three of them on a line.
    Aslant,
}

impl View {
    fn unknowns(self) -> usize {
        match self {
            Self::Straight => 6,
            Self::Aslant => 8,
        }
    }
}

/// Takes points of a plane to where they lie in a picture of it.
#[derive(Clone, Debug)]
pub(super) struct Projection {
    from: Unit,
    to: Unit,
    terms: [f64; UNKNOWNS_MAX],
}

const UNKNOWNS_MAX: usize = 8;

impl Projection {
    /// The projection that fits pairs (plane, picture) best; `None` where they do not determine it.
    pub(super) fn fit(pairs: &[(Point, Point)], view: View) -> Option<Self> {
        let from = Unit::of(pairs.iter().map(|pair| pair.0))?;
        let to = Unit::of(pairs.iter().map(|pair| pair.1))?;
        let mut sums = Normal::new(view.unknowns());
        for &(plane, picture) in pairs {
            let ((x, y), (u, v)) = (from.shrink(plane), to.shrink(picture));
            sums.add(&[x, y, 1.0, 0.0, 0.0, 0.0, -x * u, -y * u], u);
            sums.add(&[0.0, 0.0, 0.0, x, y, 1.0, -x * v, -y * v], v);
        }
        let mut terms = [0.0; UNKNOWNS_MAX];
        for (term, solved) in terms.iter_mut().zip(sums.solve()?) {
            *term = solved;
        }
        Some(Self { from, to, terms })
    }

    /// Where a point lies in the picture; `None` behind whoever took it.
    pub(super) fn apply(&self, point: Point) -> Option<Point> {
        let (x, y) = self.from.shrink(point);
        let [flat @ .., far_x, far_y] = self.terms;
        let [xx, xy, x0, yx, yy, y0] = flat;
        let depth = far_x * x + far_y * y + 1.0;
        let at = ((xx * x + xy * y + x0) / depth, (yx * x + yy * y + y0) / depth);
        (depth > 1e-3).then(|| self.to.grow(at))
    }
}

/// Moves points to around the origin, at a mean distance of one.
#[derive(Clone, Debug)]
struct Unit {
    middle: Point,
    size: f64,
}

impl Unit {
    fn of(points: impl Iterator<Item = Point> + Clone) -> Option<Self> {
        let count = points.clone().map(|_| 1.0).sum::<f64>();
        let (x, y) = points.clone().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        let middle = (x / count, y / count);
        let size = points.map(|at| (at.0 - middle.0).hypot(at.1 - middle.1)).sum::<f64>() / count;
        (size.is_finite() && size > 0.0).then_some(Self { middle, size })
    }

    fn shrink(&self, (x, y): Point) -> Point {
        ((x - self.middle.0) / self.size, (y - self.middle.1) / self.size)
    }

    fn grow(&self, (x, y): Point) -> Point {
        (x * self.size + self.middle.0, y * self.size + self.middle.1)
    }
}

/// Normal equations of a least-squares problem, each with its right side as its last number.
struct Normal {
    rows: Vec<Vec<f64>>,
}

impl Normal {
    fn new(unknowns: usize) -> Self {
        Self { rows: vec![vec![0.0; unknowns + 1]; unknowns] }
    }

    /// Adds an equation; terms beyond the unknowns are left out.
    fn add(&mut self, terms: &[f64; UNKNOWNS_MAX], right: f64) {
        let unknowns = self.rows.len();
        for (row, factor) in self.rows.iter_mut().zip(terms) {
            for (sum, term) in row.iter_mut().zip(terms.iter().take(unknowns).chain([&right])) {
                *sum += factor * term;
            }
        }
    }

    /// Gauss's elimination with the greatest pivot of each column.
    fn solve(mut self) -> Option<Vec<f64>> {
        let unknowns = self.rows.len();
        let mut done: Vec<Vec<f64>> = Vec::new();
        for column in 0..unknowns {
            let size = |row: &Vec<f64>| row.get(column).copied().unwrap_or_default().abs();
            let rows = self.rows.iter().enumerate();
            let (best, _) = rows.max_by(|a, b| size(a.1).total_cmp(&size(b.1)))?;
            let pivot = self.rows.swap_remove(best);
            let divisor = pivot.get(column).copied().filter(|number| number.abs() > 1e-9)?;
            let pivot: Vec<f64> = pivot.into_iter().map(|number| number / divisor).collect();
            for row in self.rows.iter_mut().chain(&mut done) {
                let factor = row.get(column).copied().unwrap_or_default();
                for (number, of_pivot) in row.iter_mut().zip(&pivot) {
                    *number -= factor * of_pivot;
                }
            }
            done.push(pivot);
        }
        done.into_iter().map(|row| row.last().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: [Point; 5] = [(0.0, 0.0), (210.0, 0.0), (0.0, 297.0), (210.0, 297.0), (50.0, 60.0)];

    fn aslant((x, y): Point) -> Point {
        let depth = 1.0 + 0.0005 * x - 0.0003 * y;
        ((9.0 * x - 2.0 * y + 400.0) / depth, (1.5 * x + 8.0 * y + 100.0) / depth)
    }

    fn near(a: Point, b: Point) -> bool {
        (a.0 - b.0).hypot(a.1 - b.1) < 1e-6
    }

    #[test]
    fn a_page_seen_aslant_is_found_again_from_five_points() {
        let pairs = PAGE.map(|point| (point, aslant(point)));
        let fitted = Projection::fit(&pairs, View::Aslant).unwrap();
        for point in [(100.0, 200.0), (13.0, 7.0)] {
            assert!(near(fitted.apply(point).unwrap(), aslant(point)));
        }
    }

    #[test]
    fn a_page_that_lies_straight_is_found_from_three_points() {
        let turned = |(x, y): Point| (12.0 * y + 3.0, 4000.0 - 12.0 * x);
        let pairs = [PAGE[0], PAGE[1], PAGE[2]].map(|point| (point, turned(point)));
        let fitted = Projection::fit(&pairs, View::Straight).unwrap();
        assert!(near(fitted.apply((100.0, 200.0)).unwrap(), turned((100.0, 200.0))));
    }

    #[test]
    fn too_few_points_and_points_on_a_line_determine_nothing() {
        let on_a_line = [1.0, 2.0, 3.0, 4.0, 5.0].map(|at| ((at, at), (at, 2.0 * at)));
        assert!(Projection::fit(&on_a_line, View::Straight).is_none());
        assert!(Projection::fit(&on_a_line, View::Aslant).is_none());
        assert!(Projection::fit(&on_a_line[..1], View::Straight).is_none());
        assert!(Projection::fit(&[], View::Straight).is_none());
        let three = [PAGE[0], PAGE[1], PAGE[2]].map(|point| (point, aslant(point)));
        assert!(Projection::fit(&three, View::Aslant).is_none());
    }
}
