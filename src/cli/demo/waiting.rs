//! What waits for each role when the demonstration opens.

use super::super::error::CliError;
use super::delivery::{self, OFFICER, PRODUCER, by};
use super::showcase;
use crate::app::App;
use crate::code::receipt::Receipt;
use crate::domain::ids::{ProductId, ShopId};
use crate::domain::order::{NewOrder, OrderMove, Quantity};
use crate::domain::quota::Funding;
use crate::domain::report::{NewReport, ReportKind};
use crate::issuance::ordering;
use crate::register::reports;
use crate::store::{StoreError, batches, stamps};

/// What was done with an order, and by whom.
type Steps = &'static [(OrderMove, &'static str)];

/// Orders by what they are called and their stamps, and what was done with each.
const ORDERS: [(&str, u32, Steps); 4] = [
    ("a draft", 200, &[]),
    ("sent", 300, &[(OrderMove::Submit, PRODUCER)]),
    ("under review", 150, &[(OrderMove::Submit, PRODUCER), (OrderMove::TakeUp, OFFICER)]),
    ("approved", 100, &[(OrderMove::Submit, PRODUCER), (OrderMove::Approve, showcase::APPROVER)]),
];
/// Batches by what they are called and their stamps.
const AT_SHOP: (&str, u32) = ("at the print shop", 60);
const HANDED_OVER: (&str, u32) = ("handed over", 40);
/// The receipt of a consumer's report.
const RECEIPT: u64 = 2026;

/// Makes what is not there yet: for a producer's product and a print shop, and a report about a stamp of
/// an invented product.
pub(super) fn prepare(app: &App, product: ProductId, shop: ShopId) -> Result<(), CliError> {
    for (name, stamps, steps) in ORDERS {
        order(app, product, (name, stamps), steps)?;
    }
    if let Some(batch) = showcase::issued(app, product, AT_SHOP)? {
        crate::delivery::assign(&app.store, batch.number, shop, None, "", by(app, OFFICER))?;
    }
    if let Some(batch) = showcase::issued(app, product, HANDED_OVER)? {
        delivery::handed_over(app, &batch, shop)?;
    }
    report(app)
}

/// Places an order and takes it so far; one that is there stays where it is.
fn order(
    app: &App,
    product: ProductId,
    (name, stamps): (&str, u32),
    steps: Steps,
) -> Result<(), CliError> {
    if showcase::order(app, name)?.is_some() {
        return Ok(());
    }
    let quantity = Quantity::new(stamps).ok_or_else(|| CliError::failed("no stamps"))?;
    let request = NewOrder {
        idempotency_key: Some(showcase::key(name)),
        ..NewOrder::new(product, quantity, Funding::SelfPaid)
    };
    let order = ordering::place(&app.store, &request, by(app, PRODUCER))?;
    for (step, who) in steps {
        ordering::step(&app.store, order.id, *step, "", by(app, who))?;
    }
    Ok(())
}

/// What a consumer reported of a stamp that was never activated.
fn report(app: &App) -> Result<(), CliError> {
    let Some(order) = showcase::order(app, showcase::NOT_ACTIVATED)? else { return Ok(()) };
    let serial = app.store.read(|register| -> Result<_, StoreError> {
        let Some(batch) = batches::of_order(register, order.id)? else { return Ok(None) };
        let codes = stamps::page(register, &batch.number.serials(), 1)?;
        Ok(codes.first().map(|(serial, _)| *serial))
    })?;
    let report = NewReport {
        kind: ReportKind::Copied,
        code: serial.map(crate::code::text::serial_grouped),
        serial,
        seen: "Ví dụ: tem báo chưa kích hoạt nhưng sản phẩm đã bày bán.".into(),
        bought_at: Some("chợ mẫu".into()),
        contact: None,
    };
    let receipt = Receipt::new(RECEIPT).ok_or_else(|| CliError::failed("no receipt"))?;
    let now = app.clock.now();
    reports::send(&app.store, &report, &receipt.sha256(), (now, now)).map_err(CliError::failed)?;
    Ok(())
}
