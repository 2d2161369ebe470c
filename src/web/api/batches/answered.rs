//! What batches are answered as.

use schemars::JsonSchema;
use serde::Serialize;

use crate::accounting::reconcile::{BatchAccount, Difference};
use crate::code::text;
use crate::delivery::JobFile;
use crate::desk::batches::BatchFile;
use crate::domain::calendar::{Day, Instant};
use crate::domain::print_job::{HandOver, JobState};
use crate::domain::stamp::{StampRun, StampState};
use crate::domain::tally::Tally;
use crate::store::batch_list::ListedBatch;
use crate::web::api::shapes::{DoneJson, EntryJson, Named, history};

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
pub(in crate::web) struct HandOverJson {
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
pub(in crate::web) struct ReceiptJson {
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
pub(in crate::web) struct AccountJson {
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
pub(in crate::web) struct DifferenceJson {
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
pub(in crate::web) struct RunJson {
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

pub(super) fn batch(listed: &ListedBatch) -> BatchJson {
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

pub(super) fn file(file: BatchFile) -> BatchFileJson {
    let settled = file.account.is_settled();
    let job = file.job.as_ref();
    let hand_overs = job.map(|job: &JobFile| job.hand_overs.iter().map(hand_over_json).collect());
    let accounts = file.account.batches.iter();
    BatchFileJson {
        batch: batch(&file.listed),
        hand_overs: hand_overs.unwrap_or_default(),
        accounts: accounts.map(|(it, runs, more)| account(it, runs, *more)).collect(),
        settled,
        history: history(&file.history),
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

/// Stamps in a row.
pub(in crate::web) fn run(run: &StampRun) -> RunJson {
    RunJson {
        first: text::serial_grouped(run.first),
        last: text::serial_grouped(run.last),
        state: run.state.key(),
        handed_over: run.handed_over,
        stamps: run.stamps,
    }
}
