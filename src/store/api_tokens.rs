//! Tokens of the API: found by their SHA-256, which alone is kept.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::accounts::{self as people, from_row};
use super::schema::{accounts, api_tokens as tokens};
use super::{AnyConnection, Store, StoreError, transaction};
use crate::domain::account::Account;
use crate::domain::api_token::ApiToken;
use crate::domain::calendar::Instant;
use crate::domain::ids::{AccountId, TokenId};
use crate::domain::role::Right;

/// Enters a token. Its number in what is given counts for nothing.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    token: &ApiToken,
    sha256: &str,
) -> Result<TokenId, StoreError> {
    let rights: Vec<&str> = token.rights.iter().map(|right| right.key()).collect();
    let id: i64 = diesel::insert_into(tokens::table)
        .values((
            tokens::account_id.eq(token.account.0),
            tokens::name.eq(&token.name),
            tokens::token_sha256.eq(sha256),
            tokens::rights.eq(rights.join(" ")),
            tokens::created_at.eq(token.created_at.naive_utc()),
            tokens::expires_at.eq(token.expires_at.naive_utc()),
        ))
        .returning(tokens::id)
        .get_result(connection)?;
    Ok(TokenId(id))
}

/// The token of that SHA-256, good or not, and whose it is.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    sha256: &str,
) -> Result<Option<(Account, ApiToken)>, StoreError> {
    let found: Option<(Row, people::Row)> = tokens::table
        .inner_join(accounts::table)
        .filter(tokens::token_sha256.eq(sha256))
        .select((Row::as_select(), people::Row::as_select()))
        .first(connection)
        .optional()?;
    found.map(|(token, account)| Ok((from_row(account)?, read(token)?))).transpose()
}

/// The tokens of an account, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_account(
    connection: &mut AnyConnection,
    account: AccountId,
) -> Result<Vec<ApiToken>, StoreError> {
    let rows: Vec<Row> = tokens::table
        .filter(tokens::account_id.eq(account.0))
        .order(tokens::id.desc())
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(read).collect()
}

/// Notes that a token is in use. Waits for no other writer on PostgreSQL.
///
/// # Errors
/// [`StoreError`].
pub fn touch(store: &Store, token: TokenId, at: Instant) -> Result<(), StoreError> {
    transaction::concurrent(&mut *store.checkout()?, |connection| {
        diesel::update(tokens::table.find(token.0))
            .set(tokens::used_at.eq(at.naive_utc()))
            .execute(connection)?;
        Ok(())
    })
}

/// Revokes a token of an account; `false` where it has none of that number that is not.
///
/// # Errors
/// [`StoreError`].
pub fn revoke(
    connection: &mut AnyConnection,
    account: AccountId,
    token: TokenId,
    at: Instant,
) -> Result<bool, StoreError> {
    let own = tokens::table
        .find(token.0)
        .filter(tokens::account_id.eq(account.0))
        .filter(tokens::revoked_at.is_null());
    let revoked =
        diesel::update(own).set(tokens::revoked_at.eq(at.naive_utc())).execute(connection)?;
    Ok(revoked == 1)
}

/// Revokes every token of an account.
///
/// # Errors
/// [`StoreError`].
pub fn revoke_of(
    connection: &mut AnyConnection,
    account: AccountId,
    at: Instant,
) -> Result<(), StoreError> {
    let own =
        tokens::table.filter(tokens::account_id.eq(account.0)).filter(tokens::revoked_at.is_null());
    diesel::update(own).set(tokens::revoked_at.eq(at.naive_utc())).execute(connection)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tokens)]
struct Row {
    id: i64,
    account_id: i64,
    name: String,
    rights: String,
    created_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    used_at: Option<NaiveDateTime>,
    revoked_at: Option<NaiveDateTime>,
}

fn read(row: Row) -> Result<ApiToken, StoreError> {
    let rights: Option<BTreeSet<Right>> =
        row.rights.split_whitespace().map(Right::from_key).collect();
    Ok(ApiToken {
        id: TokenId(row.id),
        account: AccountId(row.account_id),
        name: row.name,
        rights: rights.ok_or(StoreError::Corrupt("right"))?,
        created_at: row.created_at.and_utc(),
        expires_at: row.expires_at.and_utc(),
        used_at: row.used_at.map(|at| at.and_utc()),
        revoked_at: row.revoked_at.map(|at| at.and_utc()),
    })
}
