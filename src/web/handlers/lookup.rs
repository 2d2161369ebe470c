//! The look-up form's destination.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::verdict;
use crate::code::uri;
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::{AppState, urls};

#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "ma")]
    code: String,
}

/// Leads to the one address of what was typed or pasted; what cannot be one is answered here.
pub(in crate::web) async fn answer(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let typed: Typed = extract::query(&request)?;
    let visitor = Visitor::of(&request);
    match uri::read(&typed.code).ok().as_ref().and_then(urls::of_code) {
        Some(url) => {
            let url = urls::keeping(&url, visitor.chosen);
            Ok(HttpResponse::SeeOther().insert_header((LOCATION, url)).finish())
        }
        None => verdict::by_form(&request, &state, visitor, typed.code).await,
    }
}
