//! Rows and cells, whatever file they came from, never more than the limits allow.

use super::error::TooLarge;
use super::limits;
use crate::domain::calendar::Day;
use crate::vietnamese;

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// What the cell says, composed and trimmed.
    pub(super) text: String,
    pub(super) kind: CellKind,
}

/// What a spreadsheet knows about a cell besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    Text,
    Number,
    Day(Day),
    /// `#N/A`, `#REF!` and their like.
    Error,
}

impl Cell {
    /// A cell of text; `None` when there is nothing in it.
    pub(super) fn text(text: &str) -> Option<Self> {
        Self::new(text, CellKind::Text)
    }

    pub(super) fn new(text: &str, kind: CellKind) -> Option<Self> {
        let text = vietnamese::nfc(text);
        (!text.is_empty()).then_some(Self { text, kind })
    }

    pub(super) fn day(day: Day) -> Self {
        Self { text: vietnamese::date(day), kind: CellKind::Day(day) }
    }
}

/// A row that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Number as a spreadsheet shows it, from 1.
    pub(super) number: u32,
    /// Cells by column, from 0, empty ones left out.
    pub(super) cells: Vec<(usize, Cell)>,
}

impl Row {
    pub(super) fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell)
    }
}

/// A table under construction, which refuses what is beyond the limits.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    cells: usize,
    text_bytes: usize,
}

impl Table {
    /// Adds a cell; rows arrive in order, a row that comes back is a row of its own.
    pub(super) fn push(&mut self, row: u32, column: usize, cell: Cell) -> Result<(), TooLarge> {
        self.cells += 1;
        self.text_bytes += cell.text.len();
        if row > limits::ROWS {
            return Err(TooLarge::Rows);
        }
        if column >= limits::COLUMNS {
            return Err(TooLarge::Columns);
        }
        if self.cells > limits::CELLS || self.text_bytes > limits::TEXT_BYTES {
            return Err(TooLarge::Cells);
        }
        match self.rows.last_mut() {
            Some(last) if last.number == row => last.cells.push((column, cell)),
            _ => self.rows.push(Row { number: row, cells: vec![(column, cell)] }),
        }
        Ok(())
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
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
        let mut table = Table::default();
        assert_eq!(table.push(limits::ROWS, limits::COLUMNS - 1, cell("a")), Ok(()));
        assert_eq!(table.push(limits::ROWS + 1, 0, cell("a")), Err(TooLarge::Rows));
        assert_eq!(table.push(limits::ROWS, limits::COLUMNS, cell("a")), Err(TooLarge::Columns));
        let long = cell(&"a".repeat(limits::TEXT_BYTES / 4));
        let pushed: Vec<_> = (1..=4).map(|row| table.push(row, 0, long.clone())).collect();
        assert_eq!(pushed, [Ok(()), Ok(()), Ok(()), Err(TooLarge::Cells)]);
    }

    #[test]
    fn a_cell_of_spaces_is_no_cell() {
        assert_eq!(Cell::text(" \u{a0}\u{200b}\t"), None);
    }
}
