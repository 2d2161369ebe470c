//! A table on a paper: it breaks between rows, and its head stands again on every page.

use super::paper::{Paper, Type};

const HEAD_TYPE: Type = Type::Bold(11.5);
const CELL_TYPE: Type = Type::Regular(11.5);
const RULE_PT: f32 = 0.5;
/// White left and right of what is in a cell.
const PADDING: f32 = 1.8;
/// From a cell's upper edge to its first line, and what stays below its last.
const ASCENT: f32 = 4.8;
const DESCENT: f32 = 2.0;
const LINE_MM: f32 = 5.2;
/// From a table's lower edge to the next line.
const GAP: f32 = 7.0;
/// From the height of a line to the upper edge of a table in its place.
const RISE: f32 = 3.6;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: &'static str,
    /// Its share of the width, in hundredths.
    pub share: u8,
    /// Whether it holds numbers, which end at its right.
    pub is_number: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<String>>,
    /// Whether the first row is the sum of the others, and stands out.
    pub starts_with_sum: bool,
}

pub(super) fn write(paper: &mut Paper<'_>, table: &Table) {
    paper.down(-RISE, 4.0 * LINE_MM);
    head(paper, table);
    for (number, row) in table.rows.iter().enumerate() {
        let kind = if number == 0 && table.starts_with_sum { HEAD_TYPE } else { CELL_TYPE };
        let cells = cells(paper, table, kind, row);
        if !paper.has_room(height(&cells)) {
            paper.turn();
            head(paper, table);
        }
        draw(paper, table, kind, &cells, false);
    }
    paper.down(GAP, 0.0);
}

fn head(paper: &mut Paper<'_>, table: &Table) {
    let heads: Vec<String> = table.columns.iter().map(|column| column.head.to_owned()).collect();
    let cells = cells(paper, table, HEAD_TYPE, &heads);
    draw(paper, table, HEAD_TYPE, &cells, true);
}

/// The lines of each cell of a row.
fn cells(paper: &Paper<'_>, table: &Table, kind: Type, row: &[String]) -> Vec<Vec<String>> {
    let lines = |(column, text): (&Column, &String)| {
        paper.lines(kind, width(paper, column) - 2.0 * PADDING, 0.0, text)
    };
    table.columns.iter().zip(row).map(lines).collect()
}

fn height(cells: &[Vec<String>]) -> f32 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
    f32::from(u16::try_from(lines).unwrap_or(1) - 1) * LINE_MM + ASCENT + DESCENT
}

fn width(paper: &Paper<'_>, column: &Column) -> f32 {
    let (left, right) = paper.sides();
    (right - left) * f32::from(column.share) / 100.0
}

/// Draws a row with its frame, and goes below it.
fn draw(paper: &mut Paper<'_>, table: &Table, kind: Type, cells: &[Vec<String>], is_head: bool) {
    let (top, bottom) = (paper.y_mm(), paper.y_mm() - height(cells));
    let (left, right) = paper.sides();
    let mut x = left;
    for (column, lines) in table.columns.iter().zip(cells) {
        let end = x + width(paper, column);
        paper.line((x, top), (x, bottom), RULE_PT);
        paper.go_to(top - ASCENT);
        for line in lines {
            if is_head {
                paper.text_about(kind, f32::midpoint(x, end), line);
            } else if column.is_number {
                paper.text_to(kind, end - PADDING, line);
            } else {
                paper.text(kind, x + PADDING, line);
            }
            paper.go_to(paper.y_mm() - LINE_MM);
        }
        x = end;
    }
    paper.line((right, top), (right, bottom), RULE_PT);
    for y in [top, bottom] {
        paper.line((left, y), (right, y), RULE_PT);
    }
    paper.go_to(bottom);
}
