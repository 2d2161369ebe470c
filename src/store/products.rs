//! Products.

use diesel::prelude::*;

use super::schema::{producers, products};
use super::{AnyConnection, StoreError, former_names, producers as makers};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::producer::Producer;
use crate::domain::product::{NewProduct, Product, ProductGroup};
use crate::vietnamese;

/// The producer's product that has that name, or had it, entered if it is not there; what is there is
/// kept. `producer_name` is what a search also finds it by.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    product: &NewProduct,
    producer_name: &str,
) -> Result<ProductId, StoreError> {
    match known_as(connection, product)? {
        Some(known) => Ok(known),
        None => insert(connection, product, producer_name),
    }
}

/// The producer's product that has that name, or had it. One that had the name is another where both
/// have a GTIN and these differ.
///
/// # Errors
/// [`StoreError`].
pub fn known_as(
    connection: &mut AnyConnection,
    meant: &NewProduct,
) -> Result<Option<ProductId>, StoreError> {
    if let Some(known) = find(connection, meant.producer, &meant.name)? {
        return Ok(Some(known));
    }
    let folded = vietnamese::fold(&meant.name);
    let former = former_names::product(connection, meant.producer, &folded)?;
    let former = former.map(|id| get(connection, id)).transpose()?.flatten();
    let is_meant = |it: &Product| match (meant.gtin, it.details.gtin) {
        (Some(wanted), Some(theirs)) => wanted == theirs,
        _ => true,
    };
    Ok(former.map(|(it, _)| it).filter(is_meant).map(|it| it.id))
}

/// Enters a product. `producer_name` is what a search also finds it by.
///
/// # Errors
/// [`StoreError::Duplicate`] where its producer has one of that name.
pub fn insert(
    connection: &mut AnyConnection,
    product: &NewProduct,
    producer_name: &str,
) -> Result<ProductId, StoreError> {
    let folded = vietnamese::fold(&product.name);
    let id = diesel::insert_into(products::table)
        .values((
            products::producer_id.eq(product.producer.0),
            products::name.eq(&product.name),
            products::search_text.eq(search_text(&folded, producer_name)),
            products::name_folded.eq(folded),
            products::sort_key.eq(vietnamese::sort_key(&product.name)),
            products::group_number.eq(product.group.number()),
            products::gtin.eq(product.gtin.map(|gtin| gtin.to_string())),
            products::net_quantity.eq(product.net_quantity.as_deref()),
        ))
        .returning(products::id)
        .get_result(connection)?;
    Ok(ProductId(id))
}

/// A product and who makes it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    id: ProductId,
) -> Result<Option<(Product, Producer)>, StoreError> {
    let row: Option<(Row, makers::Row)> = products::table
        .inner_join(producers::table)
        .filter(products::id.eq(id.0))
        .select((COLUMNS, makers::COLUMNS))
        .first(connection)
        .optional()?;
    row.map(with_producer).transpose()
}

/// Products whose own or whose producer's name has every word of `query`, however accented, in the
/// order of the Vietnamese alphabet. An empty query finds all.
///
/// # Errors
/// [`StoreError`].
pub fn search(
    connection: &mut AnyConnection,
    query: &str,
    limit: i64,
) -> Result<Vec<(Product, Producer)>, StoreError> {
    let mut found = products::table.inner_join(producers::table).into_boxed();
    // Folding leaves letters, digits and spaces: nothing that LIKE reads as a wildcard.
    for word in vietnamese::fold(query).split_whitespace() {
        found = found.filter(products::search_text.like(format!("%{word}%")));
    }
    let rows: Vec<(Row, makers::Row)> = found
        .order((products::sort_key, products::id))
        .limit(limit)
        .select((COLUMNS, makers::COLUMNS))
        .load(connection)?;
    rows.into_iter().map(with_producer).collect()
}

/// The next products by their numbers after one, with who makes them.
///
/// # Errors
/// [`StoreError`].
pub fn after(
    connection: &mut AnyConnection,
    id: ProductId,
    limit: i64,
) -> Result<Vec<(Product, Producer)>, StoreError> {
    let rows: Vec<(Row, makers::Row)> = products::table
        .inner_join(producers::table)
        .filter(products::id.gt(id.0))
        .order(products::id)
        .limit(limit)
        .select((COLUMNS, makers::COLUMNS))
        .load(connection)?;
    rows.into_iter().map(with_producer).collect()
}

