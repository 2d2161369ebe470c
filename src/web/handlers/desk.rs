//! What answers at the addresses of work.

pub(in crate::web) mod accounts;
pub(in crate::web) mod annexes;
pub(in crate::web) mod api_pages;
mod asked;
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

use std::borrow::Cow;
use std::str::FromStr;

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use serde::Deserialize;

use super::html;
use crate::accounting::Moved;
use crate::desk::Worker;
use crate::domain::calendar::Day;
use crate::domain::naming::Alike;
use crate::domain::stamp::StampMove;
use crate::store::StoreError;
use crate::web::desk::{Actor, lead};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::views::desk::Frame;
use crate::web::words::Words;
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
    /// Stamps that were moved by it.
    #[serde(rename = "so")]
    moved: Option<u64>,
    /// Stamps that it left as they are.
    #[serde(rename = "con")]
    left: Option<u64>,
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

/// A number as people write it: `2000`, `2.000` or `2 000`. `1.5` is none.
fn count<T: FromStr>(text: &str) -> Option<T> {
    let mut groups = text.trim().split(['.', ' ', '\u{a0}']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.is_empty() || (1..=3).contains(&first.len());
    let is_right = is_grouped && rest.iter().all(|group| group.len() == 3);
    let digits = format!("{first}{}", rest.concat());
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_right && is_number)
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
    let notice = frame.notice.map(|notice| match said.moved {
        Some(moved) => counted(frame.words, &notice, moved, said.left.unwrap_or(0)),
        None => notice,
    });
    Frame { form_key, notice, ..frame }
}

/// What was done, with how many stamps were moved and left.
fn counted(words: Words, done: &str, moved: u64, left: u64) -> Cow<'static, str> {
    let key = if left > 0 { "done.moved_and_left" } else { "done.moved" };
    let (moved, left) = (words.number(moved), words.number(left));
    words.fill(key, [("done", done), ("moved", &*moved), ("left", &*left)]).into()
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

/// The same, with how many stamps it moved and left.
fn moved(path: &str, what: &str, done: &[(StampMove, Moved)]) -> HttpResponse {
    if done.is_empty() {
        return self::done(path, what);
    }
    let sum = |of: fn(&Moved) -> u64| done.iter().map(|(_, moved)| of(moved)).sum::<u64>();
    let (moved, left) = (sum(|it| it.moved), sum(|it| it.left));
    lead(&format!("{path}?xong={what}&so={moved}&con={left}"))
}

/// A register that cannot be asked is busy; why is for the log.
fn busy(why: &StoreError) -> Error {
    tracing::error!(error = why as &dyn std::error::Error, "the register did not answer");
    Error::Busy
}

fn back(request: &HttpRequest) -> String {
    urls::return_to(Said::of(request).then.as_deref()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them_and_no_others() {
        for (text, number) in [("0", 0), ("997", 997), ("2.000", 2_000), (" 1 000 000 ", 1_000_000)]
        {
            assert_eq!(count::<u64>(text), Some(number), "{text}");
        }
        for other in ["", "-1", "+1", "1.5", "1,000", "2.00", "2000.000", "1..000", "x", "1e3"] {
            assert_eq!(count::<u64>(other), None, "{other}");
        }
        assert_eq!(count::<u64>("99999999999999999999"), None);
    }
}
