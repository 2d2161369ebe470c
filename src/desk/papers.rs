//! Official papers at the desk: each belongs to an order or a batch, and who sees that sees it.

use super::Worker;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::{DestructionId, HandOverId, InspectionId, OrderId, PaperId};
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::paperwork::{Paperwork, PaperworkError};
use crate::store::{
    AnyConnection, Store, StoreError, batch_list, destructions, hand_overs, inspections,
    order_list, papers,
};

/// What papers belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// An order.
    Order(OrderId),
    /// A batch.
    Batch(BatchNumber),
    /// An inspection.
    Inspection(InspectionId),
}

/// A paper that can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The slip of an order.
    OrderSlip(OrderId),
    /// The minutes of a hand-over of a batch.
    HandOver(BatchNumber, HandOverId),
    /// The minutes of a destruction of stamps of a batch.
    Destruction(BatchNumber, DestructionId),
    /// The account of a batch.
    Reconciliation(BatchNumber),
    /// The minutes of an inspection.
    Inspection(InspectionId),
}

impl Wanted {
    fn folder(self) -> Folder {
        match self {
            Self::OrderSlip(order) => Folder::Order(order),
            Self::Inspection(id) => Folder::Inspection(id),
            Self::HandOver(batch, _)
            | Self::Destruction(batch, _)
            | Self::Reconciliation(batch) => Folder::Batch(batch),
        }
    }
}

/// The papers of a folder, the latest first; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn list(
    store: &Store,
    worker: &Worker,
    folder: Folder,
) -> Result<Option<Vec<Paper>>, StoreError> {
    store.read(|register| {
        if !is_seen(register, worker, folder)? {
            return Ok(None);
        }
        let subjects = match folder {
            Folder::Order(order) => vec![(PaperKind::OrderSlip, order.0)],
            Folder::Inspection(id) => vec![(PaperKind::Inspection, id.0)],
            Folder::Batch(batch) => {
                let all = hand_overs::of_batch(register, batch)?;
                let minutes = all.into_iter().map(|one| (PaperKind::HandOver, one.id.0));
                let destroyed = destructions::of_batch(register, batch)?;
                let destroyed = destroyed.into_iter().map(|it| (PaperKind::Destruction, it.id.0));
                let account = (PaperKind::Reconciliation, batch.get().into());
                minutes.chain(destroyed).chain([account]).collect()
            }
        };
        let mut found = Vec::new();
        for (kind, subject) in subjects {
            found.extend(papers::of_subject(register, kind, subject)?);
        }
        found.sort_by_key(|paper| std::cmp::Reverse(paper.id));
        Ok(Some(found))
    })
}

/// A paper of a folder and its file; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn file(
    store: &Store,
    worker: &Worker,
    folder: Folder,
    id: PaperId,
) -> Result<Option<(Paper, Vec<u8>)>, StoreError> {
    let all = list(store, worker, folder)?.unwrap_or_default();
    let Some(paper) = all.into_iter().find(|paper| paper.id == id) else { return Ok(None) };
    let file = store.read(|register| papers::file(register, id))?;
    Ok(Some((paper, file)))
}

/// The name that a paper's file is kept under.
#[must_use]
pub fn file_name(paper: &Paper) -> String {
    format!("{}.pdf", paper.reference().replace('/', "-"))
}

/// Makes a paper, or finds it where it was made before and nothing on it has changed.
///
/// # Errors
/// [`PaperworkError`]; what is not this person's to see is not there.
pub fn make(
    paperwork: &Paperwork,
    worker: &Worker,
    wanted: Wanted,
) -> Result<Paper, PaperworkError> {
    let folder = wanted.folder();
    if !paperwork.store.read(|register| is_seen(register, worker, folder))? {
        return Err(PaperworkError::NoSubject);
    }
    let act = worker.act();
    match wanted {
        Wanted::OrderSlip(order) => paperwork.order_slip(order, act),
        Wanted::Inspection(id) => paperwork.inspection(id, act),
        Wanted::HandOver(batch, id) => paperwork.hand_over(batch, id, act),
        Wanted::Destruction(batch, id) => paperwork.destruction(batch, id, act),
        Wanted::Reconciliation(batch) => {
            paperwork.reconciliation(batch, vietnam_day(worker.at), act)
        }
    }
}

fn is_seen(
    register: &mut AnyConnection,
    worker: &Worker,
    folder: Folder,
) -> Result<bool, StoreError> {
    let seen_by = worker.organisation;
    Ok(match folder {
        Folder::Order(order) => order_list::get(register, seen_by, order)?.is_some(),
        Folder::Inspection(id) => {
            seen_by == Organisation::Office && inspections::get(register, id)?.is_some()
        }
        Folder::Batch(batch) => batch_list::get(register, seen_by, batch)?.is_some(),
    })
}
