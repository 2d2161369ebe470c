//! `ocop job`.

mod tell;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::error::CliError;
use super::product::day;
use super::stamp::Trial;
use super::{Session, kept, order, sheet, stamp};
use crate::accounting::{Moved, Said, Selection, StampError};
use crate::app::App;
use crate::delivery::{self, JobError, JobFile, Spoiled};
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ShopId;
use crate::domain::order::Quantity;
use crate::domain::print_job::{JobState, Minutes};
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::StampMove;
use crate::store::Store;
use crate::store::print_jobs::JobFilter;

/// Jobs listed at most.
const LISTED_MAX: i64 = 50;

/// Commands of `job`: a batch at a print shop, from assignment to the closed account. Repeating a
/// step changes nothing.
#[derive(Debug, Subcommand)]
pub(super) enum JobCommand {
    /// Give an issued batch to a print shop; to another, until the shop has fetched a file
    Assign(AssignArgs),
    /// The shop reports the batch printed, and what of it is spoiled
    Printed(PrintedArgs),
    /// The shop hands printed stamps over to the producer, on minutes
    HandOver(HandOverArgs),
    /// The producer confirms what was received
    Receive(ReceiveArgs),
    /// The shop asks to print spoiled stamps anew: an order for new codes, which must be approved
    Reprint(ReprintArgs),
    /// Close the account of a batch: nothing left in print, and every count agrees
    Close(CloseArgs),
    /// Show a job: shop, downloads, hand-overs, history
    Show {
        /// The batch: the first four symbols of its serials
        batch: String,
    },
    /// List jobs, newest batch first
    List(ListArgs),
}

/// Options of `job assign`.
#[derive(Args, Debug)]
pub(super) struct AssignArgs {
    /// The batch: the first four symbols of its serials
    batch: String,
    /// Number of the shop, from `ocop shop list`
    #[arg(long, value_name = "ID")]
    shop: i64,
    /// The day the stamps are wanted by (dd/mm/yyyy) [default: that of the order]
    #[arg(long, value_name = "DATE")]
    wanted_on: Option<String>,
    /// Why, for the audit trail
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = kept)]
    reason: String,
    #[command(flatten)]
    trial: Trial,
}

/// Options of `job printed`.
#[derive(Args, Debug)]
pub(super) struct PrintedArgs {
    /// The batch
    batch: String,
    /// Good stamps by the shop's count [default: the register's]
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// A spoiled stamp, or a range FIRST..LAST; may be given several times. All else is printed
    #[arg(long, value_name = "SERIAL", requires = "reason")]
    spoiled: Vec<String>,
    /// A spoiled sheet; may be given several times
    #[arg(long, value_name = "N", requires = "reason")]
    spoiled_sheet: Vec<u32>,
    /// Why they are spoiled
    #[arg(long, value_name = "TEXT", value_parser = kept)]
    reason: Option<String>,
    #[command(flatten)]
    printing: PrintingArgs,
    #[command(flatten)]
    trial: Trial,
}

/// How sheets were printed.
#[derive(Args, Debug)]
pub(super) struct PrintingArgs {
    /// Layout of the sheets [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// Design of their stamps [default: sheets.design of the settings]
    #[arg(long, value_name = "NAME")]
    design: Option<String>,
}

/// Options of `job hand-over`.
#[derive(Args, Debug)]
pub(super) struct HandOverArgs {
    /// The batch
    batch: String,
    /// Number of the minutes (biên bản bàn giao)
    #[arg(long, value_name = "NUMBER", value_parser = kept)]
    minutes: String,
    /// The day of the hand-over (dd/mm/yyyy) [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Stamps by the minutes [default: those that are moved]
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// All that are printed
    #[arg(long)]
    all: bool,
    /// A stamp, or a range FIRST..LAST
    #[arg(long, value_name = "SERIAL")]
    stamps: Option<String>,
    /// A sheet; may be given several times
    #[arg(long, value_name = "N")]
    sheet: Vec<u32>,
    /// Leave stamps that are not printed, and hand over the others
    #[arg(long)]
    as_many_as_possible: bool,
    #[command(flatten)]
    printing: PrintingArgs,
    #[command(flatten)]
    trial: Trial,
}

/// Options of `job receive`.
#[derive(Args, Debug)]
pub(super) struct ReceiveArgs {
    /// The batch
    batch: String,
    /// Number of the minutes
    #[arg(long, value_name = "NUMBER", value_parser = kept)]
    minutes: String,
    /// Stamps received
    #[arg(long, value_name = "N")]
    count: u64,
    /// Why it is another number than the minutes state
    #[arg(long, value_name = "TEXT", value_parser = kept)]
    reason: Option<String>,
    #[command(flatten)]
    trial: Trial,
}

