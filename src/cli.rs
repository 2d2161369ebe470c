//! The command line: reads arguments, calls the rooms, tells what they did. No rules of the trade.

/// A line on standard output. It has the name of the standard one, which panics where nobody reads any
/// more (`ocop job list | head -1`), so that no command can take that.
macro_rules! println {
    ($($what:tt)*) => {
        $crate::cli::output::line(format_args!($($what)*))
    };
}

mod account;
mod demo;
mod design;
mod destruction;
mod error;
mod import;
mod inspect_scan;
mod inspection;
mod issue;
mod job;
mod key;
mod layout;
mod lot;
mod order;
mod output;
mod paper;
mod picture;
mod preflight;
mod product;
mod progress;
mod proof;
mod reconcile;
mod remind;
mod serve;
mod sheet;
mod shop;
mod stamp;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use serde_json::json;

use crate::app::App;
use crate::config::{Config, Flag};
use crate::domain::act::Act;
use crate::domain::language::Language;
use crate::store::StoreError;
use crate::store::merged::{self, Merged};
use crate::telemetry;
use crate::vietnamese;

use self::error::CliError;
use self::output::Output;

/// Issues, prints, verifies and accounts for OCOP stamps.
///
/// Exit codes: 0 done; 1 failed (disk, database, network); 2 wrong usage; 3 refused (the rules do
/// not allow it, or what was checked is not right). What was refused or failed has changed nothing.
#[derive(Debug, Parser)]
#[command(name = "ocop", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
struct Global {
    /// Settings file [default: ocop.toml, if it is there]
    #[arg(long, global = true, help_heading = GENERAL, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of keys, sheets and, with SQLite, the register
    #[arg(long, global = true, help_heading = GENERAL, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Address of the register: `sqlite:PATH` or `postgres://USER@HOST/NAME`
    #[arg(long, global = true, help_heading = GENERAL, value_name = "URL")]
    database_url: Option<String>,
    /// Answer with one JSON object on standard output
    #[arg(long, global = true, help_heading = GENERAL)]
    json: bool,
    /// Who is acting, for the audit trail [default: ocop]
    #[arg(long, global = true, help_heading = GENERAL, value_name = "NAME", value_parser = name)]
    by: Option<String>,
    /// Language of messages about imported files: vi or en
    #[arg(long, global = true, help_heading = GENERAL, value_name = "LANG", default_value = "vi", value_parser = language)]
    lang: Language,
}

/// Above the options that every command has, in its help.
const GENERAL: &str = "Options of every command";

/// Who acts where nobody is named.
const NOBODY_NAMED: &str = "ocop";

#[derive(Debug, Subcommand)]
enum Command {
    /// Do the whole job once, on a sample register, and serve it
    Demo(demo::DemoArgs),
    /// Serve the pages for scans and for work, and the API
    Serve(serve::ServeArgs),
    /// Make the register, or bring its schema up to date
    Migrate,
    /// Make and keep the accounts of people
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Make, list and publish signing keys; say that one may be in other hands
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Read the annex of a decision (CSV or XLSX) into the register
    Import(import::ImportArgs),
    /// Find products; suspend, reinstate, extend or revoke their recognition
    #[command(subcommand)]
    Product(product::ProductCommand),
    /// Place stamp orders and decide on them
    #[command(subcommand)]
    Order(order::OrderCommand),
    /// Issue the codes of an approved order
    Issue(issue::IssueArgs),
    /// Write the sheets of a batch as PDF, with manifest and job ticket, or in another form; send them
    /// to a print shop
    Sheet(sheet::SheetArgs),
    /// Draw the stamp of an order with its own texts, BẢN IN THỬ across and a code that is none
    Proof(proof::ProofArgs),
    /// Look at scans or photos of printed sheets: which stamps came out, which are spoiled
    ///
    /// Each picture (PNG, JPEG, TIFF) shows one whole sheet, turned or aslant as it may be, at 150
    /// dpi or more. Most of its codes say which batch and sheet it is. Exit codes: 0 every stamp
    /// reads right in its place; 3 some do not (see the list), or a picture cannot be used. Of what
    /// is found, --spoil marks what is unreadable or blank; doing it again changes nothing.
    InspectScan(inspect_scan::InspectScanArgs),
    /// List and check layouts of sheets; test sheets for a press
    #[command(subcommand)]
    Layout(layout::LayoutCommand),
    /// List, check, proof and draw designs of stamps; add versions to the register and decide on them
    #[command(subcommand)]
    Design(design::DesignCommand),
    /// Enter, list and change print shops with their licences
    #[command(subcommand)]
    Shop(shop::ShopCommand),
    /// Give batches to print shops; printed, handed over, received, closed
    #[command(subcommand)]
    Job(job::JobCommand),
    /// Remind people of recognitions that end within 180, 90 or 30 days
    ///
    /// Writes letters that were not written before, and sends what waits, where a mail server is set.
    /// `ocop serve` does the same by itself.
    Remind,
    /// List letters that were not sent yet
    Outbox,
    /// Reconcile: what was issued against what became of it
    ///
    /// Of one batch down to serials (exit code 3 where it is not settled: stamps are left in print, or
    /// counts differ), or sums by product and print shop.
    Reconcile(reconcile::ReconcileArgs),
    /// Report stamps printed, handed over, activated, spoiled, lost or cancelled
    #[command(subcommand)]
    Stamp(stamp::StampCommand),
    /// Record that stamps were destroyed, and confirm what somebody else recorded
    #[command(subcommand)]
    Destruction(destruction::DestructionCommand),
    /// List, make and save official papers of orders, batches and inspections
    #[command(subcommand)]
    Paper(paper::PaperCommand),
    /// List and record inspections
    #[command(subcommand)]
    Inspection(inspection::InspectionCommand),
    /// Recall the goods of a production lot, and end a recall
    #[command(subcommand)]
    Lot(lot::LotCommand),
    /// Check a scanned text with the published keys, without the register
    Verify(verify::VerifyArgs),
    /// Check print files by the rules of PDF/X and of the press
    Preflight(preflight::PreflightArgs),
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output { json: cli.global.json };
    match run(cli, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => output.error(&error),
    }
}

