//! The stamps on goods of a lot: which serials they are, on which sheets they were printed, and how
//! often they were scanned.

use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::schema::{batches, scans, sheet_runs as runs, stamps};
use super::stamps::{on_lot, serial_from, serial_to};
use super::{AnyConnection, StoreError};
use crate::domain::ids::LotId;
use crate::domain::lot::Lot;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::Printing;
use crate::domain::stamp::StampState;

/// Runs of serials, and sheets, that are told at most for a batch.
pub const LINES_MAX: usize = 100;
/// Stamps that are looked through at most for a batch, from the lot's first; and runs of its sheets.
const ROWS_MAX: i64 = 100_000;

/// Stamps of a batch on goods of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotStamps {
    /// The batch.
    pub batch: BatchNumber,
    /// How many there are.
    pub stamps: u64,
    /// How many of those that were looked through were ever scanned.
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

/// The activated stamps on goods of a lot, batch by batch.
///
/// # Errors
/// [`StoreError`].
pub fn of_lot(connection: &mut AnyConnection, lot: &Lot) -> Result<Vec<LotStamps>, StoreError> {
    let numbers: Vec<i32> = batches::table
        .filter(batches::product_id.eq(lot.details.product.0))
        .order(batches::number)
        .select(batches::number)
        .load(connection)?;
    let mut found = Vec::new();
    for number in numbers {
        found.extend(of_batch(connection, lot.id, number_from(number)?)?);
    }
    Ok(found)
}

fn of_batch(
    connection: &mut AnyConnection,
    lot: LotId,
    batch: BatchNumber,
) -> Result<Option<LotStamps>, StoreError> {
    let stamps = on_lot(connection, &batch.serials(), lot)?;
    let Some(ends) = ends(connection, lot, batch)?.filter(|_| stamps > 0) else { return Ok(None) };
    let rows = rows(connection, ends)?;
    let mut on_it: Vec<(i64, u64)> = Vec::new();
    let mut runs: Vec<LotRun> = Vec::new();
    let mut follows = false;
    for (number, lot_id, state, scans) in &rows {
        let is_on_it = *lot_id == Some(lot.0) && *state == StampState::Activated.number();
        if is_on_it {
            let (serial, scans) = (serial_from(*number)?, count(scans.unwrap_or_default())?);
            on_it.push((*number, scans));
            match runs.last_mut().filter(|_| follows) {
                Some(run) => run.add(serial, scans),
                None => runs.push(LotRun { first: serial, last: serial, stamps: 1, scans }),
            }
        }
        follows = is_on_it;
    }
    let mut sheets = sheets(connection, batch, ends, &on_it)?;
    let has_more =
        runs.len() > LINES_MAX || sheets.len() > LINES_MAX || on_it.len() as u64 != stamps;
    runs.truncate(LINES_MAX);
    sheets.truncate(LINES_MAX);
    Ok(Some(LotStamps {
        batch,
        stamps,
        scanned: on_it.iter().filter(|(_, scans)| *scans > 0).count() as u64,
        scans: on_it.iter().map(|(_, scans)| scans).sum(),
        runs,
        sheets,
        has_more,
    }))
}

impl LotRun {
    fn add(&mut self, serial: Serial, scans: u64) {
        self.last = serial;
        self.stamps += 1;
        self.scans += scans;
    }
}

/// First and last serial of a batch on goods of a lot.
fn ends(
    connection: &mut AnyConnection,
    lot: LotId,
    batch: BatchNumber,
) -> Result<Option<(i64, i64)>, StoreError> {
    let all = batch.serials();
    let on_it = stamps::table
        .filter(stamps::lot_id.eq(lot.0))
        .filter(stamps::serial.between(serial_to(*all.start())?, serial_to(*all.end())?))
        .select(stamps::serial);
    let first: Option<i64> = on_it.order(stamps::serial.asc()).first(connection).optional()?;
    let last: Option<i64> = on_it.order(stamps::serial.desc()).first(connection).optional()?;
    Ok(first.zip(last))
}

/// A stamp: its serial, its lot, its state, and how often it was scanned.
type Row = (i64, Option<i64>, i16, Option<i64>);

fn rows(connection: &mut AnyConnection, (first, last): (i64, i64)) -> Result<Vec<Row>, StoreError> {
    let rows = stamps::table
        .left_join(scans::table.on(scans::serial.eq(stamps::serial)))
        .filter(stamps::serial.between(first, last))
        .order(stamps::serial)
        .limit(ROWS_MAX)
        .select((stamps::serial, stamps::lot_id, stamps::state, scans::scan_count.nullable()));
    Ok(rows.load(connection)?)
}

/// The recorded sheets that have some of these stamps, which are in order; each with how often it was
/// scanned.
fn sheets(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    (first, last): (i64, i64),
    on_it: &[(i64, u64)],
) -> Result<Vec<LotSheet>, StoreError> {
    let rows: Vec<(String, String, i32, i64, i64)> = runs::table
        .filter(runs::batch_number.eq(number_to(batch)?))
        .filter(runs::first_serial.le(last).and(runs::last_serial.ge(first)))
        .order((runs::layout, runs::design, runs::number, runs::run))
        .limit(ROWS_MAX)
        .select((runs::layout, runs::design, runs::number, runs::first_serial, runs::last_serial))
        .load(connection)?;
    let mut sheets: Vec<LotSheet> = Vec::new();
    for (layout, design, number, first, last) in rows {
        let from = on_it.partition_point(|(serial, _)| *serial < first);
        let to = on_it.partition_point(|(serial, _)| *serial <= last);
        let here = on_it.get(from..to).unwrap_or_default();
        if here.is_empty() {
            continue;
        }
        let (stamps, scans) = (here.len() as u64, here.iter().map(|(_, scans)| scans).sum::<u64>());
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
    Ok(sheets)
}

fn count(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).or(Err(StoreError::Corrupt("scans")))
}
