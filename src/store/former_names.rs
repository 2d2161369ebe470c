//! Names that producers and their products had before they were changed.

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::connection::directly;
use super::schema::{former_producer_names as of_producers, former_product_names as of_products};
use super::{AnyConnection, StoreError};
use crate::domain::ids::{ProducerId, ProductId};

/// Keeps a folded name that a producer had. Where another had it too, the one that had it last counts.
pub(super) fn keep(
    connection: &mut AnyConnection,
    producer: ProducerId,
    folded: &str,
) -> Result<(), StoreError> {
    let row = (of_producers::name_folded.eq(folded), of_producers::producer_id.eq(producer.0));
    let upsert = diesel::insert_into(of_producers::table)
        .values(row)
        .on_conflict(of_producers::name_folded)
        .do_update()
        .set(of_producers::producer_id.eq(excluded(of_producers::producer_id)));
    directly!(connection, own => upsert.execute(own))?;
    Ok(())
}

/// The producer that had a folded name.
pub(super) fn producer(
    connection: &mut AnyConnection,
    folded: &str,
) -> Result<Option<ProducerId>, StoreError> {
    let found = of_producers::table.find(folded).select(of_producers::producer_id);
    let id: Option<i64> = found.first(connection).optional()?;
    Ok(id.map(ProducerId))
}

/// Keeps a folded name that a producer's product had. Where another of its products had it too, the
/// one that had it last counts.
pub(super) fn keep_of_product(
    connection: &mut AnyConnection,
    (producer, product): (ProducerId, ProductId),
    folded: &str,
) -> Result<(), StoreError> {
    let row = (
        of_products::producer_id.eq(producer.0),
        of_products::name_folded.eq(folded),
        of_products::product_id.eq(product.0),
    );
    let upsert = diesel::insert_into(of_products::table)
        .values(row)
        .on_conflict((of_products::producer_id, of_products::name_folded))
        .do_update()
        .set(of_products::product_id.eq(excluded(of_products::product_id)));
    directly!(connection, own => upsert.execute(own))?;
    Ok(())
}

/// The producer's product that had a folded name.
pub(super) fn product(
    connection: &mut AnyConnection,
    producer: ProducerId,
    folded: &str,
) -> Result<Option<ProductId>, StoreError> {
    let found = of_products::table.find((producer.0, folded)).select(of_products::product_id);
    let id: Option<i64> = found.first(connection).optional()?;
    Ok(id.map(ProductId))
}
