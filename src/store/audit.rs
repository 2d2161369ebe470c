//! The audit trail: who did what to what, when and why.

mod facts;
mod names;
mod taken_over;

use chrono::NaiveDateTime;
use diesel::dsl::not;
use diesel::prelude::*;

use super::batches::number_to;
use super::connection::directly;
use super::schema::audit;
use super::stamps::{serial_from, serial_to, state_from};
use super::{AnyConnection, StoreError};
use crate::domain::act::Act;
use crate::domain::audit::{Action, Entry, EntryNames, FactName, MovedRun, NewEntry, Subject};
use crate::domain::ids::LotId;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::StampState;

/// Runs of stamps that are told at most of a batch or a lot: the latest. The trail has all.
pub const RUNS_MAX: i64 = 200;

/// Rows of one insert.
const ROWS_MAX: usize = 500;

pub(super) use self::taken_over::{has_words, take_over};

/// Adds an entry. Called in the transaction of the act itself, so that neither is without the other.
///
/// # Errors
/// [`StoreError`].
pub fn record(
    connection: &mut AnyConnection,
    act: Act<'_>,
    entry: &NewEntry,
) -> Result<(), StoreError> {
    let row = NewRow::of(act, entry)?;
    diesel::insert_into(audit::table).values(row).execute(connection)?;
    Ok(())
}

/// Adds an entry about stamps: a row for each run of them that was moved.
///
/// # Errors
/// [`StoreError`].
pub fn record_runs(
    connection: &mut AnyConnection,
    act: Act<'_>,
    entry: &NewEntry,
    runs: &[MovedRun],
) -> Result<(), StoreError> {
    for part in runs.chunks(ROWS_MAX) {
        let row = |run: &MovedRun| NewRow::of(act, entry)?.about(run);
        let rows = part.iter().map(row).collect::<Result<Vec<_>, StoreError>>()?;
        let insert = diesel::insert_into(audit::table).values(rows);
        directly!(connection, own => insert.execute(own))?;
    }
    Ok(())
}

/// What was done to a subject, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn history(
    connection: &mut AnyConnection,
    subject: impl Into<Subject>,
) -> Result<Vec<Entry>, StoreError> {
    let subject = subject.into();
    let rows: Vec<Row> = audit::table
        .filter(audit::subject_kind.eq(subject.kind()))
        .filter(audit::subject_id.eq(subject.number()))
        .order((audit::at, audit::id))
        .select(Row::as_select())
        .load(connection)?;
    entries(connection, rows)
}

/// What was done with a lot, oldest first: with itself, and with the stamps on its goods.
///
/// # Errors
/// [`StoreError`].
pub fn of_lot(connection: &mut AnyConnection, lot: LotId) -> Result<Vec<Entry>, StoreError> {
    let subject = Subject::from(lot);
    let itself = audit::subject_kind.eq(subject.kind()).and(audit::subject_id.eq(subject.number()));
    let mut rows: Vec<Row> =
        audit::table.filter(itself).select(Row::as_select()).load(connection)?;
    let mut runs: Vec<Row> = audit::table
        .filter(audit::lot_id.eq(lot.0))
        .order((audit::at.desc(), audit::id.desc()))
        .limit(RUNS_MAX)
        .select(Row::as_select())
        .load(connection)?;
    rows.append(&mut runs);
    rows.sort_by_key(|row| (row.at, row.id));
    entries(connection, rows)
}

/// What was done with a batch, oldest first: with its print job, and with its stamps, of whose runs the
/// latest are told.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<Entry>, StoreError> {
    let of = |subject: Subject| {
        audit::subject_kind.eq(subject.kind()).and(audit::subject_id.eq(subject.number()))
    };
    let mut rows: Vec<Row> =
        audit::table.filter(of(Subject::Batch(batch))).select(Row::as_select()).load(connection)?;
    let mut runs: Vec<Row> = audit::table
        .filter(of(Subject::Stamps(batch)))
        .order((audit::at.desc(), audit::id.desc()))
        .limit(RUNS_MAX)
        .select(Row::as_select())
        .load(connection)?;
    rows.append(&mut runs);
    rows.sort_by_key(|row| (row.at, row.id));
    entries(connection, rows)
}

/// What was done with one stamp, oldest first: the acts that moved it, and of old entries those that may
/// have.
///
/// # Errors
/// [`StoreError`].
pub fn of_stamp(connection: &mut AnyConnection, serial: Serial) -> Result<Vec<Entry>, StoreError> {
    let bits = serial_to(serial)?;
    let mut rows: Vec<Row> = audit::table
        .filter(audit::subject_id.eq(i64::from(number_to(serial.batch())?)))
        .filter(audit::first_serial.le(bits))
        .filter(audit::last_serial.ge(bits))
        .filter(not(audit::is_exact))
        .select(Row::as_select())
        .load(connection)?;
    for state in StampState::ALL {
        // A stamp comes to a state once at most: no other run of that state has it.
        let last: Option<Row> = audit::table
            .filter(audit::to_state.eq(state.number()))
            .filter(audit::first_serial.le(bits))
            .filter(audit::is_exact)
            .order(audit::first_serial.desc())
            .select(Row::as_select())
            .first(connection)
            .optional()?;
        rows.extend(last.filter(|row| row.last_serial.is_some_and(|last| last >= bits)));
    }
    rows.sort_by_key(|row| (row.at, row.id));
    entries(connection, rows)
}

