//! Which stamp is in which cell of which sheet: from the register, or from a manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::told;
use crate::app::App;
use crate::cli::error::CliError;
use crate::code::text;
use crate::domain::serial::{BatchNumber, Serial};
use crate::inspection::{Expected, ExpectedCell};
use crate::press::roll::{self, Printed};
use crate::printing::Imposition;
use crate::store::stamps;

/// The stamps of a batch.
#[derive(Clone, Debug, Default)]
pub(super) struct Roll {
    stamps: Vec<Printed>,
}

impl Roll {
    pub(super) fn of_batch(
        app: &App,
        batch: BatchNumber,
        imposition: &Imposition,
    ) -> Result<Self, CliError> {
        let serials = app.store.read(|register| stamps::serials(register, &batch.serials()))?;
        let total = u64::try_from(serials.len()).unwrap_or(u64::MAX);
        let placed = (1..).zip(serials).map(|(position, serial)| {
            let place = imposition.placement(position, total);
            let sheet = u32::try_from(place.sheet).unwrap_or(u32::MAX);
            Printed { sheet, cell: place.cell, serial }
        });
        Ok(Self { stamps: placed.collect() })
    }

    pub(super) fn of_manifest(file: &Path) -> Result<Self, CliError> {
        let named = |what: String| format!("{}: {what}", file.display());
        let failed = |error| CliError::failed(named(format!("{error}")));
        if fs::metadata(file).map_err(failed)?.len() > roll::BYTES_MAX {
            return Err(CliError::refused(named("this is too long for a manifest".into())));
        }
        let bytes = fs::read(file).map_err(failed)?;
        let stamps = roll::read(&bytes);
        let stamps = stamps.map_err(|error| CliError::refused(named(told(&error))))?;
        Ok(Self { stamps })
    }

    /// The sheet that most of some stamps are of.
    pub(super) fn sheet_of(&self, serials: &[Serial]) -> Option<u32> {
        let sheets: BTreeMap<Serial, u32> =
            self.stamps.iter().map(|stamp| (stamp.serial, stamp.sheet)).collect();
        most(serials.iter().filter_map(|serial| sheets.get(serial).copied()))
    }

    /// What should be on a sheet.
    pub(super) fn expected(
        &self,
        batch: BatchNumber,
        sheet: u32,
        imposition: &Imposition,
    ) -> Result<Expected, CliError> {
        let on_it = |it: &&Printed| it.sheet == sheet && it.serial.batch() == batch;
        let mut cells: Vec<ExpectedCell> =
            self.stamps.iter().filter(on_it).map(|stamp| cell(stamp, imposition)).collect();
        cells.sort_by_key(|cell| cell.cell);
        if cells.is_empty() {
            let batch = text::batch(batch);
            return Err(CliError::refused(format!(
                "no sheet {sheet} of batch {batch} is known: see the manifest of the batch, or \
                 name --batch and --sheet"
            )));
        }
        let (page, grid) = (imposition.page(), imposition.grid());
        Ok(Expected { page_mm: (grid.mm(page.width), grid.mm(page.height)), cells })
    }
}

fn cell(stamp: &Printed, imposition: &Imposition) -> ExpectedCell {
    let trim = imposition.on_page(imposition.cell(stamp.cell));
    let mm = |dots: i32| imposition.grid().mm(dots);
    ExpectedCell {
        cell: stamp.cell,
        serial: stamp.serial,
        x_mm: mm(trim.x),
        y_mm: mm(imposition.page().height - trim.top()),
        width_mm: mm(trim.width),
        height_mm: mm(trim.height),
    }
}

/// What occurs most; the smallest of these.
pub(super) fn most<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, u32> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    // Of equals, `max_by_key` gives the last.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}
