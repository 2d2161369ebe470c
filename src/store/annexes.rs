//! A decision's annex, row by row, into producers, products and recognitions.

use super::{AnyConnection, StoreError, authorities, producers, products, recognitions};
use crate::domain::annex::AnnexEntry;
use crate::domain::calendar::Instant;
use crate::domain::product::NewProduct;
use crate::domain::recognition::{Authority, NewRecognition};

/// Enters a row and whatever it names that is not there yet. Returns whether the recognition was
/// new; entering a row again changes nothing.
///
/// # Errors
/// [`StoreError`].
pub fn record(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    at: Instant,
) -> Result<bool, StoreError> {
    let authority = Authority {
        name: entry.authority.clone(),
        level: entry.authority_level,
        active_from: None,
        active_to: None,
    };
    let producer = producers::put(connection, &entry.producer)?;
    // The register may know it by another name than the annex does, and a search goes by that.
    let maker = producers::get(connection, producer)?.ok_or(StoreError::Corrupt("producer"))?;
    let product = NewProduct {
        producer,
        name: entry.product_name.clone(),
        group: entry.group,
        gtin: entry.gtin,
        net_quantity: entry.net_quantity.clone(),
    };
    let paper = NewRecognition {
        product: products::put(connection, &product, &maker.details.name)?,
        stars: entry.stars,
        potential_five_star: entry.potential_five_star,
        decision_number: entry.decision_number.clone(),
        authority: authorities::put(connection, &authority)?,
        signed_on: entry.signed_on,
        effective_on: entry.effective_on,
        ends_on: entry.ends_on,
        product_name: entry.product_name.clone(),
        address: entry.producer.address.clone(),
    };
    Ok(recognitions::insert(connection, &paper, at)?.is_some())
}
