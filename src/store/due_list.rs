//! Batches with stamps that are to be destroyed: spoiled ones, and unused ones that their product may
//! not carry any more.

use std::collections::BTreeSet;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::batch_list::{self, ListedBatch};
use super::batches::number_from;
use super::listing::{Listing, Sort, Viewer, Window, cut, total};
use super::print_jobs::stamps_from;
use super::recognitions::{self, stars_from};
use super::schema::{
    batch_tallies as tallies, batches, print_jobs as jobs, products, recognition_events as events,
    recognitions as papers,
};
use super::stamps::state_from;
use super::{AnyConnection, StoreError, destructions};
use crate::domain::destruction::{Cause, CauseKind};
use crate::domain::ids::ProductId;
use crate::domain::recognition::{Stars, governing};
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampMove, StampState};
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueFilter {
    /// For this cause.
    pub cause: Option<CauseKind>,
    /// With these words in the name of the product or its producer, however accented.
    pub words: String,
    /// Those alone of which a destruction waits to be confirmed.
    pub waiting: bool,
}

/// What they are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueColumn {
    /// The batch's number.
    Batch,
    /// The product's name.
    Product,
    /// How many stamps are to be destroyed.
    Stamps,
}

/// A batch with stamps that are to be destroyed, by the counts that are kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDue {
    /// The batch.
    pub listed: ListedBatch,
    /// Why its unused stamps are; none where only spoiled ones are.
    pub cause: Option<Cause>,
    /// Unused stamps that are to be destroyed.
    pub unused: u64,
    /// Spoiled stamps.
    pub spoiled: u64,
    /// Whether a destruction of it waits to be confirmed.
    pub is_waiting: bool,
}

/// A batch with stamps that may have to be destroyed.
struct Candidate {
    batch: BatchNumber,
    product: ProductId,
    sort_key: Vec<u8>,
    stars: Stars,
    cause: Option<Cause>,
    unused: u64,
    spoiled: u64,
    is_waiting: bool,
}

impl Listing for DueFilter {
    type Column = DueColumn;
    type Line = ListedDue;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        Ok(total(&self.found(connection, viewer)?))
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        sort: Sort<DueColumn>,
        window: Window,
    ) -> Result<Vec<ListedDue>, StoreError> {
        let found = self.found(connection, viewer)?;
        listed(connection, viewer, cut(sorted(found, sort), window))
    }

    fn counted(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        sort: Sort<DueColumn>,
        window: Window,
    ) -> Result<(u64, Vec<ListedDue>), StoreError> {
        let found = self.found(connection, viewer)?;
        let total = total(&found);
        let part = cut(sorted(found, sort), window);
        Ok((total, listed(connection, viewer, part)?))
    }
}

/// Batches that are by number already, by a column.
fn sorted(
    mut found: Vec<Candidate>,
    Sort { column, is_descending }: Sort<DueColumn>,
) -> Vec<Candidate> {
    match column {
        DueColumn::Batch => {}
        DueColumn::Product => found.sort_by(|one, other| one.sort_key.cmp(&other.sort_key)),
        DueColumn::Stamps => found.sort_by_key(|it| it.unused + it.spoiled),
    }
    if is_descending {
        found.reverse();
    }
    found
}

fn listed(
    connection: &mut AnyConnection,
    viewer: Viewer,
    part: Vec<Candidate>,
) -> Result<Vec<ListedDue>, StoreError> {
    let numbers: Vec<BatchNumber> = part.iter().map(|it| it.batch).collect();
    let mut all = batch_list::some(connection, viewer.organisation, &numbers)?;
    let shown = part.into_iter().filter_map(|it| {
        let listed = all.remove(&it.batch)?;
        let Candidate { cause, unused, spoiled, is_waiting, .. } = it;
        Some(ListedDue { listed, cause, unused, spoiled, is_waiting })
    });
    Ok(shown.collect())
}

