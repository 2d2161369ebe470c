//! A dimensioned drawing of a layout: where stamps lie on the paper, in millimetres, and in which
//! order their codes run. For a foreman to check before anything is printed.

mod chains;
mod facts;

use std::io;

pub use self::facts::facts;
use super::Design;
use super::colour::Ink;
use super::design::outline;
use super::geometry::{Rect, narrow};
use super::imposition::{Imposition, Placement};
use super::layout::Run;
use super::pdf::font::{FontError, Fonts, Style};
use super::pdf::leaf::{LeafError, Leaves};
use super::prepress::Standard;
use super::sketch::{Mm, Sketch, Type, decimal, points_mm};
use crate::domain::calendar::Day;
use crate::vietnamese;

/// A4 upright.
const PAPER_MM: Mm = (210.0, 297.0);
/// White around the drawing.
const EDGE_MM: f64 = 12.0;
/// Where the sheet may lie, between header, facts and chains of dimensions: left, top, width, height.
const ROOM_MM: [f64; 4] = [36.0, 44.0, 144.0, 178.0];
/// Small papers are not drawn larger than this.
const SCALE_MAX: f64 = 2.0;
/// Line of the facts.
const FACT_MM: f64 = 4.3;

const BLACK: Ink = Ink::Process([0.0, 0.0, 0.0, 1.0]);
const SOFT: Ink = Ink::Process([0.0, 0.0, 0.0, 0.55]);
const FAINT: Ink = Ink::Process([0.0, 0.0, 0.0, 0.25]);
const PAPER: Ink = Ink::Process([0.0; 4]);
/// Dimensions.
const BLUE: Ink = Ink::Process([1.0, 0.6, 0.0, 0.1]);
/// The run of the codes.
const RUN: Ink = Ink::Process([0.35, 0.05, 0.0, 0.0]);
/// Bleed.
const GREEN: Ink = Ink::Process([0.22, 0.0, 0.22, 0.0]);
/// Cuts.
const CUT: Ink = Ink::Process([0.0, 1.0, 0.2, 0.0]);

/// Why there is no drawing.
#[derive(Debug, thiserror::Error)]
pub enum DrawingError {
    /// A text cannot be set: the title of the layout, for example.
    #[error("the texts of the drawing cannot be set")]
    Font(#[from] FontError),
    /// The file could not be written.
    #[error("the drawing could not be written")]
    Write(#[from] io::Error),
}

impl From<LeafError> for DrawingError {
    fn from(error: LeafError) -> Self {
        match error {
            LeafError::Font(error) => Self::Font(error),
            LeafError::Write(error) => Self::Write(error),
        }
    }
}

/// Draws a sheet with its dimensions, as a plain PDF of one page; the design gives the outline of
/// the stamps.
///
/// # Errors
/// [`DrawingError`].
pub fn draw(
    imposition: &Imposition,
    design: Option<&Design>,
    fonts: &Fonts<'_>,
    made_on: Day,
) -> Result<Vec<u8>, DrawingError> {
    let layout = &imposition.layout;
    let mut board = Board::new(imposition, fonts);
    board.header();
    board.sheet(design);
    board.runs();
    board.numbers();
    board.chains();
    board.legend();
    board.facts();
    let (leaves, texts) = board.sketch.finish()?;
    let title = format!("Bản vẽ kích thước · {}", layout.name);
    let file = Leaves {
        grid: imposition.grid(),
        standard: Standard::Gray,
        intent: None,
        title: &title,
        description: &layout.title,
        made_on,
        spots: &[],
        texts: &texts,
    };
    Ok(file.write(&leaves, fonts)?)
}

/// A drawing in the making.
struct Board<'a> {
    imposition: &'a Imposition,
    sketch: Sketch<'a>,
    /// Drawn millimetres to a millimetre of paper.
    scale: f64,
    /// Upper left corner of the sheet on the drawing.
    corner: Mm,
    /// Width and height of the page.
    page: Mm,
}

impl<'a> Board<'a> {
    fn new(imposition: &'a Imposition, fonts: &'a Fonts<'a>) -> Self {
        let grid = imposition.grid();
        let page = imposition.page();
        let page = (grid.mm(page.width), grid.mm(page.height));
        let [left, top, width, height] = ROOM_MM;
        let scale = (width / page.0).min(height / page.1).min(SCALE_MAX);
        let corner = (left + (width - page.0 * scale) / 2.0, top);
        Self { imposition, sketch: Sketch::new(fonts, grid, PAPER_MM), scale, corner, page }
    }

    /// A length of the paper in dots as it is drawn.
    fn drawn(&self, dots: i32) -> f64 {
        self.imposition.grid().mm(dots) * self.scale
    }

