//! A batch → the files a print shop gets: PDF volumes, manifests and a job ticket.
//!
//! Codes are read, printed and forgotten page by page, so a million take no more memory than a
//! thousand. The same batch gives the same bytes on any day and from either database.

mod intent;
pub mod library;
mod manifest;
pub mod roll;
mod run;

use std::io::{self, BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

pub use self::intent::{Intent, IntentError};
use self::run::{Codes, Run, face};
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::recognition::NewRecognition;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::files::{self, Partial};
use crate::papers::job_ticket::JobTicket;
use crate::papers::{PaperError, PaperFonts};
use crate::printing::{
    Design, ErrorCorrection, FontError, FontFiles, Fonts, Imposition, Job, Label, Layout,
    LayoutError, Printed, SheetError, Split, Volume, Warning, write_sheets,
};
use crate::store::{Store, StoreError, batches, recognitions, sheets};

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
    /// The conditions of the press; none for files that need none.
    pub intent: Option<Intent>,
    /// When a file is full.
    pub split: Split,
    /// The producer's lot, where the stamps are printed for one.
    pub lot: Option<String>,
    /// The folder in which the batch gets a folder of its own.
    pub out: PathBuf,
    /// Name of the issuing office, for the ticket.
    pub office: String,
}

/// Part of a printing, to be written again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One volume, whole: the same file as before.
    Volume(u32),
    /// Some sheets, in a file of their own.
    Sheets(RangeInclusive<u64>),
}

