//! Browsers in which somebody signed in before: found by the SHA-256 of the token in their cookie,
//! which is not kept.

use diesel::prelude::*;

use super::schema::{accounts, devices};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::AccountId;

/// Devices kept of an account: of more, the latest.
const KEPT: i64 = 10;

/// Notes that somebody signed in on a device.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    token_sha256: &str,
    account: AccountId,
    at: Instant,
) -> Result<(), StoreError> {
    diesel::delete(devices::table.find(token_sha256)).execute(connection)?;
    diesel::insert_into(devices::table)
        .values((
            devices::token_sha256.eq(token_sha256),
            devices::account_id.eq(account.0),
            devices::seen_at.eq(at.naive_utc()),
        ))
        .execute(connection)?;
    let older: Vec<String> = devices::table
        .filter(devices::account_id.eq(account.0))
        .order((devices::seen_at.desc(), devices::token_sha256))
        .offset(KEPT)
        .limit(KEPT)
        .select(devices::token_sha256)
        .load(connection)?;
    if !older.is_empty() {
        let older = devices::table.filter(devices::token_sha256.eq_any(older));
        diesel::delete(older).execute(connection)?;
    }
    Ok(())
}

/// Whether somebody signed in under that login on a device since a moment.
///
/// # Errors
/// [`StoreError`].
pub fn is_known(
    connection: &mut AnyConnection,
    token_sha256: &str,
    login: &str,
    since: Instant,
) -> Result<bool, StoreError> {
    let known: i64 = devices::table
        .inner_join(accounts::table)
        .filter(devices::token_sha256.eq(token_sha256))
        .filter(devices::seen_at.ge(since.naive_utc()))
        .filter(accounts::login.eq(login))
        .count()
        .get_result(connection)?;
    Ok(known > 0)
}

/// Forgets the devices of an account.
///
/// # Errors
/// [`StoreError`].
pub fn delete_of(connection: &mut AnyConnection, account: AccountId) -> Result<(), StoreError> {
    diesel::delete(devices::table.filter(devices::account_id.eq(account.0))).execute(connection)?;
    Ok(())
}
