//! Production lots and recalls.

use diesel::prelude::*;

use super::schema::lots;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Day;
use crate::domain::ids::{LotId, ProductId};
use crate::domain::lot::{Lot, NewLot, Recall};
use crate::vietnamese::name_key;

/// The product's lot of that code, entered if it is not there. One that is there may have other dates.
///
/// # Errors
/// [`StoreError`].
pub fn put(connection: &mut AnyConnection, lot: &NewLot) -> Result<Lot, StoreError> {
    if let Some(known) = find(connection, lot.product, &lot.code)? {
        return Ok(known);
    }
    let id = diesel::insert_into(lots::table)
        .values((
            lots::product_id.eq(lot.product.0),
            lots::code.eq(&lot.code),
            lots::made_on.eq(lot.made_on),
            lots::use_by.eq(lot.use_by),
        ))
        .returning(lots::id)
        .get_result(connection)?;
    Ok(Lot { id: LotId(id), details: lot.clone(), recall: None })
}

/// The product's lot of that code, however it is spelt: as `name_key` compares names.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    product: ProductId,
    code: &str,
) -> Result<Option<Lot>, StoreError> {
    let of_product = lots::table.filter(lots::product_id.eq(product.0));
    let exact: Option<Row> = of_product.filter(lots::code.eq(code)).first(connection).optional()?;
    if exact.is_some() {
        return Ok(exact.map(from_row));
    }
    let key = name_key(code);
    let all: Vec<(i64, String)> =
        of_product.order(lots::id).select((lots::id, lots::code)).load(connection)?;
    let Some((id, _)) = all.into_iter().find(|(_, code)| name_key(code) == key) else {
        return Ok(None);
    };
    let row: Row = lots::table.find(id).first(connection)?;
    Ok(Some(from_row(row)))
}

/// Starts the recall of a lot, or ends it.
///
/// # Errors
/// [`StoreError`].
pub fn set_recall(
    connection: &mut AnyConnection,
    lot: LotId,
    recall: Option<&Recall>,
) -> Result<(), StoreError> {
    diesel::update(lots::table.find(lot.0))
        .set((
            lots::recalled_on.eq(recall.map(|recall| recall.since)),
            lots::recall_reason.eq(recall.map(|recall| recall.reason.as_str())),
            lots::recall_phone.eq(recall.and_then(|recall| recall.phone.as_deref())),
        ))
        .execute(connection)?;
    Ok(())
}

/// A row as it is selected.
pub(super) type Row =
    (i64, i64, String, Option<Day>, Option<Day>, Option<Day>, Option<String>, Option<String>);

pub(super) fn from_row(row: Row) -> Lot {
    let (id, product, code, made_on, use_by, recalled_on, reason, phone) = row;
    let recall = recalled_on.zip(reason).map(|(since, reason)| Recall { since, reason, phone });
    Lot {
        id: LotId(id),
        details: NewLot { product: ProductId(product), code, made_on, use_by },
        recall,
    }
}
