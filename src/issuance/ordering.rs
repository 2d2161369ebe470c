//! Orders from draft to approval.

use crate::domain::act::Act;
use crate::domain::audit::{Action, Fact, FactName, Value};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::OrderId;
use crate::domain::order::{InvalidMove, NewOrder, Order, OrderMove, OrderState};
use crate::domain::quota::Funding;
use crate::store::{AnyConnection, Store, StoreError, audit, batches, orders, people};

use super::eligibility::{self, Ineligible};
use super::replacing::{self, Irreplaceable};

/// Why an order was not taken or moved.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// No such order.
    #[error("there is no order {0}")]
    NoOrder(OrderId),
    /// The product may not have these stamps.
    #[error(transparent)]
    Ineligible(#[from] Ineligible),
    /// The step does not start from the order's state.
    #[error(transparent)]
    Move(#[from] InvalidMove),
    /// The stamps are wanted on a day on which the product may not carry the mark.
    #[error(
        "the stamps are wanted by {wanted_on}, but the recognition ends on {ends_on}: order them for \
         an earlier day, or after the product is recognised anew"
    )]
    WantedTooLate {
        /// The day.
        wanted_on: Day,
        /// The last day of the recognition.
        ends_on: Day,
    },
    /// The stamps are wanted on a day that is over.
    #[error(
        "the stamps are wanted by {wanted_on}, which is past: choose a day from {today} to {ends_on}, \
         the last day of the recognition"
    )]
    WantedTooEarly {
        /// The day.
        wanted_on: Day,
        /// Today.
        today: Day,
        /// The last day of the recognition.
        ends_on: Day,
    },
    /// It is no longer with whoever asks.
    #[error("an order that is “{}” cannot be changed", .0.key())]
    NotEditable(OrderState),
    /// The batch's stamps may not be replaced so.
    #[error(transparent)]
    Irreplaceable(#[from] Irreplaceable),
    /// The approver placed or sent it.
    #[error(
        "order {order} was placed or sent by “{by}”: somebody else must approve it (--by NAME)"
    )]
    SamePerson {
        /// The order.
        order: OrderId,
        /// Who.
        by: String,
    },
    /// Somebody did something with it that whoever asks has not seen.
    #[error("the order has changed meanwhile, and is “{}”: look at it again", .0.key())]
    Changed(OrderState),
    /// The step needs a reason.
    #[error("say why: the step “{}” needs a reason (--reason TEXT)", .0.key())]
    NoReason(OrderMove),
    /// Its codes are being issued: too late to withdraw it.
    #[error("the codes of order {0} are being issued: cancel its stamps instead")]
    BeingIssued(OrderId),
    /// The idempotency key stands for another order.
    #[error("the key “{key}” already stands for order {order}, which asks for something else")]
    KeyTaken {
        /// The key.
        key: String,
        /// The order it stands for.
        order: OrderId,
    },
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OrderError {
    /// The refusal's name in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Store(_) | Self::NoOrder(_) => "",
            Self::Ineligible(why) => why.key(),
            Self::Move(_) => "moved",
            Self::Changed(_) => "changed",
            Self::WantedTooLate { .. } => "wanted_too_late",
            Self::WantedTooEarly { .. } => "wanted_too_early",
            Self::NotEditable(_) => "not_editable",
            Self::Irreplaceable(_) => "irreplaceable",
            Self::SamePerson { .. } => "same_person",
            Self::NoReason(_) => "no_reason",
            Self::BeingIssued(_) => "being_issued",
            Self::KeyTaken { .. } => "key_taken",
        }
    }
}

/// Places an order as a draft. Placing it again under its idempotency key returns the first.
///
/// # Errors
/// [`OrderError`].
pub fn place(store: &Store, request: &NewOrder, act: Act<'_>) -> Result<Order, OrderError> {
    store.write(|register| placed(register, request, act))
}

/// The same within a transaction.
///
/// # Errors
/// [`OrderError`].
pub fn placed(
    register: &mut AnyConnection,
    request: &NewOrder,
    act: Act<'_>,
) -> Result<Order, OrderError> {
    if let Some(earlier) = earlier(register, request)? {
        return Ok(earlier);
    }
    check(register, request, None, act)?;
    check_wanted(register, request, act)?;
    let order = orders::insert(register, request, act)?;
    let facts = facts(None, request);
    audit::record(register, act, &Action::PlaceOrder.on(order.id).with_all(facts))?;
    Ok(order)
}

/// Changes what an order asks for, while it is a draft or was returned. Asking for the same changes
/// nothing; what it asked for before stays in the audit trail.
///
/// # Errors
/// [`OrderError`].
pub fn amended(
    register: &mut AnyConnection,
    id: OrderId,
    request: &NewOrder,
    act: Act<'_>,
) -> Result<Order, OrderError> {
    let mut order = orders::get(register, id)?.ok_or(OrderError::NoOrder(id))?;
    // The key and what is replaced belong to the order, not to its form.
    let kept = order.request.clone();
    let request = NewOrder {
        idempotency_key: kept.idempotency_key.clone(),
        replaces: kept.replaces,
        ..request.clone()
    };
    if request == kept {
        return Ok(order);
    }
    if !order.state.is_editable() {
        return Err(OrderError::NotEditable(order.state));
    }
    check(register, &request, Some(id), act)?;
    check_wanted(register, &request, act)?;
    order.request = request;
    orders::set_request(register, &order)?;
    let facts = facts(Some(&kept), &order.request);
    audit::record(register, act, &Action::AmendOrder.on(id).with_all(facts))?;
    Ok(order)
}

