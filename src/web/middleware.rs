//! What every request passes on its way in and every answer on its way out, errors included.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error as WebError, HttpResponse};

use super::error::Error;
use super::{AppState, problem, urls};

const CONTENT_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'",
);
/// The same for a page with a script of ours.
const SCRIPT_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
const NO_SNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
const ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");
const NO_INDEX: HeaderValue = HeaderValue::from_static("noindex");
const VARY: HeaderValue = HeaderValue::from_static("accept, accept-language, cookie");
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Refuses what is too long, shows errors as pages of ours, and sets the headers of every answer.
pub(super) async fn finish(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, WebError> {
    let mut response = if request
        .uri()
        .path_and_query()
        .is_some_and(|url| url.as_str().len() > urls::LENGTH_MAX)
    {
        request.error_response(Error::TooLong)
    } else {
        next.call(request).await?
    };
    if let Some(error) = response.response().error() {
        let page = problem::page(response.request(), error);
        response = response.into_response(page);
    }
    let https_only = state(&response).is_some_and(|state| state.https_only);
    if urls::is_secret(response.request().path()) {
        hide(response.headers_mut());
    }
    protect(response.headers_mut(), https_only);
    Ok(response)
}

/// Lets a page load scripts of ours. All others load none.
pub(super) fn allow_script(response: &mut HttpResponse) {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, SCRIPT_POLICY);
}

fn state(response: &ServiceResponse) -> Option<&AppState> {
    response.request().app_data::<Data<AppState>>().map(|state| &***state)
}

/// What a download link leads to is for its holder alone.
fn hide(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, PRIVATE);
    headers.insert(ROBOTS_TAG, NO_INDEX);
}

fn protect(headers: &mut HeaderMap, https_only: bool) {
    unless_set(headers, header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
    if https_only {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
    unless_set(headers, header::REFERRER_POLICY, NO_REFERRER);
    unless_set(headers, header::CACHE_CONTROL, NO_STORE);
    unless_set(headers, header::VARY, VARY);
}

fn unless_set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value);
    }
}
