//! What waits for who is signed in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::{busy, frame, worker};
use crate::desk::{self, todo};
use crate::domain::calendar::vietnam_day;
use crate::store::order_list::OrderFilter;
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
    let role = actor.session().account.details.role;
    let mut orders = Vec::new();
    for &order_state in todo::order_states(role) {
        let (store, worker) = (state.store.clone(), worker(&actor, &state));
        let filter = OrderFilter { state: Some(order_state), ..OrderFilter::default() };
        let found =
            beside(move || desk::page(&store, &worker, &filter, OrderFilter::FIRST, 1)).await?;
        orders.push((order_state, found.map_err(|why| busy(&why))?));
    }
    let (store, at_desk) = (state.store.clone(), worker(&actor, &state));
    let others = move || todo::counts(&store, &at_desk, todo::others(role).iter().copied());
    let others = beside(others).await?.map_err(|why| busy(&why))?;
    let frame = frame(&request, Some(&actor), "work.title");
    let today = vietnam_day(state.clock.now());
    html(Visitor::of(&request), views::page(frame, &actor, today, &orders, &others))
}
