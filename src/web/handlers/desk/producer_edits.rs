//! Producers entered, and what is known of them changed.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{busy, done, frame, producers, refused, text, worker};
use crate::desk::producers as desk;
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::{Contact, NewProducer, ProducerKind};
use crate::register::producers::ProducerError;
use crate::vietnamese;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::producer_edits::{self as views, Problem, Typed};
use crate::web::{AppState, urls};

/// A producer as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct ProducerForm {
    #[serde(rename = "ban", default)]
    version: String,
    #[serde(rename = "loai", default)]
    kind: String,
    #[serde(rename = "ten", default)]
    name: String,
    #[serde(rename = "ma_so_thue", default)]
    tax_code: String,
    #[serde(rename = "dia_chi", default)]
    address: String,
    #[serde(rename = "xa", default)]
    commune: String,
    #[serde(rename = "dien_thoai", default)]
    phone: String,
    #[serde(rename = "thu_dien_tu", default)]
    email: String,
    /// Said to be another than the one it is written like.
    #[serde(rename = "khac", default)]
    is_other: String,
}

/// The form for a new producer.
pub(in crate::web) async fn blank(
    request: HttpRequest,
    actor: Actor,
) -> Result<HttpResponse, Error> {
    let frame = frame(&request, Some(&actor), "producer.add.title");
    html(Visitor::of(&request), views::page(frame, None, &Typed::default(), None, None))
}

/// Enters a producer.
pub(in crate::web) async fn add(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    form: Posted<ProducerForm>,
) -> Result<HttpResponse, Error> {
    let typed = typed(&form.0);
    let problem = match read(&typed) {
        Err(problem) => problem,
        Ok(wanted) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            let alike = super::alike(&form.0.is_other);
            match beside(move || desk::add(&store, &worker, &wanted, alike)).await? {
                Ok(id) => return Ok(done(&urls::of(urls::PRODUCER, id.0), "producer.added")),
                Err(why) => problem(why)?,
            }
        }
    };
    let frame = frame(&request, Some(&actor), "producer.add.title");
    refused(Visitor::of(&request), views::page(frame, None, &typed, None, Some(problem)))
}

/// The form for what is known.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    producer: Path<i64>,
) -> Result<HttpResponse, Error> {
    let known = producers::file(&actor, &state, ProducerId(*producer)).await?.producer;
    let frame = frame(&request, Some(&actor), "producer.edit.title");
    let page = views::page(frame, Some(known.id), &Typed::of(&known), None, None);
    html(Visitor::of(&request), page)
}

/// Changes a producer.
pub(in crate::web) async fn change(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    producer: Path<i64>,
    form: Posted<ProducerForm>,
) -> Result<HttpResponse, Error> {
    let id = ProducerId(*producer);
    // Also who filled in too little learns first whether the producer is there.
    producers::file(&actor, &state, id).await?;
    let mut typed = typed(&form.0);
    let problem = match read(&typed) {
        Err(problem) => problem,
        Ok(wanted) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            let (version, alike) = (typed.version, super::alike(&form.0.is_other));
            let change = move || desk::change(&store, &worker, id, version, (&wanted, alike));
            match beside(change).await? {
                Ok(()) => return Ok(done(&urls::of(urls::PRODUCER, id.0), "kept")),
                Err(why) => problem(why)?,
            }
        }
    };
    // Read after the refusal: what the page tells is what the next attempt is held to.
    let known = producers::file(&actor, &state, id).await?.producer;
    let theirs = matches!(problem, Problem::Said("changed")).then_some(&known);
    if theirs.is_some() {
        typed.version = known.version;
    }
    let frame = frame(&request, Some(&actor), "producer.edit.title");
    refused(Visitor::of(&request), views::page(frame, Some(id), &typed, theirs, Some(problem)))
}

/// Which problem it is that a producer was not kept for.
fn problem(why: ProducerError) -> Result<Problem, Error> {
    Ok(match why {
        ProducerError::Store(why) => return Err(busy(&why)),
        ProducerError::NoProducer(_) => return Err(Error::NotFound),
        ProducerError::Facts => Problem::Said("facts"),
        ProducerError::Unprintable(why) => Problem::Unprintable(why),
        ProducerError::TaxCode => Problem::Said("tax_code"),
        ProducerError::Phone => Problem::Said("phone"),
        ProducerError::Email => Problem::Said("email"),
        ProducerError::Alike { id, known, .. } => Problem::Alike(id, known),
        ProducerError::Taken(_, other) => Problem::Taken("taken", other),
        ProducerError::TaxCodeTaken(_, other) => Problem::Taken("tax_code_taken", other),
        ProducerError::Changed(_) => Problem::Said("changed"),
    })
}

fn typed(form: &ProducerForm) -> Typed {
    let line = |text: &str| vietnamese::nfc(text.trim());
    Typed {
        // No producer has version 0: what has none is held to have been changed.
        version: form.version.parse().unwrap_or(0),
        kind: form.kind.trim().to_owned(),
        name: line(&form.name),
        tax_code: form.tax_code.split_whitespace().collect(),
        address: line(&form.address),
        commune: form.commune.trim().to_owned(),
        phone: line(&form.phone),
        email: line(&form.email),
    }
}

/// What was filled in, or which problem it has.
fn read(typed: &Typed) -> Result<NewProducer, Problem> {
    let facts = || Problem::Said("facts");
    let commune = text(&typed.commune).map(|code| Commune::from_code(&code).ok_or_else(facts));
    let (phone, email) = (text(&typed.phone), text(&typed.email));
    Ok(NewProducer {
        kind: ProducerKind::from_key(&typed.kind).ok_or_else(facts)?,
        name: typed.name.clone(),
        tax_code: text(&typed.tax_code),
        address: text(&typed.address),
        contact: Contact { commune: commune.transpose()?, phone, email },
    })
}
