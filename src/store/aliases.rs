//! Other names by which annexes know producers and products: names that they had, and what the office
//! said where the register could not tell.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::connection::directly;
use super::schema::{producer_aliases as of_producers, product_aliases as of_products};
use super::{AnyConnection, StoreError, producers, products};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::producer::NewProducer;
use crate::domain::product::NewProduct;
use crate::vietnamese;

/// Keeps a name that a producer had.
pub(super) fn keep(
    connection: &mut AnyConnection,
    producer: ProducerId,
    name: &str,
) -> Result<(), StoreError> {
    let known = of_producers::table
        .filter(of_producers::producer_id.eq(producer.0))
        .filter(of_producers::name.eq(name))
        .filter(of_producers::identity_key.is_null());
    if known.count().get_result::<i64>(connection)? > 0 {
        return Ok(());
    }
    diesel::insert_into(of_producers::table)
        .values((
            of_producers::producer_id.eq(producer.0),
            of_producers::name.eq(name),
            of_producers::search_key.eq(vietnamese::search_key(name)),
        ))
        .execute(connection)?;
    Ok(())
}

/// Keeps a name that a producer's product had.
pub(super) fn keep_of_product(
    connection: &mut AnyConnection,
    (producer, product): (ProducerId, ProductId),
    name: &str,
) -> Result<(), StoreError> {
    let known = of_products::table
        .filter(of_products::product_id.eq(product.0))
        .filter(of_products::name.eq(name))
        .filter(of_products::identity_key.is_null());
    if known.count().get_result::<i64>(connection)? > 0 {
        return Ok(());
    }
    diesel::insert_into(of_products::table)
        .values((
            of_products::producer_id.eq(producer.0),
            of_products::product_id.eq(product.0),
            of_products::name.eq(name),
        ))
        .execute(connection)?;
    Ok(())
}

/// Keeps that the office said whom a name with its tax code, or without one, means.
///
/// # Errors
/// [`StoreError`].
pub fn say_producer(
    connection: &mut AnyConnection,
    meant: &NewProducer,
    producer: ProducerId,
) -> Result<(), StoreError> {
    let row = (
        of_producers::producer_id.eq(producer.0),
        of_producers::name.eq(&meant.name),
        of_producers::search_key.eq(vietnamese::search_key(&meant.name)),
        of_producers::identity_key.eq(producers::identity_key(meant)),
    );
    let upsert = diesel::insert_into(of_producers::table)
        .values(row)
        .on_conflict(of_producers::identity_key)
        .do_update()
        .set(of_producers::producer_id.eq(excluded(of_producers::producer_id)));
    directly!(connection, own => upsert.execute(own))?;
    Ok(())
}

/// Keeps that the office said which of its producer's products is meant.
///
/// # Errors
/// [`StoreError`].
pub fn say_product(
    connection: &mut AnyConnection,
    meant: &NewProduct,
    product: ProductId,
) -> Result<(), StoreError> {
    let row = (
        of_products::producer_id.eq(meant.producer.0),
        of_products::product_id.eq(product.0),
        of_products::name.eq(&meant.name),
        of_products::identity_key.eq(products::identity_key(meant)),
    );
    let upsert = diesel::insert_into(of_products::table)
        .values(row)
        .on_conflict((of_products::producer_id, of_products::identity_key))
        .do_update()
        .set(of_products::product_id.eq(excluded(of_products::product_id)));
    directly!(connection, own => upsert.execute(own))?;
    Ok(())
}

/// Whom the office said that this means.
///
/// # Errors
/// [`StoreError`].
pub fn said_producer(
    connection: &mut AnyConnection,
    meant: &NewProducer,
) -> Result<Option<ProducerId>, StoreError> {
    let found = of_producers::table
        .filter(of_producers::identity_key.eq(producers::identity_key(meant)))
        .select(of_producers::producer_id);
    let id: Option<i64> = found.first(connection).optional()?;
    Ok(id.map(ProducerId))
}

/// What the office said that this means.
///
/// # Errors
/// [`StoreError`].
pub fn said_product(
    connection: &mut AnyConnection,
    meant: &NewProduct,
) -> Result<Option<ProductId>, StoreError> {
    let found = of_products::table
        .filter(of_products::producer_id.eq(meant.producer.0))
        .filter(of_products::identity_key.eq(products::identity_key(meant)))
        .select(of_products::product_id);
    let id: Option<i64> = found.first(connection).optional()?;
    Ok(id.map(ProductId))
}

/// The names that producers had which are found by one of these keys, and whose they were.
pub(super) fn producers_alike(
    connection: &mut AnyConnection,
    keys: &[String],
) -> Result<Vec<(ProducerId, String)>, StoreError> {
    let rows: Vec<(i64, String)> = of_producers::table
        .filter(of_producers::search_key.eq_any(keys))
        .filter(of_producers::identity_key.is_null())
        .order(of_producers::id)
        .select((of_producers::producer_id, of_producers::name))
        .load(connection)?;
    Ok(rows.into_iter().map(|(id, name)| (ProducerId(id), name)).collect())
}

/// The names that a producer's products had.
pub(super) fn of_products_of(
    connection: &mut AnyConnection,
    producer: ProducerId,
) -> Result<Vec<(ProductId, String)>, StoreError> {
    let rows: Vec<(i64, String)> = of_products::table
        .filter(of_products::producer_id.eq(producer.0))
        .filter(of_products::identity_key.is_null())
        .order(of_products::id)
        .select((of_products::product_id, of_products::name))
        .load(connection)?;
    Ok(rows.into_iter().map(|(id, name)| (ProductId(id), name)).collect())
}

/// Writes the names that a product had, which an earlier program kept without diacritics, as its
/// decisions have them, where only one spelling of theirs can be meant.
pub(super) fn write_in_full(
    connection: &mut AnyConnection,
    product: ProductId,
    in_decisions: &[String],
) -> Result<(), StoreError> {
    let rows: Vec<(i64, String)> = of_products::table
        .filter(of_products::product_id.eq(product.0))
        .filter(of_products::identity_key.is_null())
        .select((of_products::id, of_products::name))
        .load(connection)?;
    for (id, folded) in rows {
        let meant = || in_decisions.iter().filter(|name| vietnamese::fold(name) == folded);
        let keys: BTreeSet<String> = meant().map(|name| vietnamese::name_key(name)).collect();
        if let Some(name) = meant().next().filter(|_| keys.len() == 1) {
            diesel::update(of_products::table.find(id))
                .set(of_products::name.eq(name))
                .execute(connection)?;
        }
    }
    Ok(())
}

/// Whether a product had a name, or the office said that the name means it.
pub(super) fn is_of_product(
    connection: &mut AnyConnection,
    product: ProductId,
    name: &str,
) -> Result<bool, StoreError> {
    let names: Vec<String> = of_products::table
        .filter(of_products::product_id.eq(product.0))
        .select(of_products::name)
        .load(connection)?;
    let key = vietnamese::name_key(name);
    Ok(names.iter().any(|name| vietnamese::name_key(name) == key))
}

/// The names that a producer had, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn had_by(
    connection: &mut AnyConnection,
    producer: ProducerId,
) -> Result<Vec<String>, StoreError> {
    let names = of_producers::table
        .filter(of_producers::producer_id.eq(producer.0))
        .filter(of_producers::identity_key.is_null())
        .order(of_producers::id)
        .select(of_producers::name);
    Ok(names.load(connection)?)
}
