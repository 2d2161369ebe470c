//! Stamps that are to be destroyed, that they were, and that somebody else confirms it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batches::answered::{RunJson, run};
use super::call::Call;
use super::input::{Date, Line, Text, words};
use super::lists::Narrowed;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use super::selection::OutcomeJson;
use super::shapes::{DoneJson, Named, PageNumber};
use super::telling::{Deed, DeedWithReason, MadeOrShown, attempted, tried};
use crate::code::text;
use crate::desk::destructions::{self as desk, DestructionFile};
use crate::domain::calendar::Day;
use crate::domain::destruction::{
    Cause, CauseKind, Destruction, DestructionMinutes, DestructionMove, DestructionState,
};
use crate::domain::ids::DestructionId;
use crate::domain::order::STAMPS_MAX;
use crate::store::Store;
use crate::store::due_list::{DueFilter, ListedDue};
use crate::web::urls;

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct DueQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// For this cause.
    #[schemars(extend("enum" = CauseKind::ALL.map(CauseKind::key)))]
    cause: Option<String>,
    /// Whether those alone of which a destruction waits to be confirmed.
    waiting: Option<bool>,
    /// With these words in the name of the product or its producer, accented or not.
    q: Option<Line>,
}

/// Minutes of a destruction.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DestructionMinutes")]
pub(in crate::web) struct MinutesJson {
    /// Their number.
    minutes: Line,
    /// How many stamps, by the minutes: as many as are to be destroyed of the batch, and all of them.
    #[schemars(range(min = 1, max = STAMPS_MAX))]
    stamps: u32,
    /// The day.
    destroyed_on: Date,
    /// Where.
    place: Text,
    /// Who saw it: names, offices, organisations.
    witnesses: Text,
    /// Why.
    reason: Text,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// A batch with stamps that are to be destroyed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BatchToDestroy")]
pub(in crate::web) struct DueJson {
    /// The batch.
    batch: String,
    /// Name of the product, as printed.
    product_name: String,
    /// Its producer, with the name as printed.
    producer: Named,
    /// Why its unused stamps are to be destroyed; none where only spoiled ones are.
    cause: Option<CauseJson>,
    /// Unused stamps that are to be destroyed.
    unused: u64,
    /// Spoiled stamps.
    spoiled: u64,
    /// Whether a destruction of it waits to be confirmed.
    waiting: bool,
}

/// What befell a product, so that its unused stamps are to be destroyed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DestructionCause")]
pub(in crate::web) struct CauseJson {
    /// What.
    #[schemars(extend("enum" = CauseKind::ALL.map(CauseKind::key)))]
    kind: &'static str,
    /// The last day of the recognition, or the first of its revocation.
    day: Option<Day>,
    /// Stars on the stamps, where the product has fewer.
    printed_stars: Option<u8>,
    /// Stars of the product, where they are fewer than printed.
    stars: Option<u8>,
}

/// What of a batch is to be destroyed, and was.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BatchDestructions")]
pub(in crate::web) struct BatchDestructionsJson {
    /// The batch.
    batch: String,
    /// Why its unused stamps are to be destroyed; none where they are not.
    cause: Option<CauseJson>,
    /// Stamps that are to be destroyed.
    stamps: u64,
    /// They, in the order of their serials.
    runs: Vec<RunJson>,
    /// Whether there are more runs than these.
    has_more_runs: bool,
    /// What was recorded, oldest first.
    destructions: Vec<DestructionJson>,
}

/// A destruction.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Destruction")]
pub(in crate::web) struct DestructionJson {
    /// Its number in the register.
    id: i64,
    #[serde(flatten)]
    facts: DestructionFacts,
}

/// A destruction that was recorded, or would be.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecordedDestruction")]
pub(in crate::web) struct RecordedJson {
    /// Its number in the register; none in a preview.
    id: Option<i64>,
    /// Whether nothing was recorded: it says what would be.
    preview: bool,
    #[serde(flatten)]
    facts: DestructionFacts,
}

/// What is known of a destruction.
#[derive(Serialize, JsonSchema)]
struct DestructionFacts {
    /// The batch.
    batch: String,
    /// Where it stands: its stamps are destroyed once it is confirmed.
    #[schemars(extend("enum" = DestructionState::ALL.map(DestructionState::key)))]
    state: &'static str,
    /// Number of the minutes.
    minutes: String,
    /// The day.
    destroyed_on: Day,
    /// Where.
    place: String,
    /// Who saw it.
    witnesses: String,
    /// Why.
    reason: String,
    /// How many stamps.
    stamps: u64,
    /// They, as they stood when it was recorded.
    runs: Vec<RunJson>,
    /// Who recorded it, and when.
    recorded: DoneJson,
    /// Who confirmed, refused or withdrew it, and when.
    decided: Option<DoneJson>,
    /// Why it was refused or withdrawn.
    decision_reason: Option<String>,
}

/// Batches with stamps that are to be destroyed, the oldest first.
pub(in crate::web) fn list(call: &Call, query: DueQuery) -> Narrowed<DueFilter> {
    let cause = call.chosen("cause", query.cause, CauseKind::from_key)?;
    let waiting = query.waiting.unwrap_or_default();
    Ok((DueFilter { cause, words: words(query.q), waiting }, query.page))
}

/// A batch on the list.
pub(in crate::web) fn line(_: &Call, due: ListedDue) -> DueJson {
    let ListedDue { listed, cause, unused, spoiled, is_waiting } = due;
    DueJson {
        batch: text::batch(listed.number),
        product_name: listed.product_name,
        producer: Named { id: listed.producer.0, name: listed.producer_name },
        cause: cause.map(cause_json),
        unused,
        spoiled,
        waiting: is_waiting,
    }
}

/// What of a batch is to be destroyed, and was.
pub(in crate::web) fn of_batch(call: &Call, _: NoQuery) -> Result<BatchDestructionsJson, Problem> {
    let (worker, number) = (call.worker(), call.batch()?);
    let found = desk::get(&call.store, &worker, number)?.ok_or(Kind::NotFound)?;
    let DestructionFile { listed, due, recorded, .. } = found;
    Ok(BatchDestructionsJson {
        batch: text::batch(listed.number),
        cause: due.cause.map(cause_json),
        stamps: due.stamps(),
        runs: due.runs.iter().map(run).collect(),
        has_more_runs: due.has_more,
        destructions: recorded.iter().map(destruction).collect(),
    })
}

/// One destruction.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<DestructionJson, Problem> {
    let found = desk::one(&call.store, &call.worker(), DestructionId(call.number()?))?;
    Ok(destruction(&found.ok_or(Kind::NotFound)?))
}

