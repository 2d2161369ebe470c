//! ZPL II, the language of label printers: pictures as compressed hexadecimal, and the commands
//! around them (Zebra, Programming Guide for ZPL II, `^GF`, `~DG` and "Alternative Data Compression
//! Scheme").

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::bitmap::Bitmap;
use super::pdf::document::hex;

/// Letters that stand for 1 to 19 and for 20, 40, … 400 repetitions.
const ONES: &[u8; 19] = b"GHIJKLMNOPQRSTUVWXY";
const TWENTIES: &[u8; 20] = b"ghijklmnopqrstuvwxyz";
const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
/// Most repetitions that one pair of letters says.
const REPEATED_MAX: usize = 419;

/// Stores a picture in the printer's memory; it is lost when the printer is switched off.
pub(crate) fn store(out: &mut impl Write, name: &str, picture: &Bitmap) -> io::Result<()> {
    let (total, row) = (picture.bytes().len(), picture.row_bytes());
    write!(out, "~DGR:{name}.GRF,{total},{row},")?;
    out.write_all(&compressed(picture))?;
    out.write_all(b"\n")
}

/// Takes a stored picture out of the printer's memory.
pub(crate) fn forget(out: &mut impl Write, name: &str) -> io::Result<()> {
    writeln!(out, "^XA^IDR:{name}.GRF^FS^XZ")
}

/// Prints a stored picture, its upper left corner at a place.
pub(crate) fn recall(out: &mut impl Write, name: &str, (x, y): (i32, i32)) -> io::Result<()> {
    writeln!(out, "^FO{x},{y}^XGR:{name}.GRF,1,1^FS")
}

/// Prints a picture, its upper left corner at a place.
pub(crate) fn picture(
    out: &mut impl Write,
    picture: &Bitmap,
    (x, y): (i32, i32),
) -> io::Result<()> {
    let (total, row) = (picture.bytes().len(), picture.row_bytes());
    write!(out, "^FO{x},{y}^GFA,{total},{total},{row},")?;
    out.write_all(&compressed(picture))?;
    out.write_all(b"^FS\n")
}

/// An output whose bytes are counted and hashed.
pub(crate) struct Counted<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Counted<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), bytes: 0 }
    }

    /// Bytes written so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Length and SHA-256 of what was written, in lower-case hexadecimal.
    pub(crate) fn finish(mut self) -> io::Result<(u64, String)> {
        self.out.flush()?;
        Ok((self.bytes, hex(&self.hash.finalize())))
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += u64::try_from(written).unwrap_or(u64::MAX);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The rows in compressed hexadecimal.
fn compressed(picture: &Bitmap) -> Vec<u8> {
    let mut text = Vec::new();
    let mut before: Option<&[u8]> = None;
    for row in picture.rows() {
        if before == Some(row) {
            text.push(b':');
        } else {
            compress_row(row, &mut text);
        }
        before = Some(row);
    }
    text
}

fn compress_row(row: &[u8], text: &mut Vec<u8>) {
    let digits: Vec<u8> = row.iter().flat_map(|byte| [byte >> 4, byte & 15]).collect();
    let mut runs = digits.chunk_by(|a, b| a == b).peekable();
    while let Some(run) = runs.next() {
        let value = run.first().copied().unwrap_or(0);
        match (value, runs.peek().is_none()) {
            (0, true) => text.push(b','),
            (15, true) => text.push(b'!'),
            _ => repeat(value, run.len(), text),
        }
    }
}

/// Writes a digit so many times.
fn repeat(value: u8, times: usize, text: &mut Vec<u8>) {
    let letter = |letters: &'static [u8], number: usize| {
        number.checked_sub(1).and_then(|index| letters.get(index)).copied()
    };
    let digit = DIGITS.get(usize::from(value)).copied().unwrap_or(b'0');
    let mut rest = times;
    while rest > 0 {
        let now = rest.min(REPEATED_MAX);
        if now > 1 {
            text.extend(letter(TWENTIES, now / 20));
            text.extend(letter(ONES, now % 20));
        }
        text.push(digit);
        rest -= now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(hex: &str) -> String {
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
        let mut text = Vec::new();
        compress_row(&bytes, &mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn rows_are_compressed_as_the_programming_guide_says() {
        assert_eq!(row("0000"), ",");
        assert_eq!(row("FFFF"), "!");
        assert_eq!(row("1000"), "1,");
        assert_eq!(row("0012"), "H012");
        assert_eq!(row(&"6B".repeat(2)), "6B6B");
        // The guide's own: M6 is 6666666, hB is B forty times, and the two add up.
        assert_eq!(row("66666661"), "M61");
        assert_eq!(row(&("B".repeat(47) + "1")), "hMB1");
        assert_eq!(row(&("6".repeat(439) + "1")), "zY6g61");
    }
}
