//! The composition root: settings become a register, keys, an issuer and a verifier. No globals.

pub mod keys;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;

use crate::clock::{Clock, Random, SystemClock, SystemRandom};
use crate::config::{Config, MailGuard, StampProfile};
use crate::domain::batch::Batch;
use crate::domain::batch::Profile;
use crate::domain::host::{Host, HostError};
use crate::identity::{Identity, IdentityError};
use crate::issuance::{IssueError, Issuer};
use crate::mail::{Guard, MailError, Mailer, Server};
use crate::paperwork::Paperwork;
use crate::signing::{FileKey, PublicKey, Signer};
use crate::store::{Store, StoreError, batches};
use crate::verification::{Counting, Verifier};

use self::keys::{KeyFolder, KeysError};

/// Everything the program works with.
pub struct App {
    /// The settings.
    pub config: Config,
    /// The register.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub random: Arc<dyn Random>,
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The register cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The mail server cannot be used.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// A batch could not be finished.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// Nobody can ever answer at a host that people would be sent to.
    #[error("{setting}: {source}")]
    Nobodys {
        /// The setting.
        setting: &'static str,
        /// Why.
        source: HostError,
    },
    /// A setting has a value that is none.
    #[error("{setting} is “{found}”; it can be {possible}")]
    Setting {
        /// The setting.
        setting: &'static str,
        /// Its value.
        found: String,
        /// What it can be.
        possible: &'static str,
    },
}

impl AppError {
    /// A setting whose host is nobody's.
    pub fn nobodys(setting: &'static str) -> impl Fn(HostError) -> Self {
        move |source| Self::Nobodys { setting, source }
    }
}

impl App {
    /// Opens the register that is there, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(config: Config) -> Result<Self, StoreError> {
        let store = Store::open(&config.database_url())?;
        store.migrate()?;
        Ok(Self::with_store(config, store))
    }

    /// Opens the register, made if it is not there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open_or_create(config: Config) -> Result<Self, StoreError> {
        let store = Store::open_or_create(&config.database_url())?;
        Ok(Self::with_store(config, store))
    }

    fn with_store(config: Config, store: Store) -> Self {
        Self { config, store, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom) }
    }

    /// The key folder.
    #[must_use]
    pub fn keys(&self) -> KeyFolder {
        KeyFolder::new(&self.config)
    }

    /// The host of addresses on paper. Only a demonstration prints one that is nobody's.
    ///
    /// # Errors
    /// [`HostError::Reserved`].
    pub fn printed_host(&self) -> Result<Host, HostError> {
        let host = &self.config.stamps.host;
        if !self.keys().is_of_demonstration() {
            host.for_print()?;
        }
        Ok(host.clone())
    }

    /// Where consumers can report a suspicion. Only a demonstration names what is nobody's.
    ///
    /// # Errors
    /// [`AppError::Nobodys`].
    pub fn report_contact(&self) -> Result<Option<String>, AppError> {
        let Some(contact) = &self.config.server.report_contact else { return Ok(None) };
        if !self.keys().is_of_demonstration() {
            contact.for_the_public().map_err(AppError::nobodys("server.report_contact"))?;
        }
        Ok(Some(contact.as_str().to_owned()))
    }

    /// An issuer with the current signing key.
    ///
    /// # Errors
    /// [`AppError`] where there is no key, or it does not open, or where nobody can ever answer at the
    /// host of the stamps.
    pub fn issuer(&self) -> Result<Issuer, AppError> {
        self.printed_host().map_err(AppError::nobodys("stamps.host"))?;
        Ok(self.issuer_with(self.keys().open_current(self.clock.now())?))
    }

    /// Finishes every batch that an interruption left without its codes, each with the key it was
    /// begun with.
    ///
    /// # Errors
    /// [`AppError`], at the first that cannot be finished.
    pub fn finish_interrupted(&self, by: &str) -> Result<Vec<Batch>, AppError> {
        let unfinished = self.store.read(batches::unfinished)?;
        let keys: BTreeSet<String> =
            unfinished.into_iter().map(|batch| batch.intent.key_id).collect();
        let mut finished = Vec::new();
        for key in keys {
            let issuer = self.issuer_with(self.keys().open(&key)?);
            finished.extend(issuer.finish_interrupted(by, &|_| ())?);
        }
        Ok(finished)
    }

    fn issuer_with(&self, (key, public_key): (FileKey, PublicKey)) -> Issuer {
        let profile = match self.config.stamps.profile {
            StampProfile::Signed => Profile::Signed,
            StampProfile::Compact => Profile::Compact,
        };
        let signer: Arc<dyn Signer> = Arc::new(key);
        Issuer {
            store: self.store.clone(),
            signer,
            public_key,
            clock: self.clock.clone(),
            random: self.random.clone(),
            host: self.config.stamps.host.clone(),
            profile,
        }
    }

    /// What sends letters; none where no mail server is set.
    ///
    /// # Errors
    /// [`AppError`].
    pub fn mailer(&self) -> Result<Option<Mailer>, AppError> {
        let mail = &self.config.mail;
        let Some(host) = &mail.host else { return Ok(None) };
        if !self.keys().is_of_demonstration() {
            host.for_use().map_err(AppError::nobodys("mail.host"))?;
            mail.from.for_letters().map_err(AppError::nobodys("mail.from"))?;
        }
        let guard = match mail.guard {
            MailGuard::Tls => Guard::Tls,
            MailGuard::StartTls => Guard::StartTls,
            MailGuard::Nothing => Guard::Nothing,
        };
        let password = mail.password.as_ref().map(|it| it.expose().to_owned());
        let login = mail.login.clone().zip(password);
        let from = (mail.from.name().map(str::to_owned), mail.from.address().to_owned());
        let host = host.as_str().to_owned();
        let server = Server { host, port: mail.port, guard, login, from };
        Ok(Some(Mailer::new(&server)?))
    }

    /// Who people are.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn identity(&self) -> Result<Identity, IdentityError> {
        Identity::new(self.store.clone(), self.clock.clone(), self.random.clone())
    }

    /// Makes official papers.
    #[must_use]
    pub fn paperwork(&self) -> Paperwork {
        Paperwork {
            store: self.store.clone(),
            random: self.random.clone(),
            host: self.printed_host(),
        }
    }

    /// A verifier with the published keys.
    ///
    /// # Errors
    /// [`AppError`] where the key set cannot be read.
    pub fn verifier(&self) -> Result<Verifier, AppError> {
        let scans = &self.config.scans;
        if !(1..=24).contains(&scans.repeat_hours) {
            return Err(AppError::Setting {
                setting: "scans.repeat_hours",
                found: scans.repeat_hours.to_string(),
                possible: "1 to 24",
            });
        }
        let counting = Counting {
            repeat: TimeDelta::hours(scans.repeat_hours.into()),
            network_hourly: scans.network_hourly.into(),
        };
        let keyring = self.keys().keyring()?;
        let verifier = Verifier::new(self.store.clone(), keyring, self.clock.clone());
        Ok(verifier.counting(counting, self.random.clone()))
    }
}
