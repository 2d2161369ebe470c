//! Positions of a batch → sheets and cells.
//!
//! Codes are dealt in blocks. A block of S sheets is cut into piles, each with R cells on every
//! sheet, and codes run down pile after pile: code `i` of a block lies in pile `i / (S·R)`, there on
//! sheet `i / R mod S`. One pile with all cells is the plain order; a pile for each cell is cut and
//! stack; a pile for each column gives every lane of a roll a run of its own.

/// A place on the sheets of a job, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Placement {
    /// The sheet.
    pub sheet: u64,
    /// The cell on it.
    pub cell: u32,
}

/// How codes are dealt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piles {
    pub(super) cells: u32,
    pub(super) count: u32,
    pub(super) depth: u32,
    pub(super) reversed: bool,
}

/// Sheets that are dealt together.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    piles: Piles,
    stamps: u64,
    sheets: u32,
}

impl Piles {
    pub(super) fn block_stamps(self) -> u64 {
        (u64::from(self.cells) * u64::from(self.depth)).max(1)
    }

    pub(super) fn block(self, stamps: u64) -> Block {
        let sheets = stamps.div_ceil(u64::from(self.cells.max(1)));
        Block { piles: self, stamps, sheets: u32::try_from(sheets).unwrap_or(u32::MAX) }
    }
}

impl Block {
    /// Sheets in it.
    #[must_use]
    pub fn sheets(&self) -> u32 {
        self.sheets
    }

    /// The place of a code, by its index from 0 within the block; sheets are counted within it.
    #[must_use]
    pub fn place(&self, index: u64) -> Placement {
        let Piles { cells, count, reversed, .. } = self.piles;
        let each = u64::from((cells / count.max(1)).max(1));
        let sheets = u64::from(self.sheets.max(1));
        let pile = index / (each * sheets);
        let sheet = index / each % sheets + 1;
        let cell = u32::try_from(pile * each + index % each + 1).unwrap_or(u32::MAX);
        if reversed {
            let sheet = (sheets + 1).saturating_sub(sheet);
            Placement { sheet, cell: (cells + 1).saturating_sub(cell) }
        } else {
            Placement { sheet, cell }
        }
    }

    /// The index of the code in a place: the other way round from [`place`](Self::place). In a block
    /// that is not full, places without a code have an index beyond its end.
    #[must_use]
    pub fn index(&self, place: Placement) -> u64 {
        let Piles { cells, count, reversed, .. } = self.piles;
        let each = u64::from((cells / count.max(1)).max(1));
        let sheets = u64::from(self.sheets.max(1));
        let (mut cell, mut sheet) =
            (u64::from(place.cell).saturating_sub(1), place.sheet.saturating_sub(1));
        if reversed {
            cell = u64::from(cells).saturating_sub(1 + cell);
            sheet = sheets.saturating_sub(1 + sheet);
        }
        cell / each * each * sheets + sheet * each + cell % each
    }

    /// Deals a block's codes: for each sheet the cells (from 1) that are printed, in the order of
    /// the cells.
    #[must_use]
    pub fn deal<T>(&self, codes: Vec<T>) -> Vec<Vec<(u32, T)>> {
        let mut sheets: Vec<Vec<(u32, T)>> = (0..self.sheets).map(|_| Vec::new()).collect();
        for (index, code) in (0..self.stamps).zip(codes) {
            let place = self.place(index);
            let at = usize::try_from(place.sheet - 1).unwrap_or(usize::MAX);
            if let Some(sheet) = sheets.get_mut(at) {
                sheet.push((place.cell, code));
            }
        }
        for sheet in &mut sheets {
            sheet.sort_by_key(|(cell, _)| *cell);
        }
        sheets
    }
}
