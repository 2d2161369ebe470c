//! Destructions at the desk: which stamps are to be destroyed, and that they were.

use std::collections::BTreeSet;

use super::{PAGE_LINES, Paged, Worker};
use crate::accounting::StampError;
use crate::accounting::destroying::{self, DestroyError, Due};
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::destruction::{Cause, Destruction, DestructionMinutes};
use crate::domain::ids::ProductId;
use crate::domain::recognition::governing;
use crate::domain::serial::BatchNumber;
use crate::store::batch_list::{self, ListedBatch};
use crate::store::{AnyConnection, Store, StoreError, batches, destructions, recognitions};

/// A batch with stamps that are to be destroyed, by the counts that are kept of it.
#[derive(Clone, Debug)]
pub struct ListedDue {
    /// The batch.
    pub listed: ListedBatch,
    /// Why its unused stamps are; none where only spoiled ones are.
    pub cause: Option<Cause>,
    /// Unused stamps that are to be destroyed.
    pub unused: u64,
    /// Spoiled stamps.
    pub spoiled: u64,
}

/// Batches with stamps that are to be destroyed, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn list(store: &Store, worker: &Worker, page: u32) -> Result<Paged<ListedDue>, StoreError> {
    let (page, today) = (page.max(1), vietnam_day(worker.at));
    store.snapshot(|register| {
        let candidates = destructions::candidates(register, worker.organisation)?;
        let products: BTreeSet<ProductId> = candidates.iter().map(|it| it.product).collect();
        let products: Vec<ProductId> = products.into_iter().collect();
        let papers = recognitions::of_products(register, &products)?;
        let mut due = Vec::new();
        for it in candidates {
            let paper = papers.get(&it.product).and_then(|all| governing(all, today));
            let cause = paper.and_then(|paper| Cause::of(it.stars, paper, today));
            let unused = cause.map_or(0, |_| it.unused);
            if unused + it.spoiled > 0 {
                due.push((it, cause, unused));
            }
        }
        let total = u64::try_from(due.len()).unwrap_or(u64::MAX);
        let lines = usize::try_from(PAGE_LINES).unwrap_or(usize::MAX);
        let before = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(lines);
        let mut items = Vec::new();
        for (it, cause, unused) in due.into_iter().skip(before).take(lines) {
            let listed = batch_list::get(register, worker.organisation, it.batch)?;
            let shown = |listed| ListedDue { listed, cause, unused, spoiled: it.spoiled };
            items.extend(listed.map(shown));
        }
        Ok(Paged { items, page, total })
    })
}

/// A batch with its stamps that are to be destroyed; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<(ListedBatch, Due)>, StoreError> {
    store.read(|register| {
        let Some((listed, batch)) = read(register, worker, number)? else { return Ok(None) };
        let due = destroying::due(register, &batch, vietnam_day(worker.at))?;
        Ok(Some((listed, due)))
    })
}

/// Records a destruction of what is to be destroyed of a batch.
///
/// # Errors
/// [`DestroyError`].
pub fn record(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    minutes: &DestructionMinutes,
) -> Result<Destruction, DestroyError> {
    let seen = store.read(|register| batch_list::get(register, worker.organisation, number))?;
    seen.ok_or_else(|| StampError::NoBatch(text::batch(number)))?;
    destroying::destroy(store, number, minutes, worker.act())
}

fn read(
    register: &mut AnyConnection,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<(ListedBatch, Batch)>, StoreError> {
    let listed = batch_list::get(register, worker.organisation, number)?;
    Ok(listed.zip(batches::get(register, number)?))
}
