//! Data and symbols for a shop that merges them with its own artwork: archives of a CSV file and a
//! file for each symbol.

mod parts;

use std::io::{Seek, Write};
use std::num::NonZeroU32;
use std::path::PathBuf;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::parts::{Row, Sample};
use super::PressError;
use super::notes::Note;
use super::other::Handover;
use super::proofread::{Proof, Proofreader};
use super::subject::Subject;
use crate::domain::serial::Serial;
use crate::files::Partial;
use crate::printing::{Face, Job, SheetError, SheetFault, SymbolFiles, qr};
use crate::store::Store;
use crate::vietnamese;

/// Most rows of a part: as many as merge servers take (Konica Minolta, Dispatcher Phoenix, node VDP).
pub const ROWS_PER_PART: NonZeroU32 = NonZeroU32::MIN.saturating_add(74_999);
/// Most files of a folder: file managers grow slow with more.
const FILES_PER_FOLDER: u64 = 1_000;

/// The file of the rows.
const TABLE: &str = "stamps.csv";
/// The columns.
const COLUMNS: [&str; 15] = [
    "position",
    "sheet",
    "cell",
    "serial",
    "serial_text",
    "url",
    "symbol",
    "batch",
    "product",
    "producer",
    "stars",
    "decision",
    "valid_until",
    "commune",
    "lot",
];

/// A byte order mark, by which some programs know UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// How data is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vdp {
    /// What symbols are written as.
    pub symbols: SymbolForm,
    /// Whether tables begin with a byte order mark.
    pub mark: bool,
    /// Most rows of a part.
    pub rows: NonZeroU32,
}

impl Default for Vdp {
    fn default() -> Self {
        Self { symbols: SymbolForm::default(), mark: false, rows: ROWS_PER_PART }
    }
}

/// What symbols are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SymbolForm {
    /// PDF: an image mask in 100 % K.
    #[default]
    Pdf,
    /// SVG, which knows no black but that of screens.
    Svg,
}

impl SymbolForm {
    fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Svg => "svg",
        }
    }
}

/// Writes the parts of a job.
pub(super) fn write(
    store: &Store,
    subject: &Subject<'_>,
    job: &Job<'_>,
    options: Vdp,
    mut progress: impl FnMut(u64),
) -> Result<Handover, PressError> {
    let symbols = SymbolFiles::new(job.design, job.imposition);
    check(job)?;
    let mut stamps = (1_u64..).zip(subject.coded(store)).filter(|(position, _)| {
        let sheet = job.imposition.placement(*position, job.total).sheet;
        job.only.as_ref().is_none_or(|only| only.contains(&sheet))
    });
    let proofreader = Proofreader::new(store, subject, job.imposition);
    let mut handover = Handover::default();
    let mut files = Vec::new();
    let most = usize::try_from(options.rows.get()).unwrap_or(usize::MAX);
    loop {
        let mut part = stamps.by_ref().take(most).peekable();
        if part.peek().is_none() {
            break;
        }
        let path = path(subject, job, files.len() + 1);
        let file = Partial::create(&path)?;
        let mut archive = Archive::new(file.writer()?, options, job, &symbols)?;
        for (position, stamp) in part {
            let (serial, face) = stamp?;
            archive.put(position, serial, &face)?;
            handover.stamps += 1;
            progress(handover.stamps);
        }
        let sample = archive.finish()?;
        let volume = u32::try_from(files.len() + 1).unwrap_or(u32::MAX);
        parts::proofread(&proofreader, Proof { file: &file, volume }, &sample)?;
        handover.files.push(path);
        files.push(file);
    }
    if !files.is_empty() {
        subject.record_design(store)?;
    }
    files.into_iter().try_for_each(Partial::finish)?;
    Ok(handover)
}

/// Whether the sheets that are asked for are there.
fn check(job: &Job<'_>) -> Result<(), PressError> {
    let sheets = job.imposition.sheets_for(job.total);
    match &job.only {
        Some(only) if *only.end() > sheets => {
            let (first, last) = (*only.start(), *only.end());
            let fault = SheetFault::NoSuchSheets { sheets, first, last };
            Err(PressError::Sheets(Box::new(SheetError::Fault(fault))))
        }
        _ => Ok(()),
    }
}

