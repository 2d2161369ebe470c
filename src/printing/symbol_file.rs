//! A symbol as a file of its own, with its quiet zone and in its size: for the data merge of a shop.

use std::fmt::Write as _;
use std::io;

use pdf_writer::{Filter, Finish, Name, Rect as PdfRect, TextStr};

use super::bitmap::Bitmap;
use super::colour::{self, Ink};
use super::design::{Design, code_on_trim, place_code};
use super::geometry::{Grid, Rect, signed};
use super::imposition::Imposition;
use super::pdf::content::{Content, deflate};
use super::pdf::document::Document;
use super::qr::Symbol;

/// Most modules along a side: version 40 and its quiet zone.
const SVG_MODULES_MAX: u32 = 185;

/// The symbols of one design on the dots of one layout, as large as its sheets have them.
#[derive(Clone, Copy, Debug)]
pub struct SymbolFiles {
    code: Rect,
    grid: Grid,
    black: Ink,
}

impl SymbolFiles {
    /// For a design as it is laid out.
    #[must_use]
    pub fn new(design: &Design, imposition: &Imposition) -> Self {
        let code = code_on_trim(design, imposition);
        let black = colour::black(imposition.layout.press.standard);
        Self { code, grid: imposition.grid(), black }
    }

    /// As SVG: one path of plain black on nothing, in millimetres.
    #[must_use]
    pub fn svg(&self, symbol: &Symbol) -> String {
        let module = place_code(symbol, self.code, self.grid).module;
        let quiet = Symbol::QUIET_ZONE;
        let modules = symbol.size() + 2 * quiet;
        let side_mm = (self.grid.mm(module) * f64::from(modules) * 1e4).round() / 1e4;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side_mm}mm\" height=\"{side_mm}mm\" \
             viewBox=\"0 0 {modules} {modules}\" shape-rendering=\"crispEdges\"><path d=\""
        );
        for (row, from, length) in symbol.runs() {
            let (x, y) = (from + quiet, row + quiet);
            // Writing to a string does not fail.
            let _infallible = write!(svg, "M{x} {y}h{length}v1h-{length}z");
        }
        svg.push_str("\"/></svg>\n");
        svg
    }

    /// The symbol of such an SVG as dots, one a module, with its quiet zone; `None` where it is
    /// another's.
    #[must_use]
    pub fn read_svg(svg: &str) -> Option<Bitmap> {
        let within = |from: &str, to: &str| Some(svg.split_once(from)?.1.split_once(to)?.0);
        let side: u32 = within("viewBox=\"0 0 ", " ")?.parse().ok()?;
        if side > SVG_MODULES_MAX {
            return None;
        }
        let mut symbol = Bitmap::new(side, side);
        for run in within(" d=\"", "\"")?.split('M').skip(1) {
            let (x, rest) = run.split_once(' ')?;
            let (y, rest) = rest.split_once('h')?;
            let (x, y): (u32, u32) = (x.parse().ok()?, y.parse().ok()?);
            let length: u32 = rest.split_once('v')?.0.parse().ok()?;
            (x..x.checked_add(length)?.min(side)).for_each(|x| symbol.blacken(x, y));
        }
        Some(symbol)
    }

    /// As PDF of one page: an image mask in the black of the layout's sheets, on nothing.
    ///
    /// # Errors
    /// [`io::Error`], which writing into memory has none of.
    pub fn pdf(&self, symbol: &Symbol) -> io::Result<Vec<u8>> {
        let module = place_code(symbol, self.code, self.grid).module;
        let quiet = signed(Symbol::QUIET_ZONE) * module;
        let side = signed(symbol.size()) * module;
        let dot = self.grid.points_per_dot();
        let mut content = Content::default();
        content.op(&[dot, 0.0, 0.0, dot, 0.0, 0.0], "cm").fill_ink(self.black);
        content.symbol(symbol, quiet, quiet, side);
        let mut bytes = Vec::new();
        let mut document = Document::new(&mut bytes, 4)?;
        let [catalog, info, tree, page, stream] = std::array::from_fn(|_| document.reserve());
        document.object(stream, |chunk| {
            chunk.stream(stream, &deflate(content.as_bytes())).filter(Filter::FlateDecode);
        })?;
        let edge = self.grid.points(side + 2 * quiet);
        document.object(page, |chunk| {
            let mut dict = chunk.page(page);
            let whole = PdfRect::new(0.0, 0.0, edge, edge);
            dict.parent(tree).media_box(whole).trim_box(whole).contents(stream);
            dict.resources().finish();
        })?;
        document.object(tree, |chunk| {
            chunk.pages(tree).count(1).kids([page]);
        })?;
        document.object(info, |chunk| {
            let mut dict = chunk.indirect(info).dict();
            dict.pair(Name(b"Producer"), TextStr("ocop-stamp"));
        })?;
        document.object(catalog, |chunk| {
            let mut dict = chunk.indirect(catalog).dict();
            dict.pair(Name(b"Type"), Name(b"Catalog")).pair(Name(b"Pages"), tree);
        })?;
        document.finish(catalog, info)?;
        Ok(bytes)
    }
}
