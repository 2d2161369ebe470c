//! Sessions: signing in, staying signed in, showing again who one is, signing out.

use chrono::TimeDelta;

use super::password::{self, Hash, Weakness};
use super::{Identity, IdentityError};
use crate::domain::account::{self, Account, Pending};
use crate::domain::audit::{Action, FactName, Subject};
use crate::domain::calendar::Instant;
use crate::store::{StoreError, accounts, audit, devices, sessions};
use crate::token::Token;

/// A session ends this long after it began.
const LENGTH: TimeDelta = TimeDelta::hours(12);
/// A session ends this long after it was last used.
const IDLE: TimeDelta = TimeDelta::minutes(60);
/// Use is noted no more often than this.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(2);
/// Who showed this recently who they are, need not do so again before a weighty act.
const CONFIRMED_FOR: TimeDelta = TimeDelta::minutes(10);

/// A device is known so many days after somebody last signed in on it.
pub const DEVICE_DAYS: i64 = 180;

/// What somebody who was let in is given.
#[derive(Debug)]
pub struct SignedIn {
    /// Of the session.
    pub session: Token,
    /// Of the device, for the next time.
    pub device: Token,
}

/// Somebody who gave a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// Whether a code of the authenticator app was given.
    pub gave_code: bool,
    /// When the person last showed who they are.
    pub confirmed_at: Instant,
}

impl Session {
    /// What is still to be done before the work.
    #[must_use]
    pub fn pending(&self) -> Option<Pending> {
        self.account.pending(self.gave_code)
    }

    /// Whether the person showed who they are a moment ago, as a weighty act asks.
    #[must_use]
    pub fn is_confirmed(&self, at: Instant) -> bool {
        at - self.confirmed_at < CONFIRMED_FOR
    }
}

impl Identity {
    /// Lets somebody in. `from` is where the attempt comes from: attempts are counted by login and
    /// place, so that nobody can lock another out.
    ///
    /// # Errors
    /// [`IdentityError::Wrong`], alike for unknown logins, closed accounts and wrong passwords;
    /// [`IdentityError::TooMany`].
    pub fn sign_in(&self, login: &str, password: &str, from: &str) -> Result<Token, IdentityError> {
        self.sign_in_on(login, password, from, None).map(|signed_in| signed_in.session)
    }

    /// The same, on a device that somebody may have signed in on before. Attempts on one that is known
    /// are counted by it: neither who shares its network nor who guesses from everywhere can lock it
    /// out.
    ///
    /// # Errors
    /// Those of [`Self::sign_in`].
    pub fn sign_in_on(
        &self,
        login: &str,
        password: &str,
        from: &str,
        device: Option<Token>,
    ) -> Result<SignedIn, IdentityError> {
        let login = account::login(login).ok_or(IdentityError::Wrong)?;
        let device = self.known(device, &login)?;
        match &device {
            Some(device) => self.throttle.attempt(&login, &device.sha256())?,
            None => self.throttle.attempt_of_stranger(&login, from)?,
        }
        let known = self.store.read(|register| accounts::by_login(register, &login))?;
        let hash = known.as_ref().and_then(|(_, secrets)| secrets.password_hash.clone());
        let has_password = hash.is_some();
        let right = hash.map_or_else(|| self.nobody.clone(), Hash::stored).matches(password);
        let account = known.map(|(account, _)| account);
        let account = account.filter(|it| right && has_password && it.disabled_at.is_none());
        let Some(account) = account else {
            self.note_failure(&login, from)?;
            return Err(IdentityError::Wrong);
        };
        let session = Token::new(self.random.as_ref())?;
        let device = device.map_or_else(|| Token::new(self.random.as_ref()), Ok)?;
        let act = self.act(&login);
        self.store.write(|register| -> Result<(), StoreError> {
            sessions::delete_before(register, act.at - LENGTH)?;
            sessions::insert(register, &session.sha256(), account.id, false, act.at)?;
            devices::put(register, &device.sha256(), account.id, act.at)?;
            audit::record(register, act, &Action::SignIn.on(account.id))
        })?;
        Ok(SignedIn { session, device })
    }

