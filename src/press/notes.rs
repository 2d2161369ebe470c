//! One stamp of every sheet, noted while the codes of a job pass, to be looked for in the finished files.

use std::ops::RangeInclusive;

use crate::domain::serial::Serial;
use crate::printing::{Imposition, Placement};

/// From sheet to sheet the cell that is noted moves on by so many: over the whole sheet in the end.
const STRIDE: u64 = 31;

/// A stamp and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// The sheet, from 1.
    pub(super) sheet: u64,
    /// The cell on it, from 1.
    pub(super) cell: u32,
    /// The stamp.
    pub(super) serial: Serial,
}

/// The stamps that were noted: a few bytes a sheet.
pub(super) struct Notes<'a> {
    imposition: &'a Imposition,
    total: u64,
    position: u64,
    noted: Vec<Option<(u32, Serial)>>,
}

impl<'a> Notes<'a> {
    /// Of a job of so many stamps.
    pub(super) fn new(imposition: &'a Imposition, total: u64) -> Self {
        let sheets = usize::try_from(imposition.sheets_for(total)).unwrap_or_default();
        Self { imposition, total, position: 0, noted: vec![None; sheets] }
    }

    /// The next stamp passes; returns its position, from 1, and its place.
    pub(super) fn pass(&mut self, serial: Serial) -> (u64, Placement) {
        self.position += 1;
        let place = self.imposition.placement(self.position, self.total);
        let index = usize::try_from(place.sheet - 1).unwrap_or(usize::MAX);
        if let Some(noted) = self.noted.get_mut(index) {
            let cells = u64::from(self.imposition.cells().max(1));
            let wanted = place.sheet * STRIDE % cells + 1;
            if noted.is_none() || u64::from(place.cell) == wanted {
                *noted = Some((place.cell, serial));
            }
        }
        (self.position, place)
    }

    /// The stamp that was noted of a sheet.
    pub(super) fn of(&self, sheet: u64) -> Option<Note> {
        let index = usize::try_from(sheet.checked_sub(1)?).ok()?;
        let (cell, serial) = (*self.noted.get(index)?)?;
        Some(Note { sheet, cell, serial })
    }

    /// Those of the first, the middle and the last of some sheets.
    pub(super) fn sample(&self, sheets: &RangeInclusive<u64>) -> Vec<Note> {
        sampled(sheets).into_iter().filter_map(|sheet| self.of(sheet)).collect()
    }
}

/// The first, the middle and the last of some sheets, each once.
pub(super) fn sampled(sheets: &RangeInclusive<u64>) -> Vec<u64> {
    let (first, last) = (*sheets.start(), *sheets.end());
    let mut sampled = vec![first, u64::midpoint(first, last), last];
    sampled.dedup();
    sampled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::{Design, Layout};

    #[test]
    fn every_sheet_has_a_stamp_noted_where_it_lies() {
        for name in ["a4", "sra3-chong", "cuon-100"] {
            let layout = Layout::by_name(name).unwrap().unwrap();
            let design = Design::by_name("sen-25x35").unwrap().unwrap();
            let imposition = Imposition::new(&layout, design.size()).unwrap();
            let total = 1_000;
            let mut notes = Notes::new(&imposition, total);
            let serial = |position: u64| Serial::new(position * 7).unwrap();
            (1..=total).for_each(|position| {
                notes.pass(serial(position));
            });
            let sheets = imposition.sheets_for(total);
            for sheet in 1..=sheets {
                let note = notes.of(sheet).unwrap();
                let place = imposition.placement(note.serial.bits() / 7, total);
                assert_eq!((place.sheet, place.cell), (sheet, note.cell), "{name}");
            }
            assert_eq!(notes.of(sheets + 1), None);
            let sample = notes.sample(&(1..=sheets));
            assert_eq!(sample.first().unwrap().sheet, 1);
            assert_eq!(sample.last().unwrap().sheet, sheets);
        }
    }

    #[test]
    fn the_ends_and_the_middle_are_a_sample() {
        assert_eq!(sampled(&(4..=4)), [4]);
        assert_eq!(sampled(&(4..=5)), [4, 5]);
        assert_eq!(sampled(&(1..=500)), [1, 250, 500]);
    }
}
