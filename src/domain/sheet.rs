//! Printed sheets (tờ in): a fixed set of a batch's serials.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// How a batch was printed: sheets are counted for each printing of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printing {
    /// The layout's name.
    pub layout: String,
    /// The design's name.
    pub design: String,
}
