//! CSV files as spreadsheets write them.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};

use super::column::Column;
use super::error::{IntakeError, TooLarge};
use super::heading::Headings;
use super::limits::ROWS_ABOVE_HEADINGS;
use super::quotes;
use super::table::{Cell, Room, Table};
use crate::vietnamese::legacy;

/// What spreadsheets put between values: `;` where the comma is the decimal sign, as in Việt Nam.
const DELIMITERS: [u8; 4] = *b";,\t|";

/// Reads a CSV file with the delimiter under which most headings are known.
pub(super) fn read(bytes: &[u8], wanted: &[Column]) -> Result<Table, IntakeError> {
    let text = decode(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let known = |delimiter| {
        let top = read_rows(text, delimiter, ROWS_ABOVE_HEADINGS).unwrap_or_default();
        Headings::find(&top, None, wanted).map_or(0, |headings| headings.known())
    };
    // The first of equals: `max_by_key` would take the last.
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(|delimiter| known(*delimiter));
    let delimiter = delimiter.unwrap_or(b';');
    quotes::check(text.as_bytes(), delimiter)?;
    let mut table = read_rows(text, delimiter, usize::MAX)?;
    table.doubt_columns();
    Ok(table)
}

/// The text of a file: UTF-8, or UTF-16 as spreadsheets save “Unicode text”.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, IntakeError> {
    let units = match bytes {
        [0xff, 0xfe, rest @ ..] => Some(units(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(units(rest, u16::from_be_bytes)),
        // Headings begin with a Latin letter, so every other byte is zero.
        [b'\t'..=b'z', 0, ..] => Some(units(bytes, u16::from_le_bytes)),
        [0, b'\t'..=b'z', ..] => Some(units(bytes, u16::from_be_bytes)),
        _ => None,
    };
    if let Some(units) = units {
        let refused = || IntakeError::NotUtf8 { line: 1, encoding: None };
        return String::from_utf16(&units).map(Cow::Owned).map_err(|_other| refused());
    }
    str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| IntakeError::NotUtf8 {
        line: breaks(bytes.get(..error.valid_up_to()).unwrap_or_default()) + 1,
        encoding: legacy::encoding_of(bytes),
    })
}

/// An odd byte at the end is half of something: it becomes what no text has.
fn units(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u16> {
    let pair = |pair: &[u8]| match *pair {
        [first, second] => unit([first, second]),
        _ => 0xdc00,
    };
    bytes.chunks(2).map(pair).collect()
}

fn read_rows(text: &str, delimiter: u8, at_most: usize) -> Result<Table, TooLarge> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let (mut table, mut room) = (Table::default(), Room::default());
    let mut numbers = RowNumbers::new(text);
    let mut record = ByteRecord::new();
    // Reading from memory, with records of any length, has no other error than the end.
    for _ in 0..at_most {
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            break;
        }
        let number = numbers.next(&record);
        for (column, field) in record.iter().enumerate() {
            if let Some(cell) = Cell::text(&String::from_utf8_lossy(field)) {
                table.push(&mut room, (number, column), cell)?;
            }
        }
    }
    Ok(table)
}

/// Counts rows as a spreadsheet does: empty lines count, line breaks inside quotes do not.
struct RowNumbers<'a> {
    text: &'a [u8],
    counted_to: usize,
    lines: usize,
    inside: usize,
}

impl<'a> RowNumbers<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), counted_to: 0, lines: 0, inside: 0 }
    }

    /// The number of a record, which must be the one after the last.
    fn next(&mut self, record: &ByteRecord) -> u32 {
        // The position of a record is before the empty lines above it.
        let at = record.position().map_or(0, csv::Position::byte);
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let above = self.text.get(at..).unwrap_or_default();
        let empty = above.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = self.text.get(self.counted_to..at + empty).unwrap_or_default();
        self.lines += breaks(passed);
        self.counted_to = at + empty;
        let row = self.lines.saturating_sub(self.inside) + 1;
        self.inside += record.iter().map(breaks).sum::<usize>();
        u32::try_from(row).unwrap_or(u32::MAX)
    }
}

/// Line breaks: LF, CR LF, or CR as old Macs wrote it.
pub(super) fn breaks(bytes: &[u8]) -> usize {
    let pairs = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    bytes.iter().filter(|b| matches!(b, b'\r' | b'\n')).count() - pairs
}

#[cfg(test)]
mod tests {
    use super::super::ANNEX_COLUMNS;
    use super::*;
    use crate::vietnamese::legacy::Encoding;
    use crate::vietnamese::nfc;

    fn rows(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let table = read(bytes, &ANNEX_COLUMNS).unwrap();
        let texts = |row: &super::super::table::Row| {
            row.cells.iter().map(|(_, cell)| cell.text.clone()).collect()
        };
        table.rows().iter().map(|row| (row.number, texts(row))).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_that_parts_the_headings() {
        for (delimiter, other) in [(";", ","), (",", ";"), ("\t", ","), ("|", ";")] {
            let text = format!(
                "Chủ thể{delimiter}Sản phẩm\r\nHTX A{delimiter}\"Rau{other} củ{delimiter} quả\"\r\n"
            );
            let read = rows(text.as_bytes());
            assert_eq!(
                read[1],
                (2, vec!["HTX A".into(), nfc(&format!("Rau{other} củ{delimiter} quả"))])
            );
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let text = "\u{feff}Phụ lục\n\n\nChủ thể;Sản phẩm\n\"HTX\nA\";Rau\n;\nHTX B;Củ";
        let numbers =
            |text: &str| rows(text.as_bytes()).iter().map(|(n, _)| *n).collect::<Vec<_>>();
        assert_eq!(numbers(text), [1, 4, 5, 7]);
        assert_eq!(numbers(&text.replace('\n', "\r\n")), [1, 4, 5, 7]);
        assert_eq!(numbers(&text.replace('\n', "\r")), [1, 4, 5, 7]);
    }

    #[test]
    fn another_encoding_is_refused_with_its_line_and_its_name() {
        let error = read(b"Chu the;San pham\nHTX;Rau\nHTX \xd0\xf4\xcci;x", &ANNEX_COLUMNS);
        let encoding = Some(Encoding::Windows1258);
        let Err(IntakeError::NotUtf8 { line: 3, encoding: found }) = error else {
            panic!("{error:?}")
        };
        assert_eq!(found, encoding);
        let cut = read(b"\xff\xfeC\0h", &ANNEX_COLUMNS);
        assert!(matches!(cut, Err(IntakeError::NotUtf8 { line: 1, .. })), "{cut:?}");
    }

    #[test]
    fn text_in_utf16_is_read_with_and_without_a_mark() {
        let text = "Chủ thể\tSản phẩm\r\nHTX A\tRau\r\n";
        let bytes = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(unit).collect()
        };
        let marked = format!("\u{feff}{text}");
        for file in [
            bytes(&marked, u16::to_le_bytes),
            bytes(&marked, u16::to_be_bytes),
            bytes(text, u16::to_le_bytes),
            bytes(text, u16::to_be_bytes),
        ] {
            assert_eq!(rows(&file)[1], (2, vec!["HTX A".to_owned(), "Rau".to_owned()]));
        }
    }
}
