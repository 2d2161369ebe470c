//! Stamps that are to be destroyed, that they were, and that somebody else confirms it.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::asked::{self, Wanted};
use super::list::{self, Extras};
use super::{busy, day, done, frame, refused, text as filled, worker};
use crate::accounting::destroying::DestroyError;
use crate::code::text;
use crate::desk::destructions::{self as desk, DestructionFile};
use crate::desk::effect::{Attempt, attempt};
use crate::domain::calendar::vietnam_day;
use crate::domain::destruction::{CauseKind, DestructionMinutes, DestructionMove};
use crate::domain::ids::DestructionId;
use crate::domain::serial::BatchNumber;
use crate::store::Store;
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
    /// About how many stamps it was shown to be.
    #[serde(rename = "da_xem", default)]
    seen: String,
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
            let (store, worker, seen) =
                (state.store.clone(), worker(&actor, &state), form.seen.parse().ok());
            let act = move |store: &Store| {
                let made = desk::record(store, &worker, number, &minutes, stamps);
                made.map(|made| desk::effect(&made))
            };
            match beside(move || attempt(&store, seen, act)).await? {
                Ok(Attempt::Done(_)) => return Ok(done(&path(number), "destruction.record")),
                Ok(Attempt::Shown(effect)) => {
                    let wanted = recording(&file, &form);
                    return asked::show(&request, &actor, wanted, &effect, seen);
                }
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
            decide(request, actor, state, DestructionId(*id), step, form.0)
        },
    )
}

async fn decide(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    id: DestructionId,
    step: DestructionMove,
    form: DecisionForm,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let (store, at_desk) = (state.store.clone(), worker(&actor, &state));
    let found = beside(move || desk::one(&store, &at_desk, id)).await?;
    let number = found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)?.batch;
    let (store, at_desk, said) = (state.store.clone(), worker(&actor, &state), form.reason.clone());
    let seen = form.seen.parse().ok();
    let act = move |store: &Store| {
        desk::decide(store, &at_desk, id, step, &said).map(|made| desk::effect(&made))
    };
    let problem = match beside(move || attempt(&store, seen, act)).await? {
        Ok(Attempt::Done(_)) => {
            return Ok(done(&path(number), &format!("destruction.{}", step.key())));
        }
        Ok(Attempt::Shown(effect)) => {
            let file = file(&actor, &state, number).await?;
            let wanted = deciding(&file, (id, step), form.reason);
            return asked::show(&request, &actor, wanted, &effect, seen);
        }
        Err(DestroyError::Store(why)) => return Err(busy(&why)),
        Err(DestroyError::NoDestruction(_)) => return Err(Error::NotFound),
        Err(why) => wording::destruction(visitor.words, &why),
    };
    let file = file(&actor, &state, number).await?;
    let frame = frame(&request, Some(&actor), "destruction.title");
    let today = vietnam_day(state.clock.now());
    let decision = Some((step, form.reason));
    let said = Refused { problem: Some(problem), minutes: None, decision };
    refused(visitor, views::page(frame, &actor, &file, today, said))
}

/// Minutes that are to be recorded, as they are asked about.
fn recording(file: &DestructionFile, form: &MinutesForm) -> Wanted {
    Wanted {
        label: "destruction.do".to_owned(),
        effect: "asked.destruction.record".to_owned(),
        about: about(file),
        // Somebody else has yet to confirm it.
        is_final: false,
        fields: form.fields(),
    }
}

/// A decision that is to be made, as it is asked about.
fn deciding(
    file: &DestructionFile,
    (id, step): (DestructionId, DestructionMove),
    reason: String,
) -> Wanted {
    let minutes = file.recorded.iter().find(|one| one.id == id);
    let minutes = minutes.map(|one| one.minutes.number.clone()).unwrap_or_default();
    Wanted {
        label: format!("destruction.decide.{}", step.key()),
        effect: format!("asked.destruction.{}", step.key()),
        about: about(file),
        is_final: step == DestructionMove::Confirm,
        // The number of the minutes is told; the form needs it not.
        fields: vec![("bien_ban", "destruction.minutes", minutes), ("ly_do", "act.reason", reason)],
    }
}

fn about(file: &DestructionFile) -> (String, String) {
    let number = file.listed.number;
    (format!("{} · {}", text::batch(number), file.listed.product_name), path(number))
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
        number: filled(&form.number)?,
        destroyed_on: day(&form.day).ok()?,
        place: filled(&form.place)?,
        witnesses: filled(&form.witnesses)?,
        reason: filled(&form.reason)?,
    })
}
