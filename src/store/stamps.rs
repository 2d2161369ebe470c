//! Stamps: codes with their signatures, and where each stamp stands.

use std::ops::RangeInclusive;

use diesel::prelude::*;

use super::connection::directly;
use super::schema::stamps;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::LotId;
use crate::domain::serial::Serial;
use crate::domain::stamp::{SignatureBytes, StampMove, StampState, Tally};

/// Rows of one insert. Longer statements are no faster.
const ROWS_MAX: usize = 500;

/// Stores codes, newly issued.
///
/// # Errors
/// [`StoreError::Duplicate`] where a serial is there already.
pub fn insert(
    connection: &mut AnyConnection,
    serials: &[Serial],
    signatures: &[SignatureBytes],
) -> Result<(), StoreError> {
    let state = StampState::Issued.number();
    for (serials, signatures) in serials.chunks(ROWS_MAX).zip(signatures.chunks(ROWS_MAX)) {
        let rows = serials
            .iter()
            .zip(signatures)
            .map(|(serial, signature)| {
                Ok(NewRow { serial: serial_to(*serial)?, signature: signature.as_slice(), state })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let insert = diesel::insert_into(stamps::table).values(rows);
        directly!(connection, own => insert.execute(own))?;
    }
    Ok(())
}

/// Codes of a range in order, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn page(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    limit: i64,
) -> Result<Vec<(Serial, SignatureBytes)>, StoreError> {
    let rows: Vec<(i64, Vec<u8>)> = stamps::table
        .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
        .order(stamps::serial)
        .limit(limit)
        .select((stamps::serial, stamps::signature))
        .load(connection)?;
    rows.into_iter()
        .map(|(serial, signature)| Ok((serial_from(serial)?, signature_from(&signature)?)))
        .collect()
}

/// Serials of a range that were issued, in order.
///
/// # Errors
/// [`StoreError`].
pub fn serials(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
) -> Result<Vec<Serial>, StoreError> {
    let rows: Vec<i64> = stamps::table
        .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
        .order(stamps::serial)
        .select(stamps::serial)
        .load(connection)?;
    rows.into_iter().map(serial_from).collect()
}

/// How many stamps of a range stand where.
///
/// # Errors
/// [`StoreError`].
pub fn tally(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
) -> Result<Tally, StoreError> {
    let rows: Vec<(i16, i64)> = stamps::table
        .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
        .group_by(stamps::state)
        .select((stamps::state, diesel::dsl::count_star()))
        .load(connection)?;
    let mut tally = Tally::default();
    for (state, count) in rows {
        let state = StampState::from_number(state).ok_or(StoreError::Corrupt("stamp state"))?;
        tally.add(state, u64::try_from(count).or(Err(StoreError::Corrupt("count")))?);
    }
    Ok(tally)
}

/// How many stamps of a range are on goods of a lot.
///
/// # Errors
/// [`StoreError`].
pub fn on_lot(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    lot: LotId,
) -> Result<u64, StoreError> {
    let count: i64 = stamps::table
        .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
        .filter(stamps::lot_id.eq(lot.0))
        .filter(stamps::state.eq(StampState::Activated.number()))
        .count()
        .get_result(connection)?;
    u64::try_from(count).or(Err(StoreError::Corrupt("count")))
}

/// Moves those stamps of a range that the move may start from; returns how many.
///
/// # Errors
/// [`StoreError`].
pub fn apply(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    step: StampMove,
) -> Result<usize, StoreError> {
    let from: Vec<i16> = step.starts_from().iter().map(|state| state.number()).collect();
    let moved = diesel::update(
        stamps::table
            .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
            .filter(stamps::state.eq_any(from)),
    )
    .set(stamps::state.eq(step.leads_to().number()))
    .execute(connection)?;
    Ok(moved)
}

/// Puts those stamps of a range that may be activated onto a lot; returns how many.
///
/// # Errors
/// [`StoreError`].
pub fn activate(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    lot: LotId,
    at: Instant,
) -> Result<usize, StoreError> {
    let from: Vec<i16> =
        StampMove::Activate.starts_from().iter().map(|state| state.number()).collect();
    let moved = diesel::update(
        stamps::table
            .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
            .filter(stamps::state.eq_any(from)),
    )
    .set((
        stamps::state.eq(StampState::Activated.number()),
        stamps::lot_id.eq(lot.0),
        stamps::activated_at.eq(at.naive_utc()),
    ))
    .execute(connection)?;
    Ok(moved)
}

#[derive(Insertable)]
#[diesel(table_name = stamps, treat_none_as_default_value = false)]
struct NewRow<'a> {
    serial: i64,
    signature: &'a [u8],
    state: i16,
}

pub(super) fn serial_to(serial: Serial) -> Result<i64, StoreError> {
    i64::try_from(serial.bits()).or(Err(StoreError::Corrupt("serial")))
}

pub(super) fn serial_from(stored: i64) -> Result<Serial, StoreError> {
    u64::try_from(stored).ok().and_then(Serial::new).ok_or(StoreError::Corrupt("serial"))
}

pub(super) fn signature_from(stored: &[u8]) -> Result<SignatureBytes, StoreError> {
    stored.try_into().or(Err(StoreError::Corrupt("signature")))
}
