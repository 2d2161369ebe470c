//! Shapes that several answers have. Names in them are an interface: add, never rename. A field that
//! nobody gave a value is `null`, never left out.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::call::Call;
use crate::code::text;
use crate::desk::{self, Paged};
use crate::domain::act::Done;
use crate::domain::audit::{Entry, Fact, Value};
use crate::domain::calendar::{Day, Instant};
use crate::domain::role::Organisation;
use crate::domain::stamp::StampState;
use crate::store::StoreError;
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
    /// The name of the account that acted, where it was one.
    by_name: Option<String>,
    /// What was done.
    action: &'static str,
    /// The reason that was given, where one was.
    reason: Option<String>,
    /// What else is known of it.
    facts: Vec<FactJson>,
    /// The stamps that were moved, where some were: those of an act that follow each other in their batch,
    /// came from one state and are on goods of one lot.
    stamps: Option<MovedJson>,
}

/// A fact about an act.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fact")]
pub(in crate::web) struct FactJson {
    /// What it says.
    name: &'static str,
    /// What holds: a number, a day, a moment, or a text; `null` where it holds no more.
    value: Option<ValueJson>,
    /// What held before, where it was changed.
    before: Option<ValueJson>,
}

/// A value of a fact.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "FactValue")]
pub(in crate::web) enum ValueJson {
    /// A number.
    Number(i64),
    /// A day in Việt Nam.
    Day(Day),
    /// A moment.
    Moment(Instant),
    /// A text.
    Text(String),
}

/// Stamps that were moved together.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MovedStamps")]
pub(in crate::web) struct MovedJson {
    /// The first serial.
    first: String,
    /// The last serial.
    last: String,
    /// How many were moved.
    count: u64,
    /// Where they stood; not known of entries from before it was kept.
    from: Option<&'static str>,
    /// Where they stand after it.
    to: &'static str,
    /// The number of the lot on whose goods they are, or were.
    lot: Option<i64>,
    /// Its code.
    lot_code: Option<String>,
    /// Whether each stamp from the first to the last was moved; of some old entries only the number of
    /// stamps is known.
    exact: bool,
}

impl From<&Entry> for EntryJson {
    fn from(entry: &Entry) -> Self {
        let value = |value: &Option<Value>| value.as_ref().map(ValueJson::from);
        let fact = |fact: &Fact| FactJson {
            name: fact.name.key(),
            value: value(&fact.value),
            before: value(&fact.before),
        };
        Self {
            at: entry.at,
            by: entry.actor.clone(),
            by_name: entry.names.actor.clone(),
            action: entry.action.key(),
            reason: entry.reason.clone(),
            facts: entry.facts.iter().map(fact).collect(),
            stamps: entry.run.map(|run| MovedJson {
                first: text::serial_grouped(run.first),
                last: text::serial_grouped(run.last),
                count: run.stamps,
                from: run.from.map(StampState::key),
                to: run.to.key(),
                lot: run.lot.map(|lot| lot.0),
                lot_code: entry.names.lot.clone(),
                exact: run.is_exact,
            }),
        }
    }
}

impl From<&Value> for ValueJson {
    fn from(value: &Value) -> Self {
        match value {
            Value::Count(count) => Self::Number(i64::try_from(*count).unwrap_or(i64::MAX)),
            Value::Number(number) => Self::Number(*number),
            Value::Day(day) => Self::Day(*day),
            Value::Moment(at) => Self::Moment(*at),
            Value::Text(text) | Value::Word(text) => Self::Text(text.clone()),
        }
    }
}

/// A history, oldest first.
pub(super) fn history(entries: &[Entry]) -> Vec<EntryJson> {
    entries.iter().map(EntryJson::from).collect()
}

/// The producer or print shop that somebody works for, by its number.
pub(super) fn workplace(organisation: Organisation) -> (Option<i64>, Option<i64>) {
    match organisation {
        Organisation::Office => (None, None),
        Organisation::Producer(id) => (Some(id.0), None),
        Organisation::PrintShop(id) => (None, Some(id.0)),
    }
}
