//! Public keys, and checking signatures with them.

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signature, VerifyingKey, verify_batch};
use sha2::{Digest, Sha256};

use super::jwks;
use crate::domain::calendar::Instant;
use crate::domain::stamp::SignatureBytes;

/// When a key may sign, and whether it can still be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First moment it signs.
    pub not_before: Instant,
    /// Last moment it signs. What it signed stays good.
    pub not_after: Instant,
    /// Since when somebody else may have had it.
    pub compromised_since: Option<Instant>,
}

impl Validity {
    /// Whether the key may sign at a moment.
    #[must_use]
    pub fn may_sign(&self, at: Instant) -> bool {
        self.not_before <= at && at <= self.not_after && self.compromised_since.is_none()
    }
}

/// The public half of a signing key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Id: 8 hex digits that bind name, algorithm and key.
    pub id: String,
    /// The key's name.
    pub name: String,
    /// When it may sign.
    pub validity: Validity,
    key: VerifyingKey,
}

/// Why bytes are no usable public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPublicKey {
    /// Not a point of the curve.
    #[error("not an Ed25519 public key")]
    NotAKey,
    /// A key of small order, under which anything verifies.
    #[error("a weak Ed25519 public key")]
    Weak,
}

impl PublicKey {
    pub(super) fn new(name: &str, key: VerifyingKey, validity: Validity) -> Self {
        Self { id: key_id(name, key.as_bytes()), name: name.to_owned(), validity, key }
    }

    /// The key of 32 bytes.
    ///
    /// # Errors
    /// [`BadPublicKey`] where nothing could be trusted under it.
    pub fn from_bytes(
        name: &str,
        bytes: &[u8; 32],
        validity: Validity,
    ) -> Result<Self, BadPublicKey> {
        let key = VerifyingKey::from_bytes(bytes).or(Err(BadPublicKey::NotAKey))?;
        if key.is_weak() {
            return Err(BadPublicKey::Weak);
        }
        Ok(Self::new(name, key, validity))
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Whether a signature is right. Strict (RFC 8032 with small orders refused), so that one code
    /// has one signature.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &SignatureBytes) -> bool {
        self.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }

    /// Whether all signatures of a run are right; several times faster than one by one. Only for
    /// signatures that this service has just made.
    #[must_use]
    pub fn verifies_all(&self, messages: &[&[u8]], signatures: &[SignatureBytes]) -> bool {
        let keys = vec![self.key; messages.len()];
        let signatures: Vec<Signature> = signatures.iter().map(Signature::from_bytes).collect();
        verify_batch(messages, &signatures, &keys).is_ok()
    }
}

/// Id of a key: the first 8 hex digits of SHA-256 over name, algorithm and public key, each but the
/// last ended by a line feed.
pub(super) fn key_id(name: &str, public_key: &[u8; 32]) -> String {
    let hash =
        Sha256::new().chain_update(name).chain_update("\nEd25519\n").chain_update(public_key);
    let mut id = HEXLOWER.encode(&hash.finalize());
    id.truncate(8);
    id
}

/// What a signature says without the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureCheck<'k> {
    /// Right, under this key.
    Right(&'k PublicKey),
    /// Right under none of the keys.
    Wrong,
}

/// The published keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyring {
    keys: Vec<PublicKey>,
}

impl Keyring {
    /// A keyring of these keys.
    #[must_use]
    pub fn new(keys: Vec<PublicKey>) -> Self {
        Self { keys }
    }

    /// Reads a JWK set (RFC 7517, RFC 8037).
    ///
    /// # Errors
    /// [`BadJwks`](super::keyring::BadJwks) says which key is wrong and how.
    pub fn from_jwks(json: &str) -> Result<Self, BadJwks> {
        jwks::read(json).map(Self::new)
    }

    /// The JWK set, as published at `/.well-known/ocop-keys.json`.
    #[must_use]
    pub fn to_jwks(&self) -> String {
        jwks::write(&self.keys)
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// The key of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// Adds a key, or replaces the one of the same id.
    pub fn put(&mut self, key: PublicKey) {
        self.keys.retain(|known| known.id != key.id);
        self.keys.push(key);
    }

    /// Checks a signature against every key. `message` gives the signed bytes for a key's id: the
    /// id is part of what is signed, and is not in the code.
    pub fn check(
        &self,
        signature: &SignatureBytes,
        message: impl Fn(&str) -> Vec<u8>,
    ) -> SignatureCheck<'_> {
        self.keys
            .iter()
            .find(|key| key.verifies(&message(&key.id), signature))
            .map_or(SignatureCheck::Wrong, SignatureCheck::Right)
    }
}

/// Why a JWK set cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadJwks {
    /// Not JSON of the expected form.
    #[error("the key set is not a JWK set")]
    Json(#[source] serde_json::Error),
    /// A key lacks a member, or has one of another kind.
    #[error("key {id} of the key set: {why}")]
    Member {
        /// Its id.
        id: String,
        /// Which, and how.
        why: serde_json::Error,
    },
    /// A key's bytes are wrong.
    #[error("key {id} of the key set: {why}")]
    Key {
        /// Its id.
        id: String,
        /// What is wrong.
        why: BadPublicKey,
    },
    /// The id does not belong to the key.
    #[error("key {id} of the key set should have the id {computed}: it was changed")]
    Id {
        /// The id found.
        id: String,
        /// The id its name and bytes give.
        computed: String,
    },
    /// A moment is outside the calendar.
    #[error("key {0} of the key set has a time that is none")]
    Time(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing::{FileKey, Signer};

    fn validity() -> Validity {
        Validity {
            not_before: Instant::from_timestamp(1_700_000_000, 0).unwrap(),
            not_after: Instant::from_timestamp(1_800_000_000, 0).unwrap(),
            compromised_since: None,
        }
    }

    #[test]
    fn a_key_set_is_read_back_as_it_was_written() {
        let key = FileKey::from_secret("test", &[7; 32]);
        let keyring = key.keyring(validity());
        assert_eq!(Keyring::from_jwks(&keyring.to_jwks()).unwrap(), keyring);
    }

    #[test]
    fn a_key_whose_name_was_changed_is_refused() {
        let jwks = FileKey::from_secret("test", &[7; 32]).keyring(validity()).to_jwks();
        let changed = jwks.replace("\"test\"", "\"other\"");
        assert!(matches!(Keyring::from_jwks(&changed), Err(BadJwks::Id { .. })));
    }

    #[test]
    fn one_wrong_signature_in_a_run_is_noticed() {
        let key = FileKey::from_secret("test", &[7; 32]);
        let public = key.public_key(validity());
        let messages: Vec<Vec<u8>> = (0..50_u8).map(|n| vec![n]).collect();
        let messages: Vec<&[u8]> = messages.iter().map(Vec::as_slice).collect();
        let mut signatures: Vec<_> = messages.iter().map(|m| key.sign(m).unwrap()).collect();
        assert!(public.verifies_all(&messages, &signatures));
        signatures[31][3] ^= 1;
        assert!(!public.verifies_all(&messages, &signatures));
    }

    #[test]
    fn a_weak_public_key_is_refused() {
        // The identity: every signature would be right under it.
        let mut identity = [0; 32];
        identity[0] = 1;
        let refused = PublicKey::from_bytes("weak", &identity, validity());
        assert_eq!(refused, Err(BadPublicKey::Weak));
    }
}
