//! Consumers' reports: sent by anybody without signing in, and followed by their receipt.
//!
//! The receipt follows from the key of the form, so that a form that is sent twice is one report with
//! one receipt, and the register needs to have its SHA-256 alone.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, ContentType, LOCATION, RETRY_AFTER};
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use chrono::TimeDelta;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::html;
use crate::code::receipt::Receipt;
use crate::code::uri;
use crate::domain::report::{NewReport, Report, ReportKind};
use crate::register::reports::{self as acts, ReportError};
use crate::store::{StoreError, reports};
use crate::token::Token;
use crate::vietnamese;
use crate::web::desk::{beside, lead};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::views::desk::wording;
use crate::web::views::reports::{self as views, ReceiptJson, Typed};
use crate::web::{AppState, urls};

/// Most bytes of a form: the longest texts, each letter escaped.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// Most bytes of a key that a program gives.
const KEY_BYTES_MAX: usize = 255;
/// What is counted by where it comes from; no login has such letters.
const SENDING: &str = "gửi phản ánh";
const GUESSING: &str = "mã tiếp nhận";
/// Who reported too often may try again in so many seconds.
const RETRY_SECONDS: &str = "60";

/// What an address may say.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(rename = "ma", default)]
    code: String,
    #[serde(rename = "xong")]
    sent: Option<String>,
}

/// A report as a program sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FromProgram {
    kind: String,
    code: Option<String>,
    seen: String,
    bought_at: Option<String>,
    contact: Option<String>,
}

/// Why a report was not taken.
struct Refused {
    status: StatusCode,
    said: String,
}

/// An empty form, with the code of a scan.
pub(in crate::web) async fn blank(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = extract::query(&request).unwrap_or_default();
    let code = asked.code.chars().take(acts::LINE_CHARS_MAX).collect();
    let typed = Typed { code, key: new_key(&state)?, ..Typed::default() };
    let visitor = Visitor::of(&request);
    html(visitor, views::form(visitor, &typed, None, &state))
}

/// Takes a report: from the form, or as JSON.
pub(in crate::web) async fn send(
    request: HttpRequest,
    state: Data<AppState>,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    let unreadable = |why: &dyn std::fmt::Display| Error::BadForm(why.to_string());
    let body = payload.to_bytes_limited(BODY_BYTES_MAX).await;
    let body = body.map_err(|why| unreadable(&why))?.map_err(|why| unreadable(&why))?;
    if request.content_type().eq_ignore_ascii_case("application/json") {
        return by_program(&request, &state, &body).await;
    }
    let text = std::str::from_utf8(&body).map_err(|why| unreadable(&why))?;
    let form = Query::<Typed>::from_query(text).map_err(|why| unreadable(&why))?;
    by_form(&request, &state, form.into_inner()).await
}

async fn by_form(
    request: &HttpRequest,
    state: &Data<AppState>,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(request);
    // Of our own making, so that no two people have the same.
    let key = Token::read(&typed.key).map(|key| key.reveal()).unwrap_or_default();
    match take(request, state, &typed, &key).await? {
        Ok((receipt, _)) => {
            let page = urls::receipt(receipt, visitor.chosen);
            let joint = if page.contains('?') { '&' } else { '?' };
            Ok(lead(&format!("{page}{joint}xong=1")))
        }
        Err(Refused { status, said }) => {
            // Whatever it was, what comes back can be sent as a report of its own.
            let typed = Typed { key: new_key(state)?, ..typed };
            let mut response = html(visitor, views::form(visitor, &typed, Some(said), state))?;
            *response.status_mut() = status;
            if status == StatusCode::TOO_MANY_REQUESTS {
                response.headers_mut().insert(RETRY_AFTER, RETRY_SECONDS.parse().map_err(odd)?);
            }
            Ok(response)
        }
    }
}

async fn by_program(
    request: &HttpRequest,
    state: &Data<AppState>,
    body: &[u8],
) -> Result<HttpResponse, Error> {
    let visitor = Visitor { wants_json: true, ..Visitor::of(request) };
    let said = |key: &str| visitor.words.say(&format!("report.problem.{key}")).into_owned();
    let key = request.headers().get("idempotency-key").and_then(|key| key.to_str().ok());
    let key = key.filter(|key| (1..=KEY_BYTES_MAX).contains(&key.len()));
    let key = key.ok_or_else(|| Error::Unfit(said("no_key")))?.to_owned();
    let sent: FromProgram =
        serde_json::from_slice(body).map_err(|why| Error::Unfit(why.to_string()))?;
    let typed = Typed {
        kind: sent.kind,
        code: sent.code.unwrap_or_default(),
        seen: sent.seen,
        bought_at: sent.bought_at.unwrap_or_default(),
        contact: sent.contact.unwrap_or_default(),
        key: String::new(),
    };
    match take(request, state, &typed, &key).await? {
        Ok((receipt, report)) => {
            let mut response = json(visitor, receipt, &report)?;
            *response.status_mut() = StatusCode::CREATED;
            let place = urls::receipt(receipt, None).parse().map_err(odd)?;
            response.headers_mut().insert(LOCATION, place);
            Ok(response)
        }
        Err(Refused { status: StatusCode::TOO_MANY_REQUESTS, .. }) => Err(Error::TooMany),
        Err(Refused { said, .. }) => Err(Error::Unfit(said)),
    }
}

