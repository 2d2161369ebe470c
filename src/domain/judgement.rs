//! Decisions about recognitions that are in the register: one paper that suspends, reinstates or
//! revokes a list of them (a province withdraws dozens in one decision).

use super::calendar::Day;
use super::recognition::{Event, EventKind};

/// What such a decision does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JudgementKind {
    /// The right to the mark is suspended.
    Suspended,
    /// The right is given back.
    Reinstated,
    /// The certificates are withdrawn, for good.
    Revoked,
}

impl JudgementKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Suspended, Self::Reinstated, Self::Revoked];

    /// The event it is for each recognition.
    #[must_use]
    pub fn event(self) -> EventKind {
        match self {
            Self::Suspended => EventKind::Suspended,
            Self::Reinstated => EventKind::Reinstated,
            Self::Revoked => EventKind::Revoked,
        }
    }

    /// The kind's name in the register and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.event().key()
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A decision, without its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What it does.
    pub kind: JudgementKind,
    /// Its number, free text (`58/QĐ-UBND`); with the day of signature it is one of its kind.
    pub number: String,
    /// Day of signature.
    pub signed_on: Day,
    /// Who signed.
    pub signer: String,
    /// First day it has effect.
    pub effective_on: Day,
    /// Why, as it says.
    pub reason: String,
}

impl Judgement {
    /// What it is for each recognition on its list.
    #[must_use]
    pub fn event(&self) -> Event {
        Event {
            effective_on: self.effective_on,
            kind: self.kind.event(),
            decision_number: Some(self.number.clone()),
            signed_on: Some(self.signed_on),
            reason: Some(self.reason.clone()),
        }
    }
}
