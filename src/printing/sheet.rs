//! Sheets of a batch, streamed into volumes.
//!
//! Pages are made on all cores a bounded number at a time and written in order, so memory does
//! not grow with the job and the bytes do not depend on the number of threads.

mod marks;
mod page;
mod volume;

use std::io::{self, Write};

use thiserror::Error;

use self::page::{Page, Plan};
use self::volume::Shelf;
use super::design::Design;
use super::imposition::Layout;
use super::pdf::font::{FontError, Fonts};
use super::qr::{ErrorCorrection, QrError};
use crate::domain::calendar::Day;

/// Sheets in a file, unless a job says otherwise: about 21,000 stamps and 7 MB on A4.
pub const SHEETS_PER_VOLUME: u32 = 500;

/// Pages made at a time.
const CHUNK: usize = 32;

/// What is printed on one stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The serial number as people read it: `AB12-CD34-EF56`.
    pub serial: String,
    /// The text of the QR symbol.
    pub text: String,
}

/// One batch to be printed. Texts are composed Unicode (NFC).
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The batch as people call it: `AB12`.
    pub batch: &'a str,
    /// The product.
    pub product_name: &'a str,
    /// Who makes it.
    pub producer_name: &'a str,
    /// Stars of the product.
    pub stars: u8,
    /// Stamps in the batch.
    pub total: u64,
    /// Error correction of the symbols.
    pub level: ErrorCorrection,
    /// How stamps lie on the sheet.
    pub layout: &'a Layout,
    /// What they look like.
    pub design: Design,
    /// Sheets in one file; see [`SHEETS_PER_VOLUME`].
    pub sheets_per_volume: u32,
    /// When the batch was issued: the date of the files.
    pub issued_on: Day,
}

/// One file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A name does not fit the design and ends in an ellipsis.
    #[error("{name:?} does not fit the stamp and was shortened")]
    Shortened {
        /// The whole name.
        name: String,
    },
    /// The modules of some symbols are small for phones.
    #[error("modules of {module_mm:.2} mm are hard to read for phones")]
    SmallModules {
        /// The smallest in the job.
        module_mm: f64,
    },
}

/// A job that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The files, in order.
    pub volumes: Vec<Volume>,
    /// What to look at.
    pub warnings: Vec<Warning>,
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
    /// A font cannot be used for the texts of the job.
    #[error("the texts of the stamp cannot be set")]
    Font(#[from] FontError),
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
    mut progress: impl FnMut(u64),
) -> Result<Printed, SheetError<E>>
where
    W: Write,
{
    let plan = Plan::new(job, fonts)?;
    let mut shelf = Shelf::new(&plan, open);
    let mut source = Source { faces, cells: plan.cells(), expected: job.total, found: 0 };
    let mut chunk = source.next_chunk()?;
    let mut sheet = 1;
    while !chunk.is_empty() {
        let mut pages = Vec::new();
        // The next codes are read while these are made into pages.
        let next = rayon::in_place_scope(|scope| {
            scope.spawn(|_| pages = plan.pages(sheet, &chunk));
            source.next_chunk()
        });
        for page in pages {
            let page: Page =
                page.map_err(|(serial, source)| SheetError::Symbol { serial, source })?;
            sheet += 1;
            progress(shelf.put(page)?);
        }
        chunk = next?;
    }
    source.check()?;
    let (volumes, smallest_module_mm) = shelf.finish()?;
    Ok(Printed { volumes, warnings: plan.warnings(smallest_module_mm) })
}

/// The stamps, cut into sheets.
struct Source<I> {
    faces: I,
    cells: usize,
    expected: u64,
    found: u64,
}

impl<I, E> Source<I>
where
    I: Iterator<Item = Result<Face, E>>,
{
    /// The stamps of the next few sheets; none at the end.
    fn next_chunk(&mut self) -> Result<Vec<Vec<Face>>, SheetError<E>> {
        let mut sheets = Vec::with_capacity(CHUNK);
        while sheets.len() < CHUNK {
            let sheet = self.faces.by_ref().take(self.cells).collect::<Result<Vec<Face>, E>>();
            let sheet = sheet.map_err(SheetError::Faces)?;
            if sheet.is_empty() {
                break;
            }
            self.found += u64::try_from(sheet.len()).unwrap_or(u64::MAX);
            sheets.push(sheet);
        }
        if self.found > self.expected {
            self.check()?;
        }
        Ok(sheets)
    }

    fn check(&self) -> Result<(), SheetError<E>> {
        if self.found == self.expected {
            return Ok(());
        }
        Err(SheetError::Count { expected: self.expected, found: self.found })
    }
}
