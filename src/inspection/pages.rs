//! The pages of a TIFF, one by one: the decoder of pictures reads the first one only.

use std::borrow::Cow;

use super::PictureError;

/// Pages of a file.
pub const PAGES_MAX: usize = 200;

/// `NewSubfileType`: bit 0 marks a smaller copy of another page (TIFF 6.0, section 8).
const NEW_SUBFILE_TYPE: u64 = 254;

/// A file and where its pages begin. A file of another kind has one.
pub(super) struct Pages<'a> {
    bytes: &'a [u8],
    tiff: Option<Tiff<'a>>,
    starts: Vec<u64>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, PictureError> {
        let tiff = Tiff::of(bytes);
        let starts = tiff.map(Tiff::directories).transpose()?.unwrap_or_default();
        Ok(Self { bytes, tiff, starts })
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len().max(1)
    }

    /// The file such that a decoder finds that page, from 0, first.
    pub(super) fn page(&self, at: usize) -> Cow<'a, [u8]> {
        let several = self.tiff.filter(|_| self.starts.len() > 1);
        let Some((tiff, start)) = several.zip(self.starts.get(at)) else {
            return Cow::Borrowed(self.bytes);
        };
        let start = if tiff.is_little { start.to_le_bytes() } else { start.to_be_bytes() };
        let start = match (tiff.is_big, tiff.is_little) {
            (true, _) => start.as_slice(),
            (false, true) => start.get(..4).unwrap_or_default(),
            (false, false) => start.get(4..).unwrap_or_default(),
        };
        let (place, length) = tiff.first();
        let mut file = self.bytes.to_vec();
        if let Some(place) = file.get_mut(place..place + length) {
            place.copy_from_slice(start);
        }
        Cow::Owned(file)
    }
}

#[derive(Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
    /// With offsets of eight bytes.
    is_big: bool,
}

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let (is_little, is_big) = match bytes.get(..4)? {
            [b'I', b'I', 42, 0] => (true, false),
            [b'M', b'M', 0, 42] => (false, false),
            [b'I', b'I', 43, 0] => (true, true),
            [b'M', b'M', 0, 43] => (false, true),
            _ => return None,
        };
        Some(Self { bytes, is_little, is_big })
    }

    /// Where the offset of the first directory stands, and its bytes.
    fn first(self) -> (usize, usize) {
        if self.is_big { (8, 8) } else { (4, 4) }
    }

    /// Where the directories of the pages are, without those of smaller copies.
    fn directories(self) -> Result<Vec<u64>, PictureError> {
        let (at, offset_bytes) = self.first();
        let mut next = self.number(at, offset_bytes).unwrap_or_default();
        let (mut seen, mut pages) = (Vec::new(), Vec::new());
        while next != 0 {
            // A chain that comes back to itself never ends.
            if seen.contains(&next) || seen.len() >= PAGES_MAX {
                return Err(PictureError::Pages);
            }
            seen.push(next);
            let Some((is_copy, after)) = self.directory(next) else { break };
            if !is_copy {
                pages.push(next);
            }
            next = after;
        }
        Ok(pages)
    }

    /// Whether a directory is of a smaller copy, and where the next one is.
    fn directory(self, start: u64) -> Option<(bool, u64)> {
        let (count_bytes, entry_bytes, offset_bytes) =
            if self.is_big { (8, 20, 8) } else { (2, 12, 4) };
        let start = usize::try_from(start).ok()?;
        let count = usize::try_from(self.number(start, count_bytes)?).ok()?;
        let entries = start.checked_add(count_bytes)?;
        let end = entries.checked_add(count.checked_mul(entry_bytes)?)?;
        let next = self.number(end, offset_bytes)?;
        let value = if self.is_big { 12 } else { 8 };
        let is_copy = (0..count).map(|at| entries + at * entry_bytes).any(|entry| {
            self.number(entry, 2) == Some(NEW_SUBFILE_TYPE)
                && self.number(entry + value, 4).is_some_and(|kind| kind & 1 == 1)
        });
        Some((is_copy, next))
    }

    fn number(self, at: usize, length: usize) -> Option<u64> {
        let bytes = self.bytes.get(at..at.checked_add(length)?)?;
        let fold = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_little {
            bytes.iter().rev().fold(0, fold)
        } else {
            bytes.iter().fold(0, fold)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_pages_that_comes_back_to_itself_is_refused() {
        let file = b"II*\0\x08\0\0\0\0\0\x08\0\0\0";
        assert!(matches!(Pages::of(file).map(|it| it.count()), Err(PictureError::Pages)));
    }

    #[test]
    fn damaged_files_have_one_page_and_do_no_harm() {
        for file in [
            &b"II*\0"[..],
            b"II*\0\xff\xff\xff\xff",
            b"II+\0\x08\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff",
            b"",
            b"x",
        ] {
            assert_eq!(Pages::of(file).unwrap().count(), 1, "{file:?}");
        }
    }
}