/// What an order asks for, or what was changed of it.
fn facts(before: Option<&NewOrder>, request: &NewOrder) -> impl Iterator<Item = Fact> {
    let of = |it: &NewOrder| {
        let paid = match it.funding {
            Funding::Plan(plan) => Value::Number(plan.0),
            Funding::SelfPaid => Value::Word("self_paid".to_owned()),
        };
        [
            (FactName::Stamps, Some(Value::from(it.quantity.get()))),
            (FactName::Product, Some(Value::Number(it.product.0))),
            (FactName::WantedOn, it.wanted_on.map(Value::from)),
            (FactName::Plan, Some(paid)),
        ]
    };
    let before = before.map_or_else(|| of(request).map(|(name, _)| (name, None)), of);
    let pairs = before.into_iter().zip(of(request));
    pairs.filter_map(|((name, before), (_, value))| name.became(before, value))
}

/// Moves an order. Repeating the last move changes nothing. Its codes are issued by
/// [`Issuer::issue`](super::Issuer::issue), not here.
///
/// # Errors
/// [`OrderError`]; sending and approving check again that the product may have the stamps.
pub fn step(
    store: &Store,
    id: OrderId,
    step: OrderMove,
    reason: &str,
    act: Act<'_>,
) -> Result<Order, OrderError> {
    store.write(|register| stepped(register, id, step, reason, act))
}

/// The same within a transaction.
///
/// # Errors
/// [`OrderError`].
pub fn stepped(
    register: &mut AnyConnection,
    id: OrderId,
    step: OrderMove,
    reason: &str,
    act: Act<'_>,
) -> Result<Order, OrderError> {
    if step.needs_reason() && reason.trim().is_empty() {
        return Err(OrderError::NoReason(step));
    }
    let mut order = orders::get(register, id)?.ok_or(OrderError::NoOrder(id))?;
    let state = order.state.after(step)?;
    if state == OrderState::Issued {
        return Err(InvalidMove { from: order.state, step }.into());
    }
    if state == order.state {
        return Ok(order);
    }
    may_take(register, &order, step, act)?;
    order.state = state;
    match step {
        OrderMove::Submit => order.submitted_by = Some(act.by.to_owned()),
        OrderMove::Approve => order.approved_by = Some(act.by.to_owned()),
        OrderMove::TakeUp | OrderMove::RequestChanges => {
            order.taken_up_by.get_or_insert_with(|| act.by.to_owned());
        }
        OrderMove::Reject | OrderMove::Cancel | OrderMove::Issue => {}
    }
    orders::set_state(register, &order)?;
    audit::record(register, act, &Action::from(step).on(id).because(reason))?;
    Ok(order)
}

/// What must hold beside the order of steps.
fn may_take(
    register: &mut AnyConnection,
    order: &Order,
    step: OrderMove,
    act: Act<'_>,
) -> Result<(), OrderError> {
    if step == OrderMove::Approve && !people::has_other_eyes(register, act.by, order.asked_by())? {
        return Err(OrderError::SamePerson { order: order.id, by: act.by.to_owned() });
    }
    if matches!(step, OrderMove::Submit | OrderMove::Approve) {
        check(register, &order.request, Some(order.id), act)?;
    }
    if step == OrderMove::Submit {
        check_wanted(register, &order.request, act)?;
    }
    if step == OrderMove::Cancel && batches::of_order(register, order.id)?.is_some() {
        return Err(OrderError::BeingIssued(order.id));
    }
    Ok(())
}

fn earlier(register: &mut AnyConnection, request: &NewOrder) -> Result<Option<Order>, OrderError> {
    let Some(key) = &request.idempotency_key else { return Ok(None) };
    match orders::by_key(register, key)? {
        Some(order) if order.request != *request => {
            Err(OrderError::KeyTaken { key: key.clone(), order: order.id })
        }
        earlier => Ok(earlier),
    }
}

fn check(
    register: &mut AnyConnection,
    request: &NewOrder,
    own: Option<OrderId>,
    act: Act<'_>,
) -> Result<(), OrderError> {
    let on = vietnam_day(act.at);
    let eligible = eligibility::product(register, request.product, on)??;
    let ends_on = eligible.recognition.ends_on(on);
    if let Some(wanted_on) = request.wanted_on.filter(|wanted_on| *wanted_on > ends_on) {
        return Err(OrderError::WantedTooLate { wanted_on, ends_on });
    }
    replacing::check(register, request, own)??;
    if request.replaces.is_none() {
        let stamps = request.quantity.get();
        eligibility::funding(register, request.funding, request.product, stamps, on)??;
    }
    Ok(())
}

/// Refuses a wanted day that is past. Not asked when an order is approved: what has lain at the office
/// is not refused for that; nor of a reprint, which is wanted when the first printing was.
fn check_wanted(
    register: &mut AnyConnection,
    request: &NewOrder,
    act: Act<'_>,
) -> Result<(), OrderError> {
    let today = vietnam_day(act.at);
    let past = request.wanted_on.filter(|day| *day < today && request.replaces.is_none());
    let Some(wanted_on) = past else { return Ok(()) };
    let eligible = eligibility::product(register, request.product, today)??;
    let ends_on = eligible.recognition.ends_on(today);
    Err(OrderError::WantedTooEarly { wanted_on, today, ends_on })
}