/// Rows as entries, with the names of people and subjects.
pub(super) fn entries(
    connection: &mut AnyConnection,
    rows: Vec<Row>,
) -> Result<Vec<Entry>, StoreError> {
    let entries = rows.into_iter().map(Row::entry).collect::<Result<_, _>>()?;
    names::fill(connection, entries)
}

/// The stamps of a batch that were handed over on minutes.
///
/// # Errors
/// [`StoreError`].
pub fn handed_over(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    minutes: &str,
) -> Result<Vec<MovedRun>, StoreError> {
    let subject = Subject::Stamps(batch);
    let rows: Vec<Row> = audit::table
        .filter(audit::subject_kind.eq(subject.kind()))
        .filter(audit::subject_id.eq(subject.number()))
        .filter(audit::action.eq(Action::HandOverStamps.key()))
        .order(audit::first_serial)
        .select(Row::as_select())
        .load(connection)?;
    let entries = rows.into_iter().map(Row::entry).collect::<Result<Vec<_>, _>>()?;
    let on_them = FactName::Minutes.is(minutes);
    let those = entries.into_iter().filter(|entry| entry.facts.contains(&on_them));
    Ok(those.filter_map(|entry| entry.run).collect())
}

/// The number of the latest act of a history; 0 where there is none.
#[must_use]
pub fn latest(history: &[Entry]) -> i64 {
    history.iter().map(|entry| entry.id).max().unwrap_or_default()
}

#[derive(Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
struct NewRow<'a> {
    at: NaiveDateTime,
    actor: &'a str,
    action: &'a str,
    object: &'a str,
    detail: &'a str,
    subject_kind: &'a str,
    subject_id: i64,
    reason: Option<String>,
    facts: Option<String>,
    first_serial: Option<i64>,
    last_serial: Option<i64>,
    stamps: Option<i64>,
    from_state: Option<i16>,
    to_state: Option<i16>,
    lot_id: Option<i64>,
    is_exact: bool,
}

impl<'a> NewRow<'a> {
    fn of(act: Act<'a>, entry: &'a NewEntry) -> Result<Self, StoreError> {
        Ok(Self {
            at: act.at.naive_utc(),
            actor: act.by,
            action: entry.action.key(),
            object: "",
            detail: "",
            subject_kind: entry.subject.kind(),
            subject_id: entry.subject.number(),
            reason: entry.reason.clone(),
            facts: facts::write(&entry.facts)?,
            first_serial: None,
            last_serial: None,
            stamps: None,
            from_state: None,
            to_state: None,
            lot_id: None,
            is_exact: true,
        })
    }

    fn about(self, run: &MovedRun) -> Result<Self, StoreError> {
        Ok(Self {
            first_serial: Some(serial_to(run.first)?),
            last_serial: Some(serial_to(run.last)?),
            stamps: Some(i64::try_from(run.stamps).or(Err(StoreError::Corrupt("count")))?),
            from_state: run.from.map(StampState::number),
            to_state: Some(run.to.number()),
            lot_id: run.lot.map(|lot| lot.0),
            is_exact: run.is_exact,
            ..self
        })
    }
}

/// A row as it is read. Rows of before that were not taken over yet have no kind of subject.
#[derive(Queryable, Selectable)]
#[diesel(table_name = audit)]
pub(super) struct Row {
    id: i64,
    at: NaiveDateTime,
    actor: String,
    action: String,
    subject_kind: Option<String>,
    subject_id: Option<i64>,
    reason: Option<String>,
    facts: Option<String>,
    first_serial: Option<i64>,
    last_serial: Option<i64>,
    stamps: Option<i64>,
    from_state: Option<i16>,
    to_state: Option<i16>,
    lot_id: Option<i64>,
    is_exact: bool,
}

impl Row {
    fn entry(self) -> Result<Entry, StoreError> {
        let run = self.run()?;
        let kind = self.subject_kind.as_deref().unwrap_or("register");
        let subject = Subject::of(kind, self.subject_id.unwrap_or_default());
        Ok(Entry {
            id: self.id,
            at: self.at.and_utc(),
            action: Action::from_key(&self.action).ok_or(StoreError::Corrupt("act"))?,
            subject: subject.ok_or(StoreError::Corrupt("subject"))?,
            actor: self.actor,
            reason: self.reason,
            facts: facts::read(self.facts.as_deref())?,
            run,
            names: EntryNames::default(),
        })
    }

    fn run(&self) -> Result<Option<MovedRun>, StoreError> {
        let ends = self.first_serial.zip(self.last_serial);
        let Some(((first, last), to)) = ends.zip(self.to_state) else { return Ok(None) };
        let stamps = u64::try_from(self.stamps.unwrap_or_default());
        Ok(Some(MovedRun {
            first: serial_from(first)?,
            last: serial_from(last)?,
            stamps: stamps.or(Err(StoreError::Corrupt("count")))?,
            from: self.from_state.map(state_from).transpose()?,
            to: state_from(to)?,
            lot: self.lot_id.map(LotId),
            is_exact: self.is_exact,
        }))
    }
}
