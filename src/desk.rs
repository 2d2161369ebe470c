//! What a person who is signed in can see and do. The one place that bounds it by organisation: what
//! is not theirs to see is not there for them.

pub mod batches;
pub mod dashboard;
pub mod destructions;
pub mod effect;
pub mod inspections;
pub mod judgements;
pub mod keeping;
pub mod lots;
pub mod orders;
pub mod papers;
pub mod producers;
pub mod products;
pub mod proofs;
pub mod reports;
pub mod sheets;
pub mod todo;

use crate::domain::act::Act;
use crate::domain::calendar::{Instant, vietnam_day};
use crate::domain::role::Organisation;
use crate::store::listing::{Listing, Sort, Viewer};
use crate::store::{Store, StoreError};

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

    fn viewer(&self) -> Viewer {
        Viewer { organisation: self.organisation, today: vietnam_day(self.at) }
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

    /// Whether it is beyond the last.
    #[must_use]
    pub fn is_beyond(&self) -> bool {
        u64::from(self.page) > self.pages()
    }
}

/// A page of a list, from 1; beyond the last there is nothing on it.
///
/// # Errors
/// [`StoreError`].
pub fn page<L: Listing>(
    store: &Store,
    worker: &Worker,
    list: &L,
    sort: Sort<L::Column>,
    page: u32,
) -> Result<Paged<L::Line>, StoreError> {
    let (lines, viewer) = (i64::from(PAGE_LINES), worker.viewer());
    let page = page.max(1);
    let window = (i64::from(page - 1) * lines, lines);
    store.read(|register| {
        let (total, items) = list.counted(register, viewer, sort, window)?;
        Ok(Paged { items, page, total })
    })
}

/// How many lines a list has.
///
/// # Errors
/// [`StoreError`].
pub fn count<L: Listing>(store: &Store, worker: &Worker, list: &L) -> Result<u64, StoreError> {
    store.read(|register| list.count(register, worker.viewer()))
}

/// Every line of a list, up to so many, each shown to `see`.
///
/// # Errors
/// Those of `see`, and [`StoreError`].
pub fn each<L: Listing, E: From<StoreError>>(
    store: &Store,
    worker: &Worker,
    list: &L,
    sort: Sort<L::Column>,
    most: u64,
    mut see: impl FnMut(L::Line) -> Result<(), E>,
) -> Result<(), E> {
    let (mut seen, viewer) = (0, worker.viewer());
    // One view of the register, so that no line is there twice or missing when others come or go.
    store.snapshot(|register| {
        while seen < most {
            let window = (at_most(seen), PART_LINES.min(at_most(most - seen)));
            let part = list.part(register, viewer, sort, window)?;
            if part.is_empty() {
                break;
            }
            for line in part {
                seen += 1;
                see(line)?;
            }
        }
        Ok(())
    })
}

/// Lines read at a time.
const PART_LINES: i64 = 1_000;

fn at_most(lines: u64) -> i64 {
    i64::try_from(lines).unwrap_or(i64::MAX)
}
