//! Rows and cells, whatever file they came from, never more than the limits allow.

use std::collections::HashMap;

use super::error::TooLarge;
use super::limits;
use super::problem::ProblemKind;
use crate::domain::calendar::Day;
use crate::vietnamese::legacy::Encoding;
use crate::vietnamese::{self, legacy};

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// What a person sees in the cell, composed and trimmed.
    pub(super) text: String,
    pub(super) kind: CellKind,
    /// Why what is read may not be what is meant: whoever needs the cell refuses it.
    pub(super) doubt: Option<ProblemKind>,
    /// Whether all of it is struck out.
    pub(super) struck: bool,
    /// Whether it is the cell above, which is merged with it.
    pub(super) from_above: bool,
}

/// What a spreadsheet knows about a cell besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    Text,
    /// A number; where it is whole and not negative, it could count days.
    Number(Option<u32>),
    Day(Day),
    /// `#N/A`, `#REF!` and their like.
    Error,
    /// True or false.
    Truth,
}

impl Cell {
    /// A cell of text; `None` when there is nothing in it.
    pub(super) fn text(text: &str) -> Option<Self> {
        let cell = Self::new(text, CellKind::Text)?;
        let doubt = match legacy::garbled(text) {
            Some(encoding) => Some(ProblemKind::Garbled(encoding)),
            None => legacy::has_lost_letters(text).then_some(ProblemKind::LostLetters),
        };
        Some(Self { doubt, ..cell })
    }

    pub(super) fn new(text: &str, kind: CellKind) -> Option<Self> {
        let text = vietnamese::nfc(text);
        let cell = Self { text, kind, doubt: None, struck: false, from_above: false };
        (!cell.text.is_empty()).then_some(cell)
    }

    pub(super) fn day(day: Day) -> Self {
        let text = vietnamese::date(day);
        let kind = CellKind::Day(day);
        Self { text, kind, doubt: None, struck: false, from_above: false }
    }

    /// The cell with a doubt, where it has none yet.
    pub(super) fn doubted(mut self, doubt: Option<ProblemKind>) -> Self {
        self.doubt = self.doubt.or(doubt);
        self
    }
}

/// A row that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Number as a spreadsheet shows it, from 1.
    pub(super) number: u32,
    /// Cells by column, from 0, empty ones left out.
    pub(super) cells: Vec<(usize, Cell)>,
    /// Why it is not seen, where it is not.
    pub(super) unseen: Option<Unseen>,
}

/// Why a row is not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unseen {
    Hidden,
    Filtered,
}

impl Row {
    pub(super) fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell)
    }

    /// The cells that are its own, not those of the row above.
    pub(super) fn own(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().filter(|(_, cell)| !cell.from_above).map(|(at, cell)| (*at, cell))
    }
}

/// What is left of the limits for the tables of one file.
#[derive(Debug)]
pub(super) struct Room {
    cells: usize,
    text_bytes: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { cells: limits::CELLS, text_bytes: limits::TEXT_BYTES }
    }
}

impl Room {
    pub(super) fn take(&mut self, cell: &Cell) -> Result<(), TooLarge> {
        self.cells = self.cells.checked_sub(1).ok_or(TooLarge::Cells)?;
        self.text_bytes = self.text_bytes.checked_sub(cell.text.len()).ok_or(TooLarge::Cells)?;
        Ok(())
    }
}

/// A table under construction, which refuses what is beyond the limits.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Adds a cell; rows arrive in order, a row that comes back is a row of its own.
    pub(super) fn push(
        &mut self,
        room: &mut Room,
        (row, column): (u32, usize),
        cell: Cell,
    ) -> Result<(), TooLarge> {
        if row > limits::ROWS {
            return Err(TooLarge::Rows);
        }
        if column >= limits::COLUMNS {
            return Err(TooLarge::Columns);
        }
        room.take(&cell)?;
        match self.rows.last_mut() {
            Some(last) if last.number == row => last.cells.push((column, cell)),
            _ => self.rows.push(Row { number: row, cells: vec![(column, cell)], unseen: None }),
        }
        Ok(())
    }

    /// Doubts every text that could be of the old encoding that another text of its column is in.
    pub(super) fn doubt_columns(&mut self) {
        let mut garbled: HashMap<usize, Encoding> = HashMap::new();
        for (column, cell) in self.rows.iter().flat_map(|row| &row.cells) {
            if let Some(ProblemKind::Garbled(encoding)) = cell.doubt {
                garbled.entry(*column).or_insert(encoding);
            }
        }
        for (column, cell) in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let encoding = garbled.get(column).copied().filter(|_| cell.doubt.is_none());
            let encoding = encoding.filter(|it| legacy::may_be(&cell.text, *it));
            cell.doubt = cell.doubt.or(encoding.map(ProblemKind::Garbled));
        }
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn rows_mut(&mut self) -> &mut [Row] {
        &mut self.rows
    }
}

/// A column as a spreadsheet names it: A, B, … Z, AA, …
pub(super) fn column_letters(mut column: usize) -> String {
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

    fn cell(text: &str) -> Cell {
        Cell::text(text).unwrap()
    }

    #[test]
    fn what_lies_beyond_the_limits_is_refused() {
        let (mut table, mut room) = (Table::default(), Room::default());
        let mut push = |row, column, cell| table.push(&mut room, (row, column), cell);
        assert_eq!(push(limits::ROWS, limits::COLUMNS - 1, cell("a")), Ok(()));
        assert_eq!(push(limits::ROWS + 1, 0, cell("a")), Err(TooLarge::Rows));
        assert_eq!(push(limits::ROWS, limits::COLUMNS, cell("a")), Err(TooLarge::Columns));
        let long = cell(&"a".repeat(limits::TEXT_BYTES / 4));
        let pushed: Vec<_> = (1..=4).map(|row| push(row, 0, long.clone())).collect();
        assert_eq!(pushed, [Ok(()), Ok(()), Ok(()), Err(TooLarge::Cells)]);
    }

    #[test]
    fn a_cell_of_spaces_is_no_cell() {
        assert_eq!(Cell::text(" \u{a0}\u{200b}\t"), None);
    }

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(column_letters),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }
}
