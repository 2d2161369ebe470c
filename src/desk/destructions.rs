//! Destructions at the desk: which stamps are to be destroyed, and that they were.

use super::{PAGE_LINES, Paged, Worker};
use crate::accounting::StampError;
use crate::accounting::destroying::{self, DestroyError, Due};
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::destruction::{Cause, Destruction, DestructionMinutes};
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::StampState;
use crate::store::batch_list::{self, ListedBatch};
use crate::store::{AnyConnection, Store, StoreError, batch_tallies, batches, destructions};

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
    let page = page.max(1);
    store.read(|register| {
        let mut all = Vec::new();
        for number in destructions::candidates(register)? {
            all.extend(counted(register, worker, number)?);
        }
        let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let lines = usize::try_from(PAGE_LINES).unwrap_or(usize::MAX);
        let before = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(lines);
        let items = all.into_iter().skip(before).take(lines).collect();
        Ok(Paged { items, page, total })
    })
}

fn counted(
    register: &mut AnyConnection,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<ListedDue>, StoreError> {
    let Some((listed, batch)) = read(register, worker, number)? else { return Ok(None) };
    let cause = destroying::cause(register, &batch, vietnam_day(worker.at))?;
    let tally = batch_tallies::of_batch(register, number)?;
    let unused = cause.map_or(0, |_| tally.unused());
    let spoiled = tally.in_state(StampState::Spoiled);
    Ok((unused + spoiled > 0).then_some(ListedDue { listed, cause, unused, spoiled }))
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
