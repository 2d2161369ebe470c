//! Signing keys.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};

use super::keyring::{Validity, key_id};
use super::{Keyring, PublicKey};
use crate::domain::stamp::SignatureBytes;

/// What signs codes: a key in a file, or one in a hardware token.
pub trait Signer: Send + Sync {
    /// Id of the key: 8 hex digits.
    fn key_id(&self) -> &str;

    /// Signs a message; the same message gives the same bytes (RFC 8032).
    ///
    /// # Errors
    /// [`SigningError`] where a token refuses or cannot be reached.
    fn sign(&self, message: &[u8]) -> Result<SignatureBytes, SigningError>;
}

/// A signature could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the signing key did not sign: {0}")]
pub struct SigningError(pub String);

/// A key held in memory, from a file. Wiped when dropped; never shown.
pub struct FileKey {
    id: String,
    name: String,
    key: SigningKey,
}

impl FileKey {
    /// The key of a 32-byte secret, under a name.
    #[must_use]
    pub fn from_secret(name: &str, secret: &[u8; 32]) -> Self {
        Self::new(name, SigningKey::from_bytes(secret))
    }

    pub(super) fn new(name: &str, key: SigningKey) -> Self {
        let id = key_id(name, key.verifying_key().as_bytes());
        Self { id, name: name.to_owned(), key }
    }

    pub(super) fn secret_key(&self) -> &SigningKey {
        &self.key
    }

    /// The public half, to be published.
    #[must_use]
    pub fn public_key(&self, validity: Validity) -> PublicKey {
        PublicKey::new(&self.name, self.key.verifying_key(), validity)
    }

    /// A keyring of this key alone.
    #[must_use]
    pub fn keyring(&self, validity: Validity) -> Keyring {
        Keyring::new(vec![self.public_key(validity)])
    }
}

impl Signer for FileKey {
    fn key_id(&self) -> &str {
        &self.id
    }

    fn sign(&self, message: &[u8]) -> Result<SignatureBytes, SigningError> {
        Ok(self.key.sign(message).to_bytes())
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileKey").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_not_in_the_debug_output() {
        let shown = format!("{:?}", FileKey::from_secret("test", &[0xAB; 32]));
        assert_eq!(shown, r#"FileKey { id: "7b828c0d", .. }"#);
    }
}
