//! One row, read column by column; every fault is kept, not only the first.

use super::column::Column;
use super::field;
use super::heading::Headings;
use super::problem::{Problem, ProblemKind};
use super::table::{Cell, Row, column_letters};
use crate::fonts::{self, Obstacle};

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
        if let Some((at, cell)) = row.own().find(|(at, _)| !headings.has_heading(*at)) {
            reader.put(column_letters(at), Some((at, cell)), ProblemKind::BeyondHeadings);
        }
        if let Some((at, cell)) = headings.beside(row) {
            reader.put(column_letters(at), Some((at, cell)), ProblemKind::TableBeside);
        } else {
            reader.compare_columns();
        }
        reader
    }

    /// Of two columns that ask for the same, only one is read: what the other says must be that too.
    fn compare_columns(&mut self) {
        for (column, at) in &self.headings.again {
            let Some(cell) = self.row.cell(*at).filter(|cell| field::answers(cell, *column)) else {
                continue;
            };
            let is_same = self.cell(*column).is_some_and(|it| field::agree(it, cell, *column));
            if !is_same {
                let heading = self.headings.heading(*column).to_owned();
                self.put(heading, Some((*at, cell)), ProblemKind::TwoColumns);
            }
        }
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
        let cell = self.cell(column)?;
        let sound = cell.doubt.map_or(Ok(cell), Err);
        sound.and_then(read).map_err(|kind| self.report(column, kind)).ok()
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

    /// Text of a column that names somebody or something.
    pub(super) fn require_name(&mut self, column: Column, limit: usize) -> Option<String> {
        self.require(column, |cell| {
            let name = printable(cell, limit)?;
            let is_name = name.chars().any(char::is_alphabetic);
            if is_name { Ok(name) } else { Err(ProblemKind::NoName) }
        })
    }

    /// A text that was given for the whole file, in place of a cell that is empty.
    pub(super) fn given(&mut self, column: Column, text: &str) -> Option<String> {
        match unprintable(text) {
            None => Some(text.to_owned()),
            Some(kind) => {
                self.report(column, kind);
                None
            }
        }
    }

    /// Keeps a fault of a column.
    pub(super) fn report(&mut self, column: Column, kind: ProblemKind) {
        let place = self.headings.place(column);
        let cell = place.and_then(|at| self.row.cell(at));
        let column = self.headings.heading(column).to_owned();
        match (place, cell) {
            (Some(at), Some(cell)) => self.put(column, Some((at, cell)), kind),
            (Some(at), None) => self.put_at(column, Some(at), String::new(), kind),
            (None, _) => self.put(column, None, kind),
        }
    }

    /// What was read, if the row has no fault; else the faults.
    pub(super) fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Problem>> {
        value.filter(|_| self.problems.is_empty()).ok_or(self.problems)
    }

    fn put(&mut self, column: String, cell: Option<(usize, &Cell)>, kind: ProblemKind) {
        let found = cell.map(|(_, cell)| cell.text.chars().take(FOUND_LETTERS).collect());
        self.put_at(column, cell.map(|(at, _)| at), found.unwrap_or_default(), kind);
    }

    fn put_at(&mut self, column: String, at: Option<usize>, found: String, kind: ProblemKind) {
        let cell = at.map(|at| format!("{}{}", column_letters(at), self.row.number));
        let sheet = self.headings.sheet.map(str::to_owned);
        self.problems.push(Problem { sheet, row: self.row.number, column, cell, found, kind });
    }
}

/// A text that can be printed.
fn printable(cell: &Cell, limit: usize) -> Result<String, ProblemKind> {
    let text = field::text(cell, limit)?;
    unprintable(&text).map_or(Ok(text), Err)
}

/// What in a text no font has, or passes for a letter that it is not.
fn unprintable(text: &str) -> Option<ProblemKind> {
    let why = fonts::check(text).err()?;
    let first = why.characters.first().copied()?;
    Some(match why.obstacle {
        Obstacle::Missing => ProblemKind::Unprintable(first),
        Obstacle::Mixed => ProblemKind::OtherScript(first),
    })
}
