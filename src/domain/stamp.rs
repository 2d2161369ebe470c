//! Single stamps and what may become of them.

use super::ids::LotId;
use super::serial::Serial;

/// An Ed25519 signature, as bytes.
pub type SignatureBytes = [u8; 64];

/// Where a stamp stands. The numbers are the register's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StampState {
    /// Đã cấp mã: the code exists, the stamp does not yet.
    Issued,
    /// Đã in.
    Printed,
    /// Đã kích hoạt: on goods.
    Activated,
    /// Tem hỏng.
    Spoiled,
    /// Thất lạc.
    Lost,
    /// Đã tiêu hủy.
    Destroyed,
    /// Đã hủy mã: withdrawn by the office.
    Cancelled,
}

impl StampState {
    /// Every state, by number.
    pub const ALL: [Self; 7] = [
        Self::Issued,
        Self::Printed,
        Self::Activated,
        Self::Spoiled,
        Self::Lost,
        Self::Destroyed,
        Self::Cancelled,
    ];

    /// The state's number in the register.
    #[must_use]
    pub fn number(self) -> i16 {
        match self {
            Self::Issued => 0,
            Self::Printed => 1,
            Self::Activated => 2,
            Self::Spoiled => 3,
            Self::Lost => 4,
            Self::Destroyed => 5,
            Self::Cancelled => 6,
        }
    }

    /// The state of that number.
    #[must_use]
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }

    /// The state's name in JSON and on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Printed => "printed",
            Self::Activated => "activated",
            Self::Spoiled => "spoiled",
            Self::Lost => "lost",
            Self::Destroyed => "destroyed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the stamp was taken out of use and must not circulate.
    #[must_use]
    pub fn is_void(self) -> bool {
        matches!(self, Self::Spoiled | Self::Lost | Self::Destroyed | Self::Cancelled)
    }
}

/// What can be done with stamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StampMove {
    /// The print shop reports it printed.
    ReportPrinted,
    /// The producer puts it on goods.
    Activate,
    /// It came out unusable.
    Spoil,
    /// It went missing.
    Lose,
    /// It was destroyed, on minutes.
    Destroy,
    /// The office withdraws the code.
    Cancel,
}

impl StampMove {
    /// Every move.
    pub const ALL: [Self; 6] =
        [Self::ReportPrinted, Self::Activate, Self::Spoil, Self::Lose, Self::Destroy, Self::Cancel];

    /// States the move starts from. A stamp elsewhere is left as it is.
    #[must_use]
    pub fn starts_from(self) -> &'static [StampState] {
        use StampState as S;
        match self {
            Self::ReportPrinted => &[S::Issued],
            Self::Activate => &[S::Printed],
            Self::Spoil | Self::Lose => &[S::Issued, S::Printed],
            Self::Destroy => &[S::Issued, S::Printed, S::Spoiled],
            Self::Cancel => &[S::Issued, S::Printed, S::Activated],
        }
    }

    /// The state it leads to.
    #[must_use]
    pub fn leads_to(self) -> StampState {
        match self {
            Self::ReportPrinted => StampState::Printed,
            Self::Activate => StampState::Activated,
            Self::Spoil => StampState::Spoiled,
            Self::Lose => StampState::Lost,
            Self::Destroy => StampState::Destroyed,
            Self::Cancel => StampState::Cancelled,
        }
    }

    /// The move's name in the register's history, on the command line and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ReportPrinted => "printed",
            Self::Activate => "activate",
            Self::Spoil => "spoil",
            Self::Lose => "lose",
            Self::Destroy => "destroy",
            Self::Cancel => "cancel",
        }
    }
}

/// A stamp in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its number.
    pub serial: Serial,
    /// The signature printed on it.
    pub signature: SignatureBytes,
    /// Where it stands.
    pub state: StampState,
    /// The lot it was activated onto.
    pub lot: Option<LotId>,
}

/// How many stamps of a batch stand where.
///
/// issued = activated + spoiled + lost + destroyed + cancelled + unused, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: [u64; StampState::ALL.len()],
}

impl Tally {
    /// Adds stamps in a state.
    pub fn add(&mut self, state: StampState, stamps: u64) {
        if let Some(count) = self.counts.iter_mut().zip(StampState::ALL).find(|(_, s)| *s == state)
        {
            *count.0 += stamps;
        }
    }

    /// Stamps in a state.
    #[must_use]
    pub fn in_state(&self, state: StampState) -> u64 {
        self.counts.iter().zip(StampState::ALL).find(|(_, s)| *s == state).map_or(0, |(n, _)| *n)
    }

    /// Stamps ever issued.
    #[must_use]
    pub fn issued(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Stamps that may still be used: issued or printed, and nothing else happened to them.
    #[must_use]
    pub fn unused(&self) -> u64 {
        self.in_state(StampState::Issued) + self.in_state(StampState::Printed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_move_leads_out_of_a_void_state_but_destroying_what_was_spoiled() {
        for step in StampMove::ALL {
            for from in step.starts_from() {
                assert!(!from.is_void() || step == StampMove::Destroy, "{step:?} from {from:?}");
            }
        }
    }

    #[test]
    fn only_printed_stamps_can_be_activated() {
        assert_eq!(StampMove::Activate.starts_from(), [StampState::Printed]);
    }

    #[test]
    fn the_tally_accounts_for_every_stamp() {
        let mut tally = Tally::default();
        for (state, stamps) in StampState::ALL.into_iter().zip(1..) {
            tally.add(state, stamps);
        }
        let used_up: u64 = [
            StampState::Activated,
            StampState::Spoiled,
            StampState::Lost,
            StampState::Destroyed,
            StampState::Cancelled,
        ]
        .into_iter()
        .map(|state| tally.in_state(state))
        .sum();
        assert_eq!(tally.issued(), 28);
        assert_eq!(tally.unused(), 3);
        assert_eq!(tally.issued(), used_up + tally.unused());
    }
}
