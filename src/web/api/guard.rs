//! What every call passes before an operation sees it.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error as WebError, HttpMessage};

use super::caller::Caller;
use super::problem::{Kind, Problem};
use crate::domain::assurance::Need;
use crate::domain::role::Right;
use crate::identity::IdentityError;
use crate::web::desk::{beside, cookies, guard::Access};
use crate::web::error::Error;
use crate::web::{AppState, extract};

/// The scheme of the header that brings a token (RFC 6750), and the space after it.
const SCHEME: &str = "bearer ";

/// Lets a call through, or says why not.
pub(in crate::web) async fn guard(
    access: Access,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, WebError> {
    match admit(access, &request).await {
        Ok(()) => next.call(request).await,
        Err(error) => Ok(request.error_response(error)),
    }
}

async fn admit(access: Access, request: &ServiceRequest) -> Result<(), Error> {
    let caller = caller(access, request).await?.ok_or_else(|| refuse(Kind::Unauthenticated))?;
    let right = access.right().unwrap_or(Right::SignedIn);
    if !caller.may(right) {
        return Err(refuse(Kind::Forbidden));
    }
    request.extensions_mut().insert(caller);
    Ok(())
}

async fn caller(access: Access, request: &ServiceRequest) -> Result<Option<Caller>, Error> {
    let state = request.app_data::<Data<AppState>>().ok_or(Error::NotFound)?;
    let Some(header) = request.headers().get(AUTHORIZATION) else {
        return by_cookie(access, request, state).await;
    };
    let token = header.to_str().ok().and_then(bearer).unwrap_or_default().to_owned();
    let from = extract::network(request.request(), &state.proxies);
    let identity = state.identity.clone();
    match beside(move || identity.bearer(&token, &from)).await? {
        Ok((account, token)) => {
            Ok(Some(Caller::new(account, |right| token.rights.contains(&right))))
        }
        Err(IdentityError::TooMany) => Err(refuse(Kind::TooMany)),
        Err(IdentityError::Store(why)) => Err(Problem::from(why).into()),
        Err(_) => Ok(None),
    }
}

/// Who is signed in may look: what changes something takes a token, which no other site can send.
async fn by_cookie(
    access: Access,
    request: &ServiceRequest,
    state: &AppState,
) -> Result<Option<Caller>, Error> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(None);
    }
    let Some(token) = cookies::token(request.request()) else { return Ok(None) };
    let identity = state.identity.clone();
    let session = beside(move || identity.session(&token)).await?.map_err(Problem::from)?;
    let (need, now) = (access.need().unwrap_or(Need::Full), state.clock.now());
    let through = session.filter(|session| session.assurance(now).meets(need).is_ok());
    Ok(through.map(|session| Caller::new(session.account, |_| true)))
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_at_checked(SCHEME.len())?;
    scheme.eq_ignore_ascii_case(SCHEME).then(|| token.trim())
}

fn refuse(kind: Kind) -> Error {
    Problem::from(kind).into()
}
