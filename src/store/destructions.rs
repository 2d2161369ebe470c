//! Destructions of stamps, and the stamps they were about.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::print_jobs::{stamps_from, stamps_to};
use super::schema::{destruction_runs as runs, destructions};
use super::stamps::{serial_from, serial_to, state_from};
use super::{AnyConnection, StoreError, people};
use crate::domain::act::{Act, Done};
use crate::domain::calendar::Day;
use crate::domain::destruction::{Destruction, DestructionMinutes, DestructionState};
use crate::domain::ids::DestructionId;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampRun, StampState};

/// Enters a destruction of stamps that stand so, for somebody else to confirm.
///
/// # Errors
/// [`StoreError::Duplicate`] where the batch has minutes of that number, or a destruction that waits.
pub fn insert(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    minutes: &DestructionMinutes,
    before: &[StampRun],
    act: Act<'_>,
) -> Result<Destruction, StoreError> {
    let id: i64 = diesel::insert_into(destructions::table)
        .values((
            destructions::batch_number.eq(number_to(batch)?),
            destructions::minutes.eq(&minutes.number),
            destructions::destroyed_on.eq(minutes.destroyed_on),
            destructions::place.eq(&minutes.place),
            destructions::witnesses.eq(&minutes.witnesses),
            destructions::reason.eq(&minutes.reason),
            destructions::done_by.eq(act.by),
            destructions::done_at.eq(act.at.naive_utc()),
            destructions::state.eq(DestructionState::Proposed.key()),
        ))
        .returning(destructions::id)
        .get_result(connection)?;
    for run in before {
        diesel::insert_into(runs::table)
            .values((
                runs::destruction_id.eq(id),
                runs::first_serial.eq(serial_to(run.first)?),
                runs::last_serial.eq(serial_to(run.last)?),
                runs::state.eq(run.state.number()),
                runs::handed_over.eq(run.handed_over),
                runs::stamps.eq(stamps_to(run.stamps)?),
            ))
            .execute(connection)?;
    }
    Ok(Destruction {
        id: DestructionId(id),
        batch,
        minutes: minutes.clone(),
        runs: before.to_vec(),
        done: act.done(),
        state: DestructionState::Proposed,
        decided: None,
    })
}

/// Keeps what was decided on a destruction.
///
/// # Errors
/// [`StoreError`]; the database refuses a decision by who recorded it.
pub fn set_decided(
    connection: &mut AnyConnection,
    id: DestructionId,
    state: DestructionState,
    reason: Option<&str>,
    act: Act<'_>,
) -> Result<(), StoreError> {
    diesel::update(destructions::table.find(id.0))
        .set((
            destructions::state.eq(state.key()),
            destructions::decided_by.eq(act.by),
            destructions::decided_at.eq(act.at.naive_utc()),
            destructions::decision_reason.eq(reason),
        ))
        .execute(connection)?;
    Ok(())
}

/// The destruction of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    id: DestructionId,
) -> Result<Option<Destruction>, StoreError> {
    let row: Option<Row> = destructions::table.find(id.0).first(connection).optional()?;
    row.map(|row| from_row(connection, row)).transpose()
}

/// Numbers of batches with a destruction that waits to be confirmed, as a part of other queries.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn batches_waiting() -> _ {
    let proposed: &'static str = "proposed";
    destructions::table.filter(destructions::state.eq(proposed)).select(destructions::batch_number)
}

/// Batches with a destruction that waits to be confirmed.
///
/// # Errors
/// [`StoreError`].
pub fn waiting(connection: &mut AnyConnection) -> Result<BTreeSet<BatchNumber>, StoreError> {
    let found: Vec<i32> = batches_waiting().load(connection)?;
    found.into_iter().map(number_from).collect()
}

/// Batches with a destruction that waits to be confirmed and that somebody else recorded.
///
/// # Errors
/// [`StoreError`].
pub fn waiting_for(
    connection: &mut AnyConnection,
    by: &str,
) -> Result<BTreeSet<BatchNumber>, StoreError> {
    let found: Vec<(i32, String)> = destructions::table
        .filter(destructions::state.eq(DestructionState::Proposed.key()))
        .select((destructions::batch_number, destructions::done_by))
        .load(connection)?;
    let mut others = BTreeSet::new();
    for (number, recorder) in found {
        if people::has_other_eyes(connection, by, [recorder.as_str()])? {
            others.insert(number_from(number)?);
        }
    }
    Ok(others)
}

/// The destructions of a batch, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<Destruction>, StoreError> {
    let rows: Vec<Row> = destructions::table
        .filter(destructions::batch_number.eq(number_to(batch)?))
        .order(destructions::id)
        .load(connection)?;
    rows.into_iter().map(|row| from_row(connection, row)).collect()
}

#[derive(Queryable)]
struct Row {
    id: i64,
    batch_number: i32,
    minutes: String,
    destroyed_on: Day,
    place: String,
    witnesses: String,
    reason: String,
    done_by: String,
    done_at: NaiveDateTime,
    state: String,
    decided_by: Option<String>,
    decided_at: Option<NaiveDateTime>,
    decision_reason: Option<String>,
}

fn from_row(connection: &mut AnyConnection, row: Row) -> Result<Destruction, StoreError> {
    let found: Vec<(i64, i64, i16, bool, i32)> = runs::table
        .filter(runs::destruction_id.eq(row.id))
        .order(runs::first_serial)
        .select((
            runs::first_serial,
            runs::last_serial,
            runs::state,
            runs::handed_over,
            runs::stamps,
        ))
        .load(connection)?;
    let run = |(first, last, state, handed_over, stamps): (i64, i64, i16, bool, i32)| {
        let (first, last) = (serial_from(first)?, serial_from(last)?);
        let state: StampState = state_from(state)?;
        Ok(StampRun { first, last, state, handed_over, stamps: stamps_from(stamps)? })
    };
    let decided = row.decided_by.zip(row.decided_at);
    let decided = decided.map(|(by, at)| Done { by, at: at.and_utc() });
    Ok(Destruction {
        id: DestructionId(row.id),
        batch: number_from(row.batch_number)?,
        minutes: DestructionMinutes {
            number: row.minutes,
            destroyed_on: row.destroyed_on,
            place: row.place,
            witnesses: row.witnesses,
            reason: row.reason,
        },
        runs: found.into_iter().map(run).collect::<Result<_, StoreError>>()?,
        done: Done { by: row.done_by, at: row.done_at.and_utc() },
        state: DestructionState::from_key(&row.state)
            .ok_or(StoreError::Corrupt("destruction state"))?,
        decided: decided.map(|done| (done, row.decision_reason)),
    })
}
