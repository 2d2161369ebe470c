//! Sessions: signing in, staying signed in, showing again who one is, signing out.
//!
//! Whoever acts by a session is asked in the transaction of the act whether it still goes on and shows
//! enough: what ends sessions also ends acts that were under way.

use std::fmt;

use chrono::TimeDelta;

use super::changes::Change;
use super::password::{Hash, Weakness};
use super::refusals::Refused;
use super::{Identity, IdentityError};
use crate::domain::account::{self, Account, Pending};
use crate::domain::assurance::{Assurance, Need};
use crate::domain::audit::Action;
use crate::domain::calendar::Instant;
use crate::store::{AnyConnection, StoreError, accounts, audit, devices, sessions};
use crate::token::Token;

/// A session ends this long after it began.
const LENGTH: TimeDelta = TimeDelta::hours(12);
/// A session ends this long after it was last used.
const IDLE: TimeDelta = TimeDelta::minutes(60);
/// Use is noted no more often than this.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(2);
/// Who showed this recently who they are, need not do so again before a weighty act. A session in
/// which something is owed does not last longer.
const CONFIRMED_FOR: TimeDelta = TimeDelta::minutes(10);

/// A device is known so many days after somebody last signed in on it.
pub const DEVICE_DAYS: i64 = 180;

/// What somebody who was let in is given.
#[derive(Debug)]
pub struct SignedIn {
    /// Of the session.
    pub session: Token,
    /// Of the device, for the next time; none while a code is owed.
    pub device: Option<Token>,
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
    enrolment: Option<Secret>,
}

