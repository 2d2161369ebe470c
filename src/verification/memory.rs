//! What stamps of a batch have in common, remembered until the office changes anything: most scans
//! are of stamps whose batch was asked for a moment ago.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::serial::BatchNumber;
use crate::store::lookup::{self, BatchFacts};
use crate::store::{Store, StoreError};

/// Batches remembered at a time; about one kilobyte each.
const BATCHES_MAX: usize = 10_000;

/// Remembers batches, each with the register's revision that it was asked for at.
#[derive(Default)]
pub(super) struct Memory(RwLock<HashMap<BatchNumber, (i64, Arc<BatchFacts>)>>);

impl Memory {
    /// The facts of a batch as they are at `revision`, or newer.
    pub(super) fn batch(
        &self,
        store: &Store,
        number: BatchNumber,
        revision: i64,
    ) -> Result<Arc<BatchFacts>, StoreError> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&number).cloned();
        if let Some((then, facts)) = known
            && then == revision
        {
            return Ok(facts);
        }
        let facts = store.read(|register| lookup::batch(register, number))?;
        let facts = Arc::new(facts.ok_or(StoreError::Corrupt("batch"))?);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= BATCHES_MAX {
            all.clear();
        }
        all.insert(number, (revision, Arc::clone(&facts)));
        Ok(facts)
    }
}
