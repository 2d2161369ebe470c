//! A finished symbol.

use super::{Lines, MAX_VERSION};

/// Modules along one side of the largest symbol.
pub(super) const MAX_SIZE: usize = 17 + 4 * MAX_VERSION as usize;

/// A QR symbol without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    version: u8,
    mask: u8,
    rows: Lines,
}

impl Symbol {
    /// Modules of light margin that a reader needs on each side (ISO/IEC 18004, 6.3.8).
    pub const QUIET_ZONE: u32 = 4;

    pub(super) fn new(version: u8, mask: u8, rows: &Lines) -> Self {
        Self { version, mask, rows: *rows }
    }

    /// The version, 1 to [`MAX_VERSION`].
    #[must_use]
    pub fn version(&self) -> u8 {
        self.version
    }

    /// The mask pattern, 0 to 7 (ISO/IEC 18004, table 10).
    #[must_use]
    pub fn mask(&self) -> u8 {
        self.mask
    }

    /// Modules along one side: `17 + 4 × version`.
    #[must_use]
    pub fn size(&self) -> u32 {
        17 + 4 * u32::from(self.version)
    }

    /// The rows from the top; bit `x` is the module in column `x`, a one is dark.
    #[must_use]
    pub fn rows(&self) -> &[u64] {
        self.rows.get(..self.size() as usize).unwrap_or(&self.rows)
    }

    /// Whether the module in column `x` of row `y` is dark; outside the symbol all is light.
    #[must_use]
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        let row = self.rows().get(y as usize).copied().unwrap_or(0);
        row.checked_shr(x).unwrap_or(0) & 1 == 1
    }

    /// Appends the symbol as samples of a 1-bit image mask: rows from the top, each padded to
    /// whole bytes, leftmost module in the highest bit, **zero for dark** (a mask paints where
    /// the sample is 0: ISO 32000-1, 8.9.6.2).
    pub fn write_mask(&self, out: &mut Vec<u8>) {
        let bytes = self.size().div_ceil(8) as usize;
        for row in self.rows() {
            let samples = (!row.reverse_bits()).to_be_bytes();
            out.extend(samples.iter().take(bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mask_bytes_hold_zero_for_dark_from_the_left() {
        let mut rows = [0; MAX_SIZE];
        rows[0] = 0b101;
        let symbol = Symbol::new(1, 0, &rows);
        let mut bytes = Vec::new();
        symbol.write_mask(&mut bytes);
        assert_eq!(bytes.len(), 21 * 3);
        assert_eq!(bytes[..3], [0b0101_1111, 0xFF, 0xFF]);
    }
}
