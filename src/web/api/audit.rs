//! The audit trail.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, words};
use super::lists::Narrowed;
use super::shapes::PageNumber;
use crate::domain::calendar::Instant;
use crate::store::audit_list::{AuditFilter, ListedEntry};

/// What the trail is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct AuditQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Done by who has this in the login, as it is written.
    by: Option<Line>,
    /// With this in the act, its object or its detail, as it is written.
    q: Option<Line>,
    /// On this day, in Việt Nam.
    day: Option<Date>,
    /// On this day, in Việt Nam, or later.
    from: Option<Date>,
    /// Whether those alone that decide what cannot be undone, or who may decide.
    weighty: Option<bool>,
}

/// An entry of the trail.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuditEntry")]
pub(in crate::web) struct AuditJson {
    /// Its number.
    id: i64,
    /// When.
    at: Instant,
    /// Who: login or name.
    by: String,
    /// What was done.
    action: String,
    /// What it was done to.
    object: String,
    /// More about it.
    detail: String,
}

/// The trail, the latest first.
#[expect(clippy::unnecessary_wraps, reason = "other lists can be narrowed wrongly")]
pub(in crate::web) fn list(_: &Call, query: AuditQuery) -> Narrowed<AuditFilter> {
    let filter = AuditFilter {
        actor: words(query.by),
        words: words(query.q),
        day: query.day.map(|date| date.0),
        from: query.from.map(|date| date.0),
        is_weighty: query.weighty.unwrap_or_default(),
    };
    Ok((filter, query.page))
}

/// An entry on the list.
pub(in crate::web) fn line(_: &Call, listed: ListedEntry) -> AuditJson {
    let ListedEntry { id, entry, object } = listed;
    AuditJson {
        id,
        at: entry.at,
        by: entry.actor,
        action: entry.action,
        object,
        detail: entry.detail,
    }
}
