//! The answer to a scan: whose code it is, what it was issued for, and what speaks against it.
//!
//! A verdict is a value, never an error: bad input is an answer too. It never says that goods are
//! genuine or fake, which is a finding of an authority; it says what the register knows.

use super::calendar::{Day, Instant};
use super::lot::{Lot, Recall};
use super::producer::ProducerKind;
use super::product::ProductGroup;
use super::recognition::{Ruling, Stars};
use super::scan::ScanHistory;
use super::serial::Serial;

/// What can be wrong with a code, or with what it stands for, worst first. The order is the order
/// in which they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The goods of the stamp's lot are being recalled.
    Recalled(Recall),
    /// The goods of the stamp's lot are past their date.
    PastDate {
        /// The last day on which they could be used.
        use_by: Day,
    },
    /// The stamp was spoiled, lost, destroyed or cancelled.
    Void,
    /// The recognition was withdrawn.
    Revoked(Ruling),
    /// The right to the mark is suspended.
    Suspended(Ruling),
    /// The recognition has ended.
    Expired {
        /// The last day it was in force.
        ended_on: Day,
    },
    /// A recognition is signed and not in force yet.
    NotYet {
        /// The first day on which it will be.
        from: Day,
        /// Number of its decision.
        decision_number: String,
        /// Day of signature.
        signed_on: Day,
    },
    /// The product has other stars than the stamp.
    StarsChanged {
        /// Those that are printed.
        printed: Stars,
        /// Those that it has.
        now: Stars,
    },
    /// The producer has not put the stamp on goods.
    NotActivated,
    /// A serial without the signature that its stamp carries: who has read or guessed the one can type
    /// it, the other is in the symbol alone.
    Unsigned,
}

/// The headline of a verdict: exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Headline {
    /// Ours, activated, recognition in force.
    Valid,
    /// Not a serial: wrong length, alphabet or check symbol.
    Mistyped,
    /// Well-formed, but not in the register.
    Unknown,
    /// The signature does not belong to the serial.
    WrongSignature,
    /// The signature is right, the serial was never issued: a key has leaked. An alarm.
    NeverIssued,
    /// Ours, but not activated.
    NotActivated,
    /// Ours, but taken out of use.
    Void,
    /// Ours; the recognition has ended.
    Expired,
    /// Ours; the right to the mark is suspended.
    Suspended,
    /// Ours; the recognition was withdrawn.
    Revoked,
    /// Ours; the goods are being recalled.
    Recalled,
    /// Ours; the goods are past their date.
    PastDate,
    /// Ours; the recognition is not in force yet.
    NotYet,
    /// Ours; the product has other stars than the stamp.
    StarsChanged,
    /// The serial is ours; the signature was not there to be checked.
    Unsigned,
    /// The register could not be asked: says nothing of the product.
    RegisterUnreachable,
}

impl Headline {
    /// Every headline.
    pub const ALL: [Self; 16] = [
        Self::Valid,
        Self::Mistyped,
        Self::Unknown,
        Self::WrongSignature,
        Self::NeverIssued,
        Self::NotActivated,
        Self::Void,
        Self::Expired,
        Self::Suspended,
        Self::Revoked,
        Self::Recalled,
        Self::PastDate,
        Self::NotYet,
        Self::StarsChanged,
        Self::Unsigned,
        Self::RegisterUnreachable,
    ];

    /// The headline's name in JSON and in the text catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Mistyped => "mistyped",
            Self::Unknown => "unknown",
            Self::WrongSignature => "wrong_signature",
            Self::NeverIssued => "never_issued",
            Self::NotActivated => "not_activated",
            Self::Void => "void",
            Self::Expired => "expired",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Recalled => "recalled",
            Self::PastDate => "past_date",
            Self::NotYet => "not_yet",
            Self::StarsChanged => "stars_changed",
            Self::Unsigned => "unsigned",
            Self::RegisterUnreachable => "register_unreachable",
        }
    }
}

impl Concern {
    /// The headline when this is the worst.
    #[must_use]
    pub fn headline(&self) -> Headline {
        match self {
            Self::Recalled(_) => Headline::Recalled,
            Self::PastDate { .. } => Headline::PastDate,
            Self::Void => Headline::Void,
            Self::Revoked(_) => Headline::Revoked,
            Self::Suspended(_) => Headline::Suspended,
            Self::Expired { .. } => Headline::Expired,
            Self::NotYet { .. } => Headline::NotYet,
            Self::StarsChanged { .. } => Headline::StarsChanged,
            Self::NotActivated => Headline::NotActivated,
            Self::Unsigned => Headline::Unsigned,
        }
    }
}

