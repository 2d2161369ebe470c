//! Orders as a person looks through them: with the names of product and producer, and those of one's
//! own organisation alone.

use diesel::dsl::{IntoBoxed, Nullable};
use diesel::prelude::*;

use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
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
    /// Of this producer's products.
    pub producer: Option<ProducerId>,
}

/// What orders are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderColumn {
    /// Their number, which is the order they were placed in.
    Number,
    /// The product's name.
    Product,
    /// The producer's name.
    Producer,
    /// How many stamps.
    Quantity,
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

impl Listing for OrderFilter {
    type Column = OrderColumn;
    type Line = ListedOrder;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        lines(self.narrowed(viewer.organisation).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<OrderColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<ListedOrder>, StoreError> {
        let found = self.narrowed(viewer.organisation);
        let found = match column {
            OrderColumn::Number => ordered!(found, is_descending, table::id),
            OrderColumn::Product => {
                ordered!(found, is_descending, products::sort_key, table::id)
            }
            OrderColumn::Producer => {
                ordered!(found, is_descending, producers::sort_key, table::id)
            }
            OrderColumn::Quantity => ordered!(found, is_descending, table::quantity, table::id),
        };
        let rows: Vec<ListedRow> =
            found.offset(offset).limit(limit).select(columns()).load(connection)?;
        rows.into_iter().map(listed).collect()
    }
}

impl OrderFilter {
    fn narrowed(&self, seen_by: Organisation) -> IntoBoxed<'static, joined, Backend> {
        let mut found = joined().into_boxed();
        if let Some(producer) = producer_seen(seen_by) {
            found = found.filter(products::producer_id.eq(producer));
        }
        if let Some(state) = self.state {
            found = found.filter(table::state.eq(orders::state_to(state)));
        }
        match self.state {
            Some(OrderState::Submitted) => found = found.filter(table::taken_up_by.is_null()),
            Some(OrderState::UnderReview) => found = found.filter(table::taken_up_by.is_not_null()),
            _ => {}
        }
        if let Some(producer) = self.producer {
            found = found.filter(products::producer_id.eq(producer.0));
        }
        // Folding leaves letters, digits and spaces: nothing that LIKE reads as a wildcard.
        for word in vietnamese::fold(&self.words).split_whitespace() {
            found = found.filter(products::search_text.like(format!("%{word}%")));
        }
        found
    }
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
    let found = OrderFilter::default().narrowed(seen_by).filter(table::id.eq(id.0));
    let row: Option<ListedRow> = found.select(columns()).first(connection).optional()?;
    row.map(listed).transpose()
}

type ListedRow = (Row, String, i64, String, Option<i32>);

type Columns =
    (orders::Columns, products::name, producers::id, producers::name, Nullable<batches::number>);

fn columns() -> Columns {
    let batch = batches::number.nullable();
    (orders::COLUMNS, products::name, producers::id, producers::name, batch)
}

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
