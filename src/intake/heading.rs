//! Finding the headings, which may take several rows, and telling which column is which.

use std::cmp::Reverse;

use super::column::Column;
use super::error::IntakeError;
use super::limits::{HEADING_ROWS, ROWS_ABOVE_HEADINGS};
use super::problem::ProblemKind;
use super::table::{Cell, Row, Table};

/// Where the headings are, and what they say.
#[derive(Debug)]
pub(super) struct Headings<'a> {
    /// Name of the sheet, where it has one.
    pub(super) sheet: Option<&'a str>,
    /// Rows above the headings.
    pub(super) above: &'a [Row],
    /// Rows under the headings.
    pub(super) rows: &'a [Row],
    /// Numbers of their first and last row.
    pub(super) lines: (u32, u32),
    /// Headings that mean nothing to the register.
    pub(super) ignored: Vec<String>,
    known: Vec<Known>,
    /// Columns with a heading.
    headed: Vec<usize>,
    /// Columns of headings that stand there already: what they ask for, and where they are.
    pub(super) again: Vec<(Column, usize)>,
}

#[derive(Debug)]
struct Known {
    column: Column,
    at: usize,
    heading: String,
    /// How usual its spelling is, 0 most.
    rank: usize,
}

impl<'a> Headings<'a> {
    /// The rows, among the first ones, in which most headings are known; at least two must be. Fewer
    /// rows come before more: the row above the headings may be a title, the one below of data.
    pub(super) fn find(
        table: &'a Table,
        sheet: Option<&'a str>,
        wanted: &[Column],
    ) -> Option<Self> {
        let rows = table.rows();
        let starts = 0..rows.len().min(ROWS_ABOVE_HEADINGS);
        let spans = starts.flat_map(|at| (1..=HEADING_ROWS).map(move |depth| (at, depth)));
        let read = spans.filter_map(|(at, depth)| {
            let headings = Self::read(rows, sheet, (at, depth), wanted)?;
            (headings.known.len() >= 2).then_some((depth, headings))
        });
        // The first of equals: a later row may repeat the headings.
        let key = |depth: usize, headings: &Self| (headings.known.len(), Reverse(depth));
        let best =
            read.reduce(
                |best, next| {
                    if key(next.0, &next.1) > key(best.0, &best.1) { next } else { best }
                },
            );
        best.map(|(_, headings)| headings)
    }

    fn read(
        rows: &'a [Row],
        sheet: Option<&'a str>,
        (at, depth): (usize, usize),
        wanted: &[Column],
    ) -> Option<Self> {
        let lines = rows.get(at..at + depth)?;
        let (first, last) = (lines.first()?, lines.last()?);
        let mut headings = Self {
            sheet,
            above: rows.get(..at)?,
            rows: rows.get(at + depth..)?,
            lines: (first.number, last.number),
            ignored: Vec::new(),
            known: Vec::new(),
            headed: Vec::new(),
            again: Vec::new(),
        };
        for (at, spelt) in spelt(lines) {
            headings.headed.push(at);
            headings.add(at, &spelt, wanted);
        }
        Some(headings)
    }

    fn add(&mut self, at: usize, spelt: &Spelt, wanted: &[Column]) {
        let read = spelt.readings.iter().find_map(|text| Column::recognise(text, wanted));
        let heading = spelt.shown.clone();
        let Some((column, rank)) = read else { return self.ignored.push(heading) };
        let known = Known { column, at, heading, rank };
        match self.known.iter_mut().find(|other| other.column == column) {
            // Of two columns that mean the same, the one with the more usual heading is read.
            Some(other) => {
                let known =
                    if other.rank <= rank { known } else { std::mem::replace(other, known) };
                self.again.push((column, known.at));
                self.ignored.push(known.heading);
            }
            None => self.known.push(known),
        }
    }

    /// How many headings are known.
    pub(super) fn known(&self) -> usize {
        self.known.len()
    }

    /// How many of a row's cells say what the heading of their column says, and of how many.
    pub(super) fn repeated_in(&self, row: &Row, wanted: &[Column]) -> (usize, usize) {
        let read = |text: &str| Column::recognise(text, wanted).map(|(column, _)| column);
        let named: Vec<(usize, Column)> =
            row.own().filter_map(|(at, cell)| Some((at, read(&cell.text)?))).collect();
        let here = named.iter().filter(|(at, column)| self.place(*column) == Some(*at));
        (here.count(), named.len())
    }