impl DueFilter {
    /// Those that are due, by number. Papers are read of products alone that may have a cause.
    fn found(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
    ) -> Result<Vec<Candidate>, StoreError> {
        let candidates = self.candidates(connection, viewer)?;
        let products: BTreeSet<ProductId> = candidates.iter().map(|it| it.product).collect();
        let products: Vec<ProductId> = products.into_iter().collect();
        let papers = recognitions::of_products(connection, &products)?;
        // What somebody recorded is the office's affair until it is confirmed.
        let waiting = match viewer.organisation {
            Organisation::Office => destructions::waiting(connection)?,
            Organisation::Producer(_) | Organisation::PrintShop(_) => BTreeSet::new(),
        };
        let due = candidates.into_iter().filter_map(|it| {
            let paper = papers.get(&it.product).and_then(|all| governing(all, viewer.today));
            let cause = paper.and_then(|paper| Cause::of(it.stars, paper, viewer.today));
            let unused = cause.map_or(0, |_| it.unused);
            // Batches with both are named by what befell the product.
            let cause = cause.filter(|_| unused > 0);
            let kind = cause.map_or(CauseKind::Spoiled, Cause::kind);
            let is_asked = self.cause.is_none_or(|asked| asked == kind);
            // One that waits is listed even where its stamps need not go any more: it must be refused.
            let is_waiting = waiting.contains(&it.batch);
            let is_due = unused + it.spoiled > 0 || is_waiting;
            let is_wanted = is_due && is_asked && (is_waiting || !self.waiting);
            is_wanted.then_some(Candidate { cause, unused, is_waiting, ..it })
        });
        Ok(due.collect())
    }

    fn candidates(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
    ) -> Result<Vec<Candidate>, StoreError> {
        let states = StampMove::Destroy.starts_from().iter().map(|state| state.number());
        // A product that has no paper which ended, was decided on, or has fewer stars than the batch
        // may carry its stamps.
        let ended = papers::table.filter(papers::ends_on.lt(viewer.today));
        let decided = papers::table
            .filter(papers::id.eq_any(events::table.select(events::recognition_id)))
            .select(papers::product_id);
        let lower = papers::table
            .filter(papers::product_id.eq(batches::product_id))
            .filter(papers::stars.lt(batches::stars));
        let may_be_due = tallies::state
            .eq(StampState::Spoiled.number())
            .or(batches::product_id.eq_any(ended.select(papers::product_id)))
            .or(batches::product_id.eq_any(decided))
            .or(exists(lower));
        // What waits must be decided on, wherever the stamps of its batch stand by now.
        let is_listed = tallies::state
            .eq_any(states.collect::<Vec<_>>())
            .and(tallies::stamps.gt(0))
            .and(may_be_due)
            .or(batches::number.eq_any(destructions::batches_waiting()));
        let mut found = tallies::table
            .inner_join(batches::table.inner_join(products::table).left_join(jobs::table))
            .filter(is_listed)
            .into_boxed();
        found = match viewer.organisation {
            Organisation::Office => found,
            Organisation::Producer(id) => found.filter(products::producer_id.eq(id.0)),
            Organisation::PrintShop(id) => found.filter(jobs::shop_id.eq(id.0)),
        };
        for word in vietnamese::fold(&self.words).split_whitespace() {
            found = found.filter(products::search_text.like(format!("%{word}%")));
        }
        let rows: Vec<Row> = found
            .order(tallies::batch_number)
            .select((
                (tallies::batch_number, batches::product_id, products::sort_key, batches::stars),
                (tallies::state, tallies::stamps),
            ))
            .load(connection)?;
        gather(rows)
    }
}

type Row = ((i32, i64, Vec<u8>, i16), (i16, i32));

/// Rows of one batch follow each other.
fn gather(rows: Vec<Row>) -> Result<Vec<Candidate>, StoreError> {
    let mut all: Vec<Candidate> = Vec::new();
    for ((number, product, sort_key, stars), (state, stamps)) in rows {
        let (batch, stamps) = (number_from(number)?, stamps_from(stamps)?);
        let (unused, spoiled) = match state_from(state)? {
            StampState::Spoiled => (0, stamps),
            state if StampMove::Destroy.starts_from().contains(&state) => (stamps, 0),
            _ => (0, 0),
        };
        if let Some(last) = all.last_mut().filter(|last| last.batch == batch) {
            last.unused += unused;
            last.spoiled += spoiled;
        } else {
            let (product, stars) = (ProductId(product), stars_from(stars)?);
            let (cause, is_waiting) = (None, false);
            all.push(Candidate {
                batch,
                product,
                sort_key,
                stars,
                cause,
                unused,
                spoiled,
                is_waiting,
            });
        }
    }
    Ok(all)
}
