//! Tokens of the API: by which a person's programs are known, each for part of what the person may.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::calendar::Instant;
use super::ids::{AccountId, TokenId};
use super::role::Right;

/// Longest life of a token, in days.
pub const DAYS_MAX: u32 = 365;
/// Longest life of a token that may decide what cannot be undone, in days.
pub const DECIDING_DAYS_MAX: u32 = 1;

/// A token as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApiToken {
    /// What its person calls it.
    pub name: String,
    /// What it may be used for, of what its person may.
    pub rights: BTreeSet<Right>,
    /// How many days it is good for.
    pub days: u32,
}

impl NewApiToken {
    /// Whether it may decide what cannot be undone.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.rights.iter().any(|right| right.decides())
    }

    /// How long it is good for; none where it would be for nothing, or for too long.
    #[must_use]
    pub fn life(&self) -> Option<TimeDelta> {
        let longest = if self.decides() { DECIDING_DAYS_MAX } else { DAYS_MAX };
        (1..=longest).contains(&self.days).then(|| TimeDelta::days(self.days.into()))
    }
}

/// A token in the register. What opens it is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity.
    pub id: TokenId,
    /// Whose it is.
    pub account: AccountId,
    /// What its person calls it.
    pub name: String,
    /// What it may be used for.
    pub rights: BTreeSet<Right>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was last used, to within minutes.
    pub used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

impl ApiToken {
    /// Whether it can be used.
    #[must_use]
    pub fn is_good(&self, at: Instant) -> bool {
        self.revoked_at.is_none() && at < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lives(right: Right, days: u32) -> bool {
        let rights = BTreeSet::from([Right::SeeOrders, right]);
        NewApiToken { name: "x".into(), rights, days }.life().is_some()
    }

    #[test]
    fn what_may_decide_is_good_for_a_day_and_everything_else_for_a_year() {
        assert!(lives(Right::PlaceOrders, 365) && !lives(Right::PlaceOrders, 366));
        assert!(lives(Right::ApproveOrders, 1) && !lives(Right::ApproveOrders, 2));
        assert!(!lives(Right::PlaceOrders, 0));
    }
}
