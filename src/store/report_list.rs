//! Consumers' reports as the office looks through them: with the names of product and producer.

use diesel::dsl::{IntoBoxed, Nullable};
use diesel::prelude::*;

use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::reports::{self, Row};
use super::schema::{producers, products, reports as table};
use super::{AnyConnection, StoreError};
use crate::domain::ids::{ProductId, ReportId};
use crate::domain::report::{Report, ReportKind, ReportState};
use crate::domain::role::Organisation;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// In one of these states; in any where there is none.
    pub states: Vec<ReportState>,
    /// Of this kind.
    pub kind: Option<ReportKind>,
    /// About a stamp of this product, with its name for people.
    pub product: Option<(ProductId, String)>,
    /// With these words in what was written, or in the name of product or producer, however accented.
    pub words: String,
}

/// What reports are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportColumn {
    /// Their number, which is the order they were sent in.
    Number,
    /// What about.
    Kind,
    /// The product's name; those without one stand together.
    Product,
}

/// A report with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedReport {
    /// The report.
    pub report: Report,
    /// Names of the product and its producer, where the stamp is one of ours.
    pub names: Option<(String, String)>,
}

/// The office's alone: a report is an unproven suspicion, and somebody's contact. Producers hear of it
/// from the office, if there is something to it.
impl Listing for ReportFilter {
    type Column = ReportColumn;
    type Line = ListedReport;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        lines(self.narrowed(viewer.organisation).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<ReportColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<ListedReport>, StoreError> {
        let found = self.narrowed(viewer.organisation);
        let found = match column {
            ReportColumn::Number => ordered!(found, is_descending, table::id),
            ReportColumn::Kind => ordered!(found, is_descending, table::kind, table::id),
            // Where nothing is known, databases disagree on where it stands.
            ReportColumn::Product => ordered!(
                found,
                is_descending,
                table::product_id.is_null(),
                products::sort_key.nullable(),
                table::id
            ),
        };
        let rows: Vec<ListedRow> =
            found.offset(offset).limit(limit).select(columns()).load(connection)?;
        rows.into_iter().map(listed).collect()
    }
}

impl ReportFilter {
    fn narrowed(&self, seen_by: Organisation) -> IntoBoxed<'static, joined, Backend> {
        let mut found = joined().into_boxed();
        if seen_by != Organisation::Office {
            found = found.filter(table::id.lt(0));
        }
        if !self.states.is_empty() {
            let states: Vec<&str> = self.states.iter().map(|state| state.key()).collect();
            found = found.filter(table::state.eq_any(states));
        }
        if let Some(kind) = self.kind {
            found = found.filter(table::kind.eq(kind.key()));
        }
        if let Some((product, _)) = &self.product {
            found = found.filter(table::product_id.eq(product.0));
        }
        // Folding leaves letters, digits and spaces: nothing that LIKE reads as a wildcard.
        for word in vietnamese::fold(&self.words).split_whitespace() {
            let like = format!("%{word}%");
            let written = table::search_text.like(like.clone()).nullable();
            found = found.filter(written.or(products::search_text.nullable().like(like)));
        }
        found
    }
}

/// A report, where an organisation may see it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    id: ReportId,
) -> Result<Option<ListedReport>, StoreError> {
    let found = ReportFilter::default().narrowed(seen_by).filter(table::id.eq(id.0));
    let row: Option<ListedRow> = found.select(columns()).first(connection).optional()?;
    row.map(listed).transpose()
}

type ListedRow = (Row, Option<String>, Option<String>);
type Columns = (reports::Columns, Nullable<products::name>, Nullable<producers::name>);

fn columns() -> Columns {
    (reports::COLUMNS, products::name.nullable(), producers::name.nullable())
}

#[diesel::dsl::auto_type]
fn joined() -> _ {
    table::table.left_join(products::table.inner_join(producers::table))
}

fn listed((report, product, producer): ListedRow) -> Result<ListedReport, StoreError> {
    Ok(ListedReport { report: reports::from_row(report)?, names: product.zip(producer) })
}
