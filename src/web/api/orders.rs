//! Orders.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, Nothing, words};
use super::lists::Narrowed;
use super::operation::{Made, NoQuery};
use super::problem::{Kind, Problem};
use super::refusal;
use super::selection::OutcomeJson;
use super::shapes::{EntryJson, Named, PageNumber, history};
use super::telling::{Deed, DeedWithReason, attempted};
use crate::code::text;
use crate::desk::orders::{self as desk, OrderFile, Orderable};
use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::{OrderId, PlanId, ProducerId, ProductId};
use crate::domain::order::{NewOrder, OrderMove, OrderState, Quantity, STAMPS_MAX};
use crate::domain::quota::Funding;
use crate::issuance::Ineligible;
use crate::store::order_list::{ListedOrder, OrderFilter};
use crate::web::urls;

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct OrderQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// In this state.
    #[schemars(extend("enum" = OrderState::ALL.map(OrderState::key)))]
    state: Option<String>,
    /// Of this producer's products.
    producer: Option<i64>,
    /// With these words in the name of the product or its producer, accented or not.
    q: Option<Line>,
}

/// An order that is asked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewOrder")]
pub(in crate::web) struct NewOrderJson {
    /// Number of the product.
    product: i64,
    /// How many stamps.
    #[schemars(range(min = 1, max = STAMPS_MAX))]
    stamps: u32,
    /// Number of the funding plan that pays; none where the producer does.
    #[serde(default)]
    plan: Option<i64>,
    /// The day by which the stamps are wanted.
    #[serde(default)]
    wanted_on: Option<Date>,
    /// Whether it is kept as a draft, and not sent.
    #[serde(default)]
    draft: bool,
}

/// What a draft, or an order that was returned, is to ask for instead.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct AmendedOrder {
    /// Number of the product.
    product: i64,
    /// How many stamps.
    #[schemars(range(min = 1, max = STAMPS_MAX))]
    stamps: u32,
    /// Number of the funding plan that pays; none where the producer does.
    #[serde(default)]
    plan: Option<i64>,
    /// The day by which the stamps are wanted.
    #[serde(default)]
    wanted_on: Option<Date>,
}

/// An order.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Order")]
pub(in crate::web) struct OrderJson {
    /// Its number.
    id: i64,
    /// Where it stands.
    #[schemars(extend("enum" = OrderState::ALL.map(OrderState::key)))]
    state: &'static str,
    /// For which product.
    product: Named,
    /// Whose product it is.
    producer: Named,
    /// How many stamps.
    stamps: u32,
    /// Number of the funding plan that pays; none where the producer does.
    plan: Option<i64>,
    /// The day by which the stamps are wanted.
    wanted_on: Option<Day>,
    /// The batch whose spoiled stamps it replaces.
    replaces: Option<String>,
    /// Its batch, once its codes are being issued.
    batch: Option<String>,
    /// When it was placed.
    placed_at: Instant,
    /// Who placed it.
    placed_by: Option<String>,
    /// Who sent it last.
    submitted_by: Option<String>,
    /// Who took it up first, or asked for changes.
    taken_up_by: Option<String>,
    /// Who approved it.
    approved_by: Option<String>,
}

/// An order with its history.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OrderFile")]
pub(in crate::web) struct OrderFileJson {
    #[serde(flatten)]
    order: OrderJson,
    /// Why its product could have no stamps today, by the name that a refusal has.
    obstacle: Option<&'static str>,
    /// The day by which the print shop is to deliver, where one has the batch.
    due_on: Option<Day>,
    /// What was done with it, oldest first.
    history: Vec<EntryJson>,
}

/// What stamps can be ordered for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OrderableProducts")]
pub(in crate::web) struct OrderableJson {
    /// The products of the producer.
    items: Vec<OrderableProduct>,
}

/// A product that stamps may be ordered for.
#[derive(Serialize, JsonSchema)]
struct OrderableProduct {
    product: Named,
    /// Stars of the recognition that it stands by.
    stars: Option<u8>,
    /// Why it can have no stamps today, by the name that a refusal has.
    obstacle: Option<&'static str>,
    /// What each open plan still pays for.
    plans: Vec<PlanLeft>,
}

/// What a plan still pays for.
#[derive(Serialize, JsonSchema)]
struct PlanLeft {
    /// Number of the plan.
    id: i64,
    /// Its name.
    code: String,
    /// Stamps that it still pays for.
    stamps_left: u32,
}

/// An order is withdrawn.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Withdrawal {
    /// Why, where there is something to say.
    #[serde(default)]
    reason: Option<Line>,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// Orders, newest first.
pub(in crate::web) fn list(call: &Call, query: OrderQuery) -> Narrowed<OrderFilter> {
    let state = call.chosen("state", query.state, OrderState::from_key)?;
    let producer = query.producer.map(ProducerId);
    Ok((OrderFilter { state, words: words(query.q), producer }, query.page))
}

/// An order on the list.
pub(in crate::web) fn line(_: &Call, listed: ListedOrder) -> OrderJson {
    order(&listed)
}

/// One order.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<OrderFileJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), OrderId(call.number()?))?;
    found.map(|found| file(&found)).ok_or_else(|| Kind::NotFound.into())
}

