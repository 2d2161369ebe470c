//! Getting the register's data in: a decision's annex, as CSV or XLSX, becomes checked rows.
//!
//! Bytes come in, a [`Preview`] goes out: what passed, and for every other row what is wrong, in
//! which cell, and what to do. Nothing is entered here; [`limits`] says what a file may hold.

mod annex;
pub mod authorities;
pub mod date;
mod delimited;
mod error;
mod field;
mod heading;
pub mod limits;
mod problem;
mod row;
mod table;
mod workbook;

pub use error::{IntakeError, TooLarge};
pub use problem::{Problem, ProblemKind};

use crate::domain::annex::AnnexEntry;
use crate::domain::calendar::Day;
use crate::domain::recognition::AuthorityLevel;
use heading::{Column, Headings};
use table::Table;

/// Columns an annex may have.
const ANNEX_COLUMNS: [Column; 15] = [
    Column::Ordinal,
    Column::Producer,
    Column::Kind,
    Column::TaxCode,
    Column::Address,
    Column::Product,
    Column::Group,
    Column::Stars,
    Column::DecisionNumber,
    Column::Authority,
    Column::Level,
    Column::SignedOn,
    Column::EndsOn,
    Column::Gtin,
    Column::NetQuantity,
];

/// What a decision says once for all rows of its annex. A row that says otherwise wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// Number of the decision.
    pub decision_number: Option<String>,
    /// Name of the authority that signed.
    pub authority: Option<String>,
    /// Its level of government, where its name does not tell.
    pub level: Option<AuthorityLevel>,
    /// Day of signature.
    pub signed_on: Option<Day>,
}

/// An annex, read and checked, not entered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Rows without a fault, with their numbers in the file.
    pub entries: Vec<(u32, AnnexEntry)>,
    /// Every fault of every other row, in the order of the file.
    pub problems: Vec<Problem>,
    /// Rows that name a product, with and without faults.
    pub rows: usize,
    /// Headings that mean nothing to the register; what stands under them is not read.
    pub ignored_columns: Vec<String>,
}

/// Reads a decision's annex, CSV or XLSX as its first bytes tell.
///
/// # Errors
/// [`IntakeError`] when the file as a whole cannot be read; faults in rows are in the preview.
pub fn preview(bytes: &[u8], defaults: &Defaults) -> Result<Preview, IntakeError> {
    let table = table_of(bytes, &ANNEX_COLUMNS)?;
    let headings =
        Headings::find(&table, &ANNEX_COLUMNS).ok_or_else(|| heading::no_headings(&table))?;
    headings.require(&compulsory(defaults))?;
    Ok(annex::read(&headings, defaults))
}

fn compulsory(defaults: &Defaults) -> Vec<Column> {
    let once = [
        (Column::DecisionNumber, defaults.decision_number.is_some()),
        (Column::Authority, defaults.authority.is_some()),
        (Column::SignedOn, defaults.signed_on.is_some()),
    ];
    let in_rows = once.into_iter().filter(|(_, given)| !given).map(|(column, _)| column);
    let always = [Column::Producer, Column::Product, Column::Group, Column::Stars];
    always.into_iter().chain(in_rows).collect()
}

fn table_of(bytes: &[u8], wanted: &[Column]) -> Result<Table, IntakeError> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(TooLarge::File.into());
    }
    match bytes {
        [b'P', b'K', 3 | 5, ..] => workbook::read(bytes, wanted),
        // The old container of Office, which also wraps workbooks under a password.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(IntakeError::OldOrProtected),
        _ => delimited::read(bytes, wanted),
    }
}

impl From<TooLarge> for IntakeError {
    fn from(limit: TooLarge) -> Self {
        Self::TooLarge(limit)
    }
}