    /// Makes a device known on which somebody has just shown in another way who they are.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn remember(&self, account: &Account) -> Result<Token, IdentityError> {
        let (device, at) = (Token::new(self.random.as_ref())?, self.clock.now());
        self.store.write(|register| devices::put(register, &device.sha256(), account.id, at))?;
        Ok(device)
    }

    /// The device, where somebody signed in on it under that login not too long ago.
    fn known(&self, device: Option<Token>, login: &str) -> Result<Option<Token>, StoreError> {
        let Some(device) = device else { return Ok(None) };
        let since = self.clock.now() - TimeDelta::days(DEVICE_DAYS);
        let known = self
            .store
            .read(|register| devices::is_known(register, &device.sha256(), login, since))?;
        Ok(known.then_some(device))
    }

    /// The session of a token, where it still goes on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn session(&self, token: &Token) -> Result<Option<Session>, StoreError> {
        let sha256 = token.sha256();
        let now = self.clock.now();
        let found = self.store.read(|register| sessions::find(register, &sha256))?;
        let Some(found) = found.filter(|it| {
            it.account.disabled_at.is_none()
                && now - it.created_at < LENGTH
                && now - it.seen_at < IDLE
        }) else {
            return Ok(None);
        };
        if now - found.seen_at >= NOTED_EVERY {
            sessions::touch(&self.store, &sha256, now)?;
        }
        let (gave_code, confirmed_at) = (found.gave_code, found.confirmed_at);
        Ok(Some(Session { account: found.account, gave_code, confirmed_at }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn sign_out(&self, token: &Token) -> Result<(), StoreError> {
        self.store.write(|register| sessions::delete(register, &token.sha256()))
    }

    /// Takes password, and code where there is an app, once more. The session goes on under a new
    /// token.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn confirm(
        &self,
        token: &Token,
        session: &Session,
        password: &str,
        code: &str,
    ) -> Result<Token, IdentityError> {
        self.allow(session)?;
        self.check_password(session, password)?;
        if session.account.has_second_factor {
            self.check_code(session, code)?;
        }
        self.renew(token, session, session.gave_code)
    }

    /// Replaces one's own password. All sessions of the account end but this one, which goes on
    /// under a new token.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn change_password(
        &self,
        token: &Token,
        session: &Session,
        current: &str,
        wanted: &str,
    ) -> Result<Token, IdentityError> {
        self.allow(session)?;
        self.check_password(session, current)?;
        if current == wanted {
            return Err(IdentityError::Weak(Weakness::Same));
        }
        let details = &session.account.details;
        password::check(wanted, &[&details.login, &details.name]).map_err(IdentityError::Weak)?;
        let hash = Hash::new(wanted, self.random.as_ref())?;
        let (id, act) = (session.account.id, self.act(&details.login));
        self.store.write(|register| -> Result<(), StoreError> {
            accounts::set_password(register, id, hash.as_str(), false)?;
            sessions::delete_of(register, id)?;
            audit::record(register, act, &Action::SetPassword.on(id))
        })?;
        self.renew(token, session, session.gave_code)
    }

    fn check_password(&self, session: &Session, password: &str) -> Result<(), IdentityError> {
        let id = session.account.id;
        let known = self.store.read(|register| accounts::credentials(register, id))?;
        let hash = known.and_then(|known| known.password_hash).map(Hash::stored);
        let right = hash.is_some_and(|hash| hash.matches(password));
        if right { Ok(()) } else { Err(IdentityError::Wrong) }
    }

    /// A new token for the same person: what somebody may have learnt of the old one is worthless.
    pub(super) fn renew(
        &self,
        token: &Token,
        session: &Session,
        gave_code: bool,
    ) -> Result<Token, IdentityError> {
        let new = Token::new(self.random.as_ref())?;
        let at = self.clock.now();
        self.store.write(|register| -> Result<(), StoreError> {
            sessions::delete(register, &token.sha256())?;
            sessions::insert(register, &new.sha256(), session.account.id, gave_code, at)
        })?;
        Ok(new)
    }

    /// Attempts within a session are counted by its account: they cannot lock out who is outside.
    pub(super) fn allow(&self, session: &Session) -> Result<(), IdentityError> {
        self.throttle.attempt(&session.account.details.login, "session")
    }

    fn note_failure(&self, login: &str, from: &str) -> Result<(), StoreError> {
        tracing::info!(login, from, "somebody was not let in");
        let act = self.act("–");
        self.store.write(|register| {
            let known = accounts::by_login(register, login)?;
            let subject = known.map_or(Subject::Register, |(account, _)| account.id.into());
            let entry = Action::RefuseSignIn.on(subject).with(FactName::Login.is(login));
            audit::record(register, act, &entry)
        })
    }
}
