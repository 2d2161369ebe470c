//! What a call brings: a query, or JSON. Unknown and repeated names are refused, so that a slip of
//! the pen is no silent default.

use std::borrow::Cow;

use actix_web::web::Query;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::Path;

use super::problem::{Kind, Problem};
use crate::domain::calendar::Day;
use crate::domain::naming::Alike;
use crate::vietnamese;
use crate::web::words::Words;

/// Most characters of a text of several lines.
const TEXT_CHARS_MAX: usize = 2_000;
/// Most characters of a text on one line.
const LINE_CHARS_MAX: usize = 1_000;
/// Days before and after which nothing of ours happens.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Nothing more to say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Nothing {}

/// What a call says about names that are written alike.
pub(super) fn alike(is_other: bool) -> Alike {
    if is_other { Alike::IsOther } else { Alike::Ask }
}

/// A text on one line that says something, in the one spelling that is kept.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::web) struct Line(pub(super) String);

impl TryFrom<String> for Line {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = text.trim();
        let kept = vietnamese::nfc(text);
        let fits = !kept.is_empty() && kept.chars().count() <= LINE_CHARS_MAX;
        if fits && !text.chars().any(char::is_control) {
            return Ok(Self(kept));
        }
        Err("a text of 1 to 1,000 characters without control characters")
    }
}

impl JsonSchema for Line {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Line".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 1,
            "maxLength": LINE_CHARS_MAX,
            "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
        })
    }
}

/// A text of several lines that says something, in the one spelling that is kept.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::web) struct Text(pub(super) String);

impl TryFrom<String> for Text {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = text.trim();
        let kept = vietnamese::nfc_lines(text);
        let fits = !kept.is_empty() && kept.chars().count() <= TEXT_CHARS_MAX;
        if fits && !text.chars().any(|letter| letter.is_control() && letter != '\n') {
            return Ok(Self(kept));
        }
        Err("a text of 1 to 2,000 characters without control characters but line feeds")
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 1,
            "maxLength": TEXT_CHARS_MAX,
            "pattern": "^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f]*$",
        })
    }
}

/// A day that something of ours can happen on.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Day")]
pub(in crate::web) struct Date(pub(super) Day);

impl TryFrom<Day> for Date {
    type Error = &'static str;

    fn try_from(day: Day) -> Result<Self, Self::Error> {
        use chrono::Datelike;
        if YEARS.contains(&day.year()) { Ok(Self(day)) } else { Err("a day of 1900 to 2200") }
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Day::json_schema(generator)
    }
}

/// Words that are looked for; none where none are named.
pub(super) fn words(q: Option<Line>) -> String {
    q.map(|line| line.0).unwrap_or_default()
}

/// Reads a query string.
pub(super) fn query<T: DeserializeOwned>(words: Words, query: &str) -> Result<T, Problem> {
    let read = Query::from_query(query).map(Query::into_inner);
    read.map_err(|why| Problem::parameter(words, "#", code(&why.to_string())))
}

/// Reads JSON; where nothing was sent, an empty object.
pub(super) fn body<T: DeserializeOwned>(words: Words, body: &[u8]) -> Result<T, Problem> {
    let body = if body.is_empty() { b"{}" } else { body };
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|why| {
        if !why.inner().is_data() {
            return Kind::Unreadable.into();
        }
        Problem::field(words, &pointer(why.path()), code(&why.inner().to_string()))
    })?;
    reader.end().map_err(|_more| Kind::Unreadable)?;
    Ok(read)
}

/// What is wrong, as far as the reader says it.
fn code(said: &str) -> &'static str {
    let known = [
        ("missing field", "missing"),
        ("unknown field", "unknown"),
        ("duplicate field", "duplicate"),
    ];
    known.iter().find(|(says, _)| said.contains(says)).map_or("invalid", |(_, code)| code)
}

/// `#/spoiled/0/first`.
fn pointer(path: &Path) -> String {
    let parts = path.iter().map(|part| match part {
        serde_path_to_error::Segment::Seq { index } => index.to_string(),
        serde_path_to_error::Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
        serde_path_to_error::Segment::Enum { variant } => variant.clone(),
        serde_path_to_error::Segment::Unknown => String::new(),
    });
    parts.fold("#".to_owned(), |pointer, part| format!("{pointer}/{part}"))
}
