//! Making and keeping accounts.

use chrono::TimeDelta;

use super::password::{self, Hash};
use super::{Identity, IdentityError};
use crate::domain::account::{self, Account, NAME_CHARS_MAX, NewAccount};
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, NewEntry, Value};
use crate::domain::contact::is_email;
use crate::domain::ids::AccountId;
use crate::domain::role::Organisation;
use crate::store::{
    AnyConnection, StoreError, accounts, api_tokens, audit, invitations, print_shops, producers,
    sessions,
};
use crate::token::Token;

/// An invitation opens for this long.
const INVITATION: TimeDelta = TimeDelta::days(7);

/// A link was made by which somebody sets a password.
#[derive(Debug)]
pub struct Invited {
    /// For whom.
    pub account: Account,
    /// What opens the link. It is shown once.
    pub token: Token,
}

impl Identity {
    /// Makes an account without a password. Made again with the same details, it is the one that is
    /// there.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn add(&self, account: &NewAccount, by: &str) -> Result<Account, IdentityError> {
        let login = account::login(&account.login)
            .ok_or_else(|| IdentityError::Login(account.login.clone()))?;
        let name = account.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
            return Err(IdentityError::Name);
        }
        if account.email.as_deref().is_some_and(|email| !is_email(email)) {
            return Err(IdentityError::Email);
        }
        let account = NewAccount { login, name, ..account.clone() };
        let act = self.act(by);
        self.store.write(|register| {
            if let Some((known, _)) = accounts::by_login(register, &account.login)? {
                return if known.details == account {
                    Ok(known)
                } else {
                    Err(IdentityError::LoginTaken(account.login.clone()))
                };
            }
            check_organisation(register, &account)?;
            let made = accounts::insert(register, &account, act.at)?;
            audit::record(register, act, &added(&made))?;
            Ok(made)
        })
    }

    /// Makes a one-time link by which somebody sets a password: the first, or a new one. Earlier
    /// links open nothing any more.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn invite(&self, id: AccountId, by: &str) -> Result<Invited, IdentityError> {
        let token = Token::new(self.random.as_ref())?;
        let act = self.act(by);
        let account = self.store.write(|register| {
            let account = open(register, id)?;
            invitations::insert(register, &token.sha256(), id, act.at, act.at + INVITATION)?;
            audit::record(register, act, &Action::InviteAccount.on(id))?;
            Ok::<_, IdentityError>(account)
        })?;
        Ok(Invited { account, token })
    }

    /// Whom a link is for, where it still opens.
    ///
    /// # Errors
    /// [`IdentityError::NoInvitation`].
    pub fn invited(&self, token: &Token) -> Result<Account, IdentityError> {
        self.store.read(|register| invitee(register, token, self.act("")))
    }

    /// Sets the password that a link allows. All sessions and tokens of the account end.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn accept(&self, token: &Token, wanted: &str) -> Result<Account, IdentityError> {
        let account = self.invited(token)?;
        let details = &account.details;
        password::check(wanted, &[&details.login, &details.name]).map_err(IdentityError::Weak)?;
        let hash = Hash::new(wanted, self.random.as_ref())?;
        let act = self.act(&details.login);
        self.store.write(|register| {
            // Asked again: the link may have been used meanwhile.
            let account = invitee(register, token, act)?;
            invitations::set_used(register, &token.sha256(), act.at)?;
            set_password(register, &account, &hash, false, act)?;
            Ok(account)
        })
    }

    /// Gives an account a password that its person must replace. It is shown once.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn give_password(&self, id: AccountId, by: &str) -> Result<String, IdentityError> {
        let given = password::given(self.random.as_ref())?;
        let hash = Hash::new(&given, self.random.as_ref())?;
        let act = self.act(by);
        self.store.write(|register| {
            let account = open(register, id)?;
            Ok::<_, IdentityError>(set_password(register, &account, &hash, true, act)?)
        })?;
        Ok(given)
    }

    /// Forgets the authenticator app of somebody who lost it. All sessions and tokens of the account
    /// end.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn forget_second_factor(&self, id: AccountId, by: &str) -> Result<(), IdentityError> {
        let act = self.act(by);
        self.store.write(|register| {
            open(register, id)?;
            accounts::set_second_factor(register, id, None, 0)?;
            end_all(register, id, act)?;
            Ok(audit::record(register, act, &Action::ForgetSecondFactor.on(id))?)
        })
    }

    /// Closes an account, which ends its sessions and tokens, or opens it again. Repeated, it changes nothing.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn set_open(
        &self,
        id: AccountId,
        is_open: bool,
        by: &str,
    ) -> Result<Account, IdentityError> {
        let act = self.act(by);
        self.store.write(|register| {
            let account = accounts::get(register, id)?;
            let account = account.ok_or_else(|| IdentityError::NoAccount(id.to_string()))?;
            if account.disabled_at.is_none() == is_open {
                return Ok(account);
            }
            let disabled_at = (!is_open).then_some(act.at);
            accounts::set_disabled(register, id, disabled_at)?;
            end_all(register, id, act)?;
            let action = if is_open { Action::OpenAccount } else { Action::CloseAccount };
            audit::record(register, act, &action.on(id))?;
            Ok(Account { disabled_at, ..account })
        })
    }

    /// All accounts, by login.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.store.read(accounts::list)
    }

    /// The account of a login.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn account(&self, login: &str) -> Result<Account, IdentityError> {
        let known = account::login(login)
            .map(|login| self.store.read(|register| accounts::by_login(register, &login)));
        let known = known.transpose()?.flatten();
        known.map(|(account, _)| account).ok_or_else(|| IdentityError::NoAccount(login.to_owned()))
    }
}

