//! How often stamps were scanned, day by day.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::batches::number_to;
use super::connection::directly;
use super::scans::Scans;
use super::schema::{batches, print_jobs as jobs, products, scan_days as days};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Day;
use crate::domain::role::Organisation;

/// Scans of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayScans {
    /// How many.
    pub scans: u64,
    /// How many of them were answered with a concern.
    pub warnings: u64,
}

/// Scans of an organisation's stamps from one day to another, where there were any.
///
/// # Errors
/// [`StoreError`].
pub fn between(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    (from, to): (Day, Day),
) -> Result<BTreeMap<Day, DayScans>, StoreError> {
    let mut found = days::table
        .inner_join(batches::table.inner_join(products::table))
        .left_join(jobs::table.on(jobs::batch_number.eq(days::batch_number)))
        .filter(days::day.between(from, to))
        .select((days::day, days::scans, days::warnings))
        .into_boxed();
    found = match seen_by {
        Organisation::Office => found,
        Organisation::Producer(id) => found.filter(products::producer_id.eq(id.0)),
        Organisation::PrintShop(id) => found.filter(jobs::shop_id.eq(id.0)),
    };
    let rows: Vec<(Day, i64, i64)> = found.load(connection)?;
    let mut all: BTreeMap<Day, DayScans> = BTreeMap::new();
    for (day, scans, warnings) in rows {
        let sum = all.entry(day).or_default();
        sum.scans += count(scans)?;
        sum.warnings += count(warnings)?;
    }
    Ok(all)
}

#[derive(Insertable)]
#[diesel(table_name = days, treat_none_as_default_value = false)]
struct Row {
    day: Day,
    batch_number: i32,
    scans: i64,
    warnings: i64,
}

/// Adds scans to their days, in one order for all nodes, so that no two wait for each other's rows.
pub(super) fn add(connection: &mut AnyConnection, seen: &[Scans]) -> Result<(), StoreError> {
    let mut sums: BTreeMap<(Day, i32), (i64, i64)> = BTreeMap::new();
    for scans in seen {
        let key = (scans.day(), number_to(scans.serial.batch())?);
        let sum = sums.entry(key).or_default();
        sum.0 += i64::from(scans.count);
        sum.1 += i64::from(scans.warnings);
    }
    let row = |((day, batch_number), (scans, warnings))| Row { day, batch_number, scans, warnings };
    let rows: Vec<Row> = sums.into_iter().map(row).collect();
    let (scans, warnings) = (days::scans, days::warnings);
    let sum = (scans.eq(scans + excluded(scans)), warnings.eq(warnings + excluded(warnings)));
    let insert = diesel::insert_into(days::table).values(rows);
    let upsert = insert.on_conflict((days::day, days::batch_number)).do_update().set(sum);
    directly!(connection, own => upsert.execute(own))?;
    Ok(())
}

fn count(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).or(Err(StoreError::Corrupt("scans")))
}
