//! Orders.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::list::{self, Extras};
use super::producers;
use super::{Nothing, busy, count, day, done, frame, refused, text, worker};
use crate::desk::Worker;
use crate::desk::orders::{self as desk, OrderFile};
use crate::desk::proofs::{self, OrderProofs};
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::{OrderId, PlanId, ProducerId, ProductId};
use crate::domain::order::{NewOrder, Order, OrderMove, OrderState, Quantity};
use crate::domain::quota::Funding;
use crate::domain::role::Right;
use crate::issuance::IssueError;
use crate::issuance::ordering::OrderError;
use crate::store::Store;
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
    #[serde(rename = "chu_the", default)]
    producer: String,
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
    #[serde(rename = "can_ngay", default)]
    wanted_on: String,
    #[serde(rename = "yeu_cau", default)]
    request_key: String,
    /// Whether it is kept as a draft.
    #[serde(rename = "viec", default)]
    what: String,
}

/// What the button says that keeps an order as a draft.
const DRAFT: &str = "nhap";

impl OrderForm {
    /// What was filled in, and whether it is kept as a draft.
    fn taken(self) -> (Typed, bool) {
        let typed = Typed {
            product: self.product,
            quantity: self.quantity,
            funding: self.funding,
            wanted_on: self.wanted_on,
            request_key: self.request_key,
        };
        (typed, self.what == DRAFT)
    }
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
    let filter = OrderFilter {
        state: OrderState::from_key(&narrowed.state),
        words: narrowed.words,
        producer: narrowed.producer.parse().ok().map(ProducerId),
    };
    let may_order = actor.may(Right::PlaceOrders);
    let action = may_order.then(|| (urls::NEW_ORDER.to_owned(), "order.new"));
    let offered = producers::offered(&actor, &state, filter.producer).await?;
    let extras = Extras { action, offered, ..Extras::default() };
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
    let page = form(&request, &actor, &state, None, &typed, None).await?;
    html(Visitor::of(&request), page)
}

/// The form with what a draft, or an order that was returned, asks for.
pub(in crate::web) async fn edit(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    order: Path<i64>,
) -> Result<HttpResponse, Error> {
    let id = OrderId(*order);
    let file = file(&actor, &state, id).await?;
    let visitor = Visitor::of(&request);
    if !file.listed.order.state.is_editable() {
        let why = OrderError::NotEditable(file.listed.order.state);
        return stays(&request, (&actor, &state), &file, problem(visitor, why)?).await;
    }
    let typed = Typed::of(&file.listed.order.request);
    html(visitor, form(&request, &actor, &state, Some(id), &typed, None).await?)
}

/// Changes an order; keeps it, or sends it.
pub(in crate::web) async fn amend(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    order: Path<i64>,
    Posted(form_): Posted<OrderForm>,
) -> Result<HttpResponse, Error> {
    take(request, actor, state, Some(OrderId(*order)), form_).await
}

/// Places an order; keeps it as a draft, or sends it.
pub(in crate::web) async fn place(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form_): Posted<OrderForm>,
) -> Result<HttpResponse, Error> {
    take(request, actor, state, None, form_).await
}

/// Takes a filled-in form, of an order that is there or of one to be made.
async fn take(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    id: Option<OrderId>,
    form_: OrderForm,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    if let Some(id) = id {
        // An order that is not there for this person is not there before anything is read.
        file(&actor, &state, id).await?;
    }
    let (typed, is_draft) = form_.taken();
    let Some(wanted) = read(&typed) else {
        let said = visitor.words.say("order.problem.unreadable").into_owned();
        return refused(visitor, form(&request, &actor, &state, id, &typed, Some(said)).await?);
    };
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    match beside(move || keep(&store, &worker, id, &wanted, is_draft)).await? {
        Ok(order) => {
            let said = if is_draft { "order.draft" } else { "order.submit" };
            Ok(done(&urls::of(urls::ORDER, order.id.0), said))
        }
        Err(why) => {
            let said = problem(visitor, why)?;
            refused(visitor, form(&request, &actor, &state, id, &typed, Some(said)).await?)
        }
    }
}

fn keep(
    store: &Store,
    worker: &Worker,
    id: Option<OrderId>,
    wanted: &NewOrder,
    is_draft: bool,
) -> Result<Order, OrderError> {
    match (id, is_draft) {
        (None, true) => desk::draft(store, worker, wanted),
        (None, false) => desk::place(store, worker, wanted),
        (Some(id), true) => desk::amend(store, worker, id, wanted),
        (Some(id), false) => store.together(|store| {
            desk::amend(store, worker, id, wanted)?;
            desk::step(store, worker, id, OrderMove::Submit, "", None)
        }),
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
    let proofs = proofs(&actor, &state, &file).await?;
    let frame = frame(&request, Some(&actor), "order.title");
    html(Visitor::of(&request), views::page(frame, &actor, (&file, &proofs), None))
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
    stays(&request, (&actor, &state), &file(&actor, &state, id).await?, said).await
}

/// The page of an order with which something could not be done.
async fn stays(
    request: &HttpRequest,
    (actor, state): (&Actor, &AppState),
    file: &OrderFile,
    said: String,
) -> Result<HttpResponse, Error> {
    let proofs = proofs(actor, state, file).await?;
    let frame = frame(request, Some(actor), "order.title");
    refused(Visitor::of(request), views::page(frame, actor, (file, &proofs), Some(said)))
}

/// What the stamps of an order will look like.
async fn proofs(actor: &Actor, state: &AppState, file: &OrderFile) -> Result<OrderProofs, Error> {
    let (store, settings, order) =
        (state.store.clone(), state.printing.clone(), file.listed.order.clone());
    let on = vietnam_day(worker(actor, state).at);
    let found = beside(move || proofs::of_order(&store, &settings, &order, on)).await?;
    found.map_err(|why| busy(&why))
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
            Err(why) => {
                let is_late = matches!(why, OrderError::Changed(_) | OrderError::Move(_));
                let said = problem(visitor, why)?;
                let file = file(&actor, &state, id).await?;
                let latest = views::latest(visitor.words, &file).filter(|_| is_late);
                let said = [said].into_iter().chain(latest).collect::<Vec<_>>().join(" ");
                return stays(&request, (&actor, &state), &file, said).await;
            }
        }
    };
    stays(&request, (&actor, &state), &file(&actor, &state, id).await?, said).await
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
    id: Option<OrderId>,
    typed: &Typed,
    problem: Option<String>,
) -> Result<askama::Result<String>, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let products = beside(move || desk::orderable(&store, &worker)).await?;
    let products = products.map_err(|why| busy(&why))?;
    let frame = frame(request, Some(actor), if id.is_some() { "order.edit" } else { "order.new" });
    let today = vietnam_day(state.clock.now());
    Ok(views::form(frame, &products, (id, typed), today, problem))
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
        wanted_on: text(&typed.wanted_on).map(|it| day(&it)).transpose().ok()?,
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
