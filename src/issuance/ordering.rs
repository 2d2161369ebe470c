//! Orders from draft to approval.

use crate::domain::act::Act;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::OrderId;
use crate::domain::order::{InvalidMove, NewOrder, Order, OrderMove, OrderState};
use crate::store::{AnyConnection, Store, StoreError, audit, batches, orders};

use super::eligibility::{self, Ineligible};

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

/// Places an order as a draft. Placing it again under its idempotency key returns the first.
///
/// # Errors
/// [`OrderError`].
pub fn place(store: &Store, request: &NewOrder, act: Act<'_>) -> Result<Order, OrderError> {
    store.write(|register| {
        if let Some(earlier) = earlier(register, request)? {
            return Ok(earlier);
        }
        check(register, request, act)?;
        let order = orders::insert(register, request, act.at)?;
        let detail = format!("{} stamps for product {}", request.quantity.get(), request.product);
        audit::record(register, act, "order.place", &object(order.id), &detail)?;
        Ok(order)
    })
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
    store.write(|register| {
        let mut order = orders::get(register, id)?.ok_or(OrderError::NoOrder(id))?;
        let state = order.state.after(step)?;
        if state == OrderState::Issued {
            return Err(InvalidMove { from: order.state, step }.into());
        }
        if state == order.state {
            return Ok(order);
        }
        if matches!(step, OrderMove::Submit | OrderMove::Approve) {
            check(register, &order.request, act)?;
        }
        if step == OrderMove::Cancel && batches::of_order(register, id)?.is_some() {
            return Err(OrderError::BeingIssued(id));
        }
        orders::set_state(register, id, state)?;
        audit::record(register, act, &format!("order.{}", step.key()), &object(id), reason)?;
        order.state = state;
        Ok(order)
    })
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

fn check(register: &mut AnyConnection, request: &NewOrder, act: Act<'_>) -> Result<(), OrderError> {
    let on = vietnam_day(act.at);
    eligibility::product(register, request.product, on)??;
    let stamps = request.quantity.get();
    eligibility::funding(register, request.funding, request.product, stamps, on)??;
    Ok(())
}

/// An order's name in the audit trail.
#[must_use]
pub fn object(id: OrderId) -> String {
    format!("order {id}")
}
