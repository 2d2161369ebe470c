//! `ocop sheet`.

mod links;
mod told;

use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use self::links::SheetCommand;
use self::told::{
    design_facts, facts, handover_facts, tell, tell_handover, tell_volume, volume_facts,
};
use super::error::CliError;
use super::{Session, progress};
use crate::app::App;
use crate::code::text;
use crate::domain::calendar::vietnam_day;
use crate::domain::design::DesignRef;
use crate::domain::paper::OFFICE;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::press::library::Library;
use crate::press::{
    self, Form, Part, PrintFiles, PrintOrder, PrintSettings, ROWS_PER_PART, SymbolForm, Vdp,
};
use crate::printing::{ErrorCorrection, Layout, Split, Standard};
use crate::shipping::Parcel;
use crate::store::batches;

/// Options of `sheet`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct SheetArgs {
    #[command(subcommand)]
    command: Option<SheetCommand>,
    /// The batch: the first four symbols of its serials
    #[arg(required = true)]
    batch: Option<String>,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    output: Output,
    /// Folder to write to; the batch gets a folder of its own in it [default: sheets/ of the data
    /// folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write only this volume again: the same file as before
    #[arg(long, value_name = "N", conflicts_with = "sheets")]
    volume: Option<u32>,
    /// Write all files also as one ZIP beside them
    #[arg(long, conflicts_with_all = ["volume", "sheets"])]
    zip: bool,
    /// Write only these sheets again, in a file of their own: `17` or `17-19`
    #[arg(long, value_name = "N-M", value_parser = sheets)]
    sheets: Option<RangeInclusive<u64>>,
}

/// What is written.
#[derive(Args, Clone, Copy, Debug)]
struct Output {
    /// What the print shop gets
    #[arg(long = "as", value_name = "FORM", value_enum, default_value_t = As::Pdf)]
    form: As,
    /// With `--as vdp`: symbols as PDF, in 100 % K, or as SVG, which knows no K
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Symbols::Pdf)]
    symbols: Symbols,
    /// With `--as vdp`: begin the table with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// With `--as vdp`: most stamps of an archive
    #[arg(long, value_name = "N", default_value_t = ROWS_PER_PART, value_parser = rows)]
    rows: NonZeroU32,
}

/// Forms of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum As {
    /// PDF sheets with manifest and job ticket
    Pdf,
    /// ZPL for label printers of 203, 300 or 600 dpi, on a roll layout such as cuon-nhiet-203
    Zpl,
    /// One-bit TIFF: a file for each plate of each sheet, at the dots of the layout
    Tiff,
    /// The same as PNG
    Png,
    /// For the shop's own data merge: archives of a CSV table and a file for each symbol
    Vdp,
}

/// Files of symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Symbols {
    Pdf,
    Svg,
}

impl Output {
    /// The form, unless it is PDF.
    fn other(self) -> Option<Form> {
        let symbols = match self.symbols {
            Symbols::Pdf => SymbolForm::Pdf,
            Symbols::Svg => SymbolForm::Svg,
        };
        match self.form {
            As::Pdf => None,
            As::Zpl => Some(Form::Zpl),
            As::Tiff => Some(Form::Tiff),
            As::Png => Some(Form::Png),
            As::Vdp => Some(Form::Vdp(Vdp { symbols, mark: self.bom, rows: self.rows })),
        }
    }
}

