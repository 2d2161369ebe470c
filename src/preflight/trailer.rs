//! The frame of the file, read byte by byte (ISO 32000-1, 7.5): header, cross-reference tables,
//! trailer. The reading library mends what is broken and does not say so; this says so.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, FromBytes, Number, ObjectIdentifier, Stream, String as PdfString,
};

use super::limits::{XREF_FAULTS_MAX, XREF_SECTIONS_MAX};
use super::read;

/// What the frame says.
#[derive(Default)]
pub(super) struct Frame {
    /// Version in the header, as major and minor number.
    pub(super) version: Option<(u8, u8)>,
    /// The information dictionary's number.
    pub(super) info: Option<ObjectIdentifier>,
    /// Whether there is a file identifier of two strings.
    pub(super) has_id: bool,
    /// Whether the file is encrypted.
    pub(super) encrypted: bool,
    /// Whether a cross-reference stream is used.
    pub(super) has_xref_stream: bool,
    /// What does not fit.
    pub(super) faults: Vec<String>,
}

/// Reads the frame of a file.
pub(super) fn read(bytes: &[u8], pdf: &Pdf) -> Frame {
    let mut frame = Frame { version: header(bytes), ..Frame::default() };
    if frame.version.is_none() {
        frame.fault("the file does not start with %PDF-");
    }
    let end = find_last(bytes, b"startxref");
    let Some(start) = end.and_then(|at| Cursor { bytes, at: at + 9 }.number()) else {
        frame.fault("there is no startxref");
        return frame;
    };
    if find_last(bytes, b"%%EOF") < end {
        frame.fault("the file does not end with %%EOF");
    }
    let mut newest = true;
    let mut seen = HashSet::new();
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        if !seen.insert(at) || seen.len() > XREF_SECTIONS_MAX {
            frame.fault("the cross-reference sections run in a circle");
            break;
        }
        let Some(trailer) = section(bytes, at, pdf, &mut frame) else {
            frame.fault(format!("no cross-reference section at byte {at}"));
            break;
        };
        if newest {
            frame.take(&trailer, pdf);
            newest = false;
        }
        let position = |key| trailer.get::<Number>(key).and_then(whole);
        waiting.extend(["Prev", "XRefStm"].into_iter().filter_map(position));
    }
    frame
}

fn whole(number: Number) -> Option<usize> {
    usize::try_from(number.as_i64()).ok()
}

impl Frame {
    fn fault(&mut self, what: impl Into<String>) {
        if self.faults.len() < XREF_FAULTS_MAX {
            self.faults.push(what.into());
        }
    }

    fn take(&mut self, trailer: &Dict<'_>, pdf: &Pdf) {
        self.info = trailer.get_ref("Info").map(Into::into);
        self.encrypted = trailer.contains_key("Encrypt");
        let count = |id: &Array<'_>| id.iter::<PdfString<'_>>().count();
        let direct = trailer.get::<Array<'_>>("ID").map(|id| count(&id));
        let distant = || {
            let id = trailer.get_ref("ID")?;
            pdf.xref().get::<Array<'_>>(id.into()).map(|id| count(&id))
        };
        self.has_id = direct.or_else(distant) == Some(2);
    }
}

fn header(bytes: &[u8]) -> Option<(u8, u8)> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', major @ b'0'..=b'9', b'.', minor @ b'0'..=b'9', ..] => {
            Some((major - b'0', minor - b'0'))
        }
        _ => None,
    }
}

/// Reads one section, checks its entries, and returns its trailer.
fn section<'a>(bytes: &'a [u8], at: usize, pdf: &'a Pdf, frame: &mut Frame) -> Option<Dict<'a>> {
    let mut cursor = Cursor { bytes, at };
    if cursor.word(b"xref").is_some() {
        table(&mut cursor, frame)?;
        cursor.skip_space();
        return Dict::from_bytes(cursor.rest());
    }
    let number = u32::try_from(cursor.number()?).ok()?;
    let generation = i32::try_from(cursor.number()?).ok()?;
    cursor.word(b"obj")?;
    frame.has_xref_stream = true;
    let id = ObjectIdentifier::new(number, generation);
    let stream = pdf.xref().get::<Stream<'_>>(id)?;
    if !read::is(stream.dict(), "Type", "XRef") {
        return None;
    }
    entries(bytes, &stream, frame)?;
    Some(stream.dict().clone())
}

/// The subsections of a table, up to and with the word `trailer`.
fn table(cursor: &mut Cursor<'_>, frame: &mut Frame) -> Option<()> {
    while cursor.word(b"trailer").is_none() {
        let (first, count) = (cursor.number()?, cursor.number()?);
        cursor.skip_space();
        for offset in 0..count {
            let line = cursor.rest().get(..20)?;
            cursor.at += 20;
            let in_use = line.get(17) == Some(&b'n');
            let position = Cursor { bytes: line, at: 0 }.number()?;
            let generation = Cursor { bytes: line, at: 10 }.number()?;
            let number = first.checked_add(offset)?;
            let at_position = Cursor { bytes: cursor.bytes, at: position };
            if in_use && !at_position.object(number, generation) {
                frame.fault(format!("object {number} is not at byte {position}"));
            }
        }
    }
    Some(())
}

/// The entries of a cross-reference stream (7.5.8): objects in the open are where it says.
fn entries(bytes: &[u8], stream: &Stream<'_>, frame: &mut Frame) -> Option<()> {
    let dict = stream.dict();
    let numbers = |key| {
        let array = dict.get::<Array<'_>>(key)?;
        array.iter::<Number>().map(whole).collect::<Option<Vec<usize>>>()
    };
    let widths = numbers("W")?;
    let &[kind, second, third] = widths.as_slice() else { return None };
    let size = whole(dict.get::<Number>("Size")?)?;
    let index = numbers("Index").unwrap_or_else(|| vec![0, size]);
    let data = read::decode(stream).ok()?;
    let width = kind.checked_add(second)?.checked_add(third)?;
    if width == 0 || width > 24 {
        return None;
    }
    let ids = index.chunks_exact(2).filter_map(|pair| match pair {
        &[first, count] => Some(first..first.checked_add(count)?),
        _ => None,
    });
    for (number, entry) in ids.flatten().zip(data.chunks_exact(width)) {
        let (kind_bytes, rest) = entry.split_at_checked(kind)?;
        let (position, generation) = rest.split_at_checked(second)?;
        let in_the_open = kind == 0 || big_endian(kind_bytes) == 1;
        let (position, generation) = (big_endian(position), big_endian(generation));
        if in_the_open && !(Cursor { bytes, at: position }).object(number, generation) {
            frame.fault(format!("object {number} is not at byte {position}"));
        }
    }
    Some(())
}

fn big_endian(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |value: usize, &byte| value.wrapping_shl(8) | usize::from(byte))
}

fn find_last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

/// A place in bytes.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let space = |byte: &&u8| matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ');
        self.at = self.at.saturating_add(self.rest().iter().take_while(space).count());
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.skip_space();
        self.rest().starts_with(word).then(|| self.at += word.len())
    }

    fn number(&mut self) -> Option<usize> {
        self.skip_space();
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let text = std::str::from_utf8(self.rest().get(..digits)?).ok()?;
        self.at = self.at.saturating_add(digits);
        text.parse().ok()
    }

    /// Whether `number generation obj` stands here, and nothing before it.
    fn object(mut self, number: usize, generation: usize) -> bool {
        let starts = self.rest().first().is_some_and(u8::is_ascii_digit);
        starts
            && self.number() == Some(number)
            && self.number() == Some(generation)
            && self.word(b"obj").is_some()
    }
}
