//! Accounts, for the administrator.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::list::{self, Answer};
use super::sign_in::failed;
use super::{Nothing, done, frame, refused};
use crate::domain::account::NewAccount;
use crate::domain::ids::{AccountId, ProducerId, ShopId};
use crate::domain::role::{Organisation, Role};
use crate::identity::{IdentityError, Invited};
use crate::store::account_list::{AccountFilter, Lack};
use crate::web::desk::{Actor, Hashing, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::accounts::{self as views, Typed};
use crate::web::views::desk::list::ListView;
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "vai", default)]
    role: String,
    #[serde(rename = "thieu", default)]
    lacks: String,
}

/// A form for an account, as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct AccountForm {
    #[serde(rename = "ten", default)]
    login: String,
    #[serde(rename = "ho_ten", default)]
    name: String,
    #[serde(rename = "vai_tro", default)]
    role: String,
    #[serde(rename = "to_chuc", default)]
    organisation: String,
    #[serde(rename = "thu", default)]
    email: String,
}

/// The list, with a form for another.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let view = match list::look(&request, &actor, &state, filter(&request)).await? {
        Answer::File(file) => return Ok(file),
        Answer::View(view) => *view,
    };
    let status = list::status(&view);
    let frame = frame(&request, Some(&actor), "accounts.title");
    let page = views::list(frame, view, &Typed::default(), None, None);
    let mut page = html(Visitor::of(&request), page)?;
    *page.status_mut() = status;
    Ok(page)
}

/// Makes an account, and a link by which its person sets a password.
pub(in crate::web) async fn add(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form): Posted<AccountForm>,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let typed = Typed {
        login: form.login,
        name: form.name,
        role: form.role,
        organisation: form.organisation,
        email: form.email,
    };
    let Some(wanted) = read(&typed) else {
        let said = visitor.words.say("accounts.problem.unreadable").into_owned();
        return not_added(&request, &actor, &state, &typed, said).await;
    };
    let (identity, by) = (state.identity.clone(), actor.login().to_owned());
    let made = beside(move || {
        let account = identity.add(&wanted, &by)?;
        identity.invite(account.id, &by)
    })
    .await?;
    match made {
        Ok(invited) => shown(&request, &actor, &state, &invited).await,
        Err(why) => {
            let said = problem(visitor, why)?;
            not_added(&request, &actor, &state, &typed, said).await
        }
    }
}

async fn not_added(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    typed: &Typed,
    said: String,
) -> Result<HttpResponse, Error> {
    let list = view(request, actor, state).await?;
    let frame = frame(request, Some(actor), "accounts.title");
    refused(Visitor::of(request), views::list(frame, list, typed, None, Some(said)))
}

/// Makes another link by which somebody sets a password.
pub(in crate::web) async fn invite(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    account: Path<i64>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let (identity, by, id) =
        (state.identity.clone(), actor.login().to_owned(), AccountId(*account));
    let invited = beside(move || identity.invite(id, &by)).await?.map_err(failed)?;
    shown(&request, &actor, &state, &invited).await
}

/// Forgets the authenticator app of somebody who lost it, and makes a link by which they set a password.
pub(in crate::web) async fn recover(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    hashing: Data<Hashing>,
    account: Path<i64>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let (identity, by, id) =
        (state.identity.clone(), actor.login().to_owned(), AccountId(*account));
    let recover = move || identity.recover(id, &by);
    let invited = hashing.run(recover).await?.map_err(failed)?;
    shown(&request, &actor, &state, &invited).await
}

/// Closes an account.
pub(in crate::web) async fn close(
    actor: Actor,
    state: Data<AppState>,
    account: Path<i64>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    set_open(&actor, &state, *account, false).await
}

/// Opens an account again.
pub(in crate::web) async fn open(
    actor: Actor,
    state: Data<AppState>,
    account: Path<i64>,
    _form: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    set_open(&actor, &state, *account, true).await
}

async fn set_open(
    actor: &Actor,
    state: &AppState,
    account: i64,
    is_open: bool,
) -> Result<HttpResponse, Error> {
    let (identity, by) = (state.identity.clone(), actor.login().to_owned());
    let id = AccountId(account);
    beside(move || identity.set_open(id, is_open, &by)).await?.map_err(failed)?;
    Ok(done(urls::ACCOUNTS, if is_open { "account.open" } else { "account.close" }))
}

/// The list with a link that is shown this once.
async fn shown(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    invited: &Invited,
) -> Result<HttpResponse, Error> {
    let list = view(request, actor, state).await?;
    let path = urls::invitation(&invited.token.reveal());
    let link = format!("{}{path}", extract::origin(request));
    let frame = frame(request, Some(actor), "accounts.title");
    let made = Some((&invited.account, link));
    html(Visitor::of(request), views::list(frame, list, &Typed::default(), made, None))
}

async fn view(request: &HttpRequest, actor: &Actor, state: &AppState) -> Result<ListView, Error> {
    match list::look(request, actor, state, AccountFilter::default()).await? {
        Answer::View(list) => Ok(*list),
        Answer::File(_) => Err(Error::NotFound),
    }
}

fn filter(request: &HttpRequest) -> AccountFilter {
    let narrowed: Narrowed = extract::query(request).unwrap_or_default();
    AccountFilter {
        role: Role::from_key(&narrowed.role),
        words: narrowed.words,
        lacks: Lack::from_key(&narrowed.lacks),
    }
}

fn read(typed: &Typed) -> Option<NewAccount> {
    let role = Role::from_key(&typed.role)?;
    let number = || typed.organisation.trim().parse().ok();
    let organisation = match role {
        Role::Producer => Organisation::Producer(ProducerId(number()?)),
        Role::PrintShop => Organisation::PrintShop(ShopId(number()?)),
        _ => Organisation::Office,
    };
    let email = Some(typed.email.trim().to_owned()).filter(|email| !email.is_empty());
    Some(NewAccount {
        login: typed.login.clone(),
        name: typed.name.clone(),
        role,
        organisation,
        email,
    })
}

fn problem(visitor: Visitor, why: IdentityError) -> Result<String, Error> {
    wording::identity(visitor.words, &why).ok_or_else(|| failed(why))
}
