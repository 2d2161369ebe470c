//! Shapes that several answers have. Names in them are an interface: add, never rename. A field that
//! nobody gave a value is `null`, never left out.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::call::Call;
use crate::desk::{self, Paged};
use crate::domain::act::Done;
use crate::domain::calendar::Instant;
use crate::domain::role::Organisation;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::web::views::desk::WITH_REASON;
use crate::web::views::desk::list::Shown;

/// Highest number of a page.
const PAGES_MAX: u32 = 1_000_000;

/// The number of a page, from 1.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
pub(in crate::web) struct PageNumber(u32);

impl TryFrom<u32> for PageNumber {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if (1..=PAGES_MAX).contains(&number) { Ok(Self(number)) } else { Err("a page from 1 on") }
    }
}

impl JsonSchema for PageNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "PageNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": PAGES_MAX })
    }
}

/// A page of a list, in the order that its page of work has.
pub(super) fn page<L: Shown>(
    call: &Call,
    list: &L,
    number: Option<PageNumber>,
) -> Result<Paged<L::Line>, StoreError> {
    let number = number.map_or(1, |number| number.0);
    desk::page(&call.store, &call.worker(), list, L::FIRST, number)
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

/// Everything of a kind.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "All{T}")]
pub(in crate::web) struct All<T> {
    /// Everything.
    items: Vec<T>,
}

impl<T> FromIterator<T> for All<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self { items: all.into_iter().collect() }
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

/// The producer or print shop that somebody works for, by its number.
pub(super) fn workplace(organisation: Organisation) -> (Option<i64>, Option<i64>) {
    match organisation {
        Organisation::Office => (None, None),
        Organisation::Producer(id) => (Some(id.0), None),
        Organisation::PrintShop(id) => (None, Some(id.0)),
    }
}
