//! Production lots at the desk, and recalls of their goods.

use super::Worker;
use super::effect::Effect;
use crate::accounting::{self, StampError};
use crate::domain::audit::Entry;
use crate::domain::ids::{LotId, ProductId};
use crate::domain::lot::Lot;
use crate::domain::serial::BatchNumber;
use crate::store::lot_list::{self, ListedLot};
use crate::store::lot_stamps::{self, LotStamps};
use crate::store::{AnyConnection, Store, StoreError, audit};

/// A lot with how many stamps are on its goods.
#[derive(Clone, Debug)]
pub struct LotFile {
    /// The lot.
    pub listed: ListedLot,
    /// Activated stamps on its goods, by batch.
    pub stamps: Vec<(BatchNumber, u64)>,
    /// What was done with it, oldest first.
    pub history: Vec<Entry>,
}

/// What can be done with the goods of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LotStep {
    /// Recall them: why and what consumers should do, and whom to call.
    Recall(String, Option<String>),
    /// End their recall, and why.
    EndRecall(String),
}

impl LotFile {
    /// Activated stamps on its goods.
    #[must_use]
    pub fn activated(&self) -> u64 {
        self.stamps.iter().map(|(_, stamps)| stamps).sum()
    }
}

/// A lot; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(store: &Store, worker: &Worker, id: LotId) -> Result<Option<LotFile>, StoreError> {
    store.read(|register| file(register, worker, id))
}

/// A lot with its stamps one by one, as a page tells them; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn told(
    store: &Store,
    worker: &Worker,
    id: LotId,
) -> Result<Option<(LotFile, Vec<LotStamps>)>, StoreError> {
    store.read(|register| {
        let Some(file) = file(register, worker, id)? else { return Ok(None) };
        let stamps = lot_stamps::of_lot(register, id, lot_stamps::ROWS_MAX)?;
        Ok(Some((file, stamps)))
    })
}

fn file(
    register: &mut AnyConnection,
    worker: &Worker,
    id: LotId,
) -> Result<Option<LotFile>, StoreError> {
    let found = lot_list::get(register, worker.organisation, id)?;
    let Some(listed) = found else { return Ok(None) };
    let stamps = lot_stamps::counts(register, id)?;
    let history = audit::of_lot(register, id)?;
    Ok(Some(LotFile { listed, stamps, history }))
}

/// Most products to choose from when a list of lots is narrowed: longer, nobody reads it.
pub const PRODUCTS_MAX: usize = 500;

/// The products that have lots which the person may see, by name; where there are more than `most`, the
/// `chosen` one alone.
///
/// # Errors
/// [`StoreError`].
pub fn products(
    store: &Store,
    worker: &Worker,
    chosen: Option<ProductId>,
    most: usize,
) -> Result<Vec<(ProductId, String)>, StoreError> {
    store.read(|register| {
        let one_more = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let by = worker.organisation;
        let all = lot_list::products_with_lots(register, by, None, one_more)?;
        match chosen {
            _ if all.len() <= most => Ok(all),
            Some(_) => lot_list::products_with_lots(register, by, chosen, 1),
            None => Ok(Vec::new()),
        }
    })
}

/// Recalls the goods of a lot that the person may see, or ends their recall: it is about the activated
/// stamps on them. What is so already stays as it is.
///
/// # Errors
/// [`StampError`].
pub fn step(
    store: &Store,
    worker: &Worker,
    id: LotId,
    step: &LotStep,
) -> Result<Effect, StampError> {
    store.together(|store| {
        let seen = store.read(|register| lot_list::get(register, worker.organisation, id))?;
        let Lot { details, .. } = seen.ok_or_else(|| StampError::NoLot(id.to_string()))?.lot;
        let (product, code, act) = (details.product, details.code, worker.act());
        match step {
            LotStep::Recall(reason, phone) => {
                let said = (reason.as_str(), phone.as_deref());
                accounting::recall(store, product, &code, said, act)
            }
            LotStep::EndRecall(reason) => {
                accounting::end_recall(store, product, &code, reason, act)
            }
        }?;
        let on_goods = store.read(|register| lot_stamps::counts(register, id))?;
        Ok(Effect::about(on_goods.iter().map(|(_, stamps)| stamps).sum()))
    })
}
