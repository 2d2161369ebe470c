//! Stamp orders.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::recognitions::PRODUCTS_MAX;
use super::schema::orders;
use super::{AnyConnection, StoreError};
use crate::domain::act::Act;
use crate::domain::calendar::Day;
use crate::domain::ids::{OrderId, PlanId, ProductId};
use crate::domain::order::{NewOrder, Order, OrderState, Quantity};
use crate::domain::quota::Funding;
use crate::domain::serial::BatchNumber;

/// Enters a draft.
///
/// # Errors
/// [`StoreError::Duplicate`] where the idempotency key is taken.
pub fn insert(
    connection: &mut AnyConnection,
    request: &NewOrder,
    act: Act<'_>,
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
            orders::created_at.eq(act.at.naive_utc()),
            orders::placed_by.eq(act.by),
            orders::wanted_on.eq(request.wanted_on),
            orders::replaces_batch.eq(request.replaces.map(number_to).transpose()?),
        ))
        .returning(orders::id)
        .get_result(connection)?;
    Ok(Order {
        id: OrderId(id),
        request: request.clone(),
        state,
        created_at: act.at,
        placed_by: Some(act.by.to_owned()),
        submitted_by: None,
        approved_by: None,
    })
}

/// The order of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: OrderId) -> Result<Option<Order>, StoreError> {
    let row = orders::table.find(id.0).select(COLUMNS).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// The order entered under an idempotency key.
///
/// # Errors
/// [`StoreError`].
pub fn by_key(connection: &mut AnyConnection, key: &str) -> Result<Option<Order>, StoreError> {
    let found = orders::table.filter(orders::idempotency_key.eq(key)).select(COLUMNS);
    let row = found.first(connection).optional()?;
    row.map(from_row).transpose()
}

/// The latest orders, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn latest(connection: &mut AnyConnection, limit: i64) -> Result<Vec<Order>, StoreError> {
    let rows: Vec<Row> =
        orders::table.order(orders::id.desc()).limit(limit).select(COLUMNS).load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// Orders for stamps in place of a batch's spoiled ones, but those that were turned down.
///
/// # Errors
/// [`StoreError`].
pub fn replacing(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<Order>, StoreError> {
    let refused = [OrderState::Rejected, OrderState::Cancelled].map(OrderState::key);
    let rows: Vec<Row> = orders::table
        .filter(orders::replaces_batch.eq(number_to(batch)?))
        .filter(orders::state.ne_all(refused))
        .order(orders::id)
        .select(COLUMNS)
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// How many orders of each of these products are under way: neither turned down nor issued.
///
/// # Errors
/// [`StoreError`].
pub fn open_of(
    connection: &mut AnyConnection,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, u64>, StoreError> {
    let settled = [OrderState::Rejected, OrderState::Cancelled, OrderState::Issued];
    let mut open = BTreeMap::new();
    for part in products.chunks(PRODUCTS_MAX) {
        let ids: Vec<i64> = part.iter().map(|id| id.0).collect();
        let found: Vec<i64> = orders::table
            .filter(orders::product_id.eq_any(ids))
            .filter(orders::state.ne_all(settled.map(OrderState::key)))
            .select(orders::product_id)
            .load(connection)?;
        for id in found {
            *open.entry(ProductId(id)).or_default() += 1;
        }
    }
    Ok(open)
}

/// Keeps where an order stands, and who took it there.
///
/// # Errors
/// [`StoreError`]; the database refuses an approval by who placed or sent it.
pub fn set_state(connection: &mut AnyConnection, order: &Order) -> Result<(), StoreError> {
    diesel::update(orders::table.find(order.id.0))
        .set((
            orders::state.eq(order.state.key()),
            orders::submitted_by.eq(order.submitted_by.as_deref()),
            orders::approved_by.eq(order.approved_by.as_deref()),
        ))
        .execute(connection)?;
    Ok(())
}

/// A row as it is selected.
pub(super) type Row = (
    (i64, i64, Option<i64>, i32, String, Option<String>, NaiveDateTime),
    (Option<String>, Option<String>, Option<String>),
    (Option<Day>, Option<i32>),
);

pub(super) type Asked = (
    orders::id,
    orders::product_id,
    orders::plan_id,
    orders::quantity,
    orders::state,
    orders::idempotency_key,
    orders::created_at,
);
pub(super) type Actors = (orders::placed_by, orders::submitted_by, orders::approved_by);
pub(super) type Terms = (orders::wanted_on, orders::replaces_batch);

/// The columns of [`Row`].
pub(super) type Columns = (Asked, Actors, Terms);

/// The columns of [`Row`].
pub(super) const COLUMNS: Columns = (
    (
        orders::id,
        orders::product_id,
        orders::plan_id,
        orders::quantity,
        orders::state,
        orders::idempotency_key,
        orders::created_at,
    ),
    (orders::placed_by, orders::submitted_by, orders::approved_by),
    (orders::wanted_on, orders::replaces_batch),
);

pub(super) fn from_row(row: Row) -> Result<Order, StoreError> {
    let (asked, (placed_by, submitted_by, approved_by), (wanted_on, replaces)) = row;
    let (id, product, plan, quantity, state, idempotency_key, created_at) = asked;
    let quantity = u32::try_from(quantity).ok().and_then(Quantity::new);
    let request = NewOrder {
        product: ProductId(product),
        quantity: quantity.ok_or(StoreError::Corrupt("quantity"))?,
        funding: plan.map_or(Funding::SelfPaid, |plan| Funding::Plan(PlanId(plan))),
        idempotency_key,
        wanted_on,
        replaces: replaces.map(number_from).transpose()?,
    };
    let state = OrderState::from_key(&state).ok_or(StoreError::Corrupt("order state"))?;
    Ok(Order {
        id: OrderId(id),
        request,
        state,
        created_at: created_at.and_utc(),
        placed_by,
        submitted_by,
        approved_by,
    })
}
