//! Stamp orders.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::orders;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::{OrderId, PlanId, ProductId};
use crate::domain::order::{NewOrder, Order, OrderState, Quantity};
use crate::domain::quota::Funding;

/// Enters a draft.
///
/// # Errors
/// [`StoreError::Duplicate`] where the idempotency key is taken.
pub fn insert(
    connection: &mut AnyConnection,
    request: &NewOrder,
    at: Instant,
) -> Result<Order, StoreError> {
    let state = OrderState::Draft;
    let plan = match request.funding {
        Funding::Plan(plan) => Some(plan.0),
        Funding::SelfPaid => None,
    };
    let quantity =
        i32::try_from(request.quantity.get()).or(Err(StoreError::Corrupt("quantity")))?;
    let id = diesel::insert_into(orders::table)
        .values((
            orders::product_id.eq(request.product.0),
            orders::plan_id.eq(plan),
            orders::quantity.eq(quantity),
            orders::state.eq(state.key()),
            orders::idempotency_key.eq(request.idempotency_key.as_deref()),
            orders::created_at.eq(at.naive_utc()),
        ))
        .returning(orders::id)
        .get_result(connection)?;
    Ok(Order { id: OrderId(id), request: request.clone(), state, created_at: at })
}

/// The order of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: OrderId) -> Result<Option<Order>, StoreError> {
    let row = orders::table.find(id.0).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// The order entered under an idempotency key.
///
/// # Errors
/// [`StoreError`].
pub fn by_key(connection: &mut AnyConnection, key: &str) -> Result<Option<Order>, StoreError> {
    let row = orders::table.filter(orders::idempotency_key.eq(key)).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// The latest orders, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn latest(connection: &mut AnyConnection, limit: i64) -> Result<Vec<Order>, StoreError> {
    let rows: Vec<Row> = orders::table.order(orders::id.desc()).limit(limit).load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// Sets an order's state.
///
/// # Errors
/// [`StoreError`].
pub fn set_state(
    connection: &mut AnyConnection,
    id: OrderId,
    state: OrderState,
) -> Result<(), StoreError> {
    diesel::update(orders::table.find(id.0))
        .set(orders::state.eq(state.key()))
        .execute(connection)?;
    Ok(())
}

/// A row as it is selected.
pub(super) type Row = (i64, i64, Option<i64>, i32, String, Option<String>, NaiveDateTime);

/// The columns of [`Row`].
pub(super) const COLUMNS: (
    orders::id,
    orders::product_id,
    orders::plan_id,
    orders::quantity,
    orders::state,
    orders::idempotency_key,
    orders::created_at,
) = (
    orders::id,
    orders::product_id,
    orders::plan_id,
    orders::quantity,
    orders::state,
    orders::idempotency_key,
    orders::created_at,
);

pub(super) fn from_row(row: Row) -> Result<Order, StoreError> {
    let (id, product, plan, quantity, state, idempotency_key, created_at) = row;
    let quantity = u32::try_from(quantity).ok().and_then(Quantity::new);
    let request = NewOrder {
        product: ProductId(product),
        quantity: quantity.ok_or(StoreError::Corrupt("quantity"))?,
        funding: plan.map_or(Funding::SelfPaid, |plan| Funding::Plan(PlanId(plan))),
        idempotency_key,
    };
    let state = OrderState::from_key(&state).ok_or(StoreError::Corrupt("order state"))?;
    Ok(Order { id: OrderId(id), request, state, created_at: created_at.and_utc() })
}
