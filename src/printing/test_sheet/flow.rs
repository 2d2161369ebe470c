//! Samples set in rows, on as many pages as the paper asks for.

use super::Press;
use crate::printing::pdf::font::Style;
use crate::printing::sketch::{Mm, Sketch, Type};

/// White between samples.
const GAP_MM: f64 = 3.0;

type Draw<'t> = Box<dyn Fn(&mut Sketch<'_>, Mm) + 't>;

/// One sample: its size, and how it is drawn from its upper left corner.
pub(super) struct Tile<'t> {
    size: Mm,
    draw: Draw<'t>,
}

impl<'t> Tile<'t> {
    pub(super) fn new(size: Mm, draw: impl Fn(&mut Sketch<'_>, Mm) + 't) -> Self {
        Self { size, draw: Box::new(draw) }
    }
}

/// Samples of one thing.
pub(super) struct Section<'t> {
    /// What it tests; empty for the heading of the sheet.
    pub(super) title: String,
    /// How to judge it.
    pub(super) hint: String,
    pub(super) tiles: Vec<Tile<'t>>,
}

/// Draws sections one below the other.
pub(super) fn flow(
    sketch: &mut Sketch<'_>,
    area: (Mm, Mm),
    press: &Press<'_>,
    sections: &[Section<'_>],
) {
    let mut pen = Pen { area, at: area.0, row: 0.0 };
    for section in sections {
        pen.heading(sketch, press, section);
        for tile in &section.tiles {
            pen.tile(sketch, tile);
        }
        pen.next_row();
        pen.at.1 += 1.0;
    }
}

/// Where the next sample goes.
struct Pen {
    area: (Mm, Mm),
    at: Mm,
    /// Height of the row so far.
    row: f64,
}

impl Pen {
    fn heading(&mut self, sketch: &mut Sketch<'_>, press: &Press<'_>, section: &Section<'_>) {
        let ((left, _), (width, _)) = self.area;
        if section.title.is_empty() {
            return;
        }
        let wide = width >= super::WIDE_MM;
        let size = if wide { 9.5 } else { 6.5 };
        let (title, hint) = (Type(Style::Strong, size), Type(Style::Plain, size * 0.84));
        let pitch = size * 0.43;
        let titles = sketch.wrap(title, &section.title, width);
        let hints = sketch.wrap(hint, &section.hint, width);
        let lines = u32::try_from(titles.len() + hints.len()).unwrap_or(u32::MAX);
        let height = f64::from(lines) * pitch + 2.5;
        let first = section.tiles.first().map_or(0.0, |tile| tile.size.1);
        // A heading stays with its first sample, where both fit one page.
        if height + first <= self.area.1.1 {
            self.make_room(sketch, height + first);
        } else {
            self.make_room(sketch, height);
        }
        sketch.pen(press.black(), 0.15);
        sketch.line((left, self.at.1), (left + width, self.at.1));
        for (kind, lines) in [(title, titles), (hint, hints)] {
            for line in lines {
                self.at.1 += pitch;
                sketch.text(kind, press.black(), (left, self.at.1), 0.0, &line);
            }
        }
        self.at.1 += 2.5;
    }

    fn tile(&mut self, sketch: &mut Sketch<'_>, tile: &Tile<'_>) {
        let ((left, _), (width, _)) = self.area;
        if self.at.0 > left && self.at.0 + tile.size.0 > left + width + 0.01 {
            self.next_row();
        }
        self.make_room(sketch, tile.size.1);
        (tile.draw)(sketch, self.at);
        self.at.0 += tile.size.0 + GAP_MM;
        self.row = self.row.max(tile.size.1);
    }

    fn next_row(&mut self) {
        if self.row > 0.0 {
            self.at = (self.area.0.0, self.at.1 + self.row + 2.0);
            self.row = 0.0;
        }
    }

    /// Turns the page where so much does not fit below.
    fn make_room(&mut self, sketch: &mut Sketch<'_>, height: f64) {
        let ((left, top), (_, room)) = self.area;
        if self.at.1 > top && self.at.1 + height > top + room + 0.01 {
            sketch.turn_page();
            self.at = (left, top);
            self.row = 0.0;
        }
    }
}
