//! The key folder: one encrypted file a key, and the published set of public keys beside them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Months;

use crate::clock::{NoRandomness, Random};
use crate::config::Config;
use crate::domain::calendar::Instant;
use crate::files;
use crate::signing::key_file::{self, KeyFileError, Passphrase};
use crate::signing::keyring::{BadJwks, Validity};
use crate::signing::{FileKey, Keyring, PublicKey, Signer};

/// The published key set's file name.
pub const KEY_SET_FILE: &str = "ocop-keys.json";

/// Keys of one installation, in `keys/` of the data folder.
pub struct KeyFolder {
    folder: PathBuf,
    config: crate::config::KeysConfig,
}

/// Why keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// No key may sign now.
    #[error("no key in {0} may sign now: `ocop key new` makes one")]
    NoCurrentKey(PathBuf),
    /// No passphrase was given.
    #[error(
        "the key's passphrase is not set: name a file in keys.passphrase_file, or set \
         OCOP_KEYS_PASSPHRASE"
    )]
    NoPassphrase,
    /// The passphrase or the key file is wrong.
    #[error("{path}: {why}")]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: KeyFileError,
    },
    /// The key set is wrong.
    #[error("{path}: {why}")]
    KeySet {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: BadJwks,
    },
    /// No such key.
    #[error("there is no key {0} that may sign: `ocop key list` shows them")]
    NoKey(String),
    /// No randomness for a new key.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// A file could not be read or written.
    #[error("{path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What happened.
        #[source]
        error: io::Error,
    },
}

impl KeyFolder {
    /// The folder that the settings name.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { folder: config.data.dir.join("keys"), config: config.keys.clone() }
    }

    /// The file with the passphrase in a demonstration's folder. Beside the key it protects nothing.
    #[must_use]
    pub fn demonstration_passphrase(dir: &Path) -> PathBuf {
        dir.join("keys").join("passphrase")
    }

    /// Whether the keys are those of a demonstration, which trusts nothing to them.
    #[must_use]
    pub fn is_of_demonstration(&self) -> bool {
        self.folder.join("passphrase").exists()
    }

    /// Path of the published key set.
    #[must_use]
    pub fn key_set_path(&self) -> PathBuf {
        self.folder.join(KEY_SET_FILE)
    }

    /// The published keys; none where there is no set yet.
    ///
    /// # Errors
    /// [`KeysError::KeySet`], [`KeysError::File`].
    pub fn keyring(&self) -> Result<Keyring, KeysError> {
        let path = self.key_set_path();
        match fs::read_to_string(&path) {
            Ok(json) => Keyring::from_jwks(&json).map_err(|why| KeysError::KeySet { path, why }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Keyring::default()),
            Err(error) => Err(KeysError::File { path, error }),
        }
    }

    /// Makes a key that may sign from now on, and publishes its public half.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn create(&self, random: &dyn Random, now: Instant) -> Result<PublicKey, KeysError> {
        let passphrase = self.passphrase()?;
        let secret = zeroize::Zeroizing::new(random.secret()?);
        let key = FileKey::from_secret(&self.config.name, &secret);
        let not_after = now.checked_add_months(Months::new(self.config.months));
        let validity = Validity {
            not_before: now,
            not_after: not_after.unwrap_or(now),
            compromised_since: None,
        };
        let public = key.public_key(validity);
        let path = self.key_path(key.key_id());
        let pem = key_file::seal(&key, &passphrase)
            .map_err(|why| KeysError::KeyFile { path: path.clone(), why })?;
        // The secret half first: a published key that nobody holds would be of no use.
        files::write_secret(&path, pem.as_bytes())
            .map_err(|error| KeysError::File { path, error })?;
        self.publish(public.clone())?;
        Ok(public)
    }

    /// Opens the key that signs now: of those in their time, the one that began last.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open_current(&self, now: Instant) -> Result<(FileKey, PublicKey), KeysError> {
        let keyring = self.keyring()?;
        let usable = keyring
            .keys()
            .iter()
            .filter(|key| key.validity.may_sign(now) && self.key_path(&key.id).exists());
        let public = usable
            .max_by_key(|key| key.validity.not_before)
            .ok_or_else(|| KeysError::NoCurrentKey(self.folder.clone()))?;
        self.unlock(public)
    }

    /// Opens the key of that id, to finish what was begun with it.
    ///
    /// # Errors
    /// [`KeysError`]; also where the key was compromised.
    pub fn open(&self, id: &str) -> Result<(FileKey, PublicKey), KeysError> {
        let keyring = self.keyring()?;
        let public = keyring.get(id).filter(|key| key.validity.compromised_since.is_none());
        self.unlock(public.ok_or_else(|| KeysError::NoKey(id.to_owned()))?)
    }

    fn unlock(&self, public: &PublicKey) -> Result<(FileKey, PublicKey), KeysError> {
        let path = self.key_path(&public.id);
        let pem = read(&path)?;
        let key = key_file::open(&public.name, &pem, &self.passphrase()?)
            .map_err(|why| KeysError::KeyFile { path, why })?;
        Ok((key, public.clone()))
    }

    /// Publishes that somebody else may have had a key since a moment. It signs no more.
    ///
    /// # Errors
    /// [`KeysError::NoKey`], [`KeysError::File`].
    pub fn set_compromised(&self, id: &str, since: Instant) -> Result<PublicKey, KeysError> {
        let keyring = self.keyring()?;
        let key = keyring.get(id).ok_or_else(|| KeysError::NoKey(id.to_owned()))?;
        let mut key = key.clone();
        key.validity.compromised_since = Some(since);
        self.publish(key.clone())?;
        Ok(key)
    }

    fn publish(&self, key: PublicKey) -> Result<(), KeysError> {
        let mut keyring = self.keyring()?;
        keyring.put(key);
        let path = self.key_set_path();
        files::write(&path, keyring.to_jwks().as_bytes())
            .map_err(|error| KeysError::File { path, error })
    }

    fn key_path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.pem"))
    }

    fn passphrase(&self) -> Result<Passphrase, KeysError> {
        let (path, text) = match (&self.config.passphrase, &self.config.passphrase_file) {
            (Some(passphrase), _) => {
                (PathBuf::from("OCOP_KEYS_PASSPHRASE"), passphrase.expose().to_owned())
            }
            (None, Some(path)) => (path.clone(), read(path)?),
            (None, None) => return Err(KeysError::NoPassphrase),
        };
        Passphrase::new(text).map_err(|why| KeysError::KeyFile { path, why })
    }
}

