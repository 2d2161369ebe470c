//! Products.

use diesel::prelude::*;

use super::schema::{producers, products, recognitions};
use super::{AnyConnection, StoreError, aliases, producers as makers};
use crate::domain::gtin::Gtin;
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::{self, Agreement, Candidate, Likeness, Meant};
use crate::domain::producer::Producer;
use crate::domain::product::{NewProduct, Product, ProductGroup};
use crate::vietnamese;

/// Which of its producer's products a name with a GTIN and a net quantity means: as the office said,
/// else as they tell.
///
/// # Errors
/// [`StoreError`].
pub fn meant(
    connection: &mut AnyConnection,
    meant: &NewProduct,
) -> Result<Meant<ProductId>, StoreError> {
    if let Some(said) = aliases::said_product(connection, meant)? {
        return Ok(Meant::Same(said));
    }
    Ok(naming::product(&candidates(connection, meant)?))
}

diesel::define_sql_function! {
    /// A text with every occurrence of one text replaced by another.
    fn replace(text: diesel::sql_types::Text, one: diesel::sql_types::Text, other: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Its producer's products that are written like it, were so once, or have its GTIN, each with how it
/// compares.
///
/// # Errors
/// [`StoreError`].
pub fn candidates(
    connection: &mut AnyConnection,
    meant: &NewProduct,
) -> Result<Vec<Candidate<ProductId>>, StoreError> {
    let had = aliases::of_products_of(connection, meant.producer)?;
    let theirs = alike(connection, meant, &had)?;
    let candidate = |product: &Product| {
        let former = had.iter().filter(|(id, _)| *id == product.id).map(|(_, name)| name);
        let names = former.chain([&product.details.name]);
        let likeness = names.map(|name| vietnamese::likeness(&meant.name, name)).min();
        let quantity = |it: &NewProduct| it.net_quantity.as_deref().map(quantity_key);
        Candidate {
            id: product.id,
            likeness: likeness.unwrap_or(Likeness::Other),
            number: Agreement::of(meant.gtin.as_ref(), product.details.gtin.as_ref()),
            quantity: Agreement::of(quantity(meant).as_ref(), quantity(&product.details).as_ref()),
        }
    };
    Ok(theirs.iter().map(candidate).collect())
}

/// A product of another producer that has a GTIN, and who makes it.
///
/// # Errors
/// [`StoreError`].
pub fn of_gtin_elsewhere(
    connection: &mut AnyConnection,
    gtin: Gtin,
    producer: Option<ProducerId>,
) -> Result<Option<(Product, Producer)>, StoreError> {
    let own = producer.map_or(0, |producer| producer.0);
    let row: Option<(Row, makers::Row)> = products::table
        .inner_join(producers::table)
        .filter(products::gtin.eq(gtin.to_string()))
        .filter(products::producer_id.ne(own))
        .order(products::id)
        .select((COLUMNS, makers::COLUMNS))
        .first(connection)
        .optional()?;
    row.map(with_producer).transpose()
}

fn alike(
    connection: &mut AnyConnection,
    meant: &NewProduct,
    had: &[(ProductId, String)],
) -> Result<Vec<Product>, StoreError> {
    let maker: Option<String> = producers::table
        .find(meant.producer.0)
        .select(producers::name)
        .first(connection)
        .optional()?;
    let found_by = vietnamese::search_key(&meant.name);
    let had = had.iter().filter(|(_, name)| vietnamese::search_key(name) == found_by);
    let had: Vec<i64> = had.map(|(id, _)| id.0).collect();
    // What a search finds it by, without the spaces.
    let text = found_by + &vietnamese::search_key(&maker.unwrap_or_default());
    let gtin = meant.gtin.map(|gtin| gtin.to_string());
    let rows: Vec<Row> = products::table
        .filter(products::producer_id.eq(meant.producer.0))
        .filter(
            replace(products::search_text, " ", "")
                .eq(text)
                .or(products::id.eq_any(had))
                .or(products::gtin.eq(gtin).assume_not_null()),
        )
        .order((products::sort_key, products::id))
        .select(COLUMNS)
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// Its producer's product of that very name, GTIN and net quantity.
///
/// # Errors
/// [`StoreError`].
pub fn exactly(
    connection: &mut AnyConnection,
    meant: &NewProduct,
) -> Result<Option<ProductId>, StoreError> {
    let found = products::table
        .filter(products::producer_id.eq(meant.producer.0))
        .filter(products::identity_key.eq(identity_key(meant)));
    let id: Option<i64> = found.select(products::id).first(connection).optional()?;
    Ok(id.map(ProductId))
}

/// What tells a producer's product apart: its name, its GTIN and its net quantity.
pub(super) fn identity_key(product: &NewProduct) -> String {
    let gtin = product.gtin.map(|gtin| gtin.to_string()).unwrap_or_default();
    let quantity = product.net_quantity.as_deref().map(quantity_key).unwrap_or_default();
    format!("{}\n{gtin}\n{quantity}", vietnamese::name_key(&product.name))
}

/// A net quantity as it is compared: `500 g` and `500g` are one.
pub(super) fn quantity_key(text: &str) -> String {
    vietnamese::name_key(text).replace(' ', "")
}

/// Enters a product. `producer_name` is what a search also finds it by.
///
/// # Errors
/// [`StoreError::Duplicate`] where its producer has one of that name, GTIN and net quantity.
pub fn insert(
    connection: &mut AnyConnection,
    product: &NewProduct,
    producer_name: &str,
) -> Result<ProductId, StoreError> {
    let id = diesel::insert_into(products::table)
        .values((
            products::producer_id.eq(product.producer.0),
            products::name.eq(&product.name),
            products::search_text.eq(search_text(&product.name, producer_name)),
            products::identity_key.eq(identity_key(product)),
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
    let had: Option<(i64, String)> = products::table
        .find(id.0)
        .select((products::producer_id, products::name))
        .first(connection)
        .optional()?;
    let is_other = |had: &String| vietnamese::likeness(had, &product.name) != Likeness::Same;
    if let Some((producer, had)) = had.filter(|(_, had)| is_other(had)) {
        aliases::keep_of_product(connection, (ProducerId(producer), id), &had)?;
    }
    diesel::update(products::table.find(id.0))
        .set((
            products::name.eq(&product.name),
            products::search_text.eq(search_text(&product.name, producer_name)),
            products::identity_key.eq(identity_key(product)),
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
        theirs.select((products::id, products::name)).load(connection)?;
    for (id, name) in names {
        diesel::update(products::table.find(id))
            .set(products::search_text.eq(search_text(&name, producer_name)))
            .execute(connection)?;
    }
    Ok(())
}

/// Makes the keys of a producer's products, which an earlier program entered.
pub(super) fn make_keys(
    connection: &mut AnyConnection,
    producer: ProducerId,
) -> Result<(), StoreError> {
    for Product { id, details, .. } in of_producer(connection, producer)? {
        diesel::update(products::table.find(id.0))
            .set(products::identity_key.eq(identity_key(&details)))
            .execute(connection)?;
        let names: Vec<String> = recognitions::table
            .filter(recognitions::product_id.eq(id.0))
            .select(recognitions::product_name)
            .load(connection)?;
        aliases::write_in_full(connection, id, &names)?;
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

fn search_text(name: &str, producer_name: &str) -> String {
    format!("{} {}", vietnamese::fold(name), vietnamese::fold(producer_name))
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
