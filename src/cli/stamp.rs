//! `ocop stamp`.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::error::CliError;
use super::product::day;
use super::{Session, kept, sheet};
use crate::accounting::{
    self, Holder, Item, Left, LotName, Moved, Said, Selection, StampError, Unclear,
};
use crate::app::App;
use crate::code::text;
use crate::delivery::JobError;
use crate::domain::sheet::SerialRun;
use crate::domain::stamp::{StampMove, StampState};
use crate::domain::tally::Tally;
use crate::store::{Store, StoreError, print_jobs};
use crate::vietnamese::number;

/// Commands of `stamp`. Stamps are named by serial, range or sheet, or all of a batch. Where one of them
/// cannot take the step none is moved, unless as many as possible are asked for; repeating a step changes
/// nothing.
#[derive(Debug, Subcommand)]
pub(super) enum StampCommand {
    /// Report stamps as printed
    Printed(StepArgs),
    /// Report stamps as handed over to the producer; with minutes: `ocop job hand-over`
    HandOver(StepArgs),
    /// Put stamps that were handed over on goods of a production lot
    Activate {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        lot: LotArgs,
        #[command(flatten)]
        trial: Trial,
    },
    /// Report stamps as spoiled
    Spoil(ReportArgs),
    /// Report stamps as lost
    Lose(ReportArgs),
    /// Cancel codes: they must not circulate any more
    Cancel(StepArgs),
    /// Count the stamps of a batch by where they stand
    Tally {
        /// The batch: the first four symbols of its serials
        batch: String,
    },
}

/// Options of a step.
#[derive(Args, Debug)]
pub(super) struct StepArgs {
    #[command(flatten)]
    which: Which,
    /// Why, for the audit trail
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = kept)]
    reason: String,
    #[command(flatten)]
    trial: Trial,
}

/// Options of what is reported of stamps.
#[derive(Args, Debug)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    step: StepArgs,
    /// Who has the stamps and reports it: print-shop or producer [default: whoever has each]
    #[arg(long, value_name = "WHO", value_parser = holder)]
    holder: Option<Holder>,
}

/// Whether to look first.
#[derive(Args, Debug)]
pub(super) struct Trial {
    /// Tell what would be done, and do nothing
    #[arg(long)]
    pub(super) preview: bool,
}

/// Which stamps.
#[derive(Args, Debug)]
pub(super) struct Which {
    /// Serials, or scanned texts, of single stamps; each is checked as a scan is
    #[arg(value_name = "SERIAL", num_args = 0..)]
    serials: Vec<String>,
    /// Last serial of a range that begins with the one SERIAL
    #[arg(long, value_name = "SERIAL", requires = "serials")]
    to: Option<String>,
    /// The batch: the first four symbols of its serials
    #[arg(long, value_name = "BATCH")]
    batch: Option<String>,
    /// All of the batch that can take the step
    #[arg(long, requires = "batch")]
    all: bool,
    /// A sheet of the batch; may be given several times
    #[arg(long, value_name = "N", requires = "batch")]
    sheet: Vec<u32>,
    /// Leave stamps that cannot take the step, and move the others
    #[arg(long)]
    as_many_as_possible: bool,
    /// Layout the sheet was printed in [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME", requires = "sheet")]
    layout: Option<String>,
    /// Design of its stamps [default: sheets.design of the settings]
    #[arg(long, value_name = "NAME", requires = "sheet")]
    design: Option<String>,
}

/// The lot stamps are put on.
#[derive(Args, Debug)]
pub(super) struct LotArgs {
    /// The producer's own code of the lot
    #[arg(long, value_name = "CODE", value_parser = kept)]
    lot: String,
    /// Date of manufacture, NSX (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    made_on: Option<String>,
    /// Use by, HSD (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    use_by: Option<String>,
}

