//! `ocop product`.

use clap::{Args, Subcommand};
use serde_json::json;

use super::Session;
use super::error::CliError;
use super::stamp::{Trial, attempted, say_preview, with_preview};
use crate::app::App;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::ProductId;
use crate::domain::producer::Producer;
use crate::domain::product::Product;
use crate::domain::recognition::{Event, EventKind, Recognition, Standing, governing};
use crate::register::RegisterError;
use crate::store::{Store, StoreError, authorities, products, recognitions};
use crate::{intake, register, vietnamese};

/// Products listed at most.
const LISTED_MAX: i64 = 200;

/// Commands of `product`.
#[derive(Debug, Subcommand)]
pub(super) enum ProductCommand {
    /// List products in the order of the Vietnamese alphabet
    List {
        /// Words of the product's or producer's name; accents do not matter (gom su = gốm sứ)
        words: Vec<String>,
    },
    /// Show a product with all its recognitions
    Show {
        /// Number of the product, from `ocop product list`
        id: i64,
    },
    /// Suspend the right to the mark
    Suspend(EventArgs),
    /// Give a suspended right back
    Reinstate(EventArgs),
    /// Withdraw the recognition, for good
    Revoke(EventArgs),
    /// Change the last day of the recognition
    Extend {
        #[command(flatten)]
        event: EventArgs,
        /// The new last day (dd/mm/yyyy)
        #[arg(long, value_name = "DATE")]
        until: String,
    },
}

/// What is recorded with an event.
#[derive(Args, Debug)]
pub(super) struct EventArgs {
    /// Number of the product, from `ocop product list`
    id: i64,
    /// First day it has effect (dd/mm/yyyy) [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Number of the decision
    #[arg(long, value_name = "NUMBER")]
    decision: Option<String>,
    /// Day on which the decision was signed (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    signed: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    reason: Option<String>,
    #[command(flatten)]
    trial: Trial,
}

pub(super) fn run(session: &Session, command: ProductCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        ProductCommand::List { words } => list(session, &app, &words.join(" ")),
        ProductCommand::Show { id } => {
            let id = ProductId(id);
            tell(session, &app, id, (look(&app.store, id)?, false))
        }
        ProductCommand::Suspend(args) => record(session, &app, args, EventKind::Suspended),
        ProductCommand::Reinstate(args) => record(session, &app, args, EventKind::Reinstated),
        ProductCommand::Revoke(args) => record(session, &app, args, EventKind::Revoked),
        ProductCommand::Extend { event, until } => {
            record(session, &app, event, EventKind::EndChanged(day(&until)?))
        }
    }
}

/// A day as people write it.
pub(super) fn day(text: &str) -> Result<Day, CliError> {
    intake::date::read(text)
        .map_err(|error| CliError::refused(format!("“{text}” is no date (dd/mm/yyyy): {error}")))
}

fn list(session: &Session, app: &App, words: &str) -> Result<(), CliError> {
    let today = vietnam_day(app.clock.now());
    let found = app.store.read(|register| {
        let found = products::search(register, words, LISTED_MAX)?;
        let with_recognitions = found.into_iter().map(|(product, producer)| {
            let recognitions = recognitions::of_product(register, product.id)?;
            Ok((product, producer, governing(&recognitions, today).cloned()))
        });
        with_recognitions.collect::<Result<Vec<_>, CliError>>()
    })?;
    let all: Vec<_> = found
        .iter()
        .map(|(product, producer, recognition)| {
            facts(product, producer, recognition.as_ref(), today)
        })
        .collect();
    session.output.tell(&json!({ "products": all }), || {
        for (product, producer, recognition) in &found {
            let standing = recognition.as_ref().map_or_else(String::new, |it| in_words(it, today));
            let (name, maker) = (&product.details.name, &producer.details.name);
            println!("{:>5}  {name} – {maker}  {standing}", product.id);
        }
    });
    Ok(())
}

/// A product with its recognitions, each with the name of its authority.
type Looked = (Product, Producer, Vec<(Recognition, String)>);

