//! Pages as dots.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt as _;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use rayon::prelude::*;

use super::screen::Screen;
use crate::printing::geometry::Grid;
use crate::printing::{Bitmap, Plate, SeparatedSheet};

/// Dots painted at a time: four bytes each, so that memory does not grow with the page.
const BAND_DOTS: u32 = 8 << 20;

/// Why pages were not painted.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The file is no PDF.
    #[error("the pages cannot be read back")]
    Pdf,
    /// The page has too many dots.
    #[error(
        "a page of {width} × {height} dots is too large: at most 65,535 along a side; lower \
         press.dpi"
    )]
    TooLarge {
        /// Dots across.
        width: u32,
        /// Dots down.
        height: u32,
    },
}

/// Paints the pages of a PDF, a dot of the grid for each dot.
///
/// # Errors
/// [`RenderError`].
pub fn render(pdf: &[u8], grid: Grid, screen: Screen) -> Result<Vec<Bitmap>, RenderError> {
    let pdf = Pdf::new(pdf.to_vec()).map_err(|_unread| RenderError::Pdf)?;
    let cache = RenderCache::new();
    pdf.pages().iter().map(|page| paint(page, &cache, grid, screen)).collect()
}

/// Paints the plates of a sheet, on all cores.
///
/// # Errors
/// [`RenderError`].
pub fn render_sheet(
    sheet: SeparatedSheet,
    grid: Grid,
) -> Result<Vec<(Plate, Bitmap)>, RenderError> {
    let plates = sheet.plates.into_par_iter();
    let painted = plates.map(|(plate, pdf)| {
        let page = render(&pdf, grid, Screen::Clustered)?.into_iter().next();
        page.map(|page| (plate, page)).ok_or(RenderError::Pdf)
    });
    painted.collect()
}

fn paint<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    grid: Grid,
    screen: Screen,
) -> Result<Bitmap, RenderError> {
    let scale = 1.0 / f64::from(grid.points_per_dot());
    let (width, height) = page.render_dimensions();
    let (width, height) = (dots(width, scale), dots(height, scale));
    let too_large = |_| RenderError::TooLarge { width, height };
    let columns = u16::try_from(width).map_err(too_large)?;
    u16::try_from(height).map_err(too_large)?;
    let to_dots = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
    let band = (BAND_DOTS / width.max(1)).clamp(8, height.max(8));
    let mut bitmap = Bitmap::new(width, height);
    let mut rows = (0_u32..).zip(bitmap.rows_mut());
    for top in (0..height).step_by(band as usize) {
        let lines = u16::try_from(band.min(height - top)).map_err(too_large)?;
        let to_band = Affine::translate((0.0, -f64::from(top))) * to_dots;
        let pixels = paint_band(page, cache, to_band, (columns, lines));
        let lines = pixels.data_as_u8_slice().chunks(width.max(1) as usize * 4);
        for (line, (y, row)) in lines.zip(rows.by_ref()) {
            for (x, pixel) in (0_u32..).zip(line.chunks(4)) {
                let light = lightness(pixel);
                if light < u8::MAX
                    && screen.is_black(light, x, y)
                    && let Some(byte) = row.get_mut(x as usize / 8)
                {
                    *byte |= 0x80 >> (x % 8);
                }
            }
        }
    }
    drop(rows);
    Ok(bitmap)
}

/// Paints as much of a page as lies on a band.
fn paint_band<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    to_band: Affine,
    (columns, lines): (u16, u16),
) -> Pixmap {
    let settings = RenderSettings {
        // A dot is black from half of it on; none is gray for being at an edge.
        aliasing_threshold: Some(127),
        hinting: false,
        ..RenderSettings::default()
    };
    let mut context = RenderContext::new(columns, lines);
    let interpreter = InterpreterSettings::default();
    render_into(page, cache, &interpreter, &settings, &mut context, to_band);
    context.flush();
    let mut pixels = Pixmap::new(columns, lines);
    let target_init = TargetInit::Clear(WHITE);
    let clear = RasterizerSettings { target_init, ..RasterizerSettings::default() };
    context.render_with(&mut pixels, &mut Resources::default(), clear);
    pixels
}

/// How light a pixel looks: artwork that is a PDF page may have colours.
fn lightness(pixel: &[u8]) -> u8 {
    let [red, green, blue, _] = *pixel else { return u8::MAX };
    let sum = 30 * u32::from(red) + 59 * u32::from(green) + 11 * u32::from(blue);
    u8::try_from(sum / 100).unwrap_or(u8::MAX)
}

/// The nearest number of dots to a length in points.
fn dots(points: f32, scale: f64) -> u32 {
    let length = f64::from(points) * scale;
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pages are far below u32::MAX dots, and the cast saturates"
    )]
    let dots = length.round() as u32;
    dots
}
