//! Batches of the demonstration on their way: a print shop prints them and hands them over, the
//! producer receives them.

use chrono::Days;

use super::super::error::CliError;
use super::super::sheet;
use crate::accounting::{self, LotName, Selection};
use crate::app::App;
use crate::delivery;
use crate::domain::act::Act;
use crate::domain::batch::Batch;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::ShopId;
use crate::domain::print_job::Minutes;
use crate::domain::print_shop::ShopDetails;
use crate::register::shops;
use crate::store::{print_jobs, print_shops};

/// The lot the first sheet is put on.
const LOT: &str = "LO-MAU-01";
const MINUTES: &str = "MẪU-01/BBBG";
pub(super) const OFFICER: &str = "cán bộ";
const SHOP: &str = "cơ sở in";
pub(super) const PRODUCER: &str = "chủ thể";
/// A licence that ends before long, ends so many days after the demonstration was made.
const LICENCE_DAYS: u64 = 45;

/// The shop that prints a batch; beside it there is one whose licence ends before long.
pub(super) fn shops(app: &App, batch: &Batch) -> Result<ShopId, CliError> {
    if let Some(job) = app.store.read(|register| print_jobs::get(register, batch.number))? {
        return Ok(job.shop);
    }
    let ends_on = vietnam_day(batch.prepared_at).checked_add_days(Days::new(LICENCE_DAYS));
    shop(app, "Cơ sở in Mẫu Hai", "MẪU-02/GP-IN", ends_on)?;
    shop(app, "Cơ sở in Mẫu", "MẪU-01/GP-IN", None)
}

fn shop(app: &App, name: &str, licence: &str, ends_on: Option<Day>) -> Result<ShopId, CliError> {
    if let Some(known) = app.store.read(|register| print_shops::by_name(register, name))? {
        return Ok(known.id);
    }
    let details = ShopDetails {
        name: name.into(),
        address: Some("Hà Nội".into()),
        phone: None,
        licence_number: licence.into(),
        licence_issuer: Some("cơ quan mẫu (ví dụ)".into()),
        licence_ends_on: ends_on,
        is_active: true,
    };
    Ok(shops::add(&app.store, &details, by(app, OFFICER))?.id)
}

/// Has the shop print a batch.
pub(super) fn printed(app: &App, batch: &Batch, shop: ShopId) -> Result<(), CliError> {
    let number = batch.number;
    let job = delivery::assign(&app.store, number, shop, None, "", by(app, OFFICER))?;
    if job.printed.is_none() {
        delivery::report_printed(&app.store, number, &[], None, by(app, SHOP))?;
    }
    Ok(())
}

/// Has the shop print a batch and hand it over; returns the stamps by the minutes.
pub(super) fn handed_over(app: &App, batch: &Batch, shop: ShopId) -> Result<u64, CliError> {
    printed(app, batch, shop)?;
    // The day of issue, so that a run on a later day names the same hand-over.
    let handed_on = vietnam_day(batch.prepared_at);
    let minutes = Minutes { number: MINUTES.into(), handed_on, stated: None };
    let (all, act) = (Selection::Batch(batch.number), by(app, SHOP));
    let (handed, _) = delivery::hand_over(&app.store, batch.number, &minutes, &all, act)?;
    Ok(handed.stated)
}

/// Has a batch printed, handed over and received: all of it, or as many stamps less, and why.
pub(super) fn received(
    app: &App,
    batch: &Batch,
    shop: ShopId,
    missing: Option<(u64, &str)>,
) -> Result<(), CliError> {
    let stated = handed_over(app, batch, shop)?;
    let (stamps, reason) = match missing {
        Some((less, reason)) => (stated.saturating_sub(less), Some(reason)),
        None => (stated, None),
    };
    let act = by(app, PRODUCER);
    delivery::receive(&app.store, batch.number, MINUTES, stamps, reason, act)?;
    Ok(())
}

/// Takes the first batch as far as goods that carry its first sheet; what came after stays as it is.
pub(super) fn prepare(app: &App, batch: &Batch, shop: ShopId) -> Result<(), CliError> {
    let tally = accounting::tally(&app.store, batch.number)?;
    if tally.activated() + tally.void_after_hand_over() > 0 {
        return Ok(());
    }
    received(app, batch, shop, None)?;
    let printing = sheet::printing(app, None, None);
    let first = Selection::Sheet { batch: batch.number, printing, number: 1 };
    let made_on = Some(vietnam_day(batch.prepared_at));
    let lot = LotName { code: LOT.into(), made_on, use_by: None };
    accounting::activate(&app.store, &first, &lot, by(app, PRODUCER))?;
    Ok(())
}

/// An act of somebody, now.
pub(super) fn by<'a>(app: &App, who: &'a str) -> Act<'a> {
    Act { by: who, at: app.clock.now() }
}
