//! Signing keys on disk: encrypted PKCS#8 (RFC 5958, RFC 8018: scrypt and AES-256), with a
//! passphrase that comes from elsewhere.

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use pkcs8::LineEnding;
use zeroize::Zeroizing;

use super::FileKey;

/// A passphrase. Wiped when dropped; has no `Debug`.
pub struct Passphrase(Zeroizing<String>);

/// Fewest characters of a passphrase.
pub const PASSPHRASE_CHARS_MIN: usize = 12;

/// Why a key file cannot be written or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Too easy to guess.
    #[error("the passphrase is shorter than {PASSPHRASE_CHARS_MIN} characters")]
    ShortPassphrase,
    /// The key could not be written as PKCS#8.
    #[error("the key could not be encrypted")]
    Encrypt,
    /// The passphrase is wrong, or the file is not an encrypted Ed25519 key.
    #[error("the key file could not be opened: wrong passphrase, or no encrypted Ed25519 key")]
    Open,
}

impl Passphrase {
    /// A passphrase, without the line end that editors add to files.
    ///
    /// # Errors
    /// [`KeyFileError::ShortPassphrase`].
    pub fn new(text: String) -> Result<Self, KeyFileError> {
        let text = Zeroizing::new(text);
        let trimmed = Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned());
        if trimmed.chars().count() < PASSPHRASE_CHARS_MIN {
            return Err(KeyFileError::ShortPassphrase);
        }
        Ok(Self(trimmed))
    }
}

/// The PEM text of a key file.
///
/// # Errors
/// [`KeyFileError::Encrypt`].
pub fn seal(key: &FileKey, passphrase: &Passphrase) -> Result<Zeroizing<String>, KeyFileError> {
    key.secret_key()
        .to_pkcs8_encrypted_pem(passphrase.0.as_bytes(), LineEnding::LF)
        .or(Err(KeyFileError::Encrypt))
}

/// Opens a key file's PEM text. The name is not in the file; with another one the key has another
/// id.
///
/// # Errors
/// [`KeyFileError::Open`].
pub fn open(name: &str, pem: &str, passphrase: &Passphrase) -> Result<FileKey, KeyFileError> {
    SigningKey::from_pkcs8_encrypted_pem(pem, passphrase.0.as_bytes())
        .map(|key| FileKey::new(name, key))
        .or(Err(KeyFileError::Open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing::Signer;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.into()).ok().unwrap()
    }

    #[test]
    fn a_key_opens_with_its_passphrase_alone() {
        let key = FileKey::from_secret("test", &[9; 32]);
        let pem = seal(&key, &passphrase("correct horse battery\n")).unwrap();
        assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        let opened = open("test", &pem, &passphrase("correct horse battery")).unwrap();
        assert_eq!(opened.key_id(), key.key_id());
        assert_eq!(opened.sign(b"x").unwrap(), key.sign(b"x").unwrap());
        let wrong = open("test", &pem, &passphrase("incorrect horse")).unwrap_err();
        assert_eq!(wrong, KeyFileError::Open);
    }

    #[test]
    fn a_short_passphrase_is_refused() {
        let refused = Passphrase::new("too short\n".into()).err();
        assert_eq!(refused, Some(KeyFileError::ShortPassphrase));
    }
}
