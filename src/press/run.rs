//! The stamps of a batch in order, noted in the manifest and in the list of sheets as they pass.

use std::fs::File;
use std::io::BufWriter;
use std::ops::RangeInclusive;
use std::path::Path;

use super::PressError;
use super::notes::Notes;
use crate::code::{text, uri};
use crate::domain::batch::Batch;
use crate::domain::serial::Serial;
use crate::domain::sheet::{SerialRun, Sheet};
use crate::domain::stamp::SignatureBytes;
use crate::files::Partial;
use crate::printing::{Face, Imposition};
use crate::store::{Store, StoreError, stamps};

/// Codes read from the register at a time.
const PAGE: i64 = 5_000;

/// Reads a batch's codes in order.
pub(super) struct Codes<'a> {
    store: &'a Store,
    rest: Option<RangeInclusive<Serial>>,
    page: std::vec::IntoIter<(Serial, SignatureBytes)>,
}

impl<'a> Codes<'a> {
    pub(super) fn of(store: &'a Store, batch: &Batch) -> Self {
        Self { store, rest: Some(batch.number.serials()), page: Vec::new().into_iter() }
    }

    fn turn_page(&mut self) -> Result<Option<(Serial, SignatureBytes)>, StoreError> {
        let Some(range) = self.rest.take() else { return Ok(None) };
        let page = self.store.read(|register| stamps::page(register, &range, PAGE))?;
        let after = page.last().and_then(|(last, _)| Serial::new(last.bits() + 1));
        self.rest = after.filter(|after| range.contains(after)).map(|after| after..=*range.end());
        self.page = page.into_iter();
        Ok(self.page.next())
    }
}

impl Iterator for Codes<'_> {
    type Item = Result<(Serial, SignatureBytes), StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.page.next() {
            Some(code) => Some(Ok(code)),
            None => self.turn_page().transpose(),
        }
    }
}

/// What a code looks like on the stamps of a batch.
pub(super) fn face(batch: &Batch, serial: Serial, signature: &SignatureBytes) -> Face {
    Face {
        serial: text::serial_grouped(serial),
        text: uri::qr_text(&batch.intent.face, serial, signature),
    }
}

/// Codes becoming faces, noted on their way.
pub(super) struct Run<'a> {
    codes: Codes<'a>,
    batch: &'a Batch,
    notes: Notes<'a>,
    manifest: csv::Writer<BufWriter<File>>,
    manifest_file: Partial,
    sheets: Vec<Sheet>,
    /// The sheet of the code before.
    sheet: u64,
}

impl<'a> Run<'a> {
    pub(super) fn begin(
        store: &'a Store,
        batch: &'a Batch,
        imposition: &'a Imposition,
        manifest_path: &Path,
    ) -> Result<Self, PressError> {
        let manifest_file = Partial::create(manifest_path)?;
        let mut manifest = csv::Writer::from_writer(manifest_file.writer()?);
        manifest.write_record(["position", "sheet", "cell", "serial", "url"])?;
        let total = batch.intent.quantity.get().into();
        let sheet_count = u32::try_from(imposition.sheets_for(total)).unwrap_or(u32::MAX);
        let sheets = (1..=sheet_count).map(|number| Sheet { number, runs: Vec::new() }).collect();
        Ok(Self {
            codes: Codes::of(store, batch),
            batch,
            notes: Notes::new(imposition, total),
            manifest,
            manifest_file,
            sheets,
            sheet: 0,
        })
    }

    /// The manifest, to be put on disk, the sheets, and what was noted of them.
    pub(super) fn finish(mut self) -> Result<(Partial, Vec<Sheet>, Notes<'a>), PressError> {
        self.manifest.flush()?;
        drop(self.manifest);
        Ok((self.manifest_file, self.sheets, self.notes))
    }

    fn note(&mut self, serial: Serial, signature: &SignatureBytes) -> Result<Face, PressError> {
        let (position, place) = self.notes.pass(serial);
        let index = usize::try_from(place.sheet - 1).unwrap_or(usize::MAX);
        if let Some(sheet) = self.sheets.get_mut(index) {
            match sheet.runs.last_mut().filter(|_| place.sheet == self.sheet) {
                Some(run) => {
                    run.last = serial;
                    run.stamps += 1;
                }
                None => sheet.runs.push(SerialRun { first: serial, last: serial, stamps: 1 }),
            }
        }
        self.sheet = place.sheet;
        let face = face(self.batch, serial, signature);
        self.manifest.write_record([
            &position.to_string(),
            &place.sheet.to_string(),
            &place.cell.to_string(),
            &face.serial,
            &face.text,
        ])?;
        Ok(face)
    }
}

impl Iterator for Run<'_> {
    type Item = Result<Face, PressError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.codes.next()? {
            Ok((serial, signature)) => Some(self.note(serial, &signature)),
            Err(error) => Some(Err(error.into())),
        }
    }
}
