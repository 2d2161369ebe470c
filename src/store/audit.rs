//! The audit trail: who did what, when, to what.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::audit;
use super::{AnyConnection, StoreError};
use crate::domain::act::Act;
use crate::domain::calendar::Instant;

/// An entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// More about it: a reason, mostly.
    pub detail: String,
}

/// Adds an entry. Called in the transaction of the act itself, so that neither is without the other.
///
/// # Errors
/// [`StoreError`].
pub fn record(
    connection: &mut AnyConnection,
    act: Act<'_>,
    action: &str,
    object: &str,
    detail: &str,
) -> Result<(), StoreError> {
    diesel::insert_into(audit::table)
        .values((
            audit::at.eq(act.at.naive_utc()),
            audit::actor.eq(act.by),
            audit::action.eq(action),
            audit::object.eq(object),
            audit::detail.eq(detail),
        ))
        .execute(connection)?;
    Ok(())
}

/// What was done to stamps of a batch, oldest first: first and last serial, and the entry.
///
/// # Errors
/// [`StoreError`].
pub fn of_stamps(
    connection: &mut AnyConnection,
    batch: &str,
) -> Result<Vec<(String, String, Entry)>, StoreError> {
    let rows: Vec<(String, NaiveDateTime, String, String, String)> = audit::table
        .filter(audit::object.like(format!("stamps {batch}%")))
        .order(audit::id)
        .select((audit::object, audit::at, audit::actor, audit::action, audit::detail))
        .load(connection)?;
    let entry = |(object, at, actor, action, detail): (String, NaiveDateTime, _, _, _)| {
        let (first, last) = object.strip_prefix("stamps ")?.split_once('–')?;
        let entry = Entry { at: at.and_utc(), actor, action, detail };
        Some((first.to_owned(), last.to_owned(), entry))
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// What was done to an object: action and detail, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_object(
    connection: &mut AnyConnection,
    object: &str,
) -> Result<Vec<(String, String)>, StoreError> {
    let entries = history(connection, object)?;
    Ok(entries.into_iter().map(|entry| (entry.action, entry.detail)).collect())
}

/// What was done to an object, by whom and when, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn history(connection: &mut AnyConnection, object: &str) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<(NaiveDateTime, String, String, String)> = audit::table
        .filter(audit::object.eq(object))
        .order(audit::id)
        .select((audit::at, audit::actor, audit::action, audit::detail))
        .load(connection)?;
    let entry = |(at, actor, action, detail): (NaiveDateTime, String, String, String)| Entry {
        at: at.and_utc(),
        actor,
        action,
        detail,
    };
    Ok(rows.into_iter().map(entry).collect())
}
