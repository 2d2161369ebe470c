//! Accounts, for the administrator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Line, Nothing, words};
use super::lists::Narrowed;
use super::operation::{Made, NoQuery};
use super::problem::{Kind, Problem};
use super::refusal;
use super::shapes::{PageNumber, workplace};
use crate::domain::account::{Account, NewAccount};
use crate::domain::calendar::Instant;
use crate::domain::ids::{AccountId, ProducerId, ShopId};
use crate::domain::role::{Organisation, Role};
use crate::identity::{Identity, IdentityError, Invited};
use crate::store::account_list::{AccountFilter, Lack};
use crate::web::urls;

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct AccountQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Of this role.
    #[schemars(extend("enum" = Role::ALL.map(Role::key)))]
    role: Option<String>,
    /// Open ones that lack an authenticator app, where their role needs one, or a password.
    #[schemars(extend("enum" = Lack::ALL.map(Lack::key)))]
    lacks: Option<String>,
    /// With this in the login or the name, as it is written.
    q: Option<Line>,
}

/// An account that is asked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewAccount")]
pub(in crate::web) struct NewAccountJson {
    /// What the person signs in with.
    login: Line,
    /// The person's name.
    name: Line,
    /// What the person does.
    #[schemars(extend("enum" = Role::ALL.map(Role::key)))]
    role: String,
    /// Number of the producer that the person works for.
    #[serde(default)]
    producer: Option<i64>,
    /// Number of the print shop that the person works for.
    #[serde(default)]
    print_shop: Option<i64>,
    /// Where reminders go.
    #[serde(default)]
    email: Option<Line>,
}

/// An account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
pub(in crate::web) struct AccountJson {
    /// Its number.
    id: i64,
    /// What the person signs in with.
    login: String,
    /// The person's name.
    name: String,
    /// What the person does.
    #[schemars(extend("enum" = Role::ALL.map(Role::key)))]
    role: &'static str,
    /// Number of the producer that the person works for.
    producer: Option<i64>,
    /// Number of the print shop that the person works for.
    print_shop: Option<i64>,
    /// Where reminders go.
    email: Option<String>,
    /// Whether it can be used.
    open: bool,
    /// Whether a password was set.
    has_password: bool,
    /// Whether an authenticator app is set up.
    has_second_factor: bool,
    /// When it was made.
    created_at: Instant,
}

/// A link by which somebody sets a password.
#[derive(Serialize, JsonSchema)]
pub(in crate::web) struct Invitation {
    /// For whom.
    account: AccountJson,
    /// The link, for that person alone. It is told once: asked for again under the same key, it is
    /// `null`.
    link: Option<String>,
}

/// Accounts, by login.
pub(in crate::web) fn list(call: &Call, query: AccountQuery) -> Narrowed<AccountFilter> {
    let role = call.chosen("role", query.role, Role::from_key)?;
    let lacks = call.chosen("lacks", query.lacks, Lack::from_key)?;
    Ok((AccountFilter { role, words: words(query.q), lacks }, query.page))
}

/// An account on the list.
#[expect(clippy::needless_pass_by_value, reason = "lists give their lines away")]
pub(in crate::web) fn line(_: &Call, listed: Account) -> AccountJson {
    account(&listed)
}

/// One account.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<AccountJson, Problem> {
    let id = AccountId(call.number()?);
    let all = call.identity.accounts()?;
    all.iter().find(|it| it.id == id).map(account).ok_or_else(|| Kind::NotFound.into())
}

/// Makes an account, without a password.
pub(in crate::web) fn add(call: &Call, wanted: NewAccountJson) -> Made<AccountJson> {
    let role = Role::from_key(&wanted.role).ok_or_else(|| call.invalid("#/role"))?;
    let organisation = match (wanted.producer, wanted.print_shop) {
        (None, None) => Organisation::Office,
        (Some(id), None) => Organisation::Producer(ProducerId(id)),
        (None, Some(id)) => Organisation::PrintShop(ShopId(id)),
        (Some(_), Some(_)) => return Err(call.invalid("#/print_shop")),
    };
    let (login, name) = (wanted.login.0, wanted.name.0);
    let email = wanted.email.map(|line| line.0);
    let wanted = NewAccount { login, name, role, organisation, email };
    let made = call.identity.add(&wanted, call.login());
    let made = made.map_err(|why| refusal::identity(call.words, why))?;
    Ok((account(&made), urls::of(urls::API_ACCOUNT, made.id.0)))
}

/// Makes a link by which somebody sets a password; earlier ones open nothing any more.
pub(in crate::web) fn invite(call: &Call, _: Nothing) -> Made<Invitation> {
    invitation(call, Identity::invite)
}

/// Forgets the authenticator app and the password of somebody who lost the app, and makes a link by
/// which they set another.
pub(in crate::web) fn recover(call: &Call, _: Nothing) -> Made<Invitation> {
    invitation(call, Identity::recover)
}

fn invitation(
    call: &Call,
    make: fn(&Identity, AccountId, &str) -> Result<Invited, IdentityError>,
) -> Made<Invitation> {
    let id = AccountId(call.number()?);
    let invited = make(&call.identity, id, call.login());
    let invited = invited.map_err(|why| refusal::identity(call.words, why))?;
    let link = format!("{}{}", call.asked.base, urls::invitation(&invited.token.reveal()));
    let path = urls::of(urls::API_ACCOUNT, id.0);
    Ok((Invitation { account: account(&invited.account), link: Some(link) }, path))
}

/// An invitation as it is kept: without its link.
pub(in crate::web) fn without_link(invitation: Invitation) -> Invitation {
    Invitation { link: None, ..invitation }
}

/// Closes an account.
pub(in crate::web) fn close(call: &Call, _: Nothing) -> Result<(), Problem> {
    set_open(call, false)
}

/// Opens an account again.
pub(in crate::web) fn open(call: &Call, _: Nothing) -> Result<(), Problem> {
    set_open(call, true)
}

fn set_open(call: &Call, is_open: bool) -> Result<(), Problem> {
    let set = call.identity.set_open(AccountId(call.number()?), is_open, call.login());
    set.map(drop).map_err(|why| refusal::identity(call.words, why))
}

fn account(account: &Account) -> AccountJson {
    let details = &account.details;
    let (producer, print_shop) = workplace(details.organisation);
    AccountJson {
        id: account.id.0,
        login: details.login.clone(),
        name: details.name.clone(),
        role: details.role.key(),
        producer,
        print_shop,
        email: details.email.clone(),
        open: account.disabled_at.is_none(),
        has_password: account.has_password,
        has_second_factor: account.has_second_factor,
        created_at: account.created_at,
    }
}
