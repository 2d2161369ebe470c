//! Sheets of a batch, streamed into volumes.
//!
//! Pages are made on all cores a bounded number at a time and written in order, so memory does
//! not grow with the job and the bytes do not depend on the number of threads.

pub mod label;
mod marks;
mod page;
pub mod separation;
mod slug;
mod source;
mod volume;
mod words;

use std::io::{self, Write};
use std::ops::RangeInclusive;

use thiserror::Error;

pub(super) use self::page::Purpose;
use self::page::{Page, Plan};
use self::source::Source;
use self::volume::Shelf;
use super::design::{Design, DesignError, Guard, Label};
use super::imposition::Imposition;
use super::pdf::declaration::OutputIntent;
use super::pdf::font::{FontError, Fonts};
use super::plate::LeftOut;
use super::qr::{ErrorCorrection, QrError};
use crate::domain::calendar::Day;

/// Sheets in a file, unless a job says otherwise: about 21,000 stamps and 7 MB on A4.
pub const SHEETS_PER_VOLUME: u32 = 500;

/// What is printed on one stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The serial number as people read it: `AB12-CD34-EF56`.
    pub serial: String,
    /// The text of the QR symbol.
    pub text: String,
}

/// When a file is full: the first limit counts. Every file has one sheet at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Most sheets.
    pub sheets: u32,
    /// Most stamps.
    pub stamps: Option<u64>,
    /// Most bytes.
    pub bytes: Option<u64>,
}

impl Default for Split {
    fn default() -> Self {
        Self { sheets: SHEETS_PER_VOLUME, stamps: None, bytes: None }
    }
}

/// One batch to be printed.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// What is the same on every stamp.
    pub label: Label<'a>,
    /// Stamps in the batch.
    pub total: u64,
    /// Error correction of the symbols.
    pub level: ErrorCorrection,
    /// How stamps lie on the sheets.
    pub imposition: &'a Imposition,
    /// What they look like.
    pub design: &'a Design,
    /// The conditions they are printed in, where the standard asks for them.
    pub intent: Option<OutputIntent<'a>>,
    /// Plates of spot colours that are not printed.
    pub without: LeftOut,
    /// When a file is full.
    pub split: Split,
    /// Only these sheets, from 1; all without it.
    pub only: Option<RangeInclusive<u64>>,
    /// When the batch was issued: the date of the files.
    pub issued_on: Day,
}

/// One file that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// Its number, from 1.
    pub number: u32,
    /// Its first sheet, from 1 over the whole job.
    pub first_sheet: u64,
    /// Its last sheet.
    pub last_sheet: u64,
    /// Serial number of its first stamp.
    pub first_serial: String,
    /// Serial number of its last stamp.
    pub last_serial: String,
    /// Stamps in it.
    pub stamps: u64,
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 of the file in lower-case hexadecimal.
    pub sha256: String,
}

/// Something a person should know before the job goes to the press.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Warning {
    /// The design does not keep to what it should.
    #[error(transparent)]
    Design(#[from] Guard),
    /// The modules of some symbols are small for phones.
    #[error("modules of {module_mm:.2} mm are hard to read for phones")]
    SmallModules {
        /// The smallest in the job.
        module_mm: f64,
    },
}

/// Why a job cannot be drawn.
#[derive(Debug, Error)]
pub enum SheetFault {
    /// The design cannot be used.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// A font cannot be used for the texts around the stamps.
    #[error("the texts around the stamps cannot be set")]
    Font(#[from] FontError),
    /// The standard asks for an output intent.
    #[error("files of {0} need an output intent: choose one, or the standard \"gray\"")]
    NoIntent(&'static str),
    /// The artwork is a page of its own inks.
    #[error(
        "the artwork of design {0} is a PDF page, which cannot be separated into plates here: \
         hand over the PDF sheets, or give the artwork as SVG"
    )]
    WholeArt(String),
    /// There are no such sheets.
    #[error("there are {sheets} sheets, and none from {first} to {last}")]
    NoSuchSheets {
        /// Sheets of the job.
        sheets: u64,
        /// First sheet asked for.
        first: u64,
        /// Last sheet asked for.
        last: u64,
    },
}

