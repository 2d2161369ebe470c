//! Inspections at the desk, and all that the register knows of one stamp. The office's alone.

use super::products::{self, ProductFile};
use super::{Worker, batches};
use crate::accounting::StampError;
use crate::desk::batches::BatchFile;
use crate::domain::audit::Entry;
use crate::domain::ids::{InspectionId, OrderId};
use crate::domain::inspection::{Inspection, NewInspection};
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::role::Organisation;
use crate::domain::serial::Serial;
use crate::register::inspections::{self as acts, InspectionError};
use crate::store::lookup::{self, StampRecord};
use crate::store::{Store, StoreError, audit, batches as stored, inspections, papers};

/// All that the register knows of a stamp.
#[derive(Clone, Debug)]
pub struct StampFile {
    /// Its serial.
    pub serial: Serial,
    /// The stamp, with its lot and its scans.
    pub record: StampRecord,
    /// Its batch, with the print job and the hand-overs.
    pub batch: BatchFile,
    /// The order it was issued for.
    pub order: OrderId,
    /// Its product, with all recognitions.
    pub product: ProductFile,
    /// What was done with it, oldest first.
    pub history: Vec<Entry>,
    /// What inspections found on it, oldest first.
    pub inspections: Vec<Inspection>,
}

/// An inspection and its papers; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    store: &Store,
    worker: &Worker,
    id: InspectionId,
) -> Result<Option<(Inspection, Vec<Paper>)>, StoreError> {
    if worker.organisation != Organisation::Office {
        return Ok(None);
    }
    store.read(|register| {
        let Some(found) = inspections::get(register, id)? else { return Ok(None) };
        let papers = papers::of_subject(register, PaperKind::Inspection, id.0)?;
        Ok(Some((found, papers)))
    })
}

/// Records an inspection.
///
/// # Errors
/// [`InspectionError`].
pub fn record(
    store: &Store,
    worker: &Worker,
    new: &NewInspection,
    request_key: &str,
) -> Result<Inspection, InspectionError> {
    acts::record(store, new, request_key, worker.act())
}

/// Looks a stamp up in depth; none where it was never issued, or is not for this person.
///
/// # Errors
/// [`StampError`].
pub fn stamp(
    store: &Store,
    worker: &Worker,
    serial: Serial,
) -> Result<Option<StampFile>, StampError> {
    if worker.organisation != Organisation::Office {
        return Ok(None);
    }
    let Some(record) = store.read(|register| lookup::stamp(register, serial))? else {
        return Ok(None);
    };
    let intent = store.read(|register| stored::get(register, serial.batch()))?;
    let Some(intent) = intent.map(|batch| batch.intent) else { return Ok(None) };
    let batch = batches::get(store, worker, serial.batch())?;
    let product = products::get(store, worker, intent.product)?;
    let Some((batch, product)) = batch.zip(product) else { return Ok(None) };
    let (history, inspections) = store.read(|register| {
        let history = audit::of_stamp(register, serial)?;
        Ok::<_, StoreError>((history, inspections::about(register, serial)?))
    })?;
    let order = intent.order;
    Ok(Some(StampFile { serial, record, batch, order, product, history, inspections }))
}
