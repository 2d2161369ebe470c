//! Stamp orders.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::listing::lines;
use super::recognitions::PRODUCTS_MAX;
use super::schema::{orders, print_jobs as jobs};
use super::{AnyConnection, StoreError};
use crate::domain::act::Act;
use crate::domain::calendar::Day;
use crate::domain::ids::{OrderId, PlanId, ProductId, ShopId};
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
    let id = diesel::insert_into(orders::table)
        .values((
            orders::product_id.eq(request.product.0),
            orders::plan_id.eq(plan_to(request.funding)),
            orders::quantity.eq(quantity_to(request.quantity)?),
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
        taken_up_by: None,
        approved_by: None,
    })
}

/// Replaces what a draft, or an order that was returned, asks for.
///
/// # Errors
/// [`StoreError`].
pub fn set_request(connection: &mut AnyConnection, order: &Order) -> Result<(), StoreError> {
    let request = &order.request;
    diesel::update(orders::table.find(order.id.0))
        .set((
            orders::product_id.eq(request.product.0),
            orders::plan_id.eq(plan_to(request.funding)),
            orders::quantity.eq(quantity_to(request.quantity)?),
            orders::wanted_on.eq(request.wanted_on),
        ))
        .execute(connection)?;
    Ok(())
}

fn plan_to(funding: Funding) -> Option<i64> {
    match funding {
        Funding::Plan(plan) => Some(plan.0),
        Funding::SelfPaid => None,
    }
}

fn quantity_to(quantity: Quantity) -> Result<i32, StoreError> {
    i32::try_from(quantity.get()).or(Err(StoreError::Corrupt("quantity")))
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

/// How many reprints of batches that a print shop has were asked for, and are not issued yet.
///
/// # Errors
/// [`StoreError`].
pub fn reprints_of(connection: &mut AnyConnection, shop: ShopId) -> Result<u64, StoreError> {
    let of_shop =
        jobs::table.filter(jobs::shop_id.eq(shop.0)).select(jobs::batch_number.nullable());
    let asked = orders::table
        .filter(orders::replaces_batch.eq_any(of_shop))
        .filter(orders::state.eq_any(OrderState::OPEN.map(state_to)));
    lines(asked.count().get_result(connection)?)
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
            orders::state.eq(state_to(order.state)),
            orders::submitted_by.eq(order.submitted_by.as_deref()),
            orders::taken_up_by.eq(order.taken_up_by.as_deref()),
            orders::approved_by.eq(order.approved_by.as_deref()),
        ))
        .execute(connection)?;
    Ok(())
}

/// A state as it is kept: an order under review is a submitted one that somebody took up.
pub(super) fn state_to(state: OrderState) -> &'static str {
    match state {
        OrderState::UnderReview => OrderState::Submitted.key(),
        state => state.key(),
    }
}

fn state_from(kept: &str, taken_up_by: Option<&str>) -> Result<OrderState, StoreError> {
    let state = OrderState::from_key(kept).ok_or(StoreError::Corrupt("order state"))?;
    let is_taken_up = state == OrderState::Submitted && taken_up_by.is_some();
    Ok(if is_taken_up { OrderState::UnderReview } else { state })
}

/// A row as it is selected.
pub(super) type Row = (
    (i64, i64, Option<i64>, i32, String, Option<String>, NaiveDateTime),
    (Option<String>, Option<String>, Option<String>, Option<String>),
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
pub(super) type Actors =
    (orders::placed_by, orders::submitted_by, orders::taken_up_by, orders::approved_by);
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
    (orders::placed_by, orders::submitted_by, orders::taken_up_by, orders::approved_by),
    (orders::wanted_on, orders::replaces_batch),
);

pub(super) fn from_row(row: Row) -> Result<Order, StoreError> {
    let (asked, (placed_by, submitted_by, taken_up_by, approved_by), terms) = row;
    let (wanted_on, replaces) = terms;
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
    let state = state_from(&state, taken_up_by.as_deref())?;
    Ok(Order {
        id: OrderId(id),
        request,
        state,
        created_at: created_at.and_utc(),
        placed_by,
        submitted_by,
        taken_up_by,
        approved_by,
    })
}
