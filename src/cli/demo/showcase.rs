//! A stamp in every state that speaks against it, a recognition that ends before long, and scans of
//! the last days, on invented products.

use chrono::{Days, TimeDelta};

use super::super::error::CliError;
use super::{delivery, sample};
use crate::accounting::{self, LotName, Selection};
use crate::app::App;
use crate::code::uri;
use crate::domain::act::Act;
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::{ProductId, ShopId};
use crate::domain::order::{NewOrder, Order, OrderMove, OrderState, Quantity};
use crate::domain::quota::Funding;
use crate::domain::recognition::{Event, EventKind};
use crate::domain::stamp::StampMove;
use crate::issuance::ordering;
use crate::register;
use crate::store::scans::{self, Scans};
use crate::store::{StoreError, batches, orders, stamps};

/// Stamps of each kind.
const STAMPS: u32 = 10;
const LOT: &str = "LO-MAU-02";
const BY: &str = "ví dụ";
pub(super) const APPROVER: &str = "người phê duyệt";

/// What is made of a product's stamps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    WithGtin,
    NotActivated,
    Spoiled,
    Expired,
    Suspended,
    Revoked,
    Recalled,
    EndsSoon,
}

/// A recognition that ends before long, ends in so many days.
const DAYS_LEFT: u64 = 60;
/// Scans of the last days, today first, and how many of them with a warning.
const SCANS: [(u32, u32); 14] = [
    (3, 0),
    (5, 1),
    (4, 0),
    (9, 2),
    (2, 0),
    (6, 0),
    (7, 1),
    (1, 0),
    (8, 3),
    (3, 0),
    (4, 0),
    (1, 0),
    (2, 0),
    (5, 0),
];

/// What stamps are called that were received and never put on goods.
pub(super) const NOT_ACTIVATED: &str = "not activated";
/// A receipt that differs from the minutes, for whoever checks accounts.
const MISSING: (u64, &str) = (1, "Ví dụ: thiếu một tem trong cuộn");

/// Kind, product, and what it is called.
const KINDS: [(Kind, &str, &str); 8] = [
    (Kind::WithGtin, "Bánh mẫu có mã GTIN", "valid, with a GTIN"),
    (Kind::NotActivated, "Bánh mẫu có mã GTIN", NOT_ACTIVATED),
    (Kind::Spoiled, "Bánh mẫu có mã GTIN", "spoiled"),
    (Kind::Expired, "Trà mẫu hết hạn", "expired"),
    (Kind::Suspended, "Mật ong mẫu tạm đình chỉ", "suspended"),
    (Kind::Revoked, "Giò mẫu bị thu hồi giấy chứng nhận", "revoked"),
    (Kind::Recalled, "Ruốc mẫu có lô bị thu hồi", "goods recalled"),
    (Kind::EndsSoon, "Kẹo mẫu sắp hết hạn", "ends soon, scanned on many days"),
];

/// Makes the stamps that are not there yet; the shop prints them.
pub(super) fn prepare(app: &App, shop: ShopId) -> Result<(), CliError> {
    for (kind, product, name) in KINDS {
        let product = sample::product(app, product)?;
        stage(app, kind, (product, name), shop)?;
    }
    Ok(())
}

/// What is printed on one stamp of each kind.
pub(super) fn addresses(app: &App) -> Result<Vec<(&'static str, String)>, CliError> {
    KINDS
        .into_iter()
        .filter_map(|(_, _, name)| address(app, name).transpose().map(|url| Ok((name, url?))))
        .collect()
}

fn address(app: &App, name: &str) -> Result<Option<String>, CliError> {
    app.store.read(|register| {
        let Some(order) = orders::by_key(register, &key(name))? else { return Ok(None) };
        let Some(batch) = batches::of_order(register, order.id)? else { return Ok(None) };
        let code = stamps::page(register, &batch.number.serials(), 1)?.into_iter().next();
        let face = &batch.intent.face;
        Ok(code.map(|(serial, signature)| uri::qr_text(face, serial, &signature)))
    })
}

/// The asker's key of an order that is called so.
pub(super) fn key(name: &str) -> String {
    format!("demo: {name}")
}

