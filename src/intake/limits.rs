//! What a file may hold at most, so that no upload can exhaust the machine.
//!
//! A real annex of 600 rows is about 100 KB. These limits are far above it, and `tests/intake` holds
//! files made to exhaust the reader under 256 MiB of memory. Workbooks are zip files: what they claim
//! about themselves is not believed.

/// Bytes of a file as it arrives.
pub const FILE_BYTES: usize = 8 << 20;

/// Parts in a workbook's zip.
pub const WORKBOOK_PARTS: usize = 512;

/// Bytes of a workbook's XML parts, unpacked.
pub const UNPACKED_BYTES: u64 = 24 << 20;

/// Product of the number of tags in a workbook's style part and the length of the longest: every
/// cell style gets a copy of its font, so a long name used often would multiply.
pub const STYLE_PRODUCT: usize = 64 << 20;

/// Sheets of a workbook.
pub const SHEETS: usize = 64;

/// Last row that may hold anything.
pub const ROWS: u32 = 20_000;

/// Columns of a table.
pub const COLUMNS: usize = 64;

/// Cells that are not empty.
pub const CELLS: usize = 500_000;

/// Bytes of text in all cells together (a workbook may name one long text in many cells).
pub const TEXT_BYTES: usize = 16 << 20;

/// Bytes of all formulas together (a workbook may share one long formula among many cells).
pub const FORMULA_BYTES: usize = 8 << 20;

/// Rows from the top among which the headings are looked for.
pub const ROWS_ABOVE_HEADINGS: usize = 20;

/// Rows that headings may take together.
pub const HEADING_ROWS: usize = 3;

/// Letters in the name of a producer, a product or an authority.
pub const NAME_LETTERS: usize = 300;

/// Letters in an address.
pub const ADDRESS_LETTERS: usize = 500;

/// Letters in a decision's number or a net quantity.
pub const SHORT_LETTERS: usize = 100;
