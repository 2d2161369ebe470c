//! What consumers report.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::list::{self, Extras};
use super::{busy, done, frame, refused, worker};
use crate::desk::products;
use crate::desk::reports::{self as desk, ReportFile};
use crate::domain::ids::{ProductId, ReportId};
use crate::domain::report::{ReportKind, ReportState, ReportStep};
use crate::register::reports::ReportError;
use crate::store::report_list::ReportFilter;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::reports as views;
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "trang_thai", default)]
    state: String,
    #[serde(rename = "loai", default)]
    kind: String,
    #[serde(rename = "san_pham", default)]
    product: String,
}

/// What a step is sent with: what is said, and how much whoever takes it has seen.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct StepForm {
    #[serde(rename = "noi_dung", default)]
    text: String,
    #[serde(rename = "phien_ban", default)]
    seen: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let states = match narrowed.state.as_str() {
        views::OPEN => views::open_states(),
        one => ReportState::from_key(one).into_iter().collect(),
    };
    let product = match narrowed.product.parse().map(ProductId) {
        Ok(id) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            let found = beside(move || products::get(&store, &worker, id)).await?;
            let found = found.map_err(|why| busy(&why))?;
            found.map(|file| (id, file.listed.product.details.name))
        }
        Err(_none) => None,
    };
    let kind = ReportKind::from_key(&narrowed.kind);
    let filter = ReportFilter { states, kind, product, words: narrowed.words };
    list::answer(request, actor, state, filter, Extras::default()).await
}

/// One report.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    report: Path<i64>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, ReportId(*report)).await?;
    let frame = frame(&request, Some(&actor), "reports.title");
    html(Visitor::of(&request), views::page(frame, &actor, &file, None))
}

/// What takes a step with a report.
pub(in crate::web) fn taking(step: fn(String) -> ReportStep) -> Route {
    web::to(
        move |request: HttpRequest,
              actor: Actor,
              state: Data<AppState>,
              report: Path<i64>,
              form: Posted<StepForm>| {
            let StepForm { text, seen } = form.0;
            let text = text.trim().replace("\r\n", "\n");
            take(request, actor, state, ReportId(*report), step(text), seen.parse().ok())
        },
    )
}

async fn take(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    id: ReportId,
    step: ReportStep,
    seen: Option<i64>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let (store, worker, taken) = (state.store.clone(), worker(&actor, &state), step.clone());
    let said = match beside(move || desk::step(&store, &worker, id, &taken, seen)).await? {
        Ok(()) => {
            let page = urls::of(urls::ONE_REPORT, id.0);
            return Ok(done(&page, &format!("report.{}", step.key())));
        }
        Err(ReportError::Store(why)) => return Err(busy(&why)),
        Err(ReportError::NoReport(_)) => return Err(Error::NotFound),
        Err(why) => wording::report(visitor.words, &why),
    };
    let file = file(&actor, &state, id).await?;
    let frame = frame(&request, Some(&actor), "reports.title");
    refused(visitor, views::page(frame, &actor, &file, Some((&step, said))))
}

async fn file(actor: &Actor, state: &AppState, id: ReportId) -> Result<ReportFile, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::get(&store, &worker, id)).await?;
    found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)
}
