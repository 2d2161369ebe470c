//! Which stamp goes where: a layout and the size of a design become cells on sheets, and positions
//! in a batch become places.

mod order;

use self::order::Piles;
pub use self::order::{Block, Placement};
use super::geometry::{Grid, Rect, signed};
use super::layout::{Kind, Layout, LayoutError, Marks, Order, Pile, Run};

/// Length of crop marks, and size of register marks, in millimetres.
pub const MARK_MM: f64 = 3.0;
/// Height of the strip for the slug line, in millimetres.
pub const SLUG_MM: f64 = 3.2;
/// Height of the strip for the colour bar, in millimetres.
pub const COLOUR_BAR_MM: f64 = 3.4;
/// Most cells on a sheet.
const CELLS_MAX: u32 = 10_000;

/// The size of a stamp, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StampSize {
    /// Width of the cut stamp.
    pub width_mm: f64,
    /// Height of the cut stamp.
    pub height_mm: f64,
    /// How far art runs beyond the cut.
    pub bleed_mm: f64,
}

impl StampSize {
    /// One stamp in dots, with its lower left corner at the origin.
    #[must_use]
    pub fn trim(self, grid: Grid) -> Rect {
        Rect { x: 0, y: 0, width: grid.dots(self.width_mm), height: grid.dots(self.height_mm) }
    }
}

/// Stamps of one size on sheets of one layout. Rectangles are in dots and upright; where the layout
/// turns its sheets, they are those of the turned sheet, and [`on_page`](Self::on_page) turns them
/// back.
#[derive(Clone, Debug, PartialEq)]
pub struct Imposition {
    /// The layout.
    pub layout: Layout,
    /// The size of a stamp.
    pub stamp: StampSize,
    columns: u32,
    rows: u32,
    page: Rect,
    block: Rect,
    trim: Rect,
    pitch: (i32, i32),
}

impl Imposition {
    /// Puts stamps of a size on the sheets of a layout.
    ///
    /// # Errors
    /// [`LayoutError::NoRoom`] where not one fits.
    pub fn new(layout: &Layout, stamp: StampSize) -> Result<Self, LayoutError> {
        let grid = layout.dots();
        let trim = stamp.trim(grid);
        let no_room = |hint: &str| LayoutError::NoRoom {
            name: layout.name.clone(),
            width_mm: stamp.width_mm,
            height_mm: stamp.height_mm,
            hint: hint.to_owned(),
        };
        let imposition = match layout.grid {
            Some(_) => Self::fixed(layout, stamp, trim)
                .ok_or_else(|| no_room("its labels have another size"))?,
            None => Self::fitted(layout, stamp, trim),
        };
        match imposition.cells() {
            0 => Err(no_room("choose a larger paper or a smaller design")),
            cells if cells > CELLS_MAX => Err(no_room("more than 10,000 would be on a sheet")),
            _ => Ok(imposition),
        }
    }

    /// One stamp alone, on a page as large as the stamp with its bleed: for proofs.
    #[must_use]
    pub fn alone(layout: &Layout, stamp: StampSize) -> Self {
        let grid = layout.dots();
        let bleed = grid.dots(stamp.bleed_mm);
        let trim = stamp.trim(grid);
        let block = trim.moved(bleed, bleed);
        let marks = Marks { crop: false, register: false, colour_bar: false, slug: false };
        let (kind, order) = (Kind::Sheet, Order::default());
        let layout = Layout { kind, marks, order, turn: 0, grid: None, ..layout.clone() };
        let page = Rect { x: 0, y: 0, ..trim.grown(bleed) };
        let pitch = (page.width, page.height);
        Self { layout, stamp, columns: 1, rows: 1, page, block, trim, pitch }
    }

    /// As many as fit, in the middle of what the marks leave.
    fn fitted(layout: &Layout, stamp: StampSize, trim: Rect) -> Self {
        let grid = layout.dots();
        let pitch = (
            trim.width + grid.dots(layout.gutter_mm.x),
            trim.height + grid.dots(layout.gutter_mm.y),
        );
        let mut page = sheet(layout);
        let room = room(layout, stamp, page);
        let centred = |start: i32, free: i32, length: i32, pitch: i32| {
            let count = fitting(free, length, pitch);
            let block = signed(count) * pitch - (pitch - length);
            (count, start + grid.half(free - block), block)
        };
        // Frames follow each other without a seam: whole pitches, half a gutter at both ends.
        let endless = |page: &mut i32, length: i32, pitch: i32| {
            let count = u32::try_from(*page / pitch.max(1)).unwrap_or(0);
            *page = signed(count) * pitch;
            (count, grid.half(pitch - length), *page - (pitch - length))
        };
        let along = layout.along_the_web();
        let (columns, x, width) = if along == Some(Run::Row) {
            endless(&mut page.width, trim.width, pitch.0)
        } else {
            centred(room.x, room.width, trim.width, pitch.0)
        };
        let (rows, y, height) = if along == Some(Run::Column) {
            endless(&mut page.height, trim.height, pitch.1)
        } else {
            centred(room.y, room.height, trim.height, pitch.1)
        };
        let block = Rect { x, y, width, height };
        Self { layout: layout.clone(), stamp, columns, rows, page, block, trim, pitch }
    }

