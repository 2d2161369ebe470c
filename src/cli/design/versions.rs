//! `ocop design add`, `submit`, `approve`, `reject`, `withdraw` and `history`: designs in the
//! register.

use clap::Args;
use serde_json::{Value, json};

use super::super::Session;
use super::super::error::CliError;
use super::super::product::day;
use super::bench::Bench;
use crate::domain::act::Done;
use crate::domain::calendar::vietnam_day;
use crate::domain::design::{DesignMove, DesignRef, DesignVersion, MarkRight};
use crate::press::approved::{in_register, new_design};
use crate::register::designs::{self as acts, DesignError};
use crate::store::designs;
use crate::vietnamese;

/// Options of `design add`.
#[derive(Args, Debug)]
pub(in crate::cli) struct AddArgs {
    /// A name, or a folder
    design: String,
    /// Layout it is checked on: a name or a TOML file [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    #[command(flatten)]
    right: RightArgs,
    /// Why it is added in spite of what `design check` finds
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    despite: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = crate::cli::kept)]
    reason: String,
}

/// The right to use the certification mark, where it is not that of the design's file.
#[derive(Args, Debug)]
struct RightArgs {
    /// Which version of the mark is drawn [default: that of the file]
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    mark_version: Option<String>,
    /// Who granted the right to use the mark [default: as in the file]
    #[arg(long, value_name = "NAME", requires = "basis")]
    granted_by: Option<String>,
    /// The decision that it rests on [default: as in the file]
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    basis: Option<String>,
    /// Its last day, dd/mm/yyyy [default: as in the file; without one it has no end]
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
}

impl RightArgs {
    fn over(self, file: MarkRight) -> Result<MarkRight, CliError> {
        let until = self.until.as_deref().map(day).transpose()?;
        Ok(MarkRight {
            version: self.mark_version.unwrap_or(file.version),
            basis: self.basis.unwrap_or(file.basis),
            granted_by: self.granted_by.or(file.granted_by),
            until: until.or(file.until),
        })
    }
}

/// Options of the steps of a design.
#[derive(Args, Debug)]
pub(in crate::cli) struct StepArgs {
    /// Its name, for the latest version, or NAME@VERSION
    design: String,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = crate::cli::kept)]
    reason: String,
    /// Why it is approved in spite of products of the register that it cannot carry
    #[arg(long, value_name = "TEXT")]
    despite: Option<String>,
}

/// Options of the steps that need a reason.
#[derive(Args, Debug)]
pub(in crate::cli) struct ReasonedArgs {
    /// Its name, for the latest version, or NAME@VERSION
    design: String,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    reason: String,
}

impl From<ReasonedArgs> for StepArgs {
    fn from(ReasonedArgs { design, reason }: ReasonedArgs) -> Self {
        Self { design, reason, despite: None }
    }
}

/// Adds a design in which nothing is found, or in spite of it for a reason, which the audit trail
/// keeps.
pub(super) fn add(session: &Session, args: AddArgs) -> Result<(), CliError> {
    let app = session.app()?;
    let bench = Bench::new(session, args.layout.as_deref())?;
    let design = bench.library.design(&args.design)?;
    let (_, mut found) = bench.look(&design)?;
    found.extend(bench.of_register(&design, &app.store)?);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let reason = accepted(&design.name, &found, (args.reason, args.despite))?;
    let mut new = new_design(&design);
    new.right = args.right.over(new.right)?;
    let version = acts::add(&app.store, &new, &reason, session.act(&app))?;
    tell(session, &version);
    Ok(())
}

/// The reason that the audit trail keeps; refused where something was found and nothing is said to
/// that.
fn accepted(
    name: &str,
    found: &[String],
    (reason, despite): (String, Option<String>),
) -> Result<String, CliError> {
    let found = found.join("; ");
    match (found.is_empty(), despite) {
        (true, _) => Ok(reason),
        (false, Some(why)) => Ok(format!("{reason} [{found}: {why}]").trim().to_owned()),
        (false, None) => {
            let why = format!("{name} is not right yet: {found}; mend it, or say --despite why");
            Err(CliError::refused(why))
        }
    }
}

