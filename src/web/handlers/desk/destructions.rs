//! Stamps that are to be destroyed, and that they were.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::list::{self, Extras};
use super::{busy, day, done, frame, refused, text, worker};
use crate::accounting::destroying::{DestroyError, Due};
use crate::desk::destructions as desk;
use crate::domain::calendar::vietnam_day;
use crate::domain::destruction::{CauseKind, DestructionMinutes};
use crate::domain::serial::BatchNumber;
use crate::store::batch_list::ListedBatch;
use crate::store::due_list::DueFilter;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::destructions as views;
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "ly_do", default)]
    cause: String,
}

/// The minutes, as they were filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct MinutesForm {
    #[serde(rename = "bien_ban", default)]
    number: String,
    #[serde(rename = "ngay", default)]
    day: String,
    #[serde(rename = "noi", default)]
    place: String,
    #[serde(rename = "chung_kien", default)]
    witnesses: String,
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
    let filter = DueFilter { cause: CauseKind::from_key(&narrowed.cause), words: narrowed.words };
    list::answer(request, actor, state, filter, Extras::default()).await
}

/// What is to be destroyed of a batch.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
) -> Result<HttpResponse, Error> {
    let (listed, due) = file(&actor, &state, *batch).await?;
    let frame = frame(&request, Some(&actor), "destruction.title");
    let today = vietnam_day(state.clock.now());
    html(Visitor::of(&request), views::page(frame, &actor, &listed, &due, today, None))
}

/// Records a destruction.
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
    let (listed, due) = file(&actor, &state, *batch).await?;
    let said = match read(&form) {
        None => visitor.words.say("destruction.problem.minutes").into_owned(),
        Some(minutes) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            match beside(move || desk::record(&store, &worker, number, &minutes)).await? {
                Ok(_) => return Ok(done(&urls::of(urls::BATCH, (*batch).into()), "destruction")),
                Err(DestroyError::Store(why)) => return Err(busy(&why)),
                Err(why) => wording::destruction(visitor.words, &why),
            }
        }
    };
    let frame = frame(&request, Some(&actor), "destruction.title");
    let today = vietnam_day(state.clock.now());
    refused(visitor, views::page(frame, &actor, &listed, &due, today, Some(said)))
}

async fn file(actor: &Actor, state: &AppState, batch: u32) -> Result<(ListedBatch, Due), Error> {
    let number = BatchNumber::new(batch).ok_or(Error::NotFound)?;
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
