//! One row, read column by column; every fault is kept, not only the first.

use super::field;
use super::heading::{Column, Headings};
use super::problem::{Problem, ProblemKind};
use super::table::{Cell, Row};
use crate::fonts;

/// Letters of a faulty cell that are told again.
const FOUND_LETTERS: usize = 80;

/// A row being read.
#[derive(Debug)]
pub(super) struct RowReader<'a> {
    row: &'a Row,
    headings: &'a Headings<'a>,
    problems: Vec<Problem>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(row: &'a Row, headings: &'a Headings<'a>) -> Self {
        let mut reader = Self { row, headings, problems: Vec::new() };
        if let Some((at, cell)) = row.cells.iter().find(|(at, _)| *at >= headings.width()) {
            reader.put(column_letters(*at), Some(cell), ProblemKind::BeyondHeadings);
        }
        reader
    }

    /// The cell of a column, if it is not empty.
    pub(super) fn cell(&self, column: Column) -> Option<&'a Cell> {
        self.row.cell(self.headings.place(column)?)
    }

    /// The value of a column; `None` when empty or faulty, and the fault is kept.
    pub(super) fn read<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&Cell) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        read(self.cell(column)?).map_err(|kind| self.report(column, kind)).ok()
    }

    /// The same for a column that must not be empty.
    pub(super) fn require<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&Cell) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        if self.cell(column).is_none() {
            self.report(column, ProblemKind::Missing);
        }
        self.read(column, read)
    }

    /// Text of a column.
    pub(super) fn text(&mut self, column: Column, limit: usize) -> Option<String> {
        self.read(column, |cell| printable(cell, limit))
    }

    /// Text of a column that must not be empty.
    pub(super) fn require_text(&mut self, column: Column, limit: usize) -> Option<String> {
        self.require(column, |cell| printable(cell, limit))
    }

    /// Keeps a fault of a column.
    pub(super) fn report(&mut self, column: Column, kind: ProblemKind) {
        self.put(self.headings.heading(column).to_owned(), self.cell(column), kind);
    }

    /// What was read, if the row has no fault; the faults go to `problems`.
    pub(super) fn finish<T>(self, value: Option<T>, problems: &mut Vec<Problem>) -> Option<T> {
        let sound = self.problems.is_empty();
        problems.extend(self.problems);
        value.filter(|_| sound)
    }

    fn put(&mut self, column: String, cell: Option<&Cell>, kind: ProblemKind) {
        let found = cell.map(|cell| cell.text.chars().take(FOUND_LETTERS).collect());
        let found = found.unwrap_or_default();
        self.problems.push(Problem { row: self.row.number, column, found, kind });
    }
}

/// A text that can be printed.
fn printable(cell: &Cell, limit: usize) -> Result<String, ProblemKind> {
    let text = field::text(cell, limit)?;
    match fonts::check(&text) {
        Ok(()) => Ok(text),
        Err(why) => Err(why
            .characters
            .first()
            .map_or(ProblemKind::Missing, |&c| ProblemKind::Unprintable(c))),
    }
}

/// A column without heading, as a spreadsheet names it: A, B, … Z, AA, …
fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        if column < 26 {
            break letters.iter().rev().collect();
        }
        column = column / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(column_letters),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }
}
