//! Issuing authorities.

use diesel::prelude::*;

use super::schema::authorities;
use super::{AnyConnection, StoreError};
use crate::domain::annex::{Difference, Fact, Outcome, Value};
use crate::domain::ids::AuthorityId;
use crate::domain::naming::Likeness;
use crate::domain::recognition::{Authority, AuthorityLevel};
use crate::vietnamese;

/// The authority of that name, entered if it is not there. An authority that is there keeps its
/// level; dates of being in office are filled in where they were missing.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    authority: &Authority,
) -> Result<AuthorityId, StoreError> {
    if let Some(id) = find(connection, &authority.name)? {
        fill_dates(connection, id, authority)?;
        return Ok(id);
    }
    let id = diesel::insert_into(authorities::table)
        .values((
            authorities::name.eq(&authority.name),
            authorities::level.eq(authority.level.key()),
            authorities::active_from.eq(authority.active_from),
            authorities::active_to.eq(authority.active_to),
        ))
        .returning(authorities::id)
        .get_result(connection)?;
    Ok(AuthorityId(id))
}

/// Enters an authority, or fills in what the register lacks of it. What is there is never changed:
/// where the list says otherwise, that comes back.
///
/// # Errors
/// [`StoreError`].
pub fn record(
    connection: &mut AnyConnection,
    authority: &Authority,
) -> Result<Outcome, StoreError> {
    let before = find(connection, &authority.name)?;
    let before = before.map(|id| get(connection, id)).transpose()?.flatten();
    let id = put(connection, authority)?;
    let after = get(connection, id)?.ok_or(StoreError::Corrupt("authority"))?;
    let mut differences = Vec::new();
    let mut compare = |fact, register: Option<Value>, row: Option<Value>| {
        let differs = row.filter(|row| register.as_ref() != Some(row));
        differences.extend(differs.map(|row| Difference { fact, register, row }));
    };
    let level = |it: &Authority| Some(Value::Level(it.level));
    compare(Fact::Level, level(&after), level(authority));
    let (from, to) = (after.active_from.map(Value::Day), after.active_to.map(Value::Day));
    compare(Fact::InOfficeFrom, from, authority.active_from.map(Value::Day));
    compare(Fact::InOfficeTo, to, authority.active_to.map(Value::Day));
    Ok(match (before == Some(after), differences.is_empty()) {
        (false, _) => Outcome::Entered(differences),
        (true, true) => Outcome::Same,
        (true, false) => Outcome::Different(differences),
    })
}

/// The authority of that name: written so, else so but for case, spaces, hyphens and the place of tone
/// marks.
///
/// # Errors
/// [`StoreError`].
pub fn find(connection: &mut AnyConnection, name: &str) -> Result<Option<AuthorityId>, StoreError> {
    let written = authorities::table.filter(authorities::name.eq(name)).select(authorities::id);
    let id: Option<i64> = written.first(connection).optional()?;
    if let Some(id) = id {
        return Ok(Some(AuthorityId(id)));
    }
    let likeness = alike(connection, name)?.into_iter();
    Ok(likeness.filter(|(_, it)| *it == Likeness::Same).map(|(id, _)| id).next())
}

/// The authorities whose names compare with a name, in the order of their entry.
///
/// # Errors
/// [`StoreError`].
pub fn alike(
    connection: &mut AnyConnection,
    name: &str,
) -> Result<Vec<(AuthorityId, Likeness)>, StoreError> {
    let names: Vec<(i64, String)> = authorities::table
        .order(authorities::id)
        .select((authorities::id, authorities::name))
        .load(connection)?;
    let compared =
        names.into_iter().map(|(id, it)| (AuthorityId(id), vietnamese::likeness(name, &it)));
    Ok(compared.filter(|(_, it)| *it != Likeness::Other).collect())
}

/// The authority of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    id: AuthorityId,
) -> Result<Option<Authority>, StoreError> {
    let row: Option<(String, String, Option<_>, Option<_>)> = authorities::table
        .find(id.0)
        .select((
            authorities::name,
            authorities::level,
            authorities::active_from,
            authorities::active_to,
        ))
        .first(connection)
        .optional()?;
    row.map(|(name, level, active_from, active_to)| {
        let level =
            AuthorityLevel::from_key(&level).ok_or(StoreError::Corrupt("authority level"))?;
        Ok(Authority { name, level, active_from, active_to })
    })
    .transpose()
}

/// Every authority, by name.
///
/// # Errors
/// [`StoreError`].
pub fn all(connection: &mut AnyConnection) -> Result<Vec<(AuthorityId, Authority)>, StoreError> {
    let ids: Vec<i64> =
        authorities::table.order(authorities::name).select(authorities::id).load(connection)?;
    let known = ids.into_iter().map(AuthorityId).map(|id| {
        let found = get(connection, id)?.ok_or(StoreError::Corrupt("authority"))?;
        Ok((id, found))
    });
    known.collect()
}

/// Replaces what is known of an authority.
///
/// # Errors
/// [`StoreError::Duplicate`] where another has that name.
pub fn update(
    connection: &mut AnyConnection,
    id: AuthorityId,
    authority: &Authority,
) -> Result<(), StoreError> {
    diesel::update(authorities::table.find(id.0))
        .set((
            authorities::name.eq(&authority.name),
            authorities::level.eq(authority.level.key()),
            authorities::active_from.eq(authority.active_from),
            authorities::active_to.eq(authority.active_to),
        ))
        .execute(connection)?;
    Ok(())
}

fn fill_dates(
    connection: &mut AnyConnection,
    id: AuthorityId,
    authority: &Authority,
) -> Result<(), StoreError> {
    if let Some(from) = authority.active_from {
        diesel::update(authorities::table.find(id.0).filter(authorities::active_from.is_null()))
            .set(authorities::active_from.eq(from))
            .execute(connection)?;
    }
    if let Some(to) = authority.active_to {
        diesel::update(authorities::table.find(id.0).filter(authorities::active_to.is_null()))
            .set(authorities::active_to.eq(to))
            .execute(connection)?;
    }
    Ok(())
}
