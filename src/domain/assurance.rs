//! How far somebody has shown in a session who they are, and what that opens.
//!
//! The one machine of it: a password leads to what is still [owed](Pending), that to `Full`, and
//! whoever shows everything again is `Reauthenticated` for a moment. Every address says what it
//! [needs](Need); whoever falls short is told what is [lacking](Lack).

use super::account::Pending;

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// A password was given, and this is still owed: nothing is open but where it is given.
    Pending(Pending),
    /// Everything was shown, some time ago.
    Full,
    /// Everything was shown a moment ago.
    Reauthenticated,
}

/// What an act needs of the session it is done in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// That there is one, whatever is owed.
    Session,
    /// That this is owed: it is given here.
    Owed(Pending),
    /// To replace what somebody is known by: that they showed a moment ago who they are. Where it
    /// is the first of its kind, that it is owed.
    Change(Pending),
    /// That nothing is owed.
    Full,
    /// That everything was shown a moment ago.
    Reauthenticated,
}

/// What a session falls short by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// This is owed first.
    Owed(Pending),
    /// Everything must be shown once more.
    Confirmation,
    /// Nothing: what is given there is not owed.
    Nothing,
}

impl Assurance {
    /// Whether it is enough.
    ///
    /// # Errors
    /// What is lacking.
    pub fn meets(self, need: Need) -> Result<(), Lack> {
        match (self, need) {
            (_, Need::Session) => Ok(()),
            (Self::Pending(owed), Need::Owed(this) | Need::Change(this)) if owed == this => Ok(()),
            (Self::Pending(owed), _) => Err(Lack::Owed(owed)),
            (_, Need::Owed(_)) => Err(Lack::Nothing),
            (Self::Full, Need::Change(_) | Need::Reauthenticated) => Err(Lack::Confirmation),
            (Self::Full | Self::Reauthenticated, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWED: [Pending; 3] = [Pending::Code, Pending::OwnPassword, Pending::FirstEnrolment];

    #[test]
    fn who_owes_something_may_do_that_alone_and_leave() {
        for owed in OWED {
            let session = Assurance::Pending(owed);
            assert_eq!(session.meets(Need::Session), Ok(()));
            for other in OWED {
                let expected = if other == owed { Ok(()) } else { Err(Lack::Owed(owed)) };
                assert_eq!(session.meets(Need::Owed(other)), expected);
                assert_eq!(session.meets(Need::Change(other)), expected);
            }
            for need in [Need::Full, Need::Reauthenticated] {
                assert_eq!(session.meets(need), Err(Lack::Owed(owed)));
            }
        }
    }

    #[test]
    fn what_one_is_known_by_is_replaced_by_who_showed_it_a_moment_ago() {
        for change in OWED.map(Need::Change).into_iter().chain([Need::Reauthenticated]) {
            assert_eq!(Assurance::Full.meets(change), Err(Lack::Confirmation));
            assert_eq!(Assurance::Reauthenticated.meets(change), Ok(()));
        }
        for session in [Assurance::Full, Assurance::Reauthenticated] {
            assert_eq!(session.meets(Need::Full), Ok(()));
            assert_eq!(session.meets(Need::Owed(Pending::Code)), Err(Lack::Nothing));
        }
    }
}
