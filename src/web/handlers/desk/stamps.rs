//! Stamps of a batch that are chosen for an act: by sheet, by serial, or scanned one by one.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::batches::{file, take};
use super::{frame, refused};
use crate::accounting::{Said, Selection, Unclear};
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::{Printing, read_numbers};
use crate::domain::stamp::StampMove;
use crate::web::desk::{Actor, Posted, lead};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::stamps::{self as views, Form, StepForm};
use crate::web::{AppState, middleware, urls};

/// How a form says that its stamps were scanned one by one.
pub(super) const CODES: &str = "ma";

/// Which stamps a form chooses. A field of a way that was not chosen is filled in by a slip, and asked
/// about: it must move no others than were meant.
pub(super) fn chosen(form: &StepForm, batch: BatchNumber) -> Result<Selection, Unclear> {
    let text = |field: &str| Some(field.trim().to_owned()).filter(|it| !it.is_empty());
    let codes = || form.codes.lines().filter_map(text).collect::<Vec<_>>();
    let sheets = match (text(&form.sheets), form.printing.split_once('/')) {
        (None, _) if form.chosen_by != "to" => None,
        (numbers, printing) => {
            let (layout, design) = printing.unwrap_or_default();
            let printing = Printing { layout: layout.to_owned(), design: design.to_owned() };
            let numbers = numbers.and_then(|it| read_numbers(&it)).unwrap_or_default();
            Some((printing, numbers))
        }
    };
    let is_known = matches!(form.chosen_by.as_str(), "lo" | "to" | "day" | CODES | "");
    let said = Said {
        all: form.chosen_by == "lo",
        first: text(&form.first).or_else(|| (form.chosen_by == "day").then(String::new)),
        last: text(&form.last),
        sheets,
        codes: (form.chosen_by == CODES).then(codes),
        as_many_as_possible: form.is_partial(),
    };
    if is_known { said.read(batch) } else { Err(Unclear::Nothing) }
}

/// A page that takes many codes.
pub(in crate::web) async fn scan(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, *batch).await?;
    let frame = frame(&request, Some(&actor), "scan.title");
    let page = views::scan(frame, &actor, &file, &StepForm::default(), None);
    let mut response = html(Visitor::of(&request), page)?;
    middleware::allow_script(&mut response);
    Ok(response)
}

/// The same, with what was scanned and why nothing was done with it.
pub(super) async fn scan_again(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    batch: u32,
    form: &StepForm,
    said: String,
) -> Result<HttpResponse, Error> {
    let file = file(actor, state, batch).await?;
    let frame = frame(request, Some(actor), "scan.title");
    let page = views::scan(frame, actor, &file, form, Some(said));
    let mut response = refused(Visitor::of(request), page)?;
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

/// Shows what the act that a form names would do, and offers to do it.
pub(in crate::web) async fn preview(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let which = if form.what == StampMove::Activate.key() { Form::Activate } else { Form::Report };
    // Shown, whatever it says of having been seen.
    take(request, actor, state, *batch, (which, form.unseen())).await
}
