//! Tokens of the API: made by a person for programs of their own, each for part of what the person
//! may. They end with the account, and when its password or authenticator app changes.

use chrono::TimeDelta;

use super::changes::Change;
use super::{Identity, IdentityError};
use crate::domain::account::{Account, NAME_CHARS_MAX};
use crate::domain::act::Act;
use crate::domain::api_token::{ApiToken, NewApiToken};
use crate::domain::assurance::Need;
use crate::domain::audit::{FactName, Value};
use crate::domain::ids::{AccountId, TokenId};
use crate::store::{AnyConnection, StoreError, accounts, api_tokens};
use crate::token::Token;

/// What a token begins with, so that who finds one in a file knows what it opens.
const MARK: &str = "ocop_";
/// Use is noted no more often than this.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(2);
/// Good tokens that an account can have at a time.
const TOKENS_MAX: usize = 50;

impl Identity {
    /// Makes a token for programs of who is signed in and showed a moment ago who they are; their other
    /// sessions end. What is returned beside it opens it, and is shown once.
    ///
    /// # Errors
    /// [`IdentityError::NotProven`], and those of [`Self::make_token`].
    pub fn make_own_token(
        &self,
        session: &Token,
        wanted: &NewApiToken,
    ) -> Result<(ApiToken, String), IdentityError> {
        let secret = Token::new(self.random.as_ref())?;
        self.store.write(|register| {
            let account = self.current(register, session, Need::Reauthenticated)?.account;
            let act = self.act(&account.details.login);
            enter(register, &account, Some(session), wanted, &secret, act)
        })
    }

    /// Makes a token for somebody's programs, on the word of who keeps the server.
    ///
    /// # Errors
    /// [`IdentityError::TokenName`], [`IdentityError::TokenRights`], [`IdentityError::TokenLife`],
    /// [`IdentityError::TooManyTokens`].
    pub fn make_token(
        &self,
        account: &Account,
        wanted: &NewApiToken,
        by: &str,
    ) -> Result<(ApiToken, String), IdentityError> {
        let (secret, act) = (Token::new(self.random.as_ref())?, self.act(by));
        self.store.write(|register| enter(register, account, None, wanted, &secret, act))
    }

    /// The tokens of an account, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn tokens(&self, account: AccountId) -> Result<Vec<ApiToken>, StoreError> {
        self.store.read(|register| api_tokens::of_account(register, account))
    }

    /// Revokes a token of who is signed in and showed a moment ago who they are; their other sessions
    /// end. Repeated, it changes nothing.
    ///
    /// # Errors
    /// [`IdentityError::NotProven`], [`IdentityError::NoToken`].
    pub fn revoke_own_token(&self, session: &Token, token: TokenId) -> Result<(), IdentityError> {
        self.store.write(|register| {
            let account = self.current(register, session, Need::Reauthenticated)?.account;
            let act = self.act(&account.details.login);
            revoke(register, &account, Some(session), token, act)
        })
    }

    /// Revokes a token of an account, on the word of who keeps the server. Repeated, it changes
    /// nothing.
    ///
    /// # Errors
    /// [`IdentityError::NoToken`].
    pub fn revoke_token(
        &self,
        account: AccountId,
        token: TokenId,
        by: &str,
    ) -> Result<(), IdentityError> {
        let act = self.act(by);
        self.store.write(|register| {
            let account = accounts::get(register, account)?.ok_or(IdentityError::NoToken(token))?;
            revoke(register, &account, None, token, act)
        })
    }

    /// Whose program this is, and what it may. `from` is where it comes from: wrong tokens are
    /// counted by place.
    ///
    /// # Errors
    /// [`IdentityError::Wrong`], alike for tokens that never were, ended, were revoked, or are of
    /// somebody who cannot work now; [`IdentityError::TooMany`].
    pub fn bearer(&self, text: &str, from: &str) -> Result<(Account, ApiToken), IdentityError> {
        let now = self.clock.now();
        let known = text.strip_prefix(MARK).and_then(Token::read);
        let found = known
            .map(|token| self.store.read(|register| api_tokens::find(register, &token.sha256())));
        let good = found.transpose()?.flatten().filter(|(account, token)| {
            // Who made it had given a code, if one was needed.
            token.is_good(now) && account.disabled_at.is_none() && account.pending(true).is_none()
        });
        let Some((account, token)) = good else {
            self.throttle.attempt(MARK, from)?;
            tracing::info!("a token was not taken");
            return Err(IdentityError::Wrong);
        };
        if token.used_at.is_none_or(|at| now - at >= NOTED_EVERY) {
            api_tokens::touch(&self.store, token.id, now)?;
        }
        Ok((account, token))
    }
}

/// Enters a token; `session` is the one it is made in.
fn enter(
    register: &mut AnyConnection,
    account: &Account,
    session: Option<&Token>,
    wanted: &NewApiToken,
    secret: &Token,
    act: Act<'_>,
) -> Result<(ApiToken, String), IdentityError> {
    let token = asked_for(account, wanted, act)?;
    let known = api_tokens::of_account(register, account.id)?;
    if known.iter().filter(|it| it.is_good(act.at)).count() >= TOKENS_MAX {
        return Err(IdentityError::TooManyTokens);
    }
    let id = api_tokens::insert(register, &token, &secret.sha256())?;
    let rights = token.rights.iter().map(|right| FactName::Right.is_word(right.key()));
    let facts = [FactName::Token.is(Value::Number(id.0)), FactName::Until.is(token.expires_at)];
    let facts = facts.into_iter().chain(rights);
    Change::Token(&token.name).follow(register, account, session, act, facts)?;
    Ok((ApiToken { id, ..token }, format!("{MARK}{}", secret.reveal())))
}

/// The token as it is asked for, where it can be.
fn asked_for(
    account: &Account,
    wanted: &NewApiToken,
    act: Act<'_>,
) -> Result<ApiToken, IdentityError> {
    let name = wanted.name.trim().to_owned();
    if name.is_empty()
        || name.chars().count() > NAME_CHARS_MAX
        || name.chars().any(char::is_control)
    {
        return Err(IdentityError::TokenName);
    }
    let role = account.details.role;
    if wanted.rights.is_empty() || !wanted.rights.iter().all(|right| role.may(*right)) {
        return Err(IdentityError::TokenRights);
    }
    let life = wanted.life().ok_or(IdentityError::TokenLife)?;
    Ok(ApiToken {
        id: TokenId(0),
        account: account.id,
        name,
        rights: wanted.rights.clone(),
        created_at: act.at,
        expires_at: act.at + life,
        used_at: None,
        revoked_at: None,
    })
}

fn revoke(
    register: &mut AnyConnection,
    account: &Account,
    session: Option<&Token>,
    token: TokenId,
    act: Act<'_>,
) -> Result<(), IdentityError> {
    let known = api_tokens::of_account(register, account.id)?;
    let known = known.into_iter().find(|it| it.id == token);
    let known = known.ok_or(IdentityError::NoToken(token))?;
    if api_tokens::revoke(register, account.id, token, act.at)? {
        let number = FactName::Token.is(Value::Number(token.0));
        Change::RevokedToken(&known.name).follow(register, account, session, act, [number])?;
    }
    Ok(())
}
