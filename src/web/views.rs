//! What pages show, as typed values; the templates in `assets/templates` only place them.

pub(super) mod desk;
mod finding;
pub(super) mod guide;
pub(super) mod json;
mod page;
mod pages;
mod paper;
mod parcel;
pub(super) mod reports;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod wording;

use crate::printing::{ErrorCorrection, qr};

pub(super) use pages::{error, start, verdict};
pub(super) use paper::{PaperJson, paper};
pub(super) use parcel::parcel;
pub(super) use wording::told;

/// A QR symbol as SVG, dark modules a unit long with four units of quiet zone around; nothing where
/// the text is too long for one.
fn symbol(text: &str) -> String {
    let Ok(symbol) = qr::encode(text, ErrorCorrection::M) else { return String::new() };
    let runs =
        symbol.runs().map(|(y, x, length)| format!("M{} {}h{length}v1h-{length}z", x + 4, y + 4));
    let (path, side) = (runs.collect::<String>(), symbol.size() + 8);
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">\
         <path d=\"{path}\"/></svg>"
    )
}
