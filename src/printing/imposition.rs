//! Which stamp goes where: sheets, cells, margins.

use super::geometry::{Rect, dots};

/// A kind of sheet as plain data, lengths in millimetres.
///
/// Trim is where the cutter cuts; bleed is how far art runs beyond it. Stamps stand apart by the
/// gutter and fill the sheet by rows from the upper left.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The name it is chosen by.
    pub name: &'static str,
    /// Width and height of the page.
    pub page_mm: (f64, f64),
    /// Width and height of a cut stamp.
    pub trim_mm: (f64, f64),
    /// Art beyond the cut.
    pub bleed_mm: f64,
    /// White between the trims of neighbours; above twice the bleed, so that art does not touch.
    pub gutter_mm: f64,
    /// Strip along each edge of the page where presses do not print.
    pub margin_mm: f64,
    /// Strip above and below the stamps for crop marks and the slug line, besides the margin.
    pub marks_mm: f64,
}

/// A place on the sheets of a job, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Placement {
    /// The sheet.
    pub sheet: u64,
    /// The cell on it.
    pub cell: u32,
}

/// A4, 25 × 35 mm upright.
const A4_25X35: Layout = Layout {
    name: "a4-25x35",
    page_mm: (210.0, 297.0),
    trim_mm: (25.0, 35.0),
    bleed_mm: 2.0,
    gutter_mm: 4.5,
    margin_mm: 5.0,
    marks_mm: 4.5,
};

impl Layout {
    /// The names [`Layout::by_name`] knows.
    pub const NAMES: [&'static str; 1] = [A4_25X35.name];

    /// A layout by its name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        [A4_25X35].into_iter().find(|layout| layout.name == name)
    }

    /// Cells in a row.
    #[must_use]
    pub fn columns(&self) -> u32 {
        let free = self.page().width - 2 * (dots(self.margin_mm) + dots(self.bleed_mm));
        fitting(free, self.trim().width, dots(self.gutter_mm))
    }

    /// Rows on a sheet.
    #[must_use]
    pub fn rows(&self) -> u32 {
        let edge = dots(self.margin_mm) + dots(self.marks_mm) + dots(self.bleed_mm);
        fitting(self.page().height - 2 * edge, self.trim().height, dots(self.gutter_mm))
    }

    /// Stamps on a full sheet.
    #[must_use]
    pub fn cells(&self) -> u32 {
        self.columns() * self.rows()
    }

    /// Sheets that a number of stamps takes.
    #[must_use]
    pub fn sheets_for(&self, stamps: u64) -> u64 {
        stamps.div_ceil(u64::from(self.cells().max(1)))
    }

    /// Where the stamp at a position (from 1) is printed.
    #[must_use]
    pub fn placement(&self, position: u64) -> Placement {
        let cells = u64::from(self.cells().max(1));
        let index = position.saturating_sub(1);
        let cell = u32::try_from(index % cells).unwrap_or(u32::MAX);
        Placement { sheet: index / cells + 1, cell: cell.saturating_add(1) }
    }

    /// The page, in dots. Whole pixels at 300 dpi, so A4 is 595.2 × 841.92 pt.
    #[must_use]
    pub fn page(&self) -> Rect {
        Rect { x: 0, y: 0, width: dots(self.page_mm.0), height: dots(self.page_mm.1) }
    }

    /// One stamp with its lower left corner at the origin, in dots.
    #[must_use]
    pub fn trim(&self) -> Rect {
        Rect { x: 0, y: 0, width: dots(self.trim_mm.0), height: dots(self.trim_mm.1) }
    }

    /// The rectangle around all trims of a full sheet, in dots, in the middle of the page.
    #[must_use]
    pub fn block(&self) -> Rect {
        let (page, trim, gutter) = (self.page(), self.trim(), dots(self.gutter_mm));
        let width = run(self.columns(), trim.width, gutter);
        let height = run(self.rows(), trim.height, gutter);
        // Rounded to even dots, so that cells stay on the 300-dpi grid.
        let x = (page.width - width) / 4 * 2;
        let y = (page.height - height) / 4 * 2;
        Rect { x, y, width, height }
    }

    /// The trim of a cell (from 1), in dots on the page; cells run by rows from the upper left.
    #[must_use]
    pub fn cell(&self, cell: u32) -> Rect {
        let (block, trim, gutter) = (self.block(), self.trim(), dots(self.gutter_mm));
        let index = cell.saturating_sub(1);
        let columns = self.columns().max(1);
        let (row, column) = (signed(index / columns), signed(index % columns));
        Rect {
            x: block.x + column * (trim.width + gutter),
            y: block.top() - trim.height - row * (trim.height + gutter),
            ..trim
        }
    }
}

/// How many of a length fit, with gutters between them.
fn fitting(free: i32, length: i32, gutter: i32) -> u32 {
    let pitch = (length + gutter).max(1);
    u32::try_from((free + gutter) / pitch).unwrap_or(0)
}

/// What a number of lengths takes, with gutters between them.
fn run(count: u32, length: i32, gutter: i32) -> i32 {
    signed(count) * (length + gutter) - gutter
}

fn signed(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout::by_name("a4-25x35").unwrap()
    }

    #[test]
    fn a4_is_a_whole_number_of_pixels_at_300_dpi() {
        let page = layout().page();
        assert_eq!((page.width, page.height), (2 * 2480, 2 * 3508));
    }

    #[test]
    fn cells_stay_inside_the_printable_page_and_never_bleed_into_each_other() {
        let layout = layout();
        let printable = layout.page().grown(-dots(layout.margin_mm));
        let bleed = dots(layout.bleed_mm);
        let cells: Vec<Rect> =
            (1..=layout.cells()).map(|cell| layout.cell(cell).grown(bleed)).collect();
        for (index, a) in cells.iter().enumerate() {
            assert!(a.x >= printable.x && a.right() <= printable.right(), "{a:?}");
            assert!(a.y >= printable.y && a.top() <= printable.top(), "{a:?}");
            assert!((a.x + bleed) % 2 == 0 && (a.y + bleed) % 2 == 0, "off the grid: {a:?}");
            for b in &cells[index + 1..] {
                let apart =
                    a.right() <= b.x || b.right() <= a.x || a.top() <= b.y || b.top() <= a.y;
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn no_further_row_or_column_fits() {
        let layout = layout();
        let (block, page) = (layout.block(), layout.page());
        let pitch = dots(layout.gutter_mm);
        let edge = 2 * (dots(layout.margin_mm) + dots(layout.bleed_mm));
        assert!(block.width + pitch + layout.trim().width > page.width - edge);
        assert!(block.height + pitch + layout.trim().height > page.height - edge);
    }

    #[test]
    fn positions_fill_cells_by_rows_and_then_the_next_sheet() {
        let layout = layout();
        let cells = u64::from(layout.cells());
        assert_eq!(layout.placement(1), Placement { sheet: 1, cell: 1 });
        assert_eq!(layout.placement(cells), Placement { sheet: 1, cell: layout.cells() });
        assert_eq!(layout.placement(cells + 1), Placement { sheet: 2, cell: 1 });
        assert_eq!(layout.cell(1).y, layout.cell(2).y);
        assert!(layout.cell(2).x > layout.cell(1).x);
        assert!(layout.cell(layout.columns() + 1).y < layout.cell(1).y);
        assert_eq!(layout.sheets_for(cells), 1);
        assert_eq!(layout.sheets_for(cells + 1), 2);
        assert_eq!(layout.sheets_for(0), 0);
    }
}
