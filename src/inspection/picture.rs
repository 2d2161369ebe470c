//! Bytes → a picture in gray, and halves of it.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::pictures::{self, FileError};

/// Bytes of a file: 200 MB.
pub const BYTES_MAX: usize = 200_000_000;
/// Pixels of a picture: A3 at 900 dpi.
pub const PIXELS_MAX: u64 = 150_000_000;
/// Bytes of a picture in memory: all those pixels in colours of eight bits and transparency.
const MEMORY_MAX: u64 = 4 * PIXELS_MAX;
/// Pictures are halved while their longer side is at least this, in pixels.
const HALVED_PX_MIN: u32 = 600;

/// Why a picture cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file is too long.
    #[error("the file has {0} bytes; at most {BYTES_MAX} are read: scan at 300 dpi, in gray")]
    TooLong(usize),
    /// The picture has too many pixels.
    #[error(
        "the picture has {width} × {height} pixels; at most {PIXELS_MAX} are read, of eight bits \
         a colour: scan at 300 dpi"
    )]
    TooLarge {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// The file is something else.
    #[error("this is no PNG, JPEG or TIFF: export the scan as one of these")]
    Kind,
    /// The file has more pictures than are read, or a chain of them without end.
    #[error("the file has too many pictures: save each as a file of its own")]
    Pages,
    /// The picture moves: what it shows is not one sheet.
    #[error("the picture is animated: export the scan as PNG, JPEG or TIFF without animation")]
    Animated,
    /// Part of the file was lost: what a decoder would fill in says nothing of the stamps.
    #[error(
        "the picture is not wholly there: part of its file was lost, so nothing is read from it; \
         copy the file again, or scan again"
    )]
    CutOff,
    /// The picture shows its sheet the wrong way round, as no sheet looks.
    #[error(
        "the picture is mirrored: scan the printed side, and turn mirroring off in the scanner's \
         or the camera's settings"
    )]
    Mirrored,
    /// The file is damaged, or of a kind within the kind that is not read.
    #[error("the picture cannot be read: save it again as PNG, JPEG or TIFF")]
    Damaged(#[source] ImageError),
}

impl From<FileError> for PictureError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::CutOff => Self::CutOff,
            FileError::TooMany => Self::Pages,
        }
    }
}

/// A picture in gray. Coordinates run from the upper left corner; a pixel's middle is at a half.
#[derive(Debug)]
pub(super) struct Gray {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) luma: Vec<u8>,
}

impl Gray {
    fn new(image: GrayImage) -> Self {
        let (width, height) = image.dimensions();
        Self { width, height, luma: image.into_raw() }
    }

    /// The longer side in pixels.
    pub(super) fn longer(&self) -> u32 {
        self.width.max(self.height)
    }

    /// How many pixels of this one in a row are one of a smaller copy.
    pub(super) fn scale_of(&self, copy: &Self) -> (f64, f64) {
        let part = |whole: u32, part: u32| f64::from(whole) / f64::from(part.max(1));
        (part(self.width, copy.width), part(self.height, copy.height))
    }

