//! Hand-overs of stamps, and what producers said of them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::connection::directly;
use super::print_jobs::{done, stamps_from, stamps_to};
use super::schema::{hand_over_runs, hand_overs};
use super::stamps::{serial_from, serial_to};
use super::{AnyConnection, StoreError};
use crate::domain::act::{Act, Done};
use crate::domain::calendar::Day;
use crate::domain::ids::HandOverId;
use crate::domain::print_job::{HandOver, Minutes, Receipt};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::SerialRun;

/// Rows of one insert. Longer statements are no faster.
const ROWS_MAX: usize = 500;

/// Enters a hand-over of these stamps.
///
/// # Errors
/// [`StoreError::Duplicate`] where the batch has minutes of that number.
pub fn insert(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    minutes: &Minutes,
    runs: &[SerialRun],
    act: Act<'_>,
) -> Result<HandOver, StoreError> {
    let moved = runs.iter().map(|run| u64::from(run.stamps)).sum();
    let stated = minutes.stated.unwrap_or(moved);
    let id = diesel::insert_into(hand_overs::table)
        .values((
            hand_overs::batch_number.eq(number_to(batch)?),
            hand_overs::minutes.eq(&minutes.number),
            hand_overs::handed_on.eq(minutes.handed_on),
            hand_overs::stated.eq(stamps_to(stated)?),
            hand_overs::moved.eq(stamps_to(moved)?),
            hand_overs::handed_by.eq(act.by),
            hand_overs::handed_at.eq(act.at.naive_utc()),
        ))
        .returning(hand_overs::id)
        .get_result(connection)?;
    insert_runs(connection, id, runs)?;
    Ok(HandOver {
        id: HandOverId(id),
        batch,
        minutes: minutes.number.clone(),
        handed_on: minutes.handed_on,
        stated,
        moved,
        done: act.done(),
        receipt: None,
    })
}

fn insert_runs(
    connection: &mut AnyConnection,
    id: i64,
    runs: &[SerialRun],
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(runs.len());
    for (number, run) in (1..).zip(runs) {
        rows.push((
            hand_over_runs::hand_over_id.eq(id),
            hand_over_runs::run.eq::<i32>(number),
            hand_over_runs::first_serial.eq(serial_to(run.first)?),
            hand_over_runs::last_serial.eq(serial_to(run.last)?),
            hand_over_runs::stamps.eq(stamps_to(run.stamps.into())?),
        ));
    }
    for rows in rows.chunks(ROWS_MAX) {
        let insert = diesel::insert_into(hand_over_runs::table).values(rows.to_vec());
        directly!(connection, own => insert.execute(own))?;
    }
    Ok(())
}

/// Stamps of a batch by whether the producer has confirmed that they were received.
#[derive(Clone, Debug, Default)]
pub struct Awaited {
    /// Those on minutes that wait.
    waiting: Vec<(Serial, Serial)>,
    /// Those on minutes that were confirmed, where there are minutes that wait of which nobody wrote down
    /// the stamps: then all others may be on them.
    confirmed: Option<Vec<(Serial, Serial)>>,
}

impl Awaited {
    /// Whether a stamp that was handed over waits to be received.
    #[must_use]
    pub fn has(&self, serial: Serial) -> bool {
        let is_among = |runs: &[(Serial, Serial)]| {
            let before = runs.partition_point(|(first, _)| *first <= serial);
            before
                .checked_sub(1)
                .and_then(|at| runs.get(at))
                .is_some_and(|(_, last)| serial <= *last)
        };
        is_among(&self.waiting) || self.confirmed.as_ref().is_some_and(|runs| !is_among(runs))
    }
}

/// Which stamps of a batch wait to be received. What was received as none is not there.
///
/// # Errors
/// [`StoreError`].
pub fn awaited(connection: &mut AnyConnection, batch: BatchNumber) -> Result<Awaited, StoreError> {
    let all = of_batch(connection, batch)?;
    let is_received = |one: &HandOver| one.receipt.as_ref().is_some_and(|it| it.stamps > 0);
    let (received, waiting): (Vec<_>, Vec<_>) = all.into_iter().partition(is_received);
    if waiting.is_empty() {
        return Ok(Awaited::default());
    }
    let mut found = Awaited::default();
    let mut is_all_known = true;
    for one in &waiting {
        let runs = runs(connection, one.id)?;
        is_all_known &= !runs.is_empty();
        found.waiting.extend(runs);
    }
    found.waiting.sort_unstable();
    if !is_all_known {
        let mut confirmed = Vec::new();
        for one in &received {
            confirmed.extend(runs(connection, one.id)?);
        }
        confirmed.sort_unstable();
        found.confirmed = Some(confirmed);
    }
    Ok(found)
}

/// The stamps of a hand-over, in order; none where nobody wrote them down.
///
/// # Errors
/// [`StoreError`].
pub fn runs(
    connection: &mut AnyConnection,
    id: HandOverId,
) -> Result<Vec<(Serial, Serial)>, StoreError> {
    let rows: Vec<(i64, i64)> = hand_over_runs::table
        .filter(hand_over_runs::hand_over_id.eq(id.0))
        .order(hand_over_runs::run)
        .select((hand_over_runs::first_serial, hand_over_runs::last_serial))
        .load(connection)?;
    rows.into_iter().map(|(first, last)| Ok((serial_from(first)?, serial_from(last)?))).collect()
}

/// Keeps what the producer said of a hand-over.
///
/// # Errors
/// [`StoreError`]; the database refuses a receipt by whoever handed over.
pub fn set_receipt(
    connection: &mut AnyConnection,
    id: HandOverId,
    receipt: &Receipt,
) -> Result<(), StoreError> {
    diesel::update(hand_overs::table.find(id.0))
        .set((
            hand_overs::received_by.eq(&receipt.done.by),
            hand_overs::received_at.eq(receipt.done.at.naive_utc()),
            hand_overs::received_stamps.eq(stamps_to(receipt.stamps)?),
            hand_overs::receipt_reason.eq(receipt.reason.as_deref()),
        ))
        .execute(connection)?;
    Ok(())
}

/// The hand-overs of a batch, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<HandOver>, StoreError> {
    let rows: Vec<Row> = hand_overs::table
        .filter(hand_overs::batch_number.eq(number_to(batch)?))
        .order(hand_overs::id)
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

#[derive(Queryable)]
struct Row {
    id: i64,
    batch_number: i32,
    minutes: String,
    handed_on: Day,
    stated: i32,
    moved: i32,
    handed_by: String,
    handed_at: NaiveDateTime,
    received_by: Option<String>,
    received_at: Option<NaiveDateTime>,
    received_stamps: Option<i32>,
    receipt_reason: Option<String>,
}

fn from_row(row: Row) -> Result<HandOver, StoreError> {
    let reason = row.receipt_reason;
    let received = done(row.received_by, row.received_at).zip(row.received_stamps);
    let receipt: Option<Receipt> = received
        .map(|(done, stamps)| {
            Ok::<_, StoreError>(Receipt { done, stamps: stamps_from(stamps)?, reason })
        })
        .transpose()?;
    Ok(HandOver {
        id: HandOverId(row.id),
        batch: number_from(row.batch_number)?,
        minutes: row.minutes,
        handed_on: row.handed_on,
        stated: stamps_from(row.stated)?,
        moved: stamps_from(row.moved)?,
        done: Done { by: row.handed_by, at: row.handed_at.and_utc() },
        receipt,
    })
}
