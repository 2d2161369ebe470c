//! Batches, from the print shop to a closed account.

pub(in crate::web) mod answered;

use schemars::JsonSchema;
use serde::Deserialize;

use self::answered::{BatchFileJson, BatchJson, batch, file};
use super::call::Call;
use super::input::{Date, Line, OptionalReason, Reason, words};
use super::lists::Narrowed;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use super::shapes::PageNumber;
use crate::accounting::{LotName, Selection};
use crate::code::uri;
use crate::delivery::Spoiled;
use crate::desk::batches::{self as desk, Step};
use crate::domain::ids::{ProducerId, ShopId};
use crate::domain::order::STAMPS_MAX;
use crate::domain::print_job::Minutes;
use crate::domain::serial::Serial;
use crate::domain::sheet::{Printing, SHEETS_MAX};
use crate::domain::stamp::StampMove;
use crate::store::batch_list::{BatchFilter, BatchStage, Difference, ListedBatch};

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct BatchQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Standing there.
    #[schemars(extend("enum" = stages()))]
    state: Option<String>,
    /// With such a difference between what was counted.
    #[schemars(extend("enum" = Difference::ALL.map(Difference::key)))]
    difference: Option<String>,
    /// Of this producer's products.
    producer: Option<i64>,
    /// With these words in the name of the product or its producer, accented or not.
    q: Option<Line>,
}

/// Where batches can stand.
fn stages() -> Vec<&'static str> {
    BatchStage::all().map(BatchStage::key).collect()
}

/// A batch is given to a print shop.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Assignment {
    /// Number of the print shop.
    print_shop: i64,
    /// The day by which it is to deliver; without one, the day that was agreed on, or that the order asks for.
    due_on: Option<Date>,
}

/// A batch came out of the press.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PrintReport {
    /// What came out spoiled.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    spoiled: Vec<SpoiledJson>,
}

/// Stamps that came out spoiled.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Spoiled")]
struct SpoiledJson {
    /// The first serial.
    first: Line,
    /// The last serial; the first again where none is given.
    #[serde(default)]
    last: Option<Line>,
    /// Why.
    reason: Line,
}

/// Stamps are handed over.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct HandOverReport {
    /// Number of the minutes.
    minutes: Line,
    /// The day of the hand-over.
    handed_on: Date,
    /// How many stamps, by the minutes.
    #[schemars(range(max = STAMPS_MAX))]
    stamps: u32,
}

/// Stamps were received.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ReceiptReport {
    /// Number of the minutes.
    minutes: Line,
    /// How many stamps were received.
    #[schemars(range(max = STAMPS_MAX))]
    stamps: u32,
    /// Why, where it is not what the minutes say.
    #[serde(default)]
    reason: Option<Line>,
}

/// Stamps that one has are spoiled or lost.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct StampReport {
    /// What became of them.
    #[schemars(extend("enum" = REPORTED.map(StampMove::key)))]
    what: String,
    /// The first serial.
    #[serde(default)]
    first: Option<Line>,
    /// The last serial; the first again where none is given.
    #[serde(default)]
    last: Option<Line>,
    /// Printed sheets, in place of serials.
    #[serde(default)]
    sheets: Option<SheetsJson>,
    /// Serials or scanned texts of single stamps, in place of both.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    codes: Vec<Line>,
    /// Why.
    reason: Line,
}

/// Printed sheets of one printing.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Sheets")]
pub(in crate::web) struct SheetsJson {
    /// The layout they were printed in.
    layout: Line,
    /// The design of their stamps.
    design: Line,
    /// Their numbers, from 1.
    #[schemars(length(min = 1, max = 1_000), inner(range(min = 1)))]
    numbers: Vec<u32>,
}

/// Single stamps that are named at once.
const CODES_MAX: usize = 1_000;

/// What may be reported of stamps.
const REPORTED: [StampMove; 2] = [StampMove::Spoil, StampMove::Lose];