fn look(store: &Store, id: ProductId) -> Result<Option<Looked>, StoreError> {
    store.read(|register| {
        let Some((product, producer)) = products::get(register, id)? else { return Ok(None) };
        let all = recognitions::of_product(register, id)?.into_iter().map(|recognition| {
            let authority = authorities::get(register, recognition.paper.authority)?;
            let authority = authority.map(|authority| authority.name).unwrap_or_default();
            Ok((recognition, authority))
        });
        let all = all.collect::<Result<Vec<_>, StoreError>>()?;
        Ok(Some((product, producer, all)))
    })
}

fn tell(
    session: &Session,
    app: &App,
    id: ProductId,
    (shown, preview): (Option<Looked>, bool),
) -> Result<(), CliError> {
    let missing = || CliError::refused(format!("there is no product {id}"));
    let (product, producer, papers) = shown.ok_or_else(missing)?;
    let today = vietnam_day(app.clock.now());
    let governing = governing(papers.iter().map(|(recognition, _)| recognition), today);
    let facts = facts(&product, &producer, governing, today);
    session.output.tell(&with_preview(facts, preview), || {
        say_preview(preview);
        println!("{}\n{}", product.details.name, producer.details.name);
        for (recognition, authority) in &papers {
            let paper = &recognition.paper;
            let signed = vietnamese::date(paper.signed_on);
            println!("  {} – {authority} – {signed}", paper.decision_number);
            println!("    {}", in_words(recognition, today));
            for event in &recognition.events {
                let reason = event.reason.as_deref().unwrap_or_default();
                let from = vietnamese::date(event.effective_on);
                println!("    {from} {} {reason}", event_in_words(event.kind));
            }
        }
    });
    Ok(())
}

fn record(session: &Session, app: &App, args: EventArgs, kind: EventKind) -> Result<(), CliError> {
    let today = vietnam_day(app.clock.now());
    let event = Event {
        effective_on: args.from.as_deref().map_or(Ok(today), day)?,
        kind,
        decision_number: args.decision,
        signed_on: args.signed.as_deref().map(day).transpose()?,
        reason: args.reason,
    };
    let (id, preview, act) = (ProductId(args.id), args.trial.preview, session.act(app));
    let is_about_an_end = matches!(kind, EventKind::EndChanged(_));
    let enter = if is_about_an_end { register::record_event } else { register::judge };
    let shown = attempted(app, preview, |store| {
        enter(store, id, &event, act)?;
        Ok::<_, RegisterError>(look(store, id)?)
    })?;
    tell(session, app, id, (shown, preview))
}

fn facts(
    product: &Product,
    producer: &Producer,
    recognition: Option<&Recognition>,
    today: Day,
) -> serde_json::Value {
    json!({
        "id": product.id.0,
        "name": product.details.name,
        "producer": producer.details.name,
        "group": product.details.group.number(),
        "gtin": product.details.gtin.map(|gtin| gtin.to_string()),
        "stars": recognition.map(|recognition| recognition.paper.stars.get()),
        "ends_on": recognition.map(|recognition| recognition.ends_on(today)),
        "in_force": recognition.map(|it| it.standing(today) == Standing::InForce),
    })
}

fn in_words(recognition: &Recognition, today: Day) -> String {
    let stars = recognition.paper.stars.get();
    let standing = match recognition.standing(today) {
        Standing::InForce => {
            format!("Còn hiệu lực đến {}", vietnamese::date(recognition.ends_on(today)))
        }
        Standing::NotYet { from } => format!("Có hiệu lực từ {}", vietnamese::date(from)),
        Standing::Expired { ended_on } => format!("Hết hiệu lực {}", vietnamese::date(ended_on)),
        Standing::Suspended(by) => {
            format!("Tạm đình chỉ từ {}", vietnamese::date(by.since))
        }
        Standing::Revoked(by) => {
            format!("Bị thu hồi Giấy chứng nhận từ {}", vietnamese::date(by.since))
        }
    };
    format!("{stars} sao · {standing}")
}

fn event_in_words(kind: EventKind) -> String {
    match kind {
        EventKind::EndChanged(end) => format!("Có giá trị đến {}", vietnamese::date(end)),
        EventKind::Suspended => "Tạm đình chỉ".into(),
        EventKind::Reinstated => "Được phép sử dụng lại".into(),
        EventKind::Revoked => "Thu hồi Giấy chứng nhận".into(),
    }
}