/// Takes a report under a key.
async fn take(
    request: &HttpRequest,
    state: &Data<AppState>,
    typed: &Typed,
    key: &str,
) -> Result<Result<(Receipt, Report), Refused>, Error> {
    let words = Visitor::of(request).words;
    let refused = |key: &str, status| {
        Ok(Err(Refused { status, said: words.say(&format!("report.problem.{key}")).into_owned() }))
    };
    let Some(kind) = ReportKind::of_people(&typed.kind) else {
        return refused("kind", StatusCode::UNPROCESSABLE_ENTITY);
    };
    let Some(receipt) = (!key.is_empty()).then(|| receipt(key)).flatten() else {
        return refused("key", StatusCode::UNPROCESSABLE_ENTITY);
    };
    let new = read(typed, kind);
    let from = extract::network(request, &state.proxies);
    let (store, at) = (state.store.clone(), state.clock.now());
    if state.identity.count(SENDING, &from).is_err() {
        return refused("too_many", StatusCode::TOO_MANY_REQUESTS);
    }
    let times = (at, at - TimeDelta::days(1));
    match beside(move || acts::send(&store, &new, &receipt.sha256(), times)).await? {
        Ok(report) => Ok(Ok((receipt, report))),
        Err(ReportError::Store(why)) => Err(busy(&why)),
        Err(ReportError::TooMany) => refused("too_many", StatusCode::TOO_MANY_REQUESTS),
        Err(why) => {
            let said = wording::report(words, &why);
            Ok(Err(Refused { status: StatusCode::UNPROCESSABLE_ENTITY, said }))
        }
    }
}

/// Leads to the page of a receipt that was typed.
pub(in crate::web) async fn find(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = extract::query(&request).unwrap_or_default();
    let receipt = Receipt::read(&asked.code).ok_or_else(|| wrong(&request, &state))?;
    Ok(lead(&urls::receipt(receipt, Visitor::of(&request).chosen)))
}

/// What became of a report.
pub(in crate::web) async fn page(
    request: HttpRequest,
    state: Data<AppState>,
    typed: Path<String>,
) -> Result<HttpResponse, Error> {
    let receipt = Receipt::read(&typed).ok_or_else(|| wrong(&request, &state))?;
    let store = state.store.clone();
    let found = move || store.read(|it| reports::by_receipt(it, &receipt.sha256()));
    let found = beside(found).await?.map_err(|why| busy(&why))?;
    let report = found.ok_or_else(|| wrong(&request, &state))?;
    let visitor = Visitor::of(&request);
    if visitor.wants_json {
        return json(visitor, receipt, &report);
    }
    let asked: Asked = extract::query(&request).unwrap_or_default();
    html(visitor, views::receipt(visitor, receipt, &report, asked.sent.is_some(), &state))
}

/// Erases the contact that was left with a report, as its person asks.
pub(in crate::web) async fn withdraw_contact(
    request: HttpRequest,
    state: Data<AppState>,
    typed: Path<String>,
) -> Result<HttpResponse, Error> {
    let receipt = Receipt::read(&typed).ok_or_else(|| wrong(&request, &state))?;
    let (store, at) = (state.store.clone(), state.clock.now());
    let done = beside(move || acts::withdraw_contact(&store, &receipt.sha256(), at)).await?;
    done.map_err(|why| busy(&why))?.ok_or_else(|| wrong(&request, &state))?;
    Ok(lead(&urls::receipt(receipt, Visitor::of(&request).chosen)))
}

fn json(visitor: Visitor, receipt: Receipt, report: &Report) -> Result<HttpResponse, Error> {
    let body = serde_json::to_string(&ReceiptJson::new(receipt, report)).map_err(odd)?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::json())
        .insert_header((CONTENT_LANGUAGE, visitor.words.tag()))
        .body(body))
}

/// A receipt that no report has. Who guesses is slowed down.
fn wrong(request: &HttpRequest, state: &AppState) -> Error {
    let from = extract::network(request, &state.proxies);
    let counted = state.identity.count(GUESSING, &from);
    counted.map_or(Error::TooMany, |()| Error::NoReceipt)
}

/// What was filled in. A text keeps its lines.
fn read(typed: &Typed, kind: ReportKind) -> NewReport {
    let line = |text: &str| Some(vietnamese::nfc(text)).filter(|text| !text.is_empty());
    let seen: Vec<String> = typed.seen.trim().lines().map(vietnamese::nfc).collect();
    NewReport {
        kind,
        serial: uri::read(&typed.code).ok().map(|read| read.serial),
        code: line(&typed.code),
        seen: seen.join("\n"),
        bought_at: line(&typed.bought_at),
        contact: line(&typed.contact),
    }
}

fn receipt(key: &str) -> Option<Receipt> {
    let hash = Sha256::new().chain_update("receipt\0").chain_update(key).finalize();
    let first = hash.iter().take(8).fold(0_u64, |bits, &byte| (bits << 8) | u64::from(byte));
    Receipt::new(first)
}

fn new_key(state: &AppState) -> Result<String, Error> {
    state.identity.request_key().map_err(odd)
}

fn odd(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Internal("a report was not answered", why.into())
}

fn busy(why: &StoreError) -> Error {
    tracing::error!(error = why as &dyn std::error::Error, "a report was not kept or found");
    Error::Busy
}
