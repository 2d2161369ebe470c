//! How batches are printed here unless somebody asks otherwise.

use std::path::PathBuf;

use super::approved::{UnprintableDesign, approved};
use super::library::Library;
use super::{Intent, IntentError, PrintOrder};
use crate::domain::calendar::Day;
use crate::domain::design::DesignRef;
use crate::domain::serial::BatchNumber;
use crate::printing::{ErrorCorrection, Layout, LeftOut, Split, UnknownPlate};
use crate::store::Store;

/// How batches are printed here unless somebody asks otherwise.
#[derive(Clone, Debug)]
pub struct PrintSettings {
    /// Layouts and designs by name.
    pub library: Library,
    /// Name of the layout.
    pub layout: String,
    /// Name of the design.
    pub design: String,
    /// Error correction of the symbols.
    pub level: ErrorCorrection,
    /// When a file is full.
    pub split: Split,
    /// The folder in which each batch gets a folder of its own.
    pub folder: PathBuf,
    /// Name of the issuing office, for the ticket.
    pub office: String,
}

/// Why a batch cannot be printed so.
#[derive(Debug, thiserror::Error)]
pub enum PrintOrderError {
    /// The design may not be printed.
    #[error(transparent)]
    Design(#[from] UnprintableDesign),
    /// The conditions of the press are not known.
    #[error(transparent)]
    Intent(#[from] IntentError),
    /// There is no such plate to leave out.
    #[error(transparent)]
    Plate(#[from] UnknownPlate),
}

impl PrintSettings {
    /// How a batch is printed in a layout with a design, but for some of its plates, on a day.
    ///
    /// # Errors
    /// [`PrintOrderError`].
    pub fn order(
        &self,
        store: &Store,
        batch: BatchNumber,
        layout: Layout,
        (design, without): (&DesignRef, &[String]),
        on: Day,
    ) -> Result<PrintOrder, PrintOrderError> {
        let intent = layout.press.standard.has_intent();
        let design = approved(store, batch, &layout.name, design, on)?;
        Ok(PrintOrder {
            batch,
            intent: intent.then(|| Intent::named(&layout.press.intent)).transpose()?,
            without: LeftOut::read(without, design.design(), &layout.die)?,
            design,
            layout,
            level: self.level,
            split: self.split,
            lot: None,
            out: self.folder.clone(),
            office: self.office.clone(),
        })
    }
}
