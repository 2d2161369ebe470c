//! Artwork: the first page of a PDF file, taken over as it is, its inks included.

use std::io::{self, Write};

use hayro_write::hayro_syntax::Pdf;
use hayro_write::{ChunkSettings, ExtractionQuery, extract};
use pdf_writer::Ref;

use super::data::Data;
use crate::printing::geometry::{Grid, Rect, as_f32, narrow};
use crate::printing::pdf::content::Content;
use crate::printing::pdf::document::Document;

/// Name of the page among the resources of the art.
pub(crate) const PAGE: &str = "P";

/// How far the page may differ from the stamp with its bleed, in millimetres.
const SIZE_TOLERANCE_MM: f64 = 0.5;
const MM_PER_POINT: f64 = 25.4 / 72.0;

/// A page that becomes a form in every file of a job.
pub(crate) struct PageArt(Pdf);

impl PageArt {
    /// Reads a PDF file; an error says what is wrong with it.
    fn read(pdf: &[u8], data: &Data) -> Result<(Self, (f32, f32)), String> {
        let pdf = Pdf::new(pdf.to_vec()).map_err(|_| "it is no PDF file that can be read")?;
        let pages = pdf.pages();
        let page = pages.iter().next().ok_or("it has no page")?;
        let (width, height) = page.render_dimensions();
        let whole = |side: f64| side + 2.0 * data.bleed_mm;
        let (wide, high) = (whole(data.size_mm.0), whole(data.size_mm.1));
        let off = |points: f32, mm: f64| (f64::from(points) * MM_PER_POINT - mm).abs();
        if off(width, wide) > SIZE_TOLERANCE_MM || off(height, high) > SIZE_TOLERANCE_MM {
            let mm = |points: f32| f64::from(points) * MM_PER_POINT;
            return Err(format!(
                "its page is {:.1} × {:.1} mm, and the stamp with its bleed {wide} × {high} mm",
                mm(width),
                mm(height)
            ));
        }
        Ok((Self(pdf), (width, height)))
    }

    /// Draws the page over the trim and its bleed.
    pub(super) fn draw(
        content: &mut Content,
        pdf: &[u8],
        data: &Data,
        (trim, grid): (Rect, Grid),
    ) -> Result<Self, String> {
        let (art, (width, height)) = Self::read(pdf, data)?;
        let dots = narrow(MM_PER_POINT / grid.mm_per_dot());
        // In the middle of the trim, whose sides are whole dots.
        let from = |trim: i32, points: f32| ((as_f32(trim) - points * dots) / 2.0).round();
        let (x, y) = (from(trim.width, width), from(trim.height, height));
        content.op(&[], "q").op(&[dots, 0.0, 0.0, dots, x, y], "cm");
        content.form_here(PAGE).op(&[], "Q");
        Ok(art)
    }

    /// Writes the page and all it rests on; returns the number of the form.
    pub(crate) fn write<W: Write>(&self, document: &mut Document<W>) -> io::Result<Ref> {
        let settings = ChunkSettings { pretty: false, ..ChunkSettings::default() };
        let query = [ExtractionQuery::new_xobject(0)];
        let taken = extract(&self.0, Box::new(|| document.reserve()), settings, &query);
        let wrong =
            |why: &str| io::Error::other(format!("the artwork cannot be taken over: {why}"));
        let taken = taken.map_err(|why| wrong(&format!("{why:?}")))?;
        let root = taken.root_refs.first().ok_or_else(|| wrong("it is empty"))?;
        let root = root.map_err(|why| wrong(&format!("{why:?}")))?;
        document.objects(&taken.chunk)?;
        Ok(root)
    }
}