/// A job that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The files, in order.
    pub volumes: Vec<Volume>,
    /// What to look at.
    pub warnings: Vec<Warning>,
    /// The smallest module of the symbols, in dots of the layout.
    pub module: i32,
    /// The same in millimetres.
    pub module_mm: f64,
}

/// Why a job was not written to its end. Files written so far are incomplete.
#[derive(Debug, Error)]
pub enum SheetError<E> {
    /// The codes could not be had.
    #[error("the codes of the batch could not be read")]
    Faces(#[source] E),
    /// There were more or fewer codes than the job said.
    #[error("the batch has {expected} stamps, but {found} codes came")]
    Count {
        /// As the job said.
        expected: u64,
        /// As they came; counting stops when there are too many.
        found: u64,
    },
    /// A code does not fit a symbol.
    #[error("stamp {serial} has no symbol")]
    Symbol {
        /// The stamp.
        serial: String,
        /// Why not.
        #[source]
        source: QrError,
    },
    /// The job cannot be drawn.
    #[error(transparent)]
    Fault(#[from] SheetFault),
    /// A file could not be written.
    #[error("a file of sheets could not be written")]
    Write(#[from] io::Error),
}

/// Writes all sheets of a job.
///
/// `faces` gives the stamps in order; `open` the output of each volume, by its number from 1;
/// `progress` hears how many stamps are written.
///
/// # Errors
/// See [`SheetError`].
pub fn write_sheets<W, E>(
    job: &Job<'_>,
    fonts: &Fonts<'_>,
    faces: impl Iterator<Item = Result<Face, E>>,
    open: impl FnMut(u32) -> io::Result<W>,
    progress: impl FnMut(u64),
) -> Result<Printed, SheetError<E>>
where
    W: Write,
{
    write(job, fonts, Purpose::Press, faces, open, progress)
}

/// Writes all sheets of a job for a purpose. What is no press sheet has no codes of the office's
/// on it: see [`proof`](super::proof).
pub(super) fn write<W, E>(
    job: &Job<'_>,
    fonts: &Fonts<'_>,
    purpose: Purpose,
    faces: impl Iterator<Item = Result<Face, E>>,
    open: impl FnMut(u32) -> io::Result<W>,
    mut progress: impl FnMut(u64),
) -> Result<Printed, SheetError<E>>
where
    W: Write,
{
    let plan = checked(job, fonts, purpose)?;
    let mut shelf = Shelf::new(&plan, open);
    let mut source = Source::new(job, faces);
    let mut chunk = source.next_chunk()?;
    while !chunk.is_empty() {
        let mut pages = Vec::new();
        // The next codes are read while these are made into pages.
        let next = rayon::in_place_scope(|scope| {
            scope.spawn(|_| pages = plan.pages(&chunk));
            source.next_chunk()
        });
        for ((sheet, _), page) in chunk.iter().zip(pages) {
            let page: Page =
                page.map_err(|(serial, source)| SheetError::Symbol { serial, source })?;
            progress(shelf.put(*sheet, page)?);
        }
        chunk = next?;
    }
    source.check()?;
    let (volumes, smallest_module) = shelf.finish()?;
    let warnings = plan.warnings(smallest_module);
    let module_mm = job.imposition.grid().mm(smallest_module);
    Ok(Printed { volumes, warnings, module: smallest_module, module_mm })
}

/// The plan of a job that can be drawn.
fn checked<'a>(
    job: &'a Job<'a>,
    fonts: &'a Fonts<'a>,
    purpose: Purpose,
) -> Result<Plan<'a>, SheetFault> {
    let standard = job.imposition.layout.press.standard;
    if standard.has_intent() && job.intent.is_none() {
        return Err(SheetFault::NoIntent(standard.title()));
    }
    check_sheets(job)?;
    Plan::new(job, fonts, purpose)
}

/// Whether the sheets that are asked for are there.
fn check_sheets(job: &Job<'_>) -> Result<(), SheetFault> {
    if let Some(only) = &job.only {
        let sheets = job.imposition.sheets_for(job.total);
        if only.is_empty() || *only.start() == 0 || *only.end() > sheets {
            let (first, last) = (*only.start(), *only.end());
            return Err(SheetFault::NoSuchSheets { sheets, first, last });
        }
    }
    Ok(())
}
