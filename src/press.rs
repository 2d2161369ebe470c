//! A batch → the files a print shop gets: PDF volumes, manifests and a job ticket.
//!
//! Codes are read, printed and forgotten page by page, so a million take no more memory than a
//! thousand. The same batch gives the same bytes on any day and from either database.

pub mod approved;
pub mod facts;
pub mod fitting;
mod intent;
pub mod library;
mod manifest;
mod notes;
mod other;
mod pictures;
mod proofread;
pub mod roll;
mod run;
mod settings;
mod subject;
mod vdp;

use std::io::{self, BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

pub use self::approved::{ApprovedDesign, UnprintableDesign};
pub use self::intent::{Intent, IntentError};
use self::manifest::FileFacts;
use self::notes::Notes;
pub use self::other::{Form, Handover, hand_over};
pub use self::proofread::Misprint;
use self::proofread::Proofreader;
use self::run::Run;
pub use self::settings::{PrintOrderError, PrintSettings};
use self::subject::Subject;
pub use self::vdp::{ROWS_PER_PART, SymbolForm, Vdp};
use crate::domain::calendar::vietnam_day;
use crate::domain::design::Misfit;
use crate::domain::host::HostError;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::files::{self, Partial};
use crate::fonts::Unprintable;
use crate::papers::job_ticket::JobTicket;
use crate::papers::{PaperError, PaperFonts};
use crate::plates::{FileError, RenderError};
use crate::preview::PreviewError;
use crate::printing::{
    ErrorCorrection, FontError, FontFiles, Fonts, Imposition, LabelError, Layout, LayoutError,
    LeftOut, Printed, QrError, SheetError, Split, Volume, Warning, write_sheets,
};
use crate::store::{Store, StoreError};

/// The manifest of a printing, among its files. Written last.
pub const SUMMARY: &str = "manifest.json";

/// A file of a printing: `folder/BATCH/BATCH-LAYOUT-DESIGN-WHAT`.
#[must_use]
pub fn file_path(folder: &Path, batch: &str, printing: &Printing, what: &str) -> PathBuf {
    let Printing { layout, design } = printing;
    folder.join(batch).join(format!("{batch}-{layout}-{design}-{what}"))
}

/// How a batch is to be printed.
#[derive(Clone, Debug)]
pub struct PrintOrder {
    /// The batch.
    pub batch: BatchNumber,
    /// How stamps lie on a sheet.
    pub layout: Layout,
    /// What they look like.
    pub design: ApprovedDesign,
    /// Error correction of the symbols.
    pub level: ErrorCorrection,
    /// The conditions of the press; none for files that need none.
    pub intent: Option<Intent>,
    /// When a file is full.
    pub split: Split,
    /// The producer's lot, where the stamps are printed for one.
    pub lot: Option<String>,
    /// Plates that are not printed.
    pub without: LeftOut,
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
    /// The batch was issued with a host that is none: nobody could scan its stamps.
    #[error("batch {batch} was issued for a host that is none, and must be replaced: {source}")]
    Host {
        /// The batch.
        batch: String,
        /// Why it is none.
        source: HostError,
    },
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
    /// No font prints the lot.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The design may not be printed.
    #[error(transparent)]
    Design(#[from] UnprintableDesign),
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
    /// The labels could not be made.
    #[error(transparent)]
    Labels(Box<LabelError<PressError>>),
    /// A stamp has no symbol.
    #[error("stamp {serial} has no symbol")]
    Symbol {
        /// The stamp.
        serial: String,
        /// Why not.
        #[source]
        source: QrError,
    },
    /// A symbol in a finished file does not say what it should. No file was put in its place.
    #[error(transparent)]
    Misprint(Box<Misprint>),
    /// A finished file cannot be read. No file was put in its place.
    #[error("{file} is not handed out: it cannot be read back; print again")]
    Unreadable {
        /// The file's name.
        file: String,
        /// Why not.
        #[source]
        source: PreviewError,
    },
    /// A plate could not be painted.
    #[error(transparent)]
    Plate(#[from] RenderError),
    /// A picture could not be written.
    #[error(transparent)]
    Picture(#[from] FileError),
    /// An archive could not be written.
    #[error("an archive could not be written")]
    Archive(#[from] zip::result::ZipError),
    /// A file could not be written.
    #[error("a file could not be written")]
    File(#[from] io::Error),
}

impl PressError {
    /// What of the product the design cannot carry, where that is why.
    #[must_use]
    pub fn misfit(&self) -> Option<Misfit> {
        match self {
            Self::Sheets(error) => fitting::misfit_of_sheets(error),
            Self::Labels(error) => match &**error {
                LabelError::Sheets(error) => fitting::misfit_of_sheets(error),
                _ => None,
            },
            _ => None,
        }
    }
}

impl From<SheetError<Self>> for PressError {
    fn from(error: SheetError<Self>) -> Self {
        Self::Sheets(Box::new(error))
    }
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
    let imposition = Imposition::new(&order.layout, order.design.design().size())?;
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
    )?;

    let (codes, sheets, notes) = run.finish()?;
    let proofreader = Proofreader::new(store, &subject, &imposition);
    proofreader.pdf(files.iter().zip(&printed.volumes), &notes)?;
    subject.record(store, &sheets)?;
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
    subject.is_part(store)?;
    let imposition = Imposition::new(&order.layout, order.design.design().size())?;
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
    let mut notes = Notes::new(&imposition, job.total);
    let faces = subject.faces(store, &mut notes);
    let file = Partial::create(&path)?;
    let open = |number: u32| -> io::Result<BufWriter<Box<dyn Write + Send>>> {
        let out: Box<dyn Write + Send> =
            if number == wanted { Box::new(file.writer()?) } else { Box::new(io::sink()) };
        Ok(BufWriter::new(out))
    };
    let fonts = Fonts::new(FontFiles::BUNDLED)?;
    let printed = write_sheets(&job, &fonts, faces, open, progress)?;
    let count = printed.volumes.len();
    let volume = printed.volumes.into_iter().find(|volume| volume.number == wanted);
    let volume = volume.ok_or(PressError::NoVolume(count, wanted))?;
    Proofreader::new(store, &subject, &imposition).pdf([(&file, &volume)], &notes)?;
    subject.record_design(store)?;
    file.finish()?;
    Ok((path, volume))
}

impl Subject<'_> {
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
        let ticket = self.path("phieu-giao-in.pdf");
        let files: Vec<(String, Volume)> =
            names.iter().cloned().zip(printed.volumes.iter().cloned()).collect();
        files::write(&ticket, &self.ticket(imposition, &printed, &files)?)?;
        let beside = [FileFacts::of(&manifest)?, FileFacts::of(&ticket)?];
        let about = (self.name.as_str(), &self.batch);
        let json = manifest::json(self.order, about, imposition, &printed, (&names, &beside))?;
        // Last, so that where it is, all are.
        let summary = self.path(SUMMARY);
        files::write(&summary, &json)?;
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
        JobTicket {
            office: &self.order.office,
            label: self.facts.label(),
            order: &self.batch.intent.order.to_string(),
            without: &self.order.without,
            imposition,
            design: self.order.design.design(),
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
