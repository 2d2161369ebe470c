//! JPEG files (ITU-T T.81) and the further pictures that cameras put behind the first.

use image::error::{DecodingError, ImageFormatHint};
use image::{DynamicImage, GrayImage, ImageError, ImageFormat, RgbImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::tiff::Tiff;

/// Where the index of further pictures begins (CIPA DC-007, Multi-Picture Format, 5.2).
const INDEX: &[u8] = b"MPF\0";
/// Its entry with what and where they are, and the bytes for each (5.2.3.3).
const ENTRIES: u64 = 0xB002;
const ENTRY_BYTES: usize = 16;
/// Pictures of an index that are smaller copies for screens (5.2.3.3.1).
const COPIES: [u64; 2] = [0x01_0001, 0x01_0002];
/// What ends a file.
const END: &[u8] = &[0xFF, 0xD9];
/// Rows of so many pixels are longer than what the decoder looks ahead.
const WIDE_PX_MIN: u32 = 512;
/// How the pictures that say how bright another is on a bright screen are known.
const GAIN_MAPS: [&[u8]; 4] =
    [b"hdrgm", b"HDRGainMap", b"hdrgainmap", b"urn:iso:std:iso:ts:21496:-1"];
/// How a picture says that it has one.
const HAS_GAIN_MAP: [&[u8]; 3] = [b"GainMap", b"hdrgm", b"hdrgainmap"];

/// A further picture that a file names.
pub(super) struct Named {
    /// Where it begins in the file.
    pub(super) start: usize,
    /// Whether it is a smaller copy of another, which may have been taken out.
    pub(super) is_copy: bool,
}

/// A marker, and what follows it; `None` where there is none any more (B.1.1.2).
fn marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xFF)? + 1;
        match bytes.get(at)? {
            // A data byte, or one that fills up.
            0x00 | 0xFF => {}
            &marker => return Some((marker, at + 1)),
        }
    }
}

/// Behind a segment, whose first two bytes are its length.
fn behind(bytes: &[u8], at: usize) -> Option<usize> {
    Some(at + super::number(bytes.get(at..at.checked_add(2)?)?.iter())?.max(2))
}

/// Behind the marker that ends a file. Another picture that begins before has taken its place.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let (marker, after) = marker(bytes, at)?;
        at = match marker {
            0xD9 => return Some(after),
            0xD8 => return None,
            // Restarts have no length.
            0x01 | 0xD0..=0xD7 => after,
            _ => behind(bytes, after)?,
        };
    }
}

/// What stands before the picture itself.
fn head(bytes: &[u8]) -> &[u8] {
    let mut at = 2;
    while let Some((marker, after)) = marker(bytes, at) {
        match behind(bytes, after) {
            Some(behind) if marker != 0xDA => at = behind,
            _ => break,
        }
    }
    bytes.get(..at).unwrap_or(bytes)
}

/// The further pictures that the index of a file names.
pub(super) fn named(bytes: &[u8]) -> Vec<Named> {
    let head = head(bytes);
    let Some(base) = find(head, INDEX).map(|at| at + INDEX.len()) else { return Vec::new() };
    let tiff = bytes.get(base..).and_then(Tiff::of);
    let Some((tiff, (count, at))) = tiff.and_then(|it| Some((it, it.first_field(ENTRIES)?))) else {
        return Vec::new();
    };
    let has_gain_map = HAS_GAIN_MAP.iter().any(|name| find(head, name).is_some());
    let entries = (1..count / ENTRY_BYTES).take(super::PICTURES_MAX).map_while(|entry| {
        let at = at + entry * ENTRY_BYTES;
        let (kind, start) = (tiff.number(at, 4)? & 0xFF_FFFF, tiff.number(at + 8, 4)?);
        let is_copy = COPIES.contains(&kind) || (kind == 0 && has_gain_map);
        Some(Named { start: base + usize::try_from(start).ok()?, is_copy })
    });
    entries.collect()
}

/// Whether a piece is no picture to look at, but about another.
pub(super) fn is_gain_map(piece: Option<&[u8]>) -> bool {
    piece.is_some_and(|piece| {
        let head = head(piece);
        GAIN_MAPS.iter().any(|name| find(head, name).is_some())
    })
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Unpacks a file; what a decoder would pass over or fill in is an error.
///
/// The decoder takes an early end for the end of the picture. Without the marker it needs to have read
/// all rows before the bytes end; it looks a few bytes ahead, which are less than a wide row has. The
/// scans of a progressive file each have all rows.
pub(super) fn unpack(bytes: &[u8]) -> Result<DynamicImage, ImageError> {
    match bytes.strip_suffix(END) {
        Some(rows) if is_in_rows(bytes) => decoded(rows).or_else(|cut| {
            let whole = decoded(bytes)?;
            if whole.width() < WIDE_PX_MIN { Ok(whole) } else { Err(cut) }
        }),
        _ => decoded(bytes),
    }
}

/// Whether the pixels stand row by row (T.81, B.2.2: not `SOF2` or its kin).
fn is_in_rows(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some((marker, after)) = marker(bytes, at) {
        match marker {
            0xC0 | 0xC1 => return true,
            0xDA => return false,
            _ => {}
        }
        let Some(behind) = behind(bytes, after) else { return false };
        at = behind;
    }
    false
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage, ImageError> {
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damage)?;
    let is_gray = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let colours = if is_gray { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let pixels = decoder.decode().map_err(damage)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or_default();
    let (width, height) = (side(width), side(height));
    let picture = if is_gray {
        GrayImage::from_raw(width, height, pixels).map(DynamicImage::from)
    } else {
        RgbImage::from_raw(width, height, pixels).map(DynamicImage::from)
    };
    picture.ok_or_else(|| damage("fewer pixels than it says"))
}

fn damage(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ImageError {
    ImageError::Decoding(DecodingError::new(ImageFormatHint::Exact(ImageFormat::Jpeg), why))
}