    /// Whether a row is of headings, these or others.
    pub(super) fn is_like(&self, row: &Row, wanted: &[Column]) -> bool {
        let (_, named) = self.repeated_in(row, wanted);
        named >= 3 && 2 * named > row.own().count()
    }

    /// The cell in which a row states something in a table beside the table: one whose headings are
    /// there a second time.
    pub(super) fn beside<'r>(&self, row: &'r Row) -> Option<(usize, &'r Cell)> {
        let is_table = self.again.len() >= 3;
        let of_product = self.again.iter().filter(|(column, _)| *column == Column::Product);
        let mut places = of_product.map(|(_, at)| *at).filter(|_| is_table);
        places.find_map(|at| Some((at, row.cell(at)?)))
    }

    /// Where a column is.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.known.iter().find(|known| known.column == column).map(|known| known.at)
    }

    /// The heading as the file has it, or the usual one.
    pub(super) fn heading(&self, column: Column) -> &str {
        let known = self.known.iter().find(|known| known.column == column);
        known.map_or(column.heading(), |known| &known.heading)
    }

    /// Whether a column has a heading.
    pub(super) fn has_heading(&self, at: usize) -> bool {
        self.headed.contains(&at)
    }

    /// That all of these columns are there.
    pub(super) fn require(&self, columns: &[Column]) -> Result<(), IntakeError> {
        let missing = columns.iter().filter(|column| self.place(**column).is_none());
        let missing: Vec<_> = missing.map(|column| column.heading()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let known = self.known.iter().map(|known| known.heading.clone());
        let found = known.chain(self.ignored.clone()).collect();
        Err(IntakeError::MissingColumns { sheet: self.sheet.map(str::to_owned), missing, found })
    }
}

/// What stands above a column: what is shown of it, and how it can be read.
struct Spelt {
    shown: String,
    readings: Vec<String>,
}

/// The headings of every column, read from several rows as one: an upper heading stands for all
/// columns to its right up to the next, where something is below them.
fn spelt(lines: &[Row]) -> Vec<(usize, Spelt)> {
    let last = lines.iter().flat_map(|row| row.cells.iter().map(|(at, _)| *at)).max();
    let mut over: Vec<Option<&str>> = vec![None; lines.len()];
    let mut all = Vec::new();
    for at in 0..=last.unwrap_or_default() {
        // A heading that begins in a row above belongs to that: it does not count in the first row.
        let own = lines.iter().enumerate().map(|(level, row)| {
            let cell = row.cell(at).filter(|cell| level > 0 || !cell.from_above);
            cell.map(|cell| cell.text.as_str())
        });
        let own: Vec<Option<&str>> = own.collect();
        let lowest = own.iter().rposition(Option::is_some);
        let Some(lowest) = lowest else { continue };
        let mut parts: Vec<&str> = Vec::new();
        for ((level, own), over) in own.iter().enumerate().zip(&mut over) {
            *over = own.or(*over);
            let part = if level < lowest { *over } else { *own };
            parts.extend(part.filter(|part| parts.last() != Some(part)));
        }
        all.push((at, Spelt::of(&parts)));
    }
    all
}

impl Spelt {
    fn of(parts: &[&str]) -> Self {
        let down = parts.join(" ");
        let up: Vec<&str> = parts.iter().rev().copied().collect();
        let lowest = up.first().copied().unwrap_or_default().to_owned();
        let shown = if parts.len() > 1 { parts.join(" – ") } else { down.clone() };
        Self { shown, readings: vec![lowest, up.join(" "), down] }
    }
}

/// The error for a table without headings, beside hidden sheets.
pub(super) fn no_headings(table: &Table, hidden: Vec<String>) -> IntakeError {
    let cells = || table.rows().iter().take(ROWS_ABOVE_HEADINGS).flat_map(Row::own);
    let garbled = cells().find_map(|(_, cell)| match cell.doubt {
        Some(ProblemKind::Garbled(encoding)) => Some(encoding),
        _ => None,
    });
    match (garbled, table.rows().first()) {
        (_, None) => IntakeError::Empty,
        (Some(encoding), _) => IntakeError::Garbled { encoding },
        (None, Some(row)) => IntakeError::NoHeadings {
            found: row.own().map(|(_, cell)| cell.text.clone()).collect(),
            hidden,
        },
    }
}
