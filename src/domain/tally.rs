//! Counts of stamps by where they stand, and the two equations that hold for them.

use super::stamp::StampState;

/// How many stamps of a batch, or of many, stand where; those that were handed over counted apart.
///
/// Of what was issued, some is still in print, some became void there, the rest was handed over. Of
/// what was handed over, some is unused, some activated, the rest became void afterwards:
///
/// issued = in print + void in print + handed over\
/// handed over = unused + activated + void after hand-over
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    in_print: Counts,
    handed_over: Counts,
}

/// Counts, in the order of [`StampState::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts([u64; StampState::ALL.len()]);

impl Counts {
    fn of(&self, state: StampState) -> u64 {
        self.0.iter().zip(StampState::ALL).find(|(_, it)| *it == state).map_or(0, |(n, _)| *n)
    }

    fn add(&mut self, state: StampState, stamps: u64) {
        if let Some((count, _)) =
            self.0.iter_mut().zip(StampState::ALL).find(|(_, it)| *it == state)
        {
            *count += stamps;
        }
    }

    fn void(&self) -> u64 {
        StampState::ALL.into_iter().filter(|it| it.is_void()).map(|it| self.of(it)).sum()
    }
}

impl Tally {
    /// Adds stamps in a state, which were handed over before or were not.
    pub fn add(&mut self, state: StampState, handed_over: bool, stamps: u64) {
        let side = if handed_over { &mut self.handed_over } else { &mut self.in_print };
        side.add(state, stamps);
    }

    /// Stamps in a state.
    #[must_use]
    pub fn in_state(&self, state: StampState) -> u64 {
        self.in_print.of(state) + self.handed_over.of(state)
    }

    /// Stamps in a state that were handed over before, or that were not.
    #[must_use]
    pub fn count(&self, state: StampState, handed_over: bool) -> u64 {
        if handed_over { self.handed_over.of(state) } else { self.in_print.of(state) }
    }

    /// Stamps ever issued.
    #[must_use]
    pub fn issued(&self) -> u64 {
        StampState::ALL.into_iter().map(|state| self.in_state(state)).sum()
    }

    /// Stamps that the print shop has: issued or printed, and not handed over.
    #[must_use]
    pub fn in_print(&self) -> u64 {
        self.in_print.of(StampState::Issued) + self.in_print.of(StampState::Printed)
    }

    /// Stamps that became void before they were handed over.
    #[must_use]
    pub fn void_in_print(&self) -> u64 {
        self.in_print.void()
    }

    /// Stamps ever handed over, whatever became of them.
    #[must_use]
    pub fn handed_over(&self) -> u64 {
        let counts = StampState::ALL.into_iter().map(|state| self.handed_over.of(state));
        counts.sum()
    }

    /// Stamps that the producer has and did not use.
    #[must_use]
    pub fn unused_at_producer(&self) -> u64 {
        self.handed_over.of(StampState::HandedOver)
    }

    /// Stamps on goods.
    #[must_use]
    pub fn activated(&self) -> u64 {
        self.handed_over.of(StampState::Activated)
    }

    /// Stamps that became void after they were handed over.
    #[must_use]
    pub fn void_after_hand_over(&self) -> u64 {
        self.handed_over.void()
    }

    /// Stamps that may still be used: issued, printed or handed over, and nothing else happened.
    #[must_use]
    pub fn unused(&self) -> u64 {
        self.in_print() + self.unused_at_producer()
    }

    /// Stamps the print shop spoiled, even where they were destroyed since: what it may print anew.
    #[must_use]
    pub fn spoiled_in_print(&self) -> u64 {
        self.in_print.of(StampState::Spoiled) + self.in_print.of(StampState::Destroyed)
    }

    /// Whether both equations hold. They fail only where a stamp is where none can be: on goods
    /// without a hand-over, say.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.issued() == self.in_print() + self.void_in_print() + self.handed_over()
            && self.handed_over()
                == self.unused_at_producer() + self.activated() + self.void_after_hand_over()
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for state in StampState::ALL {
            for handed_over in [false, true] {
                self.add(state, handed_over, other.count(state, handed_over));
            }
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        let mut all = Self::default();
        tallies.for_each(|tally| all += tally);
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::stamp::StampMove;
    use super::*;

    #[test]
    fn the_tally_accounts_for_every_stamp() {
        let mut tally = Tally::default();
        for (state, stamps) in StampState::ALL.into_iter().zip(1..) {
            let at_producer = matches!(state, StampState::HandedOver | StampState::Activated);
            tally.add(state, at_producer, stamps);
        }
        tally.add(StampState::Lost, true, 10);
        assert_eq!(tally.issued(), 46);
        assert_eq!((tally.in_print(), tally.unused()), (3, 6));
        assert_eq!((tally.void_in_print(), tally.void_after_hand_over()), (26, 10));
        assert_eq!(tally.handed_over(), 3 + 4 + 10);
        assert!(tally.is_balanced());
    }

    #[test]
    fn a_stamp_on_goods_that_was_never_handed_over_is_noticed() {
        let mut tally = Tally::default();
        tally.add(StampState::Activated, false, 1);
        assert!(!tally.is_balanced());
    }

    proptest! {
        #[test]
        fn any_moves_keep_the_equations(moves in prop::collection::vec((0..7_usize, 0..12_usize), 0..200)) {
            let mut stamps = [(StampState::Issued, false); 12];
            for (step, stamp) in moves {
                let (step, stamp) = (StampMove::ALL[step], &mut stamps[stamp]);
                if step.starts_from().contains(&stamp.0) {
                    *stamp = (step.leads_to(), stamp.1 || step == StampMove::HandOver);
                }
            }
            let mut tally = Tally::default();
            for (state, handed_over) in stamps {
                tally.add(state, handed_over, 1);
            }
            prop_assert!(tally.is_balanced());
            prop_assert_eq!(tally.issued(), 12);
            prop_assert!(tally.activated() <= tally.handed_over());
        }
    }
}
