//! The start page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::html;
use crate::web::AppState;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::views;

/// The form for typing a serial.
pub(in crate::web) async fn page(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    html(visitor, views::start(visitor, state.report_contact.as_deref()))
}
