//! What is remembered of scans: how often and when, never who or exactly where.

use super::calendar::Instant;

/// Scans of one stamp before the one being answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanHistory {
    /// How many.
    pub count: u64,
    /// When the first was; `None` when there was none.
    pub first_at: Option<Instant>,
}
