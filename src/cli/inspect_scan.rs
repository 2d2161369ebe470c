//! `ocop inspect-scan`.

mod roll;
mod spoil;
mod tell;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::error::CliError;
use super::{Session, sheet};
use crate::app::App;
use crate::domain::design::DesignRef;
use crate::domain::serial::{BatchNumber, Serial};
use crate::files;
use crate::inspection::{BYTES_MAX, PictureError, Reading, Report, Scan};
use crate::press::approved::in_register;
use crate::press::library::Library;
use crate::printing::Imposition;

use self::roll::Roll;

/// Options of `inspect-scan`.
#[derive(Args, Debug)]
pub(super) struct InspectScanArgs {
    /// Scans or photos, one a sheet; a TIFF may have a page for each
    #[arg(required = true, value_name = "IMAGE")]
    images: Vec<PathBuf>,
    /// The batch the sheets should be of [default: that of most codes read]
    #[arg(long, value_name = "BATCH")]
    batch: Option<String>,
    /// The sheet it should be [default: that of most codes read]
    #[arg(long, value_name = "N")]
    sheet: Option<u32>,
    /// Layout the sheets were printed in [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// Design of their stamps [default: sheets.design of the settings]
    #[arg(long, value_name = "NAME")]
    design: Option<String>,
    /// Take what should be on the sheets from this manifest, without the register
    #[arg(long, value_name = "FILE", conflicts_with = "spoil")]
    manifest: Option<PathBuf>,
    /// Write what is not right to a CSV file: sheet,cell,serial,state
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Report unreadable and blank stamps as spoiled, where a picture shows its whole sheet
    #[arg(long, requires = "reason")]
    spoil: bool,
    /// Why they are spoiled, for the audit trail
    #[arg(long, value_name = "TEXT", requires = "spoil", value_parser = crate::cli::kept)]
    reason: Option<String>,
}

/// A sheet that was looked at.
struct Looked<'a> {
    image: &'a Path,
    /// The page of the file, from 1, and how many it has.
    page: (usize, usize),
    batch: BatchNumber,
    sheet: u32,
    imposition: &'a Imposition,
    report: Report,
}

pub(super) fn run(session: &Session, args: &InspectScanArgs) -> Result<(), CliError> {
    let desk = Desk::open(session, args)?;
    let mut looked = Vec::new();
    for image in &args.images {
        looked.extend(desk.look(image, args)?);
    }
    if let Some(file) = &args.out {
        files::write(file, tell::list(&looked).as_bytes())?;
    }
    let marked = match (&desk.app, &args.reason) {
        (Some(app), Some(reason)) if args.spoil => {
            Some(spoil::spoil(app, &looked, reason, session.act(app))?)
        }
        _ => None,
    };
    let marked = marked.as_ref();
    session.output.tell(&tell::facts(&looked, marked), || tell::tell(&looked, marked));
    if looked.iter().all(|it| it.report.is_right()) {
        Ok(())
    } else {
        Err(CliError::AnsweredRefused)
    }
}

/// Where it is known what should be on a sheet.
struct Desk {
    app: Option<App>,
    manifest: Option<Roll>,
    batch: Option<BatchNumber>,
    imposition: Imposition,
}

impl Desk {
    fn open(session: &Session, args: &InspectScanArgs) -> Result<Self, CliError> {
        let manifest = args.manifest.as_deref().map(Roll::of_manifest).transpose()?;
        let app = if manifest.is_some() { None } else { Some(session.app()?) };
        let config = match &app {
            Some(app) => app.config.clone(),
            None => session.config(&[])?,
        };
        let library = Library::in_folder(&config.data.dir);
        let layout = args.layout.as_deref().unwrap_or(&config.sheets.layout);
        let design = args.design.as_deref().unwrap_or(&config.sheets.design);
        let wanted = DesignRef::parse(design);
        let printed = app.as_ref().map(|app| in_register(&app.store, &wanted)).transpose()?;
        let design = printed.flatten().map_or_else(|| library.design(&wanted.name), Ok)?;
        let imposition = Imposition::new(&library.layout(layout)?, design.size());
        let imposition = imposition.map_err(CliError::refused)?;
        let batch = args.batch.as_deref().map(sheet::batch).transpose()?;
        Ok(Self { app, manifest, batch, imposition })
    }

    /// Looks at every page of a file.
    fn look<'a>(
        &'a self,
        image: &'a Path,
        args: &InspectScanArgs,
    ) -> Result<Vec<Looked<'a>>, CliError> {
        let named = |what: String| format!("{}: {what}", image.display());
        let failed = |error| CliError::failed(named(format!("{error}")));
        let length = fs::metadata(image).map_err(failed)?.len();
        if usize::try_from(length).is_ok_and(|length| length > BYTES_MAX) {
            let what = format!("the file has {length} bytes; at most {BYTES_MAX} are read");
            return Err(CliError::refused(named(what)));
        }
        let bytes = fs::read(image).map_err(failed)?;
        let mut looked = Vec::new();
        let read = Scan::each(&bytes, |scan, page| {
            looked.push(self.look_at(&scan, (image, page), args)?);
            Ok(())
        });
        read.map_err(|error| match error {
            PageError::Picture(error) => CliError::refused(named(told(&error))),
            PageError::Cli(error) => error,
        })?;
        Ok(looked)
    }

    fn look_at<'a>(
        &'a self,
        scan: &Scan,
        (image, page): (&'a Path, (usize, usize)),
        args: &InspectScanArgs,
    ) -> Result<Looked<'a>, CliError> {
        let serials: Vec<Serial> = scan.readings().filter_map(Reading::serial).collect();
        let unknown = || {
            CliError::refused(format!(
                "{}: no code of a stamp can be read: scan again at 300 dpi, or name --batch and \
                 --sheet",
                page_name(image, page)
            ))
        };
        let batch = self.batch.or_else(|| roll::most(serials.iter().map(|it| it.batch())));
        let batch = batch.ok_or_else(unknown)?;
        let roll = self.roll(batch)?;
        let sheet = args.sheet.or_else(|| roll.sheet_of(&serials)).ok_or_else(unknown)?;
        let expected = roll.expected(batch, sheet, &self.imposition)?;
        let report = scan.inspect(&expected);
        Ok(Looked { image, page, batch, sheet, imposition: &self.imposition, report })
    }

    fn roll(&self, batch: BatchNumber) -> Result<Roll, CliError> {
        match (&self.manifest, &self.app) {
            (Some(manifest), _) => Ok(manifest.clone()),
            (None, Some(app)) => Roll::of_batch(app, batch, &self.imposition),
            (None, None) => Ok(Roll::default()),
        }
    }
}

/// A file, and the page of it where it has several.
fn page_name(image: &Path, (page, pages): (usize, usize)) -> String {
    match pages {
        1 => image.display().to_string(),
        _ => format!("{}, page {page} of {pages}", image.display()),
    }
}

/// Why a page was not looked at.
enum PageError {
    Picture(PictureError),
    Cli(CliError),
}

impl From<PictureError> for PageError {
    fn from(error: PictureError) -> Self {
        Self::Picture(error)
    }
}

impl From<CliError> for PageError {
    fn from(error: CliError) -> Self {
        Self::Cli(error)
    }
}

/// An error with what led to it.
fn told(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), |cause| format!("{error} ({cause})"))
}
