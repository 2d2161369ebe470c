//! Papers that go with the stamps, composed with printpdf.
//!
//! Pure like [`crate::printing`]: facts come in, bytes go out, the same for the same facts.

pub mod destruction;
mod fonts;
pub mod hand_over;
pub mod inspection;
pub mod job_ticket;
pub mod official;
pub mod order_slip;
mod paper;
pub mod reconciliation;
pub mod table;

pub use fonts::PaperFonts;
pub use paper::PaperError;
