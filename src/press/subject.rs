//! A batch about to be printed, with what the register says of it.

use std::path::PathBuf;

use super::facts::Facts;
use super::notes::Notes;
use super::run::{Codes, face};
use super::{Intent, PressError, PrintOrder, UnprintableDesign, approved, file_path};
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::host::Host;
use crate::domain::serial::Serial;
use crate::domain::sheet::{Printing, Sheet};
use crate::fonts;
use crate::printing::{Face, Imposition, Job, Split};
use crate::store::{AnyConnection, Store, batches, sheets};

/// A volume is read back as a whole, and is split before it grows longer than this: 1 GB. Sheets that are
/// written again by themselves are one file.
const VOLUME_BYTES_MAX: u64 = 1_000_000_000;

/// A batch and how it is printed.
pub(super) struct Subject<'a> {
    pub(super) order: &'a PrintOrder,
    pub(super) batch: Batch,
    /// What its stamps say.
    pub(super) facts: Facts,
    /// The batch as people call it.
    pub(super) name: String,
}

impl<'a> Subject<'a> {
    pub(super) fn load(store: &Store, order: &'a PrintOrder) -> Result<Self, PressError> {
        let name = text::batch(order.batch);
        let batch = store.read(|register| batches::get(register, order.batch))?;
        let batch = batch.filter(|batch| batch.issued_at.is_some());
        let batch = batch.ok_or_else(|| PressError::NoBatch(name.clone()))?;
        if let Err(source) = batch.intent.face.host.parse::<Host>() {
            return Err(PressError::Host { batch: name, source });
        }
        let lot = order.lot.as_deref();
        lot.map_or(Ok(()), fonts::check)?;
        let facts = store.read(|register| Facts::of_batch(register, &batch, lot))?;
        Ok(Self { order, batch, facts, name })
    }

    fn printing(&self) -> Printing {
        let design = self.order.design.design().name.clone();
        let layout = self.order.layout.name.clone();
        Printing { layout, design }
    }

    /// A file of the printing.
    pub(super) fn path(&self, what: &str) -> PathBuf {
        file_path(&self.order.out, &self.name, &self.printing(), what)
    }

    pub(super) fn volume_path(&self, number: u32) -> PathBuf {
        self.path(&format!("{number:03}.pdf"))
    }

    pub(super) fn job<'b>(&'b self, imposition: &'b Imposition) -> Job<'b> {
        let split = self.order.split;
        let bytes = split.bytes.unwrap_or(VOLUME_BYTES_MAX).min(VOLUME_BYTES_MAX);
        Job {
            label: self.facts.label(),
            total: self.batch.intent.quantity.get().into(),
            level: self.order.level,
            imposition,
            design: self.order.design.design(),
            intent: self.order.intent.as_ref().map(Intent::view),
            without: self.order.without.clone(),
            split: Split { bytes: Some(bytes), ..split },
            only: None,
            issued_on: vietnam_day(self.batch.prepared_at),
        }
    }

    /// What the stamps carry, in order, noted as they pass.
    pub(super) fn faces<'b>(
        &'b self,
        store: &'b Store,
        notes: &'b mut Notes<'_>,
    ) -> impl Iterator<Item = Result<Face, PressError>> {
        self.coded(store).map(|code| {
            let (serial, face) = code?;
            notes.pass(serial);
            Ok(face)
        })
    }

    /// What the stamps carry, in order.
    pub(super) fn unnoted<'b>(
        &'b self,
        store: &'b Store,
    ) -> impl Iterator<Item = Result<Face, PressError>> {
        self.coded(store).map(|code| code.map(|(_, face)| face))
    }

    /// The stamps in order, each with what it carries.
    pub(super) fn coded<'b>(
        &'b self,
        store: &'b Store,
    ) -> impl Iterator<Item = Result<(Serial, Face), PressError>> {
        Codes::of(store, &self.batch).map(|code| {
            let (serial, signature) = code?;
            Ok((serial, face(&self.batch, serial, &signature)))
        })
    }

    /// Records which stamps are on which sheet, and the design's version.
    pub(super) fn record(&self, store: &Store, all: &[Sheet]) -> Result<(), PressError> {
        let printing = self.printing();
        store.write(|register| {
            if sheets::put(register, self.order.batch, &printing, all)? {
                return Ok(self.put_design(register)?);
            }
            let Printing { layout, design } = printing.clone();
            Err(PressError::OtherSheets { batch: self.name.clone(), layout, design })
        })
    }

    /// Records the design's version alone, where no sheets are recorded.
    pub(super) fn record_design(&self, store: &Store) -> Result<(), PressError> {
        Ok(store.write(|register| self.put_design(register))?)
    }

    fn put_design(&self, register: &mut AnyConnection) -> Result<(), UnprintableDesign> {
        let order = self.order;
        approved::record(register, order.batch, &order.layout.name, &order.design)
    }

    /// Whether what is printed may be part of what was printed before.
    pub(super) fn is_part(&self, store: &Store) -> Result<(), PressError> {
        Ok(approved::same_as_printed(store, &self.name, &self.order.design)?)
    }
}
