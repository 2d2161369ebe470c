//! Shapes that several answers have. Names in them are an interface: add, never rename. A field that
//! nobody gave a value is `null`, never left out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::desk::Paged;
use crate::domain::act::Done;
use crate::domain::calendar::Instant;
use crate::store::audit::Entry;
use crate::web::views::desk::WITH_REASON;

/// Which page of a list.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PageQuery {
    /// The page, from 1.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(super) page: Option<u32>,
}

/// A page of a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub(in crate::web) struct ListPage<T> {
    /// What is on the page.
    items: Vec<T>,
    /// The page, from 1.
    #[serde(rename = "page")]
    number: u32,
    /// How many there are on all pages.
    total: u64,
}

impl<T> ListPage<T> {
    /// A page of nouns, each in its shape.
    pub(super) fn of<N>(found: Paged<N>, shape: impl Fn(N) -> T) -> Self {
        let Paged { items, page, total } = found;
        Self { items: items.into_iter().map(shape).collect(), number: page, total }
    }
}

/// A thing with its number and name.
#[derive(Serialize, JsonSchema)]
pub(in crate::web) struct Named {
    /// Its number.
    pub(super) id: i64,
    /// Its name.
    pub(super) name: String,
}

/// Who did something, and when.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Done")]
pub(in crate::web) struct DoneJson {
    /// Login or name.
    by: String,
    /// When.
    at: Instant,
}

impl From<&Done> for DoneJson {
    fn from(done: &Done) -> Self {
        Self { by: done.by.clone(), at: done.at }
    }
}

/// An entry of a history.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
pub(in crate::web) struct EntryJson {
    /// When.
    at: Instant,
    /// Who: login or name.
    by: String,
    /// What was done.
    action: String,
    /// The reason that was given, where the act asks for one.
    reason: Option<String>,
}

/// A history, oldest first.
pub(super) fn history(entries: &[Entry]) -> Vec<EntryJson> {
    let entry = |entry: &Entry| EntryJson {
        at: entry.at,
        by: entry.actor.clone(),
        action: entry.action.clone(),
        reason: WITH_REASON.contains(&&*entry.action).then(|| entry.detail.clone()),
    };
    entries.iter().map(entry).collect()
}
