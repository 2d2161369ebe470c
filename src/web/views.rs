//! What pages show, as typed values; the templates in `assets/templates` only place them.

mod finding;
pub(super) mod json;
mod page;
mod pages;
mod parcel;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod wording;

pub(super) use pages::{error, start, verdict};
pub(super) use parcel::parcel;
