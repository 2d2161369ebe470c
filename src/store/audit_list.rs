//! The audit trail as it is looked through.

use chrono::TimeDelta;
use diesel::dsl::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use super::account_list::literally;
use super::audit::{Row, entries};
use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::schema::{accounts, audit, lots, producers, products};
use super::stamps::serial_to;
use super::{AnyConnection, StoreError};
use crate::code::text;
use crate::domain::audit::{Action, Entry};
use crate::domain::calendar::{Day, vietnam_midnight};
use crate::domain::role::Organisation;
use crate::domain::serial::Serial;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Done by who has this in the login, as it is written.
    pub actor: String,
    /// With these words in the act, in the name of what it is about, in its reason or its facts, as they
    /// are written; or about the stamp of this serial.
    pub words: String,
    /// What acts are called where this is asked.
    pub named: Vec<(Action, String)>,
    /// This act alone.
    pub action: Option<Action>,
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
        let found =
            ordered!(found, is_descending, audit::at, audit::id).offset(offset).limit(limit);
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
        if let Some(action) = self.action {
            found = found.filter(audit::action.eq(action.key()));
        }
        if !self.actor.trim().is_empty() {
            let like = format!("%{}%", literally(self.actor.trim()));
            let people = accounts::table
                .filter(accounts::name.like(like.clone()).escape('\\'))
                .select(accounts::login);
            let named = audit::actor.eq_any(people);
            found = found.filter(audit::actor.like(like).escape('\\').or(named));
        }
        if let Some(serial) = text::read_serial(self.words.trim()).ok().and_then(bits) {
            let (batch, serial) = serial;
            return found
                .filter(audit::subject_kind.eq("stamps").and(audit::subject_id.eq(batch)))
                .filter(audit::first_serial.le(serial).and(audit::last_serial.ge(serial)));
        }
        for word in self.words.split_whitespace() {
            let like = || format!("%{}%", literally(word));
            let because = audit::reason.like(like()).escape('\\');
            let known = audit::facts.like(like()).escape('\\');
            let named = audit::action.eq_any(self.called(word));
            found = found.filter(named.or(because).or(known).or(about(word)));
        }
        found
    }

    /// The acts that are called so, by their key or where this is asked.
    fn called(&self, word: &str) -> Vec<&'static str> {
        let word = word.to_lowercase();
        let is_meant = |action: &Action| {
            let mut names = self.named.iter().filter(|(it, _)| it == action);
            action.key().contains(&word)
                || names.any(|(_, name)| name.to_lowercase().contains(&word))
        };
        let meant = Action::ALL.iter().copied().filter(is_meant);
        meant.map(Action::key).collect()
    }
}

/// A serial and its batch, as they are stored.
fn bits(serial: Serial) -> Option<(i64, i64)> {
    Some((serial.batch().get().into(), serial_to(serial).ok()?))
}

/// Entries about what bears a word in its name: a batch, a lot or the stamps on its goods, a product, a
/// producer, an account.
fn about(
    word: &str,
) -> Box<dyn BoxableExpression<audit::table, Backend, SqlType = Nullable<Bool>>> {
    let like = || format!("%{}%", literally(word));
    let of = |kind: &'static str| audit::subject_kind.eq(kind);
    let lots = || {
        let named = lots::table.filter(lots::code.like(like()).escape('\\'));
        named.select(lots::id.nullable())
    };
    let products = products::table.filter(products::name.like(like()).escape('\\'));
    let producers = producers::table.filter(producers::name.like(like()).escape('\\'));
    let logins = accounts::login.like(like()).escape('\\');
    let people = accounts::table.filter(logins.or(accounts::name.like(like()).escape('\\')));
    let batch = text::read_batch(word).map_or(-1, |batch| i64::from(batch.get()));
    let subject = audit::subject_id;
    Box::new(
        audit::lot_id
            .eq_any(lots())
            .or(of("lot").and(subject.eq_any(lots())))
            .or(of("product").and(subject.eq_any(products.select(products::id.nullable()))))
            .or(of("producer").and(subject.eq_any(producers.select(producers::id.nullable()))))
            .or(of("account").and(subject.eq_any(people.select(accounts::id.nullable()))))
            .or(audit::subject_kind.eq_any(["batch", "stamps"]).and(subject.eq(batch))),
    )
}
