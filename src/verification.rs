//! Scanned text → [`Verdict`], and the count of scans.
//!
//! Bad input is an answer, never an error. The scan is counted afterwards, in the background, and
//! never changes or delays the answer.

mod agents;
mod fold;
mod looks;
mod memory;
pub mod offline;
mod recorder;

use std::sync::Arc;

use chrono::TimeDelta;

use crate::clock::{Clock, Random, SystemRandom};
use crate::code::text;
use crate::code::uri::{self, Scanned, ScannedSignature};
use crate::domain::calendar::vietnam_day;
use crate::domain::serial::Serial;
use crate::domain::verdict::{ByKeys, SignatureAlone, Verdict};
use crate::register::reports;
use crate::signing::{Keyring, SignatureCheck};
use crate::store::lookup::StampRecord;
use crate::store::{Store, StoreError, lookup};

use self::looks::Looks;
pub use self::looks::{Counting, Visitor};
use self::memory::Memory;
use self::recorder::{Recorder, Scan};

/// Answers scans.
pub struct Verifier {
    store: Store,
    keyring: Keyring,
    jwks: String,
    clock: Arc<dyn Clock>,
    memory: Memory,
    looks: Looks,
    recorder: Recorder,
}

impl Verifier {
    /// Answers from a register, with the published keys.
    #[must_use]
    pub fn new(store: Store, keyring: Keyring, clock: Arc<dyn Clock>) -> Self {
        let recorder = Recorder::start(store.clone());
        let (jwks, memory) = (keyring.to_jwks(), Memory::default());
        let looks = Looks::new(Counting::default(), Arc::new(SystemRandom));
        Self { store, keyring, jwks, clock, memory, looks, recorder }
    }

    /// The same, with what is a scan as it is set.
    #[must_use]
    pub fn counting(self, counting: Counting, random: Arc<dyn Random>) -> Self {
        Self { looks: Looks::new(counting, random), ..self }
    }

    /// The verdict for a visitor, who is not told of their own look as of somebody else's.
    #[must_use]
    pub fn check_for(&self, text: &str, visitor: Visitor<'_>) -> Verdict {
        // Before the register is asked, so that what is taken from a count is in it.
        let stored = self.recorder.stored();
        let mut verdict = self.check(text);
        if let Verdict::Known(finding) = &mut verdict {
            let own = self.looks.own(finding.serial, visitor, self.clock.now());
            if let Some(own) = own.filter(|own| own.turn <= stored) {
                finding.scans = own.taken_from(finding.scans);
            }
        }
        verdict
    }

    /// The verdict on a text as scanned or typed: an address, its path, or a bare serial.
    #[must_use]
    pub fn check(&self, text: &str) -> Verdict {
        // Hopeless text never reaches the register.
        let scanned = match uri::read(text) {
            Ok(scanned) => scanned,
            Err(why) => return Verdict::Mistyped(offline::slip(text, why)),
        };
        match self.store.read(|register| lookup::stamp(register, scanned.serial)) {
            Ok(Some(stamp)) => {
                let known = self.known(text, &scanned, stamp);
                known.unwrap_or_else(|error| self.failed(text, &error))
            }
            Ok(None) => self.unknown(text, &scanned),
            Err(error) => self.failed(text, &error),
        }
    }

    /// The verdict by the published keys alone, for as long as the register cannot be asked.
    #[must_use]
    pub fn check_by_keys(&self, text: &str) -> Verdict {
        offline::check(text, &self.keyring).verdict(text)
    }

