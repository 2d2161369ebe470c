//! What every request to a page of work passes before a handler sees it.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error as WebError, HttpMessage};

use super::{Actor, beside, cookies, lead};
use crate::domain::account::Pending;
use crate::domain::language::Language;
use crate::domain::role::Right;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::{AppState, extract, urls};

const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");

/// What an address needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Access {
    /// Nothing: it is how one signs in.
    Anyone,
    /// A password; what is still pending may be done here.
    Password,
    /// A right.
    Needs(Right),
    /// A right, and to have shown a moment ago who one is.
    Weighty(Right),
}

impl Access {
    /// The right it needs, if it needs one.
    pub(in crate::web) fn right(self) -> Option<Right> {
        match self {
            Self::Anyone | Self::Password => None,
            Self::Needs(right) | Self::Weighty(right) => Some(right),
        }
    }
}

/// Lets a request through, or says why not.
pub(in crate::web) async fn guard(
    access: Access,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, WebError> {
    let language = extract::chosen_language(request.query_string());
    let mut response = match admit(access, &request).await {
        Ok(Admitted::Through) => next.call(request).await?,
        Ok(Admitted::First(path)) => request.into_response(lead(&path)),
        Err(error) => request.error_response(error),
    };
    // A form that is sent says from which page of ours; other sites learn nothing.
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, SAME_ORIGIN);
    // A language chosen by link is remembered while people work.
    if let Some(language) = language {
        remember(&mut response, language)?;
    }
    Ok(response)
}

enum Admitted {
    /// It goes on.
    Through,
    /// Something must be done first, there.
    First(String),
}

async fn admit(access: Access, request: &ServiceRequest) -> Result<Admitted, Error> {
    if !is_safe(request.method()) && !is_from_here(request) {
        return Err(Error::CrossSite);
    }
    let actor = actor(request).await?;
    if let Some(actor) = &actor {
        request.extensions_mut().insert(actor.clone());
    }
    if access == Access::Anyone {
        return Ok(Admitted::Through);
    }
    let back = || back_to(request);
    let Some(actor) = actor else {
        if Visitor::of(request.request()).wants_json {
            return Err(Error::NotSignedIn);
        }
        return Ok(Admitted::First(urls::with_return(urls::SIGN_IN, &back())));
    };
    let Some(right) = access.right() else { return Ok(Admitted::Through) };
    if let Some(pending) = actor.session().pending() {
        let path = match pending {
            Pending::SecondFactor => urls::CODE,
            Pending::OwnPassword => urls::PASSWORD,
            Pending::SetUpSecondFactor => urls::SECOND_FACTOR,
        };
        return Ok(Admitted::First(urls::with_return(path, &back())));
    }
    if !actor.may(right) {
        return Err(Error::Forbidden);
    }
    let is_confirmed = actor.session().is_confirmed(state(request)?.clock.now());
    if matches!(access, Access::Weighty(_)) && !is_confirmed {
        return Ok(Admitted::First(urls::with_return(urls::CONFIRM, &back())));
    }
    Ok(Admitted::Through)
}

/// Who sent the request, as far as its cookie says.
async fn actor(request: &ServiceRequest) -> Result<Option<Actor>, Error> {
    let Some(token) = cookies::token(request.request()) else { return Ok(None) };
    let identity = state(request)?.identity.clone();
    let found = beside(move || identity.session(&token).map(|session| (token, session))).await?;
    let (token, session) = found.map_err(|why| {
        tracing::error!(error = &why as &dyn std::error::Error, "a session was not found out");
        Error::Busy
    })?;
    Ok(session.map(|session| Actor::new(token, session)))
}

fn state(request: &ServiceRequest) -> Result<&AppState, Error> {
    request.app_data::<Data<AppState>>().map(Data::get_ref).ok_or(Error::NotFound)
}

/// Where somebody comes back to: the page itself, or for an act the page its form stands on.
fn back_to(request: &ServiceRequest) -> String {
    if is_safe(request.method()) {
        let page = request.uri().path_and_query();
        return page.map_or_else(|| request.path(), |page| page.as_str()).to_owned();
    }
    let form = request.headers().get(header::REFERER).and_then(|page| page.to_str().ok());
    let path = form.and_then(|page| page.splitn(4, '/').nth(3));
    path.map_or_else(|| urls::WORK.to_owned(), |path| format!("/{path}"))
}

fn remember(response: &mut ServiceResponse, language: Language) -> Result<(), Error> {
    let cookie = cookies::language(language.tag());
    let added = response.response_mut().add_cookie(&cookie);
    added.map_err(|why| Error::Internal("a cookie could not be set", why.into()))
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// Whether a browser says that a page of ours sent this. One that says nothing is no browser, and has
/// no cookies but those it was given.
fn is_from_here(request: &ServiceRequest) -> bool {
    let text = |name: header::HeaderName| {
        request.headers().get(name).and_then(|value| value.to_str().ok())
    };
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let host = request.connection_info().host().to_owned();
    text(header::ORIGIN)
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, from)| from == host))
}
