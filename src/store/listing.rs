//! Lists that people look through: narrowed by a filter, sorted by a column, read a part at a time.

use super::{AnyConnection, StoreError};
use crate::domain::calendar::Day;
use crate::domain::role::Organisation;

/// Who looks at a list, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Whom they work for: what is another's is not on their lists.
    pub organisation: Organisation,
    /// The day they look.
    pub today: Day,
}

/// What a list is sorted by, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<C> {
    /// The column.
    pub column: C,
    /// Whether the greatest is first.
    pub is_descending: bool,
}

/// A part of a list: how many lines are left out before it, and how many it has at most.
pub type Window = (i64, i64);

/// What narrows a list down, and thereby the list itself.
pub trait Listing {
    /// What it can be sorted by.
    type Column: Copy;
    /// A line of it.
    type Line;

    /// How many lines there are for somebody.
    ///
    /// # Errors
    /// [`StoreError`].
    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError>;

    /// A part of them. Lines alike in the column keep one order, so that no part has a line of another.
    ///
    /// # Errors
    /// [`StoreError`].
    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        sort: Sort<Self::Column>,
        window: Window,
    ) -> Result<Vec<Self::Line>, StoreError>;

    /// How many lines there are, and a part of them. A list that has to look at all
    /// its lines for either looks once.
    ///
    /// # Errors
    /// [`StoreError`].
    fn counted(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        sort: Sort<Self::Column>,
        window: Window,
    ) -> Result<(u64, Vec<Self::Line>), StoreError> {
        let total = self.count(connection, viewer)?;
        Ok((total, self.part(connection, viewer, sort, window)?))
    }
}

/// A part of lines that are all at hand.
pub(super) fn cut<T>(lines: Vec<T>, (offset, limit): Window) -> Vec<T> {
    let at = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    lines.into_iter().skip(at(offset)).take(at(limit)).collect()
}

/// How many there are of lines that are all at hand.
pub(super) fn total<T>(lines: &[T]) -> u64 {
    u64::try_from(lines.len()).unwrap_or(u64::MAX)
}

/// The combined backend, which the types of boxed queries name.
pub(super) type Backend = <AnyConnection as diesel::Connection>::Backend;

/// A boxed query in the order of these columns, either way.
macro_rules! ordered {
    ($query:expr, $is_descending:expr, $($column:expr),+) => {
        if $is_descending {
            $query.order(($($column.desc(),)+))
        } else {
            $query.order(($($column.asc(),)+))
        }
    };
}
pub(super) use ordered;

/// A counted number of lines.
pub(super) fn lines(count: i64) -> Result<u64, StoreError> {
    u64::try_from(count).or(Err(StoreError::Corrupt("count")))
}
