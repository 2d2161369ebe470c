//! Codes of an authenticator app: TOTP (RFC 6238), six digits, 30 seconds, SHA-1, which is what all
//! apps understand. A code is good once.

use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Totp};

use super::changes::Change;
use super::refusals::Refused;
use super::session::SignedIn;
use super::{Identity, IdentityError};
use crate::domain::account::{Account, Pending};
use crate::domain::assurance::Need;
use crate::domain::ids::AccountId;
use crate::store::{AnyConnection, accounts, devices, sessions};
use crate::token::Token;

/// Bytes of a secret: as many as the hash has (RFC 4226, section 4).
const SECRET_BYTES: usize = 20;
/// The service's name in the app.
const ISSUER: &str = "OCOP";
/// An app is set up by who owes it, or showed a moment ago who they are.
const ENROLS: Need = Need::Change(Pending::FirstEnrolment);
/// A code is given by who owes it.
const GIVES: Need = Need::Owed(Pending::Code);

/// What an app is set up with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in Base32, for who cannot scan.
    pub secret: String,
    /// The address that the app scans.
    pub url: String,
}

impl Identity {
    /// What somebody sets an app up with: made by chance once a session, and kept with it until a
    /// code proves that the app has it.
    ///
    /// # Errors
    /// [`IdentityError::NotProven`].
    pub fn enrolment(&self, token: &Token) -> Result<Enrolment, IdentityError> {
        let session = self.store.read(|register| self.current(register, token, ENROLS))?;
        let secret = match session.enrolment_secret() {
            Some(secret) => secret.to_vec(),
            None => self.begin_enrolment(token)?,
        };
        let totp = totp(&secret, &session.account.details.login);
        let url = totp.to_url().map_err(|why| IdentityError::Hashing(why.to_string()))?;
        Ok(Enrolment { secret: BASE32_NOPAD.encode(&secret), url })
    }

    fn begin_enrolment(&self, token: &Token) -> Result<Vec<u8>, IdentityError> {
        let new: Vec<u8> = self.random.secret()?.into_iter().take(SECRET_BYTES).collect();
        self.store.write(|register| {
            let session = self.current(register, token, ENROLS)?;
            // The page may have been asked for twice at a time.
            if let Some(secret) = session.enrolment_secret() {
                return Ok(secret.to_vec());
            }
            sessions::set_enrolment(register, &token.sha256(), &new)?;
            Ok(new)
        })
    }

    /// Keeps the secret, once a code shows that the app has it. Whatever else was open of the account
    /// ends; the session goes on under a new token, on a device that is known.
    ///
    /// # Errors
    /// [`IdentityError::WrongCode`], [`IdentityError::TooMany`], [`IdentityError::NotProven`].
    pub fn enrol(&self, token: &Token, code: &str) -> Result<SignedIn, IdentityError> {
        let opened = self.opened(token, ENROLS)?;
        let (was_pending, account) = (opened.pending().is_some(), opened.account);
        let attempt = self.confirmations.attempt(&token.sha256(), "enrolment");
        self.telling(attempt, &account, Refused::Code)?;
        let enrolled = self.store.write(|register| {
            let session = self.current(register, token, ENROLS)?;
            let secret = session.enrolment_secret().ok_or(IdentityError::WrongCode)?;
            let step = self.step_of(secret, code).ok_or(IdentityError::WrongCode)?;
            accounts::set_second_factor(register, account.id, Some(secret), step)?;
            let act = self.act(&account.details.login);
            Change::SecondFactor.follow(register, &account, None, act, [])?;
            if was_pending {
                self.note_in(register, &account, true)?;
            }
            self.anew(register, &account, true)
        });
        self.telling(enrolled, &account, Refused::Code)
    }

    /// Takes a code of the app. The session goes on under a new token. `from` is where it comes from,
    /// and `device` where somebody may have signed in before: attempts are counted by them, so that
    /// whoever has the password alone cannot use up those of its person.
    ///
    /// # Errors
    /// [`IdentityError::WrongCode`], [`IdentityError::TooMany`], [`IdentityError::NotProven`].
    pub fn give_code(
        &self,
        token: &Token,
        code: &str,
        from: &str,
        device: Option<Token>,
    ) -> Result<SignedIn, IdentityError> {
        let account = self.opened(token, GIVES)?.account;
        let login = &account.details.login;
        let device = self.known(device, login)?;
        let attempt = match &device {
            Some(device) => self.codes.attempt(login, &device.sha256()),
            None => self.codes.attempt_of_stranger(login, from),
        };
        self.telling(attempt, &account, Refused::Code)?;
        let device = device.map_or_else(|| Token::new(self.random.as_ref()), Ok)?;
        let given = self.store.write(|register| {
            self.current(register, token, GIVES)?;
            self.take_code(register, account.id, code)?;
            sessions::delete(register, &token.sha256())?;
            let session = self.begin(register, &account, true)?;
            devices::put(register, &device.sha256(), account.id, self.clock.now())?;
            self.note_in(register, &account, true)?;
            Ok(SignedIn { session, device: Some(device) })
        });
        self.telling(given, &account, Refused::Code)
    }

    /// Uses a code up.
    pub(super) fn take_code(
        &self,
        register: &mut AnyConnection,
        id: AccountId,
        code: &str,
    ) -> Result<(), IdentityError> {
        let known = accounts::credentials(register, id)?;
        let secret = known.and_then(|known| known.totp_secret);
        let step = secret.and_then(|secret| self.step_of(&secret, code));
        let step = step.ok_or(IdentityError::WrongCode)?;
        let fresh = accounts::use_step(register, id, step)?;
        if fresh { Ok(()) } else { Err(IdentityError::WrongCode) }
    }

    /// Tells the trail where what was tried was wrong, or not looked at after too many tries.
    pub(super) fn telling<T>(
        &self,
        outcome: Result<T, IdentityError>,
        account: &Account,
        what: Refused,
    ) -> Result<T, IdentityError> {
        let is_refused = |why: &IdentityError| {
            matches!(why, IdentityError::Wrong | IdentityError::WrongCode | IdentityError::TooMany)
        };
        if outcome.as_ref().is_err_and(is_refused) {
            self.note_refusal(Some(account.id), what)?;
        }
        outcome
    }

    /// The time step whose code it is.
    fn step_of(&self, secret: &[u8], code: &str) -> Option<u64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let now = u64::try_from(self.clock.now().timestamp()).ok()?;
        totp(secret, "").check(&digits, now)
    }
}

fn totp(secret: &[u8], login: &str) -> Totp {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(secret.to_vec())
        .with_issuer(Some(ISSUER))
        .with_account_name(login)
        .build_noncompliant()
}
