//! The audit trail.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, words};
use super::lists::Narrowed;
use super::shapes::{EntryJson, PageNumber};
use crate::domain::audit::{Action, Entry};
use crate::store::audit_list::AuditFilter;
use crate::web::views::desk::acts;

/// What the trail is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct AuditQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Done by who has this in the login, as it is written.
    by: Option<Line>,
    /// With these words in the act, in the name of what it is about, in its reason or its facts, as they are
    /// written; or about the stamp of this serial.
    q: Option<Line>,
    /// This act alone.
    action: Option<String>,
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
    /// The same in words, in the language that is asked for.
    object: String,
    /// Reason, stamps and facts in words, in the language that is asked for.
    detail: String,
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
pub(in crate::web) fn list(call: &Call, query: AuditQuery) -> Narrowed<AuditFilter> {
    let action = call.chosen("action", query.action, Action::from_key)?;
    let filter = AuditFilter {
        actor: words(query.by),
        words: words(query.q),
        day: query.day.map(|date| date.0),
        from: query.from.map(|date| date.0),
        is_weighty: query.weighty.unwrap_or_default(),
        action,
        named: Vec::new(),
    };
    Ok((filter, query.page))
}

/// An entry on the list.
#[expect(clippy::needless_pass_by_value, reason = "lists give their lines away")]
pub(in crate::web) fn line(call: &Call, entry: Entry) -> AuditJson {
    let subject = SubjectJson {
        kind: entry.subject.kind(),
        id: entry.subject.number(),
        name: entry.names.subject.clone(),
    };
    AuditJson {
        id: entry.id,
        entry: EntryJson::from(&entry),
        subject,
        object: acts::subject(call.words, &entry),
        detail: acts::detail(call.words, &entry),
    }
}
