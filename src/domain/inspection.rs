//! Inspections (kiểm tra, giám sát) and what they find on stamps. A finding moves no stamp.

use super::act::Done;
use super::calendar::Day;
use super::ids::InspectionId;
use super::serial::Serial;

/// What is found on stamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Nothing speaks against them.
    InOrder,
    /// On goods for sale, and not activated.
    NotActivated,
    /// Signs of having been copied.
    Copied,
    /// On another product than they were issued for.
    OtherProduct,
    /// Damaged.
    Damaged,
    /// Something else, which the note says.
    Other,
}

impl FindingKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::InOrder,
        Self::NotActivated,
        Self::Copied,
        Self::OtherProduct,
        Self::Damaged,
        Self::Other,
    ];

    /// The kind's name in the register and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::InOrder => "in_order",
            Self::NotActivated => "not_activated",
            Self::Copied => "copied",
            Self::OtherProduct => "other_product",
            Self::Damaged => "damaged",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What was found on stamps of a range; one stamp where both serials are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// First serial.
    pub first: Serial,
    /// Last serial, of the same batch.
    pub last: Serial,
    /// More about it.
    pub note: Option<String>,
}

/// An inspection as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInspection {
    /// The day.
    pub inspected_on: Day,
    /// The commune or ward.
    pub commune: String,
    /// Where in it.
    pub place: String,
    /// The producer or the shop, as it is called on the spot.
    pub inspected: String,
    /// Who inspected: names and offices.
    pub team: String,
    /// What was found on stamps.
    pub findings: Vec<Finding>,
    /// Samples that were taken.
    pub samples: Option<String>,
    /// What the team asks for.
    pub requests: Option<String>,
    /// The day by which it is to be remedied.
    pub remedy_by: Option<Day>,
}

/// An inspection in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Identity.
    pub id: InspectionId,
    /// What was recorded.
    pub details: NewInspection,
    /// Who recorded it.
    pub done: Done,
}
