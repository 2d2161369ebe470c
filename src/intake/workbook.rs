//! XLSX workbooks, unpacked with care before they are read, and read as people see them.

mod areas;
mod changing;
mod colours;
mod conditional;
mod looks;
mod merges;
mod parts;
mod references;
mod shown;
mod unpack;

use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx};

use super::account::NotRead;
use super::error::{IntakeError, TooLarge};
use super::limits;
use super::problem::ProblemKind;
use super::table::{Cell, CellKind, Room, Table};
use crate::domain::calendar::Day;
use changing::Changing;
use colours::Ink;
use conditional::Conditional;
use looks::Looks;
use parts::Parts;

/// Day numbers of date cells that can be dates: 1900-03-01 to 2199-12-31. The days before are those
/// on which spreadsheets count a 29/02/1900.
const DAY_NUMBERS: std::ops::Range<f64> = 61.0..109_575.0;

/// A sheet as it is in the file.
pub(super) struct SheetRead {
    pub(super) name: String,
    pub(super) content: Result<Table, NotRead>,
}

/// Reads every sheet that people see.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<SheetRead>, IntakeError> {
    let plain = unpack::unpack(bytes)?;
    // The parser's arithmetic on cell places overflows on places no spreadsheet has; builds that
    // check for it panic there.
    catch_unwind(|| read_plain(&plain))
        .unwrap_or_else(|_| Err(unreadable("a cell has an impossible place")))
}

fn read_plain(plain: &[u8]) -> Result<Vec<SheetRead>, IntakeError> {
    let mut book = Xlsx::new(Cursor::new(plain)).map_err(unreadable)?;
    let mut parts = Parts::open(plain)?;
    let sheets = book.sheets_metadata().to_vec();
    if sheets.len() > limits::SHEETS {
        return Err(TooLarge::Sheets.into());
    }
    let mut room = Room::default();
    let changing = parts.changing()?;
    let read = sheets.into_iter().zip(0..).map(|(sheet, at)| {
        let content = if sheet.visible != SheetVisible::Visible {
            Err(NotRead::Hidden)
        } else if sheet.typ != SheetType::WorkSheet {
            Err(NotRead::NoCells)
        } else {
            let seen = Seen { at, looks: parts.looks(at)?, conditional: parts.conditional(at)? };
            Ok(read_sheet(&mut book, &sheet.name, (seen, &changing), &mut room)?)
        };
        Ok(SheetRead { name: sheet.name, content })
    });
    read.collect()
}

/// What is known of a sheet besides the values of its cells.
struct Seen {
    /// Its place in the workbook.
    at: u32,
    looks: Looks,
    conditional: Conditional,
}

fn read_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    (mut seen, changing): (Seen, &Changing),
    room: &mut Room,
) -> Result<Table, IntakeError> {
    let is_1904 = book.has_1904_epoch();
    let mut table = Table::default();
    let mut cells = book.worksheet_cells_reader(name).map_err(unreadable)?;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
        let at = cell.get_position();
        let style = cells.styles().get(style);
        let changes = changing.has(seen.at, at);
        let doubt = seen.looks.doubt(at);
        let doubt = doubt.or(changes.then_some(ProblemKind::ChangingFormula));
        match read_cell(cell.get_value(), Shown::of(style), is_1904) {
            Some(read) => {
                let read = seen.doubted(read, (at, doubt), (cell.get_value(), style), is_1904)?;
                push(&mut table, room, at, read)?;
            }
            // Nothing to see, but something is meant.
            None => {
                if let Some(doubt) = doubt.filter(|doubt| *doubt == ProblemKind::NoValue) {
                    push(&mut table, room, at, formula(doubt))?;
                }
            }
        }
    }
    drop(cells);
    for row in table.rows_mut() {
        row.unseen = seen.looks.unseen(row.number - 1);
    }
    table.doubt_columns();
    merges::fill(book, name, &mut table, room)?;
    Ok(table)
}

