//! Versions of stamp designs (mẫu tem), the right to the certification mark that each rests on
//! (1162/QĐ-VPĐP-OCOP), and their way from draft to approval.

use std::fmt;

use super::act::Done;
use super::calendar::Day;
use super::ids::DesignId;

/// Most characters of a design's name.
pub const NAME_CHARS_MAX: usize = 100;

/// Stands between name and version: `sen-25x35@2`.
const VERSION_MARK: char = '@';

/// Whether a design may be called so: a plain name that a version can follow.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let odd = |c: char| matches!(c, '/' | '\\' | VERSION_MARK) || c.is_control();
    (1..=NAME_CHARS_MAX).contains(&name.chars().count())
        && name.trim() == name
        && !name.starts_with('.')
        && !name.contains(odd)
}

/// A design as it is asked for: by name alone, or one version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignRef {
    /// The name.
    pub name: String,
    /// The version; none for the one that suits.
    pub version: Option<u32>,
}

impl DesignRef {
    /// Reads `NAME` or `NAME@VERSION`. What follows another `@` than that of a number belongs to the
    /// name, which then no design has.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let parts = text.rsplit_once(VERSION_MARK);
        let numbered = parts.and_then(|(name, digits)| Some((name, digits.parse().ok()?)));
        match numbered {
            Some((name, version)) => Self { name: name.to_owned(), version: Some(version) },
            None => Self { name: text.to_owned(), version: None },
        }
    }
}

impl fmt::Display for DesignRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)?;
        self.version.map_or(Ok(()), |version| write!(out, "{VERSION_MARK}{version}"))
    }
}

/// A design that cannot carry what the stamps of a product say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Name of the design.
    pub design: String,
    /// Why not.
    pub why: MisfitReason,
}

/// Why a design cannot carry what stamps say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MisfitReason {
    /// A text has no room on it.
    NoRoom(String),
    /// It says what is not known of the product: a name that texts of designs have for it.
    Lacks(&'static str),
    /// Anything else, in words.
    Other(String),
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { design, why } = self;
        match why {
            MisfitReason::NoRoom(text) => write!(out, "design {design} has no room for “{text}”"),
            MisfitReason::Lacks(fact) => {
                write!(out, "the product has no {fact}, which design {design} prints")
            }
            MisfitReason::Other(why) => out.write_str(why),
        }
    }
}

/// The right to use the certification mark (quyền sử dụng nhãn hiệu chứng nhận).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRight {
    /// Which version of the mark is drawn.
    pub version: String,
    /// On what the right rests: the decision, or that there is none yet.
    pub basis: String,
    /// Who granted it; none where nobody did.
    pub granted_by: Option<String>,
    /// Its last day; without one it has no end.
    pub until: Option<Day>,
}

impl MarkRight {
    /// Whether the mark may be printed on a day.
    ///
    /// # Errors
    /// [`NoRight`].
    pub fn check(&self, on: Day) -> Result<(), NoRight> {
        if self.granted_by.as_deref().is_none_or(|by| by.trim().is_empty()) {
            return Err(NoRight::Missing);
        }
        match self.until {
            Some(until) if until < on => Err(NoRight::Ended(until)),
            _ => Ok(()),
        }
    }
}

/// Why the mark may not be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRight {
    /// Nobody granted the right.
    #[error(
        "nobody has granted the right to use the mark (granted_by): add the design again with who \
         granted it and on what basis"
    )]
    Missing,
    /// The right has ended.
    #[error(
        "the right to use the mark ended on {}: add the design again with the right that follows it",
        .0.format("%d/%m/%Y")
    )]
    Ended(Day),
}

/// Where a version of a design stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DesignState {
    /// Bản nháp.
    Draft,
    /// Đã trình.
    Submitted,
    /// Đã duyệt.
    Approved,
    /// Bị từ chối.
    Rejected,
    /// Đã thu hồi.
    Withdrawn,
}

impl DesignState {
    /// Every state, in the order a design passes through them.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Submitted, Self::Approved, Self::Rejected, Self::Withdrawn];

    /// The state's name in the register and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The state after a move. Repeating the move that led here changes nothing, so that a request
    /// can be sent again.
    ///
    /// # Errors
    /// [`InvalidMove`] where the move does not start here.
    pub fn after(self, step: DesignMove) -> Result<Self, InvalidMove> {
        use DesignMove as M;
        use DesignState as S;
        match (self, step) {
            (S::Draft | S::Submitted, M::Submit) => Ok(S::Submitted),
            (S::Submitted | S::Approved, M::Approve) => Ok(S::Approved),
            (S::Submitted | S::Rejected, M::Reject) => Ok(S::Rejected),
            (S::Draft | S::Submitted | S::Approved | S::Withdrawn, M::Withdraw) => Ok(S::Withdrawn),
            (from, step) => Err(InvalidMove { from, step }),
        }
    }
}

