//! What became of the stamps of an act, and why some were left.

use crate::domain::sheet::SerialRun;
use crate::domain::stamp::{Obstacle, StampMove};

/// What an act did with the stamps it was asked for, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Stamps that were moved.
    pub moved: u64,
    /// Stamps that were there already.
    pub already: u64,
    /// Stamps and codes that the act cannot move, and left as they are.
    pub left: u64,
    /// The stamps that were moved, in runs.
    pub runs: Vec<SerialRun>,
    /// What was left, and what was named more than once.
    pub items: Vec<Left>,
}

/// Stamps that follow each other, or a code, that an act left as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Which.
    pub what: Item,
    /// Why.
    pub why: Why,
}

/// What was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Stamps of the register.
    Run(SerialRun),
    /// A printed sheet, by its number.
    Sheet(u32),
    /// A text that stands for no stamp that the act is about.
    Text(String),
}

/// Why something was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is no code.
    Unreadable,
    /// It is of another batch.
    OtherBatch,
    /// No such stamp was issued.
    NeverIssued,
    /// The code has another signature, or another GTIN, than was issued.
    WrongSignature,
    /// The code's address leads elsewhere than was printed.
    ForeignHost,
    /// It was named more than once, and counts once.
    Repeated,
    /// The stamp cannot take the step.
    Kept(Obstacle),
}

impl Why {
    /// The cause's name in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::OtherBatch => "other_batch",
            Self::NeverIssued => "never_issued",
            Self::WrongSignature => "wrong_signature",
            Self::ForeignHost => "foreign_host",
            Self::Repeated => "repeated",
            Self::Kept(obstacle) => obstacle.key(),
        }
    }
}

impl Left {
    /// How many stamps, sheets or codes.
    #[must_use]
    pub fn count(&self) -> u64 {
        match &self.what {
            Item::Run(run) => run.stamps.into(),
            Item::Sheet(_) | Item::Text(_) => 1,
        }
    }
}

impl Moved {
    /// What was left, by cause.
    #[must_use]
    pub fn causes(&self) -> Vec<(Why, u64)> {
        let mut causes: Vec<(Why, u64)> = Vec::new();
        for item in &self.items {
            match causes.iter_mut().find(|(why, _)| *why == item.why) {
                Some((_, count)) => *count += item.count(),
                None => causes.push((item.why, item.count())),
            }
        }
        causes
    }

    /// What a refusal is called for which this is why.
    #[must_use]
    pub fn key(&self) -> &'static str {
        let causes = self.causes();
        // That some stamps stand elsewhere says less than what else is in the way.
        let is_telling = |why: &Why| {
            !matches!(why, Why::Repeated | Why::Kept(Obstacle::State(_) | Obstacle::OtherLot))
        };
        let mut telling = causes.iter().map(|(why, _)| *why).filter(is_telling);
        let one = telling.next().filter(|_| telling.next().is_none());
        match one {
            None if causes.is_empty() && self.already > 0 => "already",
            None if causes.is_empty() => "none_issued",
            Some(Why::NeverIssued) => "none_issued",
            Some(why) => why.key(),
            None if self.moved + self.already > 0 => "some_left",
            None => "none_movable",
        }
    }

    /// Why nothing is moved by a step, in words.
    pub(super) fn said(&self, step: StampMove) -> String {
        let causes = self.causes().into_iter();
        let causes: Vec<String> =
            causes.map(|(why, count)| format!("{count} {}", why.key().replace('_', " "))).collect();
        let of = self.moved + self.already + self.left;
        let left = self.left;
        if left == 0 && self.already > 0 {
            return format!("all {} took the step “{}” before", self.already, step.key());
        }
        if left == 0 {
            return "none of these stamps was ever issued".to_owned();
        }
        format!("{left} of {of} cannot take the step “{}” ({})", step.key(), causes.join(", "))
    }

    /// Leaves something.
    pub(super) fn leave(&mut self, what: Item, why: Why) {
        let left = Left { what, why };
        // What was named twice is not left: it was taken the first time.
        self.left += if why == Why::Repeated { 0 } else { left.count() };
        self.items.push(left);
    }
}
