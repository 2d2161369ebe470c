//! What was issued against what became of it, summed up by what a person asks for, from the counts
//! that are kept beside the stamps.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDateTime};
use diesel::prelude::*;

use super::batches::number_from;
use super::listing::{Listing, Sort, Viewer, Window, cut, total};
use super::print_jobs::stamps_from;
use super::schema::{
    batch_tallies as tallies, batches, print_jobs as jobs, print_shops as shops, producers,
    products,
};
use super::stamps::state_from;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::{Day, vietnam_day, vietnam_midnight};
use crate::domain::ids::{ProducerId, ProductId, ShopId};
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::domain::tally::Tally;
use crate::vietnamese;

/// What batches are summed up by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Each for itself.
    Batch,
    /// Those of a product.
    #[default]
    Product,
    /// Those of a producer.
    Producer,
    /// Those that a print shop was given.
    PrintShop,
    /// Those that were issued in a month, in Việt Nam.
    Month,
    /// All of them.
    All,
}

impl Grouping {
    /// Every grouping.
    pub const ALL: [Self; 6] =
        [Self::Batch, Self::Product, Self::Producer, Self::PrintShop, Self::Month, Self::All];

    /// The grouping's name in addresses, in JSON and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Product => "product",
            Self::Producer => "producer",
            Self::PrintShop => "print_shop",
            Self::Month => "month",
            Self::All => "all",
        }
    }

    /// The grouping of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grouping| grouping.key() == key)
    }
}

/// Which batches are summed up, and by what. What is left open is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReconciliationFilter {
    /// By what.
    pub by: Grouping,
    /// Of this product.
    pub product: Option<ProductId>,
    /// Of this producer.
    pub producer: Option<ProducerId>,
    /// Given to this print shop.
    pub shop: Option<ShopId>,
    /// With these words in the name of the product or its producer, however accented.
    pub words: String,
    /// With these words in the name of the print shop, however accented.
    pub shop_words: String,
    /// Issued on this day or later.
    pub from: Option<Day>,
    /// Issued on this day or before.
    pub to: Option<Day>,
}

/// What sums are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReconciliationColumn {
    /// What they are of: by number, month or name.
    Group,
    /// How many stamps were issued.
    Issued,
}

/// What batches have in common that are summed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// The batch, its product's name and its producer's.
    Batch(BatchNumber, String, String),
    /// The product, its name and its producer's.
    Product(ProductId, String, String),
    /// The producer and its name.
    Producer(ProducerId, String),
    /// The print shop and its name; none of batches that no shop was given.
    PrintShop(Option<(ShopId, String)>),
    /// The first day of the month in which they were issued.
    Month(Day),
    /// Nothing.
    All,
}

/// The account of batches together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupAccount {
    /// What they have in common.
    pub group: Group,
    /// How many there are.
    pub batches: u64,
    /// Where their stamps stand.
    pub tally: Tally,
}

impl Listing for ReconciliationFilter {
    type Column = ReconciliationColumn;
    type Line = GroupAccount;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        Ok(total(&self.found(connection, viewer)?))
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        sort: Sort<ReconciliationColumn>,
        window: Window,
    ) -> Result<Vec<GroupAccount>, StoreError> {
        Ok(cut(sorted(self.found(connection, viewer)?, sort), window))
    }

    fn counted(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        sort: Sort<ReconciliationColumn>,
        window: Window,
    ) -> Result<(u64, Vec<GroupAccount>), StoreError> {
        let found = self.found(connection, viewer)?;
        let total = total(&found);
        Ok((total, cut(sorted(found, sort), window)))
    }
}

/// Sums that are by number or month already, by a column.
fn sorted(
    mut found: Vec<GroupAccount>,
    Sort { column, is_descending }: Sort<ReconciliationColumn>,
) -> Vec<GroupAccount> {
    match column {
        ReconciliationColumn::Issued => found.sort_by_key(|it| it.tally.issued()),
        ReconciliationColumn::Group => found.sort_by_cached_key(|it| match &it.group {
            Group::Product(_, name, _) | Group::Producer(_, name) => vietnamese::sort_key(name),
            Group::PrintShop(shop) => {
                shop.as_ref().map(|(_, name)| vietnamese::sort_key(name)).unwrap_or_default()
            }
            Group::Batch(..) | Group::Month(_) | Group::All => Vec::new(),
        }),
    }
    if is_descending {
        found.reverse();
    }
    found
}

/// A batch's stamps in one state: the batch, its product and producer, its shop, the count.
type Row = (
    (i32, Option<NaiveDateTime>),
    (i64, String, i64, String),
    Option<(i64, String)>,
    (i16, bool, i32),
);

