//! Where the modules of a version go: tables made once per version and level.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and columns come from tables bounded by the symbol's size"
)]

use std::sync::OnceLock;

use qrcode::Version;
use qrcode::canvas::{Canvas, MaskPattern, Module};

use super::symbol::MAX_SIZE;
use super::{ErrorCorrection, Lines, MAX_VERSION, number, penalty};

const LEVELS: usize = ErrorCorrection::ALL.len();
const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The same modules twice, so that both directions are scored as words.
#[derive(Clone)]
pub(super) struct Placed {
    pub(super) rows: Lines,
    pub(super) columns: Lines,
}

impl Placed {
    fn blank() -> Self {
        Self { rows: [0; MAX_SIZE], columns: [0; MAX_SIZE] }
    }

    fn set(&mut self, x: usize, y: usize, dark: bool) {
        self.rows[y] |= u64::from(dark) << x;
        self.columns[x] |= u64::from(dark) << y;
    }
}

/// The tables of one version at one level.
pub(super) struct Grid {
    size: usize,
    /// Column and row of each data bit, in the order of the bit stream.
    order: Vec<(u8, u8)>,
    /// For each mask: function patterns, format and version bits, and the mask over the data
    /// modules. A symbol is its data XOR one of these.
    blanks: Vec<Placed>,
}

/// The tables of a version, or `None` beyond [`MAX_VERSION`].
pub(super) fn of(version: Version, level: ErrorCorrection) -> Option<&'static Grid> {
    static GRIDS: [OnceLock<Grid>; MAX_VERSION as usize * LEVELS] =
        [const { OnceLock::new() }; MAX_VERSION as usize * LEVELS];
    let place = usize::from(number(version)).checked_sub(1)? * LEVELS + level as usize;
    Some(GRIDS.get(place)?.get_or_init(|| Grid::new(version, level)))
}

impl Grid {
    fn new(version: Version, level: ErrorCorrection) -> Self {
        let mut canvas = Canvas::new(version, level.level());
        canvas.draw_all_functional_patterns();
        let width = version.width();
        let order = zigzag(width)
            .filter(|&(x, y)| canvas.get(x, y) == Module::Empty)
            .filter_map(|(x, y)| Some((u8::try_from(x).ok()?, u8::try_from(y).ok()?)))
            .collect();
        let blanks = MASKS.iter().map(|&mask| blank(&canvas, width, mask)).collect();
        Self { size: usize::from(width.unsigned_abs()), order, blanks }
    }

    /// Puts the codewords, highest bit first, where the standard wants them; remainder bits
    /// stay light.
    pub(super) fn place(&self, codewords: impl Iterator<Item = u8>) -> Placed {
        let mut placed = Placed::blank();
        for (codeword, modules) in codewords.zip(self.order.chunks(8)) {
            for (bit, &(x, y)) in modules.iter().enumerate() {
                let dark = u64::from(codeword >> (7 - bit) & 1);
                placed.rows[usize::from(y) % MAX_SIZE] |= dark << (x & 63);
                placed.columns[usize::from(x) % MAX_SIZE] |= dark << (y & 63);
            }
        }
        placed
    }

    /// The first mask of least penalty, and the finished rows under it.
    pub(super) fn best_mask(&self, data: &Placed) -> (u8, Lines) {
        let mut best = (u32::MAX, 0, data.rows);
        for (mask, blank) in (0..).zip(&self.blanks) {
            let rows = xor(&data.rows, &blank.rows);
            let columns = xor(&data.columns, &blank.columns);
            let score = penalty::score(&rows[..self.size], &columns[..self.size]);
            if score < best.0 {
                best = (score, mask, rows);
            }
        }
        (best.1, best.2)
    }
}

fn xor(a: &Lines, b: &Lines) -> Lines {
    std::array::from_fn(|line| a[line] ^ b[line])
}

/// A symbol without data under one mask.
fn blank(functions: &Canvas, width: i16, mask: MaskPattern) -> Placed {
    let mut canvas = functions.clone();
    canvas.apply_mask(mask);
    let mut placed = Placed::blank();
    for y in 0..width {
        for x in 0..width {
            let (column, row) = (usize::from(x.unsigned_abs()), usize::from(y.unsigned_abs()));
            placed.set(column, row, canvas.get(x, y).is_dark());
        }
    }
    placed
}

/// Column and row of every module in placing order: pairs of columns from the right, upwards
/// and downwards by turns, leaving out the timing column (ISO/IEC 18004, 7.7.3).
fn zigzag(width: i16) -> impl Iterator<Item = (i16, i16)> {
    const TIMING: i16 = 6;
    let pairs = (0..width / 2).map(move |pair| {
        let right = width - 1 - 2 * pair;
        if right <= TIMING { right - 1 } else { right }
    });
    pairs.enumerate().flat_map(move |(turn, right)| {
        (0..width).flat_map(move |step| {
            let y = if turn % 2 == 0 { width - 1 - step } else { step };
            [(right, y), (right - 1, y)]
        })
    })
}
