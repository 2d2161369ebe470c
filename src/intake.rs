//! Getting the register's data in: a decision's annex, as CSV or XLSX, becomes checked rows.
//!
//! Bytes come in, a [`Preview`] goes out: what passed, and for every other row what is wrong, in
//! which cell, and what to do, or why it was passed over. Every sheet is read or named. Nothing is
//! entered here; [`limits`] says what a file may hold.

mod account;
mod annex;
mod answer;
pub mod authorities;
mod column;
mod container;
pub mod date;
mod delimited;
mod error;
mod field;
mod heading;
pub mod limits;
mod phrase;
mod problem;
mod quotes;
mod row;
mod section;
mod table;
pub mod template;
pub mod told;
mod unsaid;
mod workbook;

pub use account::{
    Account, Became, Counted, Counts, Fate, NotRead, PassedOver, Preview, Row, RowRead, Sheet, Why,
};
pub use answer::{AnswerError, NoAnswer, RowAnswer};
pub use container::FileKind;
pub use error::{IntakeError, TooLarge};
pub use problem::{Problem, ProblemKind};

use crate::domain::calendar::Day;
use crate::domain::recognition::AuthorityLevel;
use column::Column;
use heading::Headings;
use table::Table;

/// Columns an annex may have.
const ANNEX_COLUMNS: [Column; 16] = [
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
    Column::EffectiveOn,
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
    /// The first day of effect; where nothing says another, that of the signature.
    pub effective_on: Option<Day>,
    /// The day on which the file is read: no decision is signed later.
    pub today: Option<Day>,
}

/// Reads a decision's annex, CSV or XLSX as its first bytes tell: all sheets that people see and that
/// have the headings of one.
///
/// # Errors
/// [`IntakeError`] when the file as a whole cannot be read; faults in rows are in the preview.
pub fn preview(bytes: &[u8], defaults: &Defaults) -> Result<Preview, IntakeError> {
    let wanted = compulsory(defaults);
    let mut seen = annex::Seen::default();
    let is_annex = |headings: &Headings<'_>| {
        let has = |column| headings.place(column).is_some();
        has(Column::Product) && (has(Column::Group) || has(Column::Stars))
    };
    read_sheets(bytes, (&ANNEX_COLUMNS, &wanted), is_annex, |headings| {
        annex::read(headings, defaults, &mut seen)
    })
}

/// Reads every sheet that is seen and holds a table of the kind that is looked for.
fn read_sheets<T>(
    bytes: &[u8],
    (wanted, compulsory): (&[Column], &[Column]),
    is_table: impl Fn(&Headings<'_>) -> bool,
    mut read: impl FnMut(&Headings<'_>) -> Vec<Row<T>>,
) -> Result<Preview<T>, IntakeError> {
    let found = sheets_of(bytes, wanted)?;
    let mut preview = Preview { sheets: Vec::new(), rows: Vec::new() };
    for (name, content) in &found {
        let headings = content.as_ref().map(|table| Headings::find(table, name.as_deref(), wanted));
        let fate = match headings {
            Err(why) => Fate::NotRead(*why),
            Ok(Some(headings)) if is_table(&headings) => {
                headings.require(compulsory)?;
                preview.rows.extend(read(&headings));
                let unused_columns = headings.ignored.clone();
                Fate::Read { headings: headings.lines, unused_columns }
            }
            Ok(_) if content.as_ref().is_ok_and(|table| table.rows().is_empty()) => {
                Fate::NotRead(NotRead::Empty)
            }
            Ok(_) => Fate::NotRead(NotRead::NoTable),
        };
        preview.sheets.push(Sheet { name: name.clone(), fate });
    }
    if preview.sheets.iter().any(|sheet| matches!(sheet.fate, Fate::Read { .. })) {
        return Ok(preview);
    }
    Err(why_none(&found, wanted, compulsory))
}

/// Why none of the sheets was read: what the first of them that is seen lacks.
fn why_none(found: &[Found], wanted: &[Column], compulsory: &[Column]) -> IntakeError {
    let tables =
        || found.iter().filter_map(|(name, it)| Some((name.as_deref(), it.as_ref().ok()?)));
    let seen = || tables().filter(|(_, table)| !table.rows().is_empty());
    let lacks = seen()
        .find_map(|(name, table)| Headings::find(table, name, wanted)?.require(compulsory).err());
    let hidden = found.iter().filter(|(_, it)| matches!(it, Err(NotRead::Hidden)));
    let hidden: Vec<String> = hidden.filter_map(|(name, _)| name.clone()).collect();
    match (lacks, seen().next()) {
        (Some(lacks), _) => lacks,
        (None, Some((_, table))) => heading::no_headings(table, hidden),
        (None, None) if hidden.is_empty() => IntakeError::Empty,
        (None, None) => IntakeError::Hidden { sheets: hidden },
    }
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

/// A sheet of a file: its name, where it has one, and what is in it.
type Found = (Option<String>, Result<Table, NotRead>);

fn sheets_of(bytes: &[u8], wanted: &[Column]) -> Result<Vec<Found>, IntakeError> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(TooLarge::File.into());
    }
    if let [b'P', b'K', 3 | 5, ..] = bytes {
        let sheets = workbook::read(bytes)?.into_iter();
        return Ok(sheets.map(|sheet| (Some(sheet.name), sheet.content)).collect());
    }
    match container::kind(bytes) {
        Some(kind) => Err(IntakeError::OtherKind(kind)),
        None => Ok(vec![(None, Ok(delimited::read(bytes, wanted)?))]),
    }
}

impl From<TooLarge> for IntakeError {
    fn from(limit: TooLarge) -> Self {
        Self::TooLarge(limit)
    }
}
