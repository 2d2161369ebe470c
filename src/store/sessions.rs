//! Sessions: found by the SHA-256 of the token in their cookie, which is not kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::accounts::{self as people, from_row};
use super::schema::{accounts, sessions};
use super::{AnyConnection, Store, StoreError, transaction};
use crate::domain::account::Account;
use crate::domain::calendar::Instant;
use crate::domain::ids::AccountId;

/// A session in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Whose it is.
    pub account: Account,
    /// Whether a code of the authenticator app was given.
    pub gave_code: bool,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to within minutes.
    pub seen_at: Instant,
    /// When the person last showed who they are.
    pub confirmed_at: Instant,
    /// What an authenticator app is being set up with.
    pub enrolment_secret: Option<Vec<u8>>,
}

/// Begins a session.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    token_sha256: &str,
    account: AccountId,
    gave_code: bool,
    at: Instant,
) -> Result<(), StoreError> {
    let at = at.naive_utc();
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_sha256.eq(token_sha256),
            sessions::account_id.eq(account.0),
            sessions::gave_code.eq(gave_code),
            sessions::created_at.eq(at),
            sessions::seen_at.eq(at),
            sessions::confirmed_at.eq(at),
        ))
        .execute(connection)?;
    Ok(())
}

/// The session whose token has that SHA-256, as old as it may be.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    token_sha256: &str,
) -> Result<Option<SessionRecord>, StoreError> {
    let row: Option<(Row, people::Row)> = sessions::table
        .inner_join(accounts::table)
        .filter(sessions::token_sha256.eq(token_sha256))
        .select((Row::as_select(), people::Row::as_select()))
        .first(connection)
        .optional()?;
    let Some((row, account)) = row else { return Ok(None) };
    Ok(Some(SessionRecord {
        account: from_row(account)?,
        gave_code: row.gave_code,
        created_at: row.created_at.and_utc(),
        seen_at: row.seen_at.and_utc(),
        confirmed_at: row.confirmed_at.and_utc(),
        enrolment_secret: row.enrolment_secret,
    }))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct Row {
    gave_code: bool,
    created_at: NaiveDateTime,
    seen_at: NaiveDateTime,
    confirmed_at: NaiveDateTime,
    enrolment_secret: Option<Vec<u8>>,
}

/// Keeps what an authenticator app is being set up with in a session.
///
/// # Errors
/// [`StoreError`].
pub fn set_enrolment(
    connection: &mut AnyConnection,
    token_sha256: &str,
    secret: &[u8],
) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(token_sha256))
        .set(sessions::enrolment_secret.eq(secret))
        .execute(connection)?;
    Ok(())
}

/// Notes that a session is in use. Waits for no other writer on PostgreSQL.
///
/// # Errors
/// [`StoreError`].
pub fn touch(store: &Store, token_sha256: &str, at: Instant) -> Result<(), StoreError> {
    transaction::concurrent(&mut *store.checkout()?, |connection| {
        diesel::update(sessions::table.find(token_sha256))
            .set(sessions::seen_at.eq(at.naive_utc()))
            .execute(connection)?;
        Ok(())
    })
}

/// Ends a session.
///
/// # Errors
/// [`StoreError`].
pub fn delete(connection: &mut AnyConnection, token_sha256: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.find(token_sha256)).execute(connection)?;
    Ok(())
}

/// Ends all sessions of an account but one.
///
/// # Errors
/// [`StoreError`].
pub fn delete_others(
    connection: &mut AnyConnection,
    account: AccountId,
    token_sha256: &str,
) -> Result<(), StoreError> {
    let others = sessions::table
        .filter(sessions::account_id.eq(account.0))
        .filter(sessions::token_sha256.ne(token_sha256));
    diesel::delete(others).execute(connection)?;
    Ok(())
}

/// Ends all sessions of an account.
///
/// # Errors
/// [`StoreError`].
pub fn delete_of(connection: &mut AnyConnection, account: AccountId) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account.0)))
        .execute(connection)?;
    Ok(())
}

/// Forgets sessions that began before a moment.
///
/// # Errors
/// [`StoreError`].
pub fn delete_before(connection: &mut AnyConnection, at: Instant) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::created_at.lt(at.naive_utc())))
        .execute(connection)?;
    Ok(())
}
