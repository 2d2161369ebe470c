//! What is remembered of scans: how often and when, never who or exactly where.

use super::calendar::Instant;

/// Scans of one stamp by others before the one being answered. A scan is a new look by a different
/// visitor: whoever looks again, and programs, are not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanHistory {
    /// How many.
    pub count: u64,
    /// On how many days there were some.
    pub days: u64,
    /// When the first was; `None` when there was none.
    pub first_at: Option<Instant>,
}

impl ScanHistory {
    /// Whether there is cause to think that the stamp was copied: different visitors looked on
    /// different days. Visitors can be told apart within a day alone, so on one day there must have
    /// been two, and of these at least one is not who looked on the other day.
    #[must_use]
    pub fn gives_cause(&self) -> bool {
        self.days >= 2 && self.count > self.days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_different_visitors_on_different_days_give_cause() {
        let cause = |count, days| ScanHistory { count, days, first_at: None }.gives_cause();
        // Nobody; one; many on a day; one on each day, who may be the same.
        for (count, days) in [(0, 0), (1, 1), (500, 1), (2, 2), (9, 9)] {
            assert!(!cause(count, days), "{count} scans on {days} days");
        }
        assert!(cause(3, 2) && cause(10, 9) && cause(40, 3));
    }
}
