//! Accounts.

use std::borrow::Cow;

use askama::Template;

use super::{Frame, State, moment};
use crate::domain::account::Account;
use crate::domain::role::{Organisation, Role};
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// A form for an account, as it was filled in.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Typed {
    pub(in crate::web) login: String,
    pub(in crate::web) name: String,
    pub(in crate::web) role: String,
    pub(in crate::web) organisation: String,
    pub(in crate::web) email: String,
}

#[derive(Template)]
#[template(path = "desk/accounts.html")]
struct AccountsPage<'a> {
    frame: Frame,
    accounts: Vec<AccountLine>,
    roles: Vec<RoleChoice>,
    typed: &'a Typed,
    /// Who was invited, and the link that is shown this once.
    invited: Option<(String, String)>,
    problem: Option<String>,
}

struct AccountLine {
    login: String,
    name: String,
    role: Cow<'static, str>,
    organisation: String,
    made: String,
    state: State,
    invite: Option<String>,
    /// Where the account is closed, or opened again.
    switch: (String, Cow<'static, str>),
}

struct RoleChoice {
    value: &'static str,
    label: Cow<'static, str>,
    is_chosen: bool,
}

/// The list, with a form for another.
pub(in crate::web) fn list(
    frame: Frame,
    accounts: &[Account],
    typed: &Typed,
    invited: Option<(&Account, String)>,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let role = |role: Role| RoleChoice {
        value: role.key(),
        label: words.say(&format!("role.{}", role.key())),
        is_chosen: typed.role == role.key(),
    };
    render(&AccountsPage {
        accounts: accounts.iter().map(|it| line(words, it)).collect(),
        roles: Role::ALL.into_iter().map(role).collect(),
        typed,
        invited: invited.map(|(account, link)| (account.details.name.clone(), link)),
        problem,
        frame,
    })
}

fn line(words: Words, account: &Account) -> AccountLine {
    let (id, details) = (account.id.0, &account.details);
    let (class, key) = match account {
        Account { disabled_at: Some(_), .. } => ("calm", "closed"),
        Account { has_password: false, .. } => ("warn", "invited"),
        _ => ("fine", "open"),
    };
    let is_open = account.disabled_at.is_none();
    let (switch, label) = if is_open {
        (urls::CLOSE_ACCOUNT, "accounts.close")
    } else {
        (urls::OPEN_ACCOUNT, "accounts.open")
    };
    AccountLine {
        login: details.login.clone(),
        name: details.name.clone(),
        role: words.say(&format!("role.{}", details.role.key())),
        organisation: organisation(words, details.organisation),
        made: moment(words, account.created_at),
        state: State { class, label: words.say(&format!("accounts.state.{key}")) },
        invite: is_open.then(|| urls::of(urls::INVITE, id)),
        switch: (urls::of(switch, id), words.say(label)),
    }
}

fn organisation(words: Words, organisation: Organisation) -> String {
    match organisation {
        Organisation::Office => words.say("organisation.office").into_owned(),
        Organisation::Producer(id) => {
            words.fill("organisation.producer", [("number", &id.to_string())])
        }
        Organisation::PrintShop(id) => {
            words.fill("organisation.print_shop", [("number", &id.to_string())])
        }
    }
}
