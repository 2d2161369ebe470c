//! Who is who among those who acted. The trail keeps a login, or the name that somebody gave on the
//! command line.

use super::{AnyConnection, StoreError, accounts};
use crate::domain::account::{self, Account};
use crate::vietnamese::{name_key, nfc};

/// Whether two names are of one person: of one account, by its login or by the name it is kept under, or
/// without accounts of one name, however it is spelt.
///
/// # Errors
/// [`StoreError`].
pub fn are_one(connection: &mut AnyConnection, one: &str, other: &str) -> Result<bool, StoreError> {
    if is_spelt_alike(one, other) {
        return Ok(true);
    }
    let (first, second) = (of_login(connection, one)?, of_login(connection, other)?);
    Ok(match (first, second) {
        (Some(first), Some(second)) => first.id == second.id,
        (Some(account), None) => is_spelt_alike(&account.details.name, other),
        (None, Some(account)) => is_spelt_alike(&account.details.name, one),
        (None, None) => false,
    })
}

/// Whether somebody brings other eyes to what these people did: is none of them, and not nobody.
///
/// # Errors
/// [`StoreError`].
pub fn has_other_eyes<'a>(
    connection: &mut AnyConnection,
    by: &str,
    people: impl IntoIterator<Item = &'a str>,
) -> Result<bool, StoreError> {
    for person in people {
        if are_one(connection, person, by)? {
            return Ok(false);
        }
    }
    Ok(!name_key(by).is_empty())
}

fn is_spelt_alike(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}

fn of_login(connection: &mut AnyConnection, name: &str) -> Result<Option<Account>, StoreError> {
    let Some(login) = account::login(&nfc(name)) else { return Ok(None) };
    Ok(accounts::by_login(connection, &login)?.map(|(account, _)| account))
}
