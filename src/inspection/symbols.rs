//! Finding and reading QR symbols; the only file that names the decoder.
//!
//! The decoder's own steps are taken one by one, because its reader stops at the first symbol.

use rxing::common::{BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR,
};
use rxing::{Binarizer, Luma8LuminanceSource};

use super::modules;
use super::picture::Gray;
use super::projection::Point;
use crate::code::uri;
use crate::domain::serial::Serial;

/// The two sides of a symbol, seen aslant, differ by no more than this.
const SIDES_RATIO_MAX: f64 = 1.7;
/// The cosine of the angle between them is no more than this: 60° to 120°.
const COSINE_MAX: f64 = 0.5;

/// … and modules within and between finder patterns by no more than this part.
const SIZES_PART_MAX: f64 = 0.15;
/// How far around a blurred picture is looked to sharpen it, in pixels.
const SHARPENED_PX: f32 = 3.0;

/// Threes of finder patterns that are tried: a blurred sheet of 42 stamps has about 5,000.
const SETS_MAX: usize = 50_000;

/// What a symbol says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// The code of a stamp.
    Stamp(Serial),
    /// Something else.
    Other(String),
}

impl Reading {
    fn of(text: String) -> Self {
        match uri::read(&text) {
            Ok(scanned) => Self::Stamp(scanned.serial),
            Err(_) => Self::Other(text),
        }
    }

    /// The serial, if it is a stamp's.
    #[must_use]
    pub fn serial(&self) -> Option<Serial> {
        match self {
            Self::Stamp(serial) => Some(*serial),
            Self::Other(_) => None,
        }
    }
}

/// A symbol that was read, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    pub(super) reading: Reading,
    /// Middles of the finder patterns: upper left, upper right, lower left.
    pub(super) finders: [Point; 3],
    /// Modules along a side.
    pub(super) modules: u32,
    /// Whether it was seen the wrong way round.
    pub(super) is_mirrored: bool,
}

impl Symbol {
    /// Its middle: half-way between two opposite corners.
    pub(super) fn middle(&self) -> Point {
        let [_, (ax, ay), (bx, by)] = self.finders;
        (f64::midpoint(ax, bx), f64::midpoint(ay, by))
    }

    /// Length of a module in pixels: the mean of both sides.
    pub(super) fn module_px(&self) -> f64 {
        let [corner, right, low] = self.finders;
        let modules = f64::from(self.modules.saturating_sub(7).max(1));
        f64::midpoint(distance(corner, right), distance(corner, low)) / modules
    }

    /// Length of a side in pixels.
    pub(super) fn side_px(&self) -> f64 {
        self.module_px() * f64::from(self.modules)
    }

    pub(super) fn scaled(self, (x, y): (f64, f64)) -> Self {
        self.moved(|point| Some((point.0 * x, point.1 * y))).unwrap_or_else(|same| same)
    }

    /// The same with its points elsewhere; unchanged where one has no place there.
    pub(super) fn moved(self, to: impl Fn(Point) -> Option<Point>) -> Result<Self, Self> {
        match self.finders.map(to) {
            [Some(a), Some(b), Some(c)] => Ok(Self { finders: [a, b, c], ..self }),
            _ => Err(self),
        }
    }
}

pub(super) fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// All symbols that can be read, with a threshold that follows the light over the picture.
pub(super) fn find(picture: &Gray) -> Vec<Symbol> {
    let Some(source) = source(picture) else { return Vec::new() };
    HybridBinarizer::new(source).get_black_matrix().map_or_else(|_| Vec::new(), in_matrix)
}

/// The same with one threshold for all.
pub(super) fn find_evenly_lit(picture: &Gray) -> Vec<Symbol> {
    let Some(source) = source(picture) else { return Vec::new() };
    GlobalHistogramBinarizer::new(source).get_black_matrix().map_or_else(|_| Vec::new(), in_matrix)
}

/// The same for a blurred picture: patterns are found in the sharpened one, and what cannot be read
/// as it is, is read from the light at the middles of its modules.
pub(super) fn find_blurred(picture: &Gray) -> Vec<Symbol> {
    let source = picture.sharpened(SHARPENED_PX).as_ref().and_then(source);
    let Some(source) = source else { return Vec::new() };
    let read = |matrix: &BitMatrix| {
        in_matrix_of(matrix, |three, modules| modules::read(&middles(picture, three, modules)?))
    };
    HybridBinarizer::new(source).get_black_matrix().map_or_else(|_| Vec::new(), read)
}

