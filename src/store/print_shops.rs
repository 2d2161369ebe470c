//! Print shops.

use diesel::prelude::*;

use super::schema::print_shops as shops;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Day;
use crate::domain::ids::ShopId;
use crate::domain::print_shop::{PrintShop, ShopDetails};
use crate::vietnamese;

/// Enters a shop.
///
/// # Errors
/// [`StoreError::Duplicate`] where there is one of that name.
pub fn insert(
    connection: &mut AnyConnection,
    details: &ShopDetails,
) -> Result<PrintShop, StoreError> {
    let id = diesel::insert_into(shops::table)
        .values(row(details))
        .returning(shops::id)
        .get_result(connection)?;
    Ok(PrintShop { id: ShopId(id), details: details.clone() })
}

/// Replaces what is known of a shop.
///
/// # Errors
/// [`StoreError::Duplicate`] where another has that name.
pub fn update(connection: &mut AnyConnection, shop: &PrintShop) -> Result<(), StoreError> {
    diesel::update(shops::table.find(shop.id.0)).set(row(&shop.details)).execute(connection)?;
    Ok(())
}

/// The shop of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: ShopId) -> Result<Option<PrintShop>, StoreError> {
    let row = shops::table.find(id.0).select(Row::as_select()).first(connection).optional()?;
    Ok(row.map(from_row))
}

/// The shop of that name, however it is spaced or capitalised.
///
/// # Errors
/// [`StoreError`].
pub fn by_name(
    connection: &mut AnyConnection,
    name: &str,
) -> Result<Option<PrintShop>, StoreError> {
    let row = shops::table
        .filter(shops::name_key.eq(vietnamese::name_key(name)))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    Ok(row.map(from_row))
}

/// Every shop, by name.
///
/// # Errors
/// [`StoreError`].
pub fn all(connection: &mut AnyConnection) -> Result<Vec<PrintShop>, StoreError> {
    let rows: Vec<Row> = shops::table.select(Row::as_select()).load(connection)?;
    let mut shops: Vec<PrintShop> = rows.into_iter().map(from_row).collect();
    shops.sort_by_cached_key(|shop| vietnamese::sort_key(&shop.details.name));
    Ok(shops)
}

/// The shops whose key is not that of their name: those that an earlier program entered.
pub(super) fn with_other_keys(
    connection: &mut AnyConnection,
) -> Result<Vec<(ShopId, String)>, StoreError> {
    let rows: Vec<(i64, String, String)> =
        shops::table.select((shops::id, shops::name, shops::name_key)).load(connection)?;
    let keys = rows.into_iter().map(|(id, name, key)| (id, vietnamese::name_key(&name), key));
    Ok(keys.filter(|(_, is, was)| is != was).map(|(id, key, _)| (ShopId(id), key)).collect())
}

/// Gives shops their keys.
pub(super) fn set_keys(
    connection: &mut AnyConnection,
    keys: Vec<(ShopId, String)>,
) -> Result<(), StoreError> {
    for (id, key) in keys {
        diesel::update(shops::table.find(id.0)).set(shops::name_key.eq(key)).execute(connection)?;
    }
    Ok(())
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = shops, treat_none_as_null = true)]
struct NewRow {
    name: String,
    name_key: String,
    address: Option<String>,
    phone: Option<String>,
    licence_number: String,
    licence_issuer: Option<String>,
    licence_ends_on: Option<Day>,
    is_active: bool,
}

fn row(details: &ShopDetails) -> NewRow {
    NewRow {
        name: details.name.clone(),
        name_key: vietnamese::name_key(&details.name),
        address: details.address.clone(),
        phone: details.phone.clone(),
        licence_number: details.licence_number.clone(),
        licence_issuer: details.licence_issuer.clone(),
        licence_ends_on: details.licence_ends_on,
        is_active: details.is_active,
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = shops)]
struct Row {
    id: i64,
    name: String,
    address: Option<String>,
    phone: Option<String>,
    licence_number: String,
    licence_issuer: Option<String>,
    licence_ends_on: Option<Day>,
    is_active: bool,
}

fn from_row(row: Row) -> PrintShop {
    let details = ShopDetails {
        name: row.name,
        address: row.address,
        phone: row.phone,
        licence_number: row.licence_number,
        licence_issuer: row.licence_issuer,
        licence_ends_on: row.licence_ends_on,
        is_active: row.is_active,
    };
    PrintShop { id: ShopId(row.id), details }
}
