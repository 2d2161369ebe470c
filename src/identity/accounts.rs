//! Making and keeping accounts.

use chrono::TimeDelta;

use super::changes::Change;
use super::password::{self, About, Hash};
use super::{Identity, IdentityError};
use crate::domain::account::{self, Account, NAME_CHARS_MAX, NewAccount};
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, NewEntry, Value};
use crate::domain::contact::is_email;
use crate::domain::ids::AccountId;
use crate::domain::role::Organisation;
use crate::fonts;
use crate::store::{
    AnyConnection, StoreError, accounts, audit, invitations, print_shops, producers,
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
        fonts::check(&name)?;
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
        let (token, act) = (Token::new(self.random.as_ref())?, self.act(by));
        let account = self.store.write(|register| invite(register, id, &token, act))?;
        Ok(Invited { account, token })
    }

    /// Forgets the authenticator app of somebody who lost it, and the password, and makes a link by
    /// which they set another. All sessions and tokens of the account end.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn recover(&self, id: AccountId, by: &str) -> Result<Invited, IdentityError> {
        let (token, act) = (Token::new(self.random.as_ref())?, self.act(by));
        let unknown = self.given()?;
        let account = self.store.write(|register| {
            give(register, id, &unknown, Change::ForgottenSecondFactor, act)?;
            invite(register, id, &token, act)
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
        self.check_password(&account, wanted)?;
        let hash = Hash::new(wanted, self.random.as_ref())?;
        let act = self.act(&account.details.login);
        self.store.write(|register| {
            // Asked again: the link may have been used meanwhile.
            let account = invitee(register, token, act)?;
            invitations::set_used(register, &token.sha256(), act.at)?;
            accounts::set_password(register, account.id, hash.as_str(), false)?;
            Change::InvitedPassword.follow(
                register,
                &account,
                None,
                act,
                [FactName::Password.is_word("by_invitation")],
            )?;
            Ok(account)
        })
    }

    /// Gives an account a password that its person must replace. It is shown once. All sessions and
    /// tokens of the account end.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn give_password(&self, id: AccountId, by: &str) -> Result<String, IdentityError> {
        let (given, act) = (self.given()?, self.act(by));
        self.store.write(|register| give(register, id, &given, Change::GivenPassword, act))?;
        Ok(given.password)
    }

    /// Forgets the authenticator app of somebody who lost it, and gives a password that they must
    /// replace, shown once: with the one that was, whoever knows it could set up an app. All sessions
    /// and tokens of the account end.
    ///
    /// # Errors
    /// [`IdentityError::NoAccount`].
    pub fn forget_second_factor(&self, id: AccountId, by: &str) -> Result<String, IdentityError> {
        let (given, act) = (self.given()?, self.act(by));
        let change = Change::ForgottenSecondFactor;
        self.store.write(|register| give(register, id, &given, change, act))?;
        Ok(given.password)
    }

    fn given(&self) -> Result<Given, IdentityError> {
        let password = password::given(self.random.as_ref())?;
        let hash = Hash::new(&password, self.random.as_ref())?;
        Ok(Given { password, hash })
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
            let change = if is_open { Change::Opened } else { Change::Closed };
            change.follow(register, &account, None, act, [])?;
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

impl Identity {
    /// Whether a password is hard to guess for somebody who knows whose it is.
    pub(super) fn check_password(
        &self,
        account: &Account,
        wanted: &str,
    ) -> Result<(), IdentityError> {
        let organisation = self.store.read(|register| workplace(register, account))?;
        let NewAccount { login, name, email, .. } = &account.details;
        let about = About::new([login, name, email.as_deref().unwrap_or(""), &organisation]);
        password::check(wanted, &about).map_err(IdentityError::Weak)
    }
}

/// What the place is called where somebody works.
fn workplace(register: &mut AnyConnection, account: &Account) -> Result<String, StoreError> {
    Ok(match account.details.organisation {
        Organisation::Office => String::new(),
        Organisation::PrintShop(id) => {
            print_shops::get(register, id)?.map_or_else(String::new, |shop| shop.details.name)
        }
        Organisation::Producer(id) => {
            producers::get(register, id)?.map_or_else(String::new, |it| it.details.name)
        }
    })
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

/// A password that somebody was given, and its hash.
struct Given {
    password: String,
    hash: Hash,
}

fn give(
    register: &mut AnyConnection,
    id: AccountId,
    given: &Given,
    change: Change<'_>,
    act: Act<'_>,
) -> Result<(), IdentityError> {
    let account = open(register, id)?;
    accounts::set_password(register, id, given.hash.as_str(), true)?;
    if change == Change::ForgottenSecondFactor {
        accounts::set_second_factor(register, id, None, 0)?;
    }
    change.follow(register, &account, None, act, [FactName::Password.is_word("temporary")])
}

fn invite(
    register: &mut AnyConnection,
    id: AccountId,
    token: &Token,
    act: Act<'_>,
) -> Result<Account, IdentityError> {
    let account = open(register, id)?;
    invitations::insert(register, &token.sha256(), id, act.at, act.at + INVITATION)?;
    Change::Invited.follow(register, &account, None, act, [])?;
    Ok(account)
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
