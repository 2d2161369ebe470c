//! Stamps of a batch that are chosen for an act: by sheet, by serial, or scanned one by one.

use std::collections::BTreeSet;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::batches::{Range, StepForm, file, range};
use super::{frame, refused, worker};
use crate::accounting::Selection;
use crate::code::uri;
use crate::delivery::JobError;
use crate::desk::batches::{self as desk, BatchFile};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::{Printing, read_numbers};
use crate::domain::stamp::StampMove;
use crate::web::AppState;
use crate::web::desk::{Actor, Posted, beside, lead};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::urls;
use crate::web::views::desk::stamps::{self as views, Typed};
use crate::web::views::desk::wording;

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
        "ma" => {
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
    html(Visitor::of(&request), scanned(&request, &actor, &file, &Typed::default(), None))
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
    let visitor = Visitor::of(&request);
    let number = BatchNumber::new(*batch).ok_or(Error::NotFound)?;
    let file = file(&actor, &state, *batch).await?;
    let (mut typed, mut left_out) = (typed(&form), Vec::new());
    let say = |key: &str| visitor.words.say(key).into_owned();
    let mut form = form;
    if form.chosen_by == "ma" {
        let (serials, unreadable) = codes(&form.codes);
        if serials.len() + unreadable.len() > CODES_MAX {
            let said = say("scan.too_many");
            return refused(visitor, scanned(&request, &actor, &file, &typed, Some(said)));
        }
        let (own, others): (Vec<_>, Vec<_>) =
            serials.into_iter().partition(|serial| serial.batch() == number);
        left_out = views::left_out(visitor.words, &unreadable, &others);
        form.codes = views::lines(&own);
        typed.codes.clone_from(&form.codes);
    }
    let step = StampMove::ALL.into_iter().find(|it| it.key() == form.what);
    let step = step.filter(|it| views::CHOICES.contains(it));
    let step = step.filter(|it| *it != StampMove::Activate || !form.lot.trim().is_empty());
    let Some((step, which)) = step.zip(chosen(&form, number)) else {
        let said = left_out.into_iter().chain([say("batch.problem.unreadable")]);
        let said = said.collect::<Vec<_>>().join(" ");
        return refused(visitor, scanned(&request, &actor, &file, &typed, Some(said)));
    };
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    match beside(move || desk::preview(&store, &worker, number, step, &which)).await? {
        Ok(found) => {
            let frame = frame(&request, Some(&actor), "scan.preview");
            html(visitor, views::preview(frame, &file, step, (&typed, &found), left_out))
        }
        Err(JobError::Store(why)) => Err(super::busy(&why)),
        Err(why) => {
            let said = wording::job(visitor.words, &why);
            refused(visitor, scanned(&request, &actor, &file, &typed, Some(said)))
        }
    }
}

fn scanned(
    request: &HttpRequest,
    actor: &Actor,
    file: &BatchFile,
    typed: &Typed,
    problem: Option<String>,
) -> askama::Result<String> {
    let frame = frame(request, Some(actor), "scan.title");
    views::scan(frame, actor, file, typed, problem)
}

fn typed(form: &StepForm) -> Typed {
    Typed {
        chosen_by: form.chosen_by.clone(),
        printing: form.printing.clone(),
        sheets: form.sheets.clone(),
        codes: form.codes.clone(),
        first: form.first.clone(),
        last: form.last.clone(),
        lot: form.lot.clone(),
        made_on: form.made_on.clone(),
        use_by: form.use_by.clone(),
        what: form.what.clone(),
        reason: form.reason.clone(),
    }
}
