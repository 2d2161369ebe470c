//! `ocop layout`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::error::CliError;
use super::{Session, picture};
use crate::clock::{Clock, SystemClock};
use crate::domain::calendar::{Day, vietnam_day};
use crate::files;
use crate::press::Intent;
use crate::press::library::Library;
use crate::printing::layout::{Kind, Pile, Run};
use crate::printing::{
    Design, FontFiles, Fonts, Imposition, Layout, StampSize, dimensions, test_sheet,
};

/// Resolution of pictures of drawings.
const DRAWING_DPI: u32 = 150;

/// What to do with layouts.
#[derive(Debug, Subcommand)]
pub(super) enum LayoutCommand {
    /// List the layouts: the office's own and those that come with the program
    List,
    /// Check a layout, say what it does, and draw it with its dimensions
    Check(CheckArgs),
    /// Write a test sheet, from which a shop reads the settings of its press
    TestSheet(TestSheetArgs),
}

/// Options of `layout check`.
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    /// A name, or a TOML file
    layout: String,
    /// Design of the stamps: a name or a folder [default: the paper's labels, or sheets.design of
    /// the settings]
    #[arg(long, value_name = "NAME")]
    design: Option<String>,
    /// Drawing with dimensions and the order of the codes: a .pdf, .png or .svg file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Options of `layout test-sheet`.
#[derive(Args, Debug)]
pub(super) struct TestSheetArgs {
    /// A name, or a TOML file
    layout: String,
    /// The PDF file [default: NAME-phieu-in-thu.pdf]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(session: &Session, command: &LayoutCommand) -> Result<(), CliError> {
    match command {
        LayoutCommand::List => list(session),
        LayoutCommand::Check(args) => check(session, args),
        LayoutCommand::TestSheet(args) => write_test_sheet(session, args),
    }
}

fn list(session: &Session) -> Result<(), CliError> {
    let library = library(session)?;
    let own = library.own_layouts();
    let shipped = Layout::shipped().into_iter().map(str::to_owned);
    let shipped = shipped.filter(|name| !own.contains(name)).map(|name| (name, false));
    let names: Vec<(String, bool)> =
        own.iter().map(|name| (name.clone(), true)).chain(shipped).collect();
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (name, own) in names {
        // One that is wrong is listed with what is wrong.
        let layout = library.layout(&name).map_err(|error| error.to_string());
        let mark = if own { "*" } else { " " };
        lines.push(match &layout {
            Ok(layout) => {
                let (width, height) = layout.page_mm;
                format!("{mark} {name:<16} {width:>4} × {height:<4} mm  {}", layout.title)
            }
            Err(why) => format!("{mark} {name:<16} {why}"),
        });
        rows.push(match layout {
            Ok(layout) => json!({
                "name": name, "own": own, "title": layout.title, "page_mm": layout.page_mm,
                "kind": kind(&layout), "standard": layout.press.standard.key(),
                "dpi": layout.dots().dpi(),
            }),
            Err(why) => json!({ "name": name, "own": own, "fault": why }),
        });
    }
    session.output.tell(&json!({ "layouts": rows }), || {
        for line in &lines {
            println!("{line}");
        }
    });
    Ok(())
}

fn check(session: &Session, args: &CheckArgs) -> Result<(), CliError> {
    let config = session.config(&[])?;
    let library = Library::in_folder(&config.data.dir);
    let layout = library.layout(&args.layout)?;
    let design = match (&args.design, layout.grid) {
        (None, Some(_)) => None,
        (named, _) => Some(library.design(named.as_deref().unwrap_or(&config.sheets.design))?),
    };
    let imposition =
        Imposition::new(&layout, size(&layout, design.as_ref())).map_err(CliError::refused)?;
    // An intent that cannot be used shows now and not at the press.
    intent(&layout)?;
    let fonts = fonts()?;
    let pdf = dimensions::draw(&imposition, design.as_ref(), &fonts, today())?;
    if let Some(out) = &args.out {
        picture::save(out, &pdf, DRAWING_DPI)?;
    }
    let answer = facts(&imposition, design.as_ref(), args.out.as_ref());
    session.output.tell(&answer, || {
        for (name, text) in dimensions::facts(&imposition) {
            println!("{name:<14} {text}");
        }
        if let Some(out) = &args.out {
            println!("{}", out.display());
        }
    });
    Ok(())
}

/// The stamps of a design, or else the labels that the paper has.
fn size(layout: &Layout, design: Option<&Design>) -> StampSize {
    let labels = layout.grid.map_or((0.0, 0.0), |grid| grid.label_mm);
    let labels = StampSize { width_mm: labels.0, height_mm: labels.1, bleed_mm: 0.0 };
    design.map_or(labels, Design::size)
}

fn facts(imposition: &Imposition, design: Option<&Design>, out: Option<&PathBuf>) -> Value {
    let layout = &imposition.layout;
    let order = layout.order;
    json!({
        "layout": layout.name,
        "title": layout.title,
        "kind": kind(layout),
        "page_mm": layout.page_mm,
        "design": design.map(|design| &design.name),
        "stamp_mm": [imposition.stamp.width_mm, imposition.stamp.height_mm],
        "columns": imposition.columns(),
        "rows": imposition.rows(),
        "stamps_per_sheet": imposition.cells(),
        "order": {
            "by": match order.by { Run::Row => "row", Run::Column => "column" },
            "reversed": order.reversed,
            "pile": match order.pile {
                Pile::Sheet => "sheet", Pile::Lane => "lane", Pile::Cell => "cell",
            },
            "depth": (order.pile != Pile::Sheet).then_some(order.depth),
        },
        "standard": layout.press.standard.key(),
        "dpi": layout.dots().dpi(),
        "out": out,
    })
}

fn kind(layout: &Layout) -> &'static str {
    match layout.kind {
        Kind::Sheet => "sheet",
        Kind::Roll => "roll",
    }
}

fn write_test_sheet(session: &Session, args: &TestSheetArgs) -> Result<(), CliError> {
    let layout = library(session)?.layout(&args.layout)?;
    let intent = intent(&layout)?;
    let view = intent.as_ref().map(Intent::view);
    let pdf = test_sheet::write(&layout, view, &fonts()?, today())?;
    let usual = || PathBuf::from(format!("{}-phieu-in-thu.pdf", layout.name));
    let out = args.out.clone().unwrap_or_else(usual);
    files::write(&out, &pdf)?;
    let answer = json!({ "layout": layout.name, "out": out, "bytes": pdf.len() });
    session.output.tell(&answer, || println!("{}", out.display()));
    Ok(())
}

/// Layouts and designs, without a register.
pub(super) fn library(session: &Session) -> Result<Library, CliError> {
    Ok(Library::in_folder(&session.config(&[])?.data.dir))
}

/// The output intent of a layout, where its standard has one.
pub(super) fn intent(layout: &Layout) -> Result<Option<Intent>, CliError> {
    let wanted = layout.press.standard.has_intent();
    let intent = wanted.then(|| Intent::named(&layout.press.intent)).transpose();
    intent.map_err(CliError::refused)
}

/// The fonts of the program.
pub(super) fn fonts() -> Result<Fonts<'static>, CliError> {
    Fonts::new(FontFiles::BUNDLED).map_err(CliError::failed)
}

/// The day on which a proof is made.
pub(super) fn today() -> Day {
    vietnam_day(SystemClock.now())
}