/// Options of `job reprint`.
#[derive(Args, Debug)]
pub(super) struct ReprintArgs {
    /// The batch
    batch: String,
    /// How many of the spoiled stamps that no order replaces yet
    #[arg(long, value_name = "N", conflicts_with = "all", required_unless_present = "all")]
    stamps: Option<u32>,
    /// All of them
    #[arg(long)]
    all: bool,
    /// Your own key for this request: repeating it makes no second order
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    key: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = kept)]
    reason: String,
    #[command(flatten)]
    trial: Trial,
}

/// Options of `job close`.
#[derive(Args, Debug)]
pub(super) struct CloseArgs {
    /// The batch
    batch: String,
    /// Why a difference is accepted: by somebody who neither printed, handed over nor received
    #[arg(long, value_name = "TEXT", value_parser = kept)]
    sign_off: Option<String>,
    #[command(flatten)]
    trial: Trial,
}

/// Options of `job list`.
#[derive(Args, Debug)]
pub(super) struct ListArgs {
    /// Those of a shop
    #[arg(long, value_name = "ID")]
    shop: Option<i64>,
    /// Those in a state: assigned, printing, printed, `handed_over`, received, closed
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<JobState>,
}

pub(super) fn run(session: &Session, command: JobCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        JobCommand::Assign(args) => assign(session, &app, &args),
        JobCommand::Printed(args) => printed(session, &app, &args),
        JobCommand::HandOver(args) => hand_over(session, &app, &args),
        JobCommand::Receive(args) => receive(session, &app, &args),
        JobCommand::Reprint(args) => reprint(session, &app, &args),
        JobCommand::Close(args) => close(session, &app, &args),
        JobCommand::Show { batch } => show(session, &app, sheet::batch(&batch)?),
        JobCommand::List(args) => list(session, &app, &args),
    }
}

fn assign(session: &Session, app: &App, args: &AssignArgs) -> Result<(), CliError> {
    let batch = sheet::batch(&args.batch)?;
    let wanted_on = args.wanted_on.as_deref().map(day).transpose()?;
    let (shop, act) = (ShopId(args.shop), session.act(app));
    let assign = |store: &Store| {
        delivery::assign(store, batch, shop, wanted_on, &args.reason, act)?;
        file(store, batch)
    };
    let done = stamp::attempted(app, args.trial.preview, assign)?;
    tell_done(session, &done, (args.trial.preview, &[]));
    Ok(())
}

fn close(session: &Session, app: &App, args: &CloseArgs) -> Result<(), CliError> {
    let (batch, act) = (sheet::batch(&args.batch)?, session.act(app));
    let close = |store: &Store| {
        delivery::close(store, batch, args.sign_off.as_deref(), act)?;
        file(store, batch)
    };
    let done = stamp::attempted(app, args.trial.preview, close)?;
    tell_done(session, &done, (args.trial.preview, &[]));
    Ok(())
}

fn printed(session: &Session, app: &App, args: &PrintedArgs) -> Result<(), CliError> {
    let batch = sheet::batch(&args.batch)?;
    let reason = args.reason.as_deref().unwrap_or_default();
    let ranges = args.spoiled.iter().map(|text| range(text));
    let sheets = args.spoiled_sheet.iter().map(|n| args.printing.sheets(app, &[*n]));
    let spoiled = ranges
        .chain(sheets)
        .map(|said| Ok(Spoiled { which: read(&said, batch)?, reason: reason.to_owned() }))
        .collect::<Result<Vec<_>, CliError>>()?;
    let (preview, act) = (args.trial.preview, session.act(app));
    let done = stamp::attempted(app, preview, |store| {
        delivery::report_printed(store, batch, &spoiled, args.count, act)
    })?;
    let spoiled = done.spoiled.into_iter().map(|moved| (StampMove::Spoil, moved));
    let done: Vec<_> = spoiled.chain([(StampMove::ReportPrinted, done.printed)]).collect();
    show_done(session, app, batch, (preview, &done))
}

