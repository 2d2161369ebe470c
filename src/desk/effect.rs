//! What an act does, told before it is done: a preview is the act itself, taken back.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use crate::accounting::Moved;
use crate::domain::stamp::StampMove;
use crate::store::{Store, StoreError};

/// What an act did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// What became of stamps, move by move; nothing where it moves none.
    pub moves: Vec<(StampMove, Moved)>,
    /// How many stamps it is about: those that it moves, or those whose order, account, lot or product it
    /// decides on.
    pub stamps: u64,
}

impl Effect {
    /// Of an act that moves no stamps.
    #[must_use]
    pub fn about(stamps: u64) -> Self {
        Self { moves: Vec::new(), stamps }
    }

    /// Of an act that moves stamps.
    #[must_use]
    pub fn moving(moves: Vec<(StampMove, Moved)>) -> Self {
        let stamps = moves.iter().map(|(_, moved)| moved.moved).sum();
        Self { moves, stamps }
    }

    /// What somebody who has seen it sends back.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let mut which = DefaultHasher::new();
        for (step, moved) in &self.moves {
            (step.key(), &moved.runs).hash(&mut which);
        }
        Seen { stamps: self.stamps, which: which.finish() }
    }
}

/// What somebody has seen of an act: how many stamps it is about, and which it moves. As text: `20-0f3a…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// How many.
    pub stamps: u64,
    which: u64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:016x}", self.stamps, self.which)
    }
}

impl FromStr for Seen {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (stamps, which) = text.split_once('-').unwrap_or((text, ""));
        Ok(Self { stamps: stamps.parse()?, which: u64::from_str_radix(which, 16)? })
    }
}

/// An act that is shown before it is done, as somebody at a page meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It was done.
    Done(Effect),
    /// Nothing was done: this is what it would do, to be looked at first.
    Shown(Effect),
}

/// Does an act that somebody has seen; shows it where they have not seen it, or it would be about other
/// stamps by now.
///
/// # Errors
/// Those of the act, and [`StoreError`].
pub fn attempt<E: From<StoreError>>(
    store: &Store,
    seen: Option<Seen>,
    act: impl Fn(&Store) -> Result<Effect, E>,
) -> Result<Attempt, E> {
    store.together(|store| {
        let would = store.taken_back(&act)?;
        if seen == Some(would.seen()) {
            act(store).map(Attempt::Done)
        } else {
            Ok(Attempt::Shown(would))
        }
    })
}
