//! What the service runs with.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::frame;
use crate::web::AppState;
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::settings as views;

/// Every setting.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let frame = frame(&request, Some(&actor), "settings.title");
    html(Visitor::of(&request), views::page(frame, &state.settings))
}
