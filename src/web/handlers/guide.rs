//! The guide of who scans a stamp.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::html;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::{AppState, guides, views};

/// Questions about scanning, answered.
pub(in crate::web) async fn page(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let guide = guides::find(guides::SHOPPERS).ok_or(Error::NotFound)?;
    html(visitor, views::guide::page(visitor, guide, state.report_contact.as_deref()))
}
