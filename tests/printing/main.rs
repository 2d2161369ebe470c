//! Sheets and papers as a print shop would see them: parsed, rendered, decoded.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod cells;
mod designs;
mod dots;
mod file;
mod fonts;
mod golden;
mod job;
mod labels;
mod official;
mod overlays;
mod own;
mod papers;
mod plates;
mod qr;
#[path = "../support/render.rs"]
mod render;
mod sheets;
mod symbol_files;
