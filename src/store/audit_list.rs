//! The audit trail as it is looked through.

use chrono::TimeDelta;
use diesel::dsl::IntoBoxed;
use diesel::prelude::*;

use super::account_list::literally;
use super::audit::{Row, entries};
use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::schema::audit;
use super::{AnyConnection, StoreError};
use crate::domain::audit::{Action, Entry};
use crate::domain::calendar::{Day, vietnam_midnight};
use crate::domain::role::Organisation;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Done by who has this in the login, as it is written.
    pub actor: String,
    /// With this in the act, its object or its detail, as it is written.
    pub words: String,
    /// On this day.
    pub day: Option<Day>,
    /// On this day or later.
    pub from: Option<Day>,
    /// Those alone that decide what cannot be undone, or who may decide.
    pub is_weighty: bool,
}

/// What it is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditColumn {
    /// When it was done.
    Time,
}

/// The office's alone: who works elsewhere sees nothing of it.
impl Listing for AuditFilter {
    type Column = AuditColumn;
    type Line = Entry;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        lines(self.narrowed(viewer.organisation).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column: AuditColumn::Time, is_descending }: Sort<AuditColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<Entry>, StoreError> {
        let found = self.narrowed(viewer.organisation);
        let found = ordered!(found, is_descending, audit::id).offset(offset).limit(limit);
        let rows: Vec<Row> = found.select(Row::as_select()).load(connection)?;
        entries(connection, rows)
    }
}

impl AuditFilter {
    fn narrowed(&self, seen_by: Organisation) -> IntoBoxed<'static, audit::table, Backend> {
        let mut found = audit::table.into_boxed();
        if seen_by != Organisation::Office {
            found = found.filter(audit::id.lt(0));
        }
        if let Some(day) = self.day {
            let from = vietnam_midnight(day).naive_utc();
            found =
                found.filter(audit::at.ge(from)).filter(audit::at.lt(from + TimeDelta::days(1)));
        }
        if let Some(from) = self.from {
            found = found.filter(audit::at.ge(vietnam_midnight(from).naive_utc()));
        }
        if self.is_weighty {
            let weighty = Action::ALL.iter().filter(|action| action.is_weighty());
            found = found.filter(audit::action.eq_any(weighty.map(|action| action.key())));
        }
        if !self.actor.trim().is_empty() {
            let like = format!("%{}%", literally(self.actor.trim()));
            found = found.filter(audit::actor.like(like).escape('\\'));
        }
        for word in self.words.split_whitespace() {
            let like = || format!("%{}%", literally(word));
            let because = audit::reason.like(like()).escape('\\');
            let known = audit::facts.like(like()).escape('\\');
            let named = audit::action.like(like()).escape('\\');
            found = found.filter(named.or(because).or(known));
        }
        found
    }
}
