//! Which stamps an act is about, and the ranges of serials they are.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::StampError;
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::Printing;
use crate::store::{AnyConnection, batches, sheets};

/// Which stamps an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// From one serial to another, both included; one stamp when they are the same.
    Range(RangeInclusive<Serial>),
    /// A printed sheet.
    Sheet {
        /// The batch.
        batch: BatchNumber,
        /// How it was printed.
        printing: Printing,
        /// The sheet's number, from 1.
        number: u32,
    },
    /// Several printed sheets of one printing.
    Sheets {
        /// The batch.
        batch: BatchNumber,
        /// How it was printed.
        printing: Printing,
        /// The sheets' numbers, from 1.
        numbers: Vec<u32>,
    },
    /// Single stamps of a batch, as they were scanned one by one.
    Scanned(BatchNumber, Vec<Serial>),
    /// All of a batch.
    Batch(BatchNumber),
}

impl Selection {
    /// The batch it begins in.
    #[must_use]
    pub fn batch(&self) -> BatchNumber {
        match self {
            Self::Range(range) => range.start().batch(),
            Self::Sheet { batch, .. }
            | Self::Sheets { batch, .. }
            | Self::Scanned(batch, _)
            | Self::Batch(batch) => *batch,
        }
    }
}

/// The ranges of a selection, in the order of their serials.
pub(super) fn resolve(
    register: &mut AnyConnection,
    selection: &Selection,
) -> Result<Vec<RangeInclusive<Serial>>, StampError> {
    match selection {
        Selection::Range(range) => {
            let (first, last) = (*range.start(), *range.end());
            let named = |serial| text::serial_grouped(serial);
            if first.batch() != last.batch() {
                return Err(StampError::TwoBatches(named(first), named(last)));
            }
            if last < first {
                return Err(StampError::Backwards(named(first), named(last)));
            }
            Ok(vec![range.clone()])
        }
        Selection::Sheet { batch, printing, number } => sheet(register, *batch, printing, *number),
        Selection::Sheets { batch, printing, numbers } => {
            let mut ranges = Vec::new();
            // Each once, however often it was named.
            for number in numbers.iter().collect::<BTreeSet<_>>() {
                ranges.extend(sheet(register, *batch, printing, *number)?);
            }
            ranges.sort_by_key(|range| *range.start());
            Ok(ranges)
        }
        Selection::Scanned(batch, serials) => {
            if let Some(other) = serials.iter().find(|serial| serial.batch() != *batch) {
                return Err(StampError::TwoBatches(
                    text::batch(*batch),
                    text::serial_grouped(*other),
                ));
            }
            // Each once, however often it was scanned.
            let each: BTreeSet<Serial> = serials.iter().copied().collect();
            Ok(each.into_iter().map(|serial| serial..=serial).collect())
        }
        Selection::Batch(number) => Ok(vec![issued(register, *number)?.number.serials()]),
    }
}

fn sheet(
    register: &mut AnyConnection,
    batch: BatchNumber,
    printing: &Printing,
    number: u32,
) -> Result<Vec<RangeInclusive<Serial>>, StampError> {
    let found = sheets::find(register, batch, printing, number)?;
    let missing =
        || StampError::NoSheet { batch: text::batch(batch), printing: printing.clone(), number };
    let runs = found.ok_or_else(missing)?.runs;
    let mut ranges: Vec<_> = runs.into_iter().map(|run| run.first..=run.last).collect();
    ranges.sort_by_key(|range| *range.start());
    Ok(ranges)
}

/// A batch whose codes are there.
///
/// # Errors
/// [`StampError::NoBatch`].
pub(super) fn issued(
    register: &mut AnyConnection,
    number: BatchNumber,
) -> Result<Batch, StampError> {
    let batch = batches::get(register, number)?.filter(|batch| batch.issued_at.is_some());
    batch.ok_or_else(|| StampError::NoBatch(text::batch(number)))
}
