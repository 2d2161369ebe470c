//! Chains of dimensions around the sheet.

use super::{BLUE, Board};
use crate::printing::geometry::Rect;
use crate::printing::pdf::font::Style;
use crate::printing::sketch::{Type, decimal};

/// From the sheet to the first chain, and from chain to chain.
const STEP_MM: f64 = 6.0;
const NUMBER: Type = Type(Style::Plain, 7.5);

/// A length along one axis of the page, in dots.
type Span = (i32, i32);

impl Board<'_> {
    /// The whole sheet and what it leaves above and on the left; a stamp, its gutter and the pitch
    /// below and on the right.
    pub(super) fn chains(&mut self) {
        let page = self.imposition.page();
        let block = self.imposition.on_page(self.imposition.block());
        let cells: Vec<Rect> = self.cells().collect();
        let columns = first_two(cells.iter().map(|cell| (cell.x, cell.right())));
        let mut rows = first_two(cells.iter().map(|cell| (-cell.top(), -cell.y)));
        for row in &mut rows {
            *row = (-row.0, -row.1);
        }
        let edges = |length: i32, from: i32, to: i32| {
            [(0, from), (from, to), (to, length)].into_iter().filter(|(from, to)| from != to)
        };
        for span in edges(page.width, block.x, block.right()) {
            self.across(span, -1);
        }
        self.across((0, page.width), -2);
        for span in edges(page.height, block.y, block.top()) {
            self.upright(span, -1);
        }
        self.upright((0, page.height), -2);
        let (near, pitch) = spans(&columns);
        near.into_iter().for_each(|span| self.across(span, 1));
        pitch.into_iter().for_each(|span| self.across(span, 2));
        let (near, pitch) = spans(&rows);
        near.into_iter().for_each(|span| self.upright(span, 1));
        pitch.into_iter().for_each(|span| self.upright(span, 2));
    }

    /// A dimension from left to right; `row` counts chains, above the sheet downwards from -1, below
    /// it from 1.
    fn across(&mut self, (from, to): Span, row: i32) {
        let x = |dots: i32| self.corner.0 + self.drawn(dots);
        let (left, right) = (x(from.min(to)), x(from.max(to)));
        let bottom = self.corner.1 + self.page.1 * self.scale;
        let sheet = if row < 0 { self.corner.1 } else { bottom };
        let y = sheet + f64::from(row) * STEP_MM;
        self.sketch.pen(BLUE, 0.12);
        self.sketch.line((left, y), (right, y));
        for x in [left, right] {
            self.sketch
                .line((x, sheet + f64::from(row.signum())), (x, y + f64::from(row.signum())));
            tick(self, (x, y));
        }
        let text = self.measured(from, to);
        let middle = f64::midpoint(left, right);
        self.sketch.text(NUMBER, BLUE, (middle, y - 0.9), 0.5, &text);
    }

    /// A dimension from bottom to top; on the left of the sheet `column` is negative.
    fn upright(&mut self, (from, to): Span, column: i32) {
        let height = self.imposition.page().height;
        let y = |dots: i32| self.corner.1 + self.drawn(height - dots);
        let (low, high) = (y(from.min(to)), y(from.max(to)));
        let right = self.corner.0 + self.page.0 * self.scale;
        let sheet = if column < 0 { self.corner.0 } else { right };
        let x = sheet + f64::from(column) * STEP_MM;
        self.sketch.pen(BLUE, 0.12);
        self.sketch.line((x, low), (x, high));
        for y in [low, high] {
            let out = f64::from(column.signum());
            self.sketch.line((sheet + out, y), (x + out, y));
            tick(self, (x, y));
        }
        let text = self.measured(from, to);
        self.sketch.text_up(NUMBER, BLUE, (x - 0.9, f64::midpoint(low, high)), 0.5, &text);
    }

    fn measured(&self, from: i32, to: i32) -> String {
        decimal(self.imposition.grid().mm((to - from).abs()), 1)
    }
}

/// The end of a dimension.
fn tick(board: &mut Board<'_>, (x, y): (f64, f64)) {
    board.sketch.pen(BLUE, 0.25);
    board.sketch.line((x - 0.6, y + 0.6), (x + 0.6, y - 0.6));
    board.sketch.pen(BLUE, 0.12);
}

/// The first two different spans.
fn first_two(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = spans.collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(2);
    all
}

/// A stamp and its gutter, and the pitch.
fn spans(two: &[Span]) -> (Vec<Span>, Option<Span>) {
    match two {
        [first, second] => {
            let gutter = (first.1, second.0);
            let mut near = vec![*first];
            near.extend((gutter.0 != gutter.1).then_some(gutter));
            (near, Some((first.0, second.0)))
        }
        [only] => (vec![*only], None),
        _ => (Vec::new(), None),
    }
}