    /// Whether a point is in the picture.
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        x >= 0.0 && y >= 0.0 && x <= f64::from(self.width) && y <= f64::from(self.height)
    }

    /// The light at a point, between the four pixels around it; beyond the edge, that of the edge.
    pub(super) fn byte_at(&self, (x, y): (f64, f64)) -> u8 {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_part, lower_part) = (x - left, y - top);
        let upper = self.pair(left, top, right_part);
        let lower = self.pair(left, top + 1.0, right_part);
        let light = upper + (lower - upper) * lower_part;
        #[expect(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between two bytes"
        )]
        let byte = light.round().clamp(0.0, 255.0) as u8;
        byte
    }

    /// The same with edges made harder: what differs from the light around counts three times.
    pub(super) fn sharpened(&self, radius_px: f32) -> Option<Self> {
        let image = GrayImage::from_raw(self.width, self.height, self.luma.clone())?;
        let around = DynamicImage::ImageLuma8(image).fast_blur(radius_px).into_luma8();
        let harder = |(&light, around): (&u8, u8)| {
            let (light, around) = (i32::from(light), i32::from(around));
            u8::try_from((3 * light - 2 * around).clamp(0, 255)).unwrap_or_default()
        };
        let luma = self.luma.iter().zip(around.into_raw()).map(harder).collect();
        Some(Self { luma, ..*self })
    }

    /// The same at twice the size; `None` where that is longer than a limit.
    pub(super) fn enlarged(&self, longer_px_max: u32) -> Option<Self> {
        if self.longer() > longer_px_max / 2 {
            return None;
        }
        let image = GrayImage::from_raw(self.width, self.height, self.luma.clone())?;
        let image = DynamicImage::ImageLuma8(image);
        let twice = image.resize_exact(2 * self.width, 2 * self.height, FilterType::CatmullRom);
        Some(Self::new(twice.into_luma8()))
    }

    fn pair(&self, left: f64, row: f64, part: f64) -> f64 {
        let (one, other) = (self.pixel(left, row), self.pixel(left + 1.0, row));
        one + (other - one) * part
    }

    fn pixel(&self, x: f64, y: f64) -> f64 {
        let row = whole(y, self.height);
        let index = row * usize::try_from(self.width).unwrap_or_default() + whole(x, self.width);
        self.luma.get(index).copied().map_or(255.0, f64::from)
    }
}

/// The index of a pixel, brought back to the edge from beyond it.
fn whole(at: f64, length: u32) -> usize {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what a u32 holds"
    )]
    let index = at.clamp(0.0, f64::from(length.saturating_sub(1))) as usize;
    index
}

/// Reads a picture. What is transparent is white.
pub(super) fn decode(bytes: &[u8]) -> Result<Gray, PictureError> {
    if bytes.len() > BYTES_MAX {
        return Err(PictureError::TooLong(bytes.len()));
    }
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|error| PictureError::Damaged(error.into()))?;
    let format = reader.format().ok_or(PictureError::Kind)?;
    if is_animated(format, bytes) {
        return Err(PictureError::Animated);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| match error {
        ImageError::Unsupported(_) => PictureError::Kind,
        other => PictureError::Damaged(other),
    })?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS_MAX || decoder.total_bytes() > MEMORY_MAX {
        return Err(PictureError::TooLarge { width, height });
    }
    let image = pictures::unpack(bytes, Some(format), decoder).map_err(PictureError::Damaged)?;
    Ok(Gray::new(on_white(image)))
}

/// Whether a picture has several frames, of which a decoder gives the first.
fn is_animated(format: ImageFormat, bytes: &[u8]) -> bool {
    let file = Cursor::new(bytes);
    match format {
        ImageFormat::Png => PngDecoder::new(file).is_ok_and(|it| it.is_apng().unwrap_or_default()),
        ImageFormat::WebP => WebPDecoder::new(file).is_ok_and(|it| it.has_animation()),
        _ => false,
    }
}

fn on_white(image: DynamicImage) -> GrayImage {
    if !image.color().has_alpha() {
        return image.into_luma8();
    }
    let seen = image.to_luma_alpha8();
    let mut gray = image.into_luma8();
    for (pixel, seen) in gray.pixels_mut().zip(seen.pixels()) {
        let [luma, alpha] = seen.0.map(u32::from);
        let light = (luma * alpha + 255 * (255 - alpha)) / 255;
        pixel.0 = [u8::try_from(light).unwrap_or(u8::MAX)];
    }
    gray
}

/// A picture, its half, the half of that …
pub(super) fn levels(picture: Gray) -> Vec<Gray> {
    let mut levels = vec![picture];
    while let Some(last) = levels.last().filter(|last| last.longer() >= HALVED_PX_MIN) {
        let Some(image) = GrayImage::from_raw(last.width, last.height, last.luma.clone()) else {
            break;
        };
        let (width, height) = ((last.width / 2).max(1), (last.height / 2).max(1));
        let half = DynamicImage::ImageLuma8(image).thumbnail_exact(width, height);
        levels.push(Gray::new(half.into_luma8()));
    }
    levels
}
