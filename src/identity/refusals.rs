//! Wrong passwords and codes, told to the audit trail: the first of an account within an hour, then
//! the tenth, the hundredth and so on. Whoever guesses cannot flood it, and cannot stay unseen.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;

use super::Identity;
use crate::domain::audit::{Action, FactName, Subject};
use crate::domain::calendar::Instant;
use crate::domain::ids::AccountId;
use crate::store::{StoreError, audit};

/// What is counted together, is counted so long.
const WINDOW: TimeDelta = TimeDelta::hours(1);
/// Counts kept before those of past hours are forgotten.
const COUNTS_KEPT: usize = 10_000;
/// Whoever guesses is not known.
const NOBODY: &str = "–";

/// What was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Refused {
    /// A password, to come in.
    SignIn,
    /// A code of the authenticator app, to come in or to set one up.
    Code,
    /// A password or a code, to show again who one is.
    Confirmation,
}

impl Refused {
    fn action(self) -> Action {
        match self {
            Self::SignIn => Action::RefuseSignIn,
            Self::Code => Action::RefuseCode,
            Self::Confirmation => Action::RefuseConfirmation,
        }
    }
}

/// How often something was refused lately. In memory: each process counts for itself.
#[derive(Default)]
pub(super) struct Refusals(Mutex<HashMap<(Option<AccountId>, Refused), Count>>);

struct Count {
    since: Instant,
    times: u64,
}

impl Refusals {
    /// Counts one more; how many there were, where that is worth telling.
    fn count(&self, whose: Option<AccountId>, what: Refused, at: Instant) -> Option<u64> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |count: &Count| at < count.since || at - count.since >= WINDOW;
        if counts.len() >= COUNTS_KEPT {
            counts.retain(|_, count| !is_over(count));
        }
        let count = counts.entry((whose, what)).or_insert(Count { since: at, times: 0 });
        if is_over(count) {
            *count = Count { since: at, times: 0 };
        }
        count.times += 1;
        let is_told = 10_u64.pow(count.times.ilog10()) == count.times;
        is_told.then_some(count.times)
    }
}

impl Identity {
    /// Notes that somebody was refused; `whose` account is none where there is none of the login. The
    /// login is not repeated: people type passwords there.
    pub(super) fn note_refusal(
        &self,
        whose: Option<AccountId>,
        what: Refused,
    ) -> Result<(), StoreError> {
        let act = self.act(NOBODY);
        let Some(times) = self.refusals.count(whose, what, act.at) else { return Ok(()) };
        let account = whose.map(|id| id.0);
        tracing::info!(account, times, action = what.action().key(), "somebody was refused");
        let subject = whose.map_or(Subject::Register, Subject::from);
        let entry = what.action().on(subject).with(FactName::Count.is(times));
        self.store.write(|register| audit::record(register, act, &entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Instant {
        Instant::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn a_flood_of_guesses_is_a_handful_of_entries() {
        let refusals = Refusals::default();
        let told: Vec<u64> = (0..50_000)
            .filter_map(|_| refusals.count(Some(AccountId(1)), Refused::Code, at(0)))
            .collect();
        assert_eq!(told, [1, 10, 100, 1_000, 10_000]);
        assert_eq!(refusals.count(Some(AccountId(2)), Refused::Code, at(0)), Some(1));
        assert_eq!(refusals.count(Some(AccountId(1)), Refused::SignIn, at(0)), Some(1));
    }

    #[test]
    fn every_hour_is_counted_anew() {
        let refusals = Refusals::default();
        let count = |minutes| refusals.count(None, Refused::SignIn, at(minutes));
        assert_eq!(count(0), Some(1));
        assert_eq!(count(59), None);
        assert_eq!(count(60), Some(1));
    }
}
