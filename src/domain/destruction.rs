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
            Standing::Revoked { since, .. } => Some(Self::Revoked { since }),
            Standing::InForce | Standing::NotYet | Standing::Suspended { .. } => {
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
    /// The stamps, as they stood before.
    pub runs: Vec<StampRun>,
    /// Who recorded it.
    pub done: Done,
}

impl Destruction {
    /// How many stamps were destroyed.
    #[must_use]
    pub fn stamps(&self) -> u64 {
        self.runs.iter().map(|run| run.stamps).sum()
    }
}
