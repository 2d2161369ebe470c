//! The suite on PostgreSQL.

use crate::on_postgresql as open;

#[path = "suite/mod.rs"]
mod suite;
