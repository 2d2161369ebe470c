//! What a design must keep to so that stamps can be read, by phones and by people.

use thiserror::Error;

/// The smallest letters: height of a capital, in millimetres (Nghị định 43/2017/NĐ-CP, for labels).
pub const LETTER_MM_MIN: f64 = 1.2;
/// The module size below which phones struggle, in millimetres.
pub const MODULE_MM_MIN: f64 = 0.33;

/// Something of a design that a person should look at. Fields are counted from 1 in the order of
/// the file.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Guard {
    /// Letters are small.
    #[error("field {field}: capitals of {letter_mm:.2} mm are below {LETTER_MM_MIN} mm")]
    SmallLetters {
        /// The field.
        field: usize,
        /// Height of a capital.
        letter_mm: f64,
    },
    /// Something comes too near to the cut.
    #[error("field {field} comes within {safe_mm} mm of the cut: move it or make it smaller")]
    NearTheCut {
        /// The field.
        field: usize,
        /// What is to be kept free.
        safe_mm: f64,
    },
    /// Something stands in the symbol's quiet zone.
    #[error("field {field} stands in the box of the QR symbol: nothing may")]
    InTheSymbol {
        /// The field.
        field: usize,
    },
    /// Marks above or below letters reach into another field.
    #[error("field {field}: the marks of its letters reach into field {other}")]
    Touching {
        /// The field.
        field: usize,
        /// The other.
        other: usize,
    },
    /// Marks above or below letters of one line reach those of the next.
    #[error("field {field}: marks of one line reach those of the next: give it more room")]
    Crowded {
        /// The field.
        field: usize,
    },
    /// A text does not fit: on proofs it ends in an ellipsis, and nothing is printed.
    #[error("field {field}: “{text}” does not fit: give it more room, or more lines")]
    Shortened {
        /// The field.
        field: usize,
        /// The whole text.
        text: String,
    },
}

impl Guard {
    /// The field it is about, from 1 in the order of the file.
    #[must_use]
    pub fn field(&self) -> usize {
        match self {
            Self::SmallLetters { field, .. }
            | Self::NearTheCut { field, .. }
            | Self::InTheSymbol { field }
            | Self::Crowded { field }
            | Self::Touching { field, .. }
            | Self::Shortened { field, .. } => *field,
        }
    }

    /// Whether a text would not be read as it must be, so that nothing is printed.
    #[must_use]
    pub fn bars_printing(&self) -> bool {
        match self {
            Self::Shortened { .. } | Self::InTheSymbol { .. } => true,
            Self::SmallLetters { .. }
            | Self::NearTheCut { .. }
            | Self::Crowded { .. }
            | Self::Touching { .. } => false,
        }
    }
}
