//! `ocop destruction`.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::error::CliError;
use super::product::day;
use super::stamp::{Trial, attempted, say_preview, with_preview};
use super::{Session, kept, sheet};
use crate::accounting::destroying;
use crate::app::App;
use crate::code::text;
use crate::domain::destruction::{Destruction, DestructionMinutes, DestructionMove};
use crate::domain::ids::DestructionId;
use crate::store::destructions;
use crate::vietnamese::number;

/// Commands of `destruction`. One person records, another one confirms: `--by NAME`.
#[derive(Debug, Subcommand)]
pub(super) enum DestructionCommand {
    /// Record that what is to be destroyed of a batch was, for somebody else to confirm
    Record(RecordArgs),
    /// List what was recorded of a batch
    List {
        /// The batch: the first four symbols of its serials
        batch: String,
    },
    /// Confirm a destruction: its stamps are destroyed. By somebody who did not record it
    Confirm {
        /// Number of the destruction
        id: i64,
        #[command(flatten)]
        trial: Trial,
    },
    /// Refuse a destruction, with a reason. By somebody who did not record it
    Refuse(WhyArgs),
    /// Withdraw a destruction that you recorded, with a reason
    Withdraw(WhyArgs),
}

/// Options of `destruction record`.
#[derive(Args, Debug)]
pub(super) struct RecordArgs {
    /// The batch: the first four symbols of its serials
    batch: String,
    /// Number of the minutes
    #[arg(long, value_name = "NUMBER", value_parser = kept)]
    minutes: String,
    /// The day (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    on: String,
    /// Stamps by the minutes: as many as are to be destroyed
    #[arg(long, value_name = "N", conflicts_with = "all", required_unless_present = "all")]
    count: Option<u64>,
    /// All that are to be destroyed
    #[arg(long)]
    all: bool,
    /// Where
    #[arg(long, value_name = "TEXT", value_parser = kept)]
    place: String,
    /// Who saw it: names and offices
    #[arg(long, value_name = "TEXT", value_parser = kept)]
    witnesses: String,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = kept)]
    reason: String,
    #[command(flatten)]
    trial: Trial,
}

/// Options of what needs a reason.
#[derive(Args, Debug)]
pub(super) struct WhyArgs {
    /// Number of the destruction
    id: i64,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = crate::cli::kept)]
    reason: String,
    #[command(flatten)]
    trial: Trial,
}

pub(super) fn run(session: &Session, command: DestructionCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        DestructionCommand::Record(args) => record(session, &app, args),
        DestructionCommand::List { batch } => list(session, &app, &batch),
        DestructionCommand::Confirm { id, trial } => {
            let args = WhyArgs { id, reason: String::new(), trial };
            decide(session, &app, &args, DestructionMove::Confirm)
        }
        DestructionCommand::Refuse(args) => decide(session, &app, &args, DestructionMove::Refuse),
        DestructionCommand::Withdraw(args) => {
            decide(session, &app, &args, DestructionMove::Withdraw)
        }
    }
}

fn record(session: &Session, app: &App, args: RecordArgs) -> Result<(), CliError> {
    let batch = sheet::batch(&args.batch)?;
    let minutes = DestructionMinutes {
        number: args.minutes,
        destroyed_on: day(&args.on)?,
        place: args.place,
        witnesses: args.witnesses,
        reason: args.reason,
    };
    let (preview, act) = (args.trial.preview, session.act(app));
    let made = attempted(app, preview, |store| match args.count {
        Some(count) => destroying::record_counted(store, batch, &minutes, count, act),
        None => destroying::record(store, batch, &minutes, act),
    })?;
    tell(session, &made, preview);
    Ok(())
}

fn decide(
    session: &Session,
    app: &App,
    args: &WhyArgs,
    step: DestructionMove,
) -> Result<(), CliError> {
    let act = match step {
        DestructionMove::Confirm | DestructionMove::Refuse => session.act_of_somebody(app)?,
        DestructionMove::Withdraw => session.act(app),
    };
    let (id, preview) = (DestructionId(args.id), args.trial.preview);
    let decided =
        attempted(app, preview, |store| destroying::decide(store, id, step, &args.reason, act))?;
    tell(session, &decided, preview);
    Ok(())
}

fn list(session: &Session, app: &App, batch: &str) -> Result<(), CliError> {
    let batch = sheet::batch(batch)?;
    let found = app.store.read(|register| destructions::of_batch(register, batch))?;
    let all: Vec<Value> = found.iter().map(facts).collect();
    session.output.tell(&json!({ "destructions": all }), || found.iter().for_each(line));
    Ok(())
}

fn tell(session: &Session, one: &Destruction, preview: bool) {
    session.output.tell(&with_preview(facts(one), preview), || {
        say_preview(preview);
        line(one);
    });
}

fn facts(one: &Destruction) -> Value {
    json!({
        "id": one.id.0,
        "batch": text::batch(one.batch),
        "minutes": one.minutes.number,
        "destroyed_on": one.minutes.destroyed_on,
        "stamps": one.stamps(),
        "state": one.state.key(),
        "recorded_by": one.done.by,
        "decided_by": one.decided.as_ref().map(|(done, _)| &done.by),
    })
}

fn line(one: &Destruction) {
    let (id, state, minutes) = (one.id, one.state.key(), &one.minutes.number);
    let (batch, stamps) = (text::batch(one.batch), number(one.stamps()));
    println!("destruction {id}: {state}, minutes {minutes}, {stamps} stamps of batch {batch}");
}
