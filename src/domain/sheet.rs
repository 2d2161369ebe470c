//! Printed sheets (tờ in): a fixed set of a batch's serials.

use std::collections::BTreeSet;

use super::serial::Serial;

/// Which stamps one sheet of a batch carries, in one layout and design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Number within the batch, from 1.
    pub number: u32,
    /// Its runs of serials, ascending. One, but where piles of stamps carry on from sheet to sheet.
    pub runs: Vec<SerialRun>,
}

/// Serials of a batch that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SerialRun {
    /// First serial.
    pub first: Serial,
    /// Last serial.
    pub last: Serial,
    /// How many stamps.
    pub stamps: u32,
}

impl Sheet {
    /// Stamps on the sheet.
    #[must_use]
    pub fn stamps(&self) -> u32 {
        self.runs.iter().map(|run| run.stamps).sum()
    }
}

/// Most sheets that are named at once.
pub const SHEETS_MAX: usize = 1_000;

/// Reads numbers of sheets as people write them, `3, 5-9`, ascending and each once. `None` where it says
/// none, more than [`SHEETS_MAX`], or something else.
#[must_use]
pub fn read_numbers(text: &str) -> Option<Vec<u32>> {
    let mut numbers = BTreeSet::new();
    let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        // Counted before it is gone through: a slip of the finger names millions.
        let many = usize::try_from(last.checked_sub(first)?).ok()?;
        if first == 0 || many >= SHEETS_MAX {
            return None;
        }
        numbers.extend(first..=last);
    }
    (1..=SHEETS_MAX).contains(&numbers.len()).then(|| numbers.into_iter().collect())
}

/// How a batch was printed: sheets are counted for each printing of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printing {
    /// The layout's name.
    pub layout: String,
    /// The design's name.
    pub design: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_sheets_are_read_as_people_write_them() {
        assert_eq!(read_numbers(" 3, 5-7;6 "), Some(vec![3, 5, 6, 7]));
        assert_eq!(read_numbers("12"), Some(vec![12]));
    }

    #[test]
    fn what_names_no_sheets_or_too_many_is_not_read() {
        for text in ["", " , ", "0", "7-5", "ba", "1-4294967295", "1-1001", "-3"] {
            assert_eq!(read_numbers(text), None, "{text:?}");
        }
    }
}