/// The order that is called so.
pub(super) fn order(app: &App, name: &str) -> Result<Option<Order>, StoreError> {
    app.store.read(|register| orders::by_key(register, &key(name)))
}

fn stage(
    app: &App,
    kind: Kind,
    (product, name): (ProductId, &str),
    shop: ShopId,
) -> Result<(), CliError> {
    let act = Act { by: BY, at: app.clock.now() };
    let today = vietnam_day(act.at);
    if kind == Kind::Expired && order(app, name)?.is_none() {
        // Stamps are only issued in time: the recognition is in force today, and ended yesterday.
        event(app, product, EventKind::EndChanged(today), act)?;
    }
    let Some(batch) = issued(app, product, (name, STAMPS))? else { return Ok(()) };
    let all = Selection::Batch(batch.number);
    match kind {
        Kind::Spoiled => delivery::printed(app, &batch, shop)?,
        Kind::NotActivated => delivery::received(app, &batch, shop, Some(MISSING))?,
        _ => {
            delivery::received(app, &batch, shop, None)?;
            let lot = LotName { code: LOT.into(), made_on: None, use_by: None };
            accounting::activate(&app.store, &all, &lot, act)?;
        }
    }
    match kind {
        Kind::WithGtin | Kind::NotActivated => {}
        Kind::Spoiled => {
            accounting::step(&app.store, &all, StampMove::Spoil, "", act)?;
        }
        Kind::Expired => {
            let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
            event(app, product, EventKind::EndChanged(yesterday), act)?;
        }
        Kind::Suspended => event(app, product, EventKind::Suspended, act)?,
        Kind::Revoked => event(app, product, EventKind::Revoked, act)?,
        Kind::Recalled => {
            let recall = ("Mẫu thử của trang thu hồi", Some("024 0000 0000"));
            accounting::recall(&app.store, product, LOT, recall, act)?;
        }
        Kind::EndsSoon => {
            let last = today.checked_add_days(Days::new(DAYS_LEFT)).unwrap_or(today);
            event(app, product, EventKind::EndChanged(last), act)?;
            scanned(app, &batch, act)?;
        }
    }
    Ok(())
}

/// Counts the scans of the last days, each day's on a stamp of the batch.
fn scanned(app: &App, batch: &Batch, act: Act<'_>) -> Result<(), CliError> {
    let page = |register: &mut _| stamps::page(register, &batch.number.serials(), STAMPS.into());
    let codes = app.store.read(page)?;
    for (((serial, _), (count, warnings)), days) in codes.into_iter().cycle().zip(SCANS).zip(0..) {
        let at = act.at - TimeDelta::days(days);
        scans::add(&app.store, &[Scans { serial, count, warnings, first_at: at, last_at: at }])?;
    }
    Ok(())
}

/// So many stamps of a product under a name; nothing where they were issued before.
pub(super) fn issued(
    app: &App,
    product: ProductId,
    (name, stamps): (&str, u32),
) -> Result<Option<Batch>, CliError> {
    let act = Act { by: BY, at: app.clock.now() };
    let quantity = Quantity::new(stamps).ok_or_else(|| CliError::failed("no stamps"))?;
    let request = NewOrder {
        idempotency_key: Some(key(name)),
        ..NewOrder::new(product, quantity, Funding::SelfPaid)
    };
    let order = match order(app, name)? {
        Some(order) => order,
        None => ordering::place(&app.store, &request, act)?,
    };
    if order.state == OrderState::Issued {
        return Ok(None);
    }
    if order.state != OrderState::Approved {
        ordering::step(&app.store, order.id, OrderMove::Submit, "", act)?;
        let approver = Act { by: APPROVER, ..act };
        ordering::step(&app.store, order.id, OrderMove::Approve, "", approver)?;
    }
    Ok(Some(app.issuer()?.issue(order.id, act.by, &|_| ())?))
}

fn event(app: &App, product: ProductId, kind: EventKind, act: Act<'_>) -> Result<(), CliError> {
    let event = Event {
        effective_on: vietnam_day(act.at),
        kind,
        decision_number: Some("MẪU-99/QĐ-UBND".into()),
        signed_on: Some(vietnam_day(act.at)),
        reason: Some("Ví dụ".into()),
    };
    Ok(register::record_event(&app.store, product, &event, act)?)
}
