//! Parts of pages, as light as they look: to read what stands there without painting whole sheets.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt as _;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::{PIXELS_MAX, POINTS, PreviewError, page_of, whole};

/// A file whose pages are looked at in places.
pub struct Pages(Pdf);

/// A part of a page, from its upper left corner, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// From the left edge of the page.
    pub left: f64,
    /// From the upper edge of the page.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// How light each pixel is, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Light {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// From 0 for black to 255 for white.
    pub luma: Vec<u8>,
}

impl Pages {
    /// Opens a file.
    ///
    /// # Errors
    /// [`PreviewError::NoPdf`].
    pub fn open(pdf: Vec<u8>) -> Result<Self, PreviewError> {
        Pdf::new(pdf).map(Self).ok().ok_or(PreviewError::NoPdf)
    }

    /// A part of a page (from 1), or all of it, with so many pixels to the point.
    ///
    /// # Errors
    /// [`PreviewError`].
    pub fn light(
        &self,
        page: usize,
        area: Option<Area>,
        scale: f64,
    ) -> Result<Light, PreviewError> {
        let page = page_of(&self.0, page)?;
        let (width, height) = page.render_dimensions();
        let all = Area { left: 0.0, top: 0.0, width: width.into(), height: height.into() };
        let area = area.unwrap_or(all);
        let (width, height) = pixels(area, scale)?;
        let to_part = Affine::translate((-area.left * scale, -area.top * scale))
            * Affine::scale(scale)
            * page.initial_transform(true).to_kurbo();
        let mut context = RenderContext::new(width, height);
        let (cache, interpreter) = (RenderCache::new(), InterpreterSettings::default());
        let settings = RenderSettings::default();
        render_into(page, &cache, &interpreter, &settings, &mut context, to_part);
        context.flush();
        let mut pixels = Pixmap::new(width, height);
        let target_init = TargetInit::Clear(WHITE);
        let clear = RasterizerSettings { target_init, ..RasterizerSettings::default() };
        context.render_with(&mut pixels, &mut Resources::default(), clear);
        let luma = pixels.data_as_u8_slice().chunks_exact(4).map(lightness).collect();
        Ok(Light { width: width.into(), height: height.into(), luma })
    }
}

/// Width and height in pixels.
fn pixels(area: Area, scale: f64) -> Result<(u16, u16), PreviewError> {
    let [width, height] = [area.width, area.height].map(|side| (side * scale).round().max(1.0));
    let pixels = whole(width * height);
    let side = |length: f64| u16::try_from(whole(length)).ok();
    match (side(width), side(height)) {
        (Some(width), Some(height)) if pixels <= PIXELS_MAX => Ok((width, height)),
        _ => {
            let dpi = u32::try_from(whole(scale * f64::from(POINTS))).unwrap_or(u32::MAX);
            Err(PreviewError::TooLarge { dpi, pixels })
        }
    }
}

/// How light a pixel looks.
fn lightness(pixel: &[u8]) -> u8 {
    let [red, green, blue, _] = *pixel else { return u8::MAX };
    let sum = 30 * u32::from(red) + 59 * u32::from(green) + 11 * u32::from(blue);
    u8::try_from(sum / 100).unwrap_or(u8::MAX)
}