    /// Upper left corner and size of a rectangle of the page, as drawn.
    fn place(&self, rect: Rect) -> (Mm, Mm) {
        let top = self.imposition.page().height - rect.top();
        let at = (self.corner.0 + self.drawn(rect.x), self.corner.1 + self.drawn(top));
        (at, (self.drawn(rect.width), self.drawn(rect.height)))
    }

    /// The trim of a cell on the page.
    fn cell(&self, cell: u32) -> Rect {
        self.imposition.on_page(self.imposition.cell(cell))
    }

    fn cells(&self) -> impl Iterator<Item = Rect> + use<'a> {
        let imposition = self.imposition;
        (1..=imposition.cells()).map(|cell| imposition.on_page(imposition.cell(cell)))
    }

    fn header(&mut self) {
        let layout = &self.imposition.layout;
        let scale = if self.scale <= 1.0 {
            format!("1 : {}", decimal(1.0 / self.scale, 2))
        } else {
            format!("{} : 1", decimal(self.scale, 2))
        };
        let (right, title) = (PAPER_MM.0 - EDGE_MM, Type(Style::Display, 15.0));
        self.sketch.text(title, BLACK, (EDGE_MM, 18.0), 0.0, "BẢN VẼ KÍCH THƯỚC");
        let name = Type(Style::Mono, 10.0);
        self.sketch.text(name, BLACK, (right, 18.0), 1.0, &layout.name);
        let small = Type(Style::Plain, 9.0);
        self.sketch.text(small, SOFT, (EDGE_MM, 24.0), 0.0, &layout.title);
        let about = format!("Tỉ lệ {scale} · số đo bằng mm");
        self.sketch.text(small, SOFT, (right, 24.0), 1.0, &about);
        self.sketch.pen(FAINT, 0.2);
        self.sketch.line((EDGE_MM, 27.0), (right, 27.0));
    }

    /// Paper, margins, bleed and cuts, drawn in dots of the sheet under a scale.
    fn sheet(&mut self, design: Option<&Design>) {
        let imposition = self.imposition;
        let (page, grid) = (imposition.page(), imposition.grid());
        let [x, y] = self.sketch.dots((self.corner.0, self.corner.1 + self.page.1 * self.scale));
        let scale = narrow(self.scale);
        let line = |width_mm: f64| grid.from_mm(width_mm) / scale;
        let (inner, block) = (imposition.inner_bleed(), imposition.block());
        let bleed = imposition.on_page(block.grown(imposition.bleed()));
        let margins = imposition.on_page(printable(imposition));
        let content = self.sketch.content();
        content.op(&[], "q").op(&[scale, 0.0, 0.0, scale, x, y], "cm");
        content.stroke_ink(BLACK).op(&[line(0.3)], "w").rect(page).op(&[], "S");
        content.fill_ink(GREEN);
        if imposition.bleed() > 0 {
            content.rect(bleed).op(&[], "f");
            content.fill_ink(PAPER);
            // What neighbours leave white between them.
            let gaps = self.cells_of(inner);
            let content = self.sketch.content();
            content.rect(imposition.on_page(block)).op(&[], "f").fill_ink(GREEN);
            for cell in gaps {
                content.rect(cell);
            }
            content.op(&[], "f");
        }
        let cells: Vec<Rect> = self.cells().collect();
        let content = self.sketch.content();
        for (ink, operator) in [(PAPER, "f"), (CUT, "S")] {
            content.fill_ink(ink).stroke_ink(ink).op(&[line(0.18)], "w");
            for cell in &cells {
                match design {
                    Some(design) => outline(content, &design.data, *cell, grid),
                    None => drop(content.rect(*cell)),
                }
            }
            content.op(&[], operator);
        }
        content.stroke_ink(SOFT).op(&[line(0.15)], "w").dash(line(1.2), line(0.8));
        content.rect(margins).op(&[], "S").op(&[], "Q");
    }

    /// The cells with the bleed that neighbours leave them.
    fn cells_of(&self, (x, y): (i32, i32)) -> Vec<Rect> {
        let imposition = self.imposition;
        let cells = (1..=imposition.cells()).map(|cell| imposition.cell(cell).grown_by(x, y));
        cells.map(|cell| imposition.on_page(cell)).collect()
    }

    /// An arrow along each row or column, the way codes run.
    fn runs(&mut self) {
        let order = self.imposition.layout.order;
        let length = match order.by {
            Run::Row => self.imposition.columns(),
            Run::Column => self.imposition.rows(),
        };
        let cells = self.imposition.cells();
        for first in (1..=cells).step_by(usize::try_from(length.max(1)).unwrap_or(1)) {
            let last = (first + length).min(cells + 1).saturating_sub(1);
            let ends = if order.reversed { (last, first) } else { (first, last) };
            let middle = |cell: u32| {
                let ((x, y), (width, height)) = self.place(self.cell(cell));
                (x + width / 2.0, y + height / 2.0)
            };
            let (from, to) = (middle(ends.0), middle(ends.1));
            self.arrow(from, to);
        }
    }

