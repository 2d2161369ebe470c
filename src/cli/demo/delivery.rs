//! The demonstration's batch on its way: a print shop prints it and hands it over, the producer
//! receives it and puts the first sheet on goods.

use super::super::error::CliError;
use super::super::sheet;
use crate::accounting::{self, LotName, Selection};
use crate::app::App;
use crate::delivery;
use crate::domain::act::Act;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ShopId;
use crate::domain::print_job::Minutes;
use crate::domain::print_shop::ShopDetails;
use crate::register::shops;

/// The lot the first sheet is put on.
const LOT: &str = "LO-MAU-01";
const MINUTES: &str = "MẪU-01/BBBG";
const OFFICER: &str = "cán bộ";
const SHOP: &str = "cơ sở in";
const PRODUCER: &str = "chủ thể";

/// Takes the batch as far as it is not there yet; returns the shop that printed it.
pub(super) fn prepare(app: &App, batch: &Batch) -> Result<ShopId, CliError> {
    let by = |by| Act { by, at: app.clock.now() };
    let details = ShopDetails {
        name: "Cơ sở in Mẫu".into(),
        address: Some("Hà Nội".into()),
        phone: None,
        licence_number: "MẪU-01/GP-IN".into(),
        licence_issuer: Some("cơ quan mẫu (ví dụ)".into()),
        licence_ends_on: None,
        is_active: true,
    };
    let shop = shops::add(&app.store, &details, by(OFFICER))?;
    let job = delivery::assign(&app.store, batch.number, shop.id, None, "", by(OFFICER))?;
    if job.printed.is_none() {
        delivery::report_printed(&app.store, batch.number, &[], None, by(SHOP))?;
    }
    // The day of issue, so that a run on a later day names the same hand-over and the same lot.
    let day = vietnam_day(batch.prepared_at);
    let minutes = Minutes { number: MINUTES.into(), handed_on: day, stated: None };
    let handed = delivery::hand_over(&app.store, batch.number, &minutes, None, by(SHOP))?;
    let stamps = handed.stated;
    delivery::receive(&app.store, batch.number, MINUTES, stamps, None, by(PRODUCER))?;
    let printing = sheet::printing(app, None, None);
    let first = Selection::Sheet { batch: batch.number, printing, number: 1 };
    let lot = LotName { code: LOT.into(), made_on: Some(day), use_by: None };
    accounting::activate(&app.store, &first, &lot, by(PRODUCER))?;
    Ok(shop.id)
}
