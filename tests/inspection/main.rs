//! Printed sheets as a scanner or a phone would give them back: rendered, degraded, spoiled by
//! hand, and looked at.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod canvas;
mod degraded;
mod measure;
mod pages;
mod pictures;
#[path = "../support/render.rs"]
#[expect(dead_code, reason = "cells are decoded by the program itself here")]
mod render;
mod sheet;
mod spoiled;
mod unclear;
mod whole;
