//! `ocop account`.

mod token;

use clap::{ArgGroup, Args, Subcommand};
use serde_json::{Value, json};

use self::token::TokenCommand;
use super::Session;
use super::error::CliError;
use crate::domain::account::{Account, NewAccount};
use crate::domain::ids::{ProducerId, ShopId};
use crate::domain::role::{Organisation, Role};

/// Commands of `account`.
#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Make an account, with a password that its person must replace
    Add(AddArgs),
    /// List all accounts
    List,
    /// Give a new password, that its person must replace; what they had is void
    Password(LoginArgs),
    /// Forget the authenticator app of somebody who lost it, and give a new password that they must replace
    ForgetApp(LoginArgs),
    /// Close an account, which ends its sessions
    Close(LoginArgs),
    /// Open a closed account again
    Open(LoginArgs),
    /// Tokens of the API
    #[command(subcommand)]
    Token(TokenCommand),
}

/// Options of `account add`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("organisation").args(["producer", "shop"])))]
pub(super) struct AddArgs {
    /// What the person signs in with
    login: String,
    /// The person's name
    #[arg(long, value_name = "NAME", value_parser = crate::cli::kept)]
    name: String,
    /// `producer`, `print_shop`, `officer`, `approver`, `inspector`, `auditor` or `administrator`
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Role,
    /// Number of the producer that the person works for
    #[arg(long, value_name = "ID")]
    producer: Option<i64>,
    /// Number of the print shop that the person works for
    #[arg(long, value_name = "ID")]
    shop: Option<i64>,
    /// Where reminders go
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
}

/// Whose account.
#[derive(Args, Debug)]
pub(super) struct LoginArgs {
    /// What the person signs in with
    login: String,
}

pub(super) fn run(session: &Session, command: AccountCommand) -> Result<(), CliError> {
    let app = session.app()?;
    let (identity, by) = (app.identity()?, session.by());
    match command {
        AccountCommand::Add(args) => {
            let account = identity.add(&wanted(args), by)?;
            given(session, &account, &identity.give_password(account.id, by)?);
        }
        AccountCommand::List => {
            let all = identity.accounts()?;
            let facts: Vec<Value> = all.iter().map(facts).collect();
            session.output.tell(&json!({ "accounts": facts }), || all.iter().for_each(line));
        }
        AccountCommand::Password(args) => {
            let account = identity.account(&args.login)?;
            given(session, &account, &identity.give_password(account.id, by)?);
        }
        AccountCommand::ForgetApp(args) => {
            let account = identity.account(&args.login)?;
            let password = identity.forget_second_factor(account.id, by)?;
            given(session, &identity.account(&args.login)?, &password);
        }
        AccountCommand::Close(args) => {
            let id = identity.account(&args.login)?.id;
            tell(session, &identity.set_open(id, false, by)?);
        }
        AccountCommand::Open(args) => {
            let id = identity.account(&args.login)?.id;
            tell(session, &identity.set_open(id, true, by)?);
        }
        AccountCommand::Token(command) => token::run(session, &identity, command)?,
    }
    Ok(())
}

fn wanted(args: AddArgs) -> NewAccount {
    let organisation = match (args.producer, args.shop) {
        (Some(id), _) => Organisation::Producer(ProducerId(id)),
        (None, Some(id)) => Organisation::PrintShop(ShopId(id)),
        (None, None) => Organisation::Office,
    };
    let AddArgs { login, name, role, email, .. } = args;
    NewAccount { login, name, role, organisation, email }
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_key(text).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.into_iter().map(Role::key).collect();
        format!("a role is one of {}", known.join(", "))
    })
}

/// Shows a password this once.
fn given(session: &Session, account: &Account, password: &str) {
    let mut answer = facts(account);
    if let Some(object) = answer.as_object_mut() {
        object.insert("password".into(), password.into());
    }
    session.output.tell(&answer, || {
        line(account);
        println!("  password, shown this once and to be replaced at first use: {password}");
    });
}

fn tell(session: &Session, account: &Account) {
    session.output.tell(&facts(account), || line(account));
}

fn facts(account: &Account) -> Value {
    let details = &account.details;
    let (producer, shop) = match details.organisation {
        Organisation::Office => (None, None),
        Organisation::Producer(id) => (Some(id.0), None),
        Organisation::PrintShop(id) => (None, Some(id.0)),
    };
    json!({
        "id": account.id.0,
        "login": details.login,
        "name": details.name,
        "role": details.role.key(),
        "producer": producer,
        "print_shop": shop,
        "open": account.disabled_at.is_none(),
        "second_factor": account.has_second_factor,
    })
}

fn line(account: &Account) {
    let details = &account.details;
    let closed = if account.disabled_at.is_some() { "  closed" } else { "" };
    println!("{}  {}  {}{closed}", details.login, details.role.key(), details.name);
}