/// The answer to a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not a serial.
    Mistyped(Slip),
    /// Not in the register.
    Unknown(Serial),
    /// The signature does not belong to the serial.
    WrongSignature(Serial),
    /// Signed by our key, never issued.
    NeverIssued(Serial),
    /// In the register.
    Known(Box<Finding>),
    /// The register could not be asked.
    RegisterUnreachable(ByKeys),
}

/// What the published keys say of a code by themselves, while the register cannot be asked: nothing of
/// the stamp, the goods, or their recognition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByKeys {
    /// The stamp's number.
    pub serial: Serial,
    /// Its signature.
    pub signature: SignatureAlone,
}

/// A signature without the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlone {
    /// Made with one of the keys.
    Right,
    /// Made with a key that somebody else may have had: it says nothing.
    Leaked,
    /// Made with none of the keys.
    Wrong,
    /// There is none.
    Absent,
}

impl SignatureAlone {
    /// Its name in JSON and in the text catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Leaked => "leaked",
            Self::Wrong => "wrong",
            Self::Absent => "absent",
        }
    }
}

/// Why a text is no serial, as far as whoever typed it can be helped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Symbols are missing, too many, or mixed up.
    Symbols,
    /// A Vietnamese keyboard made letters with marks of what was typed.
    Keyboard {
        /// The serials that may have been meant.
        meant: Vec<Serial>,
    },
}

/// What the register knows of a code that is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The stamp's number.
    pub serial: Serial,
    /// What speaks against it, worst first; empty for a valid one.
    pub concerns: Vec<Concern>,
    /// What the stamp says.
    pub printed: PrintedFacts,
    /// The product, as in the register today.
    pub product: ProductFacts,
    /// The recognition the product stands by.
    pub recognition: RecognitionFacts,
    /// When the codes were issued.
    pub issued_at: Instant,
    /// When the stamp was put on goods.
    pub activated_at: Option<Instant>,
    /// The lot it was put on.
    pub lot: Option<Lot>,
    /// Earlier scans.
    pub scans: ScanHistory,
}

/// What is printed on a stamp, whatever was decided later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedFacts {
    /// Product name.
    pub product_name: String,
    /// Producer name.
    pub producer_name: String,
    /// Stars.
    pub stars: Stars,
    /// GS1 number, 14 digits, where the code has one.
    pub gtin: Option<String>,
    /// Number of the decision that it was issued under.
    pub decision_number: String,
    /// The day on which that was signed.
    pub signed_on: Day,
}

/// The product and its producer, for the public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFacts {
    /// Product name.
    pub name: String,
    /// Group.
    pub group: ProductGroup,
    /// GS1 number, 14 digits, where there is one.
    pub gtin: Option<String>,
    /// Net quantity, where given.
    pub net_quantity: Option<String>,
    /// Its [photo](super::photo::Photo), by name.
    pub photo: Option<String>,
    /// Producer name.
    pub producer_name: String,
    /// Producer's legal kind.
    pub producer_kind: ProducerKind,
    /// Producer's address, where given.
    pub producer_address: Option<String>,
}

/// The recognition, for the public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognitionFacts {
    /// Grade.
    pub stars: Stars,
    /// Number of the decision.
    pub decision_number: String,
    /// Who signed.
    pub authority: String,
    /// Day of signature.
    pub signed_on: Day,
    /// First day in force.
    pub effective_on: Day,
    /// Last day in force.
    pub ends_on: Day,
    /// Product name, as the decision gives it.
    pub product_name: String,
}

impl Verdict {
    /// The one thing to say first.
    #[must_use]
    pub fn headline(&self) -> Headline {
        match self {
            Self::Mistyped(_) => Headline::Mistyped,
            Self::Unknown(_) => Headline::Unknown,
            Self::WrongSignature(_) => Headline::WrongSignature,
            Self::NeverIssued(_) => Headline::NeverIssued,
            Self::Known(finding) => {
                finding.concerns.first().map_or(Headline::Valid, Concern::headline)
            }
            Self::RegisterUnreachable(_) => Headline::RegisterUnreachable,
        }
    }
}