/// Codes are cancelled.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Cancellation {
    /// The first serial.
    first: Line,
    /// The last serial; the first again where none is given.
    #[serde(default)]
    last: Option<Line>,
    /// Why.
    reason: Line,
}

/// Stamps are put on goods of a lot: from one serial to another, sheets, single stamps, or all that
/// can be.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Activation {
    /// Code of the lot.
    lot: Line,
    /// The day the goods were made.
    #[serde(default)]
    made_on: Option<Date>,
    /// The day by which they are to be used.
    #[serde(default)]
    use_by: Option<Date>,
    /// The first serial; all of the batch, where none is given.
    #[serde(default)]
    first: Option<Line>,
    /// The last serial; the first again where none is given.
    #[serde(default)]
    last: Option<Line>,
    /// Printed sheets, in place of serials.
    #[serde(default)]
    sheets: Option<SheetsJson>,
    /// Serials or scanned texts of single stamps, in place of both.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    codes: Vec<Line>,
}

/// Batches, newest first.
pub(in crate::web) fn list(call: &Call, query: BatchQuery) -> Narrowed<BatchFilter> {
    let stage = call.chosen("state", query.state, BatchStage::from_key)?;
    let difference = call.chosen("difference", query.difference, Difference::from_key)?;
    let producer = query.producer.map(ProducerId);
    Ok((BatchFilter { stage, words: words(query.q), difference, producer }, query.page))
}

/// A batch on the list.
pub(in crate::web) fn line(_: &Call, listed: ListedBatch) -> BatchJson {
    batch(&listed)
}

/// One batch.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<BatchFileJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), call.batch()?);
    let found = found.map_err(|why| refusal::stamps(call.words, why))?;
    found.map(file).ok_or_else(|| Kind::NotFound.into())
}

/// Gives a batch to a print shop.
pub(in crate::web) fn assign(call: &Call, said: Assignment) -> Result<(), Problem> {
    let (shop, due_on) = (ShopId(said.print_shop), said.due_on.map(|day| day.0));
    step(call, &Step::Assign(desk::Assignment { shop, due_on, seen: None }))
}

/// Reports a batch printed.
pub(in crate::web) fn printed(call: &Call, said: PrintReport) -> Result<(), Problem> {
    let spoiled = |(place, it): (usize, SpoiledJson)| {
        let at = |field| format!("#/spoiled/{place}/{field}");
        let which = range(call, (&it.first, &at("first")), (it.last.as_ref(), &at("last")))?;
        Ok(Spoiled { which, reason: it.reason.0 })
    };
    let spoiled = said.spoiled.into_iter().enumerate().map(spoiled);
    step(call, &Step::Printed(spoiled.collect::<Result<_, Problem>>()?))
}

/// Hands printed stamps over.
pub(in crate::web) fn hand_over(call: &Call, said: HandOverReport) -> Result<(), Problem> {
    let HandOverReport { minutes, handed_on, stamps } = said;
    let (number, handed_on, stated) = (minutes.0, handed_on.0, Some(stamps.into()));
    step(call, &Step::HandOver(Minutes { number, handed_on, stated }))
}

/// Confirms a hand-over.
pub(in crate::web) fn receive(call: &Call, said: ReceiptReport) -> Result<(), Problem> {
    let reason = said.reason.map(|line| line.0).unwrap_or_default();
    step(call, &Step::Receive(said.minutes.0, said.stamps.into(), reason))
}

/// Puts stamps on goods of a lot.
pub(in crate::web) fn activate(call: &Call, said: Activation) -> Result<(), Problem> {
    let Activation { first, last, sheets, codes, .. } = said;
    let which = which(call, (first.as_ref(), last.as_ref()), sheets, &codes)?;
    let which = which.map_or_else(|| call.batch().map(Selection::Batch), Ok)?;
    let day = |date: Option<Date>| date.map(|date| date.0);
    let lot = LotName { code: said.lot.0, made_on: day(said.made_on), use_by: day(said.use_by) };
    step(call, &Step::Activate(which, lot))
}

