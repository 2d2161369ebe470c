//! Annexes of decisions: checked, and entered in the register.

mod account;

use std::borrow::Cow;

use data_encoding::BASE64;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::body::base64_chars;
use super::call::Call;
use super::input::{Date, Line};
use super::problem::Problem;
use crate::desk::products as desk;
use crate::domain::annex::About;
use crate::intake::limits::FILE_BYTES;
use crate::intake::{self, Account, AnswerError, Defaults, Preview, RowAnswer};
use crate::register::Import;

pub(in crate::web) use account::AccountJson;

/// An annex, with what its decision says once for all rows.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Annex")]
pub(in crate::web) struct AnnexJson {
    /// The file, CSV or XLSX, in Base64.
    file: Base64File<FILE_BYTES>,
    /// Its name, for the audit trail.
    #[serde(default)]
    name: Option<Line>,
    /// Number of the decision, where rows do not say it.
    #[serde(default)]
    decision_number: Option<Line>,
    /// Name of the authority that signed, where rows do not say it.
    #[serde(default)]
    authority: Option<Line>,
    /// The day of signature, where rows do not say it.
    #[serde(default)]
    signed_on: Option<Date>,
    /// The first day of effect, where rows do not say it and it is not that of the signature.
    #[serde(default)]
    effective_on: Option<Date>,
    /// What rows mean that the register cannot tell.
    #[serde(default)]
    answers: Vec<AnswerJson>,
}

/// What the office says of a row that is unclear.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AnnexAnswer")]
struct AnswerJson {
    /// The sheet; needed where several of those that are read have such a row.
    #[serde(default)]
    sheet: Option<Line>,
    /// The row, as a spreadsheet numbers it.
    row: u32,
    /// What the answer is about.
    #[schemars(extend("enum" = ["producer", "product"]))]
    about: String,
    /// Number of the producer or product that it is; none where it is a new one.
    #[serde(default)]
    same: Option<i64>,
}

/// A file in Base64 (RFC 4648), of at most so many bytes.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Base64File<const BYTES_MAX: usize>(pub(super) Vec<u8>);

impl<const BYTES_MAX: usize> TryFrom<String> for Base64File<BYTES_MAX> {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = BASE64.decode(text.as_bytes()).map_err(|_other| "not Base64")?;
        if bytes.is_empty() { Err("an empty file") } else { Ok(Self(bytes)) }
    }
}

impl<const BYTES_MAX: usize> JsonSchema for Base64File<BYTES_MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Base64File{BYTES_MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 4,
            "maxLength": base64_chars(BYTES_MAX),
            "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
            "contentEncoding": "base64",
        })
    }
}

/// Says what an annex holds and what would become of it, and enters nothing.
pub(in crate::web) fn check(call: &Call, said: AnnexJson) -> Result<AccountJson, Problem> {
    let account = account(call, said, Import::Try)?;
    Ok(AccountJson::new(&account, call.words.language()))
}

/// Enters an annex in which nothing is wrong.
pub(in crate::web) fn enter(call: &Call, said: AnnexJson) -> Result<AccountJson, Problem> {
    let account = account(call, said, Import::EnterAll)?;
    let counts = account.counts();
    let number = |number: usize| call.words.number(u64::try_from(number).unwrap_or(u64::MAX));
    for (key, count, text) in [
        ("faulty", counts.refused, "annex.faulty"),
        ("different", counts.different, "annex.not_same"),
        ("unclear", counts.unclear, "annex.not_clear"),
    ] {
        if count > 0 {
            let said = call.words.fill(text, [("count", &number(count))]);
            return Err(Problem::refused(key, said));
        }
    }
    Ok(AccountJson::new(&account, call.words.language()))
}

/// Reads an annex, and enters it where it is to be entered and nothing in it is wrong.
fn account(call: &Call, said: AnnexJson, how: Import) -> Result<Account, Problem> {
    let (preview, name) = read(call, said)?;
    let how = if preview.problems().next().is_some() { Import::Try } else { how };
    let entries = preview.entries();
    let imported = desk::import(&call.store, &call.worker(), &entries, &name, how)?;
    let account = preview.account(imported.0);
    if account.counts().is_nothing() {
        return Err(Problem::refused("nothing", call.words.say("annex.nothing").into_owned()));
    }
    Ok(account)
}

fn read(call: &Call, said: AnnexJson) -> Result<(Preview, String), Problem> {
    let line = |line: Option<Line>| line.map(|line| line.0);
    let defaults = Defaults {
        decision_number: line(said.decision_number),
        authority: line(said.authority),
        level: None,
        signed_on: said.signed_on.map(|date| date.0),
        effective_on: said.effective_on.map(|date| date.0),
        today: Some(call.today()),
    };
    let mut preview = intake::preview(&said.file.0, &defaults).map_err(|why| {
        let language = call.words.language();
        let said = format!("{} {}", why.what(language), why.what_to_do(language));
        Problem::refused("unreadable_file", said)
    })?;
    let answers = said.answers.into_iter().map(|AnswerJson { sheet, row, about, same }| {
        let about = match &*about {
            "producer" => About::Producer,
            "product" => About::Product,
            _ => return Err(call.invalid("#/answers")),
        };
        Ok(RowAnswer { sheet: line(sheet), row, about, same })
    });
    let answers = answers.collect::<Result<Vec<_>, _>>()?;
    let refused = |why: AnswerError| Problem::refused("answer", why.what(call.words.language()));
    preview.answer(&answers).map_err(refused)?;
    Ok((preview, line(said.name).unwrap_or_default()))
}
