//! `ocop stamp`.

use clap::{Args, Subcommand};
use serde_json::json;

use super::error::CliError;
use super::product::day;
use super::{Session, sheet};
use crate::accounting::{self, LotName, Moved, Selection};
use crate::app::App;
use crate::code::uri;
use crate::domain::serial::Serial;
use crate::domain::stamp::{StampMove, StampState};
use crate::domain::tally::Tally;
use crate::vietnamese::number;

/// Commands of `stamp`. Stamps are named by serial, range, sheet or batch. Those that cannot take
/// the step are left as they are and counted; repeating a step changes nothing.
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
    },
    /// Report stamps as spoiled
    Spoil(StepArgs),
    /// Report stamps as lost
    Lose(StepArgs),
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
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

/// Which stamps.
#[derive(Args, Debug)]
pub(super) struct Which {
    /// A serial, or a scanned text
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    serial: Option<String>,
    /// Last serial of a range that begins with SERIAL
    #[arg(long, value_name = "SERIAL", requires = "serial")]
    to: Option<String>,
    /// All of a batch, or one of its sheets
    #[arg(long, value_name = "BATCH")]
    batch: Option<String>,
    /// A sheet of the batch
    #[arg(long, value_name = "N", requires = "batch")]
    sheet: Option<u32>,
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
    #[arg(long, value_name = "CODE")]
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
        StampCommand::Printed(args) => step(session, &app, &args, StampMove::ReportPrinted),
        StampCommand::HandOver(args) => step(session, &app, &args, StampMove::HandOver),
        StampCommand::Activate { which, lot } => activate(session, &app, &which, lot),
        StampCommand::Spoil(args) => step(session, &app, &args, StampMove::Spoil),
        StampCommand::Lose(args) => step(session, &app, &args, StampMove::Lose),
        StampCommand::Cancel(args) => step(session, &app, &args, StampMove::Cancel),
        StampCommand::Tally { batch } => {
            let tally = accounting::tally(&app.store, sheet::batch(&batch)?)?;
            session.output.tell(&tally_facts(&tally), || tell_tally(&tally));
            Ok(())
        }
    }
}

fn step(session: &Session, app: &App, args: &StepArgs, step: StampMove) -> Result<(), CliError> {
    let selection = args.which.selection(app)?;
    let act = session.act(app);
    let moved = accounting::step(&app.store, &selection, step, &args.reason, act)?;
    tell(session, step, moved);
    Ok(())
}

fn activate(session: &Session, app: &App, which: &Which, lot: LotArgs) -> Result<(), CliError> {
    let lot = LotName {
        code: lot.lot,
        made_on: lot.made_on.as_deref().map(day).transpose()?,
        use_by: lot.use_by.as_deref().map(day).transpose()?,
    };
    let selection = which.selection(app)?;
    let moved = accounting::activate(&app.store, &selection, &lot, session.act(app))?;
    tell(session, StampMove::Activate, moved);
    Ok(())
}

impl Which {
    fn selection(&self, app: &App) -> Result<Selection, CliError> {
        if let Some(first) = &self.serial {
            let first = serial(first)?;
            let last = self.to.as_deref().map_or(Ok(first), serial)?;
            return Ok(Selection::Range(first..=last));
        }
        let batch = sheet::batch(self.batch.as_deref().unwrap_or_default())?;
        Ok(match self.sheet {
            Some(number) => {
                let (layout, design) = (self.layout.as_deref(), self.design.as_deref());
                let printing = sheet::printing(app, layout, design);
                Selection::Sheet { batch, printing, number }
            }
            None => Selection::Batch(batch),
        })
    }
}

pub(super) fn serial(text: &str) -> Result<Serial, CliError> {
    uri::read(text)
        .map(|scanned| scanned.serial)
        .map_err(|error| CliError::refused(format!("“{text}”: {error}")))
}

fn tell(session: &Session, step: StampMove, moved: Moved) {
    let Moved { moved, already, left } = moved;
    let state = step.leads_to().key();
    let answer = json!({ "state": state, "moved": moved, "already": already, "left": left });
    session.output.tell(&answer, || {
        let (moved, already, left) = (number(moved), number(already), number(left));
        println!("{moved} stamps are now {state}; {already} were already, {left} left as they are");
    });
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
