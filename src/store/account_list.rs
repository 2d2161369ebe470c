//! Accounts as an administrator looks through them.

use diesel::dsl::IntoBoxed;
use diesel::prelude::*;

use super::accounts::{Row, from_row};
use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::schema::accounts;
use super::{AnyConnection, StoreError};
use crate::domain::account::Account;
use crate::domain::role::{Organisation, Role};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Of this role.
    pub role: Option<Role>,
    /// With this in the login or the name, as it is written.
    pub words: String,
    /// Open ones that lack this.
    pub lacks: Option<Lack>,
}

/// What an account can lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// An authenticator app, where the role needs one.
    SecondFactor,
    /// A password: nobody has signed in with it yet.
    Password,
}

impl Lack {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::SecondFactor, Self::Password];

    /// Its name in addresses, in JSON and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Password => "password",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lack| lack.key() == key)
    }
}

/// What accounts are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountColumn {
    /// The login.
    Login,
    /// The person's name.
    Name,
    /// When it was made.
    Made,
}

impl Listing for AccountFilter {
    type Column = AccountColumn;
    type Line = Account;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        lines(self.narrowed(viewer.organisation).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<AccountColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<Account>, StoreError> {
        let found = self.narrowed(viewer.organisation);
        let found = match column {
            AccountColumn::Login => ordered!(found, is_descending, accounts::login),
            AccountColumn::Name => {
                ordered!(found, is_descending, accounts::name, accounts::login)
            }
            AccountColumn::Made => {
                ordered!(found, is_descending, accounts::created_at, accounts::id)
            }
        };
        let rows: Vec<Row> =
            found.offset(offset).limit(limit).select(Row::as_select()).load(connection)?;
        rows.into_iter().map(from_row).collect()
    }
}

impl AccountFilter {
    fn narrowed(&self, seen_by: Organisation) -> IntoBoxed<'static, accounts::table, Backend> {
        let mut found = accounts::table.into_boxed();
        found = match seen_by {
            Organisation::Office => found,
            Organisation::Producer(id) => found.filter(accounts::producer_id.eq(id.0)),
            Organisation::PrintShop(id) => found.filter(accounts::print_shop_id.eq(id.0)),
        };
        if let Some(role) = self.role {
            found = found.filter(accounts::role.eq(role.key()));
        }
        if self.lacks.is_some() {
            found = found.filter(accounts::disabled_at.is_null());
        }
        found = match self.lacks {
            None => found,
            Some(Lack::Password) => found.filter(accounts::password_hash.is_null()),
            Some(Lack::SecondFactor) => {
                let needing = Role::ALL.into_iter().filter(|role| role.needs_second_factor());
                let needing: Vec<&str> = needing.map(Role::key).collect();
                found
                    .filter(accounts::role.eq_any(needing))
                    .filter(accounts::password_hash.is_not_null())
                    .filter(accounts::totp_secret.is_null())
            }
        };
        for word in self.words.split_whitespace() {
            let like = format!("%{}%", literally(word));
            let named = accounts::login.like(like.clone()).escape('\\');
            found = found.filter(named.or(accounts::name.like(like).escape('\\')));
        }
        found
    }
}

/// A word in which LIKE reads no wildcards.
pub(super) fn literally(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
