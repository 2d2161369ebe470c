//! XLSX workbooks, unpacked with care before they are read.

use std::io::{Cursor, Read, Write};
use std::panic::catch_unwind;

use calamine::{DataRef, Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::error::{IntakeError, TooLarge};
use super::heading::{Column, Headings};
use super::limits;
use super::table::{Cell, CellKind, Table};
use crate::domain::calendar::Day;

/// Parts that hold nothing of a table.
const UNREAD: [&str; 6] =
    ["docprops/", "customxml/", "xl/theme/", "xl/drawings/", "xl/media/", "xl/charts/"];

/// Day numbers of date cells that can be dates: 1900-03-01 to 2199-12-31. The days before are those
/// on which spreadsheets count a 29/02/1900.
const DAY_NUMBERS: std::ops::Range<f64> = 61.0..109_575.0;

/// Reads the first sheet that has headings, or else the first one.
pub(super) fn read(bytes: &[u8], wanted: &[Column]) -> Result<Table, IntakeError> {
    let plain = unpack(bytes)?;
    // The parser's arithmetic on cell places overflows on places no spreadsheet has; builds that
    // check for it panic there.
    catch_unwind(|| read_plain(&plain, wanted))
        .unwrap_or_else(|_| Err(unreadable("a cell has an impossible place")))
}

fn read_plain(plain: &[u8], wanted: &[Column]) -> Result<Table, IntakeError> {
    let mut book = Xlsx::new(Cursor::new(plain)).map_err(unreadable)?;
    let mut first = None;
    for name in book.sheet_names().into_iter().take(limits::SHEETS) {
        let table = read_sheet(&mut book, &name)?;
        if Headings::find(&table, wanted).is_some() {
            return Ok(table);
        }
        first = first.or_else(|| (!table.rows().is_empty()).then_some(table));
    }
    first.ok_or(IntakeError::Empty)
}

/// The workbook again, not compressed and without the parts nobody reads.
///
/// The parser believes what a workbook says about itself: it unpacks parts of any size and makes
/// room for as many strings as are announced. So every part is unpacked here, up to a limit that
/// counts real bytes, and what the parser could be misled by is defused.
fn unpack(bytes: &[u8]) -> Result<Vec<u8>, IntakeError> {
    let mut packed = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if packed.len() > limits::WORKBOOK_PARTS {
        return Err(TooLarge::Unpacked.into());
    }
    let mut room = limits::UNPACKED_BYTES;
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..packed.len() {
        let part = packed.by_index(at).map_err(unreadable)?;
        let name = part.name().map_err(unreadable)?.to_string();
        if !is_read(&name) {
            continue;
        }
        let mut xml = Vec::new();
        part.take(room + 1).read_to_end(&mut xml).map_err(unreadable)?;
        room = u64::try_from(xml.len())
            .ok()
            .and_then(|length| room.checked_sub(length))
            .ok_or(TooLarge::Unpacked)?;
        defuse(&name, &mut xml)?;
        plain.start_file(name, stored).map_err(unreadable)?;
        plain.write_all(&xml).map_err(unreadable)?;
    }
    Ok(plain.finish().map_err(unreadable)?.into_inner())
}

fn is_read(name: &str) -> bool {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    let is_xml = matches!(name.rsplit_once('.'), Some((_, "xml" | "rels")));
    is_xml && !UNREAD.iter().any(|folder| name.starts_with(folder))
}

/// Takes out what would make the parser ask for memory that the file does not justify.
fn defuse(name: &str, xml: &mut [u8]) -> Result<(), IntakeError> {
    // Also a sign of UTF-16, in which the searches below would find nothing.
    if xml.iter().any(|b| *b < b' ' && !matches!(b, b'\t' | b'\r' | b'\n')) {
        return Err(unreadable("a part of the workbook is not plain UTF-8 XML"));
    }
    // How many strings follow: the parser makes room for them beforehand.
    rename(xml, b"uniqueCount");
    let is_styles = name.to_ascii_lowercase().ends_with("styles.xml");
    if is_styles && style_product(xml) > limits::STYLE_PRODUCT {
        return Err(TooLarge::Styles.into());
    }
    Ok(())
}

/// Spoils the first letter of a name wherever it stands.
fn rename(xml: &mut [u8], name: &[u8]) {
    let mut rest = xml;
    while let Some(at) = rest.windows(name.len()).position(|window| window == name) {
        let (_, found) = rest.split_at_mut(at);
        let (word, behind) = found.split_at_mut(name.len());
        word.fill(b'x');
        rest = behind;
    }
}

fn style_product(xml: &[u8]) -> usize {
    let tags = xml.split(|b| *b == b'<');
    let (count, longest) =
        tags.fold((0_usize, 0), |(n, longest), tag| (n + 1, tag.len().max(longest)));
    count.saturating_mul(longest)
}

fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Table, IntakeError> {
    let mut table = Table::default();
    // Chart sheets have no cells.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(table) };
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        if let Some(cell) = read_cell(cell.get_value()) {
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            table.push(row.saturating_add(1), column, cell)?;
        }
    }
    Ok(table)
}

fn read_cell(value: &DataRef<'_>) -> Option<Cell> {
    match value {
        DataRef::Empty => None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::text(text)
        }
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Cell::new(&number.to_string(), CellKind::Number),
        DataRef::Float(number) => Cell::new(&number.to_string(), CellKind::Number),
        DataRef::Bool(is) => Cell::text(if *is { "TRUE" } else { "FALSE" }),
        DataRef::Error(error) => Cell::new(&error.to_string(), CellKind::Error),
        DataRef::DateTime(date) if date.is_datetime() && DAY_NUMBERS.contains(&date.as_f64()) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Day::from_ymd_opt(year.into(), month.into(), day.into()).map(Cell::day)
        }
        DataRef::DateTime(date) => Cell::new(&date.as_f64().to_string(), CellKind::Number),
    }
}

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> IntakeError {
    IntakeError::Workbook(error.into())
}
