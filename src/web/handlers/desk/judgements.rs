//! A decision about many products: chosen, looked at, entered.

use std::collections::BTreeSet;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{busy, day, done, frame, refused, worker};
use crate::desk::judgements::{self as desk, Subject};
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ProductId;
use crate::domain::judgement::{Judgement, JudgementKind};
use crate::register::judgements::{JudgementError, PRODUCTS_MAX};
use crate::vietnamese;
use crate::web::desk::{Actor, Posted, beside, lead};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::judgements::{self as views, Typed};
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// A form for a decision, as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct JudgementForm {
    #[serde(rename = "san_pham", default)]
    products: String,
    #[serde(rename = "viec", default)]
    kind: String,
    #[serde(rename = "quyet_dinh", default)]
    number: String,
    #[serde(rename = "ngay_ky", default)]
    signed_on: String,
    #[serde(rename = "nguoi_ky", default)]
    signer: String,
    #[serde(rename = "tu_ngay", default)]
    effective_on: String,
    #[serde(rename = "ly_do", default)]
    reason: String,
    /// About how many products it was shown to be.
    #[serde(rename = "da_xem", default)]
    seen: String,
}

/// The form, with the products that were ticked or that a decision recognised.
pub(in crate::web) async fn blank(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let asked: Vec<(String, String)> = extract::query(&request).unwrap_or_default();
    let value = |name: &str| asked.iter().find(|(it, _)| it == name).map(|(_, value)| value);
    let ticked = asked.iter().filter(|(name, _)| name == "chon");
    let mut products: BTreeSet<ProductId> =
        ticked.filter_map(|(_, value)| value.parse().ok().map(ProductId)).collect();
    if let Some(number) = value("quyet_dinh").map(|number| number.trim().to_owned()) {
        let (store, worker) = (state.store.clone(), worker(&actor, &state));
        let found = beside(move || desk::recognised_by(&store, &worker, &number)).await?;
        products.extend(found.map_err(|why| busy(&why))?);
    }
    let typed = Typed {
        products: written(&products),
        effective_on: vietnam_day(state.clock.now()).to_string(),
        ..Typed::default()
    };
    show(&request, &actor, &state, &typed, None, false).await
}

/// What a decision would do, before it is entered.
pub(in crate::web) async fn preview(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form): Posted<JudgementForm>,
) -> Result<HttpResponse, Error> {
    let typed = typed(form);
    let words = Visitor::of(&request).words;
    let is_readable = judgement(&typed).is_some() && !products(&typed).is_empty();
    let said = (!is_readable).then(|| words.say("judgement.problem.incomplete").into_owned());
    show(&request, &actor, &state, &typed, said, is_readable).await
}

/// A preview is sent to; who comes back to it begins with the products.
pub(in crate::web) async fn products_first() -> HttpResponse {
    lead(urls::PRODUCTS)
}

/// Enters the decision, as it was shown.
pub(in crate::web) async fn record(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form): Posted<JudgementForm>,
) -> Result<HttpResponse, Error> {
    let seen = form.seen.parse().ok();
    let typed = typed(form);
    let words = Visitor::of(&request).words;
    let Some(wanted) = judgement(&typed) else {
        let said = words.say("judgement.problem.incomplete").into_owned();
        return show(&request, &actor, &state, &typed, Some(said), false).await;
    };
    let (store, worker, list) = (state.store.clone(), worker(&actor, &state), products(&typed));
    if seen != Some(list.len()) {
        return show(&request, &actor, &state, &typed, None, true).await;
    }
    match beside(move || desk::record(&store, &worker, &list, &wanted)).await? {
        Ok(()) => Ok(done(urls::PRODUCTS, "judgement")),
        Err(JudgementError::Store(why)) => Err(busy(&why)),
        Err(why) => {
            let said = wording::whole_judgement(words, &why);
            show(&request, &actor, &state, &typed, Some(said), false).await
        }
    }
}

async fn show(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    typed: &Typed,
    problem: Option<String>,
    as_preview: bool,
) -> Result<HttpResponse, Error> {
    let (visitor, worker, list) = (Visitor::of(request), worker(actor, state), products(typed));
    let (store, seen_by) = (state.store.clone(), worker.clone());
    let found = beside(move || desk::subjects(&store, &seen_by, &list)).await?;
    let subjects: Vec<Subject> = found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)?;
    let wanted = judgement(typed).filter(|_| as_preview);
    let outcomes = wanted.map(|judgement| {
        let outcome = |subject| desk::outcome(&worker, subject, &judgement);
        subjects.iter().map(outcome).collect::<Vec<_>>()
    });
    let frame = frame(request, Some(actor), "judgement.title");
    let is_refused = problem.is_some();
    let today = vietnam_day(worker.at);
    let page = views::page(frame, &subjects, outcomes.as_deref(), typed, today, problem);
    if is_refused { refused(visitor, page) } else { html(visitor, page) }
}

fn typed(form: JudgementForm) -> Typed {
    Typed {
        products: form.products,
        kind: form.kind,
        number: form.number,
        signed_on: form.signed_on,
        signer: form.signer,
        effective_on: form.effective_on,
        reason: form.reason,
    }
}

fn products(typed: &Typed) -> BTreeSet<ProductId> {
    let numbers = typed.products.split_whitespace().take(PRODUCTS_MAX + 1);
    // One that is no number leaves none: nobody is to miss it among many.
    let read = numbers.map(|number| number.parse().map(ProductId));
    read.collect::<Result<_, _>>().unwrap_or_default()
}

fn written(products: &BTreeSet<ProductId>) -> String {
    products.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn judgement(typed: &Typed) -> Option<Judgement> {
    let text = |text: &str| Some(vietnamese::nfc(text)).filter(|text| !text.is_empty());
    Some(Judgement {
        kind: JudgementKind::from_key(&typed.kind)?,
        number: text(&typed.number)?,
        signed_on: day(&typed.signed_on).ok()?,
        signer: text(&typed.signer)?,
        effective_on: day(&typed.effective_on).ok()?,
        reason: text(&typed.reason)?,
    })
}