impl ReconciliationFilter {
    /// The sums, by number or month.
    fn found(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
    ) -> Result<Vec<GroupAccount>, StoreError> {
        let shop_words = vietnamese::fold(&self.shop_words);
        let is_at_shop = |shop: Option<&(i64, String)>| {
            let name = shop.map(|(_, name)| vietnamese::fold(name)).unwrap_or_default();
            shop_words.split_whitespace().all(|word| name.contains(word))
        };
        let mut sums: BTreeMap<i64, (GroupAccount, i32)> = BTreeMap::new();
        for row in self.rows(connection, viewer.organisation)? {
            let ((number, _), _, shop, (state, handed_over, stamps)) = &row;
            if !is_at_shop(shop.as_ref()) {
                continue;
            }
            let (key, number) = (self.key(&row)?, *number);
            let (state, stamps) = (state_from(*state)?, stamps_from(*stamps)?);
            let handed_over = *handed_over;
            if let Some((sum, last)) = sums.get_mut(&key) {
                sum.batches += u64::from(*last != number);
                sum.tally.add(state, handed_over, stamps);
                *last = number;
                continue;
            }
            let mut tally = Tally::default();
            tally.add(state, handed_over, stamps);
            let group = self.group(row)?;
            sums.insert(key, (GroupAccount { group, batches: 1, tally }, number));
        }
        Ok(sums.into_values().map(|(sum, _)| sum).collect())
    }

    /// Rows of one batch follow each other.
    fn rows(
        &self,
        connection: &mut AnyConnection,
        seen_by: Organisation,
    ) -> Result<Vec<Row>, StoreError> {
        let mut found = tallies::table
            .inner_join(batches::table.inner_join(products::table.inner_join(producers::table)))
            .left_join(
                jobs::table
                    .inner_join(shops::table)
                    .on(jobs::batch_number.eq(tallies::batch_number)),
            )
            .filter(batches::issued_at.is_not_null())
            .into_boxed();
        let (own_producer, own_shop) = match seen_by {
            Organisation::Office => (None, None),
            Organisation::Producer(id) => (Some(id), None),
            Organisation::PrintShop(id) => (None, Some(id)),
        };
        if let Some(product) = self.product {
            found = found.filter(products::id.eq(product.0));
        }
        for producer in self.producer.into_iter().chain(own_producer) {
            found = found.filter(products::producer_id.eq(producer.0));
        }
        for shop in self.shop.into_iter().chain(own_shop) {
            found = found.filter(jobs::shop_id.eq(shop.0));
        }
        if let Some(from) = self.from.map(vietnam_midnight) {
            found = found.filter(batches::issued_at.ge(from.naive_utc()));
        }
        if let Some(before) = self.to.and_then(|day| day.succ_opt()).map(vietnam_midnight) {
            found = found.filter(batches::issued_at.lt(before.naive_utc()));
        }
        for word in vietnamese::fold(&self.words).split_whitespace() {
            found = found.filter(products::search_text.like(format!("%{word}%")));
        }
        let rows = found
            .order(tallies::batch_number)
            .select((
                (tallies::batch_number, batches::issued_at),
                (products::id, products::name, producers::id, producers::name),
                (shops::id, shops::name).nullable(),
                (tallies::state, tallies::handed_over, tallies::stamps),
            ))
            .load(connection)?;
        Ok(rows)
    }

    fn key(&self, row: &Row) -> Result<i64, StoreError> {
        let ((number, issued_at), (product, _, producer, _), shop, _) = row;
        Ok(match self.by {
            Grouping::Batch => (*number).into(),
            Grouping::Product => *product,
            Grouping::Producer => *producer,
            Grouping::PrintShop => shop.as_ref().map_or(0, |(id, _)| *id),
            Grouping::Month => month(*issued_at)?.num_days_from_ce().into(),
            Grouping::All => 0,
        })
    }

    fn group(&self, row: Row) -> Result<Group, StoreError> {
        let ((number, issued_at), (product, name, producer, producer_name), shop, _) = row;
        Ok(match self.by {
            Grouping::Batch => Group::Batch(number_from(number)?, name, producer_name),
            Grouping::Product => Group::Product(ProductId(product), name, producer_name),
            Grouping::Producer => Group::Producer(ProducerId(producer), producer_name),
            Grouping::PrintShop => Group::PrintShop(shop.map(|(id, name)| (ShopId(id), name))),
            Grouping::Month => Group::Month(month(issued_at)?),
            Grouping::All => Group::All,
        })
    }
}

/// The first day of the month of a moment.
fn month(issued_at: Option<NaiveDateTime>) -> Result<Day, StoreError> {
    let at = issued_at.ok_or(StoreError::Corrupt("batch"))?.and_utc();
    vietnam_day(at).with_day(1).ok_or(StoreError::Corrupt("batch"))
}
