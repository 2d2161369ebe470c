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

/// Who did something, and when, as the register keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

impl Act<'_> {
    /// The act as it is kept.
    #[must_use]
    pub fn done(self) -> Done {
        Done { by: self.by.to_owned(), at: self.at }
    }
}