/// What the audit trail says of a new account.
fn added(account: &Account) -> NewEntry {
    let employer = match account.details.organisation {
        Organisation::Office => None,
        Organisation::Producer(id) => Some(FactName::Producer.is(Value::Number(id.0))),
        Organisation::PrintShop(id) => Some(FactName::Shop.is(Value::Number(id.0))),
    };
    let role = FactName::Role.is_word(account.details.role.key());
    let login = FactName::Login.is(&account.details.login);
    Action::AddAccount.on(account.id).with(login).with(role).with_all(employer)
}

fn check_organisation(
    register: &mut AnyConnection,
    account: &NewAccount,
) -> Result<(), IdentityError> {
    let is_known = match account.organisation {
        Organisation::Office => true,
        Organisation::PrintShop(id) => print_shops::get(register, id)?.is_some(),
        Organisation::Producer(id) => producers::get(register, id)?.is_some(),
    };
    if is_known && account.organisation.suits(account.role) {
        return Ok(());
    }
    Err(IdentityError::Organisation(account.role.key()))
}

fn open(register: &mut AnyConnection, id: AccountId) -> Result<Account, IdentityError> {
    let account = accounts::get(register, id)?.filter(|account| account.disabled_at.is_none());
    account.ok_or_else(|| IdentityError::NoAccount(id.to_string()))
}

fn invitee(
    register: &mut AnyConnection,
    token: &Token,
    act: Act<'_>,
) -> Result<Account, IdentityError> {
    let id = invitations::open(register, &token.sha256(), act.at)?;
    let account = id.map(|id| accounts::get(register, id)).transpose()?.flatten();
    let account = account.filter(|account| account.disabled_at.is_none());
    account.ok_or(IdentityError::NoInvitation)
}

fn set_password(
    register: &mut AnyConnection,
    account: &Account,
    hash: &Hash,
    is_temporary: bool,
    act: Act<'_>,
) -> Result<(), StoreError> {
    accounts::set_password(register, account.id, hash.as_str(), is_temporary)?;
    end_all(register, account.id, act)?;
    let temporary = is_temporary.then(|| FactName::Password.is_word("temporary"));
    audit::record(register, act, &Action::SetPassword.on(account.id).with_all(temporary))
}

/// Ends everything by which the account is worked with.
fn end_all(register: &mut AnyConnection, id: AccountId, act: Act<'_>) -> Result<(), StoreError> {
    sessions::delete_of(register, id)?;
    api_tokens::revoke_of(register, id, act.at)
}
