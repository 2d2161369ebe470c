//! Batches, from the print shop to a closed account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, OptionalReason};
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use super::shapes::{DoneJson, EntryJson, ListPage, Named, PageQuery, history, page};
use crate::accounting::reconcile::{BatchAccount, Difference};
use crate::accounting::{LotName, Selection};
use crate::code::{text, uri};
use crate::delivery::{JobFile, Spoiled};
use crate::desk::batches::{self as desk, BatchFile, Step};
use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::ShopId;
use crate::domain::order::STAMPS_MAX;
use crate::domain::print_job::{HandOver, JobState, Minutes};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::{StampRun, StampState};
use crate::domain::tally::Tally;
use crate::store::batch_list::{BatchFilter, ListedBatch};

/// A batch is given to a print shop.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Assignment {
    /// Number of the print shop.
    print_shop: i64,
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

/// Stamps are put on goods of a lot: from one serial to another, or all that can be.
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
}

/// A batch.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Batch")]
pub(in crate::web) struct BatchJson {
    /// Its name: the first four symbols of its serials.
    name: String,
    /// Name of the product, as printed.
    product_name: String,
    /// Its producer, with the name as printed.
    producer: Named,
    /// How many stamps.
    stamps: u64,
    /// When its codes were issued.
    issued_at: Instant,
    /// Its print shop, once it has one.
    print_shop: Option<Named>,
    /// Where it stands on its way; none before it was given to a print shop.
    #[schemars(extend("enum" = job_states()))]
    state: Option<&'static str>,
    /// The day by which it is wanted.
    wanted_on: Option<Day>,
}

/// The states of a batch, as JSON may have them.
fn job_states() -> Vec<Option<&'static str>> {
    JobState::ALL.into_iter().map(|state| Some(state.key())).chain([None]).collect()
}

/// A batch with its hand-overs and its account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BatchFile")]
pub(in crate::web) struct BatchFileJson {
    #[serde(flatten)]
    batch: BatchJson,
    /// What was handed over, oldest first.
    hand_overs: Vec<HandOverJson>,
    /// Its account, then those of the batches that replace its spoiled stamps.
    accounts: Vec<AccountJson>,
    /// Whether every stamp is accounted for.
    settled: bool,
    /// What was done with it, oldest first.
    history: Vec<EntryJson>,
}

/// A hand-over.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "HandOver")]
struct HandOverJson {
    /// Number of the minutes.
    minutes: String,
    /// The day.
    handed_on: Day,
    /// Stamps, by the minutes.
    stated: u64,
    /// Stamps that were moved.
    moved: u64,
    /// Who entered it, and when.
    entered: DoneJson,
    /// What the producer said of it.
    receipt: Option<ReceiptJson>,
}

/// What a producer said of a hand-over.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Receipt")]
struct ReceiptJson {
    /// Stamps received.
    stamps: u64,
    /// Why, where it is not what the minutes say.
    reason: Option<String>,
    /// Who confirmed it, and when.
    confirmed: DoneJson,
}

/// The account of a batch: issued = `in_print` + `void_in_print` + `handed_over`, and `handed_over` =
/// unused + activated + `void_after_hand_over`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
struct AccountJson {
    /// The batch.
    batch: String,
    /// Codes issued.
    issued: u64,
    /// Still in print.
    in_print: u64,
    /// Spoiled, lost, destroyed or cancelled in print.
    void_in_print: u64,
    /// Handed over.
    handed_over: u64,
    /// Unused, at the producer.
    unused: u64,
    /// On goods.
    activated: u64,
    /// Spoiled, lost, destroyed or cancelled afterwards.
    void_after_hand_over: u64,
    /// What does not agree.
    differences: Vec<DifferenceJson>,
    /// Runs of stamps that stand in the same place, in the order of their serials.
    runs: Vec<RunJson>,
    /// Whether there are more runs than these.
    has_more_runs: bool,
}

/// Something that does not agree.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Difference")]
struct DifferenceJson {
    /// What it is about.
    kind: &'static str,
    /// What was stated.
    stated: Option<u64>,
    /// What was found.
    found: Option<u64>,
}

/// Stamps in a row that stand in the same place.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Run")]
struct RunJson {
    /// The first serial.
    first: String,
    /// The last serial.
    last: String,
    /// Where they stand.
    #[schemars(extend("enum" = StampState::ALL.map(StampState::key)))]
    state: &'static str,
    /// Whether they were handed over.
    handed_over: bool,
    /// How many.
    stamps: u64,
}

