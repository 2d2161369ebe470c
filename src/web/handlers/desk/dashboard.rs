//! How things stand.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::{busy, frame, worker};
use crate::desk::dashboard;
use crate::desk::todo::order_states;
use crate::web::AppState;
use crate::web::desk::{Actor, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::dashboard as views;

/// The page.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    let waiting = order_states(actor.session().account.details.role);
    let found = beside(move || dashboard::numbers(&store, &worker, waiting)).await?;
    let found = found.map_err(|why| busy(&why))?;
    let frame = frame(&request, Some(&actor), "dashboard.title");
    html(Visitor::of(&request), views::page(frame, &actor, &found))
}
