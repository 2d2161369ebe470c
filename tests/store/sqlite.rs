//! The suite on SQLite.

use crate::on_sqlite as open;

#[path = "suite/mod.rs"]
mod suite;
