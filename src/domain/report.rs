//! Consumers' reports (phản ánh): what somebody saw on a stamp or on goods, and what became of it. A
//! report is a sign to look into, never a finding.

use super::calendar::Instant;
use super::ids::{ProductId, ReportId};
use super::serial::Serial;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKind {
    /// The goods are not those of the name and the picture.
    OtherProduct,
    /// The stamp shows signs of having been copied, or taken off and put on again.
    Copied,
    /// The code on goods for sale is not found.
    NotFound,
    /// Quality or safety of the goods.
    Quality,
    /// Something else.
    Other,
    /// From the service itself: a code has a right signature and was never issued, so a signing key has
    /// leaked.
    LeakedKey,
}

impl ReportKind {
    /// Every kind that people choose from.
    pub const OF_PEOPLE: [Self; 5] =
        [Self::OtherProduct, Self::Copied, Self::NotFound, Self::Quality, Self::Other];

    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::OtherProduct,
        Self::Copied,
        Self::NotFound,
        Self::Quality,
        Self::Other,
        Self::LeakedKey,
    ];

    /// The kind's name in the register, in JSON and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::OtherProduct => "other_product",
            Self::Copied => "copied",
            Self::NotFound => "not_found",
            Self::Quality => "quality",
            Self::Other => "other",
            Self::LeakedKey => "leaked_key",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The kind of that name, where people may choose it.
    #[must_use]
    pub fn of_people(key: &str) -> Option<Self> {
        Self::OF_PEOPLE.into_iter().find(|kind| kind.key() == key)
    }
}

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportState {
    /// Đã nhận.
    Received,
    /// Đang xem xét.
    UnderReview,
    /// Đã trả lời.
    Answered,
    /// Kết thúc, không trả lời.
    Closed,
}

impl ReportState {
    /// Every state, in the order a report passes through them.
    pub const ALL: [Self; 4] = [Self::Received, Self::UnderReview, Self::Answered, Self::Closed];

    /// The state's name in the register, in JSON and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::UnderReview => "under_review",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether the office has still something to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::UnderReview)
    }
}

/// What the office does with a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportStep {
    /// Take it up.
    TakeUp,
    /// Note something for the office alone.
    Note(String),
    /// Answer it, for whoever reported.
    Answer(String),
    /// Close it without an answer, with a reason for the office alone.
    Close(String),
}

impl ReportStep {
    /// The step's name in the register's history and in text catalogues.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::TakeUp => "take_up",
            Self::Note(_) => "note",
            Self::Answer(_) => "answer",
            Self::Close(_) => "close",
        }
    }

    /// What is said with it.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::TakeUp => None,
            Self::Note(text) | Self::Answer(text) | Self::Close(text) => Some(text),
        }
    }

    /// The state after the step; none where it does not start there. What was answered stays so.
    #[must_use]
    pub fn after(&self, state: ReportState) -> Option<ReportState> {
        match self {
            Self::Note(_) => Some(state),
            Self::TakeUp => (state == ReportState::Received).then_some(ReportState::UnderReview),
            Self::Answer(_) => state.is_open().then_some(ReportState::Answered),
            Self::Close(_) => state.is_open().then_some(ReportState::Closed),
        }
    }
}

/// A report as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// What about.
    pub kind: ReportKind,
    /// The code as it was typed.
    pub code: Option<String>,
    /// The serial that the code has, if it is one.
    pub serial: Option<Serial>,
    /// What was seen.
    pub seen: String,
    /// Where the goods were bought, coarsely.
    pub bought_at: Option<String>,
    /// A telephone number or an e-mail address. Personal data.
    pub contact: Option<String>,
}

/// A report in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Identity.
    pub id: ReportId,
    /// What was sent.
    pub details: NewReport,
    /// The product of the stamp, where it is one of ours.
    pub product: Option<ProductId>,
    /// Where it stands.
    pub state: ReportState,
    /// What the office answered.
    pub answer: Option<String>,
    /// When it was sent.
    pub reported_at: Instant,
    /// When it was answered or closed.
    pub settled_at: Option<Instant>,
    /// When the contact was erased, where there was one.
    pub contact_erased_at: Option<Instant>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_answered_or_closed_once_and_can_always_be_noted_on() {
        use ReportState::{Answered, Closed, Received, UnderReview};
        let said = || "x".to_owned();
        for (step, expected) in [
            (ReportStep::TakeUp, [Some(UnderReview), None, None, None]),
            (ReportStep::Answer(said()), [Some(Answered), Some(Answered), None, None]),
            (ReportStep::Close(said()), [Some(Closed), Some(Closed), None, None]),
            (ReportStep::Note(said()), ReportState::ALL.map(Some)),
        ] {
            assert_eq!(ReportState::ALL.map(|state| step.after(state)), expected, "{step:?}");
        }
        assert!(Received.is_open() && !Answered.is_open());
    }
}
