//! Stamps of a batch that are chosen for an act: by sheet, by serial, or scanned one by one.

use std::collections::BTreeSet;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::batches::{Range, file, range};
use super::{frame, refused, worker};
use crate::accounting::Selection;
use crate::code::uri;
use crate::delivery::JobError;
use crate::desk::batches::{self as desk, BatchFile};
use crate::domain::calendar::vietnam_day;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::{Printing, read_numbers};
use crate::domain::stamp::StampMove;
use crate::web::desk::{Actor, Posted, beside, lead};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::batches::{self as batch_views, Filled};
use crate::web::views::desk::stamps::{self as views, StepForm};
use crate::web::views::desk::wording;
use crate::web::{AppState, middleware, urls};

/// How a form says that its stamps were scanned one by one.
const SCANNED: &str = "ma";
/// Codes that are taken at once.
const CODES_MAX: usize = 1_000;

/// Which stamps a form chooses; none where that cannot be read. Whoever fills in a field of a way that
/// they did not choose is asked again: all of a batch is not to be moved by a slip.
pub(super) fn chosen(form: &StepForm, batch: BatchNumber) -> Option<Selection> {
    let by_sheet = !form.sheets.trim().is_empty();
    let by_serial = !form.first.trim().is_empty() || !form.last.trim().is_empty();
    match form.chosen_by.as_str() {
        "lo" if !by_sheet && !by_serial => Some(Selection::Batch(batch)),
        "to" if !by_serial => {
            let (layout, design) = form.printing.split_once('/')?;
            let printing = Printing { layout: layout.to_owned(), design: design.to_owned() };
            let numbers = read_numbers(&form.sheets)?;
            Some(Selection::Sheets { batch, printing, numbers })
        }
        SCANNED => {
            let (serials, unreadable) = codes(&form.codes);
            let is_clean = unreadable.is_empty() && (1..=CODES_MAX).contains(&serials.len());
            is_clean.then_some(Selection::Scanned(batch, serials))
        }
        "day" | "" if !by_sheet => match range(form) {
            Range::None if form.chosen_by.is_empty() => Some(Selection::Batch(batch)),
            Range::Of(which) => Some(which),
            Range::None | Range::Unreadable => None,
        },
        _ => None,
    }
}

/// Serials that were scanned or typed, one a line, each once; and lines that hold none.
fn codes(text: &str) -> (Vec<Serial>, Vec<String>) {
    let (mut serials, mut unreadable) = (BTreeSet::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match uri::read(line) {
            Ok(read) => {
                serials.insert(read.serial);
            }
            Err(_) => unreadable.push(line.to_owned()),
        }
    }
    (serials.into_iter().collect(), unreadable)
}

/// A page that takes many codes.
pub(in crate::web) async fn scan(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, *batch).await?;
    let page = scanned(&request, &actor, &file, &StepForm::default(), None);
    let mut response = html(Visitor::of(&request), page)?;
    middleware::allow_script(&mut response);
    Ok(response)
}

/// A preview that is asked for again without its form begins anew.
pub(in crate::web) async fn scan_first(
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
) -> Result<HttpResponse, Error> {
    file(&actor, &state, *batch).await?;
    Ok(lead(&urls::of(urls::SCAN_STAMPS, (*batch).into())))
}

/// Shows what an act would do, and offers to do it. Scanned codes that are of no use are told, and left
/// out of what is offered.
pub(in crate::web) async fn preview(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let words = Visitor::of(&request).words;
    let number = BatchNumber::new(*batch).ok_or(Error::NotFound)?;
    let file = file(&actor, &state, *batch).await?;
    let mut form = form;
    let (mut typed, mut left_out) = (form.clone(), Vec::new());
    let refuse = |typed: &StepForm, said| unseen(&request, &actor, &state, &file, typed, said);
    if form.chosen_by == SCANNED {
        let (serials, unreadable) = codes(&form.codes);
        if serials.len() + unreadable.len() > CODES_MAX {
            return refuse(&typed, words.say("scan.too_many").into_owned());
        }
        let (own, others): (Vec<_>, Vec<_>) =
            serials.into_iter().partition(|serial| serial.batch() == number);
        left_out = views::left_out(words, &unreadable, &others);
        form.codes = views::lines(&own);
        typed.codes.clone_from(&form.codes);
    }
    let Some((step, which)) = previewed(&form).zip(chosen(&form, number)) else {
        let said = words.say("batch.problem.unreadable").into_owned();
        let said = left_out.into_iter().chain([said]).collect::<Vec<_>>().join(" ");
        return refuse(&typed, said);
    };
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    match beside(move || desk::preview(&store, &worker, number, step, &which)).await? {
        Ok(found) => {
            if let Some(said) = views::elsewhere(words, &found.elsewhere) {
                let (own, _) = codes(&typed.codes);
                let here = own.into_iter().filter(|serial| !found.elsewhere.contains(serial));
                typed.codes = views::lines(&here.collect::<Vec<_>>());
                left_out.push(said);
            }
            let frame = frame(&request, Some(&actor), "scan.preview");
            let page = views::preview(frame, &file, step, (&typed, &found), left_out);
            html(Visitor::of(&request), page)
        }
        Err(JobError::Store(why)) => Err(super::busy(&why)),
        Err(why) => refuse(&typed, wording::job(words, &why)),
    }
}

/// What is to be looked at, where the form says all that it takes.
fn previewed(form: &StepForm) -> Option<StampMove> {
    let step = views::CHOICES.into_iter().find(|it| it.key() == form.what)?;
    (step != StampMove::Activate || !form.lot.trim().is_empty()).then_some(step)
}

/// The form that something was to be looked at from, as it was filled in, with what to do about it:
/// that for scanned codes, or the one on the page of the batch.
fn unseen(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    file: &BatchFile,
    typed: &StepForm,
    said: String,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(request);
    if typed.chosen_by == SCANNED || typed.chosen_by.is_empty() {
        let page = scanned(request, actor, file, typed, Some(said));
        let mut response = refused(visitor, page)?;
        middleware::allow_script(&mut response);
        return Ok(response);
    }
    let form = if typed.what == StampMove::Activate.key() { "activate" } else { "report" };
    let frame = frame(request, Some(actor), "batch.title");
    let today = vietnam_day(state.clock.now());
    let filled = Filled { form, typed: typed.clone(), said };
    refused(visitor, batch_views::page(frame, actor, file, today, Some(filled)))
}

fn scanned(
    request: &HttpRequest,
    actor: &Actor,
    file: &BatchFile,
    typed: &StepForm,
    problem: Option<String>,
) -> askama::Result<String> {
    let frame = frame(request, Some(actor), "scan.title");
    views::scan(frame, actor, file, typed, problem)
}
