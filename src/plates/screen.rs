//! Tints as dots.

/// How tints become dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Dots that grow, at 45° and 8 / √2 = 5.7 of the device's to the line: 106 lines to the inch at
    /// 600 dpi, 212 at 1200. Presses hold it steady.
    Clustered,
    /// Single dots spread evenly (Bayer): finer at the low resolutions of label printers.
    Dispersed,
}

type Thresholds = [[u8; 8]; 8];

/// In which order the dots of a tile become black as a tint darkens: two clusters, so that the
/// screen stands at 45° (Ulichney, Digital Halftoning, "classical screen").
const CLUSTERED: Thresholds = [
    [24, 10, 12, 26, 35, 47, 49, 37],
    [8, 0, 2, 14, 45, 59, 61, 51],
    [22, 6, 4, 16, 43, 57, 63, 53],
    [30, 20, 18, 28, 33, 41, 55, 39],
    [34, 46, 48, 36, 25, 11, 13, 27],
    [44, 58, 60, 50, 9, 1, 3, 15],
    [42, 56, 62, 52, 23, 7, 5, 17],
    [32, 40, 54, 38, 31, 21, 19, 29],
];
const DISPERSED: Thresholds = [
    [0, 32, 8, 40, 2, 34, 10, 42],
    [48, 16, 56, 24, 50, 18, 58, 26],
    [12, 44, 4, 36, 14, 46, 6, 38],
    [60, 28, 52, 20, 62, 30, 54, 22],
    [3, 35, 11, 43, 1, 33, 9, 41],
    [51, 19, 59, 27, 49, 17, 57, 25],
    [15, 47, 7, 39, 13, 45, 5, 37],
    [63, 31, 55, 23, 61, 29, 53, 21],
];

impl Screen {
    /// Whether a dot of a tint is black; `lightness` is 0 for black, 255 for white.
    #[must_use]
    pub fn is_black(self, lightness: u8, x: u32, y: u32) -> bool {
        let tile = match self {
            Self::Clustered => &CLUSTERED,
            Self::Dispersed => &DISPERSED,
        };
        let row = tile.get((y % 8) as usize);
        let rank = row.and_then(|row| row.get((x % 8) as usize)).copied().unwrap_or(0);
        // Black from the darkness that lies in the middle of the rank's step.
        u32::from(255 - lightness) * 128 >= (2 * u32::from(rank) + 1) * 255
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tint_has_as_many_black_dots_as_it_is_dark() {
        for screen in [Screen::Clustered, Screen::Dispersed] {
            let black = |lightness: u8| {
                let dots = (0..64).filter(|at| screen.is_black(lightness, at % 8, at / 8));
                dots.count()
            };
            assert_eq!([black(255), black(0), black(127), black(224)], [0, 64, 32, 8]);
        }
    }

    #[test]
    fn every_rank_of_a_tile_is_there_once() {
        for tile in [CLUSTERED, DISPERSED] {
            let mut ranks: Vec<u8> = tile.into_iter().flatten().collect();
            ranks.sort_unstable();
            assert!(ranks.into_iter().eq(0..64));
        }
    }
}
