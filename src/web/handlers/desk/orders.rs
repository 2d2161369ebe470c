//! Orders.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::list::{self, Extras};
use super::{Nothing, busy, count, done, frame, refused, text, worker};
use crate::desk::orders::{self as desk, OrderFile};
use crate::domain::ids::{OrderId, PlanId, ProductId};
use crate::domain::order::{NewOrder, OrderMove, OrderState, Quantity};
use crate::domain::quota::Funding;
use crate::domain::role::Right;
use crate::issuance::IssueError;
use crate::issuance::ordering::OrderError;
use crate::store::order_list::OrderFilter;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::orders::{self as views, Typed};
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "trang_thai", default)]
    state: String,
}

/// A form for an order, as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct OrderForm {
    #[serde(rename = "san_pham", default)]
    product: String,
    #[serde(rename = "so_luong", default)]
    quantity: String,
    #[serde(rename = "kinh_phi", default)]
    funding: String,
    #[serde(rename = "yeu_cau", default)]
    request_key: String,
}

/// What a step is sent with: a reason, and how much whoever takes it has seen.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct StepForm {
    #[serde(rename = "ly_do", default)]
    reason: String,
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
    let filter =
        OrderFilter { state: OrderState::from_key(&narrowed.state), words: narrowed.words };
    let may_order = actor.may(Right::PlaceOrders);
    let action = may_order.then(|| (urls::NEW_ORDER.to_owned(), "order.new"));
    let extras = Extras { action, ..Extras::default() };
    list::answer(request, actor, state, filter, extras).await
}

/// An empty form.
pub(in crate::web) async fn blank(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let key = state.identity.request_key().map_err(super::sign_in::failed)?;
    let typed = Typed { request_key: key, ..Typed::default() };
    let page = form(&request, &actor, &state, &typed, None).await?;
    html(Visitor::of(&request), page)
}

/// Places an order and sends it.
pub(in crate::web) async fn place(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form_): Posted<OrderForm>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let typed = Typed {
        product: form_.product,
        quantity: form_.quantity,
        funding: form_.funding,
        request_key: form_.request_key,
    };
    let Some(wanted) = read(&typed) else {
        let said = visitor.words.say("order.problem.unreadable").into_owned();
        return refused(visitor, form(&request, &actor, &state, &typed, Some(said)).await?);
    };
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    match beside(move || desk::place(&store, &worker, &wanted)).await? {
        Ok(order) => Ok(done(&urls::of(urls::ORDER, order.id.0), "order.submit")),
        Err(why) => {
            let said = problem(visitor, why)?;
            refused(visitor, form(&request, &actor, &state, &typed, Some(said)).await?)
        }
    }
}

/// One order.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    order: Path<i64>,
) -> Result<HttpResponse, Error> {
    let file = file(&actor, &state, OrderId(*order)).await?;
    let frame = frame(&request, Some(&actor), "order.title");
    html(Visitor::of(&request), views::page(frame, &actor, &file, None))
}

/// What takes a step with an order; its form may give a reason.
pub(in crate::web) fn taking(taken: OrderMove) -> Route {
    web::to(
        move |request: HttpRequest,
              actor: Actor,
              state: Data<AppState>,
              order: Path<i64>,
              form: Posted<StepForm>| {
            step(request, actor, state, *order, taken, form.0)
        },
    )
}

/// Issues the codes of an order.
pub(in crate::web) async fn issue(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    order: Path<i64>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let id = OrderId(*order);
    let visitor = Visitor::of(&request);
    let (store, worker, key) = (state.store.clone(), worker(&actor, &state), state.issuer.clone());
    let issued = beside(move || desk::issue(&store, &worker, key.as_deref(), id)).await?;
    let said = match issued {
        Ok(()) => return Ok(done(&urls::of(urls::ORDER, id.0), "order.issue")),
        Err(IssueError::NoOrder(_)) => return Err(Error::NotFound),
        Err(why) => wording::issue(visitor.words, &why)
            .ok_or_else(|| Error::Internal("codes were not issued", why.into()))?,
    };
    let file = file(&actor, &state, id).await?;
    let frame = frame(&request, Some(&actor), "order.title");
    refused(visitor, views::page(frame, &actor, &file, Some(said)))
}

async fn step(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    order: i64,
    step: OrderMove,
    form: StepForm,
) -> Result<HttpResponse, Error> {
    let (reason, seen) = (form.reason, form.seen.parse().ok());
    let id = OrderId(order);
    let visitor = Visitor::of(&request);
    let needs_reason = matches!(step, OrderMove::RequestChanges | OrderMove::Reject);
    let said = if needs_reason && reason.trim().is_empty() {
        visitor.words.say("order.problem.reason").into_owned()
    } else {
        let (store, worker) = (state.store.clone(), worker(&actor, &state));
        let moved =
            beside(move || desk::step(&store, &worker, id, step, reason.trim(), seen)).await?;
        match moved {
            Ok(_) => {
                let path = urls::of(urls::ORDER, id.0);
                return Ok(done(&path, &format!("order.{}", step.key())));
            }
            Err(why) => problem(visitor, why)?,
        }
    };
    let file = file(&actor, &state, id).await?;
    let frame = frame(&request, Some(&actor), "order.title");
    refused(visitor, views::page(frame, &actor, &file, Some(said)))
}

async fn file(actor: &Actor, state: &AppState, id: OrderId) -> Result<OrderFile, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::get(&store, &worker, id)).await?;
    found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)
}

async fn form(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    typed: &Typed,
    problem: Option<String>,
) -> Result<askama::Result<String>, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let products = beside(move || desk::orderable(&store, &worker)).await?;
    let products = products.map_err(|why| busy(&why))?;
    let frame = frame(request, Some(actor), "order.new");
    Ok(views::form(frame, &products, typed, problem))
}

/// Reads what was filled in.
fn read(typed: &Typed) -> Option<NewOrder> {
    let funding = match typed.funding.as_str() {
        "" => return None,
        "tu-chi" => Funding::SelfPaid,
        plan => Funding::Plan(PlanId(plan.parse().ok()?)),
    };
    let product = ProductId(typed.product.parse().ok()?);
    let quantity = Quantity::new(count(&typed.quantity)?)?;
    Some(NewOrder {
        idempotency_key: text(&typed.request_key),
        ..NewOrder::new(product, quantity, funding)
    })
}

fn problem(visitor: Visitor, why: OrderError) -> Result<String, Error> {
    match why {
        OrderError::Store(why) => Err(busy(&why)),
        OrderError::NoOrder(_) => Err(Error::NotFound),
        why => Ok(wording::order(visitor.words, &why)),
    }
}
