//! The directories of a TIFF (TIFF 6.0, section 2; BigTIFF): where its pages are, and their pixels.

use super::{FileError, PICTURES_MAX};

/// `NewSubfileType`: bit 0 marks a smaller copy of another page (section 8).
const NEW_SUBFILE_TYPE: u64 = 254;
/// Where the pieces of a page are and how long they are: strips, and tiles (sections 8 and 15).
const PIECES: [(u64, u64); 2] = [(273, 279), (324, 325)];

#[derive(Clone, Copy, Debug)]
pub(super) struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
    /// With offsets of eight bytes.
    is_big: bool,
}

/// A directory: where its entries are, how many, and where the next directory is.
#[derive(Clone, Copy)]
struct Directory {
    entries: usize,
    count: usize,
    next: u64,
}

/// Numbers of an entry.
struct Numbers {
    count: usize,
    bytes: usize,
    at: usize,
}

impl<'a> Tiff<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (is_little, is_big) = match bytes.get(..4)? {
            [b'I', b'I', 42, 0] => (true, false),
            [b'M', b'M', 0, 42] => (false, false),
            [b'I', b'I', 43, 0] => (true, true),
            [b'M', b'M', 0, 43] => (false, true),
            _ => return None,
        };
        Some(Self { bytes, is_little, is_big })
    }

    /// Where the directories of the pages are, without those of smaller copies. Each leads to the next
    /// and to all of its pixels, or the file is not whole.
    pub(super) fn pages(self) -> Result<Vec<u64>, FileError> {
        let mut next = self.first_start().filter(|&start| start != 0).ok_or(FileError::CutOff)?;
        let (mut seen, mut pages) = (Vec::new(), Vec::new());
        while next != 0 {
            // A chain that comes back to itself never ends.
            if seen.contains(&next) || seen.len() >= PICTURES_MAX {
                return Err(FileError::TooMany);
            }
            seen.push(next);
            let directory = self.directory(next).ok_or(FileError::CutOff)?;
            self.has_pixels(directory).ok_or(FileError::CutOff)?;
            let kind = self.field(directory, NEW_SUBFILE_TYPE);
            let kind = kind.and_then(|kind| self.item(&kind, 0)).unwrap_or_default();
            if kind & 1 == 0 {
                pages.push(next);
            }
            next = directory.next;
        }
        Ok(pages)
    }

    /// The file with another directory as its first.
    pub(super) fn with_first(self, start: u64) -> Vec<u8> {
        let bytes = if self.is_little { start.to_le_bytes() } else { start.to_be_bytes() };
        let start = match (self.is_big, self.is_little) {
            (true, _) => bytes.as_slice(),
            (false, true) => bytes.get(..4).unwrap_or_default(),
            (false, false) => bytes.get(4..).unwrap_or_default(),
        };
        let (place, length) = self.first();
        let mut file = self.bytes.to_vec();
        if let Some(place) = file.get_mut(place..place + length) {
            place.copy_from_slice(start);
        }
        file
    }

    /// The bytes of an entry of the first directory: how many, and where.
    pub(super) fn first_field(self, tag: u64) -> Option<(usize, usize)> {
        let field = self.field(self.directory(self.first_start()?)?, tag)?;
        Some((field.count.checked_mul(field.bytes)?, field.at))
    }

    pub(super) fn number(self, at: usize, length: usize) -> Option<u64> {
        let bytes = self.bytes.get(at..at.checked_add(length)?)?;
        let fold = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_little {
            bytes.iter().rev().fold(0, fold)
        } else {
            bytes.iter().fold(0, fold)
        })
    }

    /// Where the offset of the first directory stands, and its bytes.
    fn first(self) -> (usize, usize) {
        if self.is_big { (8, 8) } else { (4, 4) }
    }

    fn first_start(self) -> Option<u64> {
        let (at, length) = self.first();
        self.number(at, length)
    }

    /// A directory: it has one entry at least.
    fn directory(self, start: u64) -> Option<Directory> {
        let (count_bytes, offset_bytes) = if self.is_big { (8, 8) } else { (2, 4) };
        let start = usize::try_from(start).ok()?;
        let count = usize::try_from(self.number(start, count_bytes)?).ok().filter(|&it| it > 0)?;
        let entries = start.checked_add(count_bytes)?;
        let end = entries.checked_add(count.checked_mul(self.entry_bytes())?)?;
        Some(Directory { entries, count, next: self.number(end, offset_bytes)? })
    }

    fn entry_bytes(self) -> usize {
        if self.is_big { 20 } else { 12 }
    }

    fn field(self, directory: Directory, tag: u64) -> Option<Numbers> {
        let mut places = (0..directory.count).map(|at| directory.entries + at * self.entry_bytes());
        let entry = places.find(|&at| self.number(at, 2) == Some(tag))?;
        let bytes = match self.number(entry + 2, 2)? {
            3 => 2,
            4 | 13 => 4,
            16..=18 => 8,
            _ => 1,
        };
        let (count_bytes, room) = if self.is_big { (8, 8) } else { (4, 4) };
        let count = usize::try_from(self.number(entry + 4, count_bytes)?).ok()?;
        let value = entry + 4 + count_bytes;
        let at = if count.checked_mul(bytes)? <= room {
            value
        } else {
            usize::try_from(self.number(value, room)?).ok()?
        };
        Some(Numbers { count, bytes, at })
    }

    fn item(self, numbers: &Numbers, index: usize) -> Option<u64> {
        let at = numbers.at.checked_add(index.checked_mul(numbers.bytes)?)?;
        (index < numbers.count).then(|| self.number(at, numbers.bytes)).flatten()
    }

    /// Whether every strip and tile of a page lies in the file.
    fn has_pixels(self, directory: Directory) -> Option<()> {
        for (places, lengths) in PIECES {
            let places = self.field(directory, places).zip(self.field(directory, lengths));
            let Some((places, lengths)) = places else { continue };
            for index in 0..places.count.min(lengths.count) {
                let end = self.item(&places, index)?.checked_add(self.item(&lengths, index)?)?;
                self.bytes.get(..usize::try_from(end).ok()?)?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pictures;
    use super::*;

    #[test]
    fn a_chain_of_pages_that_comes_back_to_itself_is_refused() {
        let file = b"II*\0\x08\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0";
        assert_eq!(Pictures::of(file).unwrap_err(), FileError::TooMany);
    }

    #[test]
    fn a_file_whose_first_page_is_not_there_is_not_whole() {
        for file in [
            &b"II*\0"[..],
            b"II*\0\0\0\0\0",
            b"II*\0\xff\xff\xff\xff",
            b"II*\0\x08\0\0\0\0\0\0\0\0\0",
            b"II+\0\x08\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff",
        ] {
            assert_eq!(Pictures::of(file).unwrap_err(), FileError::CutOff, "{file:?}");
        }
    }

    #[test]
    fn what_is_no_picture_counts_as_one() {
        for file in [&b""[..], b"x", b"%PDF-1.7", b"II"] {
            assert_eq!(Pictures::of(file).unwrap().count(), 1, "{file:?}");
        }
    }
}
