//! `ocop reconcile`.

use clap::Args;
use serde_json::{Value, json};

use super::error::CliError;
use super::product::day;
use super::{Session, sheet};
use crate::accounting::reconcile::{self, BatchAccount, Difference, Reconciliation, Scope};
use crate::app::App;
use crate::code::text;
use crate::domain::ids::{ProducerId, ProductId, ShopId};
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampRun, StampState};
use crate::domain::tally::Tally;
use crate::store::batch_tallies::Sum;
use crate::vietnamese::number;

/// Options of `reconcile`.
#[derive(Args, Debug)]
pub(super) struct ReconcileArgs {
    /// One batch with its replacements, down to runs of serials
    #[arg(
        long,
        value_name = "BATCH",
        conflicts_with_all = ["product", "producer", "shop", "from", "to"]
    )]
    batch: Option<String>,
    /// Batches of this product
    #[arg(long, value_name = "ID")]
    product: Option<i64>,
    /// Batches of this producer
    #[arg(long, value_name = "ID")]
    producer: Option<i64>,
    /// Batches given to this print shop
    #[arg(long, value_name = "ID")]
    shop: Option<i64>,
    /// Issued on this day or later (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Issued on this day or before (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
}

pub(super) fn run(session: &Session, args: &ReconcileArgs) -> Result<(), CliError> {
    let app = session.app()?;
    match &args.batch {
        Some(name) => batch(session, &app, sheet::batch(name)?),
        None => sums(session, &app, args),
    }
}

fn batch(session: &Session, app: &App, number: BatchNumber) -> Result<(), CliError> {
    let found = reconcile::batch(&app.store, number)?;
    let one = |(account, runs, more): &(BatchAccount, Vec<StampRun>, bool)| {
        json!({
            "batch": text::batch(account.batch),
            "replaces": account.replaces.map(text::batch),
            "job": account.job.as_ref().map(|job| job.state.key()),
            "tally": tally_facts(&account.tally),
            "differences": account.differences.iter().map(difference).collect::<Vec<_>>(),
            "runs": runs.iter().map(run_facts).collect::<Vec<_>>(),
            "more_runs": more,
        })
    };
    let answer = json!({
        "settled": found.is_settled(),
        "total": tally_facts(&found.tally()),
        "batches": found.batches.iter().map(one).collect::<Vec<_>>(),
    });
    session.output.tell(&answer, || tell_batch(&found));
    if found.is_settled() { Ok(()) } else { Err(CliError::AnsweredRefused) }
}

fn sums(session: &Session, app: &App, args: &ReconcileArgs) -> Result<(), CliError> {
    let scope = Scope {
        product: args.product.map(ProductId),
        producer: args.producer.map(ProducerId),
        shop: args.shop.map(ShopId),
        from: args.from.as_deref().map(day).transpose()?,
        to: args.to.as_deref().map(day).transpose()?,
    };
    let sums = reconcile::sums(&app.store, &scope)?;
    let total: Tally = sums.iter().map(|sum| sum.tally).sum();
    let line = |sum: &Sum| {
        json!({
            "product": sum.product.0,
            "product_name": sum.product_name,
            "producer": sum.producer.0,
            "producer_name": sum.producer_name,
            "shop": sum.shop.as_ref().map(|(id, _)| id.0),
            "shop_name": sum.shop.as_ref().map(|(_, name)| name),
            "tally": tally_facts(&sum.tally),
        })
    };
    let answer = json!({
        "total": tally_facts(&total),
        "sums": sums.iter().map(line).collect::<Vec<_>>(),
    });
    session.output.tell(&answer, || {
        for sum in &sums {
            let shop = sum.shop.as_ref().map_or("no print shop", |(_, name)| name);
            println!("{} ({}), {shop}:", sum.product_name, sum.producer_name);
            tell_tally(&sum.tally);
        }
        println!("all:");
        tell_tally(&total);
    });
    Ok(())
}

/// Each void state on the side where it was reached.
const VOID: [StampState; 4] =
    [StampState::Spoiled, StampState::Lost, StampState::Destroyed, StampState::Cancelled];

fn tally_facts(tally: &Tally) -> Value {
    let side = |handed_over| -> serde_json::Map<String, Value> {
        let count = |state| tally.count(state, handed_over).into();
        VOID.map(|state| (state.key().to_owned(), count(state))).into_iter().collect()
    };
    json!({
        "issued": tally.issued(),
        "in_print": tally.in_print(),
        "void_in_print": side(false),
        "handed_over": tally.handed_over(),
        "activated": tally.activated(),
        "unused": tally.unused_at_producer(),
        "void_after_hand_over": side(true),
        "balanced": tally.is_balanced(),
    })
}

fn tell_tally(tally: &Tally) {
    let void = |handed_over| {
        VOID.map(|it| format!(" + {} {}", number(tally.count(it, handed_over)), it.key())).concat()
    };
    let (issued, in_print) = (number(tally.issued()), number(tally.in_print()));
    let handed_over = number(tally.handed_over());
    println!("  {issued} issued = {in_print} in print{} + {handed_over} handed over", void(false));
    let (used, unused) = (number(tally.activated()), number(tally.unused_at_producer()));
    println!("  {handed_over} handed over = {used} activated + {unused} unused{}", void(true));
}

fn tell_batch(found: &Reconciliation) {
    for (account, runs, more) in &found.batches {
        let replaces = account.replaces.map(text::batch);
        let replaces = replaces.map(|it| format!(", in place of spoiled stamps of {it}"));
        let state = account.job.as_ref().map_or("given to no print shop", |job| job.state.key());
        let (batch, replaces) = (text::batch(account.batch), replaces.unwrap_or_default());
        println!("batch {batch}{replaces}: {state}");
        tell_tally(&account.tally);
        account.differences.iter().for_each(|it| println!("  DIFFERENCE: {it}"));
        for run in runs {
            let (first, last) = (text::serial_grouped(run.first), text::serial_grouped(run.last));
            println!("  {first} – {last}  {:>9}  {}", number(run.stamps), run.state.key());
        }
        if *more {
            println!("  … and more runs");
        }
    }
    let settled = if found.is_settled() { "settled" } else { "NOT settled" };
    println!("{settled}");
}

fn difference(difference: &Difference) -> Value {
    let numbers = difference.numbers();
    json!({
        "kind": difference.key(),
        "stated": numbers.map(|(stated, _)| stated),
        "found": numbers.map(|(_, found)| found),
        "text": difference.to_string(),
    })
}

fn run_facts(run: &StampRun) -> Value {
    json!({
        "first": text::serial(run.first),
        "last": text::serial(run.last),
        "state": run.state.key(),
        "handed_over": run.handed_over,
        "stamps": run.stamps,
    })
}