    fn arrow(&mut self, from: Mm, to: Mm) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        if length < 1.0 {
            return;
        }
        let (ux, uy) = (dx / length, dy / length);
        let cell = self.place(self.cell(1)).1;
        let side = (cell.0.min(cell.1) * 0.28).min(2.6);
        // The head stands beyond the number of the last cell.
        let reach = if ux.abs() > uy.abs() { cell.0 } else { cell.1 } * 0.46;
        let tip = (to.0 + ux * reach, to.1 + uy * reach);
        let neck = (tip.0 - ux * side, tip.1 - uy * side);
        self.sketch.pen(RUN, side * 0.3);
        self.sketch.line(from, neck);
        let half = side * 0.5;
        self.sketch.shape(
            RUN,
            &[
                tip,
                (neck.0 - uy * half, neck.1 + ux * half),
                (neck.0 + uy * half, neck.1 - ux * half),
            ],
        );
    }

    /// In each cell, which code of the job the first sheet has there.
    fn numbers(&mut self) {
        let imposition = self.imposition;
        let block = imposition.block_of(imposition.block_stamps());
        let number = |cell: u32| block.index(Placement { sheet: 1, cell }) + 1;
        let largest = (1..=imposition.cells()).map(number).max().unwrap_or(1);
        let (width, height) = self.place(self.cell(1)).1;
        let widest = vietnamese::number(largest);
        let unit = self.sketch.width(Type(Style::Strong, 1.0), &widest);
        let size = (width * 0.72 / unit).min(height * 0.4 / points_mm(1.0)).clamp(2.0, 14.0);
        let kind = Type(Style::Strong, size);
        let half = self.sketch.cap_height(kind) / 2.0;
        for cell in 1..=imposition.cells() {
            let ((x, y), _) = self.place(self.cell(cell));
            let middle = (x + width / 2.0, y + height / 2.0);
            let text = vietnamese::number(number(cell));
            // The arrow makes room for it.
            let room = self.sketch.width(kind, &text) / 2.0 + half * 0.5;
            let at = (middle.0 - room, middle.1 - half * 1.5);
            self.sketch.fill(PAPER, at, (room * 2.0, half * 3.0));
            self.sketch.text(kind, BLACK, (middle.0, middle.1 + half), 0.5, &text);
        }
    }

    fn legend(&mut self) {
        let kind = Type(Style::Plain, 7.5);
        let y = ROOM_MM[1] + ROOM_MM[3] + 15.0;
        let mut x = EDGE_MM;
        let entries: [(Ink, &str); 4] = [
            (CUT, "đường cắt"),
            (GREEN, "tràn lề"),
            (SOFT, "nét đứt: hết vùng in được"),
            (RUN, "chiều chạy của mã; số trong ô: mã thứ mấy của lô nằm ở ô đó trên tờ 1"),
        ];
        for (ink, text) in entries {
            self.sketch.fill(ink, (x, y - 1.6), (3.2, 1.6));
            self.sketch.text(kind, BLACK, (x + 4.2, y), 0.0, text);
            x += 4.2 + self.sketch.width(kind, text) + 5.0;
        }
    }

    fn facts(&mut self) {
        let (label, value) = (Type(Style::Strong, 8.5), Type(Style::Plain, 8.5));
        let top = ROOM_MM[1] + ROOM_MM[3] + 19.0;
        self.sketch.pen(FAINT, 0.2);
        self.sketch.line((EDGE_MM, top), (PAPER_MM.0 - EDGE_MM, top));
        let mut y = top + 5.0;
        for (name, text) in facts(self.imposition) {
            self.sketch.text(label, BLACK, (EDGE_MM, y), 0.0, name);
            for line in self.sketch.wrap(value, &text, PAPER_MM.0 - 2.0 * EDGE_MM - 28.0) {
                self.sketch.text(value, BLACK, (EDGE_MM + 28.0, y), 0.0, &line);
                y += FACT_MM;
            }
        }
    }
}

/// What the margins leave of a sheet.
fn printable(imposition: &Imposition) -> Rect {
    let (margin, grid) = (imposition.layout.margin_mm, imposition.grid());
    let sheet = imposition.sheet();
    let [left, bottom] = [margin.left, margin.bottom].map(|length| grid.dots(length));
    let right = grid.dots(margin.right);
    let top = grid.dots(margin.top);
    Rect {
        x: left,
        y: bottom,
        width: sheet.width - left - right,
        height: sheet.height - bottom - top,
    }
}
