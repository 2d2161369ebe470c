//! Header, objects, cross-reference table and trailer (ISO 32000-1, 7.5).

use std::io::{self, Write};

use pdf_writer::{Chunk, Pdf, Ref, Settings};
use sha2::{Digest, Sha256};

/// A comment of high bytes that marks the file as binary (7.5.2).
const BINARY: &[u8] = b"%\xE2\xE3\xCF\xD3\n";

/// A PDF file on its way out.
pub(crate) struct Document<W> {
    out: W,
    hash: Sha256,
    position: u64,
    /// Where each object starts; the first is object 1. `None` until it is written.
    offsets: Vec<Option<u64>>,
}

/// What a finished file was.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finished {
    /// Its length.
    pub(crate) bytes: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub(crate) sha256: String,
}

impl<W: Write> Document<W> {
    /// Starts a file of PDF 1.`minor`.
    pub(crate) fn new(out: W, minor: u8) -> io::Result<Self> {
        let mut document = Self { out, hash: Sha256::new(), position: 0, offsets: Vec::new() };
        document.put(format!("%PDF-1.{minor}\n").as_bytes())?;
        document.put(BINARY)?;
        Ok(document)
    }

    /// Bytes written so far.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// A number for an object to be written later.
    pub(crate) fn reserve(&mut self) -> Ref {
        self.offsets.push(None);
        Ref::new(i32::try_from(self.offsets.len()).unwrap_or(i32::MAX))
    }

    /// Writes one object under a reserved number.
    pub(crate) fn object(&mut self, id: Ref, fill: impl FnOnce(&mut Chunk)) -> io::Result<()> {
        let mut chunk = Chunk::with_settings(Settings { pretty: false });
        fill(&mut chunk);
        if let Some(offset) = number(id).checked_sub(1).and_then(|i| self.offsets.get_mut(i)) {
            *offset = Some(self.position);
        }
        self.put(chunk.as_bytes())
    }

    /// Writes objects that were made elsewhere under reserved numbers.
    pub(crate) fn objects(&mut self, chunk: &Chunk) -> io::Result<()> {
        // A chunk keeps to itself where its objects start; a file made of it alone tells.
        let mut alone = Pdf::with_settings(Settings { pretty: false, ..Settings::default() });
        let head = u64::try_from(alone.len()).unwrap_or(0);
        alone.extend(chunk);
        for (number, offset) in offsets(&alone.finish()) {
            if let Some(place) = number.checked_sub(1).and_then(|i| self.offsets.get_mut(i)) {
                *place = Some(self.position + offset.saturating_sub(head));
            }
        }
        self.put(chunk.as_bytes())
    }

    /// Writes the cross-reference table and the trailer.
    ///
    /// The file identifier is a hash of all that came before, so it is the same for the same
    /// content and differs for any other (14.4).
    pub(crate) fn finish(mut self, catalog: Ref, info: Ref) -> io::Result<Finished> {
        let start = self.position;
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.offsets.len() + 1);
        for offset in &self.offsets {
            let line = match offset {
                Some(offset) => format!("{offset:010} 00000 n \n"),
                None => "0000000000 65535 f \n".to_owned(),
            };
            table.push_str(&line);
        }
        let id: String = hex(&self.hash.clone().finalize()).chars().take(32).collect();
        self.put(table.as_bytes())?;
        let (size, root, info) = (self.offsets.len() + 1, catalog.get(), info.get());
        let trailer = format!("<</Size {size}/Root {root} 0 R/Info {info} 0 R/ID[<{id}><{id}>]>>");
        self.put(format!("trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(Finished { bytes: self.position, sha256: hex(&self.hash.finalize()) })
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.hash.update(bytes);
        self.position += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }
}

/// Numbers and offsets of the objects in a file with a plain cross-reference table (7.5.4).
fn offsets(file: &[u8]) -> Vec<(usize, u64)> {
    let tail = file.windows(5).rposition(|five| five == b"xref\n".as_slice());
    // The last one is `startxref`; the table stands before it.
    let table = tail.and_then(|end| {
        let before = file.get(..end)?;
        let at = before.windows(5).rposition(|five| five == b"xref\n".as_slice())?;
        file.get(at..)
    });
    let lines = String::from_utf8_lossy(table.unwrap_or_default()).into_owned();
    let mut next = 0;
    let mut found = Vec::new();
    for line in lines.lines().skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [first, _count] => next = first.parse().unwrap_or(0),
            [offset, _generation, kind] => {
                if let (Ok(offset), "n") = (offset.parse(), kind) {
                    found.push((next, offset));
                }
                next += 1;
            }
            _ => break,
        }
    }
    found
}

fn number(id: Ref) -> usize {
    usize::try_from(id.get()).unwrap_or(0)
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> (Vec<u8>, Finished) {
        let mut out = Vec::new();
        let mut document = Document::new(&mut out, 6).unwrap();
        let (catalog, info) = (document.reserve(), document.reserve());
        document.object(info, |chunk| drop(chunk.indirect(info).dict())).unwrap();
        document.object(catalog, |chunk| drop(chunk.indirect(catalog).dict())).unwrap();
        let finished = document.finish(catalog, info).unwrap();
        (out, finished)
    }

    #[test]
    fn every_offset_points_at_its_object_whatever_the_order_of_writing() {
        let (bytes, finished) = small();
        assert_eq!(finished.bytes, u64::try_from(bytes.len()).unwrap());
        let text = |from: usize| String::from_utf8_lossy(&bytes[from..]).into_owned();
        let start: usize = text(0).lines().rev().nth(1).unwrap().parse().unwrap();
        let table = text(start);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[..2], ["xref", "0 3"]);
        for (number, line) in [(1, lines[3]), (2, lines[4])] {
            assert_eq!(line.len() + 1, 20, "a table entry is 20 bytes");
            let offset: usize = line[..10].parse().unwrap();
            assert!(text(offset).starts_with(&format!("{number} 0 obj")));
        }
    }

    #[test]
    fn objects_made_elsewhere_are_found_where_they_are() {
        let mut out = Vec::new();
        let mut document = Document::new(&mut out, 6).unwrap();
        let ids: [Ref; 3] = std::array::from_fn(|_| document.reserve());
        let mut chunk = Chunk::new();
        // Looks like an object, and like a table, inside a stream.
        chunk.stream(ids[1], b"2 0 obj xref\n0 1\n");
        chunk.indirect(ids[0]).primitive(7);
        document.objects(&chunk).unwrap();
        document.object(ids[2], |chunk| drop(chunk.indirect(ids[2]).dict())).unwrap();
        let starts = document.offsets.clone();
        document.finish(ids[2], ids[2]).unwrap();
        for (number, start) in (1..).zip(starts) {
            let start = usize::try_from(start.unwrap()).unwrap();
            assert!(out[start..].starts_with(format!("{number} 0 obj").as_bytes()));
        }
    }

    #[test]
    fn the_checksum_is_of_the_bytes_that_went_out() {
        let (bytes, finished) = small();
        assert_eq!(finished.sha256, hex(&Sha256::digest(&bytes)));
    }
}