pub(super) fn step(session: &Session, args: &StepArgs, step: DesignMove) -> Result<(), CliError> {
    let app = session.app()?;
    let wanted = DesignRef::parse(&args.design);
    let mut reason = args.reason.clone();
    if matches!(step, DesignMove::Submit | DesignMove::Approve)
        && let Some(version) = app.store.read(|register| designs::find(register, &wanted))?
        && let Some(design) = in_register(&app.store, &version.reference())?
    {
        let bench = Bench::new(session, None)?;
        let found: Vec<String> =
            bench.of_register(&design, &app.store)?.iter().map(ToString::to_string).collect();
        reason = accepted(&design.name, &found, (reason, args.despite.clone()))?;
    }
    let version = acts::step(&app.store, &wanted, step, &reason, session.act(&app))?;
    tell(session, &version);
    Ok(())
}

/// Lists the versions of a design, or of all, with what was decided on them.
pub(super) fn history(session: &Session, wanted: Option<&str>) -> Result<(), CliError> {
    let app = session.app()?;
    let wanted = wanted.map(DesignRef::parse);
    let mut all = app.store.read(|register| match &wanted {
        Some(wanted) => designs::versions(register, &wanted.name),
        None => designs::all(register),
    })?;
    if let Some(wanted) = wanted {
        all.retain(|it| wanted.version.is_none_or(|version| version == it.version));
        if all.is_empty() {
            return Err(DesignError::NoDesign(wanted).into());
        }
    }
    let facts: Vec<Value> = all.iter().map(facts).collect();
    session.output.tell(&json!({ "versions": facts }), || {
        for version in &all {
            line(version);
            steps(version);
        }
    });
    Ok(())
}

fn tell(session: &Session, version: &DesignVersion) {
    session.output.tell(&facts(version), || line(version));
}

fn facts(version: &DesignVersion) -> Value {
    let right = &version.right;
    let done = |done: &Done, reason: Option<&String>| json!({ "by": done.by, "at": done.at.to_rfc3339(), "reason": reason });
    let reasoned =
        |it: &Option<(Done, String)>| it.as_ref().map(|(who, reason)| done(who, Some(reason)));
    json!({
        "design": version.name,
        "version": version.version,
        "state": version.state.key(),
        "sha256": version.sha256,
        "mark": {
            "version": right.version,
            "basis": right.basis,
            "granted_by": right.granted_by,
            "until": right.until.map(|day| day.to_string()),
        },
        "added": done(&version.added, None),
        "submitted": version.submitted.as_ref().map(|who| done(who, None)),
        "decided": reasoned(&version.decided),
        "withdrawn": reasoned(&version.withdrawn),
    })
}

fn line(version: &DesignVersion) {
    let right = &version.right;
    let by = right.granted_by.as_deref().unwrap_or("nobody yet");
    let until = right.until.map(|day| format!(" until {}", vietnamese::date(day)));
    println!(
        "design {}: {}; mark “{}”, granted by {by}{}, {}",
        version.reference(),
        version.state.key(),
        right.version,
        until.unwrap_or_default(),
        right.basis,
    );
}

fn steps(version: &DesignVersion) {
    println!("  SHA-256 {}", version.sha256);
    let said = |what: &str, done: &Done, reason: &str| {
        let on = vietnamese::date(vietnam_day(done.at));
        let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        println!("  {what} on {on} by {}{reason}", done.by);
    };
    said("added", &version.added, "");
    if let Some(done) = &version.submitted {
        said("submitted", done, "");
    }
    if let Some((done, reason)) = &version.decided {
        said("decided", done, reason);
    }
    if let Some((done, reason)) = &version.withdrawn {
        said("withdrawn", done, reason);
    }
}
