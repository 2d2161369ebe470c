//! Annexes of decisions: checked, and entered in the register.

use std::borrow::Cow;

use data_encoding::BASE64;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line};
use super::problem::Problem;
use crate::desk::products as desk;
use crate::intake::limits::FILE_BYTES;
use crate::intake::{self, Defaults, Preview};
use crate::photos as pictures;
use crate::register::Import;

/// Most characters of a file in Base64.
const BASE64_CHARS_MAX: usize = FILE_BYTES.div_ceil(3) * 4;
/// Most bytes of what is sent: a file in Base64, and room for what is said beside it.
pub(in crate::web) const ANNEX_BYTES_MAX: usize = BASE64_CHARS_MAX + (64 << 10);
/// Most faults that an answer has.
const FAULTS_MAX: usize = 1_000;

/// An annex, with what its decision says once for all rows.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Annex")]
pub(in crate::web) struct AnnexJson {
    /// The file, CSV or XLSX, in Base64.
    file: Base64File,
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
}

/// A file in Base64 (RFC 4648).
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Base64File(pub(super) Vec<u8>);

impl TryFrom<String> for Base64File {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = BASE64.decode(text.as_bytes()).map_err(|_other| "not Base64")?;
        if bytes.is_empty() { Err("an empty file") } else { Ok(Self(bytes)) }
    }
}

impl JsonSchema for Base64File {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Base64File".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 4,
            "maxLength": BASE64_CHARS_MAX.max(pictures::BYTES_MAX.div_ceil(3) * 4),
            "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
            "contentEncoding": "base64",
        })
    }
}

/// What an annex was found to hold.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexCheck")]
pub(in crate::web) struct CheckJson {
    /// Rows that name a product.
    rows: usize,
    /// Rows without a fault.
    good: usize,
    /// What is wrong with the others, in the order of the file.
    faults: Vec<FaultJson>,
    /// Whether there are more faults than these.
    has_more_faults: bool,
    /// Headings that mean nothing to the register; what stands under them is not read.
    ignored_columns: Vec<String>,
}

/// What is wrong in a cell.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexFault")]
struct FaultJson {
    /// The row, as a spreadsheet numbers it.
    row: u32,
    /// Heading of the column.
    column: String,
    /// What the cell says, shortened; empty when nothing.
    found: String,
    /// What is wrong with it, in the language asked for.
    what: String,
    /// What to do, in the language asked for.
    remedy: &'static str,
}

/// What entering an annex did.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexEntered")]
pub(in crate::web) struct EnteredJson {
    /// Recognitions that were entered.
    entered: usize,
    /// Recognitions that the register had already.
    known: usize,
}

/// Says what an annex holds, and enters nothing.
pub(in crate::web) fn check(call: &Call, said: AnnexJson) -> Result<CheckJson, Problem> {
    let (preview, _) = read(call, said)?;
    let language = call.words.language();
    let fault = |it: &intake::Problem| FaultJson {
        row: it.row,
        column: it.column.clone(),
        found: it.found.clone(),
        what: it.kind.what(language),
        remedy: it.kind.what_to_do(language),
    };
    Ok(CheckJson {
        rows: preview.rows,
        good: preview.entries.len(),
        faults: preview.problems.iter().take(FAULTS_MAX).map(fault).collect(),
        has_more_faults: preview.problems.len() > FAULTS_MAX,
        ignored_columns: preview.ignored_columns,
    })
}

/// Enters an annex in which nothing is wrong.
pub(in crate::web) fn enter(call: &Call, said: AnnexJson) -> Result<EnteredJson, Problem> {
    let (preview, name) = read(call, said)?;
    let count = |number: usize| call.words.number(u64::try_from(number).unwrap_or(u64::MAX));
    if !preview.problems.is_empty() {
        let count = count(preview.problems.len());
        return Err(Problem::refused(
            "faulty",
            call.words.fill("annex.faulty", [("count", &count)]),
        ));
    }
    let entries: Vec<_> = preview.entries.into_iter().map(|(_, entry)| entry).collect();
    let imported = desk::import(&call.store, &call.worker(), &entries, &name, Import::EnterAll)?;
    let (new, already, _) = imported.counts();
    Ok(EnteredJson { entered: new, known: already })
}

fn read(call: &Call, said: AnnexJson) -> Result<(Preview, String), Problem> {
    let line = |line: Option<Line>| line.map(|line| line.0);
    let defaults = Defaults {
        decision_number: line(said.decision_number),
        authority: line(said.authority),
        level: None,
        signed_on: said.signed_on.map(|date| date.0),
    };
    let preview = intake::preview(&said.file.0, &defaults).map_err(|why| {
        let language = call.words.language();
        let said = format!("{} {}", why.what(language), why.what_to_do(language));
        Problem::refused("unreadable_file", said)
    })?;
    Ok((preview, line(said.name).unwrap_or_default()))
}
