//! One-bit pictures as files.

use std::io::{self, BufRead, Read, Seek, Write};

use png::{BitDepth, ColorType, PixelDimensions, Unit};
use tiff::TiffError;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::encoder::compression::{CompressionAlgorithm, Packbits};
use tiff::encoder::{Rational, TiffEncoder};
use tiff::tags::{CompressionMethod, PhotometricInterpretation, ResolutionUnit, Tag};

use crate::printing::Bitmap;
use crate::printing::geometry::Grid;

/// About so many bytes of a strip before they are packed (TIFF 6.0, section 3, recommends 8 kB; front
/// ends of presses take more, and there are fewer of them).
const STRIP_BYTES: usize = 64 << 10;

/// Why a picture was not written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// As TIFF.
    #[error("a TIFF file could not be written")]
    Tiff(#[from] TiffError),
    /// As PNG.
    #[error("a PNG file could not be written")]
    Png(#[from] png::EncodingError),
    /// The disk.
    #[error("a picture could not be written")]
    Write(#[from] io::Error),
    /// As PNG, read back.
    #[error("a PNG file could not be read back")]
    ReadPng(#[from] png::DecodingError),
    /// A file read back that is none of ours.
    #[error("a picture read back is not the one-bit picture that was written")]
    Other,
}

/// Writes a picture as bilevel TIFF: `WhiteIsZero`, `PackBits`, with the resolution of the device
/// (TIFF 6.0, sections 3 and 9). `title` goes into the image description.
///
/// # Errors
/// [`FileError`].
pub fn write_tiff<W: Write + Seek>(
    out: W,
    picture: &Bitmap,
    grid: Grid,
    title: &str,
) -> Result<(), FileError> {
    let mut encoder = TiffEncoder::new(out)?;
    let mut directory = encoder.image_directory()?;
    let row_bytes = picture.row_bytes().max(1);
    let rows = (STRIP_BYTES / row_bytes).max(1);
    let (mut offsets, mut lengths) = (Vec::new(), Vec::new());
    for strip in picture.bytes().chunks(rows * row_bytes) {
        let mut packed = Vec::new();
        // Rows are packed one by one (section 9).
        for row in strip.chunks(row_bytes) {
            Packbits.write_to(&mut packed, row)?;
        }
        lengths.push(u32::try_from(packed.len()).unwrap_or(u32::MAX));
        let offset = directory.write_data(packed.as_slice())?;
        offsets.push(u32::try_from(offset).unwrap_or(u32::MAX));
    }
    directory.write_tag(Tag::NewSubfileType, 0_u32)?;
    directory.write_tag(Tag::ImageWidth, picture.width())?;
    directory.write_tag(Tag::ImageLength, picture.height())?;
    directory.write_tag(Tag::BitsPerSample, 1_u16)?;
    directory.write_tag(Tag::Compression, CompressionMethod::PackBits.to_u16())?;
    let white_is_zero = PhotometricInterpretation::WhiteIsZero.to_u16();
    directory.write_tag(Tag::PhotometricInterpretation, white_is_zero)?;
    directory.write_tag(Tag::ImageDescription, title)?;
    directory.write_tag(Tag::SamplesPerPixel, 1_u16)?;
    directory.write_tag(Tag::RowsPerStrip, u32::try_from(rows).unwrap_or(u32::MAX))?;
    directory.write_tag(Tag::StripOffsets, offsets.as_slice())?;
    directory.write_tag(Tag::StripByteCounts, lengths.as_slice())?;
    for tag in [Tag::XResolution, Tag::YResolution] {
        // "203 dpi" heads have 203.2.
        let tenths = if grid.dpi() == 203 { 2032 } else { grid.dpi() * 10 };
        directory.write_tag(tag, Rational { n: tenths, d: 10 })?;
    }
    directory.write_tag(Tag::ResolutionUnit, ResolutionUnit::Inch.to_u16())?;
    directory.finish()?;
    Ok(())
}

/// Reads a picture that [`write_tiff`] wrote.
///
/// # Errors
/// [`FileError`].
pub fn read_tiff<R: Read + Seek>(file: R) -> Result<Bitmap, FileError> {
    let mut decoder = Decoder::new(file)?.with_limits(Limits::unlimited());
    let (width, height) = decoder.dimensions()?;
    match decoder.read_image()? {
        // The reader gives what is black as zeros, whichever way it was written.
        DecodingResult::U8(rows) => of_light(width, height, rows),
        _ => Err(FileError::Other),
    }
}

/// Reads a picture that [`write_png`] wrote.
///
/// # Errors
/// [`FileError`].
pub fn read_png<R: BufRead + Seek>(file: R) -> Result<Bitmap, FileError> {
    let limits = png::Limits { bytes: usize::MAX };
    let mut reader = png::Decoder::new_with_limits(file, limits).read_info()?;
    let (width, height) = reader.info().size();
    if reader.output_color_type() != (ColorType::Grayscale, BitDepth::One) {
        return Err(FileError::Other);
    }
    let mut rows = vec![0; reader.output_buffer_size().ok_or(FileError::Other)?];
    reader.next_frame(&mut rows)?;
    of_light(width, height, rows)
}

/// A picture of rows in which one is white.
fn of_light(width: u32, height: u32, mut rows: Vec<u8>) -> Result<Bitmap, FileError> {
    for byte in &mut rows {
        *byte = !*byte;
    }
    Bitmap::of_rows(width, height, rows).ok_or(FileError::Other)
}

/// Writes a picture as PNG of one bit, with the resolution of the device (PNG, 11.3.4.3: pixels to
/// the metre).
///
/// # Errors
/// [`FileError`].
pub fn write_png<W: Write>(out: W, picture: &Bitmap, grid: Grid) -> Result<(), FileError> {
    let mut encoder = png::Encoder::new(out, picture.width(), picture.height());
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let to_the_metre = match grid.dpi() {
        203 => 8000,
        // 39.37 inches to the metre, to the nearest.
        dpi => (dpi * 3937 + 50) / 100,
    };
    let unit = Unit::Meter;
    let density = PixelDimensions { xppu: to_the_metre, yppu: to_the_metre, unit };
    encoder.set_pixel_dims(Some(density));
    let mut writer = encoder.write_header()?;
    // In PNG one is white.
    let white: Vec<u8> = picture.bytes().iter().map(|byte| !byte).collect();
    writer.write_image_data(&white)?;
    writer.finish()?;
    Ok(())
}
