//! Products and their recognitions.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::asked::{self, Wanted};
use super::list::{self, Extras};
use super::{busy, day, done, frame, refused, text, worker};
use crate::desk::effect::{Attempt, attempt};
use crate::desk::products::{self as desk, ProductFile};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::ProductId;
use crate::domain::product::ProductGroup;
use crate::domain::recognition::{Event, EventKind};
use crate::domain::role::Right;
use crate::register::RegisterError;
use crate::store::Store;
use crate::store::product_list::ProductFilter;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::products as views;
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "nhom", default)]
    group: String,
    #[serde(rename = "quyet_dinh", default)]
    decision: String,
}

/// A decision about a recognition.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Judgement {
    #[serde(rename = "quyet_dinh", default)]
    decision: String,
    #[serde(rename = "ly_do", default)]
    reason: String,
    #[serde(rename = "tu_ngay", default)]
    from: String,
    #[serde(rename = "ngay_ky", default)]
    signed_on: String,
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
    let group = narrowed.group.parse().ok().and_then(ProductGroup::from_number);
    let decision = narrowed.decision.trim().to_owned();
    let filter = ProductFilter { group, words: narrowed.words, decision };
    let may_judge = actor.may(Right::JudgeRecognitions);
    let of_decision = (may_judge && !filter.decision.is_empty()).then(|| {
        let query = urls::query(&[("quyet_dinh", &filter.decision)]);
        (format!("{}?{query}", urls::JUDGE), "judgement.all")
    });
    let may_enter = actor.may(Right::KeepRegister);
    let entering = may_enter.then(|| (urls::ANNEX.to_owned(), "annex.open"));
    let ticked = may_judge.then_some((urls::JUDGE, "judgement.tick"));
    let extras = Extras { action: of_decision.or(entering), ticked, ..Extras::default() };
    list::answer(request, actor, state, filter, extras).await
}

/// One product.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    product: Path<i64>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, ProductId(*product)).await?;
    let frame = frame(&request, Some(&actor), "product.title");
    let today = vietnam_day(state.clock.now());
    html(Visitor::of(&request), views::page(frame, &actor, &file, today, None))
}

/// What enters a decision about a recognition.
pub(in crate::web) fn entering(kind: EventKind) -> Route {
    web::to(
        move |request: HttpRequest,
              actor: Actor,
              state: Data<AppState>,
              product: Path<i64>,
              form: Posted<Judgement>| {
            judge(request, actor, state, *product, kind, form.0)
        },
    )
}

async fn judge(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    product: i64,
    kind: EventKind,
    form: Judgement,
) -> Result<HttpResponse, Error> {
    let (id, visitor) = (ProductId(product), Visitor::of(&request));
    let today = vietnam_day(state.clock.now());
    let said = match read(&form, kind, today) {
        None => visitor.words.say("product.problem.unreadable").into_owned(),
        Some(event) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            let seen = form.seen.parse().ok();
            let act = move |store: &Store| desk::judge(store, &worker, id, &event);
            match beside(move || attempt(&store, seen, act)).await? {
                Ok(Attempt::Done(_)) => {
                    let path = urls::of(urls::PRODUCT, id.0);
                    return Ok(done(&path, &format!("recognition.{}", kind.key())));
                }
                Ok(Attempt::Shown(effect)) => {
                    let file = file(&actor, &state, id).await?;
                    let wanted = wanted(kind, &file, form);
                    return asked::show(&request, &actor, wanted, &effect, seen);
                }
                Err(RegisterError::Store(why)) => return Err(busy(&why)),
                Err(why) => wording::judgement(visitor.words, &why),
            }
        }
    };
    let file = file(&actor, &state, id).await?;
    let frame = frame(&request, Some(&actor), "product.title");
    refused(visitor, views::page(frame, &actor, &file, today, Some(said)))
}

/// A decision, as it is asked about.
fn wanted(kind: EventKind, file: &ProductFile, form: Judgement) -> Wanted {
    let product = &file.listed.product;
    Wanted {
        label: format!("product.do.{}", kind.key()),
        effect: format!("asked.product.{}", kind.key()),
        about: (product.details.name.clone(), urls::of(urls::PRODUCT, product.id.0)),
        is_final: kind == EventKind::Revoked,
        fields: vec![
            ("quyet_dinh", "product.decision", form.decision),
            ("ngay_ky", "product.signed_on", form.signed_on),
            ("tu_ngay", "product.from", form.from),
            ("ly_do", "act.reason", form.reason),
        ],
    }
}

pub(super) async fn file(
    actor: &Actor,
    state: &AppState,
    id: ProductId,
) -> Result<ProductFile, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::get(&store, &worker, id)).await?;
    found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)
}

/// What was filled in.
fn read(form: &Judgement, kind: EventKind, today: Day) -> Option<Event> {
    let effective_on = match form.from.trim() {
        "" => today,
        from => day(from).ok()?,
    };
    let signed_on = match form.signed_on.trim() {
        "" => None,
        signed_on => Some(day(signed_on).ok()?),
    };
    let (decision_number, reason) = (text(&form.decision), text(&form.reason));
    Some(Event { effective_on, kind, decision_number, signed_on, reason })
}
