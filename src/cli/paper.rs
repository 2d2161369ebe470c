//! `ocop paper`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::error::CliError;
use super::{Session, sheet};
use crate::app::App;
use crate::desk::Worker;
use crate::desk::papers::{self, Folder, Wanted};
use crate::domain::destruction::Destruction;
use crate::domain::ids::{InspectionId, OrderId, PaperId};
use crate::domain::paper::Paper;
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::files;
use crate::store::{destructions, hand_overs};

/// Commands of `paper`.
#[derive(Debug, Subcommand)]
pub(super) enum PaperCommand {
    /// List the papers of an order, a batch or an inspection, the latest first
    List(OfArgs),
    /// Make a paper, or find it where nothing on it has changed
    ///
    /// Of an order its slip, of an inspection its minutes, of a batch its account, or with
    /// --hand-over or --destruction the minutes of that number.
    Make {
        #[command(flatten)]
        of: OfArgs,
        /// Of a batch: the hand-over with minutes of this number
        #[arg(long, value_name = "MINUTES", requires = "batch", conflicts_with = "destruction")]
        hand_over: Option<String>,
        /// Of a batch: the destruction with minutes of this number
        #[arg(long, value_name = "MINUTES", requires = "batch")]
        destruction: Option<String>,
    },
    /// Save a paper as a PDF file
    Save {
        /// Number of the paper, from `ocop paper list`
        id: i64,
        #[command(flatten)]
        of: OfArgs,
        /// Where to [default: its number and symbol, here]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
}

/// What a paper belongs to.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct OfArgs {
    /// An order, by its number
    #[arg(long, value_name = "ID")]
    order: Option<i64>,
    /// A batch, by its name
    #[arg(long, value_name = "BATCH")]
    batch: Option<String>,
    /// An inspection, by its number
    #[arg(long, value_name = "ID")]
    inspection: Option<i64>,
}

pub(super) fn run(session: &Session, command: PaperCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        PaperCommand::List(of) => list(session, &app, &of),
        PaperCommand::Make { of, hand_over, destruction } => {
            let wanted = wanted(&app, &of, hand_over.as_deref(), destruction.as_deref())?;
            let paper = papers::make(&app.paperwork(), &worker(session, &app), wanted)?;
            session.output.tell(&facts(&paper), || line(&paper));
            Ok(())
        }
        PaperCommand::Save { id, of, to } => save(session, &app, &of, PaperId(id), to),
    }
}

fn list(session: &Session, app: &App, of: &OfArgs) -> Result<(), CliError> {
    let found = papers::list(&app.store, &worker(session, app), folder(of)?)?;
    let found = found.ok_or_else(nothing)?;
    let all: Vec<Value> = found.iter().map(facts).collect();
    session.output.tell(&json!({ "papers": all }), || found.iter().for_each(line));
    Ok(())
}

fn save(
    session: &Session,
    app: &App,
    of: &OfArgs,
    id: PaperId,
    to: Option<PathBuf>,
) -> Result<(), CliError> {
    let found = papers::file(&app.store, &worker(session, app), folder(of)?, id)?;
    let (paper, bytes) = found.ok_or_else(nothing)?;
    let path = to.unwrap_or_else(|| papers::file_name(&paper).into());
    files::write(&path, &bytes).map_err(CliError::failed)?;
    let file = path.display().to_string();
    session.output.tell(&json!({ "paper": facts(&paper), "file": file }), || println!("{file}"));
    Ok(())
}

/// Whoever runs commands is of the office.
fn worker(session: &Session, app: &App) -> Worker {
    let act = session.act(app);
    Worker { login: act.by.to_owned(), organisation: Organisation::Office, at: act.at }
}

fn folder(of: &OfArgs) -> Result<Folder, CliError> {
    let batch = of.batch.as_deref().map(sheet::batch).transpose()?.map(Folder::Batch);
    let order = of.order.map(|id| Folder::Order(OrderId(id)));
    let inspection = of.inspection.map(|id| Folder::Inspection(InspectionId(id)));
    batch.or(order).or(inspection).ok_or_else(nothing)
}

fn wanted(
    app: &App,
    of: &OfArgs,
    hand_over: Option<&str>,
    destruction: Option<&str>,
) -> Result<Wanted, CliError> {
    Ok(match (folder(of)?, hand_over, destruction) {
        (Folder::Order(id), ..) => Wanted::OrderSlip(id),
        (Folder::Inspection(id), ..) => Wanted::Inspection(id),
        (Folder::Batch(batch), Some(minutes), _) => of_hand_over(app, batch, minutes)?,
        (Folder::Batch(batch), None, Some(minutes)) => of_destruction(app, batch, minutes)?,
        (Folder::Batch(batch), None, None) => Wanted::Reconciliation(batch),
    })
}

fn of_hand_over(app: &App, batch: BatchNumber, minutes: &str) -> Result<Wanted, CliError> {
    let all = app.store.read(|register| hand_overs::of_batch(register, batch))?;
    let found = all.into_iter().find(|it| it.minutes == minutes).ok_or_else(nothing)?;
    Ok(Wanted::HandOver(batch, found.id))
}

fn of_destruction(app: &App, batch: BatchNumber, minutes: &str) -> Result<Wanted, CliError> {
    let all = app.store.read(|register| destructions::of_batch(register, batch))?;
    let mut confirmed = all.into_iter().filter(Destruction::is_confirmed);
    let found = confirmed.find(|it| it.minutes.number == minutes).ok_or_else(nothing)?;
    Ok(Wanted::Destruction(batch, found.id))
}

fn nothing() -> CliError {
    CliError::refused("there is nothing of that number: `ocop paper list` lists what was made")
}

fn facts(paper: &Paper) -> Value {
    json!({
        "id": paper.id.0,
        "kind": paper.kind.key(),
        "reference": paper.reference(),
        "day": paper.day,
        "stands": paper.stands,
    })
}

fn line(paper: &Paper) {
    let state = if paper.stands { "stands" } else { "replaced" };
    println!("paper {}: {}, {}, {state}", paper.id, paper.reference(), paper.day);
}
