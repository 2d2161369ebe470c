//! Who does something, and when: what every entry of the audit trail starts with.

use super::calendar::Instant;

/// One act of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act<'a> {
    /// Who.
    pub by: &'a str,
    /// When.
    pub at: Instant,
}
