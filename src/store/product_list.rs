//! Products as a person looks through them: those of one's own organisation, or all.

use diesel::prelude::*;

use super::schema::{producers, products};
use super::{AnyConnection, StoreError, producers as makers, products as goods};
use crate::domain::ids::ProductId;
use crate::domain::producer::Producer;
use crate::domain::product::{Product, ProductGroup};
use crate::domain::role::Organisation;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Of this group.
    pub group: Option<ProductGroup>,
    /// With these words in its own or its producer's name, however accented.
    pub words: String,
}

/// Products that an organisation may see, in the order of the Vietnamese alphabet, and how many
/// there are in all.
///
/// # Errors
/// [`StoreError`].
pub fn page(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    filter: &ProductFilter,
    (offset, limit): (i64, i64),
) -> Result<(Vec<(Product, Producer)>, u64), StoreError> {
    let mut found = products::table.inner_join(producers::table).into_boxed();
    let mut all = products::table.select(diesel::dsl::count_star()).into_boxed();
    if let Some(producer) = producer_seen(seen_by) {
        found = found.filter(products::producer_id.eq(producer));
        all = all.filter(products::producer_id.eq(producer));
    }
    if let Some(group) = filter.group {
        found = found.filter(products::group_number.eq(group.number()));
        all = all.filter(products::group_number.eq(group.number()));
    }
    for word in vietnamese::fold(&filter.words).split_whitespace() {
        found = found.filter(products::search_text.like(format!("%{word}%")));
        all = all.filter(products::search_text.like(format!("%{word}%")));
    }
    let rows: Vec<(goods::Row, makers::Row)> = found
        .order((products::sort_key, products::id))
        .offset(offset)
        .limit(limit)
        .select((goods::COLUMNS, makers::COLUMNS))
        .load(connection)?;
    let count: i64 = all.first(connection)?;
    let count = u64::try_from(count).or(Err(StoreError::Corrupt("products")))?;
    Ok((rows.into_iter().map(goods::with_producer).collect::<Result<_, _>>()?, count))
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
