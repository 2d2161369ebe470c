//! Batches as a person looks through them: those of one's own organisation, or all.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::print_jobs;
use super::schema::{batches, print_jobs as jobs, print_shops as shops, products};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::ProducerId;
use crate::domain::print_job::PrintJob;
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;

/// A batch with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedBatch {
    /// Its number.
    pub number: BatchNumber,
    /// Product name, as printed.
    pub product_name: String,
    /// Whose product it is.
    pub producer: ProducerId,
    /// Producer name, as printed.
    pub producer_name: String,
    /// How many stamps.
    pub stamps: u64,
    /// When it was issued.
    pub issued_at: Instant,
    /// Its print job, and the shop's name.
    pub job: Option<(PrintJob, String)>,
}

/// Issued batches that an organisation may see, newest first, and how many there are in all: a
/// producer's own, and those that a print shop was given.
///
/// # Errors
/// [`StoreError`].
pub fn page(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    (offset, limit): (i64, i64),
) -> Result<(Vec<ListedBatch>, u64), StoreError> {
    let mut found = batches::table
        .inner_join(products::table.on(products::id.eq(batches::product_id)))
        .left_join(jobs::table)
        .filter(batches::issued_at.is_not_null())
        .select(batches::number)
        .into_boxed();
    let mut all = batches::table
        .inner_join(products::table.on(products::id.eq(batches::product_id)))
        .left_join(jobs::table)
        .filter(batches::issued_at.is_not_null())
        .select(diesel::dsl::count_star())
        .into_boxed();
    match seen_by {
        Organisation::Office => {}
        Organisation::Producer(id) => {
            found = found.filter(products::producer_id.eq(id.0));
            all = all.filter(products::producer_id.eq(id.0));
        }
        Organisation::PrintShop(id) => {
            found = found.filter(jobs::shop_id.eq(id.0));
            all = all.filter(jobs::shop_id.eq(id.0));
        }
    }
    let numbers: Vec<i32> =
        found.order(batches::number.desc()).offset(offset).limit(limit).load(connection)?;
    let count: i64 = all.first(connection)?;
    let count = u64::try_from(count).or(Err(StoreError::Corrupt("batches")))?;
    let listed = numbers.into_iter().filter_map(|number| read(connection, number).transpose());
    Ok((listed.collect::<Result<_, _>>()?, count))
}

/// An issued batch, where an organisation may see it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    number: BatchNumber,
) -> Result<Option<ListedBatch>, StoreError> {
    let number = i32::try_from(number.get()).or(Err(StoreError::Corrupt("batch number")))?;
    let found = read(connection, number)?;
    Ok(found.filter(|batch| match seen_by {
        Organisation::Office => true,
        Organisation::Producer(id) => batch.producer == id,
        Organisation::PrintShop(id) => batch.job.as_ref().is_some_and(|(job, _)| job.shop == id),
    }))
}

type ListedRow = (String, String, i32, Option<NaiveDateTime>, i64, Option<String>);

fn read(connection: &mut AnyConnection, number: i32) -> Result<Option<ListedBatch>, StoreError> {
    let row: Option<ListedRow> = batches::table
        .inner_join(products::table.on(products::id.eq(batches::product_id)))
        .left_join(jobs::table.inner_join(shops::table))
        .filter(batches::number.eq(number))
        .select((
            batches::product_name,
            batches::producer_name,
            batches::quantity,
            batches::issued_at,
            products::producer_id,
            shops::name.nullable(),
        ))
        .first(connection)
        .optional()?;
    let Some((product_name, producer_name, quantity, issued_at, producer, shop)) = row else {
        return Ok(None);
    };
    let Some(issued_at) = issued_at else { return Ok(None) };
    let number = u32::try_from(number).ok().and_then(BatchNumber::new);
    let number = number.ok_or(StoreError::Corrupt("batch number"))?;
    Ok(Some(ListedBatch {
        number,
        product_name,
        producer: ProducerId(producer),
        producer_name,
        stamps: u64::try_from(quantity).or(Err(StoreError::Corrupt("quantity")))?,
        issued_at: issued_at.and_utc(),
        job: print_jobs::get(connection, number)?.zip(shop),
    }))
}
