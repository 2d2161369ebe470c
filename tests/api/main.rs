//! The service as a browser, a phone or a program meets it: over a real connection, with a real
//! register behind it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

mod codes;
#[path = "../support/desk.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod desk;
mod downloads;
#[path = "../vectors/forms.rs"]
#[expect(dead_code, reason = "what a reader says offline is tested with the vectors")]
mod forms;
mod headers;
mod look_up;
mod matrix;
mod scans;
mod support;
