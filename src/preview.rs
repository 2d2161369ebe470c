//! Pages of PDF files as pictures, and what pictures tell of a design. Pure: bytes in, bytes out.

pub mod contrast;
pub mod light;
mod part;

pub use self::part::{Area, Light, Pages};

use std::io::Cursor;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageError};

/// Most pixels of a picture: A3 at 600 dpi has 69 million.
pub const PIXELS_MAX: u64 = 80_000_000;
/// Most pixels of a side, which the renderer counts in 16 bits.
const SIDE_MAX: f64 = 65_000.0;
/// Points in an inch.
const POINTS: f32 = 72.0;
/// The renderer rounds pages down to whole pixels: a hair above the resolution asked for keeps the
/// last one.
const HAIR: f32 = 1.000_001;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The bytes are no PDF.
    #[error("this is no PDF file that can be read")]
    NoPdf,
    /// There is no such page.
    #[error("the file has {pages} pages, and no page {page}")]
    NoPage {
        /// Pages of the file.
        pages: usize,
        /// The page asked for, from 1.
        page: usize,
    },
    /// The picture would be too large.
    #[error("at {dpi} dpi the picture would have {pixels} pixels, and {PIXELS_MAX} are the most")]
    TooLarge {
        /// The resolution asked for.
        dpi: u32,
        /// Pixels it would have.
        pixels: u64,
    },
    /// The picture cannot be written as PNG.
    #[error("the picture could not be written")]
    Png(#[from] ImageError),
    /// The picture cannot be written as PNG with a palette.
    #[error("the picture could not be written")]
    Light(#[from] png::EncodingError),
}

/// A page as pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of each pixel, rows from the top.
    pub rgb: Vec<u8>,
}

/// A page (from 1) as pixels on white.
///
/// # Errors
/// [`PreviewError`].
pub fn picture(pdf: &[u8], page: usize, dpi: u32) -> Result<Picture, PreviewError> {
    with_page(pdf, page, |page| {
        let scale = narrow(dpi) / POINTS * HAIR;
        let (width, height) = page.render_dimensions();
        let sides = [width, height].map(|side| f64::from(side * scale).floor().max(1.0));
        let pixels = whole(sides[0] * sides[1]);
        if pixels > PIXELS_MAX || sides.iter().any(|side| *side > SIDE_MAX) {
            return Err(PreviewError::TooLarge { dpi, pixels });
        }
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let interpreter = InterpreterSettings::default();
        let cache = RenderCache::new();
        let pixmap = render(page, &cache, &interpreter, &RenderSettings::default(), &settings);
        let pixels = pixmap.data_as_u8_slice().chunks_exact(4);
        Ok(Picture {
            width: pixmap.width().into(),
            height: pixmap.height().into(),
            rgb: pixels.flat_map(|pixel| pixel.iter().take(3).copied()).collect(),
        })
    })
}

/// A page (from 1) as PNG.
///
/// # Errors
/// [`PreviewError`].
pub fn png(pdf: &[u8], page: usize, dpi: u32) -> Result<Vec<u8>, PreviewError> {
    let Picture { width, height, rgb } = picture(pdf, page, dpi)?;
    let mut png = Cursor::new(Vec::new());
    PngEncoder::new(&mut png).write_image(&rgb, width, height, ExtendedColorType::Rgb8)?;
    Ok(png.into_inner())
}

/// A page (from 1) as SVG on white.
///
/// # Errors
/// [`PreviewError`].
pub fn svg(pdf: &[u8], page: usize) -> Result<String, PreviewError> {
    with_page(pdf, page, |page| {
        let settings = hayro_svg::SvgRenderSettings { bg_color: [255; 4] };
        let cache = hayro_svg::RenderCache::new();
        Ok(hayro_svg::convert(page, &cache, &InterpreterSettings::default(), &settings))
    })
}

/// Pages of a file.
///
/// # Errors
/// [`PreviewError::NoPdf`].
pub fn pages(pdf: &[u8]) -> Result<usize, PreviewError> {
    Ok(read(pdf)?.pages().len())
}

fn read(pdf: &[u8]) -> Result<Pdf, PreviewError> {
    Pdf::new(pdf.to_vec()).ok().ok_or(PreviewError::NoPdf)
}

fn with_page<T>(
    pdf: &[u8],
    page: usize,
    draw: impl FnOnce(&Page<'_>) -> Result<T, PreviewError>,
) -> Result<T, PreviewError> {
    draw(page_of(&read(pdf)?, page)?)
}

/// A page, from 1.
fn page_of(pdf: &Pdf, page: usize) -> Result<&Page<'_>, PreviewError> {
    let pages = pdf.pages();
    let found = page.checked_sub(1).and_then(|index| pages.get(index));
    found.ok_or(PreviewError::NoPage { pages: pages.len(), page })
}

/// A resolution as a factor: a few digits.
fn narrow(dpi: u32) -> f32 {
    u16::try_from(dpi).map_or(f32::from(u16::MAX), f32::from)
}

/// A number of pixels.
fn whole(pixels: f64) -> u64 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "products of sides are positive and whole; the cast saturates"
    )]
    let whole = pixels as u64;
    whole
}
