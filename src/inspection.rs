//! A scan or photo of a printed sheet → what became of each of its stamps.
//!
//! Every QR symbol in the picture is read; those in their places say where the page lies in it,
//! turned or seen aslant as it may be. Then each place that gave nothing is cut out upright and
//! looked at harder. Pure: the bytes of a picture and what is expected in, a report out. Of a
//! design this room knows nothing but that its symbol is at the same place in every cell.

mod closer;
mod locate;
mod modules;
mod patch;
mod picture;
mod projection;
mod report;
mod sharpness;
mod symbols;

use crate::domain::serial::Serial;
use crate::pictures::Pictures;

use self::locate::locate;
use self::picture::{Gray, levels};
use self::symbols::{Symbol, find, find_blurred};

pub use self::picture::{BYTES_MAX, PIXELS_MAX, PictureError};
pub use self::report::{CellReport, CellState, Report};
pub use self::symbols::Reading;

/// The length of the longer side, in pixels, that a whole picture is first searched at: 300 dpi of
/// A4 is 3508. Finer ones only cost time.
const SEARCHED_PX_MAX: u32 = 4_500;
/// With fewer symbols than these a page cannot be found: other ways are tried.
const FOUND_MIN: usize = 2;
/// How often the page's place is reckoned anew with what was read since.
const ROUNDS: usize = 3;

/// What a sheet should carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Width and height of the page.
    pub page_mm: (f64, f64),
    /// Its stamps, in any order; one a cell.
    pub cells: Vec<ExpectedCell>,
}

/// One stamp of a sheet, and its trim, measured from the upper left corner of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedCell {
    /// The cell's number on the sheet, from 1.
    pub cell: u32,
    /// The stamp that belongs there.
    pub serial: Serial,
    /// Left edge of the trim.
    pub x_mm: f64,
    /// Upper edge of the trim.
    pub y_mm: f64,
    /// Width of the trim.
    pub width_mm: f64,
    /// Height of the trim.
    pub height_mm: f64,
}

impl ExpectedCell {
    /// The middle of the trim.
    fn middle(&self) -> (f64, f64) {
        (self.x_mm + self.width_mm / 2.0, self.y_mm + self.height_mm / 2.0)
    }
}

/// A picture, and the symbols found in it at first sight.
#[derive(Debug)]
pub struct Scan {
    /// The picture, and halves of it, largest first.
    levels: Vec<Gray>,
    symbols: Vec<Symbol>,
}

impl Scan {
    /// Reads every picture of a file (PNG, JPEG or TIFF), one after the other: large ones need not be
    /// in memory together. `look` gets each with its number, from 1, and how many there are.
    ///
    /// # Errors
    /// [`PictureError`], and those of `look`.
    pub fn each<E: From<PictureError>>(
        bytes: &[u8],
        mut look: impl FnMut(Self, (usize, usize)) -> Result<(), E>,
    ) -> Result<(), E> {
        if bytes.len() > BYTES_MAX {
            return Err(PictureError::TooLong(bytes.len()).into());
        }
        let pictures = Pictures::of(bytes).map_err(PictureError::from)?;
        for at in 0..pictures.count() {
            look(Self::of(&pictures.file(at))?, (at + 1, pictures.count()))?;
        }
        Ok(())
    }

    /// Reads a file of one picture (PNG, JPEG or TIFF) and searches it for symbols.
    ///
    /// # Errors
    /// [`PictureError`]: also where the file has several pictures.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let pictures = Pictures::of(bytes)?;
        if pictures.count() > 1 {
            return Err(PictureError::Pages);
        }
        Self::of(&pictures.file(0))
    }

    fn of(bytes: &[u8]) -> Result<Self, PictureError> {
        let levels = levels(picture::decode(bytes)?);
        let usual = levels.iter().position(|level| level.longer() <= SEARCHED_PX_MAX);
        let usual = usual.unwrap_or_default();
        let symbols = first_sight(&levels, usual);
        let mirrored = symbols.iter().filter(|symbol| symbol.is_mirrored).count();
        if 2 * mirrored > symbols.len() {
            return Err(PictureError::Mirrored);
        }
        Ok(Self { levels, symbols })
    }

    /// What was read at first sight, to find out which sheet this is. [`Scan::inspect`] reads more.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.symbols.iter().map(|symbol| &symbol.reading)
    }

    /// What became of each stamp of a sheet that this should be a picture of.
    #[must_use]
    pub fn inspect(&self, expected: &Expected) -> Report {
        let mut symbols = self.symbols.clone();
        let mut place = locate(expected, &symbols);
        for _ in 0..ROUNDS {
            let Some(known) = &place else { break };
            let more = closer::look(&self.levels, expected, &symbols, known);
            if more.is_empty() {
                break;
            }
            symbols.extend(more);
            place = locate(expected, &symbols);
        }
        let view = place.as_ref().map(|place| report::View { levels: &self.levels, place });
        report::report(expected, symbols, view)
    }
}

/// The symbols of a picture, searched at a usual size, then in other ways until some are found.
fn first_sight(levels: &[Gray], usual: usize) -> Vec<Symbol> {
    let Some((whole, level)) = levels.first().zip(levels.get(usual)) else { return Vec::new() };
    let search = |find: fn(&Gray) -> Vec<Symbol>, level: &Gray| -> Vec<Symbol> {
        let scale = whole.scale_of(level);
        find(level).into_iter().map(|symbol| symbol.scaled(scale)).collect()
    };
    let finer = usual.checked_sub(1).and_then(|at| levels.get(at));
    let coarser = levels.get(usual + 1);
    let ways: [&dyn Fn() -> Option<Vec<Symbol>>; 5] = [
        &|| Some(search(find, level)),
        &|| Some(search(find_blurred, level)),
        &|| Some(search(find_blurred, &level.enlarged(SEARCHED_PX_MAX)?)),
        // Symbols too fine or too coarse for that size: very large sheets, very large cells.
        &|| Some(search(find, finer?)),
        &|| Some(search(find, coarser?)),
    ];
    let mut best = Vec::new();
    for way in ways {
        if best.len() < FOUND_MIN
            && let Some(found) = way().filter(|found| found.len() > best.len())
        {
            best = found;
        }
    }
    best
}
