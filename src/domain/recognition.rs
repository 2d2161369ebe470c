//! Recognitions: which product holds how many stars, by whose decision, until when.
//!
//! A recognition is never overwritten. What happens to it later (a changed end, a suspension, a
//! revocation) is an event of its own, and the standing of a day is computed from all of them.

use std::cmp::Reverse;

use super::calendar::Day;
use super::ids::{AuthorityId, ProductId, RecognitionId};

/// Star grade, 1 to 5 (148/QĐ-TTg).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stars(u8);

impl Stars {
    /// Fewest stars that give the right to the mark (1162/QĐ-VPĐP-OCOP).
    pub const LEAST_WITH_MARK: u8 = 3;

    /// The grade of that many stars; `None` outside 1 to 5.
    #[must_use]
    pub fn new(stars: u8) -> Option<Self> {
        (1..=5).contains(&stars).then_some(Self(stars))
    }

    /// How many stars.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }

    /// Whether the grade gives the right to the mark.
    #[must_use]
    pub fn may_carry_mark(self) -> bool {
        self.0 >= Self::LEAST_WITH_MARK
    }
}

/// Days before the end of a recognition at which it is called to mind, the widest first.
pub const REMINDER_DAYS: [u16; 3] = [180, 90, 30];

/// How many of these last days are within so many days of today, for each of [`REMINDER_DAYS`].
#[must_use]
pub fn by_reminder(last_days: &[Day], today: Day) -> [(u16, u64); 3] {
    REMINDER_DAYS.map(|days| {
        let is_near = |last: &&Day| (**last - today).num_days() <= i64::from(days);
        (days, u64::try_from(last_days.iter().filter(is_near).count()).unwrap_or(u64::MAX))
    })
}

/// Level of government of an issuing authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthorityLevel {
    /// UBND huyện, quận, thị xã: closed in Hà Nội since 01/07/2025.
    District,
    /// UBND thành phố, tỉnh.
    City,
    /// Bộ.
    Ministry,
}

impl AuthorityLevel {
    /// Every level, from the bottom.
    pub const ALL: [Self; 3] = [Self::District, Self::City, Self::Ministry];

    /// The level's name in the register and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::City => "city",
            Self::Ministry => "ministry",
        }
    }

    /// The level of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.key() == key)
    }
}

/// An authority that recognises products. It may have closed; what it signed stays in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Name as in its decisions.
    pub name: String,
    /// Level of government.
    pub level: AuthorityLevel,
    /// First day in office, where known.
    pub active_from: Option<Day>,
    /// Last day in office; `None` while it is.
    pub active_to: Option<Day>,
}

impl Authority {
    /// Whether it was in office on a day, and so could sign.
    #[must_use]
    pub fn in_office(&self, on: Day) -> bool {
        self.active_from.is_none_or(|from| from <= on) && self.active_to.is_none_or(|to| on <= to)
    }
}

/// A recognition as it is about to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecognition {
    /// The product.
    pub product: ProductId,
    /// Grade.
    pub stars: Stars,
    /// Four stars, proposed to the ministry for five. Never printed.
    pub potential_five_star: bool,
    /// Number of the decision, free text (`1147/QĐ-UBND`).
    pub decision_number: String,
    /// Who signed.
    pub authority: AuthorityId,
    /// Day of signature.
    pub signed_on: Day,
    /// First day in force: that of the signature, unless the paper names another.
    pub effective_on: Day,
    /// Last day in force, as on the paper.
    pub ends_on: Day,
    /// Product name as printed on the paper.
    pub product_name: String,
    /// Address as printed on the paper.
    pub address: Option<String>,
}

/// A recognition in the register, with all that has happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// Identity.
    pub id: RecognitionId,
    /// What the paper says.
    pub paper: NewRecognition,
    /// Later events, oldest first.
    pub events: Vec<Event>,
}

/// Something that happened to a recognition after it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// First day it has effect.
    pub effective_on: Day,
    /// What happened.
    pub kind: EventKind,
    /// Number of the decision that ordered it, where there is one.
    pub decision_number: Option<String>,
    /// The day on which that decision was signed, where it is known.
    pub signed_on: Option<Day>,
    /// Why, in the officer's words.
    pub reason: Option<String>,
}

/// What can happen to a recognition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The last day in force was corrected or extended.
    EndChanged(Day),
    /// The right to the mark is suspended (1162/QĐ-VPĐP-OCOP, Điều 11).
    Suspended,
    /// The right is given back.
    Reinstated,
    /// The certificate is withdrawn, for good.
    Revoked,
}

