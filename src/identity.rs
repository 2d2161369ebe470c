//! Who a person is: accounts, passwords, second factors, sessions, invitations, tokens of the API.
//!
//! A password is kept as its Argon2id hash, everything else that is handed out as its SHA-256. An
//! answer to a wrong password never tells whether the login exists. What a person may then do is
//! said by their [`Role`](crate::domain::role::Role).

mod accounts;
mod changes;
mod guesses;
mod password;
mod refusals;
mod second_factor;
mod session;
mod throttle;
mod tokens;

use std::sync::Arc;

use crate::clock::{Clock, NoRandomness, Random};
use crate::domain::act::Act;
use crate::domain::ids::TokenId;
use crate::fonts::Unprintable;
use crate::store::{Store, StoreError};
use crate::token::Token;

pub use self::accounts::Invited;
pub use self::password::{
    LENGTH_MAX as PASSWORD_CHARS_MAX, LENGTH_MIN as PASSWORD_CHARS_MIN, Weakness,
};
pub use self::second_factor::Enrolment;
pub use self::session::{DEVICE_DAYS, Session, SignedIn};

use self::password::Hash;
use self::refusals::Refusals;
use self::throttle::Throttle;

/// Knows people. One a process: it counts attempts.
pub struct Identity {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    /// Attempts at passwords, and whatever else anyone may try.
    throttle: Arc<Throttle>,
    /// Attempts at codes of authenticator apps.
    codes: Arc<Throttle>,
    /// Attempts to show again who one is, by session.
    confirmations: Arc<Throttle>,
    refusals: Arc<Refusals>,
    /// Compared with where a login is unknown, so that it takes as long as a known one.
    nobody: Hash,
}

/// Why somebody was not let in, or an account not changed.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Login and password do not belong together, or the account is closed.
    #[error("login and password do not belong together")]
    Wrong,
    /// The code is wrong, or was used.
    #[error("the code of the authenticator app is wrong or was used already")]
    WrongCode,
    /// Too many attempts from there.
    #[error("too many attempts: wait some minutes")]
    TooMany,
    /// The session ended meanwhile, or does not show what this needs.
    #[error("this session has ended or does not show enough: sign in again")]
    NotProven,
    /// The invitation is used, has ended, or never was.
    #[error("this link is used or has ended: ask for another")]
    NoInvitation,
    /// The password would be guessed.
    #[error("choose another password: {0}")]
    Weak(Weakness),
    /// No such account.
    #[error("there is no account {0}")]
    NoAccount(String),
    /// The login is taken.
    #[error("the login “{0}” is taken")]
    LoginTaken(String),
    /// Not a login.
    #[error("“{0}” cannot be a login: use 2 to 100 letters a–z, digits, and . - _ @ +")]
    Login(String),
    /// Not a name.
    #[error("give the person's name, of at most 100 characters")]
    Name,
    /// No font prints the name, which stands on minutes.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// Not an e-mail address.
    #[error("an e-mail address looks like name@example.vn")]
    Email,
    /// The organisation is not one where people of the role work, or does not exist.
    #[error("a {0} belongs to another kind of organisation, or it is not in the register")]
    Organisation(&'static str),
    /// Not a name of a token.
    #[error("give the token a name, of at most 100 characters")]
    TokenName,
    /// A token for nothing, or for more than its person may.
    #[error("a token is for one right at least, and for none that its person has not")]
    TokenRights,
    /// A token for no time, or for too long.
    #[error("a token is good for 1 to 365 days; one that may decide, for 1 day")]
    TokenLife,
    /// More tokens than anybody looks after.
    #[error("there are 50 tokens already: revoke those that are not used")]
    TooManyTokens,
    /// No such token.
    #[error("there is no token {0}")]
    NoToken(TokenId),
    /// A letter could not be written.
    #[error("the letter to the account's person could not be written")]
    Letter(#[from] askama::Error),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The hash could not be made.
    #[error("the password could not be hashed: {0}")]
    Hashing(String),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Identity {
    /// Knows the people of a register.
    ///
    /// # Errors
    /// [`IdentityError::Random`], [`IdentityError::Hashing`].
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, IdentityError> {
        let nobody = Hash::new("nobody", random.as_ref())?;
        Ok(Self {
            store,
            clock,
            random,
            throttle: Arc::new(Throttle::of_passwords()),
            codes: Arc::new(Throttle::of_codes()),
            confirmations: Arc::new(Throttle::of_passwords()),
            refusals: Arc::default(),
            nobody,
        })
    }

    /// The same, with everything done by another store of the same register.
    #[must_use]
    pub fn within(&self, store: &Store) -> Self {
        Self {
            store: store.clone(),
            clock: self.clock.clone(),
            random: self.random.clone(),
            throttle: self.throttle.clone(),
            codes: self.codes.clone(),
            confirmations: self.confirmations.clone(),
            refusals: self.refusals.clone(),
            nobody: self.nobody.clone(),
        }
    }

    /// Counts something that anyone may do, by where it comes from: a few times at once, then now and
    /// then. Where it comes from is remembered here alone, and soon forgotten.
    ///
    /// # Errors
    /// [`IdentityError::TooMany`].
    pub fn count(&self, what: &str, from: &str) -> Result<(), IdentityError> {
        self.throttle.attempt(what, from)
    }

    /// A key under which a request can be sent again without being done again.
    ///
    /// # Errors
    /// [`IdentityError::Random`].
    pub fn request_key(&self) -> Result<String, IdentityError> {
        Ok(Token::new(self.random.as_ref())?.reveal())
    }

    fn act<'a>(&self, by: &'a str) -> Act<'a> {
        Act { by, at: self.clock.now() }
    }
}
