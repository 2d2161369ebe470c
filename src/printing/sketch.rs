//! A drawing board for pages that are no sheets of stamps: millimetres from the upper left corner,
//! y downwards.

use std::collections::{BTreeMap, BTreeSet};

use super::colour::{Ink, Spot, Step};
use super::geometry::{Grid, Rect, as_f32, narrow};
use super::pdf::content::Content;
use super::pdf::font::{FontError, Fonts, Style};
use super::pdf::leaf::Leaf;
use super::qr::Symbol;

/// A font and its size in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type(pub(crate) Style, pub(crate) f64);

/// A place or a length on both axes, in millimetres.
pub(crate) type Mm = (f64, f64);

/// Pages being drawn.
pub(crate) struct Sketch<'a> {
    fonts: &'a Fonts<'a>,
    grid: Grid,
    page: Rect,
    content: Content,
    leaves: Vec<Leaf>,
    texts: BTreeMap<Style, BTreeSet<char>>,
    missing: Option<FontError>,
}

/// What was drawn: pages, and what is written on them in each font.
pub(crate) type Drawn = (Vec<Leaf>, Vec<(Style, BTreeSet<char>)>);

impl<'a> Sketch<'a> {
    /// An empty page.
    pub(crate) fn new(fonts: &'a Fonts<'a>, grid: Grid, (width, height): Mm) -> Self {
        Self {
            fonts,
            grid,
            page: Rect { x: 0, y: 0, width: grid.dots(width), height: grid.dots(height) },
            content: Content::default(),
            leaves: Vec::new(),
            texts: BTreeMap::new(),
            missing: None,
        }
    }

    /// The next page, of the same size.
    pub(crate) fn turn_page(&mut self) {
        let content = std::mem::take(&mut self.content);
        self.leaves.push(Leaf { page: self.page, content });
    }

    /// The pages.
    ///
    /// # Errors
    /// The first letter that a font lacks.
    pub(crate) fn finish(mut self) -> Result<Drawn, FontError> {
        self.turn_page();
        match self.missing {
            Some(error) => Err(error),
            None => Ok((self.leaves, self.texts.into_iter().collect())),
        }
    }

    /// What is drawn without this board's millimetres.
    pub(crate) fn content(&mut self) -> &mut Content {
        &mut self.content
    }

    /// A place in dots of the page.
    pub(crate) fn dots(&self, (x, y): Mm) -> [f32; 2] {
        [tenth(self.grid.from_mm(x)), tenth(as_f32(self.page.height) - self.grid.from_mm(y))]
    }

    /// A line's ink and its width in millimetres.
    pub(crate) fn pen(&mut self, ink: Ink, width_mm: f64) {
        let width = self.grid.from_mm(width_mm);
        self.content.stroke_ink(ink).op(&[hundredth(width)], "w");
    }

    /// Draws a line.
    pub(crate) fn line(&mut self, from: Mm, to: Mm) {
        let (from, to) = (self.dots(from), self.dots(to));
        self.content.op(&from, "m").op(&to, "l").op(&[], "S");
    }

    /// Draws a closed shape with straight sides, filled.
    pub(crate) fn shape(&mut self, ink: Ink, corners: &[Mm]) {
        self.content.fill_ink(ink);
        for (index, corner) in corners.iter().enumerate() {
            let at = self.dots(*corner);
            self.content.op(&at, if index == 0 { "m" } else { "l" });
        }
        self.content.op(&[], "h").op(&[], "f");
    }

    /// Fills a rectangle.
    pub(crate) fn fill(&mut self, ink: Ink, at: Mm, size: Mm) {
        let corners = rectangle(at, size);
        self.shape(ink, &corners);
    }

    /// Draws the outline of a rectangle.
    pub(crate) fn frame(&mut self, at: Mm, size: Mm) {
        for (index, corner) in rectangle(at, size).into_iter().enumerate() {
            let at = self.dots(corner);
            self.content.op(&at, if index == 0 { "m" } else { "l" });
        }
        self.content.op(&[], "h").op(&[], "S");
    }

    /// Draws the outline of a circle.
    pub(crate) fn circle(&mut self, (x, y): Mm, radius: f64) {
        // How far control points lie along the tangents of a quarter circle.
        let k = radius * 0.5523;
        let start = self.dots((x + radius, y));
        self.content.op(&start, "m");
        let quarters = [
            [(radius, k), (k, radius), (0.0, radius)],
            [(-k, radius), (-radius, k), (-radius, 0.0)],
            [(-radius, -k), (-k, -radius), (0.0, -radius)],
            [(k, -radius), (radius, -k), (radius, 0.0)],
        ];
        for quarter in quarters {
            let points = quarter.map(|(dx, dy)| self.dots((x + dx, y + dy)));
            self.content.op(&points.concat(), "c");
        }
        self.content.op(&[], "h").op(&[], "S");
    }

