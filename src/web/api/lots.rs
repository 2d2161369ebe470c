//! Production lots, and recalls of their goods.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Line, words};
use super::lists::Narrowed;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use super::selection::OutcomeJson;
use super::shapes::{EntryJson, Named, PageNumber, history};
use super::telling::{DeedWithReason, attempted};
use crate::accounting::StampError;
use crate::code::text;
use crate::desk::lots::{self as desk, LotFile, LotStep};
use crate::domain::calendar::Day;
use crate::domain::ids::{LotId, ProductId};
use crate::domain::serial::BatchNumber;
use crate::store::lot_list::{ListedLot, LotFilter};

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct LotQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Being recalled, or not.
    recalled: Option<bool>,
    /// Of this code.
    code: Option<Line>,
    /// Of this product.
    product: Option<i64>,
    /// With these words in the name of the product or its producer, accented or not.
    q: Option<Line>,
}

/// Goods are recalled.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NewRecall {
    /// Why, and what consumers should do, in words for the public.
    reason: Line,
    /// Telephone number that consumers can call.
    #[serde(default)]
    phone: Option<Line>,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// A production lot.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Lot")]
pub(in crate::web) struct LotJson {
    /// Its number.
    id: i64,
    /// The producer's own code.
    code: String,
    /// Of which product.
    product: Named,
    /// Whose product it is.
    producer: Named,
    /// The day the goods were made.
    made_on: Option<Day>,
    /// The day by which they are to be used.
    use_by: Option<Day>,
    /// Set while its goods are being recalled.
    recall: Option<LotRecall>,
}

/// A recall of goods.
#[derive(Serialize, JsonSchema)]
struct LotRecall {
    /// Since when.
    since: Day,
    /// Why, and what consumers should do.
    reason: String,
    /// Whom to call.
    phone: Option<String>,
}

/// A lot with the stamps on its goods.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LotFile")]
pub(in crate::web) struct LotFileJson {
    #[serde(flatten)]
    lot: LotJson,
    /// Activated stamps on its goods: those that a recall hits.
    activated: u64,
    /// The same by batch.
    batches: Vec<LotBatch>,
    /// What was done with it, oldest first.
    history: Vec<EntryJson>,
}

/// Stamps of a batch on goods of a lot.
#[derive(Serialize, JsonSchema)]
struct LotBatch {
    /// Name of the batch.
    batch: String,
    /// How many.
    stamps: u64,
}

/// Lots, newest first.
#[expect(clippy::unnecessary_wraps, reason = "other lists can be narrowed wrongly")]
pub(in crate::web) fn list(_: &Call, query: LotQuery) -> Narrowed<LotFilter> {
    let (words, code) = (words(query.q), query.code.map(|line| line.0).unwrap_or_default());
    let product = query.product.map(ProductId);
    Ok((LotFilter { is_recalled: query.recalled, words, code, product }, query.page))
}

/// A lot on the list.
pub(in crate::web) fn line(_: &Call, listed: ListedLot) -> LotJson {
    lot(listed)
}

/// One lot.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<LotFileJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), LotId(call.number()?))?;
    found.map(file).ok_or_else(|| Kind::NotFound.into())
}

/// Recalls the goods of a lot.
pub(in crate::web) fn recall(call: &Call, said: NewRecall) -> Result<OutcomeJson, Problem> {
    step(call, &LotStep::Recall(said.reason.0, said.phone.map(|line| line.0)), said.preview)
}

/// Ends the recall of a lot's goods.
pub(in crate::web) fn end_recall(
    call: &Call,
    said: DeedWithReason,
) -> Result<OutcomeJson, Problem> {
    step(call, &LotStep::EndRecall(said.reason.0), said.preview)
}

fn step(call: &Call, step: &LotStep, preview: bool) -> Result<OutcomeJson, Problem> {
    let (worker, id) = (call.worker(), LotId(call.number()?));
    let done = attempted(call, preview, |store| desk::step(store, &worker, id, step));
    done.map_err(|why| match why {
        StampError::NoLot(_) => Kind::NotFound.into(),
        why => refusal::stamps(call.words, why),
    })
}

fn lot(listed: ListedLot) -> LotJson {
    let details = listed.lot.details;
    LotJson {
        id: listed.lot.id.0,
        code: details.code,
        product: Named { id: details.product.0, name: listed.product_name },
        producer: Named { id: listed.producer.0, name: listed.producer_name },
        made_on: details.made_on,
        use_by: details.use_by,
        recall: listed.lot.recall.map(|it| LotRecall {
            since: it.since,
            reason: it.reason,
            phone: it.phone,
        }),
    }
}

fn file(file: LotFile) -> LotFileJson {
    let batch = |(number, stamps): &(BatchNumber, u64)| LotBatch {
        batch: text::batch(*number),
        stamps: *stamps,
    };
    LotFileJson {
        activated: file.activated(),
        batches: file.stamps.iter().map(batch).collect(),
        history: history(&file.history),
        lot: lot(file.listed),
    }
}