/// Reports stamps that one has spoiled or lost.
pub(in crate::web) fn report(call: &Call, said: StampReport) -> Result<(), Problem> {
    let what = REPORTED.into_iter().find(|it| it.key() == said.what);
    let what = what.ok_or_else(|| call.invalid("#/what"))?;
    let ends = (said.first.as_ref(), said.last.as_ref());
    let which = which(call, ends, said.sheets, &said.codes)?;
    let which = which.ok_or_else(|| Problem::field(call.words, "#/first", "missing"))?;
    step(call, &Step::Report(what, which, said.reason.0))
}

/// Asks to print spoiled stamps anew.
pub(in crate::web) fn reprint(call: &Call, why: Reason) -> Result<(), Problem> {
    step(call, &Step::Reprint(why.reason.0))
}

/// Cancels codes.
pub(in crate::web) fn cancel(call: &Call, said: Cancellation) -> Result<(), Problem> {
    let which = range(call, (&said.first, "#/first"), (said.last.as_ref(), "#/last"))?;
    step(call, &Step::Cancel(which, said.reason.0))
}

/// Closes the account.
pub(in crate::web) fn close(call: &Call, why: OptionalReason) -> Result<(), Problem> {
    step(call, &Step::Close(why.reason.map(|line| line.0).unwrap_or_default()))
}

fn step(call: &Call, step: &Step) -> Result<(), Problem> {
    let done = desk::step(&call.store, &call.worker(), call.batch()?, step);
    done.map_err(|why| refusal::job(call.words, why))
}

/// Stamps by serial, by sheet or one by one; none where none is named.
fn which(
    call: &Call,
    (first, last): (Option<&Line>, Option<&Line>),
    sheets: Option<SheetsJson>,
    codes: &[Line],
) -> Result<Option<Selection>, Problem> {
    let ways = [first.is_some(), sheets.is_some(), !codes.is_empty()];
    if ways.into_iter().filter(|is_named| *is_named).count() > 1 {
        return Err(call.invalid(if codes.is_empty() { "#/sheets" } else { "#/codes" }));
    }
    if let Some(SheetsJson { layout, design, numbers }) = sheets {
        if !(1..=SHEETS_MAX).contains(&numbers.len()) {
            return Err(call.invalid("#/sheets/numbers"));
        }
        let printing = Printing { layout: layout.0, design: design.0 };
        return Ok(Some(Selection::Sheets { batch: call.batch()?, printing, numbers }));
    }
    if !codes.is_empty() {
        let read = |(place, line): (usize, &Line)| {
            let read = uri::read(&line.0).map(|read| read.serial);
            read.map_err(|_none| call.invalid(&format!("#/codes/{place}")))
        };
        let serials = codes.iter().take(CODES_MAX + 1).enumerate().map(read);
        let serials: Vec<Serial> = serials.collect::<Result<_, _>>()?;
        if serials.len() > CODES_MAX {
            return Err(call.invalid("#/codes"));
        }
        return Ok(Some(Selection::Scanned(call.batch()?, serials)));
    }
    match (first, last) {
        (Some(first), last) => range(call, (first, "#/first"), (last, "#/last")).map(Some),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Problem::field(call.words, "#/first", "missing")),
    }
}

/// From one serial to another; one alone stands for itself. Each comes with its place in the body.
fn range(
    call: &Call,
    (first, first_at): (&Line, &str),
    (last, last_at): (Option<&Line>, &str),
) -> Result<Selection, Problem> {
    let serial = |line: &Line, at: &str| -> Result<Serial, Problem> {
        uri::read(&line.0).map(|read| read.serial).map_err(|_none| call.invalid(at))
    };
    let first = serial(first, first_at)?;
    let last = last.map_or(Ok(first), |last| serial(last, last_at))?;
    Ok(Selection::Range(first..=last))
}