impl EventKind {
    /// The kind's name in the audit trail and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::EndChanged(_) => "extended",
            Self::Suspended => "suspended",
            Self::Reinstated => "reinstated",
            Self::Revoked => "revoked",
        }
    }
}

/// The decision that took the right to the mark, for a time or for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Its first day of effect.
    pub since: Day,
    /// Its number, where recorded.
    pub number: Option<String>,
    /// The day on which it was signed, where recorded.
    pub signed_on: Option<Day>,
}

impl From<&Event> for Ruling {
    fn from(event: &Event) -> Self {
        Self {
            since: event.effective_on,
            number: event.decision_number.clone(),
            signed_on: event.signed_on,
        }
    }
}

/// How a recognition stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In force.
    InForce,
    /// Not in force yet on that day.
    NotYet {
        /// The first day on which it is.
        from: Day,
    },
    /// Ended by time.
    Expired {
        /// The last day it was in force.
        ended_on: Day,
    },
    /// The right to the mark is suspended.
    Suspended(Ruling),
    /// Withdrawn by a decision.
    Revoked(Ruling),
}

impl Recognition {
    /// The last day in force, all changes counted that had been made effective by `on`.
    #[must_use]
    pub fn ends_on(&self, on: Day) -> Day {
        self.effective(on)
            .filter_map(|event| match event.kind {
                EventKind::EndChanged(end) => Some(end),
                EventKind::Suspended | EventKind::Reinstated | EventKind::Revoked => None,
            })
            .last()
            .unwrap_or(self.paper.ends_on)
    }

    /// How the recognition stands on a day. A revocation outlasts everything, also the end.
    #[must_use]
    pub fn standing(&self, on: Day) -> Standing {
        if let Some(event) = self.revoked(on) {
            return Standing::Revoked(event.into());
        }
        if on < self.paper.effective_on {
            return Standing::NotYet { from: self.paper.effective_on };
        }
        let ended_on = self.ends_on(on);
        if ended_on < on {
            return Standing::Expired { ended_on };
        }
        self.suspended(on).map_or(Standing::InForce, |by| Standing::Suspended(by.into()))
    }

    /// All that takes the right to the mark away on a day, worst first: by decision before by time. One that
    /// was suspended may have ended since.
    #[must_use]
    pub fn against(&self, on: Day) -> Vec<Standing> {
        let revoked = self.revoked(on).map(|by| Standing::Revoked(by.into()));
        let barred =
            revoked.or_else(|| self.suspended(on).map(|by| Standing::Suspended(by.into())));
        let ended_on = self.ends_on(on);
        let expired = (ended_on < on).then_some(Standing::Expired { ended_on });
        barred.into_iter().chain(expired).collect()
    }

    fn revoked(&self, on: Day) -> Option<&Event> {
        self.effective(on).find(|event| event.kind == EventKind::Revoked)
    }

    fn suspended(&self, on: Day) -> Option<&Event> {
        self.effective(on).fold(None, |by, event| match event.kind {
            EventKind::Suspended => by.or(Some(event)),
            EventKind::Reinstated => None,
            EventKind::EndChanged(_) | EventKind::Revoked => by,
        })
    }

    fn effective(&self, on: Day) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |event| event.effective_on <= on)
    }
}

/// The recognition a product stands by on a day: the latest of those that have begun and not ended,
/// else the latest that has begun, else the one that begins next. A product that was recognised again
/// is judged by its new paper from its first day, also when that is suspended or revoked while the old
/// one would still run.
pub fn governing<'r>(
    recognitions: impl IntoIterator<Item = &'r Recognition>,
    on: Day,
) -> Option<&'r Recognition> {
    recognitions.into_iter().max_by_key(|it| {
        let (begins, signed) = (it.paper.effective_on, it.paper.signed_on);
        // Of those still to come the nearest.
        let next = (begins > on).then_some(Reverse(begins));
        (begins <= on, it.ends_on(on) >= on, next, begins, signed, it.id)
    })
}

/// The recognition that a product will stand by next, signed by a day and not in force yet on it.
pub fn coming<'r>(
    recognitions: impl IntoIterator<Item = &'r Recognition>,
    on: Day,
) -> Option<&'r Recognition> {
    let signed = recognitions.into_iter().filter(|it| it.paper.signed_on <= on);
    signed
        .filter(|it| matches!(it.standing(on), Standing::NotYet { .. }))
        .min_by_key(|it| (it.paper.effective_on, it.id))
}

#[cfg(test)]
mod tests;
