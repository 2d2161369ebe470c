//! A list as a file: all its lines, in the columns of its page.

use std::io::Write;

use super::views::desk::list::{self as views, Shown};
use super::words::Words;
use crate::desk::{self, Worker};
use crate::domain::calendar::{Day, vietnam_day};
use crate::export::{self, ExportError, Format, Table};
use crate::store::listing::Sort;
use crate::store::{Store, StoreError};
use crate::vietnamese;

/// Why a file was broken off.
#[derive(Debug, thiserror::Error)]
pub(super) enum Torn {
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file was not written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

/// The file's name.
pub(super) fn name<L: Shown>(words: Words, format: Format, today: Day) -> String {
    let title = vietnamese::fold(&words.say(&format!("{}.title", L::NAME))).replace(' ', "-");
    format!("{title}-{today}.{}", format.extension())
}

/// Writes the file.
///
/// # Errors
/// [`Torn`].
pub(super) fn write<L: Shown>(
    words: Words,
    store: &Store,
    worker: &Worker,
    list: &L,
    sort: Sort<L::Column>,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Torn> {
    let today = vietnam_day(worker.at);
    let mut table = Table::new(format, out, &views::headings::<L>(words))?;
    desk::each(store, worker, list, sort, export::LINES_MAX, |line| {
        let cells = L::line(words, today, &line).cells;
        let values: Vec<_> = cells.into_iter().map(|cell| cell.value(words)).collect();
        Ok::<_, Torn>(table.line(&values)?)
    })?;
    Ok(table.finish()?)
}
