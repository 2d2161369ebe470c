//! A batch → the files a print shop gets: PDF volumes, a manifest and a job ticket.
//!
//! Codes are read, printed and forgotten page by page, so a million take no more memory than a
//! thousand. The same batch gives the same bytes on any day and from either database.

pub mod manifest;

use std::fs::File;
use std::io::{self, BufWriter};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use crate::code::{text, uri};
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::Sheet;
use crate::domain::stamp::SignatureBytes;
use crate::files::{self, Partial};
use crate::papers::job_ticket::JobTicket;
use crate::papers::{PaperError, PaperFonts};
use crate::printing::{
    Design, ErrorCorrection, Face, FontError, FontFiles, Fonts, Job, Layout, SheetError, Volume,
    Warning, write_sheets,
};
use crate::store::{Store, StoreError, batches, sheets, stamps};

/// Codes read from the register at a time.
const PAGE: i64 = 5_000;

/// How a batch is to be printed.
#[derive(Clone, Debug)]
pub struct PrintOrder {
    /// The batch.
    pub batch: BatchNumber,
    /// How stamps lie on a sheet.
    pub layout: Layout,
    /// What they look like.
    pub design: Design,
    /// Error correction of the symbols.
    pub level: ErrorCorrection,
    /// Sheets in one PDF.
    pub sheets_per_volume: u32,
    /// The folder in which the batch gets a folder of its own.
    pub out: PathBuf,
    /// Name of the issuing office, for the ticket.
    pub office: String,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct PrintFiles {
    /// The PDF volumes, in order.
    pub volumes: Vec<(PathBuf, Volume)>,
    /// The manifest: `position,sheet,cell,serial,url`.
    pub manifest: PathBuf,
    /// The job ticket.
    pub ticket: PathBuf,
    /// Sheets in all.
    pub sheets: u64,
    /// What to look at before printing.
    pub warnings: Vec<Warning>,
}

/// Why a batch's files were not written.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// No such batch, or its codes are not issued yet.
    #[error("there is no issued batch {0}")]
    NoBatch(String),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The sheets could not be made.
    #[error(transparent)]
    Sheets(Box<SheetError<PressError>>),
    /// A font cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
    /// The ticket could not be composed.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// The manifest could not be written.
    #[error("the manifest could not be written")]
    Manifest(#[from] csv::Error),
    /// A file could not be written.
    #[error("a file could not be written")]
    File(#[from] io::Error),
}

/// Writes the files of a batch and records its sheets. `progress` hears how many stamps are done.
///
/// # Errors
/// [`PressError`]. Files appear under their names only when they are whole.
pub fn print(
    store: &Store,
    order: &PrintOrder,
    progress: impl FnMut(u64),
) -> Result<PrintFiles, PressError> {
    let name = text::batch(order.batch);
    let batch = store.read(|register| batches::get(register, order.batch))?;
    let batch = batch.filter(|batch| batch.issued_at.is_some());
    let batch = batch.ok_or_else(|| PressError::NoBatch(name.clone()))?;
    let folder = order.out.join(&name);
    let manifest = folder.join(format!("{name}-manifest.csv"));
    let mut run = Run::begin(store, order, &batch, &manifest)?;

    let volume_path = |number: u32| {
        folder.join(format!("{name}-{layout}-{number:03}.pdf", layout = order.layout.name))
    };
    let mut files = Vec::new();
    let printed = write_sheets(
        &job(order, &batch, &name),
        &Fonts::new(FontFiles::BUNDLED)?,
        &mut run,
        |number| {
            let file = Partial::create(&volume_path(number))?;
            let writer = file.writer();
            files.push(file);
            writer
        },
        progress,
    )
    .map_err(|error| PressError::Sheets(Box::new(error)))?;

    let all = run.finish()?;
    store.write(|register| sheets::put(register, order.batch, order.layout.name, &all))?;
    files.into_iter().try_for_each(Partial::finish)?;
    let volumes = printed.volumes.into_iter().map(|volume| (volume_path(volume.number), volume));
    let volumes: Vec<(PathBuf, Volume)> = volumes.collect();
    let ticket = folder.join(format!("{name}-phieu-giao-in.pdf"));
    files::write(&ticket, &compose_ticket(order, &batch, &name, &volumes)?)?;
    let sheets = order.layout.sheets_for(batch.intent.quantity.get().into());
    Ok(PrintFiles { volumes, manifest, ticket, sheets, warnings: printed.warnings })
}

fn job<'a>(order: &'a PrintOrder, batch: &'a Batch, name: &'a str) -> Job<'a> {
    let face = &batch.intent.face;
    Job {
        batch: name,
        product_name: &face.product_name,
        producer_name: &face.producer_name,
        stars: face.stars.get(),
        total: batch.intent.quantity.get().into(),
        level: order.level,
        layout: &order.layout,
        design: order.design,
        sheets_per_volume: order.sheets_per_volume,
        issued_on: vietnam_day(batch.prepared_at),
    }
}