/// Confirms a destruction: its stamps are destroyed.
pub(in crate::web) fn confirm(call: &Call, Deed { preview }: Deed) -> Result<OutcomeJson, Problem> {
    decide(call, DestructionMove::Confirm, "", preview)
}

/// Refuses a destruction.
pub(in crate::web) fn refuse(
    call: &Call,
    DeedWithReason { reason, preview }: DeedWithReason,
) -> Result<OutcomeJson, Problem> {
    decide(call, DestructionMove::Refuse, &reason.0, preview)
}

/// Withdraws a destruction.
pub(in crate::web) fn withdraw(
    call: &Call,
    DeedWithReason { reason, preview }: DeedWithReason,
) -> Result<OutcomeJson, Problem> {
    decide(call, DestructionMove::Withdraw, &reason.0, preview)
}

fn decide(
    call: &Call,
    step: DestructionMove,
    reason: &str,
    preview: bool,
) -> Result<OutcomeJson, Problem> {
    let (worker, id) = (call.worker(), DestructionId(call.number()?));
    let decided = attempted(call, preview, |store| {
        desk::decide(store, &worker, id, step, reason).map(|it| desk::effect(&it))
    });
    decided.map_err(|why| refusal::destruction(call.words, why))
}

/// Records that everything that is to be destroyed of a batch was, for somebody else to confirm.
pub(in crate::web) fn record(call: &Call, said: MinutesJson) -> MadeOrShown<RecordedJson> {
    let minutes = DestructionMinutes {
        number: said.minutes.0,
        destroyed_on: said.destroyed_on.0,
        place: said.place.0,
        witnesses: said.witnesses.0,
        reason: said.reason.0,
    };
    let number = call.batch()?;
    let (worker, stamps, preview) = (call.worker(), said.stamps.into(), said.preview);
    let record = |store: &Store| desk::record(store, &worker, number, &minutes, stamps);
    let made = tried(call, preview, record);
    let made = made.map_err(|why| refusal::destruction(call.words, why))?;
    let (id, facts) = ((!preview).then_some(made.id.0), facts(&made));
    let place = id.map(|id| urls::of(urls::API_DESTRUCTION, id));
    Ok((RecordedJson { id, preview, facts }, place))
}

fn cause_json(cause: Cause) -> CauseJson {
    let (day, printed, now) = match cause {
        Cause::Ended { on } => (Some(on), None, None),
        Cause::Revoked { since } => (Some(since), None, None),
        Cause::StarsFell { printed, now } => (None, Some(printed.get()), Some(now.get())),
    };
    CauseJson { kind: cause.kind().key(), day, printed_stars: printed, stars: now }
}

fn destruction(it: &Destruction) -> DestructionJson {
    DestructionJson { id: it.id.0, facts: facts(it) }
}

fn facts(it: &Destruction) -> DestructionFacts {
    let minutes = it.minutes.clone();
    DestructionFacts {
        batch: text::batch(it.batch),
        state: it.state.key(),
        minutes: minutes.number,
        destroyed_on: minutes.destroyed_on,
        place: minutes.place,
        witnesses: minutes.witnesses,
        reason: minutes.reason,
        stamps: it.stamps(),
        runs: it.runs.iter().map(run).collect(),
        recorded: (&it.done).into(),
        decided: it.decided.as_ref().map(|(done, _)| done.into()),
        decision_reason: it.decided.as_ref().and_then(|(_, why)| why.clone()),
    }
}
