//! Destructions at the desk: which stamps are to be destroyed, and that they were.

use super::Worker;
use crate::accounting::StampError;
use crate::accounting::destroying::{self, DestroyError, Due};
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::destruction::{Destruction, DestructionMinutes};
use crate::domain::serial::BatchNumber;
use crate::store::batch_list::{self, ListedBatch};
use crate::store::{AnyConnection, Store, StoreError, batches, destructions};

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

/// The destructions of a batch, oldest first; none where there is no such batch for this person.
///
/// # Errors
/// [`StoreError`].
pub fn recorded(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<Vec<Destruction>>, StoreError> {
    store.read(|register| {
        let seen = batch_list::get(register, worker.organisation, number)?;
        seen.map(|_| destructions::of_batch(register, number)).transpose()
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
