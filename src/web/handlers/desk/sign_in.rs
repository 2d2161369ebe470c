//! Signing in and out, and what belongs to it.

use actix_web::cookie::Cookie;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{Nothing, back, busy, done, frame, lead, refused};
use crate::identity::{Identity, IdentityError};
use crate::token::Token;
use crate::web::desk::{Actor, Hashing, Posted, beside, cookies};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::{sign_in as views, wording};
use crate::web::{AppState, urls};

#[derive(Deserialize)]
pub(in crate::web) struct Login {
    #[serde(rename = "ten", default)]
    login: String,
    #[serde(rename = "mat_khau", default)]
    password: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct Code {
    #[serde(rename = "ma", default)]
    code: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct Confirmation {
    #[serde(rename = "mat_khau", default)]
    password: String,
    #[serde(rename = "ma", default)]
    code: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct NewPassword {
    #[serde(rename = "mat_khau", default)]
    current: String,
    #[serde(rename = "mat_khau_moi")]
    wanted: String,
}

/// The form to sign in with.
pub(in crate::web) async fn page(request: HttpRequest) -> Result<HttpResponse, Error> {
    let page = views::sign_in(frame(&request, None, "sign_in.title"), &back(&request), "", None);
    html(Visitor::of(&request), page)
}

/// Lets somebody in.
pub(in crate::web) async fn sign_in(
    request: HttpRequest,
    state: Data<AppState>,
    hashing: Data<Hashing>,
    Posted(form): Posted<Login>,
) -> Result<HttpResponse, Error> {
    let from = extract::network(&request, &state.proxies);
    let (identity, login) = (state.identity.clone(), form.login.clone());
    let let_in = hashing.run(move || identity.sign_in(&login, &form.password, &from)).await?;
    match let_in {
        Ok(token) => Ok(go_on(&back(&request), &cookies::signed_in(&token))),
        Err(why) => {
            let visitor = Visitor::of(&request);
            let said = problem(visitor, why)?;
            let frame = frame(&request, None, "sign_in.title");
            let page = views::sign_in(frame, &back(&request), &form.login, Some(said));
            refused(visitor, page)
        }
    }
}

/// The form for a code of the authenticator app.
pub(in crate::web) async fn code_page(
    request: HttpRequest,
    actor: Actor,
) -> Result<HttpResponse, Error> {
    let frame = frame(&request, Some(&actor), "code.title");
    html(Visitor::of(&request), views::code(frame, &back(&request), None))
}

/// Takes a code of the authenticator app.
pub(in crate::web) async fn give_code(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form): Posted<Code>,
) -> Result<HttpResponse, Error> {
    let given = with_session(&state, &actor, move |identity, token, session| {
        identity.give_code(token, session, &form.code)
    })
    .await?;
    match given {
        Ok(token) => Ok(go_on(&back(&request), &cookies::signed_in(&token))),
        Err(why) => {
            let visitor = Visitor::of(&request);
            let said = problem(visitor, why)?;
            let frame = frame(&request, Some(&actor), "code.title");
            refused(visitor, views::code(frame, &back(&request), Some(said)))
        }
    }
}

/// What an authenticator app is set up with.
pub(in crate::web) async fn enrolment_page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let enrolment = state.identity.enrolment(actor.token(), actor.session()).map_err(failed)?;
    let frame = frame(&request, Some(&actor), "enrolment.title");
    html(Visitor::of(&request), views::enrolment(frame, &back(&request), &enrolment, None))
}

/// Keeps an authenticator app that gave a right code.
pub(in crate::web) async fn enrol(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form): Posted<Code>,
) -> Result<HttpResponse, Error> {
    let enrolled = with_session(&state, &actor, move |identity, token, session| {
        identity.enrol(token, session, &form.code)
    })
    .await?;
    match enrolled {
        Ok(token) => Ok(go_on(&back(&request), &cookies::signed_in(&token))),
        Err(why) => {
            let visitor = Visitor::of(&request);
            let said = problem(visitor, why)?;
            let known = state.identity.enrolment(actor.token(), actor.session()).map_err(failed)?;
            let frame = frame(&request, Some(&actor), "enrolment.title");
            refused(visitor, views::enrolment(frame, &back(&request), &known, Some(said)))
        }
    }
}

/// The form to change one's password with.
pub(in crate::web) async fn password_page(
    request: HttpRequest,
    actor: Actor,
) -> Result<HttpResponse, Error> {
    let frame = frame(&request, Some(&actor), "password.title");
    html(Visitor::of(&request), views::password(frame, &back(&request), None))
}

/// Changes one's password.
pub(in crate::web) async fn change_password(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    hashing: Data<Hashing>,
    Posted(form): Posted<NewPassword>,
) -> Result<HttpResponse, Error> {
    let work = session_work(&state, &actor)?;
    let changed = hashing
        .run(move || {
            work.identity.change_password(&work.token, &work.session, &form.current, &form.wanted)
        })
        .await?;
    match changed {
        Ok(token) => Ok(go_on(&back(&request), &cookies::signed_in(&token))),
        Err(why) => {
            let visitor = Visitor::of(&request);
            let said = problem(visitor, why)?;
            let frame = frame(&request, Some(&actor), "password.title");
            refused(visitor, views::password(frame, &back(&request), Some(said)))
        }
    }
}

