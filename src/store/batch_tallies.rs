//! How many stamps of each batch stand where. Counting every stamp of a large register takes seconds,
//! so the counts are kept in the transaction of each move.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::batches::number_to;
use super::recognitions::PRODUCTS_MAX;
use super::schema::{
    batch_tallies as tallies, batches, print_jobs, print_shops, producers, products,
};
use super::stamps::{self, state_from};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::{ProducerId, ProductId, ShopId};
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampMove, StampState};
use crate::domain::tally::Tally;

/// The kept counts of a batch.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(connection: &mut AnyConnection, batch: BatchNumber) -> Result<Tally, StoreError> {
    let rows: Vec<(i16, bool, i32)> = tallies::table
        .filter(tallies::batch_number.eq(number_to(batch)?))
        .select((tallies::state, tallies::handed_over, tallies::stamps))
        .load(connection)?;
    let mut tally = Tally::default();
    for (state, handed_over, stamps) in rows {
        tally.add(state_from(state)?, handed_over, count(stamps.into())?);
    }
    Ok(tally)
}

/// The kept counts of each of these products, where it has stamps.
///
/// # Errors
/// [`StoreError`].
pub fn of_products(
    connection: &mut AnyConnection,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, Tally>, StoreError> {
    let mut all: BTreeMap<ProductId, Tally> = BTreeMap::new();
    for part in products.chunks(PRODUCTS_MAX) {
        let ids: Vec<i64> = part.iter().map(|id| id.0).collect();
        let rows: Vec<(i64, i16, bool, i32)> = tallies::table
            .inner_join(batches::table)
            .filter(batches::product_id.eq_any(ids))
            .select((batches::product_id, tallies::state, tallies::handed_over, tallies::stamps))
            .load(connection)?;
        for (product, state, handed_over, stamps) in rows {
            let tally = all.entry(ProductId(product)).or_default();
            tally.add(state_from(state)?, handed_over, count(stamps.into())?);
        }
    }
    Ok(all)
}

/// Which batches are summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SumFilter {
    /// Of this product.
    pub product: Option<ProductId>,
    /// Of this producer.
    pub producer: Option<ProducerId>,
    /// Given to this print shop.
    pub shop: Option<ShopId>,
    /// Issued at this moment or later.
    pub from: Option<Instant>,
    /// Issued before this moment.
    pub before: Option<Instant>,
}

/// The stamps of a product's batches that one print shop was given, or none yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The product.
    pub product: ProductId,
    /// Its name.
    pub product_name: String,
    /// Its producer.
    pub producer: ProducerId,
    /// The producer's name.
    pub producer_name: String,
    /// The shop and its name.
    pub shop: Option<(ShopId, String)>,
    /// The stamps.
    pub tally: Tally,
}

/// Sums over issued batches, by product and print shop, in one query.
///
/// # Errors
/// [`StoreError`].
pub fn sums(connection: &mut AnyConnection, filter: &SumFilter) -> Result<Vec<Sum>, StoreError> {
    let mut query = joined()
        .group_by((
            products::id,
            products::name,
            producers::id,
            producers::name,
            print_shops::id,
            print_shops::name,
            tallies::state,
            tallies::handed_over,
        ))
        .select((
            (products::id, products::name, producers::id, producers::name),
            (print_shops::id, print_shops::name).nullable(),
            (tallies::state, tallies::handed_over, diesel::dsl::sum(tallies::stamps)),
        ))
        .order((products::id, print_shops::id))
        .into_boxed();
    if let Some(product) = filter.product {
        query = query.filter(products::id.eq(product.0));
    }
    if let Some(producer) = filter.producer {
        query = query.filter(producers::id.eq(producer.0));
    }
    if let Some(shop) = filter.shop {
        query = query.filter(print_jobs::shop_id.eq(shop.0));
    }
    if let Some(from) = filter.from {
        query = query.filter(batches::issued_at.ge(from.naive_utc()));
    }
    if let Some(before) = filter.before {
        query = query.filter(batches::issued_at.lt(before.naive_utc()));
    }
    let rows: Vec<Row> = query.load(connection)?;
    gather(rows)
}

type Goods = (i64, String, i64, String);
type Row = (Goods, Option<(i64, String)>, (i16, bool, Option<i64>));

#[diesel::dsl::auto_type]
fn joined() -> _ {
    tallies::table
        .inner_join(batches::table.inner_join(products::table.inner_join(producers::table)))
        .left_join(
            print_jobs::table
                .inner_join(print_shops::table)
                .on(print_jobs::batch_number.eq(tallies::batch_number)),
        )
}

/// Rows of one product and shop follow each other.
fn gather(rows: Vec<Row>) -> Result<Vec<Sum>, StoreError> {
    let mut sums: Vec<Sum> = Vec::new();
    for ((product, product_name, producer, producer_name), shop, counts) in rows {
        let (state, handed_over, stamps) = counts;
        let (product, producer) = (ProductId(product), ProducerId(producer));
        let shop = shop.map(|(id, name)| (ShopId(id), name));
        let mut one = Tally::default();
        one.add(state_from(state)?, handed_over, count(stamps.unwrap_or(0))?);
        match sums.last_mut().filter(|sum| sum.product == product && sum.shop == shop) {
            Some(sum) => sum.tally += one,
            None => {
                sums.push(Sum { product, product_name, producer, producer_name, shop, tally: one });
            }
        }
    }
    Ok(sums)
}

/// Counts a batch anew.
///
/// # Errors
/// [`StoreError`].
pub fn recount(connection: &mut AnyConnection, batch: BatchNumber) -> Result<(), StoreError> {
    let tally = stamps::tally(connection, &batch.serials())?;
    put(connection, batch, &tally)
}

/// Follows a move of stamps that stood as `moved` says before it.
pub(super) fn shift(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    moved: &Tally,
    step: StampMove,
) -> Result<(), StoreError> {
    let kept = of_batch(connection, batch)?;
    let mut after = Tally::default();
    for state in StampState::ALL {
        for handed_over in [false, true] {
            let moving = moved.count(state, handed_over);
            let stamps = kept.count(state, handed_over);
            let moving = if step.starts_from().contains(&state) { moving } else { 0 };
            let Some(staying) = stamps.checked_sub(moving) else {
                return recount(connection, batch);
            };
            after.add(state, handed_over, staying);
            after.add(step.leads_to(), handed_over || step == StampMove::HandOver, moving);
        }
    }
    put(connection, batch, &after)
}

fn put(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    tally: &Tally,
) -> Result<(), StoreError> {
    let number = number_to(batch)?;
    diesel::delete(tallies::table.filter(tallies::batch_number.eq(number))).execute(connection)?;
    for state in StampState::ALL {
        for handed_over in [false, true] {
            let stamps = tally.count(state, handed_over);
            if stamps > 0 {
                let stamps = i32::try_from(stamps).or(Err(StoreError::Corrupt("count")))?;
                let row = (
                    tallies::batch_number.eq(number),
                    tallies::state.eq(state.number()),
                    tallies::handed_over.eq(handed_over),
                    tallies::stamps.eq(stamps),
                );
                diesel::insert_into(tallies::table).values(row).execute(connection)?;
            }
        }
    }
    Ok(())
}

fn count(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).or(Err(StoreError::Corrupt("count")))
}
