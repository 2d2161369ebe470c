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
    let row: Option<(bool, NaiveDateTime, NaiveDateTime, NaiveDateTime, people::Row)> =
        sessions::table
            .inner_join(accounts::table)
            .filter(sessions::token_sha256.eq(token_sha256))
            .select((
                sessions::gave_code,
                sessions::created_at,
                sessions::seen_at,
                sessions::confirmed_at,
                people::Row::as_select(),
            ))
            .first(connection)
            .optional()?;
    let Some((gave_code, created_at, seen_at, confirmed_at, account)) = row else {
        return Ok(None);
    };
    Ok(Some(SessionRecord {
        account: from_row(account)?,
        gave_code,
        created_at: created_at.and_utc(),
        seen_at: seen_at.and_utc(),
        confirmed_at: confirmed_at.and_utc(),
    }))
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
