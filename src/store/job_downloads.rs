//! Files that print shops fetched.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::number_to;
use super::schema::job_downloads as downloads;
use super::{AnyConnection, StoreError};
use crate::domain::act::{Act, Done};
use crate::domain::print_job::Download;
use crate::domain::serial::BatchNumber;

/// Notes that a file is fetched.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    download: &Download,
    act: Act<'_>,
) -> Result<(), StoreError> {
    let stored = |(first, last)| Ok::<_, StoreError>((sheet_to(first)?, sheet_to(last)?));
    let sheets = download.sheets.map(stored).transpose()?;
    diesel::insert_into(downloads::table)
        .values((
            downloads::batch_number.eq(number_to(batch)?),
            downloads::file.eq(&download.file),
            downloads::first_sheet.eq(sheets.map(|(first, _)| first)),
            downloads::last_sheet.eq(sheets.map(|(_, last)| last)),
            downloads::downloaded_by.eq(act.by),
            downloads::downloaded_at.eq(act.at.naive_utc()),
        ))
        .execute(connection)?;
    Ok(())
}

/// What was fetched for a batch, by whom, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<(Download, Done)>, StoreError> {
    let rows: Vec<Row> = downloads::table
        .filter(downloads::batch_number.eq(number_to(batch)?))
        .order(downloads::id)
        .select((
            downloads::file,
            downloads::first_sheet,
            downloads::last_sheet,
            downloads::downloaded_by,
            downloads::downloaded_at,
        ))
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

type Row = (String, Option<i32>, Option<i32>, String, NaiveDateTime);

fn from_row((file, first, last, by, at): Row) -> Result<(Download, Done), StoreError> {
    let read = |(first, last)| Ok::<_, StoreError>((sheet_from(first)?, sheet_from(last)?));
    let sheets = first.zip(last).map(read).transpose()?;
    Ok((Download { file, sheets }, Done { by, at: at.and_utc() }))
}

fn sheet_to(sheet: u32) -> Result<i32, StoreError> {
    i32::try_from(sheet).or(Err(StoreError::Corrupt("sheet")))
}

fn sheet_from(stored: i32) -> Result<u32, StoreError> {
    u32::try_from(stored).or(Err(StoreError::Corrupt("sheet")))
}
