//! Whose program is asking.

use std::collections::BTreeSet;

use crate::desk::Worker;
use crate::domain::account::Account;
use crate::domain::calendar::Instant;
use crate::domain::role::Right;

/// Whose program is asking. Only [`guard`](super::guard) makes one.
#[derive(Clone, Debug)]
pub(in crate::web) struct Caller {
    account: Account,
    rights: BTreeSet<Right>,
}

impl Caller {
    /// Somebody's, for part of what they may.
    pub(super) fn new(account: Account, scope: impl Fn(Right) -> bool) -> Self {
        let role = account.details.role;
        let may = |right: &Right| role.may(*right) && (*right == Right::SignedIn || scope(*right));
        Self { rights: Right::ALL.into_iter().filter(may).collect(), account }
    }

    /// Whose it is.
    pub(in crate::web) fn account(&self) -> &Account {
        &self.account
    }

    /// What it may.
    pub(in crate::web) fn rights(&self) -> &BTreeSet<Right> {
        &self.rights
    }

    /// Whether it has a right.
    pub(in crate::web) fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }

    /// As the desk knows them.
    pub(in crate::web) fn worker(&self, at: Instant) -> Worker {
        let details = &self.account.details;
        Worker { login: details.login.clone(), organisation: details.organisation, at }
    }
}
