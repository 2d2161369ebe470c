//! What the QR symbol of an official paper leads to.

use actix_web::http::header::{CONTENT_LANGUAGE, ContentType};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::html;
use crate::domain::paper::Paper;
use crate::store::papers;
use crate::token::Token;
use crate::web::desk::beside;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::views::PaperJson;
use crate::web::{AppState, views};

/// Says which paper it is, and whether it still stands.
pub(in crate::web) async fn page(
    request: HttpRequest,
    state: Data<AppState>,
    token: Path<String>,
) -> Result<HttpResponse, Error> {
    let token = Token::read(&token.to_lowercase()).ok_or(Error::NoPaper)?;
    let store = state.store.clone();
    let found = beside(move || store.read(|register| papers::by_token(register, &token.sha256())));
    let found = found.await?.map_err(|why| {
        tracing::error!(error = &why as &dyn std::error::Error, "a paper was not looked up");
        Error::Busy
    })?;
    let paper = found.ok_or(Error::NoPaper)?;
    let visitor = Visitor::of(&request);
    if visitor.wants_json {
        return json(visitor, &paper);
    }
    html(visitor, views::paper(visitor, &paper, state.report_contact.as_deref()))
}

fn json(visitor: Visitor, paper: &Paper) -> Result<HttpResponse, Error> {
    let body = serde_json::to_string(&PaperJson::new(visitor.words, paper))
        .map_err(|why| Error::Internal("a paper could not be told", why.into()))?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::json())
        .insert_header((CONTENT_LANGUAGE, visitor.words.tag()))
        .body(body))
}
