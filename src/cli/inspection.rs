//! `ocop inspection`.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Session;
use super::error::CliError;
use super::product::day;
use crate::app::App;
use crate::code::{text, uri};
use crate::domain::calendar::vietnam_day;
use crate::domain::inspection::{Finding, FindingKind, Inspection, NewInspection};
use crate::domain::role::Organisation;
use crate::domain::serial::Serial;
use crate::register::inspections;
use crate::store::inspection_list::{InspectionColumn, InspectionFilter};
use crate::store::listing::{Listing, Sort, Viewer};

/// Inspections listed at most.
const LISTED_MAX: i64 = 50;

/// Commands of `inspection`.
#[derive(Debug, Subcommand)]
pub(super) enum InspectionCommand {
    /// List the latest inspections
    List {
        /// Words in who was inspected, where or by whom, accented or not
        words: Vec<String>,
    },
    /// Record an inspection, with what was found on stamps
    Add(Box<AddArgs>),
}

/// Options of `inspection add`.
#[derive(Args, Debug)]
pub(super) struct AddArgs {
    /// The day (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    on: String,
    /// The commune or ward
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    commune: String,
    /// Where in it
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    place: String,
    /// The producer or the shop, as it is called on the spot
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    inspected: String,
    /// Who inspected: names and offices
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    team: String,
    /// What was found, as KIND:SERIAL or KIND:SERIAL..SERIAL; may be given several times. Kinds:
    /// `in_order`, `not_activated`, `copied`, `other_product`, `damaged`, `other`
    #[arg(long, value_name = "FINDING")]
    finding: Vec<String>,
    /// Samples that were taken
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    samples: Option<String>,
    /// What the team asks for
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    requests: Option<String>,
    /// The day by which it is to be remedied (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    remedy_by: Option<String>,
    /// Your own key for this inspection: repeating it records no second one
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    key: String,
}

pub(super) fn run(session: &Session, command: InspectionCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        InspectionCommand::List { words } => list(session, &app, &words.join(" ")),
        InspectionCommand::Add(args) => add(session, &app, *args),
    }
}

fn list(session: &Session, app: &App, words: &str) -> Result<(), CliError> {
    let today = vietnam_day(app.clock.now());
    let viewer = Viewer { organisation: Organisation::Office, today };
    let filter = InspectionFilter { words: words.to_owned(), ..InspectionFilter::default() };
    let sort = Sort { column: InspectionColumn::Day, is_descending: true };
    let found = app.store.read(|it| filter.part(it, viewer, sort, (0, LISTED_MAX)))?;
    let all: Vec<Value> = found.iter().map(facts).collect();
    session.output.tell(&json!({ "inspections": all }), || found.iter().for_each(line));
    Ok(())
}

fn add(session: &Session, app: &App, args: AddArgs) -> Result<(), CliError> {
    let new = NewInspection {
        inspected_on: day(&args.on)?,
        commune: args.commune,
        place: args.place,
        inspected: args.inspected,
        team: args.team,
        findings: args.finding.iter().map(|text| finding(text)).collect::<Result<_, _>>()?,
        samples: args.samples,
        requests: args.requests,
        remedy_by: args.remedy_by.as_deref().map(day).transpose()?,
    };
    let made = inspections::record(&app.store, &new, &args.key, session.act(app))?;
    session.output.tell(&facts(&made), || line(&made));
    Ok(())
}

fn finding(said: &str) -> Result<Finding, CliError> {
    let wrong = || {
        CliError::refused(format!(
            "“{said}” is no finding: write KIND:SERIAL or KIND:SERIAL..SERIAL, as \
             copied:007S-00K8-SD0E"
        ))
    };
    let serial = |text: &str| -> Result<Serial, CliError> {
        uri::read(text.trim()).map(|read| read.serial).map_err(|_other| wrong())
    };
    let (kind, serials) = said.split_once(':').ok_or_else(wrong)?;
    let kind = FindingKind::from_key(kind).ok_or_else(wrong)?;
    let (first, last) = serials.split_once("..").unwrap_or((serials, serials));
    Ok(Finding { kind, first: serial(first)?, last: serial(last)?, note: None })
}

fn facts(inspection: &Inspection) -> Value {
    let details = &inspection.details;
    let finding = |it: &Finding| {
        json!({
            "kind": it.kind.key(),
            "first": text::serial_grouped(it.first),
            "last": text::serial_grouped(it.last),
        })
    };
    json!({
        "id": inspection.id.0,
        "inspected_on": details.inspected_on,
        "inspected": details.inspected,
        "commune": details.commune,
        "place": details.place,
        "findings": details.findings.iter().map(finding).collect::<Vec<_>>(),
        "remedy_by": details.remedy_by,
    })
}

fn line(inspection: &Inspection) {
    let (id, details) = (inspection.id, &inspection.details);
    let (day, found) = (details.inspected_on, details.findings.len());
    println!("inspection {id}: {day}, {}, {found} findings", details.inspected);
}