    /// In the places that the paper fixes; `None` where its labels have another size.
    fn fixed(layout: &Layout, stamp: StampSize, trim: Rect) -> Option<Self> {
        let (grid, fixed) = (layout.dots(), layout.grid?);
        let same = |a: f64, b: f64| (a - b).abs() <= 0.5;
        if !same(fixed.label_mm.0, stamp.width_mm) || !same(fixed.label_mm.1, stamp.height_mm) {
            return None;
        }
        let page = sheet(layout);
        let pitch = (grid.dots(fixed.pitch_mm.0), grid.dots(fixed.pitch_mm.1));
        let (columns, rows) = (fixed.columns, fixed.rows);
        let width = signed(columns.saturating_sub(1)).saturating_mul(pitch.0) + trim.width;
        let height = signed(rows.saturating_sub(1)).saturating_mul(pitch.1) + trim.height;
        let top = page.height - grid.dots(fixed.first_mm.1);
        let block = Rect { x: grid.dots(fixed.first_mm.0), y: top - height, width, height };
        let fits = page.contains(&block) && columns > 0 && rows > 0;
        let (columns, rows) = if fits { (columns, rows) } else { (0, 0) };
        Some(Self { layout: layout.clone(), stamp, columns, rows, page, block, trim, pitch })
    }

    /// The dots everything lies on.
    #[must_use]
    pub fn grid(&self) -> Grid {
        self.layout.dots()
    }

    /// Cells in a row.
    #[must_use]
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// Rows on a sheet.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Stamps on a full sheet.
    #[must_use]
    pub fn cells(&self) -> u32 {
        self.columns.saturating_mul(self.rows)
    }

    /// The sheet as it is drawn on: the page, turned as the layout says.
    #[must_use]
    pub fn sheet(&self) -> Rect {
        self.page
    }

    /// The page.
    #[must_use]
    pub fn page(&self) -> Rect {
        self.on_page(self.page)
    }

    /// From trim to trim, sideways and up.
    #[must_use]
    pub fn pitch(&self) -> (i32, i32) {
        self.pitch
    }

    /// One stamp with its lower left corner at the origin.
    #[must_use]
    pub fn trim(&self) -> Rect {
        self.trim
    }

    /// The rectangle around all trims of a full sheet.
    #[must_use]
    pub fn block(&self) -> Rect {
        self.block
    }

    /// How far art runs beyond the cut towards neighbours, sideways and up: no further than the
    /// middle of the gutter.
    #[must_use]
    pub fn inner_bleed(&self) -> (i32, i32) {
        let bleed = self.bleed();
        let step = self.grid().step();
        let half = |pitch: i32, length: i32| ((pitch - length) / (2 * step) * step).min(bleed);
        (half(self.pitch.0, self.trim.width), half(self.pitch.1, self.trim.height))
    }

    /// What the art of a cell (from 1) may cover, from the corner of its trim: all of the bleed where
    /// there is no neighbour, as far as the middle of the gutter where there is one. Frames of a roll
    /// are each other's neighbours.
    #[must_use]
    pub fn art_bounds(&self, cell: u32) -> Rect {
        let (row, column) = self.row_and_column(cell);
        let (across, up) = self.inner_bleed();
        let along = self.layout.along_the_web();
        let side = |is_outer: bool, inner: i32| if is_outer { self.bleed() } else { inner };
        let outer_column = |at: u32| column == at && along != Some(Run::Row);
        let outer_row = |at: u32| row == at && along != Some(Run::Column);
        let left = side(outer_column(0), across);
        let right = side(outer_column(self.columns.saturating_sub(1)), across);
        let top = side(outer_row(0), up);
        let bottom = side(outer_row(self.rows.saturating_sub(1)), up);
        Rect {
            x: self.trim.x - left,
            y: self.trim.y - bottom,
            width: self.trim.width + left + right,
            height: self.trim.height + top + bottom,
        }
    }

    /// How far art runs beyond the cut where there is no neighbour.
    #[must_use]
    pub fn bleed(&self) -> i32 {
        self.grid().dots(self.stamp.bleed_mm)
    }

    /// The trim of a cell (from 1), in the order in which codes run over the sheet.
    #[must_use]
    pub fn cell(&self, cell: u32) -> Rect {
        let (row, column) = self.row_and_column(cell);
        Rect {
            x: self.block.x + signed(column) * self.pitch.0,
            y: self.block.top() - self.trim.height - signed(row) * self.pitch.1,
            ..self.trim
        }
    }

