//! `ocop verify`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Session;
use super::error::CliError;
use crate::app::keys::KeyFolder;
use crate::code::text::{Misread, serial_grouped};
use crate::code::uri;
use crate::domain::calendar::vietnam_day;
use crate::signing::Keyring;
use crate::verification::offline::{self, OfflineCheck};
use crate::vietnamese;

/// Options of `verify`.
#[derive(Args, Debug)]
pub(super) struct VerifyArgs {
    /// The text of the QR symbol
    text: String,
    /// Key set (JWK set) to check with [default: the one in the data folder]
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
}

/// Why no serial can be made out, and which may have been meant.
#[derive(Debug, thiserror::Error)]
#[error("{why}{}", perhaps(.meant))]
pub(super) struct Unread {
    why: Misread,
    /// As they are printed.
    pub(super) meant: Vec<String>,
}

fn perhaps(meant: &[String]) -> String {
    if meant.is_empty() {
        return String::new();
    }
    format!("; perhaps {} was meant: compare it with the stamp", meant.join(" or "))
}

pub(super) fn run(session: &Session, args: &VerifyArgs) -> Result<(), CliError> {
    let keyring = match &args.jwks {
        Some(file) => {
            let json = fs::read_to_string(file)
                .map_err(|error| CliError::failed(format!("{}: {error}", file.display())))?;
            Keyring::from_jwks(&json).map_err(CliError::refused)?
        }
        None => KeyFolder::new(&session.config(&[])?).keyring()?,
    };
    if keyring.keys().is_empty() {
        return Err(CliError::refused(
            "there are no keys to check with: name a key set with --jwks",
        ));
    }
    match offline::check(&args.text, &keyring) {
        OfflineCheck::Right { serial, key_id, compromised_since } => {
            let serial = serial_grouped(serial);
            let answer = json!({
                "signature": "right",
                "serial": serial,
                "key": key_id,
                "compromised_since": compromised_since,
            });
            session.output.tell(&answer, || {
                println!("The signature is right: key {key_id} signed serial {serial}.");
                if let Some(since) = compromised_since {
                    let since = vietnamese::date(vietnam_day(since));
                    println!(
                        "Somebody else may have had this key since {since}: ask the register."
                    );
                }
                println!("Only the register can say whether the stamp is activated and in force.");
            });
            Ok(())
        }
        OfflineCheck::Wrong(serial) => Err(CliError::refused(format!(
            "the signature does not belong to serial {}",
            serial_grouped(serial)
        ))),
        OfflineCheck::Unsigned(serial) => Err(CliError::refused(format!(
            "serial {} carries no signature: only the register can check it",
            serial_grouped(serial)
        ))),
        OfflineCheck::Mistyped(why) => {
            let meant = uri::meant(&args.text);
            let meant = meant.into_iter().map(serial_grouped).collect();
            Err(CliError::refused(Unread { why, meant }))
        }
    }
}
