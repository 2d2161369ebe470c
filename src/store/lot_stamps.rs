//! The stamps on goods of a lot: which serials they are, on which sheets they were printed, and how
//! often they were scanned.

use diesel::dsl::{count_star, exists, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::batches::{number_from, number_to};
use super::schema::{scans, sheet_runs as runs, stamps};
use super::stamps::{serial_from, serial_to};
use super::{AnyConnection, StoreError};
use crate::domain::ids::LotId;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::Printing;
use crate::domain::stamp::StampState;

/// Runs of serials, and sheets, that are told at most for a batch.
pub const LINES_MAX: usize = 100;
/// Stamps that are looked through at most for a lot, in the order of their serials; and runs of their
/// sheets.
pub const ROWS_MAX: u32 = 100_000;

/// Stamps of a batch on goods of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotStamps {
    /// The batch.
    pub batch: BatchNumber,
    /// How many there are.
    pub stamps: u64,
    /// How many of them were looked through, from the lot's first stamp on.
    pub read: u64,
    /// How many of these were ever scanned.
    pub scanned: u64,
    /// How often, all together.
    pub scans: u64,
    /// Those that follow each other in the batch.
    pub runs: Vec<LotRun>,
    /// The recorded sheets that they are on, printing by printing.
    pub sheets: Vec<LotSheet>,
    /// Whether there is more than is told.
    pub has_more: bool,
}

/// Stamps on goods of a lot that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotRun {
    /// The first.
    pub first: Serial,
    /// The last.
    pub last: Serial,
    /// How many.
    pub stamps: u64,
    /// How often they were scanned.
    pub scans: u64,
}

/// A sheet with stamps on goods of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotSheet {
    /// How it was printed.
    pub printing: Printing,
    /// Its number.
    pub number: u32,
    /// How many of its stamps are on goods of the lot.
    pub stamps: u64,
    /// How often these were scanned.
    pub scans: u64,
}

/// How many activated stamps are on goods of a lot, batch by batch.
///
/// # Errors
/// [`StoreError`].
pub fn counts(
    connection: &mut AnyConnection,
    lot: LotId,
) -> Result<Vec<(BatchNumber, u64)>, StoreError> {
    let batch = || sql::<BigInt>(&format!("(serial >> {})", Serial::ITEM_BITS));
    let rows: Vec<(i64, i64)> = stamps::table
        .filter(stamps::lot_id.eq(lot.0))
        .filter(stamps::state.eq(StampState::Activated.number()))
        .group_by(batch())
        .order(batch())
        .select((batch(), count_star()))
        .load(connection)?;
    let counted = rows.into_iter().map(|(number, stamps)| {
        let number = i32::try_from(number).or(Err(StoreError::Corrupt("batch number")))?;
        Ok((number_from(number)?, count(stamps)?))
    });
    counted.collect()
}

/// The activated stamps on goods of a lot, batch by batch: the first `rows_max` of all batches are looked
/// through.
///
/// # Errors
/// [`StoreError`].
pub fn of_lot(
    connection: &mut AnyConnection,
    lot: LotId,
    rows_max: u32,
) -> Result<Vec<LotStamps>, StoreError> {
    let counts = counts(connection, lot)?;
    let rows = rows(connection, lot, rows_max)?;
    let mut sheets_left = i64::from(rows_max);
    let mut found = Vec::new();
    for (batch, stamps) in counts {
        let from = rows.partition_point(|row| row.serial.batch() < batch);
        let to = rows.partition_point(|row| row.serial.batch() <= batch);
        let on_it = rows.get(from..to).unwrap_or_default();
        let mut runs = follow(on_it);
        let (mut sheets, all_sheets) = sheets(connection, lot, on_it, &mut sheets_left)?;
        let is_all = all_sheets && on_it.len() as u64 == stamps;
        let has_more = !is_all || runs.len() > LINES_MAX || sheets.len() > LINES_MAX;
        runs.truncate(LINES_MAX);
        sheets.truncate(LINES_MAX);
        found.push(LotStamps {
            batch,
            stamps,
            read: on_it.len() as u64,
            scanned: on_it.iter().filter(|row| row.scans > 0).count() as u64,
            scans: on_it.iter().map(|row| row.scans).sum(),
            runs,
            sheets,
            has_more,
        });
    }
    Ok(found)
}

