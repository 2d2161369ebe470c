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

    /// What the move would do with a stamp: onto goods of a `lot`, reported by a `holder`.
    ///
    /// # Errors
    /// What stands in its way.
    pub fn with(
        self,
        place: &Place,
        lot: Option<LotId>,
        holder: Option<Holder>,
    ) -> Result<Effect, Obstacle> {
        if holder.is_some_and(|holder| !holder.has(place)) {
            return Err(Obstacle::Elsewhere);
        }
        if place.state == self.leads_to() {
            let is_there = self != Self::Activate || place.lot == lot;
            return if is_there { Ok(Effect::None) } else { Err(Obstacle::OtherLot) };
        }
        if !self.starts_from().contains(&place.state) {
            return Err(Obstacle::State(place.state));
        }
        if self == Self::Activate && place.is_awaited {
            return Err(Obstacle::NotReceived);
        }
        Ok(Effect::Moves)
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

/// Who has stamps: a hand-over leads from the one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The print shop.
    PrintShop,
    /// The producer.
    Producer,
}

impl Holder {
    /// Whether a stamp is with it, or was when it became void.
    #[must_use]
    pub fn has(self, place: &Place) -> bool {
        place.handed_over == (self == Self::Producer)
    }
}

/// Where a stamp stands, as far as moves ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its state.
    pub state: StampState,
    /// Whether it was handed over to the producer.
    pub handed_over: bool,
    /// Whether nobody has confirmed yet that it was received.
    pub is_awaited: bool,
    /// The lot it was put on.
    pub lot: Option<LotId>,
}

/// What a move does with a stamp that nothing keeps from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is moved.
    Moves,
    /// It is there already.
    None,
}

/// What keeps a stamp from a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It stands where the move does not start.
    State(StampState),
    /// It is on goods of another lot.
    OtherLot,
    /// Nobody has confirmed yet that it was received.
    NotReceived,
    /// It is with the other side of the hand-over.
    Elsewhere,
}

impl Obstacle {
    /// The obstacle's name in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::State(state) => state.key(),
            Self::OtherLot => "other_lot",
            Self::NotReceived => "not_received",
            Self::Elsewhere => "elsewhere",
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

    const LOT: Option<LotId> = Some(LotId(7));

    fn place(state: StampState, handed_over: bool) -> Place {
        let lot = LOT.filter(|_| state == StampState::Activated);
        Place { state, handed_over, is_awaited: false, lot }
    }

    #[test]
    fn a_stamp_is_activated_once_it_was_received() {
        let received = place(StampState::HandedOver, true);
        let awaited = Place { is_awaited: true, ..received };
        let activate = |place| StampMove::Activate.with(&place, LOT, None);
        assert_eq!(activate(received), Ok(Effect::Moves));
        assert_eq!(activate(awaited), Err(Obstacle::NotReceived));
        let printed = place(StampState::Printed, false);
        assert_eq!(activate(printed), Err(Obstacle::State(StampState::Printed)));
        // What went missing on the way is reported all the same.
        let lose = StampMove::Lose.with(&awaited, None, Some(Holder::Producer));
        assert_eq!(lose, Ok(Effect::Moves));
    }

    #[test]
    fn a_stamp_on_goods_of_another_lot_is_no_stamp_that_is_there_already() {
        let there = place(StampState::Activated, true);
        assert_eq!(StampMove::Activate.with(&there, LOT, None), Ok(Effect::None));
        let other = StampMove::Activate.with(&there, Some(LotId(8)), None);
        assert_eq!(other, Err(Obstacle::OtherLot));
    }

    #[test]
    fn whoever_reports_a_stamp_has_it() {
        for (holder, handed_over) in [(Holder::PrintShop, false), (Holder::Producer, true)] {
            for state in StampState::ALL {
                let here = StampMove::Spoil.with(&place(state, handed_over), None, Some(holder));
                assert_ne!(here, Err(Obstacle::Elsewhere), "{holder:?} {state:?}");
                let there = StampMove::Spoil.with(&place(state, !handed_over), None, Some(holder));
                assert_eq!(there, Err(Obstacle::Elsewhere), "{holder:?} {state:?}");
            }
        }
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
