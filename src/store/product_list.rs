//! Products as a person looks through them: those of one's own organisation, or all.

use diesel::dsl::IntoBoxed;
use diesel::prelude::*;

use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::schema::{producers, products, recognitions as papers};
use super::{AnyConnection, StoreError, producers as makers, products as goods, recognitions};
use crate::domain::ids::ProductId;
use crate::domain::producer::Producer;
use crate::domain::product::{Product, ProductGroup};
use crate::domain::recognition::{Recognition, governing};
use crate::domain::role::Organisation;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Of this group.
    pub group: Option<ProductGroup>,
    /// With these words in its own or its producer's name, however accented.
    pub words: String,
    /// Recognised by a decision of this number; any where it is empty.
    pub decision: String,
}

/// What products are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductColumn {
    /// Their name, in the order of the Vietnamese alphabet.
    Name,
    /// The producer's name.
    Producer,
    /// Their group.
    Group,
}

/// A product with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedProduct {
    /// The product.
    pub product: Product,
    /// Who makes it.
    pub producer: Producer,
    /// The recognition it stands by on the day it is looked at, if it has one.
    pub recognition: Option<Recognition>,
}

impl Listing for ProductFilter {
    type Column = ProductColumn;
    type Line = ListedProduct;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        lines(self.narrowed(viewer.organisation).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<ProductColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<ListedProduct>, StoreError> {
        let found = self.narrowed(viewer.organisation);
        let found = match column {
            ProductColumn::Name => {
                ordered!(found, is_descending, products::sort_key, products::id)
            }
            ProductColumn::Producer => {
                ordered!(found, is_descending, producers::sort_key, products::id)
            }
            ProductColumn::Group => {
                ordered!(
                    found,
                    is_descending,
                    products::group_number,
                    products::sort_key,
                    products::id
                )
            }
        };
        let rows: Vec<(goods::Row, makers::Row)> = found
            .offset(offset)
            .limit(limit)
            .select((goods::COLUMNS, makers::COLUMNS))
            .load(connection)?;
        let found = rows.into_iter().map(goods::with_producer).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<ProductId> = found.iter().map(|(product, _)| product.id).collect();
        let mut papers = recognitions::of_products(connection, &ids)?;
        let listed = found.into_iter().map(|(product, producer)| {
            let all = papers.remove(&product.id).unwrap_or_default();
            let recognition = governing(&all, viewer.today).cloned();
            ListedProduct { product, producer, recognition }
        });
        Ok(listed.collect())
    }
}

impl ProductFilter {
    fn narrowed(&self, seen_by: Organisation) -> IntoBoxed<'static, joined, Backend> {
        let mut found = joined().into_boxed();
        if let Some(producer) = producer_seen(seen_by) {
            found = found.filter(products::producer_id.eq(producer));
        }
        if let Some(group) = self.group {
            found = found.filter(products::group_number.eq(group.number()));
        }
        if !self.decision.is_empty() {
            let by_it = papers::table
                .filter(papers::decision_number.eq(self.decision.clone()))
                .select(papers::product_id);
            found = found.filter(products::id.eq_any(by_it));
        }
        // Folding leaves letters, digits and spaces: nothing that LIKE reads as a wildcard.
        for word in vietnamese::fold(&self.words).split_whitespace() {
            found = found.filter(products::search_text.like(format!("%{word}%")));
        }
        found
    }
}

#[diesel::dsl::auto_type]
fn joined() -> _ {
    products::table.inner_join(producers::table)
}

/// A product, where an organisation may see it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    id: ProductId,
) -> Result<Option<(Product, Producer)>, StoreError> {
    let found = goods::get(connection, id)?;
    let seen = producer_seen(seen_by);
    Ok(found.filter(|(_, maker)| seen.is_none_or(|producer| producer == maker.id.0)))
}

/// The producer whose products alone are seen; none where all are. A print shop sees those of no one.
pub(super) fn producer_seen(seen_by: Organisation) -> Option<i64> {
    match seen_by {
        Organisation::Office => None,
        Organisation::Producer(id) => Some(id.0),
        Organisation::PrintShop(_) => Some(0),
    }
}
