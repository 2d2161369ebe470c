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
use crate::domain::assurance::{Lack, Need};
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
    /// What every session is for, whatever its person may: to end it, to give what is owed, to change
    /// what one is known by.
    Own(Need),
    /// A right, and a session that owes nothing.
    Needs(Right),
    /// A right, and to have shown a moment ago who one is.
    Weighty(Right),
}

impl Access {
    /// The right it needs, if it needs one.
    pub(in crate::web) fn right(self) -> Option<Right> {
        match self {
            Self::Anyone | Self::Own(_) => None,
            Self::Needs(right) | Self::Weighty(right) => Some(right),
        }
    }

    /// What it needs of a session; none where it needs no session.
    pub(in crate::web) fn need(self) -> Option<Need> {
        match self {
            Self::Anyone => None,
            Self::Own(need) => Some(need),
            Self::Needs(_) => Some(Need::Full),
            Self::Weighty(_) => Some(Need::Reauthenticated),
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
    let Some(need) = access.need() else { return Ok(Admitted::Through) };
    let back = || back_to(request);
    let Some(actor) = actor else {
        if Visitor::of(request.request()).wants_json {
            return Err(Error::NotSignedIn);
        }
        return Ok(Admitted::First(urls::with_return(urls::SIGN_IN, &back())));
    };
    let lack = actor.session().assurance(state(request)?.clock.now()).meets(need).err();
    let may = access.right().is_none_or(|right| actor.may(right));
    Ok(match lack {
        Some(Lack::Owed(owed)) => Admitted::First(urls::with_return(place_of(owed), &back())),
        _ if !may => return Err(Error::Forbidden),
        Some(Lack::Confirmation) => Admitted::First(urls::with_return(urls::CONFIRM, &back())),
        Some(Lack::Nothing) => Admitted::First(urls::WORK.to_owned()),
        None => Admitted::Through,
    })
}

/// Where what is owed is given.
fn place_of(owed: Pending) -> &'static str {
    match owed {
        Pending::Code => urls::CODE,
        Pending::OwnPassword => urls::PASSWORD,
        Pending::FirstEnrolment => urls::SECOND_FACTOR,
    }
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