/// Batches, newest first.
pub(in crate::web) fn list(call: &Call, query: PageQuery) -> Result<ListPage<BatchJson>, Problem> {
    let found = page(call, &BatchFilter::default(), query.page)?;
    Ok(ListPage::of(found, |listed| batch(&listed)))
}

/// One batch.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<BatchFileJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), number(call)?);
    let found = found.map_err(|why| refusal::stamps(call.words, why))?;
    found.map(file).ok_or_else(|| Kind::NotFound.into())
}

/// Gives a batch to a print shop.
pub(in crate::web) fn assign(call: &Call, said: Assignment) -> Result<(), Problem> {
    step(call, &Step::Assign(ShopId(said.print_shop)))
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
    let which = match (&said.first, &said.last) {
        (Some(first), last) => range(call, (first, "#/first"), (last.as_ref(), "#/last"))?,
        (None, None) => Selection::Batch(number(call)?),
        (None, Some(_)) => return Err(Problem::field(call.words, "#/first", "missing")),
    };
    let day = |date: Option<Date>| date.map(|date| date.0);
    let lot = LotName { code: said.lot.0, made_on: day(said.made_on), use_by: day(said.use_by) };
    step(call, &Step::Activate(which, lot))
}

/// Closes the account.
pub(in crate::web) fn close(call: &Call, why: OptionalReason) -> Result<(), Problem> {
    step(call, &Step::Close(why.reason.map(|line| line.0).unwrap_or_default()))
}

fn step(call: &Call, step: &Step) -> Result<(), Problem> {
    let done = desk::step(&call.store, &call.worker(), number(call)?, step);
    done.map_err(|why| refusal::job(call.words, why))
}

fn number(call: &Call) -> Result<BatchNumber, Problem> {
    text::read_batch(call.name()).map_err(|_none| Kind::NotFound.into())
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

fn batch(listed: &ListedBatch) -> BatchJson {
    let job = listed.job.as_ref();
    BatchJson {
        name: text::batch(listed.number),
        product_name: listed.product_name.clone(),
        producer: Named { id: listed.producer.0, name: listed.producer_name.clone() },
        stamps: listed.stamps,
        issued_at: listed.issued_at,
        print_shop: job.map(|(job, name)| Named { id: job.shop.0, name: name.clone() }),
        state: job.map(|(job, _)| job.state.key()),
        wanted_on: job.and_then(|(job, _)| job.wanted_on),
    }
}

fn file(file: BatchFile) -> BatchFileJson {
    let settled = file.account.is_settled();
    let job = file.job.as_ref();
    let hand_overs = job.map(|job: &JobFile| job.hand_overs.iter().map(hand_over_json).collect());
    let accounts = file.account.batches.iter();
    BatchFileJson {
        batch: batch(&file.listed),
        hand_overs: hand_overs.unwrap_or_default(),
        accounts: accounts.map(|(it, runs, more)| account(it, runs, *more)).collect(),
        settled,
        history: job.map(|job| history(&job.history)).unwrap_or_default(),
    }
}

fn hand_over_json(it: &HandOver) -> HandOverJson {
    HandOverJson {
        minutes: it.minutes.clone(),
        handed_on: it.handed_on,
        stated: it.stated,
        moved: it.moved,
        entered: (&it.done).into(),
        receipt: it.receipt.as_ref().map(|receipt| ReceiptJson {
            stamps: receipt.stamps,
            reason: receipt.reason.clone(),
            confirmed: (&receipt.done).into(),
        }),
    }
}

fn account(account: &BatchAccount, runs: &[StampRun], has_more_runs: bool) -> AccountJson {
    let tally: &Tally = &account.tally;
    AccountJson {
        batch: text::batch(account.batch),
        issued: tally.issued(),
        in_print: tally.in_print(),
        void_in_print: tally.void_in_print(),
        handed_over: tally.handed_over(),
        unused: tally.unused_at_producer(),
        activated: tally.activated(),
        void_after_hand_over: tally.void_after_hand_over(),
        differences: account.differences.iter().map(difference).collect(),
        runs: runs.iter().map(run).collect(),
        has_more_runs,
    }
}

fn difference(difference: &Difference) -> DifferenceJson {
    let numbers = difference.numbers();
    DifferenceJson {
        kind: difference.key(),
        stated: numbers.map(|(stated, _)| stated),
        found: numbers.map(|(_, found)| found),
    }
}

fn run(run: &StampRun) -> RunJson {
    RunJson {
        first: text::serial_grouped(run.first),
        last: text::serial_grouped(run.last),
        state: run.state.key(),
        handed_over: run.handed_over,
        stamps: run.stamps,
    }
}