fn run(cli: Cli, output: Output) -> Result<(), CliError> {
    let Cli { global, command } = cli;
    let session = Session { output, global };
    match command {
        Command::Demo(args) => demo::run(&session, &args),
        Command::Serve(args) => serve::run(&session, &args),
        Command::Migrate => migrate(&session),
        Command::Account(command) => account::run(&session, command),
        Command::Key(command) => key::run(&session, command),
        Command::Import(args) => import::run(&session, &args),
        Command::Product(command) => product::run(&session, command),
        Command::Order(command) => order::run(&session, command),
        Command::Issue(args) => issue::run(&session, &args),
        Command::Sheet(args) => sheet::run(&session, args),
        Command::Proof(args) => proof::run(&session, &args),
        Command::InspectScan(args) => inspect_scan::run(&session, &args),
        Command::Layout(command) => layout::run(&session, &command),
        Command::Design(command) => design::run(&session, command),
        Command::Shop(command) => shop::run(&session, command),
        Command::Job(command) => job::run(&session, command),
        Command::Remind => remind::run(&session),
        Command::Outbox => remind::outbox(&session),
        Command::Reconcile(args) => reconcile::run(&session, &args),
        Command::Stamp(command) => stamp::run(&session, command),
        Command::Destruction(command) => destruction::run(&session, command),
        Command::Paper(command) => paper::run(&session, command),
        Command::Inspection(command) => inspection::run(&session, command),
        Command::Lot(command) => lot::run(&session, &command),
        Command::Verify(args) => verify::run(&session, &args),
        Command::Preflight(args) => preflight::run(&session, &args),
    }
}

fn migrate(session: &Session) -> Result<(), CliError> {
    let app = App::open_or_create(session.config(&[])?)?;
    let merged = app.store.read(merged::all)?;
    let fact = |it: &Merged| {
        let (product, name) = (it.product.0, &it.name);
        let (other, decision) = (&it.recognised_as, &it.decision_number);
        json!({ "product": product, "name": name, "recognised_as": other, "decision": decision })
    };
    let merged_json = merged.iter().map(fact).collect::<Vec<_>>();
    session.output.tell(&json!({ "database": "up to date", "merged": merged_json }), || {
        println!("The register is there, and its schema is up to date.");
        for Merged { product, name, recognised_as, decision_number } in &merged {
            println!(
                "Product {product}, “{name}”, is recognised as “{recognised_as}” by decision \
                 {decision_number}: an earlier version took two names for one. Import that annex \
                 again: the other product is entered, or asked about."
            );
        }
    });
    Ok(())
}

/// What every command is run with.
struct Session {
    output: Output,
    global: Global,
}

impl Session {
    /// The settings, with the command's own flags on top of the global ones. Starts the log.
    fn config(&self, flags: &[Flag<'_>]) -> Result<Config, CliError> {
        let mut all = Vec::new();
        if let Some(dir) = &self.global.data_dir {
            all.push(("data", "dir", dir.to_string_lossy().into_owned()));
        }
        if let Some(url) = &self.global.database_url {
            all.push(("database", "url", url.clone()));
        }
        all.extend_from_slice(flags);
        let config = Config::load(self.global.config.as_deref(), &all)?;
        telemetry::start(&config.log).map_err(CliError::refused)?;
        Ok(config)
    }

    /// The program on the register that is there.
    fn app(&self) -> Result<App, CliError> {
        Ok(App::open(self.config(&[])?)?)
    }

    /// The program on the register, where there is one.
    fn register_if_there(&self) -> Result<Option<App>, CliError> {
        match App::open(self.config(&[])?) {
            Ok(app) => Ok(Some(app)),
            Err(StoreError::Missing(_)) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// The act of whoever runs the command, now.
    fn act(&self, app: &App) -> Act<'_> {
        Act { by: self.by(), at: app.clock.now() }
    }

    /// Whoever runs the command.
    fn by(&self) -> &str {
        self.global.by.as_deref().unwrap_or(NOBODY_NAMED)
    }

    /// The act of somebody who must be named, as it takes two people.
    fn act_of_somebody(&self, app: &App) -> Result<Act<'_>, CliError> {
        let named = self.global.by.as_deref();
        let by = named.ok_or_else(|| CliError::refused("say who decides: --by NAME"))?;
        Ok(Act { by, at: app.clock.now() })
    }
}

/// Names are compared: however one is typed, it is kept in one spelling.
fn name(text: &str) -> Result<String, String> {
    let name = vietnamese::nfc(text);
    if name.is_empty() { Err("give a name".into()) } else { Ok(name) }
}

/// A text that is kept: in one spelling, without characters that nobody sees.
#[expect(clippy::unnecessary_wraps, reason = "what clap reads a value with may refuse it")]
fn kept(text: &str) -> Result<String, String> {
    Ok(vietnamese::nfc(text))
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "use vi or en".into())
}