pub(super) fn run(session: &Session, command: StampCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        StampCommand::Printed(args) => step(session, &app, &args, (StampMove::ReportPrinted, None)),
        StampCommand::HandOver(args) => step(session, &app, &args, (StampMove::HandOver, None)),
        StampCommand::Activate { which, lot, trial } => {
            activate(session, &app, &which, lot, trial.preview)
        }
        StampCommand::Spoil(ReportArgs { step: args, holder }) => {
            step(session, &app, &args, (StampMove::Spoil, holder))
        }
        StampCommand::Lose(ReportArgs { step: args, holder }) => {
            step(session, &app, &args, (StampMove::Lose, holder))
        }
        StampCommand::Cancel(args) => step(session, &app, &args, (StampMove::Cancel, None)),
        StampCommand::Tally { batch } => {
            let tally = accounting::tally(&app.store, sheet::batch(&batch)?)?;
            session.output.tell(&tally_facts(&tally), || tell_tally(&tally));
            Ok(())
        }
    }
}

fn step(
    session: &Session,
    app: &App,
    args: &StepArgs,
    (step, holder): (StampMove, Option<Holder>),
) -> Result<(), CliError> {
    let selection = args.which.selection(app)?;
    beside_no_job(app, &selection, step)?;
    let takes_reason = matches!(step, StampMove::Spoil | StampMove::Lose | StampMove::Cancel);
    if takes_reason {
        accounting::given(&args.reason)?;
    }
    let (preview, act) = (args.trial.preview, session.act(app));
    let moved = attempted(app, preview, |store| {
        let done = match holder {
            Some(holder) => {
                accounting::report(store, &selection, (step, holder), &args.reason, act)
            }
            None => accounting::step(store, &selection, step, &args.reason, act),
        };
        done.map_err(JobError::from)
    })?;
    tell(session, preview, &[(step, moved)]);
    Ok(())
}

fn holder(name: &str) -> Result<Holder, String> {
    match name {
        "print-shop" => Ok(Holder::PrintShop),
        "producer" => Ok(Holder::Producer),
        _ => Err("use print-shop or producer".into()),
    }
}

/// Stamps at a print shop are printed and handed over by what the shop reports, on minutes.
fn beside_no_job(app: &App, selection: &Selection, step: StampMove) -> Result<(), CliError> {
    if !matches!(step, StampMove::ReportPrinted | StampMove::HandOver) {
        return Ok(());
    }
    let batch = selection.batch();
    if app.store.read(|register| print_jobs::get(register, batch))?.is_none() {
        return Ok(());
    }
    let (name, act) = (text::batch(batch), step.key().replace('_', "-"));
    let said = format!("batch {name} is at a print shop: use `ocop job {act} {name}`");
    Err(CliError::refused(said))
}

fn activate(
    session: &Session,
    app: &App,
    which: &Which,
    lot: LotArgs,
    preview: bool,
) -> Result<(), CliError> {
    let lot = LotName {
        code: lot.lot,
        made_on: lot.made_on.as_deref().map(day).transpose()?,
        use_by: lot.use_by.as_deref().map(day).transpose()?,
    };
    let (selection, act) = (which.selection(app)?, session.act(app));
    let moved = attempted(app, preview, |store| {
        accounting::activate(store, &selection, &lot, act).map_err(JobError::from)
    })?;
    tell(session, preview, &[(StampMove::Activate, moved)]);
    Ok(())
}

/// Does something, or tells what it would do.
pub(super) fn attempted<T, E>(
    app: &App,
    preview: bool,
    act: impl FnOnce(&Store) -> Result<T, E>,
) -> Result<T, CliError>
where
    E: From<StoreError>,
    CliError: From<E>,
{
    let done = if preview { app.store.taken_back(act) } else { app.store.together(act) };
    Ok(done?)
}

/// Facts of something, and whether they only say what would be.
pub(super) fn with_preview(mut facts: Value, preview: bool) -> Value {
    if let Value::Object(facts) = &mut facts {
        facts.insert("preview".into(), preview.into());
    }
    facts
}

/// Says before what is told that nothing was done.
pub(super) fn say_preview(preview: bool) {
    if preview {
        println!("Nothing was done. It would be so:");
    }
}

