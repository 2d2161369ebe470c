//! Printed sheets: which stamps each carries.

use diesel::prelude::*;

use super::schema::sheets;
use super::stamps::{serial_from, serial_to};
use super::{AnyConnection, StoreError};
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Sheet;

/// Records the sheets of a batch in a layout. Sheets that are there already stay: the same batch in
/// the same layout always gives the same.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    layout: &str,
    all: &[Sheet],
) -> Result<(), StoreError> {
    let known: i64 = sheets::table
        .filter(sheets::batch_number.eq(number_to(batch.get())?))
        .filter(sheets::layout.eq(layout))
        .count()
        .get_result(connection)?;
    if known > 0 {
        return Ok(());
    }
    for sheet in all {
        diesel::insert_into(sheets::table)
            .values((
                sheets::batch_number.eq(number_to(batch.get())?),
                sheets::layout.eq(layout),
                sheets::number.eq(number_to(sheet.number)?),
                sheets::first_serial.eq(serial_to(sheet.first)?),
                sheets::last_serial.eq(serial_to(sheet.last)?),
                sheets::stamps.eq(number_to(sheet.stamps)?),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// A sheet of a batch in a layout.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    layout: &str,
    number: u32,
) -> Result<Option<Sheet>, StoreError> {
    let row: Option<(i64, i64, i32)> = sheets::table
        .find((number_to(batch.get())?, layout, number_to(number)?))
        .select((sheets::first_serial, sheets::last_serial, sheets::stamps))
        .first(connection)
        .optional()?;
    row.map(|(first, last, stamps)| {
        let stamps = u32::try_from(stamps).or(Err(StoreError::Corrupt("sheet")))?;
        Ok(Sheet { number, first: serial_from(first)?, last: serial_from(last)?, stamps })
    })
    .transpose()
}

fn number_to(number: u32) -> Result<i32, StoreError> {
    i32::try_from(number).or(Err(StoreError::Corrupt("number")))
}
