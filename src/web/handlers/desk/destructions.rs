//! Stamps that are to be destroyed, that they were, and that somebody else confirms it.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::list::{self, Extras};
use super::{busy, day, done, frame, refused, text, worker};
use crate::accounting::destroying::DestroyError;
use crate::desk::destructions::{self as desk, DestructionFile};
use crate::domain::calendar::vietnam_day;
use crate::domain::destruction::{CauseKind, DestructionMinutes, DestructionMove};
use crate::domain::ids::DestructionId;
use crate::domain::serial::BatchNumber;
use crate::store::due_list::DueFilter;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::destructions::{self as views, MinutesForm, Refused};
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "ly_do", default)]
    cause: String,
    #[serde(rename = "trang_thai", default)]
    state: String,
}

/// What a decision is sent with.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct DecisionForm {
    #[serde(rename = "ly_do", default)]
    reason: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let filter = DueFilter {
        cause: CauseKind::from_key(&narrowed.cause),
        words: narrowed.words,
        waiting: narrowed.state == views::WAITING,
    };
    list::answer(request, actor, state, filter, Extras::default()).await
}

/// What is to be destroyed of a batch, and what was recorded.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
) -> Result<HttpResponse, Error> {
    let number = BatchNumber::new(*batch).ok_or(Error::NotFound)?;
    let file = file(&actor, &state, number).await?;
    let frame = frame(&request, Some(&actor), "destruction.title");
    let today = vietnam_day(state.clock.now());
    html(Visitor::of(&request), views::page(frame, &actor, &file, today, Refused::default()))
}

/// Records a destruction, for somebody else to confirm.
pub(in crate::web) async fn record(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<MinutesForm>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let number = BatchNumber::new(*batch).ok_or(Error::NotFound)?;
    // A batch that is not there for this person is not there before anything is read.
    let file = file(&actor, &state, number).await?;
    let problem = match read(&form).zip(form.stamps()) {
        None => visitor.words.say("destruction.problem.minutes").into_owned(),
        Some((minutes, stamps)) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            match beside(move || desk::record(&store, &worker, number, &minutes, stamps)).await? {
                Ok(_) => return Ok(done(&path(number), "destruction.record")),
                Err(DestroyError::Store(why)) => return Err(busy(&why)),
                Err(why) => wording::destruction(visitor.words, &why),
            }
        }
    };
    let frame = frame(&request, Some(&actor), "destruction.title");
    let today = vietnam_day(state.clock.now());
    let said = Refused { problem: Some(problem), minutes: Some(form), decision: None };
    refused(visitor, views::page(frame, &actor, &file, today, said))
}

/// What takes a step with a destruction.
pub(in crate::web) fn taking(step: DestructionMove) -> Route {
    web::to(
        move |request: HttpRequest,
              actor: Actor,
              state: Data<AppState>,
              id: Path<i64>,
              form: Posted<DecisionForm>| {
            decide(request, actor, state, DestructionId(*id), step, form.0.reason)
        },
    )
}

async fn decide(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    id: DestructionId,
    step: DestructionMove,
    reason: String,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let (store, at_desk) = (state.store.clone(), worker(&actor, &state));
    let found = beside(move || desk::one(&store, &at_desk, id)).await?;
    let number = found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)?.batch;
    let (store, at_desk, said) = (state.store.clone(), worker(&actor, &state), reason.clone());
    let problem = match beside(move || desk::decide(&store, &at_desk, id, step, &said)).await? {
        Ok(_) => return Ok(done(&path(number), &format!("destruction.{}", step.key()))),
        Err(DestroyError::Store(why)) => return Err(busy(&why)),
        Err(DestroyError::NoDestruction(_)) => return Err(Error::NotFound),
        Err(why) => wording::destruction(visitor.words, &why),
    };
    let file = file(&actor, &state, number).await?;
    let frame = frame(&request, Some(&actor), "destruction.title");
    let today = vietnam_day(state.clock.now());
    let said = Refused { problem: Some(problem), minutes: None, decision: Some((step, reason)) };
    refused(visitor, views::page(frame, &actor, &file, today, said))
}

fn path(number: BatchNumber) -> String {
    urls::of(urls::DESTROY_BATCH, number.get().into())
}

async fn file(
    actor: &Actor,
    state: &AppState,
    number: BatchNumber,
) -> Result<DestructionFile, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::get(&store, &worker, number)).await?;
    found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)
}

fn read(form: &MinutesForm) -> Option<DestructionMinutes> {
    Some(DestructionMinutes {
        number: text(&form.number)?,
        destroyed_on: day(&form.day).ok()?,
        place: text(&form.place)?,
        witnesses: text(&form.witnesses)?,
        reason: text(&form.reason)?,
    })
}
