//! Batches, from the print shop to a closed account.

pub(in crate::web) mod answered;

use schemars::JsonSchema;
use serde::Deserialize;

use self::answered::{BatchFileJson, BatchJson, batch, file};
use super::call::Call;
use super::input::{Date, Line, words};
use super::lists::Narrowed;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use super::selection::{OutcomeJson, choosing};
use super::shapes::PageNumber;
use crate::accounting::LotName;
use crate::delivery::Spoiled;
use crate::desk::batches::{self as desk, Step};
use crate::domain::ids::{ProducerId, ShopId};
use crate::domain::order::{Quantity, STAMPS_MAX};
use crate::domain::print_job::Minutes;
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
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// A batch came out of the press.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PrintReport {
    /// What came out spoiled; all else of the batch is printed.
    #[serde(default)]
    #[schemars(length(max = SPOILED_MAX))]
    spoiled: Vec<Spoilage>,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

choosing! {
    /// Stamps that came out spoiled.
    #[schemars(rename = "Spoiled")]
    Spoilage {
        /// Why.
        reason: Line,
    }
}

choosing! {
    /// Printed stamps are handed over.
    HandOverReport {
        /// Number of the minutes.
        minutes: Line,
        /// The day of the hand-over.
        handed_on: Date,
        /// How many stamps, by the minutes: no more than are handed over.
        #[schemars(range(min = 1, max = STAMPS_MAX))]
        stamps: u32,
        /// Whether to tell what would be done, and do nothing.
        #[serde(default)]
        preview: bool,
    }
}

/// Stamps were received.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ReceiptReport {
    /// Number of the minutes.
    minutes: Line,
    /// How many stamps were received: no more than were handed over.
    #[schemars(range(max = STAMPS_MAX))]
    stamps: u32,
    /// Why, where it is not what the minutes say.
    #[serde(default)]
    reason: Option<Line>,
    /// Whether to tell whether it would be taken, and do nothing.
    #[serde(default)]
    preview: bool,
}

choosing! {
    /// Stamps that one has are spoiled or lost.
    StampReport {
        /// What became of them.
        #[schemars(extend("enum" = REPORTED.map(StampMove::key)))]
        what: String,
        /// Why.
        reason: Line,
        /// Whether to tell what would be done, and do nothing.
        #[serde(default)]
        preview: bool,
    }
}

/// Most runs, sheets or lists of spoiled stamps in a report.
const SPOILED_MAX: usize = 1_000;

/// What may be reported of stamps.
const REPORTED: [StampMove; 2] = [StampMove::Spoil, StampMove::Lose];

choosing! {
    /// Codes are cancelled.
    Cancellation {
        /// Why.
        reason: Line,
        /// Whether to tell what would be done, and do nothing.
        #[serde(default)]
        preview: bool,
    }
}

choosing! {
    /// Received stamps are put on goods of a lot.
    Activation {
        /// Code of the lot.
        lot: Line,
        /// The day the goods were made.
        #[serde(default)]
        made_on: Option<Date>,
        /// The day by which they are to be used.
        #[serde(default)]
        use_by: Option<Date>,
        /// Whether to tell what would be done, and do nothing.
        #[serde(default)]
        preview: bool,
    }
}

/// Spoiled stamps are to be printed anew.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Reprint {
    /// Why, for those whom it concerns to read.
    reason: Line,
    /// How many of the spoiled stamps that no order replaces yet.
    #[serde(default)]
    #[schemars(range(min = 1, max = STAMPS_MAX))]
    stamps: Option<u32>,
    /// All of them, in place of a number.
    #[serde(default)]
    all: bool,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// The account of a batch is closed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Closing {
    /// Why a difference may stay, where there is one.
    #[serde(default)]
    reason: Option<Line>,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
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
pub(in crate::web) fn assign(call: &Call, said: Assignment) -> Result<OutcomeJson, Problem> {
    let (shop, due_on) = (ShopId(said.print_shop), said.due_on.map(|day| day.0));
    let assignment = desk::Assignment { shop, due_on, seen: None };
    tell(call, &Step::Assign(assignment), said.preview)
}

