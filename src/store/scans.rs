//! How often stamps were scanned.

use chrono::NaiveDateTime;
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::upsert::excluded;

use super::connection::directly;
use super::schema::scans;
use super::stamps::serial_to;
use super::{AnyConnection, Store, StoreError, scan_days};
use crate::domain::calendar::{Day, Instant, vietnam_day};
use crate::domain::serial::Serial;

/// Scans of one stamp on one day, to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scans {
    /// The stamp.
    pub serial: Serial,
    /// How many.
    pub count: u32,
    /// How many of them were answered with a concern.
    pub warnings: u32,
    /// When the first of them was.
    pub first_at: Instant,
    /// When the last of them was.
    pub last_at: Instant,
}

/// Adds scans to the counts; a stamp may be among them once a day. Does not wait for other writers on
/// PostgreSQL: counts only add up.
///
/// # Errors
/// [`StoreError`].
pub fn add(store: &Store, scans: &[Scans]) -> Result<(), StoreError> {
    // One order for all nodes, so that no two wait for each other's rows.
    let mut scans = scans.to_vec();
    scans.sort_unstable_by_key(|scans| (scans.day(), scans.serial));
    store.add_up(|connection| {
        let days = scans.chunk_by(|one, other| one.day() == other.day());
        for some in days.flat_map(|day| day.chunks(ROWS_MAX)) {
            add_some(connection, some)?;
        }
        scan_days::add(connection, &scans)
    })
}

impl Scans {
    /// The day they are counted on.
    pub(super) fn day(&self) -> Day {
        vietnam_day(self.last_at)
    }
}

/// Rows of one insert. Diesel writes an upsert anew each time, so that one of one row would cost more
/// than the look-up it counts.
const ROWS_MAX: usize = 500;

#[derive(Insertable)]
#[diesel(table_name = scans, treat_none_as_default_value = false)]
struct Row {
    serial: i64,
    scan_count: i64,
    first_at: NaiveDateTime,
    last_at: NaiveDateTime,
    day_count: i64,
    last_day: Day,
}

/// Adds scans of one day.
fn add_some(connection: &mut AnyConnection, seen: &[Scans]) -> Result<(), StoreError> {
    let row = |seen: &Scans| {
        Ok(Row {
            serial: serial_to(seen.serial)?,
            scan_count: i64::from(seen.count),
            first_at: seen.first_at.naive_utc(),
            last_at: seen.last_at.naive_utc(),
            day_count: 1,
            last_day: seen.day(),
        })
    };
    let rows: Vec<Row> = seen.iter().map(row).collect::<Result<_, StoreError>>()?;
    let (count, first_at, last_at) = (scans::scan_count, scans::first_at, scans::last_at);
    let (days, last_day) = (scans::day_count, scans::last_day);
    let is_new_day = excluded(last_day).gt(last_day);
    let sum = (
        count.eq(count + excluded(count)),
        first_at
            .eq(case_when(excluded(first_at).lt(first_at), excluded(first_at)).otherwise(first_at)),
        last_at.eq(case_when(excluded(last_at).gt(last_at), excluded(last_at)).otherwise(last_at)),
        days.eq(case_when(is_new_day, days + 1_i64).otherwise(days)),
        last_day.eq(case_when(is_new_day, excluded(last_day)).otherwise(last_day)),
    );
    let insert = diesel::insert_into(scans::table).values(rows);
    let upsert = insert.on_conflict(scans::serial).do_update().set(sum);
    directly!(connection, own => upsert.execute(own))?;
    Ok(())
}
