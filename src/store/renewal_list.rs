//! Recognitions that end before long, with what hangs on them.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::listing::{Listing, Sort, Viewer, Window};
use super::product_list::{ListedProduct, producer_seen};
use super::schema::{producers, products, recognition_events as events, recognitions as papers};
use super::{AnyConnection, StoreError, batch_tallies, orders, producers as makers};
use super::{products as goods, recognitions};
use crate::domain::calendar::Day;
use crate::domain::ids::ProductId;
use crate::domain::recognition::{Recognition, Standing, governing};
use crate::domain::tally::Tally;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalFilter {
    /// Ending within so many days, today counted in.
    pub within_days: u16,
    /// With these words in the name of the product or its producer, however accented.
    pub words: String,
}

/// What they are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewalColumn {
    /// The last day.
    End,
    /// The product's name.
    Product,
    /// The producer's name.
    Producer,
}

/// A recognition that ends before long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The product that stands by it.
    pub listed: ListedProduct,
    /// Its last day.
    pub ends_on: Day,
    /// The product's orders that are under way.
    pub open_orders: u64,
    /// Its stamps that nobody used yet.
    pub unused_stamps: u64,
}

impl Listing for RenewalFilter {
    type Column = RenewalColumn;
    type Line = Ending;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        Ok(u64::try_from(self.found(connection, viewer)?.len()).unwrap_or(u64::MAX))
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<RenewalColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<Ending>, StoreError> {
        let mut found = self.found(connection, viewer)?;
        found.sort_by_cached_key(|(listed, ends_on)| {
            let day = (column == RenewalColumn::End).then_some(*ends_on);
            let name = match column {
                RenewalColumn::End | RenewalColumn::Product => &listed.product.details.name,
                RenewalColumn::Producer => &listed.producer.details.name,
            };
            (day, vietnamese::sort_key(name), listed.product.id)
        });
        if is_descending {
            found.reverse();
        }
        let at = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        let part: Vec<_> = found.into_iter().skip(at(offset)).take(at(limit)).collect();
        let ids: Vec<ProductId> = part.iter().map(|(listed, _)| listed.product.id).collect();
        let open = orders::open_of(connection, &ids)?;
        let tallies = batch_tallies::of_products(connection, &ids)?;
        let ending = |(listed, ends_on): (ListedProduct, Day)| Ending {
            open_orders: open.get(&listed.product.id).copied().unwrap_or_default(),
            unused_stamps: tallies.get(&listed.product.id).map_or(0, Tally::unused),
            listed,
            ends_on,
        };
        Ok(part.into_iter().map(ending).collect())
    }
}

impl RenewalFilter {
    /// The last day of each that is found, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn last_days(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
    ) -> Result<Vec<Day>, StoreError> {
        Ok(self.found(connection, viewer)?.into_iter().map(|(_, ends_on)| ends_on).collect())
    }

    /// The database narrows it down to papers with such an end; whether a product stands by one, its
    /// events say.
    fn found(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
    ) -> Result<Vec<(ListedProduct, Day)>, StoreError> {
        let (first, last) = (viewer.today, viewer.today + TimeDelta::days(self.within_days.into()));
        let moved = events::table
            .filter(events::new_end.between(first, last))
            .select(events::recognition_id);
        let ending = papers::table
            .filter(papers::ends_on.between(first, last).or(papers::id.eq_any(moved)))
            .select(papers::product_id);
        let mut query = products::table
            .inner_join(producers::table)
            .filter(products::id.eq_any(ending))
            .select((goods::COLUMNS, makers::COLUMNS))
            .into_boxed();
        if let Some(producer) = producer_seen(viewer.organisation) {
            query = query.filter(products::producer_id.eq(producer));
        }
        for word in vietnamese::fold(&self.words).split_whitespace() {
            query = query.filter(products::search_text.like(format!("%{word}%")));
        }
        let rows: Vec<(goods::Row, makers::Row)> = query.load(connection)?;
        let found = rows.into_iter().map(goods::with_producer).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<ProductId> = found.iter().map(|(product, _)| product.id).collect();
        let mut all = recognitions::of_products(connection, &ids)?;
        let endings = found.into_iter().filter_map(|(product, producer)| {
            let papers = all.remove(&product.id).unwrap_or_default();
            let recognition = governing(&papers, viewer.today).cloned()?;
            let ends_on = recognition.ends_on(viewer.today);
            let is_near = (first..=last).contains(&ends_on) && runs(&recognition, viewer.today);
            let listed = ListedProduct { product, producer, recognition: Some(recognition) };
            is_near.then_some((listed, ends_on))
        });
        Ok(endings.collect())
    }
}

fn runs(recognition: &Recognition, on: Day) -> bool {
    matches!(recognition.standing(on), Standing::InForce | Standing::Suspended(_))
}