/// A producer's products, in the order of the Vietnamese alphabet.
///
/// # Errors
/// [`StoreError`].
pub fn of_producer(
    connection: &mut AnyConnection,
    producer: ProducerId,
) -> Result<Vec<Product>, StoreError> {
    let rows: Vec<Row> = products::table
        .filter(products::producer_id.eq(producer.0))
        .order((products::sort_key, products::id))
        .select(COLUMNS)
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// The producer's product of a name, however accented.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    producer: ProducerId,
    name: &str,
) -> Result<Option<ProductId>, StoreError> {
    let id = products::table
        .filter(products::producer_id.eq(producer.0))
        .filter(products::name_folded.eq(vietnamese::fold(name)))
        .select(products::id)
        .first(connection)
        .optional()?;
    Ok(id.map(ProductId))
}

/// Replaces what is known of a product but its producer, and counts the change. Annexes know it by the
/// name that it had, too.
///
/// # Errors
/// [`StoreError`].
pub fn update(
    connection: &mut AnyConnection,
    id: ProductId,
    product: &NewProduct,
    producer_name: &str,
) -> Result<(), StoreError> {
    let folded = vietnamese::fold(&product.name);
    let had: Option<(i64, String)> = products::table
        .find(id.0)
        .select((products::producer_id, products::name_folded))
        .first(connection)
        .optional()?;
    if let Some((producer, had)) = had.filter(|(_, had)| *had != folded) {
        former_names::keep_of_product(connection, (ProducerId(producer), id), &had)?;
    }
    diesel::update(products::table.find(id.0))
        .set((
            products::name.eq(&product.name),
            products::search_text.eq(search_text(&folded, producer_name)),
            products::name_folded.eq(folded),
            products::sort_key.eq(vietnamese::sort_key(&product.name)),
            products::group_number.eq(product.group.number()),
            products::gtin.eq(product.gtin.map(|gtin| gtin.to_string())),
            products::net_quantity.eq(product.net_quantity.as_deref()),
            products::version.eq(products::version + 1),
        ))
        .execute(connection)?;
    Ok(())
}

/// Lets a search find a producer's products by another name of it.
pub(super) fn find_by(
    connection: &mut AnyConnection,
    producer: ProducerId,
    producer_name: &str,
) -> Result<(), StoreError> {
    let theirs = products::table.filter(products::producer_id.eq(producer.0));
    let names: Vec<(i64, String)> =
        theirs.select((products::id, products::name_folded)).load(connection)?;
    for (id, folded) in names {
        diesel::update(products::table.find(id))
            .set(products::search_text.eq(search_text(&folded, producer_name)))
            .execute(connection)?;
    }
    Ok(())
}

/// Shows a photo with a product, or none, and counts the change.
///
/// # Errors
/// [`StoreError`].
pub fn set_photo(
    connection: &mut AnyConnection,
    id: ProductId,
    photo: Option<&str>,
) -> Result<(), StoreError> {
    diesel::update(products::table.find(id.0))
        .set((products::photo_sha256.eq(photo), products::version.eq(products::version + 1)))
        .execute(connection)?;
    Ok(())
}

fn search_text(folded_name: &str, producer_name: &str) -> String {
    format!("{folded_name} {}", vietnamese::fold(producer_name))
}

/// A row as it is selected.
pub(super) type Row = (i64, i64, String, i16, Option<String>, Option<String>, Option<String>, i64);

/// The columns of [`Row`].
pub(super) const COLUMNS: (
    products::id,
    products::producer_id,
    products::name,
    products::group_number,
    products::gtin,
    products::net_quantity,
    products::photo_sha256,
    products::version,
) = (
    products::id,
    products::producer_id,
    products::name,
    products::group_number,
    products::gtin,
    products::net_quantity,
    products::photo_sha256,
    products::version,
);

pub(super) fn from_row(row: Row) -> Result<Product, StoreError> {
    let (id, producer, name, group, gtin, net_quantity, photo, version) = row;
    let group = ProductGroup::from_number(group).ok_or(StoreError::Corrupt("product group"))?;
    let gtin = gtin.map(|gtin| gtin.parse()).transpose().or(Err(StoreError::Corrupt("GTIN")))?;
    let producer = ProducerId(producer);
    Ok(Product {
        id: ProductId(id),
        details: NewProduct { producer, name, group, gtin, net_quantity },
        photo,
        version,
    })
}

pub(super) fn with_producer(
    (product, producer): (Row, makers::Row),
) -> Result<(Product, Producer), StoreError> {
    Ok((from_row(product)?, makers::from_row(producer)?))
}