/// Bytes that no log shows.
#[derive(Clone, PartialEq, Eq)]
struct Secret(Vec<u8>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Session {
    /// What is still to be done before the work.
    #[must_use]
    pub fn pending(&self) -> Option<Pending> {
        self.account.pending(self.gave_code)
    }

    /// How far it has come.
    #[must_use]
    pub fn assurance(&self, at: Instant) -> Assurance {
        match self.pending() {
            Some(owed) => Assurance::Pending(owed),
            None if at - self.confirmed_at < CONFIRMED_FOR => Assurance::Reauthenticated,
            None => Assurance::Full,
        }
    }

    /// What an authenticator app is being set up with, if one is.
    pub(super) fn enrolment_secret(&self) -> Option<&[u8]> {
        self.enrolment.as_ref().map(|Secret(secret)| &**secret)
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
        let hash = hash.map_or_else(|| self.nobody.clone(), Hash::stored);
        let right = hash.matches(password);
        let account = known.map(|(account, _)| account);
        let id = account.as_ref().map(|account| account.id);
        let account = account.filter(|it| right && has_password && it.disabled_at.is_none());
        let Some(account) = account else {
            self.note_refusal(id, Refused::SignIn)?;
            return Err(IdentityError::Wrong);
        };
        let device = device.map_or_else(|| Token::new(self.random.as_ref()), Ok)?;
        self.let_in(&account, &hash, device)
    }

    /// Begins a session for who gave the right password, unless it was changed meanwhile.
    fn let_in(
        &self,
        account: &Account,
        hash: &Hash,
        device: Token,
    ) -> Result<SignedIn, IdentityError> {
        let act = self.act(&account.details.login);
        self.store.write(|register| {
            let account = still_known_by(register, account, hash)?;
            sessions::delete_before(register, act.at - LENGTH)?;
            let session = self.begin(register, &account, false)?;
            self.note_in(register, &account, false)?;
            if account.pending(false).is_some() {
                audit::record(register, act, &Action::GivePassword.on(account.id))?;
            }
            // A browser is known as theirs by all that shows who they are.
            if account.pending(false) == Some(Pending::Code) {
                return Ok(SignedIn { session, device: None });
            }
            devices::put(register, &device.sha256(), account.id, act.at)?;
            Ok(SignedIn { session, device: Some(device) })
        })
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
    pub(super) fn known(
        &self,
        device: Option<Token>,
        login: &str,
    ) -> Result<Option<Token>, StoreError> {
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
        let now = self.clock.now();
        let Some((session, seen_at)) = self.store.read(|register| self.find(register, token))?
        else {
            return Ok(None);
        };
        if now - seen_at >= NOTED_EVERY {
            sessions::touch(&self.store, &token.sha256(), now)?;
        }
        Ok(Some(session))
    }

    /// The session of a token, and when it was last used.
    fn find(
        &self,
        register: &mut AnyConnection,
        token: &Token,
    ) -> Result<Option<(Session, Instant)>, StoreError> {
        let now = self.clock.now();
        let Some(found) = sessions::find(register, &token.sha256())? else { return Ok(None) };
        let goes_on = found.account.disabled_at.is_none()
            && now - found.created_at < LENGTH
            && now - found.seen_at < IDLE;
        let session = Session {
            account: found.account,
            gave_code: found.gave_code,
            confirmed_at: found.confirmed_at,
            enrolment: found.enrolment_secret.map(Secret),
        };
        let is_late = session.pending().is_some() && now - session.confirmed_at >= CONFIRMED_FOR;
        Ok((goes_on && !is_late).then_some((session, found.seen_at)))
    }

    /// The session of a token as it is in the transaction of an act, where it shows what that needs.
    pub(super) fn current(
        &self,
        register: &mut AnyConnection,
        token: &Token,
        need: Need,
    ) -> Result<Session, IdentityError> {
        let found = self.find(register, token)?.map(|(session, _)| session);
        let at = self.clock.now();
        let enough = found.filter(|session| session.assurance(at).meets(need).is_ok());
        enough.ok_or(IdentityError::NotProven)
    }

    /// The same, before what takes too long for a transaction.
    pub(super) fn opened(&self, token: &Token, need: Need) -> Result<Session, IdentityError> {
        self.store.read(|register| self.current(register, token, need))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn sign_out(&self, token: &Token) -> Result<(), StoreError> {
        self.store.write(|register| sessions::delete(register, &token.sha256()))
    }

    /// Takes password, and code where there is an app, once more. The session goes on under a new
    /// token. `from` is where they come from: attempts are counted by session and place.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn confirm(
        &self,
        token: &Token,
        password: &str,
        code: &str,
        from: &str,
    ) -> Result<Token, IdentityError> {
        let session = self.opened(token, Need::Full)?;
        let account = &session.account;
        let attempt = self.confirmations.attempt_of_stranger(&token.sha256(), from);
        self.telling(attempt, account, Refused::Confirmation)?;
        let confirmed = self.hash_of(account, password).and_then(|hash| {
            self.store.write(|register| {
                self.current(register, token, Need::Full)?;
                let account = still_known_by(register, account, &hash)?;
                if account.has_second_factor {
                    self.take_code(register, account.id, code)?;
                }
                sessions::delete(register, &token.sha256())?;
                self.begin(register, &account, session.gave_code)
            })
        });
        self.telling(confirmed, account, Refused::Confirmation)
    }

    /// Replaces one's own password. Whatever else was open of the account ends; the session goes on
    /// under a new token, on a device that is known.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn change_password(
        &self,
        token: &Token,
        current: &str,
        wanted: &str,
        from: &str,
    ) -> Result<SignedIn, IdentityError> {
        let need = Need::Change(Pending::OwnPassword);
        let session = self.opened(token, need)?;
        let account = &session.account;
        let attempt = self.confirmations.attempt_of_stranger(&token.sha256(), from);
        self.telling(attempt, account, Refused::Confirmation)?;
        let known = self.hash_of(account, current);
        let known = self.telling(known, account, Refused::Confirmation)?;
        if current == wanted {
            return Err(IdentityError::Weak(Weakness::Same));
        }
        self.check_password(account, wanted)?;
        let hash = Hash::new(wanted, self.random.as_ref())?;
        let act = self.act(&account.details.login);
        self.store.write(|register| {
            self.current(register, token, need)?;
            let account = still_known_by(register, account, &known)?;
            accounts::set_password(register, account.id, hash.as_str(), false)?;
            Change::Password.follow(register, &account, None, act, [])?;
            if session.pending().is_some() {
                self.note_in(register, &account, session.gave_code)?;
            }
            self.anew(register, &account, session.gave_code)
        })
    }

    /// The hash of an account's password, where that is it.
    fn hash_of(&self, account: &Account, password: &str) -> Result<Hash, IdentityError> {
        let known = self.store.read(|register| accounts::credentials(register, account.id))?;
        let hash = known.and_then(|known| known.password_hash).map(Hash::stored);
        hash.filter(|hash| hash.matches(password)).ok_or(IdentityError::Wrong)
    }

    /// Tells the trail that somebody is in, where nothing is owed any more: with the password alone, whose
    /// account asks for a code is not.
    pub(super) fn note_in(
        &self,
        register: &mut AnyConnection,
        account: &Account,
        gave_code: bool,
    ) -> Result<(), StoreError> {
        let Some(account) = accounts::get(register, account.id)? else { return Ok(()) };
        if account.pending(gave_code).is_some() {
            return Ok(());
        }
        let act = self.act(&account.details.login);
        audit::record(register, act, &Action::SignIn.on(account.id))
    }

    /// Begins a session. What somebody may have learnt of the token before it is worthless.
    pub(super) fn begin(
        &self,
        register: &mut AnyConnection,
        account: &Account,
        gave_code: bool,
    ) -> Result<Token, IdentityError> {
        let new = Token::new(self.random.as_ref())?;
        sessions::insert(register, &new.sha256(), account.id, gave_code, self.clock.now())?;
        Ok(new)
    }

    /// Begins a session where all before it ended, on a device that is known.
    pub(super) fn anew(
        &self,
        register: &mut AnyConnection,
        account: &Account,
        gave_code: bool,
    ) -> Result<SignedIn, IdentityError> {
        let session = self.begin(register, account, gave_code)?;
        let device = Token::new(self.random.as_ref())?;
        devices::put(register, &device.sha256(), account.id, self.clock.now())?;
        Ok(SignedIn { session, device: Some(device) })
    }
}

/// The account as it is in the transaction of an act, where its password is still that one.
fn still_known_by(
    register: &mut AnyConnection,
    account: &Account,
    hash: &Hash,
) -> Result<Account, IdentityError> {
    let known = accounts::credentials(register, account.id)?;
    let is_same = known.and_then(|it| it.password_hash).is_some_and(|it| it == hash.as_str());
    let account = accounts::get(register, account.id)?;
    let account = account.filter(|it| is_same && it.disabled_at.is_none());
    account.ok_or(IdentityError::Wrong)
}