/// The form to show again who one is.
pub(in crate::web) async fn confirm_page(
    request: HttpRequest,
    actor: Actor,
) -> Result<HttpResponse, Error> {
    let frame = frame(&request, Some(&actor), "confirm.title");
    let with_code = actor.session().account.has_second_factor;
    html(Visitor::of(&request), views::confirm(frame, &back(&request), with_code, None))
}

/// Takes password and code once more.
pub(in crate::web) async fn confirm(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    hashing: Data<Hashing>,
    Posted(form): Posted<Confirmation>,
) -> Result<HttpResponse, Error> {
    let work = session_work(&state, &actor)?;
    let confirmed = hashing
        .run(move || work.identity.confirm(&work.token, &work.session, &form.password, &form.code))
        .await?;
    match confirmed {
        Ok(token) => Ok(go_on(&back(&request), &cookies::signed_in(&token))),
        Err(why) => {
            let visitor = Visitor::of(&request);
            let said = problem(visitor, why)?;
            let frame = frame(&request, Some(&actor), "confirm.title");
            let with_code = actor.session().account.has_second_factor;
            refused(visitor, views::confirm(frame, &back(&request), with_code, Some(said)))
        }
    }
}

/// Ends the session.
pub(in crate::web) async fn sign_out(
    actor: Actor,
    state: Data<AppState>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let work = session_work(&state, &actor)?;
    let ended = beside(move || work.identity.sign_out(&work.token)).await?;
    ended.map_err(|why| busy(&why))?;
    Ok(go_on(urls::SIGN_IN, &cookies::signed_out()))
}

/// Where an invitation leads: the form for a password.
pub(in crate::web) async fn invitation_page(
    request: HttpRequest,
    state: Data<AppState>,
    token: Path<String>,
) -> Result<HttpResponse, Error> {
    let account = invited(&state, &token)?;
    let frame = frame(&request, None, "invitation.title");
    html(Visitor::of(&request), views::invitation(frame, &account.details, None))
}

/// Sets the password of who was invited.
pub(in crate::web) async fn accept(
    request: HttpRequest,
    state: Data<AppState>,
    hashing: Data<Hashing>,
    token: Path<String>,
    Posted(form): Posted<NewPassword>,
) -> Result<HttpResponse, Error> {
    let account = invited(&state, &token)?;
    let token = Token::read(&token).ok_or(Error::NoInvitation)?;
    let identity = state.identity.clone();
    match hashing.run(move || identity.accept(&token, &form.wanted)).await? {
        Ok(_) => Ok(done(urls::SIGN_IN, "password")),
        Err(why) => {
            let visitor = Visitor::of(&request);
            let said = problem(visitor, why)?;
            let frame = frame(&request, None, "invitation.title");
            refused(visitor, views::invitation(frame, &account.details, Some(said)))
        }
    }
}

fn invited(state: &AppState, token: &str) -> Result<crate::domain::account::Account, Error> {
    let token = Token::read(token).ok_or(Error::NoInvitation)?;
    state.identity.invited(&token).map_err(failed)
}

/// What a thread of its own needs to work on a session.
struct SessionWork {
    identity: std::sync::Arc<Identity>,
    token: Token,
    session: crate::identity::Session,
}

fn session_work(state: &AppState, actor: &Actor) -> Result<SessionWork, Error> {
    let token = Token::read(&actor.token().reveal()).ok_or(Error::NotSignedIn)?;
    Ok(SessionWork { identity: state.identity.clone(), token, session: actor.session().clone() })
}

async fn with_session<T: Send + 'static>(
    state: &AppState,
    actor: &Actor,
    work: impl FnOnce(&Identity, &Token, &crate::identity::Session) -> T + Send + 'static,
) -> Result<T, Error> {
    let known = session_work(state, actor)?;
    beside(move || work(&known.identity, &known.token, &known.session)).await
}

/// What to say to the person, where there is something that they can do.
fn problem(visitor: Visitor, why: IdentityError) -> Result<String, Error> {
    wording::identity(visitor.words, &why).ok_or_else(|| failed(why))
}

pub(super) fn failed(why: IdentityError) -> Error {
    match why {
        IdentityError::Store(why) => busy(&why),
        IdentityError::NoInvitation => Error::NoInvitation,
        IdentityError::NoAccount(_) => Error::NotFound,
        why => Error::Internal("somebody could not be let in", why.into()),
    }
}

fn go_on(path: &str, cookie: &Cookie<'static>) -> HttpResponse {
    let mut response = lead(path);
    // Only a name or value that is none of a cookie's fails, and ours are plain.
    if let Err(error) = response.add_cookie(cookie) {
        tracing::error!(%error, "a cookie could not be set");
    }
    response
}
