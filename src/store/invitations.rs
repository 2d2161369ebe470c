//! One-time links by which a person sets a password: found by the SHA-256 of their token, which is
//! not kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::invitations;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::AccountId;

/// Enters an invitation; earlier ones of the account open nothing any more.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    token_sha256: &str,
    account: AccountId,
    at: Instant,
    expires_at: Instant,
) -> Result<(), StoreError> {
    void_of(connection, account, at)?;
    diesel::insert_into(invitations::table)
        .values((
            invitations::token_sha256.eq(token_sha256),
            invitations::account_id.eq(account.0),
            invitations::created_at.eq(at.naive_utc()),
            invitations::expires_at.eq(expires_at.naive_utc()),
        ))
        .execute(connection)?;
    Ok(())
}

/// Whom an invitation is for, where it is still good.
///
/// # Errors
/// [`StoreError`].
pub fn open(
    connection: &mut AnyConnection,
    token_sha256: &str,
    at: Instant,
) -> Result<Option<AccountId>, StoreError> {
    let row: Option<(i64, NaiveDateTime)> = invitations::table
        .find(token_sha256)
        .filter(invitations::used_at.is_null())
        .select((invitations::account_id, invitations::expires_at))
        .first(connection)
        .optional()?;
    Ok(row.filter(|(_, until)| at < until.and_utc()).map(|(id, _)| AccountId(id)))
}

/// Notes that an invitation was used.
///
/// # Errors
/// [`StoreError`].
pub fn set_used(
    connection: &mut AnyConnection,
    token_sha256: &str,
    at: Instant,
) -> Result<(), StoreError> {
    diesel::update(invitations::table.find(token_sha256))
        .set(invitations::used_at.eq(at.naive_utc()))
        .execute(connection)?;
    Ok(())
}

/// Has the invitations of an account that were not used open nothing any more.
///
/// # Errors
/// [`StoreError`].
pub fn void_of(
    connection: &mut AnyConnection,
    account: AccountId,
    at: Instant,
) -> Result<(), StoreError> {
    let unused = invitations::table
        .filter(invitations::account_id.eq(account.0))
        .filter(invitations::used_at.is_null());
    diesel::update(unused).set(invitations::used_at.eq(at.naive_utc())).execute(connection)?;
    Ok(())
}
