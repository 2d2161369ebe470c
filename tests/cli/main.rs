//! The program as a newcomer and as a script meet it: arguments in, answers and exit codes out.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

mod commands;
mod delivery;
mod demo;
mod designs;
mod import;
mod outputs;
mod pipes;
mod program;
mod proofs;
#[path = "../support/render.rs"]
mod render;
mod scan;
mod sheets;
mod shipping;