fn read(path: &Path) -> Result<String, KeysError> {
    fs::read_to_string(path).map_err(|error| KeysError::File { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedRandom;
    use crate::config::Secret;

    fn folder(dir: &Path) -> KeyFolder {
        let mut config = Config::default();
        config.data.dir = dir.to_owned();
        config.keys.passphrase = Some(Secret::new("correct horse battery".into()));
        KeyFolder::new(&config)
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_newest_key_in_its_time_signs() {
        let dir = tempfile::tempdir().unwrap();
        let keys = folder(dir.path());
        let old = keys.create(&FixedRandom([1; 32]), at(1_700_000_000)).unwrap();
        let new = keys.create(&FixedRandom([2; 32]), at(1_710_000_000)).unwrap();
        let current = |now| keys.open_current(at(now)).map(|(key, _)| key.key_id().to_owned());
        assert_eq!(current(1_705_000_000).unwrap(), old.id);
        assert_eq!(current(1_711_000_000).unwrap(), new.id);
        assert!(matches!(current(1_900_000_000), Err(KeysError::NoCurrentKey(_))));
    }

    #[test]
    fn a_compromised_key_signs_no_more_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let keys = folder(dir.path());
        let key = keys.create(&FixedRandom([1; 32]), at(1_700_000_000)).unwrap();
        keys.set_compromised(&key.id, at(1_700_000_500)).unwrap();
        assert!(matches!(keys.open_current(at(1_700_001_000)), Err(KeysError::NoCurrentKey(_))));
        let published = keys.keyring().unwrap();
        let since = published.get(&key.id).unwrap().validity.compromised_since;
        assert_eq!(since, Some(at(1_700_000_500)));
    }
}
