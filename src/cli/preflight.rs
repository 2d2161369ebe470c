//! `ocop preflight`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Session;
use super::error::CliError;
use crate::preflight::{self, Against, Boxes, PageBox, Report, Severity, Standard};

/// Options of `preflight`.
#[derive(Args, Debug)]
pub(super) struct PreflightArgs {
    /// PDF files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Standard to check against [default: the one that the file claims]
    #[arg(long, value_enum, value_name = "NAME")]
    standard: Option<Asked>,
}

/// A standard, as asked for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Asked {
    /// PDF/X-4
    X4,
    /// PDF/X-1a
    X1a,
    /// Rules for any print file alone
    None,
}

pub(super) fn run(session: &Session, args: &PreflightArgs) -> Result<(), CliError> {
    let against = match args.standard {
        Some(Asked::X4) => Against::X4,
        Some(Asked::X1a) => Against::X1a,
        Some(Asked::None) => Against::Nothing,
        None => Against::Claim,
    };
    let checked: Vec<(&Path, Result<Report, String>)> =
        args.files.iter().map(|file| (file.as_path(), check(file, against))).collect();
    let files: Vec<Value> = checked.iter().map(|(file, report)| facts(file, report)).collect();
    session.output.tell(&json!({ "files": files }), || {
        for (file, report) in &checked {
            words(file, report);
        }
    });
    if checked.iter().any(|(_, report)| report.is_err()) {
        return Err(CliError::AnsweredFailed);
    }
    if checked.iter().flat_map(|(_, report)| report).any(Report::has_errors) {
        return Err(CliError::AnsweredRefused);
    }
    Ok(())
}

fn check(file: &Path, against: Against) -> Result<Report, String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    preflight::check(&bytes, against).map_err(|error| error.to_string())
}

fn facts(file: &Path, report: &Result<Report, String>) -> Value {
    let report = match report {
        Ok(report) => report,
        Err(error) => return json!({ "file": file, "error": error }),
    };
    let findings = report.findings.iter().map(|finding| {
        json!({
            "rule": finding.rule.key(),
            "severity": finding.severity().word(),
            "page": finding.place.page,
            "object": finding.place.object,
            "text": finding.to_string(),
        })
    });
    let runs = report
        .page_runs
        .iter()
        .map(|run| json!({ "first": run.first, "last": run.last, "boxes_pt": boxes(&run.boxes) }));
    let fonts = report.fonts.iter().map(|font| {
        let (name, kind) = (&font.name, &font.kind);
        json!({ "name": name, "type": kind, "embedded": font.embedded, "subset": font.subset })
    });
    let unlisted = report.unlisted.iter().map(|(rule, more)| (rule.key().to_owned(), json!(more)));
    json!({
        "file": file,
        "claims": report.claims,
        "standard": report.standard.map(Standard::name),
        "pages": report.pages,
        "page_runs": runs.collect::<Vec<_>>(),
        "intent": report.intent.as_ref().map(|intent| json!({
            "identifier": intent.identifier, "info": intent.info, "colour": intent.colour,
        })),
        "plates": report.plates,
        "fonts": fonts.collect::<Vec<_>>(),
        "errors": count(report, Severity::Error),
        "warnings": count(report, Severity::Warning),
        "findings": findings.collect::<Vec<_>>(),
        "unlisted": unlisted.collect::<serde_json::Map<_, _>>(),
    })
}

fn boxes(boxes: &Boxes) -> Value {
    let corners = |page_box: Option<PageBox>| page_box.map(|it| [it.x0, it.y0, it.x1, it.y1]);
    json!({
        "media": corners(boxes.media),
        "crop": corners(boxes.crop),
        "bleed": corners(boxes.bleed),
        "trim": corners(boxes.trim),
        "art": corners(boxes.art),
    })
}

/// Findings of a severity, the unlisted among them.
fn count(report: &Report, severity: Severity) -> u64 {
    let listed = report.findings.iter().filter(|finding| finding.severity() == severity);
    let unlisted = report.unlisted.iter().filter(|(rule, _)| rule.severity() == severity);
    listed.map(|_| 1).chain(unlisted.map(|(_, more)| *more)).sum()
}

fn words(file: &Path, report: &Result<Report, String>) {
    let report = match report {
        Ok(report) => report,
        Err(error) => return println!("{}: not checked: {error}", file.display()),
    };
    let standard = report.standard.map_or("no standard", Standard::name);
    let (errors, warnings) = (count(report, Severity::Error), count(report, Severity::Warning));
    let pages = report.pages;
    println!("{}: {standard}, {pages} pages: {errors} errors, {warnings} warnings", file.display());
    for finding in &report.findings {
        println!("  {:7} {:24} {finding}", finding.severity().word(), finding.rule.key());
    }
    for (rule, more) in &report.unlisted {
        println!("  {:7} {:24} {more} more", rule.severity().word(), rule.key());
    }
    for run in &report.page_runs {
        let named = [("sheet", run.boxes.media), ("trim", run.boxes.trim.or(run.boxes.art))];
        let sizes = named.into_iter().filter_map(|(name, page_box)| {
            let (width, height) = page_box?.size_mm();
            Some(format!("{name} {width:.1} x {height:.1} mm"))
        });
        let sizes = sizes.collect::<Vec<_>>().join(", ");
        println!("  pages {} to {}: {sizes}", run.first, run.last);
    }
    if let Some(intent) = &report.intent {
        println!("  printing condition: {} {}", intent.identifier, intent.info);
    }
    println!("  plates: {}", report.plates.join(", "));
    let fonts = report.fonts.iter().map(|font| font.name.as_str());
    println!("  fonts: {}", fonts.collect::<Vec<_>>().join(", "));
}