    /// Counts a visitor's look at what the verdict is on, if it is a scan. Returns at once.
    pub fn record_scan(&self, verdict: &Verdict, visitor: Visitor<'_>) {
        let (serial, with_concern, is_known) = match verdict {
            Verdict::Known(finding) => (finding.serial, !finding.concerns.is_empty(), true),
            // It is in the register, unless a key has leaked: that is looked up before it is counted.
            Verdict::RegisterUnreachable(ByKeys { serial, signature: SignatureAlone::Right }) => {
                (*serial, false, false)
            }
            Verdict::Mistyped(_)
            | Verdict::Unknown(_)
            | Verdict::WrongSignature(_)
            | Verdict::NeverIssued(_)
            | Verdict::RegisterUnreachable(_) => return,
        };
        let at = self.clock.now();
        if let Some(turn) = self.looks.count(serial, visitor, at) {
            self.recorder.record(Scan { serial, at, with_concern, is_known, turn });
        }
    }

    /// The JWK set, as published.
    #[must_use]
    pub fn jwks(&self) -> &str {
        &self.jwks
    }

    /// Whether the register answers.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        let nobody = crate::domain::serial::BatchNumber::MAX;
        self.store.read(|register| crate::store::batches::get(register, nobody)).is_ok()
    }

    /// Waits until every scan recorded so far is counted.
    pub fn flush_scans(&self) {
        self.recorder.flush();
    }

    fn failed(&self, text: &str, error: &StoreError) -> Verdict {
        // That the register is away, or its file not the same, is told once, where it is noticed.
        if !matches!(error, StoreError::Unreachable(_) | StoreError::Replaced(..)) {
            tracing::error!(error = error as &dyn std::error::Error, "a look-up failed");
        }
        self.check_by_keys(text)
    }

    fn known(
        &self,
        code: &str,
        scanned: &Scanned,
        stamp: StampRecord,
    ) -> Result<Verdict, StoreError> {
        let facts = self.memory.batch(&self.store, scanned.serial.batch(), stamp.revision)?;
        let Some(shown) = scanned.shown(&stamp.signature, facts.face.gtin) else {
            return Ok(self.wrong(code, scanned));
        };
        let today = vietnam_day(self.clock.now());
        let finding = fold::finding((scanned.serial, shown), stamp, &facts, today)?;
        Ok(Verdict::Known(Box::new(finding)))
    }

    fn unknown(&self, code: &str, scanned: &Scanned) -> Verdict {
        let serial = scanned.serial;
        let bytes = match &scanned.signature {
            ScannedSignature::Absent => return Verdict::Unknown(serial),
            ScannedSignature::Malformed => return Verdict::WrongSignature(serial),
            ScannedSignature::Bytes(bytes) => bytes,
        };
        let message = |key_id: &str| text::signed_message(key_id, scanned.gtin, serial);
        match self.keyring.check(bytes, message) {
            SignatureCheck::Wrong => Verdict::WrongSignature(serial),
            SignatureCheck::Right(key) => {
                self.alarm(code, serial, &key.id);
                Verdict::NeverIssued(serial)
            }
        }
    }

    /// Another signature than the issued one on an issued serial: an alarm where a key of ours made it.
    fn wrong(&self, code: &str, scanned: &Scanned) -> Verdict {
        let (serial, gtin) = (scanned.serial, scanned.gtin);
        if let ScannedSignature::Bytes(bytes) = &scanned.signature {
            let message = |key_id: &str| text::signed_message(key_id, gtin, serial);
            if let SignatureCheck::Right(key) = self.keyring.check(bytes, message) {
                self.alarm(code, serial, &key.id);
            }
        }
        Verdict::WrongSignature(serial)
    }

    /// Only the key's holder can have made such a code: whoever it was, it was not us. Once a serial, and
    /// for the office's queue; that it cannot be kept does not change the answer.
    fn alarm(&self, code: &str, serial: Serial, key_id: &str) {
        let at = self.clock.now();
        let told =
            reports::alarm(&self.store, (code, serial, key_id), (at, at - TimeDelta::days(1)));
        match told {
            Ok(false) => {}
            Ok(true) => tracing::error!(
                alarm = "signed_never_issued",
                serial = text::serial_grouped(serial),
                key = key_id,
                "a code with a right signature was never issued: a signing key has leaked"
            ),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "an alarm could not be kept");
            }
        }
    }
}
