//! QR Code symbols (ISO/IEC 18004), versions 1 to 10, fast enough for runs of a million.
//!
//! The `qrcode` crate chooses the segments, writes the bit stream and computes the error
//! correction. Its own placing and masking walk a slow grid eight times, which is nearly all of
//! its time; here modules go into rows of one machine word each, through tables made once per
//! version and level, and the eight masks are scored with bit operations. Version, mask and
//! modules are those of [`qrcode::QrCode::with_error_correction_level`], symbol for symbol.

mod grid;
mod penalty;
mod symbol;

pub use symbol::Symbol;

use qrcode::{EcLevel, Version, bits, ec};
use thiserror::Error;

/// The largest version made here: 57 × 57 modules, so that a row fits a 64-bit word.
pub const MAX_VERSION: u8 = 10;

/// Rows or columns of a symbol: bit `n` is module `n`, a one is dark.
pub(crate) type Lines = [u64; symbol::MAX_SIZE];

/// How much of a symbol may be damaged and still be read (ISO/IEC 18004, 7.5.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ErrorCorrection {
    /// About 7 % of the codewords.
    L,
    /// About 15 %: the usual choice for stamps.
    #[default]
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

impl ErrorCorrection {
    /// Every level, weakest first.
    pub const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];

    fn level(self) -> EcLevel {
        match self {
            Self::L => EcLevel::L,
            Self::M => EcLevel::M,
            Self::Q => EcLevel::Q,
            Self::H => EcLevel::H,
        }
    }
}

/// Why a text has no symbol.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum QrError {
    /// The text needs a symbol larger than [`MAX_VERSION`].
    #[error("the text of {bytes} bytes needs a QR symbol larger than version {MAX_VERSION}")]
    TooLong {
        /// Length of the text in UTF-8.
        bytes: usize,
    },
}

/// Encodes a text as the smallest symbol of the given level.
///
/// # Errors
/// [`QrError::TooLong`] where no version up to [`MAX_VERSION`] holds the text.
pub fn encode(text: &str, level: ErrorCorrection) -> Result<Symbol, QrError> {
    let too_long = QrError::TooLong { bytes: text.len() };
    let bits = bits::encode_auto(text.as_bytes(), level.level()).ok().ok_or(too_long)?;
    let version = bits.version();
    let grid = grid::of(version, level).ok_or(too_long)?;
    let (data, correction) =
        ec::construct_codewords(&bits.into_bytes(), version, level.level()).ok().ok_or(too_long)?;
    let placed = grid.place(data.iter().chain(&correction).copied());
    let (mask, rows) = grid.best_mask(&placed);
    Ok(Symbol::new(number(version), mask, &rows))
}

fn number(version: Version) -> u8 {
    match version {
        Version::Normal(number) | Version::Micro(number) => u8::try_from(number).unwrap_or(u8::MAX),
    }
}