fn compose_ticket(
    order: &PrintOrder,
    batch: &Batch,
    name: &str,
    volumes: &[(PathBuf, Volume)],
) -> Result<Vec<u8>, PaperError> {
    let face = &batch.intent.face;
    let file_name =
        |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files: Vec<(String, Volume)> =
        volumes.iter().map(|(path, volume)| (file_name(path), volume.clone())).collect();
    JobTicket {
        office: &order.office,
        batch: name,
        order: &batch.intent.order.to_string(),
        product_name: &face.product_name,
        producer_name: &face.producer_name,
        stars: face.stars.get(),
        layout: &order.layout,
        design: order.design.name(),
        issued_on: vietnam_day(batch.prepared_at),
        files: &files,
    }
    .compose(PaperFonts::BUNDLED)
}

/// The stamps of a batch in order, noted in the manifest and in the list of sheets as they pass.
struct Run<'a> {
    store: &'a Store,
    batch: &'a Batch,
    layout: &'a Layout,
    rest: Option<RangeInclusive<Serial>>,
    page: std::vec::IntoIter<(Serial, SignatureBytes)>,
    position: u64,
    manifest: csv::Writer<BufWriter<File>>,
    manifest_file: Partial,
    sheets: Vec<Sheet>,
}

impl<'a> Run<'a> {
    fn begin(
        store: &'a Store,
        order: &'a PrintOrder,
        batch: &'a Batch,
        manifest_path: &Path,
    ) -> Result<Self, PressError> {
        let manifest_file = Partial::create(manifest_path)?;
        let mut manifest = csv::Writer::from_writer(manifest_file.writer()?);
        manifest.write_record(["position", "sheet", "cell", "serial", "url"])?;
        Ok(Self {
            store,
            batch,
            layout: &order.layout,
            rest: Some(batch.number.serials()),
            page: Vec::new().into_iter(),
            position: 0,
            manifest,
            manifest_file,
            sheets: Vec::new(),
        })
    }

    fn finish(mut self) -> Result<Vec<Sheet>, PressError> {
        self.manifest.flush()?;
        drop(self.manifest);
        self.manifest_file.finish()?;
        Ok(self.sheets)
    }

    fn turn_page(&mut self) -> Result<Option<(Serial, SignatureBytes)>, StoreError> {
        let Some(range) = self.rest.take() else { return Ok(None) };
        let page = self.store.read(|register| stamps::page(register, &range, PAGE))?;
        let after = page.last().and_then(|(last, _)| Serial::new(last.bits() + 1));
        self.rest = after.filter(|after| range.contains(after)).map(|after| after..=*range.end());
        self.page = page.into_iter();
        Ok(self.page.next())
    }

    fn note(&mut self, serial: Serial, signature: &SignatureBytes) -> Result<Face, PressError> {
        self.position += 1;
        let place = self.layout.placement(self.position);
        let number = u32::try_from(place.sheet).unwrap_or(u32::MAX);
        match self.sheets.last_mut().filter(|sheet| sheet.number == number) {
            Some(sheet) => {
                sheet.last = serial;
                sheet.stamps += 1;
            }
            None => self.sheets.push(Sheet { number, first: serial, last: serial, stamps: 1 }),
        }
        let face = Face {
            serial: text::serial_grouped(serial),
            text: uri::qr_text(&self.batch.intent.face, serial, signature),
        };
        self.manifest.write_record([
            &self.position.to_string(),
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
        let stamp = match self.page.next() {
            Some(stamp) => Ok(Some(stamp)),
            None => self.turn_page(),
        };
        match stamp {
            Ok(Some((serial, signature))) => Some(self.note(serial, &signature)),
            Ok(None) => None,
            Err(error) => Some(Err(error.into())),
        }
    }
}
