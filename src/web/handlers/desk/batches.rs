//! Batches, from the print shop to a closed account.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::list::{self, Extras};
use super::producers;
use super::stamps;
use super::{busy, count, day, frame, refused, text, worker};
use crate::accounting::{LotName, StampError};
use crate::delivery::{JobError, Spoiled};
use crate::desk::batches::{self as desk, Assignment, BatchFile, Step};
use crate::desk::effect::Effect;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::{ProducerId, ShopId};
use crate::domain::order::Quantity;
use crate::domain::print_job::Minutes;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::StampMove;
use crate::store::batch_list::{BatchFilter, BatchStage, Difference};
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::batches::{self as views, Filled};
use crate::web::views::desk::stamps::{self as stamp_views, Form, Seen, Shown, StepForm};
use crate::web::views::desk::wording;
use crate::web::words::Words;
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

/// What answers where a form about a batch is sent.
pub(in crate::web) fn taking(form: Form) -> Route {
    web::to(
        move |request: HttpRequest,
              actor: Actor,
              state: Data<AppState>,
              batch: Path<u32>,
              posted: Posted<StepForm>| {
            take(request, actor, state, *batch, (form, posted.0))
        },
    )
}

/// What a form about a batch asks for; in words, why it cannot be read.
fn read(words: Words, which: Form, form: &StepForm, batch: BatchNumber) -> Result<Step, String> {
    let unreadable = || words.say("batch.problem.unreadable").into_owned();
    let chosen = || stamps::chosen(form, batch).map_err(|why| wording::unclear(words, why));
    let reason = form.reason.clone();
    Ok(match which {
        Form::Assign => {
            let shop = form.shop.parse().ok().map(ShopId);
            let said = shop.zip(optional_day(&form.due_on).ok()).ok_or_else(unreadable)?;
            let ((shop, due_on), seen) = (said, form.version.parse().ok());
            Step::Assign(Assignment { shop, due_on, seen })
        }
        Form::Printed if form.names_no_stamps() => Step::Printed(Vec::new()),
        Form::Printed => Step::Printed(vec![Spoiled { which: chosen()?, reason }]),
        Form::HandOver => {
            let minutes = text(&form.minutes).zip(day(&form.day).ok()).zip(count(&form.stamps));
            let ((number, handed_on), stated) = minutes.ok_or_else(unreadable)?;
            Step::HandOver(Minutes { number, handed_on, stated: Some(stated) }, chosen()?)
        }
        Form::Receive => {
            let received = text(&form.minutes).zip(count(&form.stamps));
            let (minutes, stamps) = received.ok_or_else(unreadable)?;
            Step::Receive(minutes, stamps, reason)
        }
        Form::Activate => {
            let dates = optional_day(&form.made_on).ok().zip(optional_day(&form.use_by).ok());
            let lot = text(&form.lot).zip(dates).ok_or_else(unreadable)?;
            let (code, (made_on, use_by)) = lot;
            Step::Activate(chosen()?, LotName { code, made_on, use_by })
        }
        Form::Report => {
            let what = [StampMove::Spoil, StampMove::Lose];
            let what = what.into_iter().find(|it| it.key() == form.what).ok_or_else(unreadable)?;
            Step::Report(what, chosen()?, reason)
        }
        Form::Reprint => {
            let stamps = count(&form.stamps).and_then(Quantity::new).ok_or_else(unreadable)?;
            Step::Reprint(Some(stamps), reason)
        }
        Form::Cancel => Step::Cancel(chosen()?, reason),
        Form::Close => Step::Close(reason),
    })
}

/// Takes a form: what it would do is shown first, and done once the person has seen it.
pub(super) async fn take(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: u32,
    (which, form): (Form, StepForm),
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let number = BatchNumber::new(batch).ok_or(Error::NotFound)?;
    let seen = if which.is_shown_first() { form.seen() } else { Seen::Unasked };
    let said = match read(visitor.words, which, &form, number) {
        Err(said) => said,
        Ok(step) => match stepped(&actor, &state, number, step, seen).await? {
            Ok(moved) if seen != Seen::Not => {
                let path = urls::of(urls::BATCH, batch.into());
                return Ok(super::moved(&path, &format!("job.{}", which.key()), &moved.moves));
            }
            Ok(moved) => {
                let shown = Shown { form: which, typed: &form, done: &moved, problem: None };
                return show(&request, &actor, &state, batch, shown).await;
            }
            Err(why) => {
                let said = wording::job(visitor.words, &why);
                let is_some =
                    matches!(why, JobError::Stamps(StampError::Left(_, ref it)) if it.moved > 0);
                let rest = form.clone().partial();
                let step = read(visitor.words, which, &rest, number).ok();
                if let Some(step) = step.filter(|_| is_some && !form.is_partial())
                    && let Ok(moved) = stepped(&actor, &state, number, step, Seen::Not).await?
                {
                    let problem = Some(said);
                    let shown = Shown { form: which, typed: &rest, done: &moved, problem };
                    return show(&request, &actor, &state, batch, shown).await;
                }
                said
            }
        },
    };
    if form.chosen_by == stamps::CODES {
        return stamps::scan_again(&request, &actor, &state, batch, &form, said).await;
    }
    let file = file(&actor, &state, batch).await?;
    let frame = frame(&request, Some(&actor), "batch.title");
    let today = vietnam_day(state.clock.now());
    let filled = Filled { form: which.key(), typed: form, said };
    refused(visitor, views::page(frame, &actor, &file, today, Some(filled)))
}

/// Does a step that was seen, or looks at what it would do.
async fn stepped(
    actor: &Actor,
    state: &AppState,
    number: BatchNumber,
    step: Step,
    seen: Seen,
) -> Result<Result<Effect, JobError>, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let done = beside(move || match seen {
        Seen::Not => desk::preview(&store, &worker, number, &step),
        Seen::Unasked => desk::step(&store, &worker, number, &step),
        Seen::Moves(stamps) => desk::confirmed(&store, &worker, number, &step, stamps),
    });
    match done.await? {
        Err(JobError::Store(why)) => Err(busy(&why)),
        done => Ok(done),
    }
}

/// Shows what a form would do.
async fn show(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    batch: u32,
    shown: Shown<'_>,
) -> Result<HttpResponse, Error> {
    let file = file(actor, state, batch).await?;
    let frame = frame(request, Some(actor), "scan.preview");
    let (visitor, is_refused) = (Visitor::of(request), shown.problem.is_some());
    let page = stamp_views::preview(frame, &file, shown);
    if is_refused { refused(visitor, page) } else { html(visitor, page) }
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

/// A day, or none where nothing was filled in.
pub(super) fn optional_day(text: &str) -> Result<Option<Day>, chrono::ParseError> {
    if text.trim().is_empty() { Ok(None) } else { day(text).map(Some) }
}