    /// Writes a line of text on a baseline; `align` says which part of it stands there, from 0 for
    /// its left end to 1 for its right.
    pub(crate) fn text(&mut self, kind: Type, ink: Ink, at: Mm, align: f64, text: &str) {
        let x = at.0 - self.width(kind, text) * align;
        let [x, y] = self.dots((x, at.1));
        self.begin(kind, ink, text);
        self.show(kind, (x, y), text);
    }

    /// The same upwards, turned by a right angle.
    pub(crate) fn text_up(&mut self, kind: Type, ink: Ink, at: Mm, align: f64, text: &str) {
        let y = at.1 + self.width(kind, text) * align;
        let [x, y] = self.dots((at.0, y));
        self.begin(kind, ink, text);
        self.content.op(&[0.0, 1.0, -1.0, 0.0, x, y], "Tm");
        self.show(kind, (0.0, 0.0), text);
    }

    fn show(&mut self, Type(style, points): Type, at: (f32, f32), text: &str) {
        let kind = (style, self.grid.from_points(points));
        self.content.show_runs(self.fonts, kind, at, text).op(&[], "ET");
    }

    fn begin(&mut self, Type(style, points): Type, ink: Ink, text: &str) {
        if let Err(error) = self.fonts.get(style).check(text) {
            self.missing.get_or_insert(error);
        }
        for (style, run) in self.fonts.runs(style, text) {
            self.texts.entry(style).or_default().extend(run.chars());
        }
        self.content.fill_ink(ink).begin_text(style, self.grid.from_points(points));
    }

    /// Width of a line of text, in millimetres.
    pub(crate) fn width(&self, Type(style, points): Type, text: &str) -> f64 {
        f64::from(self.fonts.get(style).width(text)) * points_mm(points)
    }

    /// Height of capitals, in millimetres.
    pub(crate) fn cap_height(&self, Type(style, points): Type) -> f64 {
        f64::from(self.fonts.get(style).cap_height()) * points_mm(points)
    }

    /// A text broken into lines no wider than so many millimetres.
    pub(crate) fn wrap(&self, kind: Type, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            let joined = lines.last().map(|line| format!("{line} {word}"));
            match (joined, lines.last_mut()) {
                (Some(joined), Some(last)) if self.width(kind, &joined) <= width => *last = joined,
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// Draws a symbol without its quiet zone, on whole dots, its upper left corner as near as can
    /// be; `shaving` draws dark edges back. Sizes in dots.
    pub(crate) fn symbol(&mut self, symbol: &Symbol, (x, y): Mm, module: u32, shaving: u32) {
        let side = i32::try_from(symbol.size() * module).unwrap_or(i32::MAX);
        let (x, y) = (self.grid.dots(x), self.page.height - self.grid.dots(y) - side);
        if shaving == 0 {
            self.content.symbol(symbol, x, y, side);
        } else {
            self.content.shaved_symbol(symbol, (x, y, side), module, shaving);
        }
    }

    /// What is drawn in a spot colour that overprints, on the layer of its step where files have
    /// layers.
    pub(crate) fn on_layer(&mut self, spot: &Spot, layers: bool, draw: impl FnOnce(&mut Self)) {
        let layer: Option<Step> = spot.step.filter(|_| layers);
        if let Some(step) = layer {
            self.content.begin_layer(step);
        }
        self.content.op(&[], "q").overprint();
        draw(self);
        self.content.op(&[], "Q");
        if layer.is_some() {
            self.content.end_layer();
        }
    }
}

/// Points in millimetres.
pub(crate) fn points_mm(points: f64) -> f64 {
    points / 72.0 * 25.4
}

fn rectangle((x, y): Mm, (width, height): Mm) -> [Mm; 4] {
    [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
}

/// To a tenth of a dot, which keeps files small.
fn tenth(length: f32) -> f32 {
    (length * 10.0).round() / 10.0
}

fn hundredth(length: f32) -> f32 {
    narrow((f64::from(length) * 100.0).round() / 100.0)
}

/// A length as people write it: `4,5`.
pub(crate) fn decimal(number: f64, places: u8) -> String {
    let power = 10_f64.powi(places.into());
    let rounded = (number * power).round() / power;
    // A zero may come out negative.
    let text = format!("{:.*}", usize::from(places), rounded + 0.0);
    let text = if places > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_with_a_comma_and_no_needless_noughts() {
        assert_eq!(decimal(4.5, 2), "4,5");
        assert_eq!(decimal(4.75, 1), "4,8");
        assert_eq!(decimal(24.98, 1), "25");
        assert_eq!(decimal(100.0, 0), "100");
        assert_eq!(decimal(-0.01, 1), "0");
    }
}