impl Seen {
    /// A cell with what makes it doubtful, besides what is known already.
    fn doubted(
        &mut self,
        mut cell: Cell,
        (at, doubt): ((u32, u32), Option<ProblemKind>),
        (value, style): (&DataRef<'_>, Option<&Style>),
        is_1904: bool,
    ) -> Result<Cell, TooLarge> {
        let is_struck = style.and_then(|it| it.font.as_ref()).is_some_and(|it| it.strikethrough);
        cell.struck = is_struck || self.looks.is_struck(at);
        let struck = cell.struck.then_some(ProblemKind::StruckOut);
        let (ink, parts) = (Ink::of(style), self.looks.colours(at));
        let unseen = (!ink.is_seen(parts)).then_some(ProblemKind::ShownOtherwise);
        let plain = read_cell(value, Shown::of(style), is_1904);
        let is_same = |code: &str, builtin| {
            // In a format of no date a day is a number.
            let is_number = matches!(value, DataRef::DateTime(_)) && !shown::is_date(code);
            let shown = Shown { code: if is_number { "0" } else { code }, builtin };
            read_cell(value, shown, is_1904) == plain
        };
        let may_change = self.conditional.at(at)?.may_change((ink, parts), is_same);
        let conditional = may_change.then_some(ProblemKind::ConditionalFormat);
        Ok(cell.doubted(doubt.or(struck)).doubted(unseen).doubted(conditional))
    }
}

/// The number format that a value is shown in.
#[derive(Clone, Copy)]
struct Shown<'a> {
    code: &'a str,
    /// Its number, where every program has it.
    builtin: Option<u32>,
}

impl<'a> Shown<'a> {
    fn of(style: Option<&'a Style>) -> Self {
        let format = style.and_then(|style| style.number_format.as_ref());
        let code = format.map_or("General", |format| format.format_code.as_str());
        Self { code, builtin: format.and_then(|format| format.format_id) }
    }
}

fn push(
    table: &mut Table,
    room: &mut Room,
    (row, column): (u32, u32),
    cell: Cell,
) -> Result<(), TooLarge> {
    let column = usize::try_from(column).unwrap_or(usize::MAX);
    table.push(room, (row.saturating_add(1), column), cell)
}

/// A formula without a value.
fn formula(doubt: ProblemKind) -> Cell {
    let kind = CellKind::Text;
    Cell { text: "=…".to_owned(), kind, doubt: Some(doubt), struck: false, from_above: false }
}

fn read_cell(value: &DataRef<'_>, shown: Shown<'_>, is_1904: bool) -> Option<Cell> {
    let Shown { code, builtin } = shown;
    match value {
        DataRef::Empty => None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text_cell(text, code)
        }
        DataRef::SharedString(text) => text_cell(text, code),
        #[expect(
            clippy::as_conversions,
            clippy::cast_precision_loss,
            reason = "shown, not counted"
        )]
        DataRef::Int(number) => number_cell(*number as f64, code, is_1904),
        DataRef::Float(number) => number_cell(*number, code, is_1904),
        DataRef::Bool(is) => Cell::new(if *is { "TRUE" } else { "FALSE" }, CellKind::Truth),
        DataRef::Error(error) => Cell::new(&error.to_string(), CellKind::Error),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            let number = date.as_f64() + if is_1904 { 1462.0 } else { 0.0 };
            let day = Day::from_ymd_opt(year.into(), month.into(), day.into());
            let day = day.filter(|_| date.is_datetime() && DAY_NUMBERS.contains(&number));
            let Some(day) = day else {
                let cell = Cell::new(&date.as_f64().to_string(), CellKind::Number(None));
                return cell.map(|cell| cell.doubted(Some(ProblemKind::ShownOtherwise)));
            };
            let clear = shown::is_clear_date(day, code, builtin);
            Some(Cell::day(day).doubted((!clear).then_some(ProblemKind::ShownOtherwise)))
        }
    }
}

/// A text as its format shows it.
fn text_cell(text: &str, code: &str) -> Option<Cell> {
    match shown::text(text, code) {
        Some(shown) => Cell::text(&shown),
        None => Cell::text(text).map(|cell| cell.doubted(Some(ProblemKind::ShownOtherwise))),
    }
}

/// A number as its format shows it. In workbooks that count days from 1904 a bare number is no day:
/// it would be taken for one of four years before.
fn number_cell(number: f64, code: &str, is_1904: bool) -> Option<Cell> {
    let days = format!("{number}").parse().ok().filter(|_| !is_1904);
    let (text, doubt) = match shown::number(number, code) {
        Some(text) => (text, None),
        None => (format!("{number}"), Some(ProblemKind::ShownOtherwise)),
    };
    Cell::new(&text, CellKind::Number(days)).map(|cell| cell.doubted(doubt))
}

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> IntakeError {
    IntakeError::Workbook(error.into())
}
