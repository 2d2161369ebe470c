//! What waits for who is signed in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::{busy, frame, reports, worker};
use crate::desk;
use crate::domain::order::OrderState;
use crate::domain::recognition::REMINDER_DAYS;
use crate::domain::role::Right;
use crate::store::order_list::OrderFilter;
use crate::store::renewal_list::RenewalFilter;
use crate::web::AppState;
use crate::web::desk::{Actor, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::home as views;
use crate::web::views::desk::list::Shown;

/// The page after signing in: what waits for this person.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let mut waiting = Vec::new();
    for order_state in states_waiting(|right| actor.may(right)) {
        let (store, worker) = (state.store.clone(), worker(&actor, &state));
        let filter = OrderFilter { state: Some(order_state), ..OrderFilter::default() };
        let found =
            beside(move || desk::page(&store, &worker, &filter, OrderFilter::FIRST, 1)).await?;
        waiting.push((order_state, found.map_err(|why| busy(&why))?));
    }
    let reminds = actor.may(Right::SeeProducts)
        && (actor.may(Right::PlaceOrders) || actor.may(Right::CheckOrders));
    let ending = if reminds {
        let (store, worker) = (state.store.clone(), worker(&actor, &state));
        let filter = RenewalFilter { within_days: REMINDER_DAYS[0], words: String::new() };
        let found = beside(move || desk::count(&store, &worker, &filter)).await?;
        found.map_err(|why| busy(&why))?
    } else {
        0
    };
    let reports = if actor.may(Right::AnswerReports) {
        let (store, worker) = (state.store.clone(), worker(&actor, &state));
        let found = beside(move || desk::count(&store, &worker, &reports::open_ones())).await?;
        found.map_err(|why| busy(&why))?
    } else {
        0
    };
    let frame = frame(&request, Some(&actor), "work.title");
    let page = views::page(frame, &actor, &waiting, (ending, reports));
    html(Visitor::of(&request), page)
}

/// The states in which an order waits for somebody who may so much.
pub(in crate::web) fn states_waiting(may: impl Fn(Right) -> bool) -> Vec<OrderState> {
    let mut states = Vec::new();
    if may(Right::PlaceOrders) {
        states.extend([
            OrderState::Draft,
            OrderState::ChangesRequested,
            OrderState::Submitted,
            OrderState::UnderReview,
            OrderState::Approved,
        ]);
    } else if may(Right::ApproveOrders) {
        states.extend([OrderState::UnderReview, OrderState::Submitted, OrderState::Approved]);
    } else if may(Right::CheckOrders) {
        states.extend([OrderState::Submitted, OrderState::UnderReview]);
    }
    states
}
