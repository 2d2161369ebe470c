//! The answer to a scan.

use actix_web::http::header::{CONTENT_LANGUAGE, ContentType, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::{ask, html};
use crate::code::uri;
use crate::domain::verdict::{Headline, Verdict};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::looks::Looker;
use crate::web::views::json::VerdictJson;
use crate::web::{AppState, urls, views};

/// While the register cannot be asked, try again in so many seconds.
const RETRY_SECONDS: &str = "5";

/// What was asked, beside who asks.
struct Question<'a> {
    /// The text to check.
    text: &'a str,
    /// The part a person may want to mend.
    typed: &'a str,
    /// Whether it came from the form.
    by_form: bool,
}

/// Answers on the path of a code, in any spelling, right or wrong; no other path exists.
pub(in crate::web) async fn answer(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let path = uri::plain(request.path());
    if !urls::is_code(&path) {
        return Err(Error::NotFound);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Error::MethodNotAllowed("GET, HEAD".to_owned()));
    }
    // As it was sent: its escapes are undone once, by who reads it.
    let text = request.path();
    let question = Question { text, typed: urls::serial_part(&path), by_form: false };
    reply(&request, &state, Visitor::of(&request), &question).await
}

/// Answers on a text from the form that has no address of its own.
pub(super) async fn by_form(
    request: &HttpRequest,
    state: &Data<AppState>,
    visitor: Visitor,
    typed: String,
) -> Result<HttpResponse, Error> {
    let question = Question { text: &typed, typed: &typed, by_form: true };
    reply(request, state, visitor, &question).await
}

async fn reply(
    request: &HttpRequest,
    state: &Data<AppState>,
    visitor: Visitor,
    question: &Question<'_>,
) -> Result<HttpResponse, Error> {
    let looker = Looker::of(request, &state.proxies, visitor.wants_json);
    let text = question.text.to_owned();
    let who = looker.clone();
    let asked = ask(state, move |verifier| verifier.check_for(&text, who.visitor())).await;
    let verdict = asked.unwrap_or_else(|| state.verifier.check_by_keys(question.text));
    let response = shown(visitor, &verdict, question, state.report_contact.as_deref())?;
    if let Some(visitor) = looker.anew() {
        state.verifier.record_scan(&verdict, visitor);
    }
    Ok(response)
}

fn shown(
    visitor: Visitor,
    verdict: &Verdict,
    question: &Question<'_>,
    contact: Option<&str>,
) -> Result<HttpResponse, Error> {
    let mut response = if visitor.wants_json {
        json(visitor, verdict)?
    } else {
        let Question { typed, by_form, .. } = *question;
        html(visitor, views::verdict(visitor, verdict, typed, by_form, contact))?
    };
    *response.status_mut() = status(verdict.headline());
    if verdict.headline() == Headline::RegisterUnreachable {
        let seconds = actix_web::http::header::HeaderValue::from_static(RETRY_SECONDS);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    Ok(response)
}

fn json(visitor: Visitor, verdict: &Verdict) -> Result<HttpResponse, Error> {
    let body = serde_json::to_string(&VerdictJson::new(visitor.words, verdict))
        .map_err(|why| Error::Internal("a verdict could not be written", why.into()))?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::json())
        .insert_header((CONTENT_LANGUAGE, visitor.words.tag()))
        .body(body))
}

/// Known codes are found, whatever is said of them; what is not ours is not found, alike for all
/// reasons, so that a guess learns nothing from the status.
fn status(headline: Headline) -> StatusCode {
    match headline {
        Headline::Valid
        | Headline::PastDate
        | Headline::NotYet
        | Headline::StarsChanged
        | Headline::Unsigned
        | Headline::NotActivated
        | Headline::Void
        | Headline::Expired
        | Headline::Suspended
        | Headline::Revoked
        | Headline::Recalled => StatusCode::OK,
        Headline::Mistyped
        | Headline::Unknown
        | Headline::WrongSignature
        | Headline::NeverIssued => StatusCode::NOT_FOUND,
        Headline::RegisterUnreachable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
