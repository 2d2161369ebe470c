//! Destructions of stamps (tiêu hủy tem), on minutes, before witnesses.

use super::act::Done;
use super::calendar::Day;
use super::ids::DestructionId;
use super::recognition::{Recognition, Standing, Stars};
use super::serial::BatchNumber;
use super::stamp::StampRun;

/// Why the unused stamps of a batch must be destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The product has no recognition any more that would let it carry them.
    Ended {
        /// The last day it had one.
        on: Day,
    },
    /// The certificate was withdrawn.
    Revoked {
        /// Since when.
        since: Day,
    },
    /// The product has fewer stars than are printed.
    StarsFell {
        /// Stars on the stamps.
        printed: Stars,
        /// Stars of the product.
        now: Stars,
    },
}

impl Cause {
    /// Its kind.
    #[must_use]
    pub fn kind(self) -> CauseKind {
        match self {
            Self::Ended { .. } => CauseKind::Ended,
            Self::Revoked { .. } => CauseKind::Revoked,
            Self::StarsFell { .. } => CauseKind::StarsFell,
        }
    }

    /// Why stamps with so many stars must be destroyed on a day, by the recognition that the product
    /// stands by then; `None` where they need not be. A suspension may be lifted again.
    #[must_use]
    pub fn of(printed: Stars, governing: &Recognition, on: Day) -> Option<Self> {
        match governing.standing(on) {
            Standing::Expired { ended_on } => Some(Self::Ended { on: ended_on }),
            Standing::Revoked(by) => Some(Self::Revoked { since: by.since }),
            Standing::InForce | Standing::NotYet { .. } | Standing::Suspended(_) => {
                let now = governing.paper.stars;
                (now < printed).then_some(Self::StarsFell { printed, now })
            }
        }
    }
}

/// What befell a batch that has stamps to be destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseKind {
    /// Stamps were spoiled, and nothing befell the product.
    Spoiled,
    /// The recognition ended.
    Ended,
    /// The certificate was withdrawn.
    Revoked,
    /// The product has fewer stars than are printed.
    StarsFell,
}

impl CauseKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Spoiled, Self::Ended, Self::Revoked, Self::StarsFell];

    /// The kind's name in addresses, in JSON and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Spoiled => "spoiled",
            Self::Ended => "ended",
            Self::Revoked => "revoked",
            Self::StarsFell => "stars",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Where a destruction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestructionState {
    /// Chờ xác nhận: recorded by one person. The stamps stand as they did.
    Proposed,
    /// Đã xác nhận by another person: the stamps are destroyed.
    Confirmed,
    /// Không xác nhận.
    Refused,
    /// Đã rút by who recorded it.
    Withdrawn,
}

impl DestructionState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Confirmed, Self::Refused, Self::Withdrawn];

    /// The state's name in the register and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The state after a move. Repeating the move that led here changes nothing.
    ///
    /// # Errors
    /// [`InvalidMove`] where the move does not start here.
    pub fn after(self, step: DestructionMove) -> Result<Self, InvalidMove> {
        let leads_to = step.leads_to();
        if self == Self::Proposed || self == leads_to {
            Ok(leads_to)
        } else {
            Err(InvalidMove { from: self, step })
        }
    }
}

/// What can be done with a destruction that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestructionMove {
    /// Confirm it: the stamps are destroyed.
    Confirm,
    /// Refuse it with a reason.
    Refuse,
    /// Take one's own record back, with a reason.
    Withdraw,
}

impl DestructionMove {
    /// Whether it is for who recorded the destruction; else it is for somebody else.
    #[must_use]
    pub fn is_own(self) -> bool {
        self == Self::Withdraw
    }

    /// Every move.
    pub const ALL: [Self; 3] = [Self::Confirm, Self::Refuse, Self::Withdraw];

    /// The move's name in the register's history and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Refuse => "refuse",
            Self::Withdraw => "withdraw",
        }
    }

    /// The state that it leads to.
    #[must_use]
    pub fn leads_to(self) -> DestructionState {
        match self {
            Self::Confirm => DestructionState::Confirmed,
            Self::Refuse => DestructionState::Refused,
            Self::Withdraw => DestructionState::Withdrawn,
        }
    }

    /// Whether it must be said why.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        self != Self::Confirm
    }
}

/// A move that does not start from the destruction's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a destruction that is “{}” cannot take the step “{}”", from.key(), step.key())]
pub struct InvalidMove {
    /// Where it stands.
    pub from: DestructionState,
    /// What was asked.
    pub step: DestructionMove,
}

/// A destruction as its minutes say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestructionMinutes {
    /// Their number: one within a batch.
    pub number: String,
    /// The day.
    pub destroyed_on: Day,
    /// Where.
    pub place: String,
    /// Who saw it: names, in their own words.
    pub witnesses: String,
    /// Why, in the office's words.
    pub reason: String,
}

/// A destruction in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destruction {
    /// Identity.
    pub id: DestructionId,
    /// The batch.
    pub batch: BatchNumber,
    /// What the minutes say.
    pub minutes: DestructionMinutes,
    /// The stamps, as they stood when it was recorded.
    pub runs: Vec<StampRun>,
    /// Who recorded it.
    pub done: Done,
    /// Where it stands.
    pub state: DestructionState,
    /// Who confirmed, refused or withdrew it, and why if it was not confirmed. A confirmed one has
    /// none from before two people were asked.
    pub decided: Option<(Done, Option<String>)>,
}

impl Destruction {
    /// How many stamps it is about.
    #[must_use]
    pub fn stamps(&self) -> u64 {
        self.runs.iter().map(|run| run.stamps).sum()
    }

    /// Whether its stamps are destroyed.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.state == DestructionState::Confirmed
    }

    /// Whether it waits to be confirmed.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.state == DestructionState::Proposed
    }

    /// Whether it was refused or withdrawn.
    #[must_use]
    pub fn is_turned_down(&self) -> bool {
        matches!(self.state, DestructionState::Refused | DestructionState::Withdrawn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destruction_is_decided_on_once_and_a_repeated_step_changes_nothing() {
        for step in DestructionMove::ALL {
            let after = DestructionState::Proposed.after(step);
            assert_eq!(after, Ok(step.leads_to()));
            for again in DestructionMove::ALL {
                assert_eq!(
                    step.leads_to().after(again).is_ok(),
                    again == step,
                    "{step:?}, {again:?}"
                );
            }
        }
    }
}
