//! Producers, and all that the register has of one.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::list::{self, Extras, Offered};
use super::{busy, frame, worker};
use crate::desk::producers::{self as desk, ProducerFile};
use crate::domain::calendar::vietnam_day;
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::ProducerKind;
use crate::domain::role::{Organisation, Right};
use crate::store::producer_list::ProducerFilter;
use crate::web::desk::{Actor, beside, lead};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::list::PRODUCER;
use crate::web::views::desk::producers as views;
use crate::web::{AppState, urls};

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "loai", default)]
    kind: String,
    #[serde(rename = "xa", default)]
    commune: String,
}

/// The list; a producer's people are led to what is known of their own.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    if let Organisation::Producer(own) = actor.organisation() {
        return Ok(lead(&urls::of(urls::PRODUCER, own.0)));
    }
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let filter = ProducerFilter {
        kind: ProducerKind::from_key(&narrowed.kind),
        commune: Commune::from_code(&narrowed.commune),
        words: narrowed.words,
    };
    let may_add = actor.may(Right::KeepRegister);
    let action = may_add.then(|| (urls::NEW_PRODUCER.to_owned(), "producer.add.title"));
    list::answer(request, actor, state, filter, Extras { action, ..Extras::default() }).await
}

/// One producer.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    producer: Path<i64>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, ProducerId(*producer)).await?;
    let frame = frame(&request, Some(&actor), "producer.title");
    let today = vietnam_day(state.clock.now());
    html(Visitor::of(&request), views::page(frame, &actor, &file, today))
}

/// The producer that a list is narrowed to, with its name, where this person may see it.
pub(super) async fn offered(
    actor: &Actor,
    state: &AppState,
    chosen: Option<ProducerId>,
) -> Result<Option<Offered>, Error> {
    let Some(id) = chosen else { return Ok(None) };
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::name(&store, &worker, id)).await?;
    let name = found.map_err(|why| busy(&why))?;
    Ok(name.map(|name| (PRODUCER, vec![(id.to_string(), name)])))
}

pub(super) async fn file(
    actor: &Actor,
    state: &AppState,
    id: ProducerId,
) -> Result<ProducerFile, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::get(&store, &worker, id)).await?;
    found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)
}
