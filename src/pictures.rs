//! The pictures that a file holds, each wholly there or refused. Pure.
//!
//! Decoders fill what is missing with gray, and read the first picture of several: what is told of
//! such a picture would not be true.

mod jpeg;
mod tiff;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat};

use self::tiff::Tiff;

/// Pictures of a file.
pub const PICTURES_MAX: usize = 200;

/// Why the pictures of a file are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It ends, or leads nowhere, before its last picture is whole.
    #[error("the file is not wholly there: part of it was lost")]
    CutOff,
    /// There are too many, or a chain of them without end.
    #[error("the file has more than {PICTURES_MAX} pictures")]
    TooMany,
}

/// A file and its pictures, one after the other. Smaller copies and what cameras keep beside a
/// picture are none. A file of an unknown kind counts as one.
#[derive(Debug)]
pub struct Pictures<'a> {
    bytes: &'a [u8],
    parts: Parts<'a>,
}

#[derive(Debug)]
enum Parts<'a> {
    /// Pieces that are files themselves.
    Pieces(Vec<Range<usize>>),
    /// Pages of a TIFF, by where their directories are.
    Pages(Tiff<'a>, Vec<u64>),
}

impl<'a> Pictures<'a> {
    /// Finds the pictures of a file.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn of(bytes: &'a [u8]) -> Result<Self, FileError> {
        let parts = match Tiff::of(bytes) {
            Some(tiff) => Parts::Pages(tiff, tiff.pages()?),
            None => Parts::Pieces(pieces(bytes)?),
        };
        Ok(Self { bytes, parts })
    }

    /// How many there are: one at least.
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.parts {
            Parts::Pieces(pieces) => pieces.len(),
            Parts::Pages(_, starts) => starts.len(),
        }
        .max(1)
    }

    /// A file with one of them, from 0, as the one that a decoder finds.
    #[must_use]
    pub fn file(&self, at: usize) -> Cow<'a, [u8]> {
        match &self.parts {
            Parts::Pieces(pieces) => {
                let piece = pieces.get(at).and_then(|piece| self.bytes.get(piece.clone()));
                Cow::Borrowed(piece.unwrap_or(self.bytes))
            }
            Parts::Pages(tiff, starts) => match starts.get(at) {
                Some(&start) if starts.len() > 1 => Cow::Owned(tiff.with_first(start)),
                _ => Cow::Borrowed(self.bytes),
            },
        }
    }
}

/// Unpacks a picture whose file is whole. Of a JPEG with fewer rows than it says there is nothing.
///
/// # Errors
/// [`ImageError`].
pub fn unpack(
    file: &[u8],
    format: Option<ImageFormat>,
    decoder: impl ImageDecoder,
) -> Result<DynamicImage, ImageError> {
    match format {
        Some(ImageFormat::Jpeg) => jpeg::unpack(file),
        _ => DynamicImage::from_decoder(decoder),
    }
}

/// Kinds of files that say where they end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    WebP,
}

impl Kind {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }

    /// How long a file of this kind is; `None` where its end is not there.
    fn length(self, bytes: &[u8]) -> Option<usize> {
        let end = match self {
            Self::Jpeg => jpeg::end(bytes)?,
            Self::Png => png_end(bytes)?,
            Self::WebP => 8 + number(bytes.get(4..8)?.iter().rev())?,
        };
        (end <= bytes.len()).then_some(end)
    }
}

/// Behind the chunk `IEND` (ISO/IEC 15948, 5.3).
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at: usize = 8;
    loop {
        let length = number(bytes.get(at..at.checked_add(4)?)?.iter())?;
        let kind = bytes.get(at + 4..at.checked_add(8)?)?;
        at = at.checked_add(12)?.checked_add(length)?;
        if kind == b"IEND" {
            return Some(at);
        }
    }
}

/// A number from its bytes, the weightiest first.
fn number<'b>(bytes: impl Iterator<Item = &'b u8>) -> Option<usize> {
    usize::try_from(bytes.fold(0, |number: u64, &byte| number << 8 | u64::from(byte))).ok()
}

/// The pictures of a file that is no TIFF: the first, those that it names, and those that follow.
fn pieces(bytes: &[u8]) -> Result<Vec<Range<usize>>, FileError> {
    let Some(kind) = Kind::of(bytes) else { return Ok(std::iter::once(0..bytes.len()).collect()) };
    let first = kind.length(bytes).ok_or(FileError::CutOff)?;
    let named = if kind == Kind::Jpeg { jpeg::named(bytes) } else { Vec::new() };
    if named.len() >= PICTURES_MAX {
        return Err(FileError::TooMany);
    }
    let copies: BTreeSet<usize> =
        named.iter().filter(|other| other.is_copy).map(|other| other.start).collect();
    let mut pieces: Vec<_> = std::iter::once(0..first).collect();
    for start in named.iter().map(|other| other.start).filter(|start| !copies.contains(start)) {
        pieces.extend(piece(bytes, start, true)?);
    }
    let mut at = first;
    while let Some(start) = next(bytes, at) {
        let Some(piece) = piece(bytes, start, false)? else { break };
        at = piece.end;
        if !copies.contains(&start) && pieces.iter().all(|known| known.start != start) {
            pieces.push(piece);
        }
        if pieces.len() > PICTURES_MAX {
            return Err(FileError::TooMany);
        }
    }
    pieces.retain(|piece| piece.start == 0 || !jpeg::is_gain_map(bytes.get(piece.clone())));
    pieces.sort_by_key(|piece| piece.start);
    Ok(pieces)
}

/// The picture that begins there; one that must be there and is not was lost.
fn piece(bytes: &[u8], start: usize, must_be: bool) -> Result<Option<Range<usize>>, FileError> {
    let rest = bytes.get(start..).unwrap_or_default();
    match Kind::of(rest) {
        Some(kind) => {
            let length = kind.length(rest).ok_or(FileError::CutOff)?;
            Ok(Some(start..start + length))
        }
        None if must_be => Err(FileError::CutOff),
        None => Ok(None),
    }
}

/// Where something follows, behind zeros.
fn next(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    Some(at + rest.iter().position(|&byte| byte != 0)?)
}
