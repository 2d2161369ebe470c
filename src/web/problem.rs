//! Errors as people and programs get them: a page, or problem details (RFC 9457).

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_LANGUAGE, ContentType, RETRY_AFTER};
use actix_web::web::Data;
use actix_web::{Error as WebError, HttpRequest, HttpResponse};
use serde::Serialize;

use super::error::Error;
use super::extract::Visitor;
use super::{AppState, api, urls, views};

/// Who found us busy may try again in so many seconds.
const RETRY_SECONDS: &str = "120";

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: &'a str,
}

/// The answer to a request that failed. Causes of our own failures go to the log only.
pub(super) fn page(request: &HttpRequest, failure: &WebError) -> HttpResponse {
    let visitor = Visitor::of(request);
    let foreign;
    let error = if let Some(error) = failure.as_error::<Error>() {
        error
    } else {
        foreign = translated(failure);
        &foreign
    };
    if let Error::Internal(what, cause) = error {
        tracing::error!(what, cause = %cause, path = urls::for_log(request.path()), "a request failed");
    }
    if api::is_api(request.path()) {
        return api::problem::answer(visitor.words, error);
    }
    let mut response = HttpResponse::build(error.status());
    response.insert_header((CONTENT_LANGUAGE, visitor.words.tag()));
    if let Error::MethodNotAllowed(allowed) = error {
        response.insert_header((ALLOW, allowed.as_str()));
    }
    if matches!(error, Error::Busy | Error::TooMany) {
        response.insert_header((RETRY_AFTER, RETRY_SECONDS));
    }
    if visitor.wants_json {
        return response.content_type("application/problem+json").body(details(visitor, error));
    }
    let state = request.app_data::<Data<AppState>>();
    let contact = state.and_then(|state| state.report_contact.as_deref());
    match views::error(visitor, error, request.path(), contact) {
        Ok(html) => response.content_type(ContentType::html()).body(html),
        Err(why) => {
            tracing::error!(%why, "the error page could not be made");
            HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// An error of the framework's own.
fn translated(failure: &WebError) -> Error {
    match failure.as_response_error().status_code() {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Error::MethodNotAllowed("GET, HEAD".to_owned()),
        status if status.is_client_error() => Error::BadQuery(failure.to_string()),
        _ => Error::Internal("the web framework failed", failure.to_string().into()),
    }
}

fn details(visitor: Visitor, error: &Error) -> String {
    let title = visitor.words.say(&format!("error.{}.title", error.key()));
    let detail = error.said(visitor.words);
    let status = error.status().as_u16();
    let problem = Problem { r#type: "about:blank", title: &title, status, detail: &detail };
    // Strings and integers always serialise.
    serde_json::to_string(&problem).unwrap_or_default()
}
