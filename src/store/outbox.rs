//! Letters that wait to be sent, and those that were.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::listing::lines;
use super::schema::outbox;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;

/// A letter in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub id: i64,
    /// What it is about.
    pub key: String,
    /// To whom.
    pub recipient: String,
    /// What about.
    pub subject: String,
    /// The letter.
    pub body: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; none where it was given up.
    pub next_attempt_at: Option<Instant>,
    /// Why it was not taken the last time.
    pub last_error: Option<String>,
}

/// Puts a letter into the outbox; `false` where one of that key was written before.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    (key, recipient, subject, body): (&str, &str, &str, &str),
    at: Instant,
) -> Result<bool, StoreError> {
    if is_known(connection, key)? {
        return Ok(false);
    }
    diesel::insert_into(outbox::table)
        .values((
            outbox::letter_key.eq(key),
            outbox::recipient.eq(recipient),
            outbox::subject.eq(subject),
            outbox::body.eq(body),
            outbox::written_at.eq(at.naive_utc()),
            outbox::attempts.eq(0),
            outbox::next_attempt_at.eq(at.naive_utc()),
        ))
        .execute(connection)?;
    Ok(true)
}

/// Whether a letter of that key was written before.
///
/// # Errors
/// [`StoreError`].
pub fn is_known(connection: &mut AnyConnection, key: &str) -> Result<bool, StoreError> {
    let known: i64 =
        outbox::table.filter(outbox::letter_key.eq(key)).count().get_result(connection)?;
    Ok(known > 0)
}

/// The letter whose turn has come, the longest waiting first.
///
/// # Errors
/// [`StoreError`].
pub fn due(connection: &mut AnyConnection, at: Instant) -> Result<Option<Waiting>, StoreError> {
    let row: Option<Row> = outbox::table
        .filter(outbox::next_attempt_at.le(at.naive_utc()))
        .order((outbox::next_attempt_at, outbox::id))
        .select(COLUMNS)
        .first(connection)
        .optional()?;
    row.map(from_row).transpose()
}

/// Letters that were not sent yet, the next first.
///
/// # Errors
/// [`StoreError`].
pub fn unsent(connection: &mut AnyConnection, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::sent_at.is_null())
        .order((outbox::next_attempt_at, outbox::id))
        .limit(limit)
        .select(COLUMNS)
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// How many letters were tried and not taken.
///
/// # Errors
/// [`StoreError`].
pub fn failing(connection: &mut AnyConnection) -> Result<u64, StoreError> {
    let failing =
        outbox::table.filter(outbox::sent_at.is_null()).filter(outbox::last_error.is_not_null());
    lines(failing.count().get_result(connection)?)
}

/// Notes that a letter is tried, and when it is tried next unless it is taken.
///
/// # Errors
/// [`StoreError`].
pub fn set_tried(
    connection: &mut AnyConnection,
    letter: &Waiting,
    next: Option<Instant>,
) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(letter.id))
        .set((
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::next_attempt_at.eq(next.map(|at| at.naive_utc())),
        ))
        .execute(connection)?;
    Ok(())
}

/// Notes what became of a letter that was tried: taken, or why not.
///
/// # Errors
/// [`StoreError`].
pub fn set_outcome(
    connection: &mut AnyConnection,
    id: i64,
    outcome: Result<Instant, &str>,
) -> Result<(), StoreError> {
    let letter = diesel::update(outbox::table.find(id));
    match outcome {
        Ok(at) => letter
            .set((
                outbox::sent_at.eq(at.naive_utc()),
                outbox::next_attempt_at.eq(None::<NaiveDateTime>),
                outbox::last_error.eq(None::<String>),
            ))
            .execute(connection)?,
        Err(why) => letter.set(outbox::last_error.eq(why)).execute(connection)?,
    };
    Ok(())
}

type Row = (i64, String, String, String, String, i32, Option<NaiveDateTime>, Option<String>);

const COLUMNS: (
    outbox::id,
    outbox::letter_key,
    outbox::recipient,
    outbox::subject,
    outbox::body,
    outbox::attempts,
    outbox::next_attempt_at,
    outbox::last_error,
) = (
    outbox::id,
    outbox::letter_key,
    outbox::recipient,
    outbox::subject,
    outbox::body,
    outbox::attempts,
    outbox::next_attempt_at,
    outbox::last_error,
);

fn from_row(row: Row) -> Result<Waiting, StoreError> {
    let (id, key, recipient, subject, body, attempts, next, last_error) = row;
    let attempts = u32::try_from(attempts).or(Err(StoreError::Corrupt("attempts")))?;
    let next_attempt_at = next.map(|at| at.and_utc());
    Ok(Waiting { id, key, recipient, subject, body, attempts, next_attempt_at, last_error })
}
