//! Destructions of stamps, and the stamps they were about.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::print_jobs::{stamps_from, stamps_to};
use super::schema::{destruction_runs as runs, destructions};
use super::stamps::{serial_from, serial_to, state_from};
use super::{AnyConnection, StoreError};
use crate::domain::act::{Act, Done};
use crate::domain::calendar::Day;
use crate::domain::destruction::{Destruction, DestructionMinutes};
use crate::domain::ids::DestructionId;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampRun, StampState};

/// Enters a destruction of stamps that stood so before.
///
/// # Errors
/// [`StoreError::Duplicate`] where the batch has minutes of that number.
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
    })
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
    })
}