fn path(subject: &Subject<'_>, job: &Job<'_>, number: usize) -> PathBuf {
    match &job.only {
        None => subject.path(&format!("vdp-{number:03}.zip")),
        Some(only) => {
            let (first, last) = (only.start(), only.end());
            subject.path(&format!("vdp-to-{first}-{last}-{number:03}.zip"))
        }
    }
}

/// One part on its way out.
struct Archive<'a, W: Write + Seek> {
    zip: ZipWriter<W>,
    options: Vdp,
    job: &'a Job<'a>,
    symbols: &'a SymbolFiles,
    /// The table, which is written last: an archive has one file open at a time.
    table: csv::Writer<Vec<u8>>,
    rows: u64,
    sample: Sample,
}

impl<'a, W: Write + Seek> Archive<'a, W> {
    fn new(
        out: W,
        options: Vdp,
        job: &'a Job<'a>,
        symbols: &'a SymbolFiles,
    ) -> Result<Self, PressError> {
        let head = if options.mark { MARK.to_vec() } else { Vec::new() };
        // Lines end as RFC 4180 has it.
        let mut table =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(head);
        table.write_record(COLUMNS)?;
        Ok(Self {
            zip: ZipWriter::new(out),
            options,
            job,
            symbols,
            table,
            rows: 0,
            sample: Sample::default(),
        })
    }

    fn put(&mut self, position: u64, serial: Serial, face: &Face) -> Result<(), PressError> {
        let symbol = qr::encode(&face.text, self.job.level)
            .map_err(|source| PressError::Symbol { serial: face.serial.clone(), source })?;
        let bytes = match self.options.symbols {
            SymbolForm::Pdf => self.symbols.pdf(&symbol)?,
            SymbolForm::Svg => self.symbols.svg(&symbol).into_bytes(),
        };
        // By position: codes do not stand in the names of files.
        let folder = self.rows / FILES_PER_FOLDER + 1;
        let name = format!("symbols/{folder:03}/{position:08}.{}", self.options.symbols.ending());
        self.file(&name, &bytes)?;
        self.rows += 1;
        let place = self.job.imposition.placement(position, self.job.total);
        let note = Note { sheet: place.sheet, cell: place.cell, serial };
        self.sample.pass(self.rows, Row { position, note, symbol: name.clone() });
        let label = &self.job.label;
        let cells = [
            position.to_string(),
            place.sheet.to_string(),
            place.cell.to_string(),
            face.serial.replace('-', ""),
            face.serial.clone(),
            face.text.clone(),
            name,
            label.batch.to_owned(),
            label.product_name.to_owned(),
            label.producer_name.to_owned(),
            label.stars.to_string(),
            label.decision.to_owned(),
            label.valid_until.map(vietnamese::date).unwrap_or_default(),
            label.commune.to_owned(),
            label.lot.to_owned(),
        ];
        self.table.write_record(cells.iter().map(|cell| inert(cell)))?;
        Ok(())
    }

    /// Closes the archive; returns the rows that are to be read back.
    fn finish(mut self) -> Result<Sample, PressError> {
        let table = std::mem::replace(&mut self.table, csv::Writer::from_writer(Vec::new()));
        let table = table.into_inner().map_err(csv::IntoInnerError::into_error)?;
        self.file(TABLE, &table)?;
        self.zip.finish()?.flush()?;
        Ok(self.sample)
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), PressError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            // Of no day, so that the same batch gives the same bytes.
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
fn inert(cell: &str) -> String {
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0'];
    if cell.starts_with(formula) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_made_inert() {
        for cell in ["=1+1", "+84", "-1", "@x", "\t=1", "\r=1", "＝1"] {
            assert_eq!(inert(cell), format!("'{cell}"));
        }
        for cell in ["Chè xanh", "1147/QĐ-UBND", "https://A.VN/=1", ""] {
            assert_eq!(inert(cell), cell);
        }
    }
}
