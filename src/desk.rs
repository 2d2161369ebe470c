//! What a person who is signed in can see and do. The one place that bounds it by organisation: what
//! is not theirs to see is not there for them.

pub mod batches;
pub mod destructions;
pub mod inspections;
pub mod orders;
pub mod papers;
pub mod products;

use crate::domain::act::Act;
use crate::domain::calendar::Instant;
use crate::domain::role::Organisation;

/// Somebody at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// What the audit trail calls them.
    pub login: String,
    /// Whom they work for.
    pub organisation: Organisation,
    /// Now.
    pub at: Instant,
}

impl Worker {
    fn act(&self) -> Act<'_> {
        Act { by: &self.login, at: self.at }
    }
}

/// A part of a long list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// What is on the page.
    pub items: Vec<T>,
    /// The page, from 1.
    pub page: u32,
    /// How many there are on all pages.
    pub total: u64,
}

/// Lines of a page.
pub const PAGE_LINES: u32 = 25;

impl<T> Paged<T> {
    /// How many pages there are, at least one.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(u64::from(PAGE_LINES)).max(1)
    }
}

/// Where a page begins, and how long it is.
fn window(page: u32) -> (i64, i64) {
    let lines = i64::from(PAGE_LINES);
    (i64::from(page.saturating_sub(1)) * lines, lines)
}
