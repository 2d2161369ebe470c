//! `ocop proof`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::error::CliError;
use super::{Session, picture, sheet};
use crate::desk::proofs::{self, OrderProofs};
use crate::domain::calendar::vietnam_day;
use crate::domain::design::DesignRef;
use crate::domain::ids::OrderId;
use crate::issuance::ordering::OrderError;
use crate::press::{PrintSettings, approved};
use crate::printing::Design;
use crate::store::{Store, orders};

/// Options of `proof`.
#[derive(Args, Debug)]
pub(super) struct ProofArgs {
    /// Number of the order
    #[arg(long, value_name = "ID")]
    order: i64,
    /// A design of the register, NAME or NAME@VERSION, approved or not, or a folder [default: the
    /// settings' one, or an approved one that can carry the product]
    #[arg(long, value_name = "NAME")]
    design: Option<String>,
    /// Layout of the sheets: a name or a TOML file [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// A .png, .svg or .pdf file [default: don-ID-DESIGN-ban-in-thu.png]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Resolution of a .png [default: 600, of a sheet 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=2400))]
    dpi: Option<u32>,
    /// A whole sheet instead of one stamp
    #[arg(long)]
    sheet: bool,
}

/// Draws a proof, and says which designs can carry the product. Exit code 3 where the one drawn cannot.
pub(super) fn run(session: &Session, args: &ProofArgs) -> Result<(), CliError> {
    let app = session.app()?;
    let id = OrderId(args.order);
    let order = app.store.read(|register| orders::get(register, id))?;
    let order = order.ok_or(OrderError::NoOrder(id))?;
    let settings = sheet::settings(&app);
    let today = vietnam_day(app.clock.now());
    let proofs = proofs::of_order(&app.store, &settings, &order, today)?;
    let design = chosen(&app.store, &settings, &proofs, args.design.as_deref())?;
    let layout = settings.library.layout(args.layout.as_deref().unwrap_or(&settings.layout))?;
    let proofed = proofs.draw(&design, &layout, args.sheet, today)?;
    let usual = || PathBuf::from(format!("don-{id}-{}-ban-in-thu.png", design.name));
    let out = args.out.clone().unwrap_or_else(usual);
    picture::save(&out, &proofed.pdf, args.dpi.unwrap_or(if args.sheet { 200 } else { 600 }))?;
    let misfit = proofs.misfit(&design).map(|misfit| misfit.to_string());
    let fitting: Vec<_> = proofs
        .designs
        .iter()
        .map(|it| {
            json!({
                "design": it.design.name,
                "version": it.design.data.version,
                "approved": it.is_approved,
                "obstacle": it.why_not.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    let notes: Vec<String> = proofed.warnings.iter().map(ToString::to_string).collect();
    let answer = json!({
        "order": id.0,
        "design": design.name,
        "layout": layout.name,
        "sheet": args.sheet,
        "out": out,
        "obstacle": misfit,
        "warnings": notes,
        "designs": fitting,
    });
    session.output.tell(&answer, || {
        println!("{}", out.display());
        for note in &notes {
            println!("note: {note}");
        }
        for it in &proofs.designs {
            let why = it.why_not.as_ref().map_or("can carry it".to_owned(), ToString::to_string);
            println!("{} v{}: {why}", it.design.name, it.design.data.version);
        }
    });
    if misfit.is_none() { Ok(()) } else { Err(CliError::AnsweredRefused) }
}

/// The design that is named: of the register, or a file; or else the first that suits.
fn chosen(
    store: &Store,
    settings: &PrintSettings,
    proofs: &OrderProofs,
    named: Option<&str>,
) -> Result<Design, CliError> {
    let Some(name) = named else {
        let first = proofs.first().map(|it| it.design.clone());
        return match first {
            Some(design) => Ok(design),
            None => Ok(settings.library.design(&settings.design)?),
        };
    };
    let registered = approved::in_register(store, &DesignRef::parse(name))?;
    match registered {
        Some(design) => Ok(design),
        None => Ok(settings.library.design(name)?),
    }
}
