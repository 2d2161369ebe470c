//! `ocop issue`.

use clap::Args;
use serde_json::json;

use super::error::CliError;
use super::{Session, progress, sheet};
use crate::app::{App, AppError};
use crate::code::text;
use crate::desk::orders::carried;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::host::SMALLEST_SYMBOL_CHARS_MAX;
use crate::domain::ids::OrderId;
use crate::issuance::IssueError;
use crate::printing::qr;
use crate::store::{StoreError, batches, orders};
use crate::vietnamese;

/// Modules along a side of the smallest symbol of a signed stamp.
const SMALLEST_MODULES: u32 = 41;

/// Options of `issue`.
#[derive(Args, Debug)]
pub(super) struct IssueArgs {
    /// Number of the approved order. Issuing it again shows its batch
    #[arg(required_unless_present = "resume")]
    order: Option<i64>,
    /// Finish the batches that an interruption left without their codes
    #[arg(long, conflicts_with = "order")]
    resume: bool,
}

pub(super) fn run(session: &Session, args: &IssueArgs) -> Result<(), CliError> {
    let app = session.app()?;
    let batches = match args.order {
        Some(order) => vec![issue(session, &app, OrderId(order))?],
        None => app.finish_interrupted(session.by())?,
    };
    let all: Vec<_> = batches.iter().map(facts).collect();
    let answer = match (args.order, all.first()) {
        (Some(_), Some(batch)) => batch.clone(),
        _ => json!({ "batches": all }),
    };
    session.output.tell(&answer, || {
        for batch in &batches {
            let stamps = vietnamese::number(batch.intent.quantity.get().into());
            println!("batch {}: {stamps} codes issued", text::batch(batch.number));
        }
    });
    Ok(())
}

/// Issues an order, with a progress bar.
pub(super) fn issue(session: &Session, app: &App, order: OrderId) -> Result<Batch, CliError> {
    let (found, batch) = app.store.read(|register| {
        Ok::<_, StoreError>((orders::get(register, order)?, batches::of_order(register, order)?))
    })?;
    if let (Some(found), None) = (&found, batch) {
        let today = vietnam_day(app.clock.now());
        carried::<IssueError>(&app.store, found.request.product, today).map_err(AppError::from)?;
    }
    let stamps = found.map_or(0, |order| order.request.quantity.get());
    note_large_symbols(app);
    let bar = progress::bar("signing", stamps.into());
    let batch = app.issuer()?.issue(order, session.by(), &|done| bar.set_position(done))?;
    bar.finish_and_clear();
    Ok(batch)
}

/// Tells the log where the host of the stamps makes their symbols larger than they need be.
pub(super) fn note_large_symbols(app: &App) {
    let host = &app.config.stamps.host;
    if host.is_short() {
        return;
    }
    let level = sheet::level(app.config.sheets.error_correction);
    // Serial and signature are as long in every code, and of letters: digits alone would take less room.
    let (serial, signature) = ("X".repeat(12), "X".repeat(100));
    let text = format!("https://{}/T/{serial}/{signature}", host.as_str().to_uppercase());
    let modules = qr::encode(&text, level).map(|symbol| symbol.size()).ok();
    tracing::warn!(
        %host, modules, smallest = SMALLEST_MODULES,
        "the host makes the symbols of signed stamps larger than one of at most {} characters does",
        SMALLEST_SYMBOL_CHARS_MAX
    );
}

fn facts(batch: &Batch) -> serde_json::Value {
    json!({
        "batch": text::batch(batch.number),
        "order": batch.intent.order.0,
        "stamps": batch.intent.quantity.get(),
        "key": batch.intent.key_id,
        "issued_at": batch.issued_at,
    })
}
