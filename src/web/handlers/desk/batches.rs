//! Batches, from the print shop to a closed account.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::list::{self, Extras};
use super::producers;
use super::stamps;
use super::{busy, count, day, done, frame, refused, text, worker};
use crate::accounting::{LotName, Selection, StampError};
use crate::code::uri;
use crate::delivery::{JobError, Spoiled};
use crate::desk::batches::{self as desk, Assignment, BatchFile, Step};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::{ProducerId, ShopId};
use crate::domain::print_job::Minutes;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::StampMove;
use crate::store::batch_list::{BatchFilter, BatchStage, Difference};
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::batches::{self as views, Filled};
use crate::web::views::desk::stamps::StepForm;
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "trang_thai", default)]
    stage: String,
    #[serde(rename = "chenh_lech", default)]
    difference: String,
    #[serde(rename = "chu_the", default)]
    producer: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let filter = BatchFilter {
        stage: BatchStage::from_key(&narrowed.stage),
        words: narrowed.words,
        difference: Difference::from_key(&narrowed.difference),
        producer: narrowed.producer.parse().ok().map(ProducerId),
    };
    let offered = producers::offered(&actor, &state, filter.producer).await?;
    list::answer(request, actor, state, filter, Extras { offered, ..Extras::default() }).await
}

/// One batch.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, *batch).await?;
    let frame = frame(&request, Some(&actor), "batch.title");
    let today = vietnam_day(state.clock.now());
    html(Visitor::of(&request), views::page(frame, &actor, &file, today, None))
}

/// Gives a batch to a print shop.
pub(in crate::web) async fn assign(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let shop = form.shop.parse().ok().map(ShopId);
    let seen = form.version.parse().ok();
    let said = shop.zip(optional_day(&form.due_on).ok());
    let step = said.map(|(shop, due_on)| Step::Assign(Assignment { shop, due_on, seen }));
    take(request, actor, state, *batch, ("assign", &form), step).await
}

/// Reports a batch printed, with a range that came out spoiled, if any.
pub(in crate::web) async fn printed(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let spoiled = match range(&form) {
        Range::None => Some(Vec::new()),
        Range::Of(which) => text(&form.reason).map(|reason| vec![Spoiled { which, reason }]),
        Range::Unreadable => None,
    };
    take(request, actor, state, *batch, ("printed", &form), spoiled.map(Step::Printed)).await
}

/// Hands printed stamps over.
pub(in crate::web) async fn hand_over(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let minutes = text(&form.minutes).zip(day(&form.day).ok()).zip(count(&form.stamps));
    let step = minutes.map(|((number, handed_on), stated)| {
        Step::HandOver(Minutes { number, handed_on, stated: Some(stated) })
    });
    take(request, actor, state, *batch, ("hand_over", &form), step).await
}

/// Confirms a hand-over.
pub(in crate::web) async fn receive(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let received = text(&form.minutes).zip(count(&form.stamps));
    let step =
        received.map(|(minutes, stamps)| Step::Receive(minutes, stamps, form.reason.clone()));
    take(request, actor, state, *batch, ("receive", &form), step).await
}

/// Puts stamps on goods of a lot: a range, or all that can be.
pub(in crate::web) async fn activate(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let which = BatchNumber::new(*batch).and_then(|batch| stamps::chosen(&form, batch));
    let dates = optional_day(&form.made_on).ok().zip(optional_day(&form.use_by).ok());
    let step = which.zip(text(&form.lot)).zip(dates).map(|((which, code), (made_on, use_by))| {
        Step::Activate(which, LotName { code, made_on, use_by })
    });
    take(request, actor, state, *batch, ("activate", &form), step).await
}

/// Reports stamps spoiled or lost.
pub(in crate::web) async fn report(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    // Blank stands for all of a batch only where somebody said so.
    let is_said = !form.chosen_by.is_empty() || !form.first.trim().is_empty();
    let which = BatchNumber::new(*batch).filter(|_| is_said);
    let which = which.and_then(|batch| stamps::chosen(&form, batch));
    let what = [StampMove::Spoil, StampMove::Lose].into_iter().find(|it| it.key() == form.what);
    let step = what.zip(which).map(|(what, which)| Step::Report(what, which, form.reason.clone()));
    take(request, actor, state, *batch, ("report", &form), step).await
}

/// Asks to print spoiled stamps anew.
pub(in crate::web) async fn reprint(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    take(
        request,
        actor,
        state,
        *batch,
        ("reprint", &form),
        Some(Step::Reprint(form.reason.clone())),
    )
    .await
}

/// Cancels codes.
pub(in crate::web) async fn cancel(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    let step = some(&form).map(|which| Step::Cancel(which, form.reason.clone()));
    take(request, actor, state, *batch, ("cancel", &form), step).await
}

/// Closes the account.
pub(in crate::web) async fn close(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<StepForm>,
) -> Result<HttpResponse, Error> {
    take(request, actor, state, *batch, ("close", &form), Some(Step::Close(form.reason.clone())))
        .await
}

async fn take(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: u32,
    (name, form): (&'static str, &StepForm),
    step: Option<Step>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let number = BatchNumber::new(batch).ok_or(Error::NotFound)?;
    let said = match step {
        None => visitor.words.say("batch.problem.unreadable").into_owned(),
        Some(step) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            match beside(move || desk::step(&store, &worker, number, &step)).await? {
                Ok(()) => {
                    let path = urls::of(urls::BATCH, batch.into());
                    return Ok(done(&path, &format!("job.{name}")));
                }
                Err(JobError::Store(why)) => return Err(busy(&why)),
                Err(why) => wording::job(visitor.words, &why),
            }
        }
    };
    let file = file(&actor, &state, batch).await?;
    let frame = frame(&request, Some(&actor), "batch.title");
    let today = vietnam_day(state.clock.now());
    let filled = Filled { form: name, typed: form.clone(), said };
    refused(visitor, views::page(frame, &actor, &file, today, Some(filled)))
}

pub(super) async fn file(actor: &Actor, state: &AppState, batch: u32) -> Result<BatchFile, Error> {
    let number = BatchNumber::new(batch).ok_or(Error::NotFound)?;
    let (store, worker) = (state.store.clone(), worker(actor, state));
    match beside(move || desk::get(&store, &worker, number)).await? {
        Ok(found) => found.ok_or(Error::NotFound),
        Err(StampError::Store(why)) => Err(busy(&why)),
        Err(why) => Err(Error::Internal("a batch could not be accounted for", why.into())),
    }
}

/// What two fields for serials hold.
pub(super) enum Range {
    None,
    Of(Selection),
    Unreadable,
}

/// From one serial to another; one alone stands for itself.
pub(super) fn range(form: &StepForm) -> Range {
    let serial = |text: &str| uri::read(text.trim()).ok().map(|read| read.serial);
    let (first, last) = (form.first.trim(), form.last.trim());
    match (serial(first), serial(if last.is_empty() { first } else { last })) {
        (Some(first), Some(last)) => Range::Of(Selection::Range(first..=last)),
        _ if first.is_empty() && last.is_empty() => Range::None,
        _ => Range::Unreadable,
    }
}

/// Stamps that must be named.
fn some(form: &StepForm) -> Option<Selection> {
    match range(form) {
        Range::Of(which) => Some(which),
        Range::None | Range::Unreadable => None,
    }
}

/// A day, or none where nothing was filled in.
fn optional_day(text: &str) -> Result<Option<Day>, chrono::ParseError> {
    if text.trim().is_empty() { Ok(None) } else { day(text).map(Some) }
}
