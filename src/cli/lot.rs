//! `ocop lot`.

use clap::{Args, Subcommand};
use serde_json::json;

use super::Session;
use super::error::CliError;
use crate::accounting;
use crate::domain::ids::ProductId;

/// Commands of `lot`.
#[derive(Debug, Subcommand)]
pub(super) enum LotCommand {
    /// Tell everyone who scans a stamp of the lot not to use the goods
    Recall {
        #[command(flatten)]
        lot: LotArgs,
        /// Why, in words for the public
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Telephone number to call
        #[arg(long, value_name = "NUMBER")]
        phone: Option<String>,
    },
    /// End the recall of a lot
    EndRecall {
        #[command(flatten)]
        lot: LotArgs,
    },
}

/// Which lot.
#[derive(Args, Debug)]
pub(super) struct LotArgs {
    /// Number of the product, from `ocop product list`
    #[arg(long, value_name = "ID")]
    product: i64,
    /// The producer's own code of the lot
    #[arg(long, value_name = "CODE")]
    lot: String,
}

pub(super) fn run(session: &Session, command: &LotCommand) -> Result<(), CliError> {
    let app = session.app()?;
    let (lot, recall) = match command {
        LotCommand::Recall { lot, reason, phone } => {
            (lot, Some((reason.as_str(), phone.as_deref())))
        }
        LotCommand::EndRecall { lot } => (lot, None),
    };
    let product = ProductId(lot.product);
    accounting::recall(&app.store, product, &lot.lot, recall, session.act(&app))?;
    let recalled = recall.is_some();
    session.output.tell(&json!({ "lot": lot.lot, "recalled": recalled }), || {
        let what = if recalled { "is being recalled" } else { "is no longer being recalled" };
        println!("lot {} of product {product} {what}", lot.lot);
    });
    Ok(())
}
