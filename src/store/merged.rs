//! Products that an earlier program took for one.

use diesel::prelude::*;

use super::schema::{products, recognitions};
use super::{AnyConnection, StoreError, aliases};
use crate::domain::ids::ProductId;
use crate::vietnamese;

/// A product that is recognised under a name that is none of its names: an earlier program took names
/// for one that differ in letters or tones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The product.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// The name in the decision.
    pub recognised_as: String,
    /// The decision.
    pub decision_number: String,
}

impl Merged {
    /// Tells the log.
    pub(super) fn warn(&self) {
        tracing::warn!(
            product = %self.product, name = self.name, recognised_as = self.recognised_as,
            decision = self.decision_number, "an earlier version took two names for one"
        );
    }
}

/// Every such product, by number.
///
/// # Errors
/// [`StoreError`].
pub fn all(connection: &mut AnyConnection) -> Result<Vec<Merged>, StoreError> {
    let rows: Vec<(i64, String, String, String)> = products::table
        .inner_join(recognitions::table.on(recognitions::product_id.eq(products::id)))
        .order((products::id, recognitions::id))
        .select((
            products::id,
            products::name,
            recognitions::product_name,
            recognitions::decision_number,
        ))
        .load(connection)?;
    let others = rows.into_iter().filter(|(_, name, recognised_as, _)| {
        vietnamese::name_key(name) != vietnamese::name_key(recognised_as)
    });
    let mut found = Vec::new();
    for (id, name, recognised_as, decision_number) in others {
        let product = ProductId(id);
        if !aliases::is_of_product(connection, product, &recognised_as)? {
            found.push(Merged { product, name, recognised_as, decision_number });
        }
    }
    Ok(found)
}