/// What the producer's people can order stamps for.
pub(in crate::web) fn orderable(call: &Call, _: NoQuery) -> Result<OrderableJson, Problem> {
    let found = desk::orderable(&call.store, &call.worker())?;
    let shape = |it: Orderable| OrderableProduct {
        product: Named { id: it.product.id.0, name: it.product.details.name },
        stars: it.recognition.map(|it| it.paper.stars.get()),
        obstacle: it.obstacle.as_ref().map(Ineligible::key),
        plans: it
            .plans
            .into_iter()
            .map(|(plan, left)| PlanLeft { id: plan.id.0, code: plan.code, stamps_left: left })
            .collect(),
    };
    Ok(OrderableJson { items: found.into_iter().map(shape).collect() })
}

/// What a body asks for.
fn asked(call: &Call, wanted: AmendedOrder) -> Result<NewOrder, Problem> {
    let stamps = Quantity::new(wanted.stamps).ok_or_else(|| call.invalid("#/stamps"))?;
    let funding = wanted.plan.map_or(Funding::SelfPaid, |plan| Funding::Plan(PlanId(plan)));
    Ok(NewOrder {
        wanted_on: wanted.wanted_on.map(|day| day.0),
        ..NewOrder::new(ProductId(wanted.product), stamps, funding)
    })
}

/// Places an order, and sends it unless it is a draft.
pub(in crate::web) fn place(call: &Call, wanted: NewOrderJson) -> Made<OrderFileJson> {
    let NewOrderJson { product, stamps, plan, wanted_on, draft } = wanted;
    let request = asked(call, AmendedOrder { product, stamps, plan, wanted_on })?;
    let place = if draft { desk::draft } else { desk::place };
    let placed = place(&call.store, &call.worker(), &request);
    let id = placed.map_err(|why| refusal::order(call.words, why))?.id;
    let found = desk::get(&call.store, &call.worker(), id)?.ok_or(Kind::NotFound)?;
    Ok((file(&found), urls::of(urls::API_ORDER, id.0)))
}

/// Changes what an order asks for.
pub(in crate::web) fn amend(call: &Call, wanted: AmendedOrder) -> Result<(), Problem> {
    let (id, request) = (OrderId(call.number()?), asked(call, wanted)?);
    let amended = desk::amend(&call.store, &call.worker(), id, &request);
    amended.map(drop).map_err(|why| refusal::order(call.words, why))
}

/// Takes an order up.
pub(in crate::web) fn take_up(call: &Call, said: Deed) -> Result<OutcomeJson, Problem> {
    step(call, OrderMove::TakeUp, None, said.preview)
}

/// Sends an order to the office.
pub(in crate::web) fn submit(call: &Call, said: Deed) -> Result<OutcomeJson, Problem> {
    step(call, OrderMove::Submit, None, said.preview)
}

/// Withdraws an order.
pub(in crate::web) fn cancel(call: &Call, said: Withdrawal) -> Result<OutcomeJson, Problem> {
    step(call, OrderMove::Cancel, said.reason, said.preview)
}

/// Returns an order with a reason.
pub(in crate::web) fn send_back(call: &Call, said: DeedWithReason) -> Result<OutcomeJson, Problem> {
    step(call, OrderMove::RequestChanges, Some(said.reason), said.preview)
}

/// Approves an order.
pub(in crate::web) fn approve(call: &Call, said: Deed) -> Result<OutcomeJson, Problem> {
    step(call, OrderMove::Approve, None, said.preview)
}

/// Rejects an order with a reason.
pub(in crate::web) fn reject(call: &Call, said: DeedWithReason) -> Result<OutcomeJson, Problem> {
    step(call, OrderMove::Reject, Some(said.reason), said.preview)
}

/// Issues the codes of an order.
pub(in crate::web) fn issue(call: &Call, _: Nothing) -> Result<(), Problem> {
    let id = OrderId(call.number()?);
    let issued = desk::issue(&call.store, &call.worker(), call.issuer.as_deref(), id);
    issued.map_err(|why| refusal::issue(call.words, why))
}

fn step(
    call: &Call,
    step: OrderMove,
    reason: Option<Line>,
    preview: bool,
) -> Result<OutcomeJson, Problem> {
    let (worker, id) = (call.worker(), OrderId(call.number()?));
    let reason = reason.map(|line| line.0).unwrap_or_default();
    let moved = attempted(call, preview, |store| {
        desk::step(store, &worker, id, step, &reason, None).map(|order| desk::effect(&order))
    });
    moved.map_err(|why| refusal::order(call.words, why))
}

fn order(listed: &ListedOrder) -> OrderJson {
    let order = &listed.order;
    let plan = match order.request.funding {
        Funding::Plan(plan) => Some(plan.0),
        Funding::SelfPaid => None,
    };
    OrderJson {
        id: order.id.0,
        state: order.state.key(),
        product: Named { id: order.request.product.0, name: listed.product_name.clone() },
        producer: Named { id: listed.producer.0, name: listed.producer_name.clone() },
        stamps: order.request.quantity.get(),
        plan,
        wanted_on: order.request.wanted_on,
        replaces: order.request.replaces.map(text::batch),
        batch: listed.batch.map(text::batch),
        placed_at: order.created_at,
        placed_by: order.placed_by.clone(),
        submitted_by: order.submitted_by.clone(),
        taken_up_by: order.taken_up_by.clone(),
        approved_by: order.approved_by.clone(),
    }
}

fn file(file: &OrderFile) -> OrderFileJson {
    OrderFileJson {
        order: order(&file.listed),
        obstacle: file.obstacle.as_ref().map(Ineligible::key),
        due_on: file.job.as_ref().and_then(|job| job.wanted_on),
        history: history(&file.history),
    }
}
