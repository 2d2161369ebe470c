//! The checker of print files on files that are right, and on the same files broken in one place
//! at a time.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod cases;
mod faults;
mod file;
mod hostile;
mod right;
mod seeded;
mod special;
