//! Destructions at the desk: which stamps are to be destroyed, that they were, and that somebody else
//! confirms it.

use super::Worker;
use super::effect::Effect;
use crate::accounting::destroying::{self, DestroyError, Due};
use crate::accounting::{Moved, StampError};
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::destruction::{Destruction, DestructionMinutes, DestructionMove};
use crate::domain::ids::DestructionId;
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::SerialRun;
use crate::domain::stamp::{StampMove, StampRun};
use crate::store::batch_list::{self, ListedBatch};
use crate::store::{AnyConnection, Store, StoreError, batches, destructions, people};

/// What is to be destroyed of a batch, and what was recorded.
#[derive(Clone, Debug)]
pub struct DestructionFile {
    /// The batch.
    pub listed: ListedBatch,
    /// Its stamps that are to be destroyed.
    pub due: Due,
    /// What was recorded, oldest first.
    pub recorded: Vec<Destruction>,
    /// Whether this person recorded the one that waits.
    pub is_own: bool,
}

impl DestructionFile {
    /// Whether one waits to be confirmed.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.recorded.iter().any(Destruction::is_waiting)
    }
}

/// A batch with what is to be destroyed of it and what was; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<DestructionFile>, StoreError> {
    store.read(|register| {
        let Some((listed, batch)) = read(register, worker, number)? else { return Ok(None) };
        let due = destroying::due(register, &batch, vietnam_day(worker.at))?;
        let mut recorded = destructions::of_batch(register, number)?;
        recorded.retain(|one| is_seen(worker, one));
        let waiting = recorded.iter().find(|one| one.is_waiting());
        let is_own = waiting.map(|one| people::are_one(register, &one.done.by, &worker.login));
        let is_own = is_own.transpose()? == Some(true);
        Ok(Some(DestructionFile { listed, due, recorded, is_own }))
    })
}

/// A destruction; none where its batch is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn one(
    store: &Store,
    worker: &Worker,
    id: DestructionId,
) -> Result<Option<Destruction>, StoreError> {
    store.read(|register| {
        let Some(found) = destructions::get(register, id)? else { return Ok(None) };
        let seen = batch_list::get(register, worker.organisation, found.batch)?;
        Ok(seen.filter(|_| is_seen(worker, &found)).map(|_| found))
    })
}

/// Records a destruction of what is to be destroyed of a batch, for somebody else to confirm.
///
/// # Errors
/// [`DestroyError`].
pub fn record(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    minutes: &DestructionMinutes,
    stamps: u64,
) -> Result<Destruction, DestroyError> {
    let seen = store.read(|register| batch_list::get(register, worker.organisation, number))?;
    seen.ok_or_else(|| StampError::NoBatch(text::batch(number)))?;
    destroying::record_counted(store, number, minutes, stamps, worker.act())
}

/// Confirms, refuses or withdraws a destruction.
///
/// # Errors
/// [`DestroyError`].
pub fn decide(
    store: &Store,
    worker: &Worker,
    id: DestructionId,
    step: DestructionMove,
    reason: &str,
) -> Result<Destruction, DestroyError> {
    one(store, worker, id)?.ok_or(DestroyError::NoDestruction(id))?;
    destroying::decide(store, id, step, reason, worker.act())
}

/// What a destruction does to stamps: confirmed, it destroys them.
#[must_use]
pub fn effect(made: &Destruction) -> Effect {
    if !made.is_confirmed() {
        return Effect::about(made.stamps());
    }
    let run = |it: &StampRun| SerialRun {
        first: it.first,
        last: it.last,
        stamps: u32::try_from(it.stamps).unwrap_or(u32::MAX),
    };
    let runs = made.runs.iter().map(run).collect();
    let moved = Moved { moved: made.stamps(), runs, ..Moved::default() };
    Effect::moving(vec![(StampMove::Destroy, moved)])
}

/// What was not confirmed is the office's affair: whose stamps they are sees what was destroyed.
fn is_seen(worker: &Worker, one: &Destruction) -> bool {
    worker.organisation == Organisation::Office || one.is_confirmed()
}

fn read(
    register: &mut AnyConnection,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<(ListedBatch, Batch)>, StoreError> {
    let listed = batch_list::get(register, worker.organisation, number)?;
    Ok(listed.zip(batches::get(register, number)?))
}
