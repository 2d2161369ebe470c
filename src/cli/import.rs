//! `ocop import`.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::Session;
use super::error::CliError;
use crate::app::App;
use crate::domain::language::Language;
use crate::intake::{self, Defaults, Preview};
use crate::register::{self, Import};

/// Options of `import`.
#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// Annexes: CSV (UTF-8) or XLSX, with Vietnamese headings
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only show what would be imported, and every error with its row and column
    #[arg(long)]
    check: bool,
    /// Number of the decision, where the file does not say it in each row
    #[arg(long, value_name = "NUMBER")]
    decision: Option<String>,
    /// Issuing authority, where the file does not say it in each row
    #[arg(long, value_name = "NAME")]
    authority: Option<String>,
    /// Day of signature, where the file does not say it in each row (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    signed_on: Option<String>,
    /// The files list issuing authorities and their dates of being in office
    #[arg(long, conflicts_with_all = ["decision", "authority", "signed_on", "check"])]
    authorities: bool,
}

pub(super) fn run(session: &Session, args: &ImportArgs) -> Result<(), CliError> {
    let app = session.app()?;
    if args.authorities {
        return args.files.iter().try_for_each(|file| authorities(session, &app, file));
    }
    let signed_on = args.signed_on.as_deref().map(intake::date::read).transpose();
    let defaults = Defaults {
        decision_number: args.decision.clone(),
        authority: args.authority.clone(),
        level: None,
        signed_on: signed_on.map_err(CliError::refused)?,
    };
    let mut faulty = 0;
    for file in &args.files {
        let preview = read(session, file, &defaults)?;
        faulty += preview.problems.len();
        annex(session, &app, file, &preview, args.check)?;
    }
    if faulty > 0 {
        let message = format!("{faulty} errors: mend those rows and import the file again");
        return Err(CliError::refused(message));
    }
    Ok(())
}

fn read(session: &Session, file: &Path, defaults: &Defaults) -> Result<Preview, CliError> {
    intake::preview(&bytes(file)?, defaults).map_err(|error| {
        let language = session.global.lang;
        let (what, remedy) = (error.what(language), error.what_to_do(language));
        CliError::refused(format!("{}: {what} {remedy}", file.display()))
    })
}

fn bytes(file: &Path) -> Result<Vec<u8>, CliError> {
    fs::read(file).map_err(|error| CliError::failed(format!("{}: {error}", file.display())))
}

fn file_name(file: &Path) -> Cow<'_, str> {
    file.file_name().unwrap_or_default().to_string_lossy()
}

fn annex(
    session: &Session,
    app: &App,
    file: &Path,
    preview: &Preview,
    check: bool,
) -> Result<(), CliError> {
    let entries: Vec<_> = preview.entries.iter().map(|(_, entry)| entry.clone()).collect();
    let how = if check { Import::Try } else { Import::EnterNew };
    let imported = register::import(&app.store, &entries, &file_name(file), how, session.act(app))?;
    let (new, same, different) = imported.counts();
    let answer = json!({
        "file": file,
        "rows": preview.rows,
        "good": entries.len(),
        "new": new,
        "already": same,
        "different": different,
        "problems": problems(preview, session.global.lang),
        "ignored_columns": preview.ignored_columns,
    });
    session.output.tell(&answer, || {
        let (rows, good) = (preview.rows, entries.len());
        println!("{}: {rows} rows, {good} good", file.display());
        for problem in problems(preview, session.global.lang) {
            println!("  {}", problem.as_str().unwrap_or_default());
        }
        if !check {
            println!("  {new} new, {same} already in the register, {different} different there");
        }
    });
    Ok(())
}

fn problems(preview: &Preview, language: Language) -> Vec<serde_json::Value> {
    let (row, column) = match language {
        Language::Vietnamese => ("dòng", "cột"),
        Language::English => ("row", "column"),
    };
    let told = preview.problems.iter().map(|problem| {
        let (what, remedy) = (problem.kind.what(language), problem.kind.what_to_do(language));
        let (at, heading, found) = (problem.row, &problem.column, &problem.found);
        json!(format!("{row} {at}, {column} “{heading}” (“{found}”): {what} {remedy}"))
    });
    told.collect()
}

fn authorities(session: &Session, app: &App, file: &Path) -> Result<(), CliError> {
    let read = intake::authorities::read(&bytes(file)?)
        .map_err(|error| CliError::refused(error.what(session.global.lang)))?;
    let source = file_name(file);
    register::import_authorities(&app.store, &read.authorities, &source, session.act(app))?;
    let answer = json!({ "file": file, "authorities": read.authorities.len() });
    session.output.tell(&answer, || {
        println!("{}: {} authorities", file.display(), read.authorities.len());
    });
    if read.problems.is_empty() {
        return Ok(());
    }
    Err(CliError::refused(format!("{} rows with errors were left out", read.problems.len())))
}
