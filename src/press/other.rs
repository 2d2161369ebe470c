//! Other outputs than PDF, for shops that have no front end for it.

use std::io;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use super::notes::Notes;
use super::pictures::{self, Picture};
use super::proofread::Proofreader;
use super::run::Run;
use super::subject::Subject;
use super::vdp::{self, Vdp};
use super::{PressError, PrintOrder};
use crate::files::Partial;
use crate::plates::{self, RenderError, Screen};
use crate::printing::{FontFiles, Fonts, Imposition, Job, Roll, Split, Warning, write_labels};
use crate::store::Store;

/// What a shop gets instead of PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// ZPL for label printers.
    Zpl,
    /// One-bit TIFF plates.
    Tiff,
    /// One-bit PNG plates.
    Png,
    /// Data and symbols for the shop's own merge.
    Vdp(Vdp),
}

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct Handover {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// Every code with its place, where whole sheets of ours were written.
    pub manifest: Option<PathBuf>,
    /// Stamps in the files.
    pub stamps: u64,
    /// What to look at before printing.
    pub warnings: Vec<Warning>,
}

/// Writes a batch in another form; `only` some of its sheets, or all of them. The sheets are
/// recorded as with PDF when all are written, but for data that the shop lays out itself.
///
/// # Errors
/// [`PressError`]. Each file appears under its name only when it is whole.
pub fn hand_over(
    store: &Store,
    order: &PrintOrder,
    form: Form,
    only: Option<RangeInclusive<u64>>,
    progress: impl FnMut(u64),
) -> Result<Handover, PressError> {
    let subject = Subject::load(store, order)?;
    if only.is_some() {
        subject.is_part(store)?;
    }
    let imposition = Imposition::new(&order.layout, order.design.design().size())?;
    let job = Job { only, ..subject.job(&imposition) };
    match form {
        Form::Zpl => labels(store, &subject, &job, progress),
        Form::Tiff => pictures::write(store, &subject, &job, Picture::Tiff, progress),
        Form::Png => pictures::write(store, &subject, &job, Picture::Png, progress),
        Form::Vdp(options) => vdp::write(store, &subject, &job, options, progress),
    }
}

/// Writes the manifest and records the sheets; of part of a job records the design alone.
pub(super) fn record(
    store: &Store,
    subject: &Subject<'_>,
    job: &Job<'_>,
) -> Result<Option<PathBuf>, PressError> {
    if job.only.is_some() {
        subject.record_design(store)?;
        return Ok(None);
    }
    let path = subject.path("manifest.csv");
    let mut run = Run::begin(store, &subject.batch, job.imposition, &path)?;
    run.by_ref().try_for_each(|face| face.map(drop))?;
    let (manifest, sheets, _noted) = run.finish()?;
    subject.record(store, &sheets)?;
    manifest.finish()?;
    Ok(Some(path))
}

fn labels(
    store: &Store,
    subject: &Subject<'_>,
    job: &Job<'_>,
    progress: impl FnMut(u64),
) -> Result<Handover, PressError> {
    let job = match &job.only {
        None => job.clone(),
        Some(_) => Job { split: Split { sheets: u32::MAX, ..Split::default() }, ..job.clone() },
    };
    let path = |number: u32| match &job.only {
        None => subject.path(&format!("{number:03}.zpl")),
        Some(sheets) => subject.path(&format!("to-{}-{}.zpl", sheets.start(), sheets.end())),
    };
    let grid = job.imposition.grid();
    let mut files: Vec<Partial> = Vec::new();
    let open = |number| -> io::Result<_> {
        let file = Partial::create(&path(number))?;
        let writer = file.writer();
        files.push(file);
        writer
    };
    let picture =
        |pdf: &[u8]| -> Result<_, RenderError> { plates::render(pdf, grid, Screen::Dispersed) };
    let fonts = Fonts::new(FontFiles::BUNDLED)?;
    let roll = Roll { open, picture, progress };
    let mut notes = Notes::new(job.imposition, job.total);
    let printed = write_labels(&job, &fonts, subject.faces(store, &mut notes), roll)
        .map_err(|error| PressError::Labels(Box::new(error)))?;
    let proofreader = Proofreader::new(store, subject, job.imposition);
    proofreader.labels(files.iter().zip(&printed.volumes), &notes)?;
    let manifest = record(store, subject, &job)?;
    files.into_iter().try_for_each(Partial::finish)?;
    let stamps = printed.volumes.iter().map(|volume| volume.stamps).sum();
    let files = printed.volumes.iter().map(|volume| path(volume.number)).collect();
    Ok(Handover { files, manifest, stamps, warnings: printed.warnings })
}
