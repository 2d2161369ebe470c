//! The audit trail: who did what to what, when and why. Everything in it is typed: it is worded where it
//! is shown, and nothing is read out of words.

mod action;
mod fact;
mod subject;

use std::fmt;

pub use self::action::Action;
pub use self::fact::{Fact, FactName, Value};
pub use self::subject::Subject;
use super::calendar::Instant;
use super::ids::LotId;
use super::serial::Serial;
use super::stamp::StampState;

/// An act as it is to be written down. [`Action::on`] begins one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// What is done.
    pub action: Action,
    /// To what.
    pub subject: Subject,
    /// Why, in the words of whoever does it.
    pub reason: Option<String>,
    /// What else is known of it.
    pub facts: Vec<Fact>,
}

impl NewEntry {
    /// Says why; a blank reason is none.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, fact: Fact) -> Self {
        self.facts.push(fact);
        self
    }

    /// Adds those facts that there are.
    #[must_use]
    pub fn with_all(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.facts.extend(facts);
        self
    }
}

/// Stamps that follow each other in their batch and made the same move together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedRun {
    /// The first.
    pub first: Serial,
    /// The last.
    pub last: Serial,
    /// How many.
    pub stamps: u64,
    /// Where they stood; not known of entries that the register took over from free text.
    pub from: Option<StampState>,
    /// Where they stand after it.
    pub to: StampState,
    /// The lot on whose goods they are, or were.
    pub lot: Option<LotId>,
    /// Whether each stamp from the first to the last was moved. Of old entries it is known only how many
    /// were, where it could not be found out which.
    pub is_exact: bool,
}

/// An entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number: later entries have greater ones.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Who: login or name.
    pub actor: String,
    /// What was done.
    pub action: Action,
    /// To what.
    pub subject: Subject,
    /// Why.
    pub reason: Option<String>,
    /// What else is known of it.
    pub facts: Vec<Fact>,
    /// The stamps that were moved, where some were.
    pub run: Option<MovedRun>,
    /// What people call what it is about.
    pub names: EntryNames,
}

/// `order.reject: too many; stamps: 900`, as the command line shows it.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.facts.iter().map(ToString::to_string);
        let said: Vec<String> = self.reason.clone().into_iter().chain(facts).collect();
        write!(f, "{}: {}", self.action.key(), said.join("; "))
    }
}

/// What people call who did something and what it was done to, where it has a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryNames {
    /// The name of the account that acted.
    pub actor: Option<String>,
    /// The name of the subject.
    pub subject: Option<String>,
    /// The code of the lot on whose goods the stamps are.
    pub lot: Option<String>,
}
