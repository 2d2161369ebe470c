//! Papers that go with the stamps, composed with printpdf.
//!
//! Pure like [`crate::printing`]: facts come in, bytes go out, the same for the same facts.

pub mod job_ticket;
mod paper;

pub use paper::{PaperError, PaperFonts};
