//! `ocop design`.

mod bench;
mod copy;
mod findings;
mod serve;
mod versions;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use self::bench::Bench;
use self::copy::CopyArgs;
use self::serve::ServeArgs;
use self::versions::{AddArgs, ReasonedArgs, StepArgs};
use super::error::CliError;
use super::{Session, layout, picture};
use crate::domain::design::DesignMove;
use crate::printing::Design;
use crate::printing::proof::Sample;

/// What to do with designs.
#[derive(Debug, Subcommand)]
pub(super) enum DesignCommand {
    /// List the designs: the office's own and those that come with the program
    List,
    /// Check a design: everything that would keep phones or people from reading its stamps, with sample
    /// texts and with those of every product of the register
    Check(CheckArgs),
    /// Draw a stamp, or a sheet of them, with BẢN IN THỬ across and codes that are none
    Proof(ProofArgs),
    /// Copy a design into a folder of your own, to start from
    Copy(CopyArgs),
    /// Show a design in the browser while it is being drawn
    Serve(ServeArgs),
    /// Add a checked design to the register, as a draft: the next version of its name
    Add(AddArgs),
    /// Submit a version of a design for approval
    Submit(StepArgs),
    /// Approve a version, as somebody else than who added or submitted it (--by)
    Approve(StepArgs),
    /// Reject a version
    Reject(ReasonedArgs),
    /// Take a version out of use: nothing more is printed with it
    Withdraw(ReasonedArgs),
    /// List the versions of a design: their right to the mark, who decided what and when
    History {
        /// Its name, or NAME@VERSION [default: all designs]
        design: Option<String>,
    },
}

/// Options of `design check`.
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    /// A name, or a folder
    design: String,
    /// Layout of the sheets: a name or a TOML file [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
}

/// Options of `design proof`.
#[derive(Args, Debug)]
pub(super) struct ProofArgs {
    /// A name, or a folder
    design: String,
    /// Layout of the sheets: a name or a TOML file [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// A .png, .svg or .pdf file [default: NAME-ban-in-thu.png]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Resolution of a .png [default: 600, of a sheet 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=2400))]
    dpi: Option<u32>,
    /// A whole sheet instead of one stamp
    #[arg(long)]
    sheet: bool,
    /// With the longest names and five stars
    #[arg(long)]
    long: bool,
}

pub(super) fn run(session: &Session, command: DesignCommand) -> Result<(), CliError> {
    match command {
        DesignCommand::List => list(session),
        DesignCommand::Check(args) => check(session, &args),
        DesignCommand::Proof(args) => proof(session, &args),
        DesignCommand::Copy(args) => copy::run(session, &args),
        DesignCommand::Serve(args) => serve::run(session, &args),
        DesignCommand::Add(args) => versions::add(session, args),
        DesignCommand::Submit(args) => versions::step(session, &args, DesignMove::Submit),
        DesignCommand::Approve(args) => versions::step(session, &args, DesignMove::Approve),
        DesignCommand::Reject(args) => versions::step(session, &args.into(), DesignMove::Reject),
        DesignCommand::Withdraw(args) => {
            versions::step(session, &args.into(), DesignMove::Withdraw)
        }
        DesignCommand::History { design } => versions::history(session, design.as_deref()),
    }
}

fn list(session: &Session) -> Result<(), CliError> {
    let library = layout::library(session)?;
    let own = library.own_designs();
    let shipped = Design::shipped().into_iter().map(str::to_owned);
    let shipped = shipped.filter(|name| !own.contains(name)).map(|name| (name, false));
    let names: Vec<(String, bool)> =
        own.iter().map(|name| (name.clone(), true)).chain(shipped).collect();
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (name, own) in names {
        let design = library.design(&name).map_err(|error| error.to_string());
        let mark = if own { "*" } else { " " };
        lines.push(match &design {
            Ok(Design { data, .. }) => {
                let (width, height) = data.size_mm;
                format!("{mark} {name:<18} {width:>3} × {height:<3} mm  {}", data.title)
            }
            Err(why) => format!("{mark} {name:<18} {why}"),
        });
        rows.push(match design {
            Ok(Design { data, sha256, .. }) => json!({
                "name": name, "own": own, "title": data.title, "version": data.version,
                "size_mm": data.size_mm, "bleed_mm": data.bleed_mm, "mark": data.mark.basis,
                "sha256": sha256,
            }),
            Err(why) => json!({ "name": name, "own": own, "fault": why }),
        });
    }
    session.output.tell(&json!({ "designs": rows }), || {
        for line in &lines {
            println!("{line}");
        }
    });
    Ok(())
}

fn check(session: &Session, args: &CheckArgs) -> Result<(), CliError> {
    let bench = Bench::new(session, args.layout.as_deref())?;
    let design = bench.library.design(&args.design)?;
    let (proofed, mut found) = bench.look(&design)?;
    let register = session.register_if_there()?;
    if let Some(app) = &register {
        found.extend(bench.of_register(&design, &app.store)?);
    }
    let messages: Vec<String> = found.iter().map(ToString::to_string).collect();
    let answer = json!({
        "design": design.name,
        "title": design.data.title,
        "size_mm": design.data.size_mm,
        "profile": proofed.profile.key(),
        "module_mm": (proofed.module_mm * 1000.0).round() / 1000.0,
        "findings": messages,
        "register": register.is_some(),
    });
    session.output.tell(&answer, || {
        let (width, height) = design.data.size_mm;
        let (profile, module_mm) = (proofed.profile.key(), proofed.module_mm);
        println!("{} “{}”, {width} × {height} mm", design.name, design.data.title);
        println!("{profile} codes in modules of {module_mm:.3} mm");
        for message in &messages {
            println!("found: {message}");
        }
        if messages.is_empty() {
            println!("nothing found");
        }
        if register.is_none() {
            println!("There is no register here: checked with sample texts alone.");
        }
    });
    if messages.is_empty() { Ok(()) } else { Err(CliError::AnsweredRefused) }
}

fn proof(session: &Session, args: &ProofArgs) -> Result<(), CliError> {
    let bench = Bench::new(session, args.layout.as_deref())?;
    let design = bench.library.design(&args.design)?;
    let sample = if args.long { Sample::Long } else { Sample::Usual };
    let proof = bench.proof(&design, sample);
    let proofed =
        if args.sheet { proof.sheet(&bench.fonts)? } else { proof.stamp(&bench.fonts)? };
    let usual = || PathBuf::from(format!("{}-ban-in-thu.png", design.name));
    let out = args.out.clone().unwrap_or_else(usual);
    let dpi = args.dpi.unwrap_or(if args.sheet { 200 } else { 600 });
    picture::save(&out, &proofed.pdf, dpi)?;
    let answer = json!({
        "design": design.name,
        "layout": bench.layout.name,
        "sheet": args.sheet,
        "profile": proofed.profile.key(),
        "out": out,
        "warnings": proofed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    });
    session.output.tell(&answer, || {
        println!("{}", out.display());
        for warning in &proofed.warnings {
            println!("note: {warning}");
        }
    });
    Ok(())
}