/// How stamps are printed.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct How {
    /// Layout of the sheets: a name or a TOML file [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// Design of the stamps: the name of an approved one, or NAME@VERSION [default: sheets.design of
    /// the settings]
    #[arg(long, value_name = "NAME")]
    design: Option<String>,
    /// Kind of file: x4, x1a, vt1 or gray [default: the layout's]
    #[arg(long, value_name = "KIND", value_parser = standard)]
    standard: Option<Standard>,
    /// Output intent: coated, uncoated or an ICC file [default: the layout's]
    #[arg(long, value_name = "PROFILE")]
    intent: Option<String>,
    /// Name of the die line's spot colour [default: the layout's]
    #[arg(long, value_name = "NAME")]
    die_line: Option<String>,
    /// The producer's lot, where stamps are printed for one
    #[arg(long, value_name = "CODE")]
    lot: Option<String>,
    /// Leave out a plate: varnish, white, or the name of a spot colour or of the die line; several with
    /// commas, or said several times
    #[arg(long, value_name = "PLATE", value_delimiter = ',')]
    without: Vec<String>,
}

pub(super) fn run(session: &Session, args: SheetArgs) -> Result<(), CliError> {
    let app = session.app()?;
    if let Some(command) = &args.command {
        return links::run(session, &app, command);
    }
    let name = args.batch.unwrap_or_default();
    let order = order(&app, batch(&name)?, &args.how, args.out)?;
    if let Some(form) = args.output.other() {
        if args.volume.is_some() || args.zip {
            let why = "--volume and --zip are for PDF: choose --sheets for a part of another form";
            return Err(CliError::refused(why));
        }
        return hand_over(session, &app, &order, form, args.sheets);
    }
    let part = match (args.volume, args.sheets) {
        (Some(number), _) => Some(Part::Volume(number)),
        (None, sheets) => sheets.map(Part::Sheets),
    };
    if let Some(part) = part {
        return print_again(session, &app, &name, &order, &part);
    }
    let files = print(&app, &order)?;
    let archive = if args.zip { Some(archive(&order)?) } else { None };
    let answer = facts(&order, &files, archive.as_deref());
    session.output.tell(&answer, || tell(&files, archive.as_deref()));
    Ok(())
}

