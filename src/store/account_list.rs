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
