//! What consumers report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Line, Nothing, Text, words};
use super::lists::Narrowed;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use super::shapes::{EntryJson, Named, PageNumber, history};
use crate::code::text;
use crate::desk::reports::{self as desk, ReportFile};
use crate::domain::calendar::Instant;
use crate::domain::ids::{ProductId, ReportId};
use crate::domain::report::{ReportKind, ReportState, ReportStep};
use crate::domain::role::Right;
use crate::store::report_list::{ListedReport, ReportFilter};

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ReportQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// In this state.
    #[schemars(extend("enum" = ReportState::ALL.map(ReportState::key)))]
    state: Option<String>,
    /// Of this kind.
    #[schemars(extend("enum" = ReportKind::ALL.map(ReportKind::key)))]
    kind: Option<String>,
    /// About a stamp of the product of this number.
    product: Option<i64>,
    /// With these words in what was written, or in the name of product or producer, accented or not.
    q: Option<Line>,
}

/// What is said with a step.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Said {
    /// The note; the answer, which whoever has the receipt reads; or the reason for closing.
    text: Text,
}

/// A report.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Report")]
pub(in crate::web) struct ReportJson {
    /// Its number.
    id: i64,
    /// What about.
    #[schemars(extend("enum" = ReportKind::ALL.map(ReportKind::key)))]
    kind: &'static str,
    /// Where it stands.
    #[schemars(extend("enum" = ReportState::ALL.map(ReportState::key)))]
    state: &'static str,
    /// The code as it was typed.
    code: Option<String>,
    /// The serial that the code has, if it is one.
    serial: Option<String>,
    /// The product of the stamp, where it is one of ours.
    product: Option<Named>,
    /// Name of its producer.
    producer_name: Option<String>,
    /// What was seen.
    seen: String,
    /// Where the goods were bought.
    bought_at: Option<String>,
    /// What the office answered.
    answer: Option<String>,
    /// When it was sent.
    reported_at: Instant,
    /// When it was answered or closed.
    settled_at: Option<Instant>,
}

/// A report with its history.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReportFile")]
pub(in crate::web) struct ReportFileJson {
    #[serde(flatten)]
    report: ReportJson,
    /// A telephone number or an e-mail address, for who may answer reports, until it is erased.
    contact: Option<String>,
    /// When the contact was erased, where there was one.
    contact_erased_at: Option<Instant>,
    /// How often the stamp was scanned.
    scans: Option<u64>,
    /// What was done with it, oldest first.
    history: Vec<EntryJson>,
}

/// Reports, newest first.
pub(in crate::web) fn list(call: &Call, query: ReportQuery) -> Narrowed<ReportFilter> {
    let state = call.chosen("state", query.state, ReportState::from_key)?;
    let filter = ReportFilter {
        states: state.into_iter().collect(),
        kind: call.chosen("kind", query.kind, ReportKind::from_key)?,
        product: query.product.map(|id| (ProductId(id), String::new())),
        words: words(query.q),
    };
    Ok((filter, query.page))
}

/// A report on the list.
pub(in crate::web) fn line(_: &Call, listed: ListedReport) -> ReportJson {
    report(listed)
}

/// One report.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<ReportFileJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), ReportId(call.number()?))?;
    let ReportFile { listed, stamp, history: entries, .. } = found.ok_or(Kind::NotFound)?;
    let may_ask_back = call.caller.may(Right::AnswerReports);
    Ok(ReportFileJson {
        contact: listed.report.details.contact.clone().filter(|_| may_ask_back),
        contact_erased_at: listed.report.contact_erased_at,
        scans: stamp.map(|stamp| stamp.scans.count),
        history: history(&entries),
        report: report(listed),
    })
}

/// Takes a report up.
pub(in crate::web) fn take_up(call: &Call, _: Nothing) -> Result<(), Problem> {
    step(call, &ReportStep::TakeUp)
}

/// Notes something on a report, for the office alone.
pub(in crate::web) fn note(call: &Call, said: Said) -> Result<(), Problem> {
    step(call, &ReportStep::Note(said.text.0))
}

/// Answers a report.
pub(in crate::web) fn answer(call: &Call, said: Said) -> Result<(), Problem> {
    step(call, &ReportStep::Answer(said.text.0))
}

/// Closes a report without an answer.
pub(in crate::web) fn close(call: &Call, said: Said) -> Result<(), Problem> {
    step(call, &ReportStep::Close(said.text.0))
}

fn step(call: &Call, step: &ReportStep) -> Result<(), Problem> {
    let id = ReportId(call.number()?);
    let taken = desk::step(&call.store, &call.worker(), id, step, None);
    taken.map_err(|why| refusal::report(call.words, why))
}

fn report(ListedReport { report, names }: ListedReport) -> ReportJson {
    let (product, producer_name) = names.unzip();
    let details = report.details;
    ReportJson {
        id: report.id.0,
        kind: details.kind.key(),
        state: report.state.key(),
        code: details.code,
        serial: details.serial.map(text::serial_grouped),
        product: report.product.zip(product).map(|(id, name)| Named { id: id.0, name }),
        producer_name,
        seen: details.seen,
        bought_at: details.bought_at,
        answer: report.answer,
        reported_at: report.reported_at,
        settled_at: report.settled_at,
    }
}
