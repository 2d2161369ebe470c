//! A picture that somebody sent → a photo as pages show it: upright, without metadata, in two sizes.
//! Pure.

use std::io::Cursor;

use data_encoding::HEXLOWER;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use sha2::{Digest, Sha256};

use crate::domain::photo::Photo;
use crate::pictures::{self, FileError, Pictures};

/// Bytes of a file: 10 MB.
pub const BYTES_MAX: usize = 10_000_000;
/// Pixels of a picture: more than the cameras of phones make by default.
pub const PIXELS_MAX: u64 = 64_000_000;
/// Bytes of a picture in memory: all those pixels in colours of eight bits and transparency.
const MEMORY_MAX: u64 = 4 * PIXELS_MAX;
/// Pixels of the shorter side, below which nothing can be told apart.
pub const SIDE_PX_MIN: u32 = 100;
/// Pixels of the longer side for large screens.
const LARGE_PX: u32 = 1024;
/// Pixels of the longer side for phones.
const SMALL_PX: u32 = 480;
/// Bytes of the larger picture.
const LARGE_BYTES: usize = 300_000;
/// Bytes of the picture for phones.
const SMALL_BYTES: usize = 60_000;
/// Qualities of JPEG that are tried until a picture is small enough.
const QUALITIES: [u8; 5] = [85, 75, 65, 50, 35];

/// Why a picture is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// There is no file.
    #[error("no file was sent: choose a photo")]
    Empty,
    /// The file is too long.
    #[error("the file has more than {BYTES_MAX} bytes: make the photo smaller")]
    TooLong,
    /// The picture has too many pixels.
    #[error("the picture has {width} × {height} pixels; at most {PIXELS_MAX} are read")]
    TooLarge {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// The picture is too small to be of use.
    #[error("the picture has {width} × {height} pixels; each side needs {SIDE_PX_MIN}")]
    TooSmall {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// The file is something else.
    #[error("this is no JPEG, PNG or WebP")]
    Kind,
    /// The picture moves.
    #[error("the picture is animated: choose one that stands still")]
    Animated,
    /// Part of the file was lost.
    #[error("the picture is not wholly there: part of its file was lost; send it again")]
    CutOff,
    /// The file is damaged.
    #[error("the picture cannot be read: save it again as JPEG, PNG or WebP")]
    Damaged(#[source] ImageError),
}

/// Makes a photo of a file.
///
/// # Errors
/// [`PhotoError`]. A picture that is too large is refused before it is unpacked.
pub fn read(bytes: &[u8]) -> Result<Photo, PhotoError> {
    let picture = decode(bytes)?;
    let large = fitted(&picture, LARGE_PX, LARGE_BYTES)?;
    let small = fitted(&picture, SMALL_PX, SMALL_BYTES)?;
    Ok(Photo { sha256: HEXLOWER.encode(&Sha256::digest(&large)), large, small })
}

/// The picture in colours, upright; what is transparent is white.
fn decode(bytes: &[u8]) -> Result<RgbImage, PhotoError> {
    if bytes.is_empty() {
        return Err(PhotoError::Empty);
    }
    if bytes.len() > BYTES_MAX {
        return Err(PhotoError::TooLong);
    }
    let format = image::guess_format(bytes).ok();
    if !matches!(format, Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(PhotoError::Kind);
    }
    let file = match Pictures::of(bytes) {
        Ok(pictures) => pictures.file(0),
        Err(FileError::CutOff) => return Err(PhotoError::CutOff),
        Err(FileError::TooMany) => return Err(PhotoError::Kind),
    };
    let bytes = &*file;
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|error| PhotoError::Damaged(error.into()))?;
    if is_animated(format, bytes) {
        return Err(PhotoError::Animated);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(PhotoError::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > MEMORY_MAX {
        return Err(PhotoError::TooLarge { width, height });
    }
    if width.min(height) < SIDE_PX_MIN {
        return Err(PhotoError::TooSmall { width, height });
    }
    let upright = decoder.orientation().map_err(PhotoError::Damaged)?;
    let picture = pictures::unpack(bytes, format, decoder).map_err(PhotoError::Damaged)?;
    // Made smaller first: what follows then has little to do.
    let mut picture = shrunk(picture, LARGE_PX);
    picture.apply_orientation(upright);
    Ok(on_white(&picture))
}

/// Whether a picture has several frames, of which a decoder gives the first.
fn is_animated(format: Option<ImageFormat>, bytes: &[u8]) -> bool {
    let file = Cursor::new(bytes);
    match format {
        Some(ImageFormat::Png) => {
            PngDecoder::new(file).is_ok_and(|it| it.is_apng().unwrap_or_default())
        }
        Some(ImageFormat::WebP) => WebPDecoder::new(file).is_ok_and(|it| it.has_animation()),
        _ => false,
    }
}

/// At most so many pixels long; a smaller one is left as it is.
fn shrunk(picture: DynamicImage, longer_px: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= longer_px {
        return picture;
    }
    picture.resize(longer_px, longer_px, FilterType::CatmullRom)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0.map(u32::from);
        let light = |colour: u32| (colour * alpha + 255 * (255 - alpha)) / 255;
        image::Rgb([red, green, blue].map(|it| u8::try_from(light(it)).unwrap_or(u8::MAX)))
    })
}

/// As JPEG, of the best quality that needs no more than so many bytes.
fn fitted(picture: &RgbImage, longer_px: u32, most: usize) -> Result<Vec<u8>, PhotoError> {
    let picture = shrunk(DynamicImage::ImageRgb8(picture.clone()), longer_px);
    let mut written = Vec::new();
    for quality in QUALITIES {
        written.clear();
        let encoder = JpegEncoder::new_with_quality(&mut written, quality);
        picture.write_with_encoder(encoder).map_err(PhotoError::Damaged)?;
        if written.len() <= most {
            break;
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests;
