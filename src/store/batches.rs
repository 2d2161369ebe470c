//! Batches: intents, and whether their codes are there.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::recognitions::stars_from;
use super::schema::{batches, orders};
use super::{AnyConnection, StoreError};
use crate::domain::batch::{Batch, Face, Intent, Profile};
use crate::domain::calendar::Instant;
use crate::domain::ids::{OrderId, ProductId, RecognitionId};
use crate::domain::order::Quantity;
use crate::domain::serial::BatchNumber;

/// Stores an intent under the next free number; `None` when all numbers are used up.
///
/// # Errors
/// [`StoreError::Duplicate`] where the order has a batch already.
pub fn insert(
    connection: &mut AnyConnection,
    intent: &Intent,
    at: Instant,
) -> Result<Option<Batch>, StoreError> {
    let last: Option<i32> =
        batches::table.select(diesel::dsl::max(batches::number)).first(connection)?;
    let next = u32::try_from(last.unwrap_or(0)).ok().map(|last| last + 1);
    let Some(number) = next.and_then(BatchNumber::new) else { return Ok(None) };
    let row = NewRow {
        number: number_to(number)?,
        order_id: intent.order.0,
        product_id: intent.product.0,
        recognition_id: intent.recognition.0,
        quantity: i32::try_from(intent.quantity.get()).or(Err(StoreError::Corrupt("quantity")))?,
        key_id: &intent.key_id,
        seed: &intent.seed,
        host: &intent.face.host,
        profile: intent.face.profile.key(),
        gtin: intent.face.gtin.map(|gtin| gtin.to_string()),
        product_name: &intent.face.product_name,
        producer_name: &intent.face.producer_name,
        stars: i16::from(intent.face.stars.get()),
        prepared_at: at.naive_utc(),
        commune: intent.face.commune.as_deref(),
    };
    diesel::insert_into(batches::table).values(row).execute(connection)?;
    Ok(Some(Batch { number, intent: intent.clone(), prepared_at: at, issued_at: None }))
}

/// Marks a batch as issued: all its codes are there.
///
/// # Errors
/// [`StoreError`].
pub fn set_issued(
    connection: &mut AnyConnection,
    number: BatchNumber,
    at: Instant,
) -> Result<(), StoreError> {
    diesel::update(batches::table.find(number_to(number)?))
        .set(batches::issued_at.eq(at.naive_utc()))
        .execute(connection)?;
    Ok(())
}

/// The batch of that number.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    number: BatchNumber,
) -> Result<Option<Batch>, StoreError> {
    let row = batches::table
        .find(number_to(number)?)
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(from_row).transpose()
}

/// The batch of an order.
///
/// # Errors
/// [`StoreError`].
pub fn of_order(
    connection: &mut AnyConnection,
    order: OrderId,
) -> Result<Option<Batch>, StoreError> {
    let row = batches::table
        .filter(batches::order_id.eq(order.0))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(from_row).transpose()
}

/// The issued batches that replace stamps of another, and those that replace stamps of those, by
/// number.
///
/// # Errors
/// [`StoreError`].
pub fn replacements(
    connection: &mut AnyConnection,
    of: BatchNumber,
) -> Result<Vec<BatchNumber>, StoreError> {
    let mut found = Vec::new();
    let mut replaced = vec![number_to(of)?];
    // A batch is issued after the one that it replaces, so that numbers rise and the search ends.
    while !replaced.is_empty() {
        replaced = batches::table
            .inner_join(orders::table)
            .filter(orders::replaces_batch.eq_any(replaced))
            .filter(batches::issued_at.is_not_null())
            .order(batches::number)
            .select(batches::number)
            .load(connection)?;
        found.extend(&replaced);
    }
    found.sort_unstable();
    found.into_iter().map(number_from).collect()
}

/// Batches whose intent is stored and whose codes are not: what an interruption left to finish.
///
/// # Errors
/// [`StoreError`].
pub fn unfinished(connection: &mut AnyConnection) -> Result<Vec<Batch>, StoreError> {
    let rows: Vec<Row> = batches::table
        .filter(batches::issued_at.is_null())
        .order(batches::number)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

#[derive(Insertable)]
#[diesel(table_name = batches)]
struct NewRow<'a> {
    number: i32,
    order_id: i64,
    product_id: i64,
    recognition_id: i64,
    quantity: i32,
    key_id: &'a str,
    seed: &'a [u8],
    host: &'a str,
    profile: &'a str,
    gtin: Option<String>,
    product_name: &'a str,
    producer_name: &'a str,
    stars: i16,
    prepared_at: NaiveDateTime,
    commune: Option<&'a str>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = batches)]
pub(super) struct Row {
    number: i32,
    order_id: i64,
    product_id: i64,
    recognition_id: i64,
    quantity: i32,
    key_id: String,
    seed: Vec<u8>,
    host: String,
    profile: String,
    gtin: Option<String>,
    product_name: String,
    producer_name: String,
    stars: i16,
    prepared_at: NaiveDateTime,
    issued_at: Option<NaiveDateTime>,
    commune: Option<String>,
}

pub(super) fn from_row(row: Row) -> Result<Batch, StoreError> {
    let quantity = u32::try_from(row.quantity).ok().and_then(Quantity::new);
    let gtin = row.gtin.map(|gtin| gtin.parse()).transpose();
    let face = Face {
        host: row.host,
        profile: Profile::from_key(&row.profile).ok_or(StoreError::Corrupt("profile"))?,
        gtin: gtin.or(Err(StoreError::Corrupt("GTIN")))?,
        product_name: row.product_name,
        producer_name: row.producer_name,
        stars: stars_from(row.stars)?,
        commune: row.commune,
    };
    let intent = Intent {
        order: OrderId(row.order_id),
        product: ProductId(row.product_id),
        recognition: RecognitionId(row.recognition_id),
        quantity: quantity.ok_or(StoreError::Corrupt("quantity"))?,
        key_id: row.key_id,
        seed: row.seed.try_into().or(Err(StoreError::Corrupt("seed")))?,
        face,
    };
    Ok(Batch {
        number: number_from(row.number)?,
        intent,
        prepared_at: row.prepared_at.and_utc(),
        issued_at: row.issued_at.map(|at| at.and_utc()),
    })
}

pub(super) fn number_to(number: BatchNumber) -> Result<i32, StoreError> {
    i32::try_from(number.get()).or(Err(StoreError::Corrupt("batch number")))
}

pub(super) fn number_from(stored: i32) -> Result<BatchNumber, StoreError> {
    let number = u32::try_from(stored).ok().and_then(BatchNumber::new);
    number.ok_or(StoreError::Corrupt("batch number"))
}
