//! Orders as a person looks through them: with the names of product and producer, and those of one's
//! own organisation alone.

use diesel::prelude::*;

use super::orders::{self, Row};
use super::product_list::producer_seen;
use super::schema::{batches, orders as table, producers, products};
use super::{AnyConnection, StoreError};
use crate::domain::ids::{OrderId, ProducerId};
use crate::domain::order::{Order, OrderState};
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// In this state.
    pub state: Option<OrderState>,
    /// With these words in the name of the product or its producer, however accented.
    pub words: String,
}

/// An order with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedOrder {
    /// The order.
    pub order: Order,
    /// Name of the product.
    pub product_name: String,
    /// Whose product it is.
    pub producer: ProducerId,
    /// Name of the producer.
    pub producer_name: String,
    /// Its batch, where one was begun.
    pub batch: Option<BatchNumber>,
}

/// Orders that an organisation may see, newest first, and how many there are in all.
///
/// # Errors
/// [`StoreError`].
pub fn page(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    filter: &OrderFilter,
    (offset, limit): (i64, i64),
) -> Result<(Vec<ListedOrder>, u64), StoreError> {
    let mut found = joined().into_boxed();
    let mut all = table::table
        .inner_join(products::table.inner_join(producers::table))
        .select(diesel::dsl::count_star())
        .into_boxed();
    if let Some(producer) = producer_seen(seen_by) {
        found = found.filter(products::producer_id.eq(producer));
        all = all.filter(products::producer_id.eq(producer));
    }
    if let Some(state) = filter.state {
        found = found.filter(table::state.eq(state.key()));
        all = all.filter(table::state.eq(state.key()));
    }
    for word in vietnamese::fold(&filter.words).split_whitespace() {
        found = found.filter(products::search_text.like(format!("%{word}%")));
        all = all.filter(products::search_text.like(format!("%{word}%")));
    }
    let rows: Vec<ListedRow> = found
        .order(table::id.desc())
        .offset(offset)
        .limit(limit)
        .select((
            orders::COLUMNS,
            products::name,
            producers::id,
            producers::name,
            batches::number.nullable(),
        ))
        .load(connection)?;
    let count: i64 = all.first(connection)?;
    let count = u64::try_from(count).or(Err(StoreError::Corrupt("orders")))?;
    Ok((rows.into_iter().map(listed).collect::<Result<_, _>>()?, count))
}

/// An order, where an organisation may see it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    id: OrderId,
) -> Result<Option<ListedOrder>, StoreError> {
    let mut found = joined().filter(table::id.eq(id.0)).into_boxed();
    if let Some(producer) = producer_seen(seen_by) {
        found = found.filter(products::producer_id.eq(producer));
    }
    let row: Option<ListedRow> = found
        .select((
            orders::COLUMNS,
            products::name,
            producers::id,
            producers::name,
            batches::number.nullable(),
        ))
        .first(connection)
        .optional()?;
    row.map(listed).transpose()
}

type ListedRow = (Row, String, i64, String, Option<i32>);

#[diesel::dsl::auto_type]
fn joined() -> _ {
    table::table.inner_join(products::table.inner_join(producers::table)).left_join(batches::table)
}

fn listed(row: ListedRow) -> Result<ListedOrder, StoreError> {
    let (order, product_name, producer, producer_name, batch) = row;
    let number = |number: i32| u32::try_from(number).ok().and_then(BatchNumber::new);
    let batch = batch.map(|it| number(it).ok_or(StoreError::Corrupt("batch number")));
    Ok(ListedOrder {
        order: orders::from_row(order)?,
        product_name,
        producer: ProducerId(producer),
        producer_name,
        batch: batch.transpose()?,
    })
}
