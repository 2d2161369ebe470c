//! Accounts: people who sign in.

use super::calendar::Instant;
use super::ids::AccountId;
use super::role::{Organisation, Role};

/// Most characters of a login or a name.
pub const NAME_CHARS_MAX: usize = 100;

/// An account as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// What the person signs in with: lower case, no spaces.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// Whom the person works for.
    pub organisation: Organisation,
    /// Where reminders go, and notice of what changed about the account.
    pub email: Option<String>,
}

/// An account in the register. Its secrets are not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// Who it is.
    pub details: NewAccount,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether the password was given by somebody else, and must be replaced before anything.
    pub password_is_temporary: bool,
    /// Whether an authenticator app is set up.
    pub has_second_factor: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When it was closed. It is never deleted: the audit trail names it.
    pub disabled_at: Option<Instant>,
}

/// What stands between a password and the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// A code of the authenticator app.
    Code,
    /// A password of one's own, in place of one that was given.
    OwnPassword,
    /// An authenticator app must be set up for the first time.
    FirstEnrolment,
}

impl Account {
    /// What is still to be done by somebody who gave the password, and perhaps a code.
    #[must_use]
    pub fn pending(&self, gave_code: bool) -> Option<Pending> {
        if self.has_second_factor && !gave_code {
            Some(Pending::Code)
        } else if self.password_is_temporary {
            Some(Pending::OwnPassword)
        } else if self.details.role.needs_second_factor() && !self.has_second_factor {
            Some(Pending::FirstEnrolment)
        } else {
            None
        }
    }
}

/// A login as it is kept: without spaces around, in lower case. `None` where it cannot be one.
#[must_use]
pub fn login(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+');
    let letters = text.chars().count();
    ((2..=NAME_CHARS_MAX).contains(&letters) && text.chars().all(plain)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_plain_and_in_lower_case() {
        assert_eq!(login(" Lan.Nguyen@htx.vn "), Some("lan.nguyen@htx.vn".into()));
        for bad in ["", "a", "có dấu", "hai chữ", "a/b", &"x".repeat(101)] {
            assert_eq!(login(bad), None, "{bad}");
        }
    }
}
