//! Signing in and out, and what belongs to it.

use actix_web::cookie::Cookie;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{Nothing, back, busy, done, frame, refused};
use crate::domain::account::Account;
use crate::identity::{Enrolment, IdentityError, SignedIn};
use crate::token::Token;
use crate::web::desk::{Actor, Hashing, Posted, beside, cookies, lead};
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
    let device = cookies::device(&request, &login);
    let sign_in = move || identity.sign_in_on(&login, &form.password, &from, device);
    answer(&request, hashing.run(sign_in).await?, &form.login, |said| {
        let frame = frame(&request, None, "sign_in.title");
        views::sign_in(frame, &back(&request), &form.login, Some(said))
    })
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
    let from = extract::network(&request, &state.proxies);
    let (identity, who) = (state.identity.clone(), actor.clone());
    let device = cookies::device(&request, actor.login());
    let give = move || identity.give_code(who.token(), &form.code, &from, device);
    answer(&request, beside(give).await?, actor.login(), |said| {
        let frame = frame(&request, Some(&actor), "code.title");
        views::code(frame, &back(&request), Some(said))
    })
}

/// What an authenticator app is set up with.
pub(in crate::web) async fn enrolment_page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let enrolment = enrolment(&state, &actor).await?;
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
    let known = enrolment(&state, &actor).await?;
    let (identity, who) = (state.identity.clone(), actor.clone());
    let enrolled = beside(move || identity.enrol(who.token(), &form.code)).await?;
    answer(&request, enrolled, actor.login(), |said| {
        let frame = frame(&request, Some(&actor), "enrolment.title");
        views::enrolment(frame, &back(&request), &known, Some(said))
    })
}

async fn enrolment(state: &AppState, actor: &Actor) -> Result<Enrolment, Error> {
    let (identity, who) = (state.identity.clone(), actor.clone());
    beside(move || identity.enrolment(who.token())).await?.map_err(failed)
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
    let from = extract::network(&request, &state.proxies);
    let (identity, who) = (state.identity.clone(), actor.clone());
    let change = move || identity.change_password(who.token(), &form.current, &form.wanted, &from);
    answer(&request, hashing.run(change).await?, actor.login(), |said| {
        let frame = frame(&request, Some(&actor), "password.title");
        views::password(frame, &back(&request), Some(said))
    })
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
    let from = extract::network(&request, &state.proxies);
    let (identity, who) = (state.identity.clone(), actor.clone());
    let confirm = move || identity.confirm(who.token(), &form.password, &form.code, &from);
    let confirmed = hashing.run(confirm).await?;
    let confirmed = confirmed.map(|session| SignedIn { session, device: None });
    answer(&request, confirmed, actor.login(), |said| {
        let frame = frame(&request, Some(&actor), "confirm.title");
        let with_code = actor.session().account.has_second_factor;
        views::confirm(frame, &back(&request), with_code, Some(said))
    })
}

/// Ends the session.
pub(in crate::web) async fn sign_out(
    actor: Actor,
    state: Data<AppState>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let identity = state.identity.clone();
    let ended = beside(move || identity.sign_out(actor.token())).await?;
    ended.map_err(|why| busy(&why))?;
    Ok(go_on(urls::SIGN_IN, &cookies::signed_out()))
}

/// Where an invitation leads: the form for a password.
pub(in crate::web) async fn invitation_page(
    request: HttpRequest,
    state: Data<AppState>,
    token: Path<String>,
) -> Result<HttpResponse, Error> {
    let account = invited(&state, &token).await?;
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
    let account = invited(&state, &token).await?;
    let token = Token::read(&token).ok_or(Error::NoInvitation)?;
    let identity = state.identity.clone();
    let accept = move || {
        identity.accept(&token, &form.wanted).map(|account| {
            // The password is set by now: without the cookie they sign in like anybody.
            let device = identity.remember(&account).inspect_err(|error| {
                tracing::warn!(%error, "a device could not be remembered");
            });
            (account, device.ok())
        })
    };
    match hashing.run(accept).await? {
        Ok((account, device)) => {
            let mut response = done(urls::SIGN_IN, "password");
            if let Some(device) = device {
                keep(&mut response, &cookies::known_device(&device, &account.details.login));
            }
            Ok(response)
        }
        Err(why) => {
            let visitor = Visitor::of(&request);
            let said = problem(visitor, why)?;
            let frame = frame(&request, None, "invitation.title");
            refused(visitor, views::invitation(frame, &account.details, Some(said)))
        }
    }
}

/// Whom an invitation is for.
async fn invited(state: &AppState, token: &str) -> Result<Account, Error> {
    let token = Token::read(token).ok_or(Error::NoInvitation)?;
    let identity = state.identity.clone();
    beside(move || identity.invited(&token)).await?.map_err(failed)
}

/// Goes on under the session's token, or shows the page again with what was not right.
fn answer(
    request: &HttpRequest,
    let_in: Result<SignedIn, IdentityError>,
    login: &str,
    page: impl FnOnce(String) -> askama::Result<String>,
) -> Result<HttpResponse, Error> {
    match let_in {
        Ok(signed_in) => {
            let mut response = go_on(&back(request), &cookies::signed_in(&signed_in.session));
            if let Some(device) = signed_in.device {
                keep(&mut response, &cookies::known_device(&device, login));
            }
            Ok(response)
        }
        Err(why) => {
            let visitor = Visitor::of(request);
            refused(visitor, page(problem(visitor, why)?))
        }
    }
}

/// What to say to the person, where there is something that they can do.
fn problem(visitor: Visitor, why: IdentityError) -> Result<String, Error> {
    wording::identity(visitor.words, &why).ok_or_else(|| failed(why))
}

pub(super) fn failed(why: IdentityError) -> Error {
    match why {
        IdentityError::Store(why) => busy(&why),
        IdentityError::NoInvitation => Error::NoInvitation,
        IdentityError::NotProven => Error::NotSignedIn,
        IdentityError::NoAccount(_) | IdentityError::NoToken(_) => Error::NotFound,
        why => Error::Internal("somebody could not be let in", why.into()),
    }
}

fn go_on(path: &str, cookie: &Cookie<'static>) -> HttpResponse {
    let mut response = lead(path);
    keep(&mut response, cookie);
    response
}

/// Has the browser keep a cookie.
fn keep(response: &mut HttpResponse, cookie: &Cookie<'static>) {
    // Only a name or value that is none of a cookie's fails, and ours are plain.
    if let Err(error) = response.add_cookie(cookie) {
        tracing::error!(%error, "a cookie could not be set");
    }
}
