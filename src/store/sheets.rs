//! Printed sheets: which stamps each carries.

use diesel::prelude::*;

use super::connection::directly;
use super::schema::sheet_runs as runs;
use super::stamps::{serial_from, serial_to};
use super::{AnyConnection, StoreError};
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::{Printing, SerialRun, Sheet};

/// Rows of one insert. Longer statements are no faster.
const ROWS_MAX: usize = 500;

/// The rows of a printing.
macro_rules! of_printing {
    ($batch:expr, $printing:expr) => {
        runs::table
            .filter(runs::batch_number.eq(number_to($batch.get())?))
            .filter(runs::layout.eq(&$printing.layout))
            .filter(runs::design.eq(&$printing.design))
    };
}

/// Records the sheets of a printing. Printed again they must be the same: `false`, and nothing is
/// changed, where other sheets are recorded.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    printing: &Printing,
    all: &[Sheet],
) -> Result<bool, StoreError> {
    let rows = rows(batch, printing, all)?;
    let known: i64 = of_printing!(batch, printing).count().get_result(connection)?;
    if known > 0 {
        let same = i64::try_from(rows.len()).is_ok_and(|rows| rows == known);
        let ends = [all.first(), all.last()].into_iter().flatten();
        for sheet in ends.take_while(|_| same) {
            if find(connection, batch, printing, sheet.number)?.as_ref() != Some(sheet) {
                return Ok(false);
            }
        }
        return Ok(same);
    }
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<Row<'_>> = rows.by_ref().take(ROWS_MAX).collect();
        let insert = diesel::insert_into(runs::table).values(some);
        directly!(connection, own => insert.execute(own))?;
    }
    Ok(true)
}

/// How the recorded sheets of a batch were printed, and how many each printing has.
///
/// # Errors
/// [`StoreError`].
pub fn printings(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<(Printing, u32)>, StoreError> {
    let rows: Vec<(String, String, Option<i32>)> = runs::table
        .filter(runs::batch_number.eq(number_to(batch.get())?))
        .group_by((runs::layout, runs::design))
        .order((runs::layout, runs::design))
        .select((runs::layout, runs::design, diesel::dsl::max(runs::number)))
        .load(connection)?;
    let printing = |(layout, design, sheets): (String, String, Option<i32>)| {
        let sheets = sheets.and_then(|it| u32::try_from(it).ok());
        Ok((Printing { layout, design }, sheets.ok_or(StoreError::Corrupt("sheet"))?))
    };
    rows.into_iter().map(printing).collect()
}

/// A sheet of a printing.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    printing: &Printing,
    number: u32,
) -> Result<Option<Sheet>, StoreError> {
    let rows: Vec<(i64, i64, i32)> = of_printing!(batch, printing)
        .filter(runs::number.eq(number_to(number)?))
        .order(runs::run)
        .select((runs::first_serial, runs::last_serial, runs::stamps))
        .load(connection)?;
    let run = |(first, last, stamps): (i64, i64, i32)| {
        let stamps = u32::try_from(stamps).or(Err(StoreError::Corrupt("sheet")))?;
        Ok(SerialRun { first: serial_from(first)?, last: serial_from(last)?, stamps })
    };
    let runs: Vec<SerialRun> = rows.into_iter().map(run).collect::<Result<_, StoreError>>()?;
    Ok((!runs.is_empty()).then_some(Sheet { number, runs }))
}

#[derive(Insertable)]
#[diesel(table_name = runs, treat_none_as_default_value = false)]
struct Row<'a> {
    batch_number: i32,
    layout: &'a str,
    design: &'a str,
    number: i32,
    run: i32,
    first_serial: i64,
    last_serial: i64,
    stamps: i32,
}

fn rows<'a>(
    batch: BatchNumber,
    printing: &'a Printing,
    all: &[Sheet],
) -> Result<Vec<Row<'a>>, StoreError> {
    let batch_number = number_to(batch.get())?;
    let mut rows = Vec::new();
    for sheet in all {
        for (run, serials) in (1..).zip(&sheet.runs) {
            rows.push(Row {
                batch_number,
                layout: &printing.layout,
                design: &printing.design,
                number: number_to(sheet.number)?,
                run,
                first_serial: serial_to(serials.first)?,
                last_serial: serial_to(serials.last)?,
                stamps: number_to(serials.stamps)?,
            });
        }
    }
    Ok(rows)
}

fn number_to(number: u32) -> Result<i32, StoreError> {
    i32::try_from(number).or(Err(StoreError::Corrupt("number")))
}
