//! `ocop sheet link`, `links` and `unlink`: how a print shop gets the files.

use chrono::TimeDelta;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{batch, folder, printing};
use crate::app::{App, AppError};
use crate::cli::Session;
use crate::cli::error::CliError;
use crate::code::text;
use crate::domain::calendar::{Instant, vietnam_time};
use crate::domain::download::{DownloadLink, LINK_DAYS_MAX, NewDownloadLink};
use crate::domain::ids::LinkId;
use crate::shipping;
use crate::store::download_links;

/// Commands of `sheet` beside printing itself.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SheetCommand {
    /// Make a link by which a print shop fetches the files; shown once
    Link(LinkArgs),
    /// List the links of a batch
    Links {
        /// The batch
        batch: String,
    },
    /// Withdraw a link
    Unlink {
        /// Number of the link
        id: i64,
    },
}

/// Options of `sheet link`.
#[derive(Args, Debug)]
pub(in crate::cli) struct LinkArgs {
    /// The batch, whose sheets are written
    batch: String,
    /// Layout it was printed in [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// Design it was printed in [default: sheets.design of the settings]
    #[arg(long, value_name = "NAME")]
    design: Option<String>,
    /// Whom the link is for
    #[arg(long = "for", value_name = "NAME", value_parser = crate::cli::kept)]
    recipient: String,
    /// Days it opens
    #[arg(long, value_name = "N", default_value_t = 7,
          value_parser = clap::value_parser!(u32).range(1..=i64::from(LINK_DAYS_MAX)))]
    days: u32,
}

pub(super) fn run(session: &Session, app: &App, command: &SheetCommand) -> Result<(), CliError> {
    match command {
        SheetCommand::Link(args) => link(session, app, args),
        SheetCommand::Links { batch } => links(session, app, batch),
        SheetCommand::Unlink { id } => unlink(session, app, LinkId(*id)),
    }
}

fn link(session: &Session, app: &App, args: &LinkArgs) -> Result<(), CliError> {
    let host = app.printed_host().map_err(AppError::nobodys("stamps.host"))?;
    let act = session.act(app);
    let details = NewDownloadLink {
        batch: batch(&args.batch)?,
        printing: printing(app, args.layout.as_deref(), args.design.as_deref()),
        recipient: args.recipient.clone(),
        expires_at: act.at + TimeDelta::days(args.days.into()),
    };
    let (made, token) =
        shipping::link(&app.store, app.random.as_ref(), &folder(app), &details, act)?;
    let url = format!("https://{host}/in/{}/", token.reveal());
    let mut answer = facts(&made, act.at);
    if let Some(answer) = answer.as_object_mut() {
        answer.insert("url".into(), json!(url));
    }
    session.output.tell(&answer, || {
        line(&made, act.at);
        println!("{url}");
        println!("Whoever has this address can fetch the files. It is not shown again.");
    });
    Ok(())
}

fn links(session: &Session, app: &App, name: &str) -> Result<(), CliError> {
    let number = batch(name)?;
    let now = app.clock.now();
    let all = app.store.read(|register| download_links::of_batch(register, number))?;
    let answer: Vec<Value> = all.iter().map(|link| facts(link, now)).collect();
    session
        .output
        .tell(&json!({ "links": answer }), || all.iter().for_each(|link| line(link, now)));
    Ok(())
}

fn unlink(session: &Session, app: &App, id: LinkId) -> Result<(), CliError> {
    let act = session.act(app);
    let link = shipping::unlink(&app.store, id, act)?;
    session.output.tell(&facts(&link, act.at), || line(&link, act.at));
    Ok(())
}

fn facts(link: &DownloadLink, at: Instant) -> Value {
    let details = &link.details;
    json!({
        "id": link.id.0,
        "batch": text::batch(details.batch),
        "layout": details.printing.layout,
        "design": details.printing.design,
        "for": details.recipient,
        "created_at": link.created_at,
        "expires_at": details.expires_at,
        "state": link.state(at).key(),
    })
}

fn line(link: &DownloadLink, at: Instant) {
    let details = &link.details;
    let (batch, printing) = (text::batch(details.batch), &details.printing);
    let ends = vietnam_time(details.expires_at).format("%H:%M %d/%m/%Y");
    println!(
        "link {}: {batch} {} {} for {}, until {ends}, {}",
        link.id,
        printing.layout,
        printing.design,
        details.recipient,
        link.state(at).key(),
    );
}
