//! What says what the API does: a document for programs, and a page for people.

use actix_web::http::header::ContentType;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use super::frame;
use crate::web::api::document::document as made;
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::api as views;

/// The `OpenAPI` document.
pub(in crate::web) async fn document(request: HttpRequest) -> HttpResponse {
    let words = Visitor::of(&request).words;
    HttpResponse::Ok().content_type(ContentType::json()).body(made(words).to_string())
}

/// The same in words: what there is.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Option<Actor>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let frame = frame(&request, actor.as_ref(), "api.title");
    html(visitor, views::page(frame, &made(visitor.words)))
}

/// The calls about one kind of thing, to the last field.
pub(in crate::web) async fn about(
    request: HttpRequest,
    actor: Option<Actor>,
    about: Path<String>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let frame = frame(&request, actor.as_ref(), "api.title");
    let page = views::about(frame, &made(visitor.words), &about).ok_or(Error::NotFound)?;
    html(visitor, page)
}
