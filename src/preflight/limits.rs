//! Limits: of what is looked at in a file from outside, and of what is called printable.

/// Bytes a compressed stream may grow to before it is left alone.
pub const DECODED_BYTES_MAX: usize = 256 << 20;
/// Bytes by which one byte can grow under the densest filter.
pub(super) const EXPANSION_MAX: usize = 1400;
/// Bytes of metadata read.
pub(super) const XMP_BYTES_MAX: usize = 4 << 20;
/// Bytes of content read in a file, those of forms each time they are run.
pub const CONTENT_BYTES_MAX: usize = 2 << 30;
/// Bytes of a function by which it is told from others.
pub(super) const FUNCTION_BYTES_MAX: usize = 64 << 10;
/// Operators read in a file.
pub const OPERATORS_MAX: u64 = 100_000_000;
/// Operators that placing a form or an image counts as, for the time it takes.
pub(super) const PLACING_OPERATORS: u64 = 20;
/// Dictionaries, arrays and streams looked at in a file.
pub const OBJECTS_MAX: u64 = 10_000_000;
/// Forms, patterns and glyphs that may lie in each other.
pub const NESTING_MAX: usize = 20;
/// Graphics states that a content stream may save.
pub(super) const SAVED_STATES_MAX: usize = 4096;
/// Runs of the same form under different circumstances that are told apart.
pub(super) const FORM_RUNS_MAX: usize = 200_000;
/// Colour spaces that may lie in each other.
pub(super) const SPACE_NESTING_MAX: usize = 8;
/// Findings listed for each rule; more are counted.
pub const FINDINGS_PER_RULE_MAX: usize = 20;
/// Faults listed of a cross-reference table.
pub(super) const XREF_FAULTS_MAX: usize = 5;
/// Cross-reference sections followed.
pub(super) const XREF_SECTIONS_MAX: usize = 256;
/// Levels of the page tree and of document parts followed.
pub(super) const TREE_LEVELS_MAX: usize = 64;

/// Play of page boxes, in points: less than any press shows.
pub(super) const BOX_PLAY_PT: f64 = 0.01;
/// Lines thinner than this are hairlines, in points (0.088 mm).
pub const LINE_WIDTH_PT_MIN: f64 = 0.25;
/// Text smaller than this fills in, in points.
pub const TEXT_SIZE_PT_MIN: f64 = 4.0;
/// Black this dark is meant to be black.
pub const BLACK_MIN: f64 = 0.9;
/// Sum of the inks on one spot, 1 for each ink in full tone.
pub const TOTAL_INK_MAX: f64 = 3.2;
/// Separations of a file: four process inks and four more.
pub const PLATES_MAX: usize = 8;
/// Resolution below which pictures look coarse, in dots per inch.
pub const IMAGE_DPI_MIN: f64 = 150.0;
/// Pictures with fewer pixels on a side are areas of colour, not pictures.
pub(super) const IMAGE_PIXELS_MIN: f64 = 16.0;
/// Resolution below which the edges of 1-bit images show steps, in dots per inch.
pub const BITMAP_DPI_MIN: f64 = 550.0;
/// 1-bit images coarser than this are modules of a symbol: each sample is four dots or more at
/// 600 dpi, and sharp by itself.
pub const BITMAP_DPI_MODULES: f64 = 150.0;

/// Names of spot colours that are taken for die lines, in lower case without marks, spaces or hyphens.
#[rustfmt::skip]
pub const DIE_LINE_NAMES: &[&str] = &[
    "c", "die", "diecut", "diecutting", "diecutter", "cut", "cutcontour", "cutter", "cutting", "cutpath",
    "kiss", "kisscut", "kisscutting", "kisscutcontour", "thrucut", "thrucutcontour", "throughcut", "halfcut",
    "crease", "creasing", "cutcrease", "cutandcrease", "fold", "folding", "score", "scoring",
    "perf", "perfcut", "perfcutcontour", "perforate", "perforating", "perforation",
    // German, French, Dutch, Spanish, Italian.
    "stanz", "stanze", "stanzen", "stanzform", "stanzung", "rill", "rillen", "rillung", "decoupe", "formededecoupe", "stans",
    "stansen", "troquel", "troquelado", "fustella", "cordonatura",
    // Vietnamese: bế (to cut by a die), cấn (to crease), cắt (to cut), khuôn (the die).
    "be", "bedut", "bedemi", "khuonbe", "duongbe", "netbe", "canbe", "becan", "duongcan", "khuoncan",
    "duongcat", "khuoncat", "catbe", "becat",
];
/// What such names may end in.
pub(super) const DIE_LINE_ENDINGS: &[&str] =
    &["lines", "line", "layer", "contour", "kontur", "konturen", "linie", "linien", "lijn"];
/// What stands in the name of a processing step that cuts or folds (ISO 19593-1, table 3).
pub(super) const DIE_STEPS: &[&str] =
    &["Cutting", "Creasing", "Perforating", "Folding", "Punching", "Drilling"];
