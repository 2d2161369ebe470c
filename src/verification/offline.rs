//! What a code says by itself, with the published keys and without the register.

use crate::code::text::{self, Misread};
use crate::code::uri::{self, ScannedSignature};
use crate::domain::calendar::Instant;
use crate::domain::serial::Serial;
use crate::domain::verdict::{ByKeys, SignatureAlone, Slip, Verdict};
use crate::signing::{Keyring, SignatureCheck};

/// What a code says offline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfflineCheck {
    /// The signature is right.
    Right {
        /// The stamp's number.
        serial: Serial,
        /// Id of the key that signed it.
        key_id: String,
        /// Since when somebody else may have had that key: then the signature alone proves nothing
        /// of codes issued later.
        compromised_since: Option<Instant>,
    },
    /// The signature is right under none of the keys.
    Wrong(Serial),
    /// There is no signature: only the register can tell.
    Unsigned(Serial),
    /// No serial can be made out.
    Mistyped(Misread),
}

impl OfflineCheck {
    /// The verdict while the register cannot be asked.
    pub(super) fn verdict(self, text: &str) -> Verdict {
        let (serial, signature) = match self {
            Self::Mistyped(why) => return Verdict::Mistyped(slip(text, why)),
            Self::Right { serial, compromised_since: None, .. } => (serial, SignatureAlone::Right),
            Self::Right { serial, .. } => (serial, SignatureAlone::Leaked),
            Self::Wrong(serial) => (serial, SignatureAlone::Wrong),
            Self::Unsigned(serial) => (serial, SignatureAlone::Absent),
        };
        Verdict::RegisterUnreachable(ByKeys { serial, signature })
    }
}

/// How whoever typed a text that is no serial can be helped.
pub(super) fn slip(text: &str, why: Misread) -> Slip {
    match why {
        Misread::Keyboard(_) => Slip::Keyboard { meant: uri::meant(text) },
        Misread::Length(_) | Misread::Symbol(_) | Misread::Check => Slip::Symbols,
    }
}

/// Checks a scanned text with the published keys.
#[must_use]
pub fn check(text: &str, keyring: &Keyring) -> OfflineCheck {
    let scanned = match uri::read(text) {
        Ok(scanned) => scanned,
        Err(misread) => return OfflineCheck::Mistyped(misread),
    };
    let serial = scanned.serial;
    let bytes = match &scanned.signature {
        ScannedSignature::Absent => return OfflineCheck::Unsigned(serial),
        ScannedSignature::Malformed => return OfflineCheck::Wrong(serial),
        ScannedSignature::Bytes(bytes) => bytes,
    };
    match keyring.check(bytes, |key_id| text::signed_message(key_id, scanned.gtin, serial)) {
        SignatureCheck::Wrong => OfflineCheck::Wrong(serial),
        SignatureCheck::Right(key) => OfflineCheck::Right {
            serial,
            key_id: key.id.clone(),
            compromised_since: key.validity.compromised_since,
        },
    }
}