impl Which {
    fn selection(&self, app: &App) -> Result<Selection, CliError> {
        let named = || accounting::batch_of(&self.serials);
        let batch = self.batch.as_deref().map(sheet::batch).transpose()?;
        let batch = batch.or_else(named).ok_or_else(|| match self.serials.first() {
            Some(first) => CliError::refused(format!("“{first}” is no serial and no scanned text")),
            None => StampError::from(Unclear::Nothing).into(),
        })?;
        let sheets = (!self.sheet.is_empty()).then(|| {
            let (layout, design) = (self.layout.as_deref(), self.design.as_deref());
            (sheet::printing(app, layout, design), self.sheet.clone())
        });
        let is_range = self.to.is_some() && self.serials.len() == 1;
        let said = Said {
            all: self.all,
            first: self.serials.first().filter(|_| is_range).cloned(),
            last: self.to.clone(),
            sheets,
            codes: (!is_range && !self.serials.is_empty()).then(|| self.serials.clone()),
            as_many_as_possible: self.as_many_as_possible,
        };
        Ok(said.read(batch).map_err(StampError::from)?)
    }
}

fn tell(session: &Session, preview: bool, done: &[(StampMove, Moved)]) {
    session.output.tell(&facts(preview, done), || lines(preview, done));
}

/// What became of stamps: that of the one move, or of the last of several, and of each.
pub(super) fn facts(preview: bool, done: &[(StampMove, Moved)]) -> Value {
    let one = |(step, moved): &(StampMove, Moved)| found(*step, moved);
    let mut facts = done.last().map_or_else(|| json!({}), one);
    if let Value::Object(facts) = &mut facts {
        facts.insert("preview".into(), preview.into());
        if done.len() > 1 {
            facts.insert("outcome".into(), done.iter().map(one).collect());
        }
    }
    facts
}

/// What a move did with stamps, or would do.
pub(super) fn found(step: StampMove, moved: &Moved) -> Value {
    json!({
        "step": step.key(),
        "state": step.leads_to().key(),
        "moved": moved.moved,
        "already": moved.already,
        "left": moved.left,
        "runs": moved.runs.iter().map(serials).collect::<Vec<_>>(),
        "items": moved.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn serials(run: &SerialRun) -> Value {
    let (first, last) = (text::serial_grouped(run.first), text::serial_grouped(run.last));
    json!({ "first": first, "last": last, "stamps": run.stamps })
}

fn item(Left { what, why }: &Left) -> Value {
    let (stamps, sheet, code) = match what {
        Item::Run(run) => (Some(serials(run)), None, None),
        Item::Sheet(number) => (None, Some(number), None),
        Item::Text(code) => (None, None, Some(code)),
    };
    json!({ "stamps": stamps, "sheet": sheet, "code": code, "why": why.key() })
}

/// Runs and codes that are told of a cause in words; all of them are in JSON.
const TOLD_MAX: usize = 20;

/// The same in words.
pub(super) fn lines(preview: bool, done: &[(StampMove, Moved)]) {
    for (step, moved) in done {
        let (state, are) = (step.leads_to().key(), if preview { "would be" } else { "are now" });
        let [count, already, left] = [moved.moved, moved.already, moved.left].map(number);
        println!("{count} stamps {are} {state}; {already} were already, {left} left as they are");
        for Left { what, why } in moved.items.iter().take(TOLD_MAX) {
            let why = why.key().replace('_', " ");
            match what {
                Item::Run(run) => {
                    let (first, last) = (run.first, run.last);
                    let ends = [first, last].map(text::serial_grouped).join(" to ");
                    println!("  {ends} ({}): {why}", number(run.stamps.into()));
                }
                Item::Sheet(sheet) => println!("  sheet {sheet}: {why}"),
                Item::Text(code) => println!("  {code}: {why}"),
            }
        }
        if moved.items.len() > TOLD_MAX {
            println!("  and {} more; --json has all", moved.items.len() - TOLD_MAX);
        }
    }
}

fn tally_facts(tally: &Tally) -> serde_json::Value {
    let states =
        StampState::ALL.map(|state| (state.key().to_owned(), tally.in_state(state).into()));
    let mut facts: serde_json::Map<_, serde_json::Value> = states.into_iter().collect();
    facts.insert("all".into(), tally.issued().into());
    facts.insert("unused".into(), tally.unused().into());
    facts.into()
}

fn tell_tally(tally: &Tally) {
    for state in StampState::ALL {
        println!("{:<11} {:>12}", state.key(), number(tally.in_state(state)));
    }
    println!("{:<11} {:>12}", "all", number(tally.issued()));
}
