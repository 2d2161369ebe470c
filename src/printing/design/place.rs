//! Where symbols lie on a stamp.

use super::Design;
use super::data::{Field, FieldKind};
use super::draw::area;
use super::guards::MODULE_MM_MIN;
use crate::printing::geometry::{Grid, Rect};
use crate::printing::imposition::Imposition;
use crate::printing::qr::Symbol;

/// Where the symbols of a design go on a trim, quiet zones included.
pub(crate) fn code_on_trim(design: &Design, imposition: &Imposition) -> Rect {
    let (trim, grid) = (imposition.trim(), imposition.grid());
    let field = design.data.fields.iter().find(|field| field.kind == FieldKind::Qr);
    field.map_or(trim, |field| code_box(field, trim, grid))
}

/// Where the symbol of a cell (from 1) goes on the page, its quiet zone included.
#[must_use]
pub fn code_on_page(design: &Design, imposition: &Imposition, cell: u32) -> Rect {
    let corner = imposition.cell(cell);
    imposition.on_page(code_on_trim(design, imposition).moved(corner.x, corner.y))
}

/// Where a symbol goes, quiet zone included: the box of its field.
pub(crate) fn code_box(field: &Field, trim: Rect, grid: Grid) -> Rect {
    on_pixels(area(field, trim, grid), grid.step())
}

/// A box with its edges on the nearest whole pixels at 300 dpi.
fn on_pixels(area: Rect, step: i32) -> Rect {
    let near = |edge: i32| (edge + step / 2).div_euclid(step) * step;
    let (x, y) = (near(area.x), near(area.y));
    Rect { x, y, width: near(area.width), height: near(area.height) }
}

/// A symbol fitted into its box: the corner and side of its modules, quiet zone left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodePlace {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) module: i32,
    pub(crate) side: i32,
}

/// The largest symbol with its quiet zone that fits a box, its module a whole number of dots, and
/// of pixels at 300 dpi as long as that keeps it readable.
pub(crate) fn place_code(symbol: &Symbol, place: Rect, grid: Grid) -> CodePlace {
    let size = i32::try_from(symbol.size()).unwrap_or(i32::MAX);
    let quiet = i32::try_from(Symbol::QUIET_ZONE).unwrap_or(4);
    let modules = size + 2 * quiet;
    let step = grid.step();
    let largest = (place.width.min(place.height) / modules).max(1);
    let even = largest / step * step;
    let module = if grid.mm(even) >= MODULE_MM_MIN { even } else { largest };
    let corner = |from: i32, length: i32| {
        from + grid.half((length - modules * module).max(0)) + quiet * module
    };
    CodePlace {
        x: corner(place.x, place.width),
        y: corner(place.y, place.height),
        module,
        side: size * module,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::qr::{self, ErrorCorrection};

    #[test]
    fn symbols_of_every_version_fit_the_box_on_the_grid_with_their_quiet_zone() {
        for dpi in [203, 300, 600, 1200, 2400] {
            let grid = Grid::try_from(dpi).unwrap();
            let side = grid.dots(20.8);
            let place = Rect { x: grid.dots(2.1), y: grid.dots(2.6), width: side, height: side };
            let mut smallest = f64::INFINITY;
            for length in 1..=213 {
                let symbol = qr::encode(&"a".repeat(length), ErrorCorrection::M).unwrap();
                let code = place_code(&symbol, place, grid);
                let zone = Rect { x: code.x, y: code.y, width: code.side, height: code.side }
                    .grown(4 * code.module);
                assert!(zone.x >= place.x && zone.right() <= place.right());
                assert!(zone.y >= place.y && zone.top() <= place.top());
                if symbol.version() <= 8 && dpi >= 600 {
                    assert!(code.module % grid.step() == 0);
                    assert!(code.x % grid.step() == 0 && code.y % grid.step() == 0);
                }
                if symbol.version() == 6 {
                    smallest = smallest.min(grid.mm(code.module));
                }
            }
            assert!(smallest >= 0.33, "{dpi} dpi: {smallest} mm");
        }
    }
}