/// What can be done with a version of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DesignMove {
    /// Lay it before whoever decides.
    Submit,
    /// Approve it: sheets may be printed with it.
    Approve,
    /// Refuse it with a reason.
    Reject,
    /// Take it out of use with a reason.
    Withdraw,
}

impl DesignMove {
    /// The move's name in the register's history and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Withdraw => "withdraw",
        }
    }

    /// Whether it is only made with a reason.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Reject | Self::Withdraw)
    }
}

/// A move that does not start from where the design stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a design that is “{}” cannot take the step “{}”", from.key(), step.key())]
pub struct InvalidMove {
    /// Where the design stands.
    pub from: DesignState,
    /// What was asked.
    pub step: DesignMove,
}

/// One of the files of a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignFile {
    /// Its name in the folder.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A design as it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDesign {
    /// Its name.
    pub name: String,
    /// SHA-256 of its files, in lower-case hexadecimal.
    pub sha256: String,
    /// The right to the mark on it.
    pub right: MarkRight,
    /// Its files.
    pub files: Vec<DesignFile>,
}

/// A version of a design in the register. Its files never change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignVersion {
    /// Identity.
    pub id: DesignId,
    /// The name of all its versions.
    pub name: String,
    /// Which version, from 1.
    pub version: u32,
    /// SHA-256 of its files, in lower-case hexadecimal.
    pub sha256: String,
    /// The right to the mark on it.
    pub right: MarkRight,
    /// Where it stands.
    pub state: DesignState,
    /// Who added it.
    pub added: Done,
    /// Who laid it before whoever decides.
    pub submitted: Option<Done>,
    /// Who approved or rejected it, and why.
    pub decided: Option<(Done, String)>,
    /// Who took it out of use, and why.
    pub withdrawn: Option<(Done, String)>,
}

impl DesignVersion {
    /// This version, as it is asked for.
    #[must_use]
    pub fn reference(&self) -> DesignRef {
        DesignRef { name: self.name.clone(), version: Some(self.version) }
    }

    /// Who may not approve it: who added it, and who submitted it.
    pub fn asked_by(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.added).chain(&self.submitted).map(|done| done.by.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Day {
        Day::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn right(granted_by: Option<&str>, until: Option<Day>) -> MarkRight {
        let granted_by = granted_by.map(str::to_owned);
        MarkRight { version: "1".into(), basis: "58/QĐ-VPĐP".into(), granted_by, until }
    }

    #[test]
    fn a_design_goes_from_draft_to_approval_and_out_of_use() {
        let steps = [DesignMove::Submit, DesignMove::Approve, DesignMove::Withdraw];
        let end = steps.into_iter().try_fold(DesignState::Draft, DesignState::after);
        assert_eq!(end, Ok(DesignState::Withdrawn));
    }

    #[test]
    fn what_was_rejected_or_withdrawn_is_never_approved() {
        for state in [DesignState::Rejected, DesignState::Withdrawn, DesignState::Draft] {
            assert!(state.after(DesignMove::Approve).is_err(), "{state:?}");
        }
        assert!(DesignState::Rejected.after(DesignMove::Submit).is_err());
        assert!(DesignState::Withdrawn.after(DesignMove::Submit).is_err());
    }

    #[test]
    fn a_repeated_step_changes_nothing() {
        for (state, step) in [
            (DesignState::Submitted, DesignMove::Submit),
            (DesignState::Approved, DesignMove::Approve),
            (DesignState::Rejected, DesignMove::Reject),
            (DesignState::Withdrawn, DesignMove::Withdraw),
        ] {
            assert_eq!(state.after(step), Ok(state));
        }
    }

    #[test]
    fn the_right_to_the_mark_ends_with_its_last_day() {
        let by = Some("Văn phòng Điều phối");
        assert_eq!(right(by, Some(day(24))).check(day(24)), Ok(()));
        assert_eq!(right(by, Some(day(24))).check(day(25)), Err(NoRight::Ended(day(24))));
        assert_eq!(right(by, None).check(day(25)), Ok(()));
        assert_eq!(right(None, None).check(day(24)), Err(NoRight::Missing));
        assert_eq!(right(Some(" "), None).check(day(24)), Err(NoRight::Missing));
    }

    #[test]
    fn a_name_may_be_followed_by_a_version() {
        let parsed = DesignRef::parse("sen-25x35@12");
        assert_eq!((parsed.name.as_str(), parsed.version), ("sen-25x35", Some(12)));
        assert_eq!(parsed.to_string(), "sen-25x35@12");
        assert_eq!(DesignRef::parse("sen").version, None);
        assert_eq!(DesignRef::parse("a@b").name, "a@b");
        for name in ["", "a/b", "a@b", "..", " a", "a\n", &"a".repeat(101)] {
            assert!(!is_name(name), "{name}");
        }
        assert!(is_name("Sen đỏ 25×35"));
    }
}
