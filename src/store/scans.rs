//! How often stamps were scanned.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};

use super::stamps::serial_to;
use super::{AnyConnection, Store, StoreError, transaction};
use crate::domain::calendar::Instant;
use crate::domain::serial::Serial;

/// Scans of one stamp, to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scans {
    /// The stamp.
    pub serial: Serial,
    /// How many.
    pub count: u32,
    /// When the first of them was.
    pub first_at: Instant,
    /// When the last of them was.
    pub last_at: Instant,
}

/// Adds scans to the counts. Does not wait for other writers on PostgreSQL: counts only add up.
///
/// # Errors
/// [`StoreError`].
pub fn add(store: &Store, scans: &[Scans]) -> Result<(), StoreError> {
    // One order for all nodes, so that no two wait for each other's rows.
    let mut scans = scans.to_vec();
    scans.sort_unstable_by_key(|scans| scans.serial);
    transaction::concurrent(&mut *store.checkout()?, |connection| {
        scans.iter().try_for_each(|scans| add_one(connection, scans))
    })
}

/// Diesel has no upsert on the combined connection; this statement is good on both.
fn add_one(connection: &mut AnyConnection, scans: &Scans) -> Result<(), StoreError> {
    diesel::sql_query(
        "INSERT INTO scans (serial, scan_count, first_at, last_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (serial) DO UPDATE
         SET scan_count = scans.scan_count + excluded.scan_count,
             first_at = CASE WHEN excluded.first_at < scans.first_at
                        THEN excluded.first_at ELSE scans.first_at END,
             last_at = CASE WHEN excluded.last_at > scans.last_at
                       THEN excluded.last_at ELSE scans.last_at END",
    )
    .bind::<BigInt, _>(serial_to(scans.serial)?)
    .bind::<BigInt, _>(i64::from(scans.count))
    .bind::<Timestamp, _>(scans.first_at.naive_utc())
    .bind::<Timestamp, _>(scans.last_at.naive_utc())
    .execute(connection)?;
    Ok(())
}
