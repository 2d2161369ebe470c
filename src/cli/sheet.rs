//! `ocop sheet`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::error::CliError;
use super::{Session, progress};
use crate::app::App;
use crate::code::text;
use crate::domain::serial::BatchNumber;
use crate::press::{self, PrintFiles, PrintOrder};
use crate::printing::{Design, ErrorCorrection, Layout};
use crate::store::batches;
use crate::vietnamese;

/// The office that gives the job, on tickets.
const OFFICE: &str = "Văn phòng Điều phối Chương trình xây dựng nông thôn mới thành phố Hà Nội";

/// Options of `sheet`.
#[derive(Args, Debug)]
pub(super) struct SheetArgs {
    /// The batch: the first four symbols of its serials
    batch: String,
    /// Layout of the sheet [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// Folder to write to; the batch gets a folder of its own in it [default: sheets/ of the data
    /// folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(session: &Session, args: SheetArgs) -> Result<(), CliError> {
    let app = session.app()?;
    let batch = batch(&args.batch)?;
    let files = print(&app, batch, args.layout.as_deref(), args.out)?;
    session.output.tell(&facts(&args.batch, &files), || tell(&files));
    Ok(())
}

/// Reads a batch's name.
pub(super) fn batch(name: &str) -> Result<BatchNumber, CliError> {
    text::read_batch(name)
        .map_err(|why| CliError::refused(format!("“{name}” is no batch of four symbols: {why}")))
}

/// Writes the files of a batch, with a progress bar.
pub(super) fn print(
    app: &App,
    batch: BatchNumber,
    layout: Option<&str>,
    out: Option<PathBuf>,
) -> Result<PrintFiles, CliError> {
    let settings = &app.config.sheets;
    let order = PrintOrder {
        batch,
        layout: self::layout(layout.unwrap_or(&settings.layout))?,
        design: Design::by_name(&settings.design).ok_or_else(|| {
            let (name, known) = (&settings.design, Design::NAMES.join(", "));
            CliError::refused(format!("there is no design “{name}”; there is {known}"))
        })?,
        level: level(&settings.error_correction)?,
        sheets_per_volume: settings.sheets_per_volume,
        out: out.unwrap_or_else(|| app.config.data.dir.join("sheets")),
        office: OFFICE.into(),
    };
    let stored = app.store.read(|register| batches::get(register, batch))?;
    let bar = progress::bar("sheets", stored.map_or(0, |it| it.intent.quantity.get().into()));
    let files = press::print(&app.store, &order, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    Ok(files)
}

/// A layout by its name.
pub(super) fn layout(name: &str) -> Result<Layout, CliError> {
    Layout::by_name(name).ok_or_else(|| {
        let known = Layout::NAMES.join(", ");
        CliError::refused(format!("there is no layout “{name}”; there is {known}"))
    })
}

fn level(name: &str) -> Result<ErrorCorrection, CliError> {
    match name {
        "L" => Ok(ErrorCorrection::L),
        "M" => Ok(ErrorCorrection::M),
        "Q" => Ok(ErrorCorrection::Q),
        "H" => Ok(ErrorCorrection::H),
        _ => Err(CliError::refused(format!("“{name}” is no error correction: use L, M, Q or H"))),
    }
}

fn facts(batch: &str, files: &PrintFiles) -> serde_json::Value {
    let volumes: Vec<_> = files
        .volumes
        .iter()
        .map(|(path, volume)| {
            json!({
                "path": path,
                "first_sheet": volume.first_sheet,
                "last_sheet": volume.last_sheet,
                "first_serial": volume.first_serial,
                "last_serial": volume.last_serial,
                "stamps": volume.stamps,
                "bytes": volume.bytes,
                "sha256": volume.sha256,
            })
        })
        .collect();
    json!({
        "batch": batch,
        "sheets": files.sheets,
        "volumes": volumes,
        "manifest": files.manifest,
        "ticket": files.ticket,
        "warnings": files.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn tell(files: &PrintFiles) {
    for (path, volume) in &files.volumes {
        let stamps = vietnamese::number(volume.stamps);
        let (first, last) = (volume.first_sheet, volume.last_sheet);
        println!("{}  sheets {first}–{last}, {stamps} stamps", path.display());
    }
    println!("{}\n{}", files.manifest.display(), files.ticket.display());
    for warning in &files.warnings {
        println!("note: {warning}");
    }
}
