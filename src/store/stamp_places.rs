//! Where stamps stand, one by one or in runs: what an act on some of them asks before it moves any.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use diesel::prelude::*;

use super::hand_overs::Awaited;
use super::schema::stamps;
use super::stamps::{serial_from, serial_to, signature_from, state_from};
use super::{AnyConnection, StoreError};
use crate::domain::ids::LotId;
use crate::domain::serial::Serial;
use crate::domain::stamp::{Place, SignatureBytes};

/// Rows read at a time.
const PAGE_ROWS: i64 = 20_000;
/// Serials asked for at a time.
const SERIALS_MAX: usize = 500;

/// Stamps that follow each other and stand in the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceRun {
    /// First serial.
    pub first: Serial,
    /// Last serial.
    pub last: Serial,
    /// How many.
    pub stamps: u32,
    /// Where they stand.
    pub place: Place,
}

type Row = (i64, i16, bool, Option<i64>);

/// All stamps of a range, in runs that are as long as can be.
///
/// # Errors
/// [`StoreError`].
pub fn runs(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    awaited: &Awaited,
) -> Result<Vec<PlaceRun>, StoreError> {
    let mut runs: Vec<PlaceRun> = Vec::new();
    let (mut from, end) = (serial_to(*range.start())?, serial_to(*range.end())?);
    loop {
        let page: Vec<Row> = stamps::table
            .filter(stamps::serial.between(from, end))
            .order(stamps::serial)
            .limit(PAGE_ROWS)
            .select((stamps::serial, stamps::state, stamps::handed_over, stamps::lot_id))
            .load(connection)?;
        let Some((last, ..)) = page.last() else { return Ok(runs) };
        from = last.saturating_add(1);
        for row in page {
            let (serial, place) = placed(row, awaited)?;
            match runs.last_mut().filter(|run| run.place == place) {
                Some(run) => {
                    run.last = serial;
                    run.stamps = run.stamps.saturating_add(1);
                }
                None => runs.push(PlaceRun { first: serial, last: serial, stamps: 1, place }),
            }
        }
    }
}

/// Where single stamps stand, each with its signature; those that were never issued are not among them.
///
/// # Errors
/// [`StoreError`].
pub fn of(
    connection: &mut AnyConnection,
    serials: &[Serial],
    awaited: &Awaited,
) -> Result<BTreeMap<Serial, (SignatureBytes, Place)>, StoreError> {
    let mut found = BTreeMap::new();
    for part in serials.chunks(SERIALS_MAX) {
        let wanted = part.iter().map(|it| serial_to(*it)).collect::<Result<Vec<_>, _>>()?;
        let rows: Vec<(Vec<u8>, Row)> = stamps::table
            .filter(stamps::serial.eq_any(wanted))
            .select((
                stamps::signature,
                (stamps::serial, stamps::state, stamps::handed_over, stamps::lot_id),
            ))
            .load(connection)?;
        for (signature, row) in rows {
            let (serial, place) = placed(row, awaited)?;
            found.insert(serial, (signature_from(&signature)?, place));
        }
    }
    Ok(found)
}

fn placed(
    (serial, state, handed_over, lot): Row,
    awaited: &Awaited,
) -> Result<(Serial, Place), StoreError> {
    let serial = serial_from(serial)?;
    let is_awaited = handed_over && awaited.has(serial);
    let place = Place { state: state_from(state)?, handed_over, is_awaited, lot: lot.map(LotId) };
    Ok((serial, place))
}
