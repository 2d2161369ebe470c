//! `ocop lot`.

use clap::{Args, Subcommand};
use serde_json::json;

use super::error::CliError;
use super::stamp::{Trial, attempted, say_preview};
use super::{Session, kept};
use crate::accounting::{self, StampError};
use crate::domain::ids::ProductId;
use crate::store::{lot_stamps, lots};
use crate::vietnamese::number;

/// Commands of `lot`.
#[derive(Debug, Subcommand)]
pub(super) enum LotCommand {
    /// Tell everyone who scans a stamp of the lot not to use the goods
    Recall {
        #[command(flatten)]
        lot: LotArgs,
        /// Why, in words for the public
        #[arg(long, value_name = "TEXT", value_parser = kept)]
        reason: String,
        /// Telephone number to call
        #[arg(long, value_name = "NUMBER")]
        phone: Option<String>,
        #[command(flatten)]
        trial: Trial,
    },
    /// End the recall of a lot
    EndRecall {
        #[command(flatten)]
        lot: LotArgs,
        /// Why it ends; kept in the audit trail
        #[arg(long, value_name = "TEXT", value_parser = kept)]
        reason: String,
        #[command(flatten)]
        trial: Trial,
    },
}

/// Which lot.
#[derive(Args, Debug)]
pub(super) struct LotArgs {
    /// Number of the product, from `ocop product list`
    #[arg(long, value_name = "ID")]
    product: i64,
    /// The producer's own code of the lot
    #[arg(long, value_name = "CODE", value_parser = kept)]
    lot: String,
}

pub(super) fn run(session: &Session, command: &LotCommand) -> Result<(), CliError> {
    let app = session.app()?;
    let act = session.act(&app);
    let (lot, recalled, preview) = match command {
        LotCommand::Recall { lot, trial, .. } => (lot, true, trial.preview),
        LotCommand::EndRecall { lot, trial, .. } => (lot, false, trial.preview),
    };
    let product = ProductId(lot.product);
    let stamps = attempted(&app, preview, |store| {
        match command {
            LotCommand::Recall { lot, reason, phone, .. } => {
                accounting::recall(store, product, &lot.lot, (reason, phone.as_deref()), act)?;
            }
            LotCommand::EndRecall { lot, reason, .. } => {
                accounting::end_recall(store, product, &lot.lot, reason, act)?;
            }
        }
        let counts = store.read(|register| match lots::find(register, product, &lot.lot)? {
            Some(lot) => lot_stamps::counts(register, lot.id),
            None => Ok(Vec::new()),
        })?;
        Ok::<u64, StampError>(counts.iter().map(|(_, stamps)| stamps).sum())
    })?;
    let facts = json!({
        "lot": lot.lot, "recalled": recalled, "stamps": stamps, "preview": preview,
    });
    session.output.tell(&facts, || {
        say_preview(preview);
        let what = if recalled { "is being recalled" } else { "is no longer being recalled" };
        println!("lot {} of product {product} {what}, {} stamps", lot.lot, number(stamps));
    });
    Ok(())
}
