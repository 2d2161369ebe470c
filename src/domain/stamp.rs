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
    /// Đã bàn giao: with the producer.
    HandedOver,
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
    /// Every state, in the order a stamp passes through them.
    pub const ALL: [Self; 8] = [
        Self::Issued,
        Self::Printed,
        Self::HandedOver,
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
            Self::HandedOver => 7,
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
            Self::HandedOver => "handed_over",
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
    /// The print shop hands it over to the producer, on minutes.
    HandOver,
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
    pub const ALL: [Self; 7] = [
        Self::ReportPrinted,
        Self::HandOver,
        Self::Activate,
        Self::Spoil,
        Self::Lose,
        Self::Destroy,
        Self::Cancel,
    ];

    /// States the move starts from. A stamp elsewhere is left as it is.
    #[must_use]
    pub fn starts_from(self) -> &'static [StampState] {
        use StampState as S;
        match self {
            Self::ReportPrinted => &[S::Issued],
            Self::HandOver => &[S::Printed],
            Self::Activate => &[S::HandedOver],
            Self::Spoil | Self::Lose => &[S::Issued, S::Printed, S::HandedOver],
            Self::Destroy => &[S::Issued, S::Printed, S::HandedOver, S::Spoiled],
            Self::Cancel => &[S::Issued, S::Printed, S::HandedOver, S::Activated],
        }
    }

    /// The state it leads to.
    #[must_use]
    pub fn leads_to(self) -> StampState {
        match self {
            Self::ReportPrinted => StampState::Printed,
            Self::HandOver => StampState::HandedOver,
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
            Self::HandOver => "hand_over",
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

/// Stamps that follow each other in a batch and stand in the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StampRun {
    /// First serial.
    pub first: Serial,
    /// Last serial.
    pub last: Serial,
    /// Where they stand.
    pub state: StampState,
    /// Whether they were handed over to the producer.
    pub handed_over: bool,
    /// How many.
    pub stamps: u64,
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
    fn only_stamps_that_were_handed_over_can_be_activated() {
        assert_eq!(StampMove::Activate.starts_from(), [StampState::HandedOver]);
        assert_eq!(StampMove::HandOver.starts_from(), [StampState::Printed]);
    }

    #[test]
    fn every_state_has_a_number_and_a_name_of_its_own() {
        for state in StampState::ALL {
            assert_eq!(StampState::from_number(state.number()), Some(state));
            let namesakes = StampState::ALL.into_iter().filter(|it| it.key() == state.key());
            assert_eq!(namesakes.count(), 1);
        }
        assert_eq!(StampState::from_number(8), None);
    }
}
