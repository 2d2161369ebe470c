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

    /// The runs of dark modules: row, first column, length; rows from the top.
    pub fn runs(&self) -> impl Iterator<Item = (u32, u32, u32)> + '_ {
        let rows = (0_u32..).zip(self.rows());
        rows.flat_map(|(row, modules)| runs_of(*modules).map(move |(at, length)| (row, at, length)))
    }

    /// Appends the symbol like [`write_mask`](Self::write_mask), each module as `scale` samples
    /// square and every dark edge drawn back by `shaving` samples, at most half a module.
    pub fn write_shaved_mask(&self, scale: u32, shaving: u32, out: &mut Vec<u8>) {
        let shaving = shaving.min(scale / 2);
        let row = |at: Option<usize>| at.and_then(|at| self.rows().get(at)).copied().unwrap_or(0);
        for (at, modules) in self.rows().iter().enumerate() {
            // Near a light neighbour above or below nothing is painted.
            let parts = [
                (modules & row(at.checked_sub(1)), shaving),
                (*modules, scale - 2 * shaving),
                (modules & row(at.checked_add(1)), shaving),
            ];
            for (modules, times) in parts {
                let line = shaved_line(modules, self.size(), scale, shaving);
                for _ in 0..times {
                    out.extend_from_slice(&line);
                }
            }
        }
    }
}

/// First column and length of each run of ones.
fn runs_of(modules: u64) -> impl Iterator<Item = (u32, u32)> {
    let mut rest = modules;
    let mut column = 0;
    std::iter::from_fn(move || {
        let light = rest.trailing_zeros();
        if rest == 0 {
            return None;
        }
        rest >>= light;
        let dark = rest.trailing_ones();
        let run = (column + light, dark);
        rest = rest.checked_shr(dark).unwrap_or(0);
        column += light + dark;
        Some(run)
    })
}

/// One line of samples: runs of dark modules, drawn back at both ends.
fn shaved_line(modules: u64, size: u32, scale: u32, shaving: u32) -> Vec<u8> {
    let mut line = vec![0xFF_u8; (size * scale).div_ceil(8) as usize];
    for (column, length) in runs_of(modules) {
        for sample in column * scale + shaving..(column + length) * scale - shaving {
            if let Some(byte) = line.get_mut((sample / 8) as usize) {
                *byte &= !(0x80 >> (sample % 8));
            }
        }
    }
    line
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

    #[test]
    fn runs_are_the_dark_modules_of_each_row() {
        let mut rows = [0; MAX_SIZE];
        rows[1] = 0b1_0110_0111;
        rows[3] = 1 << 20;
        let symbol = Symbol::new(1, 0, &rows);
        let runs: Vec<_> = symbol.runs().collect();
        assert_eq!(runs, [(1, 0, 3), (1, 5, 2), (1, 8, 1), (3, 20, 1)]);
    }

    #[test]
    fn shaving_draws_back_dark_edges_and_nothing_between_dark_neighbours() {
        let mut rows = [0; MAX_SIZE];
        (rows[1], rows[2]) = (0b110, 0b110);
        let symbol = Symbol::new(1, 0, &rows);
        let dark = |scale: u32, shaving: u32| {
            let mut mask = Vec::new();
            symbol.write_shaved_mask(scale, shaving, &mut mask);
            mask.iter().map(|byte| byte.count_zeros()).sum::<u32>()
        };
        assert_eq!(dark(8, 0), 16 * 16);
        assert_eq!(dark(8, 1), 14 * 14);
        assert_eq!(dark(8, 3), 10 * 10);
    }
}
