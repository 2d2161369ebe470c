//! Entries from before acts were typed: what they said in words is read once, when the schema is brought
//! up to date, and never again.

mod stamps;
mod words;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{facts, record_runs};
use crate::domain::act::Act;
use crate::domain::audit::{Action, MovedRun, NewEntry};
use crate::domain::stamp::StampState;
use crate::store::schema::audit;
use crate::store::stamps::serial_to;
use crate::store::{AnyConnection, StoreError};

/// Rows that are read at a time.
const ROWS_MAX: i64 = 500;

/// An entry in words.
struct Old {
    id: i64,
    at: NaiveDateTime,
    actor: String,
    action: Action,
    object: String,
    detail: String,
}

/// Whether there are entries in words.
pub(in crate::store) fn has_words(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(!page(connection, 0, 1)?.is_empty())
}

/// Gives every entry its subject, reason and facts, as far as its words tell them.
pub(in crate::store) fn take_over(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let (mut after, mut moves) = (0, Vec::new());
    loop {
        let rows = page(connection, after, ROWS_MAX)?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        for old in rows {
            match stamps::Move::read(old) {
                Ok(found) => moves.push(found),
                Err(old) => {
                    let entry = words::read(connection, &old)?;
                    set(connection, old.id, &entry, None)?;
                }
            }
        }
    }
    stamps::take_over(connection, moves)
}

fn page(connection: &mut AnyConnection, after: i64, limit: i64) -> Result<Vec<Old>, StoreError> {
    let rows: Vec<(i64, NaiveDateTime, String, String, String, String)> = audit::table
        .filter(audit::subject_kind.is_null())
        .filter(audit::id.gt(after))
        .order(audit::id)
        .limit(limit)
        .select((audit::id, audit::at, audit::actor, audit::action, audit::object, audit::detail))
        .load(connection)?;
    let old = |(id, at, actor, action, object, detail): (_, _, _, String, _, _)| {
        let action = Action::from_key(&action).ok_or(StoreError::Corrupt("act"))?;
        Ok(Old { id, at, actor, action, object, detail })
    };
    rows.into_iter().map(old).collect()
}

/// Writes what was read of an entry into its columns. Its words stay beside them.
fn set(
    connection: &mut AnyConnection,
    id: i64,
    entry: &NewEntry,
    run: Option<&MovedRun>,
) -> Result<(), StoreError> {
    let stamps = run.map(|run| i64::try_from(run.stamps).or(Err(StoreError::Corrupt("count"))));
    let first = run.map(|run| serial_to(run.first)).transpose()?;
    let last = run.map(|run| serial_to(run.last)).transpose()?;
    diesel::update(audit::table.find(id))
        .set((
            audit::subject_kind.eq(entry.subject.kind()),
            audit::subject_id.eq(entry.subject.number()),
            audit::reason.eq(entry.reason.as_deref()),
            audit::facts.eq(facts::write(&entry.facts)?),
            audit::first_serial.eq(first),
            audit::last_serial.eq(last),
            audit::stamps.eq(stamps.transpose()?),
            audit::from_state.eq(run.and_then(|run| run.from).map(StampState::number)),
            audit::to_state.eq(run.map(|run| run.to.number())),
            audit::lot_id.eq(run.and_then(|run| run.lot).map(|lot| lot.0)),
            audit::is_exact.eq(run.is_none_or(|run| run.is_exact)),
        ))
        .execute(connection)?;
    Ok(())
}

/// Adds runs beside the first of an act.
fn insert(
    connection: &mut AnyConnection,
    old: &Old,
    entry: &NewEntry,
    runs: &[MovedRun],
) -> Result<(), StoreError> {
    let act = Act { by: &old.actor, at: old.at.and_utc() };
    record_runs(connection, act, entry, runs)
}