fn hand_over(session: &Session, app: &App, args: &HandOverArgs) -> Result<(), CliError> {
    let batch = sheet::batch(&args.batch)?;
    let act = session.act(app);
    let handed_on = args.on.as_deref().map(day).transpose()?;
    let minutes = Minutes {
        number: args.minutes.clone(),
        handed_on: handed_on.unwrap_or_else(|| vietnam_day(act.at)),
        stated: args.count,
    };
    let range = args.stamps.as_deref().map(range).unwrap_or_default();
    let sheets = args.printing.sheets(app, &args.sheet).sheets;
    let said = Said {
        all: args.all,
        sheets: sheets.filter(|_| !args.sheet.is_empty()),
        as_many_as_possible: args.as_many_as_possible,
        ..range
    };
    let (which, preview) = (read(&said, batch)?, args.trial.preview);
    let (_, moved) = stamp::attempted(app, preview, |store| {
        delivery::hand_over(store, batch, &minutes, &which, act)
    })?;
    show_done(session, app, batch, (preview, &[(StampMove::HandOver, moved)]))
}

fn receive(session: &Session, app: &App, args: &ReceiveArgs) -> Result<(), CliError> {
    let (batch, act) = (sheet::batch(&args.batch)?, session.act(app));
    let (reason, preview) = (args.reason.as_deref(), args.trial.preview);
    stamp::attempted(app, preview, |store| {
        delivery::receive(store, batch, &args.minutes, args.count, reason, act)
    })?;
    show_done(session, app, batch, (preview, &[]))
}

fn reprint(session: &Session, app: &App, args: &ReprintArgs) -> Result<(), CliError> {
    let (batch, act) = (sheet::batch(&args.batch)?, session.act(app));
    let quantity = |stamps| {
        let quantity = Quantity::new(stamps);
        quantity.ok_or_else(|| CliError::refused("an order is for 1 to 1.000.000 stamps"))
    };
    let quantity = args.stamps.map(quantity).transpose()?;
    let key = args.key.as_deref();
    let preview = args.trial.preview;
    let made = stamp::attempted(app, preview, |store| {
        delivery::reprint(store, batch, quantity, key, &args.reason, act)
    })?;
    order::tell(session, &made, preview);
    Ok(())
}

fn show(session: &Session, app: &App, batch: BatchNumber) -> Result<(), CliError> {
    show_done(session, app, batch, (false, &[]))
}

/// A job as it stands, and what was done with stamps, or would be.
fn show_done(
    session: &Session,
    app: &App,
    batch: BatchNumber,
    (preview, done): (bool, &[(StampMove, Moved)]),
) -> Result<(), CliError> {
    tell_done(session, &file(&app.store, batch)?, (preview, done));
    Ok(())
}

fn file(store: &Store, batch: BatchNumber) -> Result<JobFile, JobError> {
    let name = crate::code::text::batch(batch);
    delivery::file(store, batch)?.ok_or(JobError::NoJob(name))
}

/// A job, and what was done with stamps, or would be.
fn tell_done(session: &Session, file: &JobFile, (preview, done): (bool, &[(StampMove, Moved)])) {
    let mut facts = tell::facts(file);
    if let Value::Object(facts) = &mut facts {
        let each = done.iter().map(|one| stamp::facts(preview, std::slice::from_ref(one)));
        facts.insert("outcome".into(), each.collect());
    }
    session.output.tell(&stamp::with_preview(facts, preview), || {
        stamp::say_preview(preview);
        stamp::lines(preview, done);
        tell::lines(file);
    });
}

fn list(session: &Session, app: &App, args: &ListArgs) -> Result<(), CliError> {
    let filter = JobFilter { shop: args.shop.map(ShopId), state: args.state };
    let all = delivery::list(&app.store, filter, (0, LISTED_MAX))?;
    let facts: Vec<_> = all.iter().map(tell::job_facts).collect();
    session.output.tell(&json!({ "jobs": facts }), || all.iter().for_each(tell::job_line));
    Ok(())
}

impl PrintingArgs {
    fn sheets(&self, app: &App, numbers: &[u32]) -> Said {
        let printing = sheet::printing(app, self.layout.as_deref(), self.design.as_deref());
        Said { sheets: Some((printing, numbers.to_vec())), ..Said::default() }
    }
}

/// A serial, or two with `..` between them.
fn range(text: &str) -> Said {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    Said { first: Some(first.to_owned()), last: Some(last.to_owned()), ..Said::default() }
}

fn read(said: &Said, batch: BatchNumber) -> Result<Selection, CliError> {
    Ok(said.read(batch).map_err(StampError::from)?)
}

fn state(key: &str) -> Result<JobState, String> {
    let all = JobState::ALL.map(JobState::key).join(", ");
    JobState::from_key(key).ok_or_else(|| format!("use one of {all}"))
}
