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

/// Whether two names are of one person: capitals and spaces around make no other one.
#[must_use]
pub fn same_person(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Whether somebody brings other eyes to what these people did: is none of them, and not nobody.
#[must_use]
pub fn has_other_eyes<'a>(by: &str, people: impl IntoIterator<Item = &'a str>) -> bool {
    !by.trim().is_empty() && !people.into_iter().any(|person| same_person(person, by))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_under_two_spellings_has_two_eyes() {
        assert!(same_person("Trần Thị Đào", " trần thị đào "));
        assert!(!same_person("Trần Thị Đào", "Trần Thị Mận"));
    }

    #[test]
    fn other_eyes_are_somebody_and_none_of_those() {
        assert!(has_other_eyes("Minh", ["Lan", "Hoa"]));
        assert!(!has_other_eyes("hoa ", ["Lan", "Hoa"]));
        assert!(!has_other_eyes(" ", []));
    }
}
