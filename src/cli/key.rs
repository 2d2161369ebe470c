//! `ocop key`.

use clap::Subcommand;
use serde_json::json;

use super::Session;
use super::error::CliError;
use crate::app::keys::KeyFolder;
use crate::clock::{Clock, SystemClock, SystemRandom};
use crate::domain::calendar::{Instant, vietnam_day};
use crate::intake;
use crate::signing::PublicKey;
use crate::vietnamese;

/// Commands of `key`.
#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// Make a signing key and publish its public half
    ///
    /// The key is written encrypted. Its passphrase comes from the file named in the settings
    /// (section keys), or from the environment. The newest key in its time signs; older ones stay
    /// published, so that their codes go on being right.
    New,
    /// List the keys
    List,
    /// Print the key set (JWK set), as served at /.well-known/ocop-keys.json
    Publish,
    /// Publish that somebody else may have had a key; it signs no more
    Compromised {
        /// Id of the key (8 hex digits)
        id: String,
        /// First day somebody else may have had it (dd/mm/yyyy)
        #[arg(long, value_name = "DATE")]
        since: String,
    },
}

pub(super) fn run(session: &Session, command: KeyCommand) -> Result<(), CliError> {
    let keys = KeyFolder::new(&session.config(&[])?);
    match command {
        KeyCommand::New => {
            let key = keys.create(&SystemRandom, SystemClock.now())?;
            session.output.tell(&facts(&key), || {
                println!("Made key {}, published in {}", key.id, keys.key_set_path().display());
            });
        }
        KeyCommand::List => {
            let keyring = keys.keyring()?;
            let all: Vec<_> = keyring.keys().iter().map(facts).collect();
            session.output.tell(&json!({ "keys": all }), || keyring.keys().iter().for_each(line));
        }
        KeyCommand::Publish => println!("{}", keys.keyring()?.to_jwks()),
        KeyCommand::Compromised { id, since } => {
            let since = midnight(&since)?;
            let key = keys.set_compromised(&id, since)?;
            session.output.tell(&facts(&key), || {
                println!("Key {id} is published as compromised and signs no more. Make a new one.");
            });
        }
    }
    Ok(())
}

fn midnight(day: &str) -> Result<Instant, CliError> {
    let day = intake::date::read(day).map_err(CliError::refused)?;
    day.and_hms_opt(0, 0, 0)
        .map(|midnight| midnight.and_utc())
        .ok_or_else(|| CliError::refused("no such day"))
}

fn facts(key: &PublicKey) -> serde_json::Value {
    json!({
        "id": key.id,
        "name": key.name,
        "not_before": key.validity.not_before,
        "not_after": key.validity.not_after,
        "compromised_since": key.validity.compromised_since,
    })
}

fn line(key: &PublicKey) {
    let day = |at| vietnamese::date(vietnam_day(at));
    let note = match key.validity.compromised_since {
        Some(since) => format!("  COMPROMISED since {}", day(since)),
        None => String::new(),
    };
    let (from, to) = (day(key.validity.not_before), day(key.validity.not_after));
    println!("{}  {}  signs {from} – {to}{note}", key.id, key.name);
}
