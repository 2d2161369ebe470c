//! Merged cells: what stands in the first of them is meant for every row below it too.

use std::io::Cursor;

use calamine::Xlsx;

use super::unreadable;
use crate::intake::error::{IntakeError, TooLarge};
use crate::intake::limits;
use crate::intake::problem::ProblemKind;
use crate::intake::table::{Cell, Room, Table};

/// Gives every row that is not empty the cells above that are merged with its own. What a merged
/// area covers is not seen: where it is something else, it is doubted.
pub(super) fn fill(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    table: &mut Table,
    room: &mut Room,
) -> Result<(), IntakeError> {
    let merges = book.merge_cells_by_sheet_name(name).map_err(unreadable)?;
    if merges.len() > limits::CELLS {
        return Err(TooLarge::Cells.into());
    }
    let mut looks = limits::CELLS.saturating_mul(limits::COLUMNS);
    for merge in &merges {
        cover(table, (merge.start, merge.end), &mut looks)?;
    }
    for merge in merges.iter().filter(|merge| merge.end.0 > merge.start.0) {
        let (first, last) = (merge.start.0.saturating_add(1), merge.end.0.saturating_add(1));
        let column = usize::try_from(merge.start.1).unwrap_or(usize::MAX);
        let rows = table.rows_mut();
        let at = rows.partition_point(|row| row.number < first);
        let Some((top, below)) = rows.get_mut(at..).and_then(<[_]>::split_first_mut) else {
            continue;
        };
        let Some(cell) = top.cell(column).filter(|_| top.number == first) else { continue };
        let cell = Cell { from_above: true, ..cell.clone() };
        for row in below.iter_mut().take_while(|row| row.number <= last) {
            room.take(&cell)?;
            if row.cell(column).is_none() {
                row.cells.push((column, cell.clone()));
            }
        }
    }
    Ok(())
}

/// Doubts what stands under a merged area and is not what is seen; `looks` are the cells that may still
/// be looked at.
fn cover(
    table: &mut Table,
    ((top, left), (bottom, right)): ((u32, u32), (u32, u32)),
    looks: &mut usize,
) -> Result<(), TooLarge> {
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let (first, last) = (top.saturating_add(1), bottom.saturating_add(1));
    let columns = place(left)..=place(right);
    let rows = table.rows_mut();
    let at = rows.partition_point(|row| row.number < first);
    let Some(rows) = rows.get_mut(at..) else { return Ok(()) };
    let seen = rows.first().filter(|row| row.number == first);
    let seen = seen.and_then(|row| row.cell(*columns.start())).map(|cell| cell.text.clone());
    for row in rows.iter_mut().take_while(|row| row.number <= last) {
        *looks = looks.checked_sub(row.cells.len()).ok_or(TooLarge::Cells)?;
        let is_first = row.number == first;
        for (column, cell) in row.cells.iter_mut().filter(|(at, _)| columns.contains(at)) {
            let is_seen = *column == *columns.start()
                && (is_first || seen.as_deref() == Some(cell.text.as_str()));
            if !is_seen {
                cell.doubt = Some(cell.doubt.unwrap_or(ProblemKind::ShownOtherwise));
            }
        }
    }
    Ok(())
}
