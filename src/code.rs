//! The stamp code, format 1: what one stamp carries, as text and back.
//!
//! `docs/CODE-FORMAT.md` is the public specification, with test vectors. Pure: no keys, no
//! register, no randomness.

mod alphabet;
mod keyboard;
mod reading;
pub mod receipt;
pub mod text;
pub mod uri;
