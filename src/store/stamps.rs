//! Stamps: codes with their signatures, and where each stamp stands.

mod moving;

use std::collections::BTreeSet;
use std::ops::{ControlFlow, RangeInclusive};

use diesel::prelude::*;

pub use self::moving::join;

use super::connection::directly;
use super::schema::stamps;
use super::{AnyConnection, StoreError, batch_tallies};
use crate::domain::audit::MovedRun;
use crate::domain::calendar::Instant;
use crate::domain::ids::LotId;
use crate::domain::serial::Serial;
use crate::domain::stamp::{SignatureBytes, StampMove, StampRun, StampState};
use crate::domain::tally::Tally;

/// Rows of one insert. Longer statements are no faster.
const ROWS_MAX: usize = 500;

/// Rows read at a time where all of a batch is looked through.
const PAGE_ROWS: i64 = 20_000;

/// Stores codes of a batch, newly issued.
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
    serials.first().map_or(Ok(()), |first| batch_tallies::recount(connection, first.batch()))
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

/// Those of some serials that were issued.
///
/// # Errors
/// [`StoreError`].
pub fn issued(
    connection: &mut AnyConnection,
    serials: &BTreeSet<Serial>,
) -> Result<BTreeSet<Serial>, StoreError> {
    let serials: Vec<i64> =
        serials.iter().map(|serial| serial_to(*serial)).collect::<Result<_, _>>()?;
    let mut issued = BTreeSet::new();
    for some in serials.chunks(ROWS_MAX) {
        let found = stamps::table.filter(stamps::serial.eq_any(some)).select(stamps::serial);
        for serial in found.load(connection)? {
            issued.insert(serial_from(serial)?);
        }
    }
    Ok(issued)
}

/// First and last serial of a range that were issued; none where none was.
///
/// # Errors
/// [`StoreError`].
pub fn ends(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
) -> Result<Option<(Serial, Serial)>, StoreError> {
    let within = stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?);
    let issued = stamps::table.filter(within).select(stamps::serial);
    let first: Option<i64> = issued.order(stamps::serial.asc()).first(connection).optional()?;
    let last: Option<i64> = issued.order(stamps::serial.desc()).first(connection).optional()?;
    first.zip(last).map(|(first, last)| Ok((serial_from(first)?, serial_from(last)?))).transpose()
}

/// How many stamps of a range stand where.
///
/// # Errors
/// [`StoreError`].
pub fn tally(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
) -> Result<Tally, StoreError> {
    let rows: Vec<(i16, bool, i64)> = stamps::table
        .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
        .group_by((stamps::state, stamps::handed_over))
        .select((stamps::state, stamps::handed_over, diesel::dsl::count_star()))
        .load(connection)?;
    let mut tally = Tally::default();
    for (state, handed_over, count) in rows {
        let count = u64::try_from(count).or(Err(StoreError::Corrupt("count")))?;
        tally.add(state_from(state)?, handed_over, count);
    }
    Ok(tally)
}

/// Stamps of a range that follow each other and stand in the same place, in order, where that is one of
/// the wanted states: at most so many runs, and whether there are more.
///
/// # Errors
/// [`StoreError`].
pub fn runs(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    wanted: &[StampState],
    runs_max: usize,
) -> Result<(Vec<StampRun>, bool), StoreError> {
    let mut runs: Vec<StampRun> = Vec::new();
    let (mut before, mut has_more) = (None, false);
    walk(connection, range, |Standing { serial, state, handed_over, .. }| {
        let place = (state, handed_over);
        let goes_on = before.replace(place) == Some(place);
        if !wanted.contains(&state) {
            return ControlFlow::Continue(());
        }
        if let Some(run) = runs.last_mut().filter(|_| goes_on) {
            run.last = serial;
            run.stamps += 1;
        } else if runs.len() == runs_max {
            has_more = true;
            return ControlFlow::Break(());
        } else {
            let (first, last) = (serial, serial);
            runs.push(StampRun { first, last, state, handed_over, stamps: 1 });
        }
        ControlFlow::Continue(())
    })?;
    Ok((runs, has_more))
}

/// A stamp that is passed on the way through a range.
struct Standing {
    serial: Serial,
    state: StampState,
    handed_over: bool,
    lot: Option<LotId>,
}

/// Visits the stamps of a range in order, a page at a time, until it is told to stop.
fn walk(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    mut visit: impl FnMut(Standing) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let (mut from, end) = (serial_to(*range.start())?, serial_to(*range.end())?);
    loop {
        let page: Vec<(i64, i16, bool, Option<i64>)> = stamps::table
            .filter(stamps::serial.between(from, end))
            .order(stamps::serial)
            .limit(PAGE_ROWS)
            .select((stamps::serial, stamps::state, stamps::handed_over, stamps::lot_id))
            .load(connection)?;
        let Some((last, ..)) = page.last() else { return Ok(()) };
        from = last.saturating_add(1);
        for (serial, state, handed_over, lot) in page {
            let (serial, state) = (serial_from(serial)?, state_from(state)?);
            if visit(Standing { serial, state, handed_over, lot: lot.map(LotId) }).is_break() {
                return Ok(());
            }
        }
    }
}

/// What a move found, and what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Where the stamps stood before.
    pub before: Tally,
    /// How many were moved.
    pub moved: u64,
    /// Which were moved: the longest runs of them that came from one state and are on goods of one lot.
    pub runs: Vec<MovedRun>,
}

/// Moves those stamps of a range within one batch that the move may start from. Stamps are put on
/// goods by [`activate`].
///
/// # Errors
/// [`StoreError`].
pub fn apply(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    step: StampMove,
) -> Result<Applied, StoreError> {
    let before = tally(connection, range)?;
    let runs = moving::runs(connection, range, (step, None), &before)?;
    let movable = stamps::table
        .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
        .filter(stamps::state.eq_any(numbers(step)));
    let state = stamps::state.eq(step.leads_to().number());
    let moved = if step == StampMove::HandOver {
        diesel::update(movable).set((state, stamps::handed_over.eq(true))).execute(connection)?
    } else {
        diesel::update(movable).set(state).execute(connection)?
    };
    batch_tallies::shift(connection, range.start().batch(), &before, step)?;
    Ok(Applied { before, moved: moved as u64, runs })
}

/// Puts those stamps of a range within one batch that may be activated onto a lot.
///
/// # Errors
/// [`StoreError`].
pub fn activate(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    lot: LotId,
    at: Instant,
) -> Result<Applied, StoreError> {
    let before = tally(connection, range)?;
    let step = (StampMove::Activate, Some(lot));
    let runs = moving::runs(connection, range, step, &before)?;
    let moved = diesel::update(
        stamps::table
            .filter(stamps::serial.between(serial_to(*range.start())?, serial_to(*range.end())?))
            .filter(stamps::state.eq_any(numbers(StampMove::Activate))),
    )
    .set((
        stamps::state.eq(StampState::Activated.number()),
        stamps::lot_id.eq(lot.0),
        stamps::activated_at.eq(at.naive_utc()),
    ))
    .execute(connection)?;
    batch_tallies::shift(connection, range.start().batch(), &before, StampMove::Activate)?;
    Ok(Applied { before, moved: moved as u64, runs })
}

fn numbers(step: StampMove) -> Vec<i16> {
    step.starts_from().iter().map(|state| state.number()).collect()
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

pub(super) fn state_from(stored: i16) -> Result<StampState, StoreError> {
    StampState::from_number(stored).ok_or(StoreError::Corrupt("stamp state"))
}
