//! Codes, design and layout become sheets of stamps as PDF.
//!
//! Pure: fonts, artwork and codes arrive as bytes, pages leave through [`std::io::Write`], and the
//! same job gives the same bytes on any machine and any day. In the order of the work: a [`Layout`]
//! says how a paper is printed, a [`Design`] what stamps look like, an [`Imposition`] puts the one
//! on the other, [`qr`] makes the symbols, and [`write_sheets`] writes page after page.

pub mod bitmap;
mod code128;
mod colour;
pub mod design;
pub mod dimensions;
pub mod geometry;
pub mod imposition;
pub mod layout;
mod pdf;
pub mod plate;
pub mod prepress;
pub mod proof;
pub mod qr;
pub mod sheet;
mod sketch;
mod symbol_file;
pub mod test_sheet;
mod zpl;
pub mod zpl_reader;

pub use bitmap::Bitmap;
pub use design::{Design, DesignError, Guard, Label};
pub use imposition::{Imposition, Placement, StampSize};
pub use layout::{Layout, LayoutError};
pub use pdf::declaration::OutputIntent;
pub use pdf::font::{FontError, FontFiles, Fonts};
pub use plate::{LeftOut, Plate, UnknownPlate};
pub use prepress::Standard;
pub use qr::{ErrorCorrection, QrError};
pub use sheet::label::{LabelError, Roll, write_labels};
pub use sheet::separation::{SeparatedSheet, separate};
pub use sheet::{Face, Job, Printed, SheetError, SheetFault, Split, Volume, Warning, write_sheets};
pub use symbol_file::SymbolFiles;
