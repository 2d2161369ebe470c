//! The audit trail.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, words};
use super::lists::Narrowed;
use super::shapes::{EntryJson, PageNumber};
use crate::domain::audit::Entry;
use crate::store::audit_list::AuditFilter;

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
    /// Its number: later entries have greater ones.
    id: i64,
    #[serde(flatten)]
    entry: EntryJson,
    /// What it was done to.
    subject: SubjectJson,
}

/// What an act was about.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Subject")]
pub(in crate::web) struct SubjectJson {
    /// Its kind.
    kind: &'static str,
    /// Its number among those of its kind; of a batch and of stamps the number of the batch.
    id: i64,
    /// What people call it now, where it has a name.
    name: Option<String>,
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
pub(in crate::web) fn line(_: &Call, entry: Entry) -> AuditJson {
    let subject = SubjectJson {
        kind: entry.subject.kind(),
        id: entry.subject.number(),
        name: entry.names.subject.clone(),
    };
    AuditJson { id: entry.id, entry: EntryJson::from(&entry), subject }
}
