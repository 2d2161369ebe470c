//! Codes, design and layout become sheets of stamps as PDF.
//!
//! Pure: fonts and codes arrive as bytes, pages leave through [`std::io::Write`], and the same
//! job gives the same bytes on any machine and any day. In the order of the work: a
//! [`Layout`] says where stamps lie, a [`Design`] what they look like, [`qr`] makes the symbols,
//! and [`write_sheets`] writes page after page.

pub mod design;
pub mod geometry;
pub mod imposition;
mod pdf;
pub mod qr;
pub mod sheet;

pub use design::Design;
pub use imposition::{Layout, Placement};
pub use pdf::font::{FontError, FontFiles, Fonts};
pub use qr::{ErrorCorrection, QrError};
pub use sheet::{Face, Job, Printed, SheetError, Volume, Warning, write_sheets};
