//! A designer's proof: a page on the designer's own machine that shows a stamp while it is drawn,
//! and what is wrong with it, and renews itself when a file is saved.
//!
//! Local only, without a register. A tiny script asks whether the page has changed; without script,
//! the browser loads it anew every few seconds.

mod page;
mod server;

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use actix_web::rt::System;

use self::server::server;
use super::{Running, Signals, launch};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct ProofPage {
    /// Changes whenever anything on the page does: letters, digits and hyphens.
    pub version: String,
    /// Name of the design.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Name of the layout.
    pub layout: String,
    /// The stamp: none until it could be drawn once.
    pub stamp: Option<StampView>,
    /// What the design is, by names of the text catalogue (`proof.fact.*`); numbers with a point.
    pub facts: Vec<(&'static str, String)>,
    /// What should be looked at.
    pub findings: Vec<Finding>,
    /// Why nothing newer could be drawn.
    pub faults: Vec<Fault>,
    /// Files that the page shows or links to.
    pub files: Vec<ProofFile>,
}

/// Size and outline of a stamp, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StampView {
    /// Width of the cut stamp.
    pub width_mm: f64,
    /// Height of the cut stamp.
    pub height_mm: f64,
    /// How far the picture runs beyond the cut.
    pub bleed_mm: f64,
    /// Radius of its corners.
    pub corner_mm: f64,
}

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its name in the text catalogue (`proof.finding.*`).
    pub key: &'static str,
    /// What is filled in; numbers with a point.
    pub places: Vec<(&'static str, String)>,
    /// The line of the file that it is about, and what stands there.
    pub line: Option<(usize, String)>,
}

/// Why a design or layout cannot be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong, as the program says it.
    pub message: String,
    /// The line of the file that it is about, and what stands there.
    pub line: Option<(usize, String)>,
}

/// A file of the page.
#[derive(Clone, Debug)]
pub struct ProofFile {
    /// Its name: `stamp.png`.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Gives the page as it is now. It may take its time.
pub type ProofSource = Arc<dyn Fn() -> Arc<ProofPage> + Send + Sync>;

/// Serves until the process is told to stop (SIGINT, SIGTERM).
///
/// # Errors
/// Where the listener cannot be served from.
pub fn serve(listener: TcpListener, source: ProofSource) -> io::Result<()> {
    System::new().block_on(async { server(listener, source, Signals::Heed)?.await })
}

/// Starts to serve and returns at once, leaving the process's signals alone.
///
/// # Errors
/// Where the listener cannot be served from.
pub fn start(listener: TcpListener, source: ProofSource) -> io::Result<Running> {
    launch(listener, move |listener| server(listener, source, Signals::Ignore))
}