/// What modules say whose places are known.
pub(super) fn read_modules(dark: &[Vec<bool>]) -> Option<Reading> {
    decoded(&BitMatrix::parse_bools(dark)).map(|(reading, _)| reading)
}

fn source(picture: &Gray) -> Option<Luma8LuminanceSource> {
    Luma8LuminanceSource::new(picture.luma.clone(), picture.width, picture.height).ok()
}

fn in_matrix(matrix: &BitMatrix) -> Vec<Symbol> {
    in_matrix_of(matrix, |_, _| None)
}

/// All symbols of a matrix of pixels. What these do not say may be read `otherwise`, from the
/// middles of the finder patterns and the number of modules.
fn in_matrix_of(
    matrix: &BitMatrix,
    otherwise: impl Fn(&[Point; 3], u32) -> Option<Reading>,
) -> Vec<Symbol> {
    let mut patterns = FindFinderPatterns(matrix, true, 0);
    let mut found: Vec<Symbol> = Vec::new();
    let mut used = Vec::new();
    let sets = GenerateFinderPatternSets(&mut patterns).into_iter().filter(is_square);
    for set in sets.take(SETS_MAX) {
        let three = [set.tl.p, set.tr.p, set.bl.p];
        if three.iter().any(|point| used.contains(point)) {
            continue;
        }
        let Ok(sampled) = SampleQR(matrix, &set) else { continue };
        let modules = sampled.getBits().height();
        let finders = three.map(|point| (f64::from(point.x), f64::from(point.y)));
        let seen = decoded(sampled.getBits());
        let sized = || is_sized(&set, modules);
        let harder = || sized().then(|| otherwise(&finders, modules)).flatten();
        let seen = seen.or_else(|| harder().map(|reading| (reading, false)));
        if let Some((reading, is_mirrored)) = seen {
            used.extend(three);
            found.push(Symbol { reading, finders, modules, is_mirrored });
        }
    }
    found
}

/// What modules say, and whether the wrong way round.
fn decoded(modules: &BitMatrix) -> Option<(Reading, bool)> {
    let decoded = Decode(modules).ok()?;
    decoded.isValid().then(|| (Reading::of(decoded.text()), decoded.isMirrored()))
}

/// The light at the middles of modules between three finder patterns.
fn middles(picture: &Gray, finders: &[Point; 3], modules: u32) -> Option<Gray> {
    let [(x, y), (right_x, right_y), (low_x, low_y)] = *finders;
    let between = f64::from(modules.checked_sub(7).filter(|&it| it > 0)?);
    let part = |module: u32| (f64::from(module) - 3.0) / between;
    let at = |row: u32, column: u32| {
        let (right, down) = (part(column), part(row));
        let x = x + (right_x - x) * right + (low_x - x) * down;
        picture.byte_at((x, y + (right_y - y) * right + (low_y - y) * down))
    };
    let luma = (0..modules).flat_map(|row| (0..modules).map(move |column| (row, column)));
    let luma = luma.map(|(row, column)| at(row, column)).collect();
    Some(Gray { width: modules, height: modules, luma })
}

fn is_square(set: &FinderPatternSet) -> bool {
    let side = |to: rxing::Point| (f64::from(to.x - set.tl.p.x), f64::from(to.y - set.tl.p.y));
    let ((ax, ay), (bx, by)) = (side(set.tr.p), side(set.bl.p));
    let (a, b) = (ax.hypot(ay), bx.hypot(by));
    let cosine = (ax * bx + ay * by) / (a * b).max(f64::MIN_POSITIVE);
    a.max(b) < SIDES_RATIO_MAX * a.min(b) && cosine.abs() < COSINE_MAX
}

/// Whether modules are as large between the finder patterns as in them, of which each has seven.
fn is_sized(set: &FinderPatternSet, modules: u32) -> bool {
    let point = |at: rxing::Point| (f64::from(at.x), f64::from(at.y));
    let corner = point(set.tl.p);
    let sides = distance(corner, point(set.tr.p)) + distance(corner, point(set.bl.p));
    let between = sides / 2.0 / f64::from(modules.saturating_sub(7).max(1));
    let within = f64::from(set.tl.size + set.tr.size + set.bl.size) / 21.0;
    (between / within - 1.0).abs() < SIZES_PART_MAX
}
