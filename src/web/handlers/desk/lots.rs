//! Production lots, and recalls of their goods.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::asked::{self, Wanted};
use super::list::{self, Extras};
use super::{busy, done, frame, refused, text, worker};
use crate::accounting::StampError;
use crate::desk::effect::{Attempt, attempt};
use crate::desk::lots::{self as desk, LotFile, LotStep};
use crate::domain::ids::{LotId, ProductId};
use crate::store::Store;
use crate::store::lot_list::LotFilter;
use crate::store::lot_stamps::LotStamps;
use crate::vietnamese;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::lots::{self as views, PRODUCT, RECALLED, Typed};
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// A lot with its stamps.
type Told = (LotFile, Vec<LotStamps>);

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "so_lo", default)]
    code: String,
    #[serde(rename = "san_pham", default)]
    product: String,
    #[serde(rename = "thu_hoi_san_pham", default)]
    recalled: String,
}

/// What a recall, or its end, is sent with.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct RecallForm {
    #[serde(rename = "ly_do", default)]
    reason: String,
    #[serde(rename = "dien_thoai", default)]
    phone: String,
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
    let recalled = RECALLED.into_iter().find(|(name, _)| *name == narrowed.recalled);
    let filter = LotFilter {
        is_recalled: recalled.map(|(_, is_recalled)| is_recalled),
        words: narrowed.words,
        code: vietnamese::nfc(&narrowed.code),
        product: narrowed.product.parse().ok().map(ProductId),
    };
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    let chosen = filter.product;
    let offered = move || desk::products(&store, &worker, chosen, desk::PRODUCTS_MAX);
    let products = beside(offered).await?;
    let products = products.map_err(|why| busy(&why))?;
    let products = products.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let extras = Extras { offered: Some((PRODUCT, products)), ..Extras::default() };
    list::answer(request, actor, state, filter, extras).await
}

/// One lot.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    lot: Path<i64>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, *lot).await?;
    let frame = frame(&request, Some(&actor), "lots.one");
    // Who changes what is told of a recall starts from what is told.
    let told = file.0.listed.lot.recall.clone();
    let typed = told.map_or_else(Typed::default, |recall| Typed {
        reason: recall.reason,
        phone: recall.phone.unwrap_or_default(),
    });
    html(Visitor::of(&request), views::page(frame, &actor, &file, &typed, None))
}

/// Recalls the goods of a lot.
pub(in crate::web) async fn recall(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    lot: Path<i64>,
    Posted(form): Posted<RecallForm>,
) -> Result<HttpResponse, Error> {
    let step = text(&form.reason).map(|reason| LotStep::Recall(reason, text(&form.phone)));
    take(request, actor, state, *lot, (step, form)).await
}

/// Ends the recall of a lot's goods.
pub(in crate::web) async fn end_recall(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    lot: Path<i64>,
    Posted(form): Posted<RecallForm>,
) -> Result<HttpResponse, Error> {
    let step = text(&form.reason).map(LotStep::EndRecall);
    take(request, actor, state, *lot, (step, form)).await
}

async fn take(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    lot: i64,
    (step, form): (Option<LotStep>, RecallForm),
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let said = match step {
        None => visitor.words.say("lots.problem.reason").into_owned(),
        Some(step) => {
            let (what, seen) = (views::name(&step), form.seen.parse().ok());
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            let act = move |store: &Store| desk::step(store, &worker, LotId(lot), &step);
            match beside(move || attempt(&store, seen, act)).await? {
                Ok(Attempt::Done(_)) => {
                    return Ok(done(&urls::of(urls::LOT, lot), &format!("lot.{what}")));
                }
                Ok(Attempt::Shown(effect)) => {
                    let (file, _) = file(&actor, &state, lot).await?;
                    let wanted = wanted(what, &file, lot, form);
                    return asked::show(&request, &actor, wanted, &effect, seen);
                }
                Err(StampError::Store(why)) => return Err(busy(&why)),
                Err(StampError::NoLot(_)) => return Err(Error::NotFound),
                Err(why) => wording::stamps(visitor.words, &why),
            }
        }
    };
    let file = file(&actor, &state, lot).await?;
    let frame = frame(&request, Some(&actor), "lots.one");
    let typed = Typed { reason: form.reason, phone: form.phone };
    refused(visitor, views::page(frame, &actor, &file, &typed, Some(said)))
}

/// A recall, or its end, as it is asked about.
fn wanted(what: &str, file: &LotFile, lot: i64, form: RecallForm) -> Wanted {
    let is_recall = what == "recall";
    let is_changed = is_recall && file.listed.lot.recall.is_some();
    let reason = if is_recall { "lots.reason" } else { "act.reason" };
    let phone = is_recall.then_some(("dien_thoai", "lots.phone", form.phone));
    let details = &file.listed.lot.details;
    Wanted {
        label: format!("lots.do.{}", if is_changed { "change" } else { what }),
        effect: format!("asked.lot.{what}"),
        about: (
            format!("{} · {}", details.code, file.listed.product_name),
            urls::of(urls::LOT, lot),
        ),
        is_final: false,
        fields: [("ly_do", reason, form.reason)].into_iter().chain(phone).collect(),
    }
}

async fn file(actor: &Actor, state: &AppState, lot: i64) -> Result<Told, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::told(&store, &worker, LotId(lot))).await?;
    found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)
}
