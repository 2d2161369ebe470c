//! Accounts, and the secrets by which their people are known.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::accounts;
use super::{AnyConnection, StoreError};
use crate::domain::account::{Account, NewAccount};
use crate::domain::calendar::Instant;
use crate::domain::ids::{AccountId, ProducerId, ShopId};
use crate::domain::role::{Organisation, Role};

/// How a person shows who they are.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The password's hash, in PHC string format.
    pub password_hash: Option<String>,
    /// The secret of the authenticator app.
    pub totp_secret: Option<Vec<u8>>,
    /// The last time step whose code was used: a code is good once.
    pub totp_last_step: u64,
}

/// Enters an account without a password.
///
/// # Errors
/// [`StoreError::Duplicate`] where the login is taken.
pub fn insert(
    connection: &mut AnyConnection,
    account: &NewAccount,
    at: Instant,
) -> Result<Account, StoreError> {
    let (producer, shop) = match account.organisation {
        Organisation::Office => (None, None),
        Organisation::Producer(id) => (Some(id.0), None),
        Organisation::PrintShop(id) => (None, Some(id.0)),
    };
    let id: i64 = diesel::insert_into(accounts::table)
        .values((
            accounts::login.eq(&account.login),
            accounts::name.eq(&account.name),
            accounts::role.eq(account.role.key()),
            accounts::producer_id.eq(producer),
            accounts::print_shop_id.eq(shop),
            accounts::email.eq(&account.email),
            accounts::password_is_temporary.eq(false),
            accounts::totp_last_step.eq(0),
            accounts::created_at.eq(at.naive_utc()),
        ))
        .returning(accounts::id)
        .get_result(connection)?;
    Ok(Account {
        id: AccountId(id),
        details: account.clone(),
        has_password: false,
        password_is_temporary: false,
        has_second_factor: false,
        created_at: at,
        disabled_at: None,
    })
}

/// The account of that number, open or closed.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: AccountId) -> Result<Option<Account>, StoreError> {
    let row = accounts::table.find(id.0).select(Row::as_select()).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// The account of a login, open or closed, with its secrets.
///
/// # Errors
/// [`StoreError`].
pub fn by_login(
    connection: &mut AnyConnection,
    login: &str,
) -> Result<Option<(Account, Credentials)>, StoreError> {
    let row: Option<Row> = accounts::table
        .filter(accounts::login.eq(login))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(|row| Ok((from_row(row.clone())?, credentials_of(row)?))).transpose()
}

/// The secrets of an account.
///
/// # Errors
/// [`StoreError`].
pub fn credentials(
    connection: &mut AnyConnection,
    id: AccountId,
) -> Result<Option<Credentials>, StoreError> {
    let row: Option<Row> =
        accounts::table.find(id.0).select(Row::as_select()).first(connection).optional()?;
    row.map(credentials_of).transpose()
}

/// All accounts, by login.
///
/// # Errors
/// [`StoreError`].
pub fn list(connection: &mut AnyConnection) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<Row> =
        accounts::table.order(accounts::login).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// Replaces the password.
///
/// # Errors
/// [`StoreError`].
pub fn set_password(
    connection: &mut AnyConnection,
    id: AccountId,
    hash: &str,
    is_temporary: bool,
) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0))
        .set((accounts::password_hash.eq(hash), accounts::password_is_temporary.eq(is_temporary)))
        .execute(connection)?;
    Ok(())
}

/// Replaces the secret of the authenticator app, or takes it away.
///
/// # Errors
/// [`StoreError`].
pub fn set_second_factor(
    connection: &mut AnyConnection,
    id: AccountId,
    secret: Option<&[u8]>,
    last_step: u64,
) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0))
        .set((accounts::totp_secret.eq(secret), accounts::totp_last_step.eq(step_to(last_step)?)))
        .execute(connection)?;
    Ok(())
}

/// Notes that the code of a time step was used; `false` where it, or a later one, was before.
///
/// # Errors
/// [`StoreError`].
pub fn use_step(
    connection: &mut AnyConnection,
    id: AccountId,
    step: u64,
) -> Result<bool, StoreError> {
    let step = step_to(step)?;
    let fresh = accounts::table.find(id.0).filter(accounts::totp_last_step.lt(step));
    let used = diesel::update(fresh).set(accounts::totp_last_step.eq(step)).execute(connection)?;
    Ok(used == 1)
}

/// Closes an account, or with `None` opens it again.
///
/// # Errors
/// [`StoreError`].
pub fn set_disabled(
    connection: &mut AnyConnection,
    id: AccountId,
    at: Option<Instant>,
) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0))
        .set(accounts::disabled_at.eq(at.map(|at| at.naive_utc())))
        .execute(connection)?;
    Ok(())
}

#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub(super) struct Row {
    id: i64,
    login: String,
    name: String,
    role: String,
    producer_id: Option<i64>,
    print_shop_id: Option<i64>,
    email: Option<String>,
    password_hash: Option<String>,
    password_is_temporary: bool,
    totp_secret: Option<Vec<u8>>,
    totp_last_step: i64,
    created_at: NaiveDateTime,
    disabled_at: Option<NaiveDateTime>,
}

pub(super) fn from_row(row: Row) -> Result<Account, StoreError> {
    let organisation = match (row.producer_id, row.print_shop_id) {
        (Some(id), None) => Organisation::Producer(ProducerId(id)),
        (None, Some(id)) => Organisation::PrintShop(ShopId(id)),
        (None, None) => Organisation::Office,
        (Some(_), Some(_)) => return Err(StoreError::Corrupt("organisation")),
    };
    let details = NewAccount {
        login: row.login,
        name: row.name,
        role: Role::from_key(&row.role).ok_or(StoreError::Corrupt("role"))?,
        organisation,
        email: row.email,
    };
    Ok(Account {
        id: AccountId(row.id),
        details,
        has_password: row.password_hash.is_some(),
        password_is_temporary: row.password_is_temporary,
        has_second_factor: row.totp_secret.is_some(),
        created_at: row.created_at.and_utc(),
        disabled_at: row.disabled_at.map(|at| at.and_utc()),
    })
}

fn credentials_of(row: Row) -> Result<Credentials, StoreError> {
    Ok(Credentials {
        password_hash: row.password_hash,
        totp_secret: row.totp_secret,
        totp_last_step: u64::try_from(row.totp_last_step)
            .or(Err(StoreError::Corrupt("time step")))?,
    })
}

fn step_to(step: u64) -> Result<i64, StoreError> {
    i64::try_from(step).or(Err(StoreError::Corrupt("time step")))
}
