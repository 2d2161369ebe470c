//! One's own tokens of the API.

use std::collections::BTreeSet;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::sign_in::failed;
use super::{Nothing, busy, done, frame, refused};
use crate::domain::api_token::{ApiToken, NewApiToken};
use crate::domain::ids::TokenId;
use crate::domain::role::Right;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::tokens::{self as views, Typed};
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// A form for a token, as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct TokenForm {
    #[serde(rename = "ten", default)]
    name: String,
    #[serde(rename = "so_ngay", default)]
    days: String,
    #[serde(rename = "pham_vi", default)]
    scope: String,
}

/// The list, with a form for another.
pub(in crate::web) async fn list(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let tokens = all(&actor, &state).await?;
    let frame = frame(&request, Some(&actor), "tokens.title");
    let now = state.clock.now();
    html(
        Visitor::of(&request),
        views::list(frame, &actor, &tokens, now, &Typed::default(), None, None),
    )
}

/// Makes a token, which is shown this once.
pub(in crate::web) async fn make(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form): Posted<TokenForm>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let wanted = NewApiToken {
        name: form.name.clone(),
        rights: rights(&actor, &form.scope),
        days: form.days.parse().unwrap_or_default(),
    };
    let (identity, who) = (state.identity.clone(), actor.clone());
    let made = beside(move || identity.make_own_token(who.token(), &wanted));
    let made = made.await?;
    let tokens = all(&actor, &state).await?;
    let (frame, now) = (frame(&request, Some(&actor), "tokens.title"), state.clock.now());
    match made {
        Ok((_, secret)) => {
            let typed = Typed::default();
            html(visitor, views::list(frame, &actor, &tokens, now, &typed, Some(secret), None))
        }
        Err(why) => {
            let said = wording::identity(visitor.words, &why).ok_or_else(|| failed(why))?;
            let typed = Typed { name: form.name, days: form.days, scope: form.scope };
            refused(visitor, views::list(frame, &actor, &tokens, now, &typed, None, Some(said)))
        }
    }
}

/// Revokes a token.
pub(in crate::web) async fn revoke(
    actor: Actor,
    state: Data<AppState>,
    token: Path<i64>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let (identity, id) = (state.identity.clone(), TokenId(*token));
    beside(move || identity.revoke_own_token(actor.token(), id)).await?.map_err(failed)?;
    Ok(done(urls::TOKENS, "token.revoke"))
}

/// What a token is for: to read, to work, or also to decide.
fn rights(actor: &Actor, scope: &str) -> BTreeSet<Right> {
    let wanted = |right: &Right| match scope {
        "doc" => !right.changes(),
        "lam" => !right.decides(),
        "quyet_dinh" => true,
        _ => false,
    };
    Right::ALL.into_iter().filter(|right| actor.may(*right)).filter(wanted).collect()
}

async fn all(actor: &Actor, state: &AppState) -> Result<Vec<ApiToken>, Error> {
    let (identity, account) = (state.identity.clone(), actor.session().account.id);
    beside(move || identity.tokens(account)).await?.map_err(|why| busy(&why))
}