/// What was written.
#[derive(Clone, Debug)]
pub struct PrintFiles {
    /// The PDF volumes, in order.
    pub volumes: Vec<(PathBuf, Volume)>,
    /// Every code with its place: `position,sheet,cell,serial,url`.
    pub manifest: PathBuf,
    /// What was printed and how, as JSON.
    pub summary: PathBuf,
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
    /// The batch was printed in a layout of that name that was another one.
    #[error(
        "batch {batch} was printed before in a layout {layout} and design {design} that put its \
         stamps on other sheets: give the changed layout or design another name"
    )]
    OtherSheets {
        /// The batch.
        batch: String,
        /// The layout.
        layout: String,
        /// The design.
        design: String,
    },
    /// The job has no such volume.
    #[error("there are {0} volumes, and no volume {1}")]
    NoVolume(usize, u32),
    /// The stamps do not fit the paper.
    #[error(transparent)]
    Layout(#[from] LayoutError),
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
    /// A manifest could not be written.
    #[error("the manifest could not be written")]
    Manifest(#[from] csv::Error),
    /// The summary could not be written.
    #[error("the summary could not be written")]
    Summary(#[from] serde_json::Error),
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
    let subject = Subject::load(store, order)?;
    let imposition = Imposition::new(&order.layout, order.design.size())?;
    let manifest = subject.path("manifest.csv");
    let mut run = Run::begin(store, &subject.batch, &imposition, &manifest)?;
    let mut files = Vec::new();
    let printed = write_sheets(
        &subject.job(&imposition),
        &Fonts::new(FontFiles::BUNDLED)?,
        &mut run,
        |number| {
            let file = Partial::create(&subject.volume_path(number))?;
            let writer = file.writer();
            files.push(file);
            writer
        },
        progress,
    )
    .map_err(|error| PressError::Sheets(Box::new(error)))?;

    let (codes, all) = run.finish()?;
    let printing =
        Printing { layout: order.layout.name.clone(), design: order.design.name.clone() };
    if !store.write(|register| sheets::put(register, order.batch, &printing, &all))? {
        let Printing { layout, design } = printing;
        return Err(PressError::OtherSheets { batch: subject.name, layout, design });
    }
    codes.finish()?;
    files.into_iter().try_for_each(Partial::finish)?;
    subject.wrap_up(&imposition, manifest, printed)
}

/// Writes part of a printing again, with the pages that it had before; returns the file and what
/// is in it.
///
/// # Errors
/// [`PressError`]; then there is no such file.
pub fn print_again(
    store: &Store,
    order: &PrintOrder,
    part: &Part,
    progress: impl FnMut(u64),
) -> Result<(PathBuf, Volume), PressError> {
    let subject = Subject::load(store, order)?;
    let imposition = Imposition::new(&order.layout, order.design.size())?;
    let mut job = subject.job(&imposition);
    let path = match part {
        Part::Volume(number) => subject.volume_path(*number),
        Part::Sheets(sheets) => {
            job.only = Some(sheets.clone());
            job.split = Split { sheets: u32::MAX, stamps: None, bytes: None };
            subject.path(&format!("to-{}-{}.pdf", sheets.start(), sheets.end()))
        }
    };
    let wanted = if let Part::Volume(number) = part { *number } else { 1 };
    let faces = Codes::of(store, &subject.batch).map(|code| {
        let (serial, signature) = code?;
        Ok(face(&subject.batch, serial, &signature))
    });
    let file = Partial::create(&path)?;
    let open = |number: u32| -> io::Result<BufWriter<Box<dyn Write + Send>>> {
        let out: Box<dyn Write + Send> =
            if number == wanted { Box::new(file.writer()?) } else { Box::new(io::sink()) };
        Ok(BufWriter::new(out))
    };
    let fonts = Fonts::new(FontFiles::BUNDLED)?;
    let printed = write_sheets(&job, &fonts, faces, open, progress)
        .map_err(|error| PressError::Sheets(Box::new(error)))?;
    let count = printed.volumes.len();
    let volume = printed.volumes.into_iter().find(|volume| volume.number == wanted);
    let volume = volume.ok_or(PressError::NoVolume(count, wanted))?;
    file.finish()?;
    Ok((path, volume))
}

/// A batch about to be printed, with what the register says of it.
struct Subject<'a> {
    order: &'a PrintOrder,
    batch: Batch,
    paper: Option<NewRecognition>,
    name: String,
}

impl<'a> Subject<'a> {
    fn load(store: &Store, order: &'a PrintOrder) -> Result<Self, PressError> {
        let name = text::batch(order.batch);
        let batch = store.read(|register| batches::get(register, order.batch))?;
        let batch = batch.filter(|batch| batch.issued_at.is_some());
        let batch = batch.ok_or_else(|| PressError::NoBatch(name.clone()))?;
        let intent = &batch.intent;
        let all = store.read(|register| recognitions::of_product(register, intent.product))?;
        let recognition = all.into_iter().find(|it| it.id == intent.recognition);
        Ok(Self { order, paper: recognition.map(|it| it.paper), batch, name })
    }

    /// A file of the printing.
    fn path(&self, what: &str) -> PathBuf {
        let (layout, design) = (&self.order.layout.name, &self.order.design.name);
        self.order.out.join(&self.name).join(format!("{}-{layout}-{design}-{what}", self.name))
    }

    fn volume_path(&self, number: u32) -> PathBuf {
        self.path(&format!("{number:03}.pdf"))
    }

    fn label(&self) -> Label<'_> {
        let face = &self.batch.intent.face;
        let paper = self.paper.as_ref();
        Label {
            batch: &self.name,
            product_name: &face.product_name,
            producer_name: &face.producer_name,
            stars: face.stars.get(),
            decision: paper.map_or("", |paper| &paper.decision_number),
            // As on the paper: what the office changed later is for the scan to tell.
            valid_until: paper.map(|paper| paper.ends_on),
            commune: "",
            lot: self.order.lot.as_deref().unwrap_or_default(),
        }
    }

    fn job<'b>(&'b self, imposition: &'b Imposition) -> Job<'b> {
        Job {
            label: self.label(),
            total: self.batch.intent.quantity.get().into(),
            level: self.order.level,
            imposition,
            design: &self.order.design,
            intent: self.order.intent.as_ref().map(Intent::view),
            split: self.order.split,
            only: None,
            issued_on: vietnam_day(self.batch.prepared_at),
        }
    }

    /// Writes what goes with the volumes.
    fn wrap_up(
        self,
        imposition: &Imposition,
        manifest: PathBuf,
        printed: Printed,
    ) -> Result<PrintFiles, PressError> {
        let names: Vec<String> = printed
            .volumes
            .iter()
            .map(|volume| file_name(&self.volume_path(volume.number)))
            .collect();
        let about = (self.name.as_str(), file_name(&manifest));
        let json = manifest::json(
            self.order,
            &self.batch,
            imposition,
            &printed,
            (about.0, &about.1, &names),
        )?;
        let summary = self.path("manifest.json");
        files::write(&summary, &json)?;
        let ticket = self.path("phieu-giao-in.pdf");
        let files: Vec<(String, Volume)> =
            names.into_iter().zip(printed.volumes.iter().cloned()).collect();
        files::write(&ticket, &self.ticket(imposition, &printed, &files)?)?;
        let sheets = imposition.sheets_for(self.batch.intent.quantity.get().into());
        let volumes = printed
            .volumes
            .into_iter()
            .map(|volume| (self.volume_path(volume.number), volume))
            .collect();
        Ok(PrintFiles { volumes, manifest, summary, ticket, sheets, warnings: printed.warnings })
    }

    fn ticket(
        &self,
        imposition: &Imposition,
        printed: &Printed,
        files: &[(String, Volume)],
    ) -> Result<Vec<u8>, PaperError> {
        let face = &self.batch.intent.face;
        JobTicket {
            office: &self.order.office,
            batch: &self.name,
            order: &self.batch.intent.order.to_string(),
            product_name: &face.product_name,
            producer_name: &face.producer_name,
            stars: face.stars.get(),
            imposition,
            design: &self.order.design,
            module: (printed.module, printed.module_mm),
            issued_on: vietnam_day(self.batch.prepared_at),
            files,
        }
        .compose(PaperFonts::BUNDLED)
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
