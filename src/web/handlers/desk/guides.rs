//! Guides, for people at work and for who is about to sign in.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use super::frame;
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::guides;
use crate::web::handlers::html;
use crate::web::views::desk::guides as views;

/// All guides.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Option<Actor>,
) -> Result<HttpResponse, Error> {
    let reader = actor.as_ref().map(|actor| actor.session().account.details.role);
    let frame = frame(&request, actor.as_ref(), "help.title");
    html(Visitor::of(&request), views::all(frame, reader))
}

/// A guide.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Option<Actor>,
    guide: Path<String>,
) -> Result<HttpResponse, Error> {
    let guide = guides::find(&guide).ok_or(Error::NotFound)?;
    let frame = frame(&request, actor.as_ref(), "help.title");
    html(Visitor::of(&request), views::page(frame, guide))
}
