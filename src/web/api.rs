//! What programs do that work for people: everything the pages do, as JSON under [`ROOT`].
//!
//! The [table](super::desk::table) says of every address what it needs, [`guard`] holds requests to
//! it, an [`operation`] turns bytes into a typed question and a typed answer into bytes, and the
//! [`document`] describes what the table has. What is done is done by `desk`, as for the pages.

pub(super) mod accounts;
pub(super) mod annexes;
pub(super) mod audit;
#[expect(clippy::needless_pass_by_value, reason = "operations take what was sent")]
pub(super) mod batches;
mod body;
pub(super) mod call;
pub(super) mod caller;
#[expect(clippy::needless_pass_by_value, reason = "operations take what was sent")]
pub(super) mod catalogue;
pub(super) mod destructions;
pub(super) mod document;
pub(super) mod files;
pub(super) mod guard;
pub(super) mod input;
pub(super) mod inspections;
pub(super) mod judgements;
pub(super) mod keeping;
mod kept;
pub(super) mod lists;
pub(super) mod lots;
pub(super) mod me;
pub(super) mod numbers;
pub(super) mod operation;
#[expect(clippy::needless_pass_by_value, reason = "operations take what was sent")]
pub(super) mod orders;
#[expect(clippy::needless_pass_by_value, reason = "operations take what was sent")]
pub(super) mod papers;
pub(super) mod prepared;
pub(super) mod problem;
pub(super) mod producers;
pub(super) mod products;
pub(super) mod proofs;
mod refusal;
pub(super) mod reports;
mod selection;
pub(super) mod settings;
pub(super) mod shapes;
pub(super) mod sheets;
pub(super) mod telling;
#[cfg(test)]
mod tests;
pub(super) mod todo;

/// Where the API is.
pub(super) const ROOT: &str = "/api/v1";

/// Whether an address is of the API.
pub(super) fn is_api(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
