//! What answers at the addresses of work.

pub(in crate::web) mod accounts;
pub(in crate::web) mod annexes;
pub(in crate::web) mod api_pages;
pub(in crate::web) mod audit;
pub(in crate::web) mod batches;
pub(in crate::web) mod dashboard;
pub(in crate::web) mod destructions;
pub(in crate::web) mod guides;
pub(in crate::web) mod home;
pub(in crate::web) mod inspections;
pub(in crate::web) mod judgements;
mod list;
pub(in crate::web) mod lots;
pub(in crate::web) mod orders;
pub(in crate::web) mod papers;
pub(in crate::web) mod photos;
pub(in crate::web) mod producer_edits;
pub(in crate::web) mod producers;
pub(in crate::web) mod product_edits;
pub(in crate::web) mod products;
pub(in crate::web) mod proofs;
pub(in crate::web) mod reconciliation;
pub(in crate::web) mod records;
pub(in crate::web) mod renewals;
pub(in crate::web) mod reports;
pub(in crate::web) mod settings;
pub(in crate::web) mod sheets;
pub(in crate::web) mod sign_in;
pub(in crate::web) mod stamps;
pub(in crate::web) mod tokens;

use std::str::FromStr;

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use serde::Deserialize;

use super::html;
use crate::desk::Worker;
use crate::domain::calendar::Day;
use crate::domain::naming::Alike;
use crate::store::StoreError;
use crate::web::desk::{Actor, lead};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::views::desk::Frame;
use crate::web::{AppState, urls};

/// What the address of a page may say beside which page it is.
#[derive(Debug, Default, Deserialize)]
struct Said {
    /// Where to come back to.
    #[serde(rename = "tiep")]
    then: Option<String>,
    /// What was just done.
    #[serde(rename = "xong")]
    done: Option<String>,
}

impl Said {
    fn of(request: &HttpRequest) -> Self {
        extract::query(request).unwrap_or_default()
    }
}

/// An act that needs nothing more.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Nothing {}

/// How a browser writes a day.
const DAY_FORM: &str = "%Y-%m-%d";

/// What was filled in; none where it is blank.
fn text(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What a ticked box says about names that are written alike.
fn alike(ticked: &str) -> Alike {
    if ticked.is_empty() { Alike::Ask } else { Alike::IsOther }
}

/// A day as a browser sends it.
fn day(text: &str) -> Result<Day, chrono::ParseError> {
    Day::parse_from_str(text.trim(), DAY_FORM)
}

/// A number as people write it: `2.000`.
fn count<T: FromStr>(text: &str) -> Option<T> {
    text.chars().filter(|c| !matches!(c, '.' | ' ')).collect::<String>().parse().ok()
}

fn worker(actor: &Actor, state: &AppState) -> Worker {
    Worker {
        login: actor.login().to_owned(),
        organisation: actor.organisation(),
        at: state.clock.now(),
    }
}

/// The frame of a page, with what was just done.
fn frame(request: &HttpRequest, actor: Option<&Actor>, title: &str) -> Frame {
    let said = Said::of(request);
    let here = (request.path(), request.query_string());
    let frame = Frame::new(Visitor::of(request), actor, here, title, said.done.as_deref());
    // Also a page for anyone may be sent by somebody who is signed in.
    let form_key = request.extensions().get::<Actor>().map(Actor::form_key);
    Frame { form_key, ..frame }
}

/// A page whose form could not be taken, with what to do about it.
fn refused(frame_words: Visitor, page: askama::Result<String>) -> Result<HttpResponse, Error> {
    let mut response = html(frame_words, page)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// Leads to a page, which says what was done. A page that is asked for again does nothing again.
fn done(path: &str, what: &str) -> HttpResponse {
    lead(&format!("{path}?xong={what}"))
}

/// A register that cannot be asked is busy; why is for the log.
fn busy(why: &StoreError) -> Error {
    tracing::error!(error = why as &dyn std::error::Error, "the register did not answer");
    Error::Busy
}

fn back(request: &HttpRequest) -> String {
    urls::return_to(Said::of(request).then.as_deref()).to_owned()
}
