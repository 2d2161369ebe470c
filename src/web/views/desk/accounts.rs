//! Accounts.

use askama::Template;

use super::list::{self, Cell, Choice, Column, Field, Input, ListView, Shown};
use super::{Frame, State};
use crate::domain::account::Account;
use crate::domain::calendar::Day;
use crate::domain::role::{Organisation, Role};
use crate::store::account_list::{AccountColumn, AccountFilter, Lack};
use crate::store::listing::Sort;
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
    list: ListView,
    roles: Vec<Choice>,
    typed: &'a Typed,
    /// Who was invited, and the link that is shown this once.
    invited: Option<(String, String)>,
    problem: Option<String>,
}

/// The list, with a form for another.
pub(in crate::web) fn list(
    frame: Frame,
    list: ListView,
    typed: &Typed,
    invited: Option<(&Account, String)>,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    render(&AccountsPage {
        list,
        roles: roles(words, Role::from_key(&typed.role)).collect(),
        typed,
        invited: invited.map(|(account, link)| (account.details.name.clone(), link)),
        problem,
        frame,
    })
}

impl Shown for AccountFilter {
    const NAME: &'static str = "accounts";
    const FIRST: Sort<AccountColumn> = Sort { column: AccountColumn::Login, is_descending: false };
    const COLUMNS: &'static [Column<AccountColumn>] = &[
        Column { name: "ho-ten", label: "accounts.name", by: Some(AccountColumn::Name) },
        Column { name: "ten", label: "sign_in.login", by: Some(AccountColumn::Login) },
        Column { name: "", label: "accounts.role", by: None },
        Column { name: "", label: "accounts.of", by: None },
        Column { name: "lap", label: "accounts.made", by: Some(AccountColumn::Made) },
        Column { name: "", label: "orders.state", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let lacks = Lack::ALL.map(|lack| Choice {
            value: lack.key().to_owned(),
            label: words.say(&format!("accounts.lacks.{}", lack.key())),
            is_chosen: self.lacks == Some(lack),
        });
        vec![
            Field::words(words, "accounts.find", &self.words),
            Field::choice(
                words,
                "vai",
                "accounts.role",
                "orders.any_state",
                roles(words, self.role),
            ),
            Field::choice(words, "thieu", "accounts.lacking", "orders.any_state", lacks),
        ]
    }

    fn line(words: Words, _today: Day, account: &Account) -> list::Line {
        let (id, details) = (account.id.0, &account.details);
        let is_open = account.disabled_at.is_none();
        let act = |path, label| (urls::of(path, id), words.say(label));
        let acts = match (is_open, account.has_second_factor) {
            (true, has_app) => {
                let recover = act(urls::RECOVER_ACCOUNT, "accounts.recover");
                let close = act(urls::CLOSE_ACCOUNT, "accounts.close");
                let recover = has_app.then_some(recover);
                [act(urls::INVITE, "accounts.invite")]
                    .into_iter()
                    .chain(recover)
                    .chain([close])
                    .collect()
            }
            (false, _) => vec![act(urls::OPEN_ACCOUNT, "accounts.open")],
        };
        list::Line {
            href: String::new(),
            id: id.to_string(),
            cells: vec![
                Cell::Text(details.name.clone()),
                Cell::Text(details.login.clone()),
                Cell::Text(words.say(&format!("role.{}", details.role.key())).into_owned()),
                Cell::Text(organisation(words, details.organisation)),
                Cell::Moment(account.created_at),
                Cell::State(state(words, account)),
            ],
            acts,
        }
    }
}

fn roles(words: Words, chosen: Option<Role>) -> impl Iterator<Item = Choice> {
    Role::ALL.into_iter().map(move |role| Choice {
        value: role.key().to_owned(),
        label: words.say(&format!("role.{}", role.key())),
        is_chosen: chosen == Some(role),
    })
}

/// How an account stands.
pub(super) fn state(words: Words, account: &Account) -> State {
    let (class, key) = match account {
        Account { disabled_at: Some(_), .. } => ("calm", "closed"),
        Account { has_password: false, .. } => ("warn", "invited"),
        _ => ("fine", "open"),
    };
    State { class, label: words.say(&format!("accounts.state.{key}")) }
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