/// Stamps in the order of their serials, by runs in which each follows the other in its batch.
fn follow(on_it: &[Row]) -> Vec<LotRun> {
    let mut runs: Vec<LotRun> = Vec::new();
    let mut next = None;
    for row in on_it {
        match runs.last_mut().filter(|_| next == Some(row.serial)) {
            Some(run) => {
                run.last = row.serial;
                run.stamps += 1;
                run.scans += row.scans;
            }
            None => runs.push(LotRun {
                first: row.serial,
                last: row.serial,
                stamps: 1,
                scans: row.scans,
            }),
        }
        next = row.next;
    }
    runs
}

/// A stamp on goods of the lot.
struct Row {
    serial: Serial,
    /// The stamp that comes after it in the register, on whichever goods.
    next: Option<Serial>,
    /// How often it was scanned.
    scans: u64,
}

/// The first stamps of a lot. Each is looked up by the index on the lot and so is the one after it: what
/// lies between them costs nothing.
fn rows(connection: &mut AnyConnection, lot: LotId, rows_max: u32) -> Result<Vec<Row>, StoreError> {
    let later = diesel::alias!(stamps as later);
    let serial = later.field(stamps::serial);
    let next = later.filter(serial.gt(stamps::serial)).order(serial.asc()).select(serial);
    let rows: Vec<(i64, Option<i64>, Option<i64>)> = stamps::table
        .left_join(scans::table.on(scans::serial.eq(stamps::serial)))
        .filter(stamps::lot_id.eq(lot.0))
        .filter(stamps::state.eq(StampState::Activated.number()))
        .order(stamps::serial)
        .limit(rows_max.into())
        .select((stamps::serial, next.single_value(), scans::scan_count.nullable()))
        .load(connection)?;
    let row = |(serial, next, scans): (i64, Option<i64>, Option<i64>)| {
        Ok(Row {
            serial: serial_from(serial)?,
            next: next.map(serial_from).transpose()?,
            scans: count(scans.unwrap_or_default())?,
        })
    };
    rows.into_iter().map(row).collect()
}

/// The recorded sheets that have some of these stamps of a batch, which are in order, each with how often
/// it was scanned; and whether those are all. Of runs of sheets, so many as are `left` are looked through.
fn sheets(
    connection: &mut AnyConnection,
    lot: LotId,
    on_it: &[Row],
    left: &mut i64,
) -> Result<(Vec<LotSheet>, bool), StoreError> {
    let Some((first, last)) = on_it.first().zip(on_it.last()) else { return Ok((vec![], true)) };
    let (batch, first, last) =
        (first.serial.batch(), serial_to(first.serial)?, serial_to(last.serial)?);
    // Only runs with stamps of the lot count: its stamps may lie far apart.
    let of_lot = stamps::table
        .filter(stamps::lot_id.eq(lot.0))
        .filter(stamps::serial.between(runs::first_serial, runs::last_serial));
    let rows: Vec<(String, String, i32, i64, i64)> = runs::table
        .filter(runs::batch_number.eq(number_to(batch)?))
        .filter(runs::first_serial.le(last).and(runs::last_serial.ge(first)))
        .filter(exists(of_lot))
        .order((runs::layout, runs::design, runs::number, runs::run))
        .limit(*left)
        .select((runs::layout, runs::design, runs::number, runs::first_serial, runs::last_serial))
        .load(connection)?;
    *left -= i64::try_from(rows.len()).unwrap_or(*left);
    let mut sheets: Vec<LotSheet> = Vec::new();
    for (layout, design, number, first, last) in rows {
        let (first, last) = (serial_from(first)?, serial_from(last)?);
        let from = on_it.partition_point(|row| row.serial < first);
        let to = on_it.partition_point(|row| row.serial <= last);
        let here = on_it.get(from..to).unwrap_or_default();
        if here.is_empty() {
            continue;
        }
        let (stamps, scans) = (here.len() as u64, here.iter().map(|row| row.scans).sum::<u64>());
        let printing = Printing { layout, design };
        let number = u32::try_from(number).or(Err(StoreError::Corrupt("sheet")))?;
        match sheets.last_mut().filter(|it| it.number == number && it.printing == printing) {
            Some(sheet) => {
                sheet.stamps += stamps;
                sheet.scans += scans;
            }
            None => sheets.push(LotSheet { printing, number, stamps, scans }),
        }
    }
    // With none left, it is unknown whether there were more.
    Ok((sheets, *left > 0))
}

fn count(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).or(Err(StoreError::Corrupt("scans")))
}
