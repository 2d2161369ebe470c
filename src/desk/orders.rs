//! Orders at the desk.

use super::Worker;
use super::effect::Effect;
use crate::domain::audit::{Action, Entry};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::{OrderId, ProductId};
use crate::domain::order::{NewOrder, Order, OrderMove};
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::print_job::PrintJob;
use crate::domain::product::Product;
use crate::domain::quota::{Funding, FundingPlan};
use crate::domain::recognition::{Recognition, governing};
use crate::domain::role::Organisation;
use crate::issuance::ordering::{self, OrderError};
use crate::issuance::{Ineligible, IssueError, Issuer, eligibility};
use crate::press::fitting;
use crate::store::order_list::{self, ListedOrder};
use crate::store::{
    AnyConnection, Store, StoreError, audit, papers, plans, print_jobs, products, recognitions,
};

/// An order with its history.
#[derive(Clone, Debug)]
pub struct OrderFile {
    /// The order.
    pub listed: ListedOrder,
    /// The plan that pays, if one does.
    pub plan: Option<FundingPlan>,
    /// What was done with it, oldest first.
    pub history: Vec<Entry>,
    /// Why its product could not have stamps today, if so.
    pub obstacle: Option<Ineligible>,
    /// Its print job, where a print shop has the batch.
    pub job: Option<PrintJob>,
    /// Its official papers, the latest first.
    pub papers: Vec<Paper>,
}

/// A product that stamps can be ordered for.
#[derive(Clone, Debug)]
pub struct Orderable {
    /// The product.
    pub product: Product,
    /// The recognition it stands by, if it has one.
    pub recognition: Option<Recognition>,
    /// Why it can have no stamps today, if so.
    pub obstacle: Option<Ineligible>,
    /// What each open plan still pays for.
    pub plans: Vec<(FundingPlan, u32)>,
}

/// An order; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(store: &Store, worker: &Worker, id: OrderId) -> Result<Option<OrderFile>, StoreError> {
    store.read(|register| {
        let found = order_list::get(register, worker.organisation, id)?;
        let Some(listed) = found else { return Ok(None) };
        let plan = match listed.order.request.funding {
            Funding::Plan(plan) => plans::get(register, plan)?,
            Funding::SelfPaid => None,
        };
        let product = listed.order.request.product;
        let judged = eligibility::product(register, product, vietnam_day(worker.at))?;
        let history = audit::history(register, id)?;
        let papers = papers::of_subject(register, PaperKind::OrderSlip, id.0)?;
        let job = listed.batch.map(|batch| print_jobs::get(register, batch)).transpose()?.flatten();
        Ok(Some(OrderFile { listed, plan, history, obstacle: judged.err(), job, papers }))
    })
}

/// What a producer's people can order stamps for.
///
/// # Errors
/// [`StoreError`].
pub fn orderable(store: &Store, worker: &Worker) -> Result<Vec<Orderable>, StoreError> {
    let Organisation::Producer(producer) = worker.organisation else { return Ok(Vec::new()) };
    store.read(|register| {
        let products = products::of_producer(register, producer)?;
        products.into_iter().map(|product| look_at(register, worker, product)).collect()
    })
}

