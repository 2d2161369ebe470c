//! `ocop lot`.

use clap::{Args, Subcommand};
use serde_json::json;

use super::error::CliError;
use super::{Session, kept};
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
        #[arg(long, value_name = "TEXT", value_parser = kept)]
        reason: String,
        /// Telephone number to call
        #[arg(long, value_name = "NUMBER")]
        phone: Option<String>,
    },
    /// End the recall of a lot
    EndRecall {
        #[command(flatten)]
        lot: LotArgs,
        /// Why it ends; kept in the audit trail
        #[arg(long, value_name = "TEXT", value_parser = kept)]
        reason: String,
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
    let (lot, recalled) = match command {
        LotCommand::Recall { lot, reason, phone } => {
            let said = Some((given(reason)?, phone.as_deref()));
            accounting::recall(&app.store, ProductId(lot.product), &lot.lot, said, act)?;
            (lot, true)
        }
        LotCommand::EndRecall { lot, reason } => {
            let (product, reason) = (ProductId(lot.product), given(reason)?);
            accounting::end_recall(&app.store, product, &lot.lot, reason, act)?;
            (lot, false)
        }
    };
    let product = lot.product;
    session.output.tell(&json!({ "lot": lot.lot, "recalled": recalled }), || {
        let what = if recalled { "is being recalled" } else { "is no longer being recalled" };
        println!("lot {} of product {product} {what}", lot.lot);
    });
    Ok(())
}

/// A reason that says something.
fn given(reason: &str) -> Result<&str, CliError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(CliError::refused("say why: --reason TEXT may not be blank"));
    }
    Ok(reason)
}
