//! What a program was answered under a key of its own, so that it is answered the same when it asks
//! again.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::kept_answers as answers;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::AccountId;

/// Who asks for what, under which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// SHA-256 of the key and whose it is.
    pub key_sha256: String,
    /// Whose it is.
    pub account: AccountId,
    /// SHA-256 of what is asked.
    pub request_sha256: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its HTTP status.
    pub status: u16,
    /// Where what was made is.
    pub location: Option<String>,
    /// Its text.
    pub body: String,
    /// The version of the thing it tells of, where it says more than the thing.
    pub version: Option<String>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// SHA-256 of what was asked.
    pub request_sha256: String,
    /// When.
    pub at: Instant,
    /// What was answered; none while it is worked on.
    pub answer: Option<Kept>,
}

/// What is known of a key.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    key_sha256: &str,
) -> Result<Option<Earlier>, StoreError> {
    type Row =
        ((String, NaiveDateTime, Option<i16>), (Option<String>, Option<String>, Option<String>));
    let row: Option<Row> = answers::table
        .find(key_sha256)
        .select((
            (answers::request_sha256, answers::created_at, answers::status),
            (answers::location, answers::body, answers::version),
        ))
        .first(connection)
        .optional()?;
    row.map(|((request_sha256, at, status), (location, body, version))| {
        let status = status.map(|it| u16::try_from(it).or(Err(StoreError::Corrupt("status"))));
        let answer = status.transpose()?.zip(body);
        let answer = answer.map(|(status, body)| Kept { status, location, body, version });
        Ok(Earlier { request_sha256, at: at.and_utc(), answer })
    })
    .transpose()
}

/// Keeps an answer, or with none that it is worked on, in place of what was known of the key.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    keyed: &Keyed,
    answer: Option<&Kept>,
    at: Instant,
) -> Result<(), StoreError> {
    forget(connection, &keyed.key_sha256)?;
    let status = answer.map(|it| i16::try_from(it.status).or(Err(StoreError::Corrupt("status"))));
    diesel::insert_into(answers::table)
        .values((
            answers::key_sha256.eq(&keyed.key_sha256),
            answers::account_id.eq(keyed.account.0),
            answers::request_sha256.eq(&keyed.request_sha256),
            answers::status.eq(status.transpose()?),
            answers::location.eq(answer.and_then(|it| it.location.as_deref())),
            answers::body.eq(answer.map(|it| &*it.body)),
            answers::version.eq(answer.and_then(|it| it.version.as_deref())),
            answers::created_at.eq(at.naive_utc()),
        ))
        .execute(connection)?;
    Ok(())
}

/// Forgets a key.
///
/// # Errors
/// [`StoreError`].
pub fn forget(connection: &mut AnyConnection, key_sha256: &str) -> Result<(), StoreError> {
    diesel::delete(answers::table.find(key_sha256)).execute(connection)?;
    Ok(())
}

/// Forgets keys that were first used before a moment.
///
/// # Errors
/// [`StoreError`].
pub fn forget_before(connection: &mut AnyConnection, at: Instant) -> Result<(), StoreError> {
    diesel::delete(answers::table.filter(answers::created_at.lt(at.naive_utc())))
        .execute(connection)?;
    Ok(())
}

/// How many keys are kept for an account.
///
/// # Errors
/// [`StoreError`].
pub fn count(connection: &mut AnyConnection, account: AccountId) -> Result<i64, StoreError> {
    Ok(answers::table.filter(answers::account_id.eq(account.0)).count().get_result(connection)?)
}