    /// Row and column of a cell (from 1), both from 0 at the upper left.
    #[must_use]
    pub fn row_and_column(&self, cell: u32) -> (u32, u32) {
        let index = cell.saturating_sub(1);
        let (columns, rows) = (self.columns.max(1), self.rows.max(1));
        match self.layout.order.by {
            Run::Row => (index / columns, index % columns),
            Run::Column => (index % rows, index / rows),
        }
    }

    /// A rectangle of the sheet as it lies on the page.
    #[must_use]
    pub fn on_page(&self, rect: Rect) -> Rect {
        let (width, height) = (self.page.width, self.page.height);
        match self.layout.turn {
            90 => {
                Rect { x: height - rect.top(), y: rect.x, width: rect.height, height: rect.width }
            }
            180 => Rect { x: width - rect.right(), y: height - rect.top(), ..rect },
            270 => {
                Rect { x: rect.y, y: width - rect.right(), width: rect.height, height: rect.width }
            }
            _ => rect,
        }
    }

    /// Rows or columns, whichever codes run along.
    fn runs(&self) -> u32 {
        match self.layout.order.by {
            Run::Row => self.rows,
            Run::Column => self.columns,
        }
    }

    /// Cells in a row or a column, whichever codes run along.
    #[must_use]
    pub fn run_length(&self) -> u32 {
        self.cells().checked_div(self.runs()).unwrap_or_default()
    }

    /// How codes are dealt to sheets and cells.
    fn piles(&self) -> Piles {
        let (count, depth) = match self.layout.order.pile {
            Pile::Sheet => (1, 1),
            Pile::Lane => (self.runs(), self.layout.order.depth),
            Pile::Cell => (self.cells(), self.layout.order.depth),
        };
        Piles { cells: self.cells(), count, depth, reversed: self.layout.order.reversed }
    }

    /// Stamps that are dealt to sheets together: the codes of one set of piles.
    #[must_use]
    pub fn block_stamps(&self) -> u64 {
        self.piles().block_stamps()
    }

    /// The block of sheets that holds so many stamps: [`block_stamps`](Self::block_stamps) or, at
    /// the end of a job, fewer.
    #[must_use]
    pub fn block_of(&self, stamps: u64) -> Block {
        self.piles().block(stamps)
    }

    /// Sheets that a number of stamps takes.
    #[must_use]
    pub fn sheets_for(&self, stamps: u64) -> u64 {
        let piles = self.piles();
        let whole = stamps / piles.block_stamps();
        let rest = piles.block(stamps % piles.block_stamps());
        whole * u64::from(piles.depth) + u64::from(rest.sheets())
    }

    /// Where the stamp at a position (from 1) of a job of `total` stamps is printed.
    #[must_use]
    pub fn placement(&self, position: u64, total: u64) -> Placement {
        let piles = self.piles();
        let size = piles.block_stamps();
        let index = position.saturating_sub(1);
        let before = index / size;
        let in_block = total.saturating_sub(before * size).min(size);
        let place = piles.block(in_block).place(index % size);
        Placement { sheet: before * u64::from(piles.depth) + place.sheet, cell: place.cell }
    }
}

/// The page, turned so that it can be drawn on upright.
fn sheet(layout: &Layout) -> Rect {
    let grid = layout.dots();
    let (width, height) = (grid.dots(layout.page_mm.0), grid.dots(layout.page_mm.1));
    match layout.turn {
        90 | 270 => Rect { x: 0, y: 0, width: height, height: width },
        _ => Rect { x: 0, y: 0, width, height },
    }
}

/// What margins, bleed and marks leave for stamps.
fn room(layout: &Layout, stamp: StampSize, page: Rect) -> Rect {
    let (marks, grid) = (layout.marks, layout.dots());
    let mark = if marks.crop || marks.register { MARK_MM } else { 0.0 };
    let around = grid.dots(stamp.bleed_mm) + grid.dots(mark);
    let strip = |printed: bool, height_mm: f64| if printed { grid.dots(height_mm) } else { 0 };
    let margin = layout.margin_mm;
    let left = grid.dots(margin.left) + around;
    let right = grid.dots(margin.right) + around;
    let top = grid.dots(margin.top) + around + strip(marks.colour_bar, COLOUR_BAR_MM);
    let bottom = grid.dots(margin.bottom) + around + strip(marks.slug, SLUG_MM);
    Rect {
        x: left,
        y: bottom,
        width: page.width - left - right,
        height: page.height - top - bottom,
    }
}

/// How many of a length fit at a pitch.
fn fitting(free: i32, length: i32, pitch: i32) -> u32 {
    u32::try_from((free + pitch - length) / pitch.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