fn print_again(
    session: &Session,
    app: &App,
    name: &str,
    order: &PrintOrder,
    part: &Part,
) -> Result<(), CliError> {
    let bar = bar(app, order.batch)?;
    let (path, volume) =
        press::print_again(&app.store, order, part, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    let answer = json!({
        "batch": name,
        "design": design_facts(order),
        "volumes": [volume_facts(&path, &volume)],
    });
    session.output.tell(&answer, || tell_volume(&path, &volume));
    Ok(())
}

/// Writes all files of a printing as one ZIP.
fn archive(order: &PrintOrder) -> Result<PathBuf, CliError> {
    let design = order.design.design().name.clone();
    let layout = order.layout.name.clone();
    let printing = Printing { layout, design };
    let parcel = Parcel::read(&order.out, &text::batch(order.batch), &printing)?;
    Ok(parcel.save_archive()?)
}

/// Where the sheets of batches are unless an option says otherwise.
pub(super) fn folder(app: &App) -> PathBuf {
    app.config.data.dir.join("sheets")
}

/// Reads a batch's name.
pub(super) fn batch(name: &str) -> Result<BatchNumber, CliError> {
    text::read_batch(name).map_err(|_misread| {
        CliError::refused(format!(
            "“{name}” is no batch: write the first four symbols of its serials, such as 0001"
        ))
    })
}

/// How batches are printed by the settings.
pub(super) fn settings(app: &App) -> Result<PrintSettings, CliError> {
    let settings = &app.config.sheets;
    Ok(PrintSettings {
        library: Library::in_folder(&app.config.data.dir),
        layout: settings.layout.clone(),
        design: settings.design.clone(),
        level: level(&settings.error_correction)?,
        split: Split {
            sheets: settings.sheets_per_volume,
            stamps: settings.stamps_per_volume,
            bytes: settings.bytes_per_volume,
        },
        folder: folder(app),
        office: OFFICE.into(),
    })
}

/// How a batch is to be printed, by the settings where the options do not say.
pub(super) fn order(
    app: &App,
    batch: BatchNumber,
    how: &How,
    out: Option<PathBuf>,
) -> Result<PrintOrder, CliError> {
    let settings = settings(app)?;
    let layout = layout(&settings, how)?;
    let design = DesignRef::parse(how.design.as_deref().unwrap_or(&settings.design));
    let today = vietnam_day(app.clock.now());
    let order = settings.order(&app.store, batch, layout, (&design, &how.without), today)?;
    Ok(PrintOrder { lot: how.lot.clone(), out: out.unwrap_or(settings.folder), ..order })
}

/// The layout, with what the options change of it.
fn layout(settings: &PrintSettings, how: &How) -> Result<Layout, CliError> {
    let name = how.layout.as_deref().unwrap_or(&settings.layout);
    let mut layout = settings.library.layout(name)?;
    if let Some(standard) = how.standard {
        layout.press.standard = standard;
    }
    if let Some(intent) = &how.intent {
        layout.press.intent.clone_from(intent);
    }
    if let Some(name) = &how.die_line {
        layout.die.name.clone_from(name);
    }
    Ok(layout)
}

/// The printing that sheets belong to unless an option names another. Sheets are counted for all
/// versions of a design.
pub(super) fn printing(app: &App, layout: Option<&str>, design: Option<&str>) -> Printing {
    let settings = &app.config.sheets;
    let name = |given: Option<&str>, setting: &str| given.unwrap_or(setting).to_owned();
    let design = DesignRef::parse(&name(design, &settings.design)).name;
    Printing { layout: name(layout, &settings.layout), design }
}

/// Writes the files of a batch, with a progress bar.
pub(super) fn print(app: &App, order: &PrintOrder) -> Result<PrintFiles, CliError> {
    let bar = bar(app, order.batch)?;
    let files = press::print(&app.store, order, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    Ok(files)
}

fn bar(app: &App, batch: BatchNumber) -> Result<indicatif::ProgressBar, CliError> {
    let stored = app.store.read(|register| batches::get(register, batch))?;
    Ok(progress::bar("sheets", stored.map_or(0, |it| it.intent.quantity.get().into())))
}

fn rows(text: &str) -> Result<NonZeroU32, String> {
    let read = text.parse().ok().filter(|rows| *rows <= ROWS_PER_PART);
    read.ok_or_else(|| format!("use 1 to {ROWS_PER_PART}"))
}

/// Reads `17` or `17-19`.
fn sheets(text: &str) -> Result<RangeInclusive<u64>, String> {
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let number = |digits: &str| digits.trim().parse::<u64>().or(Err("use 17 or 17-19"));
    let (first, last) = (number(first)?, number(last)?);
    if first == 0 || last < first {
        return Err("sheets are counted from 1, the smaller number first".into());
    }
    Ok(first..=last)
}

fn standard(key: &str) -> Result<Standard, String> {
    Standard::from_key(key).ok_or_else(|| {
        let known: Vec<&str> = Standard::ALL.iter().map(|standard| standard.key()).collect();
        format!("use {}", known.join(", "))
    })
}

pub(super) fn level(name: &str) -> Result<ErrorCorrection, CliError> {
    match name {
        "L" => Ok(ErrorCorrection::L),
        "M" => Ok(ErrorCorrection::M),
        "Q" => Ok(ErrorCorrection::Q),
        "H" => Ok(ErrorCorrection::H),
        _ => Err(CliError::refused(format!("“{name}” is no error correction: use L, M, Q or H"))),
    }
}

/// Writes a batch in another form than PDF.
fn hand_over(
    session: &Session,
    app: &App,
    order: &PrintOrder,
    form: Form,
    sheets: Option<RangeInclusive<u64>>,
) -> Result<(), CliError> {
    let bar = bar(app, order.batch)?;
    let done = |done| bar.set_position(done);
    let handover = press::hand_over(&app.store, order, form, sheets, done)?;
    bar.finish_and_clear();
    session.output.tell(&handover_facts(order, &handover), || tell_handover(order, &handover));
    Ok(())
}
