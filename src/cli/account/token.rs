//! `ocop account token`.

use std::collections::BTreeSet;

use clap::{ArgGroup, Args, Subcommand};
use serde_json::{Value, json};

use super::LoginArgs;
use crate::cli::Session;
use crate::cli::error::CliError;
use crate::domain::account::Account;
use crate::domain::api_token::{ApiToken, NewApiToken};
use crate::domain::ids::TokenId;
use crate::domain::role::Right;
use crate::identity::Identity;

/// Commands of `account token`.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TokenCommand {
    /// Make a token for somebody's programs; it is shown once
    New(NewArgs),
    /// List somebody's tokens
    List(LoginArgs),
    /// Revoke a token
    Revoke(RevokeArgs),
}

/// Options of `account token new`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("scope").args(["rights", "read_only"]).required(true)))]
pub(in crate::cli) struct NewArgs {
    /// Whose token
    login: String,
    /// What it is for
    #[arg(long, value_name = "NAME", value_parser = crate::cli::kept)]
    name: String,
    /// A right that it has, as `GET /api/v1/me` names them; may be given again
    #[arg(long = "right", value_name = "RIGHT", value_parser = right)]
    rights: Vec<Right>,
    /// All rights that change nothing
    #[arg(long)]
    read_only: bool,
    /// How many days it is good for
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: u32,
}

/// Which token.
#[derive(Args, Debug)]
pub(in crate::cli) struct RevokeArgs {
    /// Whose token
    login: String,
    /// Its number
    token: i64,
}

pub(super) fn run(
    session: &Session,
    identity: &Identity,
    command: TokenCommand,
) -> Result<(), CliError> {
    let by = session.by();
    match command {
        TokenCommand::New(args) => make(session, identity, args),
        TokenCommand::List(args) => {
            let account = identity.account(&args.login)?;
            let all = identity.tokens(account.id)?;
            let known: Vec<Value> = all.iter().map(facts).collect();
            session.output.tell(&json!({ "tokens": known }), || all.iter().for_each(line));
            Ok(())
        }
        TokenCommand::Revoke(args) => {
            let account = identity.account(&args.login)?;
            identity.revoke_token(account.id, TokenId(args.token), by)?;
            let answer = json!({ "revoked": args.token });
            session.output.tell(&answer, || println!("token {} is revoked", args.token));
            Ok(())
        }
    }
}

fn make(session: &Session, identity: &Identity, args: NewArgs) -> Result<(), CliError> {
    let account = identity.account(&args.login)?;
    let rights = if args.read_only { reading(&account) } else { args.rights.into_iter().collect() };
    let wanted = NewApiToken { name: args.name, rights, days: args.days };
    if wanted.decides() {
        let why = "a token that may decide is made by its person, who shows a password and a code: at \
                   /tai-khoan/ma-truy-cap";
        return Err(CliError::refused(why));
    }
    let (token, secret) = identity.make_token(&account, &wanted, session.by())?;
    let mut answer = facts(&token);
    if let Some(object) = answer.as_object_mut() {
        object.insert("token".into(), secret.as_str().into());
    }
    session.output.tell(&answer, || {
        line(&token);
        println!("  token, shown this once: {secret}");
    });
    Ok(())
}

fn reading(account: &Account) -> BTreeSet<Right> {
    let may = |right: &Right| account.details.role.may(*right) && !right.changes();
    Right::ALL.into_iter().filter(may).collect()
}

fn right(text: &str) -> Result<Right, String> {
    Right::from_key(text).ok_or_else(|| {
        let known: Vec<&str> = Right::ALL.into_iter().map(Right::key).collect();
        format!("a right is one of {}", known.join(", "))
    })
}

fn facts(token: &ApiToken) -> Value {
    let rights: Vec<&str> = token.rights.iter().map(|right| right.key()).collect();
    json!({
        "id": token.id.0,
        "name": token.name,
        "rights": rights,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "used_at": token.used_at,
        "revoked_at": token.revoked_at,
    })
}

fn line(token: &ApiToken) {
    let revoked = if token.revoked_at.is_some() { "  revoked" } else { "" };
    println!("{}  {}  until {}{revoked}", token.id, token.name, token.expires_at);
}