/// Reports a batch printed.
pub(in crate::web) fn printed(call: &Call, said: PrintReport) -> Result<OutcomeJson, Problem> {
    if said.spoiled.len() > SPOILED_MAX {
        return Err(call.invalid("#/spoiled"));
    }
    let spoiled = |(place, mut it): (usize, Spoilage)| {
        let which = it.which().read(call, &format!("/spoiled/{place}"))?;
        Ok(Spoiled { which, reason: it.reason.0 })
    };
    let spoiled = said.spoiled.into_iter().enumerate().map(spoiled);
    tell(call, &Step::Printed(spoiled.collect::<Result<_, Problem>>()?), said.preview)
}

/// Hands printed stamps over.
pub(in crate::web) fn hand_over(
    call: &Call,
    mut said: HandOverReport,
) -> Result<OutcomeJson, Problem> {
    let which = said.which().read(call, "")?;
    let HandOverReport { minutes, handed_on, stamps, preview, .. } = said;
    let (number, handed_on, stated) = (minutes.0, handed_on.0, Some(stamps.into()));
    tell(call, &Step::HandOver(Minutes { number, handed_on, stated }, which), preview)
}

/// Confirms a hand-over.
pub(in crate::web) fn receive(call: &Call, said: ReceiptReport) -> Result<OutcomeJson, Problem> {
    let reason = said.reason.map(|line| line.0).unwrap_or_default();
    let step = Step::Receive(said.minutes.0, said.stamps.into(), reason);
    tell(call, &step, said.preview)
}

/// Puts stamps on goods of a lot.
pub(in crate::web) fn activate(call: &Call, mut said: Activation) -> Result<OutcomeJson, Problem> {
    let which = said.which().read(call, "")?;
    let day = |date: Option<Date>| date.map(|date| date.0);
    let lot = LotName { code: said.lot.0, made_on: day(said.made_on), use_by: day(said.use_by) };
    tell(call, &Step::Activate(which, lot), said.preview)
}

/// Reports stamps that one has spoiled or lost.
pub(in crate::web) fn report(call: &Call, mut said: StampReport) -> Result<OutcomeJson, Problem> {
    let what = REPORTED.into_iter().find(|it| it.key() == said.what);
    let what = what.ok_or_else(|| call.invalid("#/what"))?;
    let which = said.which().read(call, "")?;
    tell(call, &Step::Report(what, which, said.reason.0), said.preview)
}

/// Asks to print spoiled stamps anew.
pub(in crate::web) fn reprint(call: &Call, said: Reprint) -> Result<OutcomeJson, Problem> {
    let quantity = match (said.all, said.stamps) {
        (true, None) => None,
        (false, Some(stamps)) => {
            Some(Quantity::new(stamps).ok_or_else(|| call.invalid("#/stamps"))?)
        }
        (true, Some(_)) => return Err(call.invalid("#/stamps")),
        (false, None) => return Err(Problem::field(call.words, "#/all", "missing")),
    };
    tell(call, &Step::Reprint(quantity, said.reason.0), said.preview)
}

/// Cancels codes.
pub(in crate::web) fn cancel(call: &Call, mut said: Cancellation) -> Result<OutcomeJson, Problem> {
    let which = said.which().read(call, "")?;
    tell(call, &Step::Cancel(which, said.reason.0), said.preview)
}

/// Closes the account.
pub(in crate::web) fn close(call: &Call, said: Closing) -> Result<OutcomeJson, Problem> {
    let reason = said.reason.map(|line| line.0).unwrap_or_default();
    tell(call, &Step::Close(reason), said.preview)
}

fn tell(call: &Call, step: &Step, preview: bool) -> Result<OutcomeJson, Problem> {
    let take = if preview { desk::preview } else { desk::step };
    let done = take(&call.store, &call.worker(), call.batch()?, step);
    let done = done.map_err(|why| refusal::job(call.words, why))?;
    Ok(OutcomeJson::of(&done, preview))
}