fn look_at(
    register: &mut AnyConnection,
    worker: &Worker,
    product: Product,
) -> Result<Orderable, StoreError> {
    let today = vietnam_day(worker.at);
    let all = recognitions::of_product(register, product.id)?;
    let obstacle = eligibility::product(register, product.id, today)?.err();
    let open = plans::all(register)?.into_iter().filter(|plan| plan.is_open(today));
    let plans = open
        .map(|plan| {
            let remaining = plans::remaining(register, &plan, product.id)?;
            Ok((plan, remaining))
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Orderable { recognition: governing(&all, today).cloned(), product, obstacle, plans })
}

/// Places an order for a product of the person's own producer, and sends it to the office.
///
/// # Errors
/// [`OrderError`]; a product of another's is one that does not exist.
pub fn place(store: &Store, worker: &Worker, request: &NewOrder) -> Result<Order, OrderError> {
    store.together(|store| {
        let order = draft(store, worker, request)?;
        fits(store, worker, &order, OrderMove::Submit)?;
        ordering::step(store, order.id, OrderMove::Submit, "", worker.act())
    })
}

/// Refuses to lead an order on whose product no approved design can carry.
fn fits(store: &Store, worker: &Worker, order: &Order, step: OrderMove) -> Result<(), OrderError> {
    let leads_on = matches!(step, OrderMove::Submit | OrderMove::Approve);
    if leads_on && order.state.after(step).is_ok_and(|after| after != order.state) {
        carried::<OrderError>(store, order.request.product, vietnam_day(worker.at))?;
    }
    Ok(())
}

/// Refuses a product that no approved design can carry, as long as it has no codes.
///
/// # Errors
/// [`Ineligible::NoDesign`], and [`StoreError`].
pub fn carried<E>(store: &Store, product: ProductId, on: Day) -> Result<(), E>
where
    E: From<Ineligible> + From<StoreError>,
{
    match fitting::barred(store, product, on)? {
        none if none.is_empty() => Ok(()),
        why => Err(Ineligible::NoDesign(why).into()),
    }
}

/// Places an order for a product of the person's own producer, and keeps it as a draft.
///
/// # Errors
/// As [`place`].
pub fn draft(store: &Store, worker: &Worker, request: &NewOrder) -> Result<Order, OrderError> {
    if !is_own(store, worker, request.product)? {
        return Err(Ineligible::NoProduct(request.product).into());
    }
    ordering::place(store, request, worker.act())
}

/// Changes what a draft, or an order that was returned, asks for.
///
/// # Errors
/// As [`place`]; an order of another's is one that does not exist.
pub fn amend(
    store: &Store,
    worker: &Worker,
    id: OrderId,
    request: &NewOrder,
) -> Result<Order, OrderError> {
    let seen = store.read(|register| order_list::get(register, worker.organisation, id))?;
    seen.ok_or(OrderError::NoOrder(id))?;
    if !is_own(store, worker, request.product)? {
        return Err(Ineligible::NoProduct(request.product).into());
    }
    store.write(|register| ordering::amended(register, id, request, worker.act()))
}

impl OrderFile {
    /// The number of the last act on it: who has seen a smaller one, has not seen the latest.
    #[must_use]
    pub fn version(&self) -> i64 {
        audit::latest(&self.history)
    }
}

/// Moves an order that the person may see; where it is said which [version](OrderFile::version) they
/// have seen, only if nobody did anything with it since. Repeating one's own last move changes nothing.
///
/// # Errors
/// [`OrderError`].
pub fn step(
    store: &Store,
    worker: &Worker,
    id: OrderId,
    step: OrderMove,
    reason: &str,
    seen: Option<i64>,
) -> Result<Order, OrderError> {
    store.together(|store| {
        let file = get(store, worker, id)?.ok_or(OrderError::NoOrder(id))?;
        let is_own = file
            .history
            .last()
            .is_some_and(|last| last.actor == worker.login && last.action == Action::from(step));
        if seen.is_some_and(|seen| seen != file.version()) && !is_own {
            return Err(OrderError::Changed(file.listed.order.state));
        }
        fits(store, worker, &file.listed.order, step)?;
        ordering::step(store, id, step, reason, worker.act())
    })
}

/// What a step with an order is about: its stamps.
#[must_use]
pub fn effect(order: &Order) -> Effect {
    Effect::about(order.request.quantity.get().into())
}

/// Issues the codes of an order that the person may see, with the key that is here, if one is.
///
/// # Errors
/// [`IssueError`].
pub fn issue(
    store: &Store,
    worker: &Worker,
    issuer: Option<&Issuer>,
    id: OrderId,
) -> Result<(), IssueError> {
    let seen = store.read(|register| order_list::get(register, worker.organisation, id))?;
    let seen = seen.ok_or(IssueError::NoOrder(id))?;
    if seen.batch.is_none() {
        carried::<IssueError>(store, seen.order.request.product, vietnam_day(worker.at))?;
    }
    issuer.ok_or(IssueError::NoKey)?.issue(id, &worker.login, &|_| ()).map(drop)
}

fn is_own(store: &Store, worker: &Worker, product: ProductId) -> Result<bool, StoreError> {
    let found = store.read(|register| products::get(register, product))?;
    Ok(found.is_some_and(|(_, maker)| Organisation::Producer(maker.id) == worker.organisation))
}
