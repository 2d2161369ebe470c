//! Codes of an authenticator app: TOTP (RFC 6238), six digits, 30 seconds, SHA-1, which is what all
//! apps understand. A code is good once.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use totp_rs::{Algorithm, Builder, Totp};

use super::{Identity, IdentityError, Session};
use crate::domain::audit::Action;
use crate::store::{accounts, audit};
use crate::token::Token;

/// Bytes of a secret: as many as the hash has (RFC 4226, section 4).
const SECRET_BYTES: usize = 20;
/// The service's name in the app.
const ISSUER: &str = "OCOP";

/// What an app is set up with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in Base32, for who cannot scan.
    pub secret: String,
    /// The address that the app scans.
    pub url: String,
}

impl Identity {
    /// What somebody sets an app up with. The secret follows from the session's token until a code
    /// proves that the app has it.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn enrolment(&self, token: &Token, session: &Session) -> Result<Enrolment, IdentityError> {
        let secret = new_secret(token);
        let totp = totp(&secret, &session.account.details.login);
        let url = totp.to_url().map_err(|why| IdentityError::Hashing(why.to_string()))?;
        Ok(Enrolment { secret: BASE32_NOPAD.encode(&secret), url })
    }

    /// Keeps the secret, once a code shows that the app has it. The session goes on under a new
    /// token.
    ///
    /// # Errors
    /// [`IdentityError::WrongCode`].
    pub fn enrol(
        &self,
        token: &Token,
        session: &Session,
        code: &str,
    ) -> Result<Token, IdentityError> {
        self.allow(session)?;
        let secret = new_secret(token);
        let step = self.step_of(&secret, code).ok_or(IdentityError::WrongCode)?;
        let (id, act) = (session.account.id, self.act(&session.account.details.login));
        self.store.write(|register| {
            accounts::set_second_factor(register, id, Some(&secret), step)?;
            audit::record(register, act, &Action::SetSecondFactor.on(id))
        })?;
        self.renew(token, session, true)
    }

    /// Takes a code of the app. The session goes on under a new token.
    ///
    /// # Errors
    /// [`IdentityError::WrongCode`], [`IdentityError::TooMany`].
    pub fn give_code(
        &self,
        token: &Token,
        session: &Session,
        code: &str,
    ) -> Result<Token, IdentityError> {
        self.allow(session)?;
        self.check_code(session, code)?;
        self.renew(token, session, true)
    }

    pub(super) fn check_code(&self, session: &Session, code: &str) -> Result<(), IdentityError> {
        let id = session.account.id;
        let known = self.store.read(|register| accounts::credentials(register, id))?;
        let secret = known.and_then(|known| known.totp_secret);
        let step = secret.and_then(|secret| self.step_of(&secret, code));
        let step = step.ok_or(IdentityError::WrongCode)?;
        let fresh = self.store.write(|register| accounts::use_step(register, id, step))?;
        if fresh { Ok(()) } else { Err(IdentityError::WrongCode) }
    }

    /// The time step whose code it is.
    fn step_of(&self, secret: &[u8], code: &str) -> Option<u64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let now = u64::try_from(self.clock.now().timestamp()).ok()?;
        totp(secret, "").check(&digits, now)
    }
}

fn new_secret(token: &Token) -> Vec<u8> {
    let derived = HEXLOWER.decode(token.derived("totp").as_bytes()).unwrap_or_default();
    derived.into_iter().take(SECRET_BYTES).collect()
}

fn totp(secret: &[u8], login: &str) -> Totp {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(secret.to_vec())
        .with_issuer(Some(ISSUER))
        .with_account_name(login)
        .build_noncompliant()
}
