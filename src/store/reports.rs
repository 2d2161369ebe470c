//! What consumers report.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::listing::lines;
use super::schema::reports;
use super::stamps::{serial_from, serial_to};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::ids::{ProductId, ReportId};
use crate::domain::report::{NewReport, Report, ReportKind, ReportState};
use crate::vietnamese;

/// Enters a report under its receipt.
///
/// # Errors
/// [`StoreError::Duplicate`] where the receipt is another's.
pub fn insert(
    connection: &mut AnyConnection,
    new: &NewReport,
    product: Option<ProductId>,
    receipt_sha256: &str,
    at: Instant,
) -> Result<ReportId, StoreError> {
    let parts = [Some(&new.seen), new.bought_at.as_ref(), new.code.as_ref()];
    let said: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let id: i64 = diesel::insert_into(reports::table)
        .values((
            reports::receipt_sha256.eq(receipt_sha256),
            reports::kind.eq(new.kind.key()),
            reports::code.eq(new.code.as_deref()),
            reports::serial.eq(new.serial.map(serial_to).transpose()?),
            reports::product_id.eq(product.map(|id| id.0)),
            reports::seen.eq(&new.seen),
            reports::bought_at.eq(new.bought_at.as_deref()),
            reports::contact.eq(new.contact.as_deref()),
            reports::search_text.eq(vietnamese::fold(&said.join(" "))),
            reports::state.eq(ReportState::Received.key()),
            reports::reported_at.eq(at.naive_utc()),
        ))
        .returning(reports::id)
        .get_result(connection)?;
    Ok(ReportId(id))
}

/// The report of a receipt.
///
/// # Errors
/// [`StoreError`].
pub fn by_receipt(
    connection: &mut AnyConnection,
    receipt_sha256: &str,
) -> Result<Option<Report>, StoreError> {
    let found = reports::table.filter(reports::receipt_sha256.eq(receipt_sha256));
    let row: Option<Row> = found.select(COLUMNS).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// The report of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: ReportId) -> Result<Option<Report>, StoreError> {
    let row: Option<Row> =
        reports::table.find(id.0).select(COLUMNS).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// How many of some kinds were sent since a moment.
///
/// # Errors
/// [`StoreError`].
pub fn count_since(
    connection: &mut AnyConnection,
    kinds: &[ReportKind],
    at: Instant,
) -> Result<u64, StoreError> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.key()).collect();
    let since = reports::table
        .filter(reports::reported_at.gt(at.naive_utc()))
        .filter(reports::kind.eq_any(kinds));
    lines(since.count().get_result(connection)?)
}

/// Keeps where a report stands, with what is said at its end and when that was.
///
/// # Errors
/// [`StoreError`].
pub fn set_state(
    connection: &mut AnyConnection,
    id: ReportId,
    state: ReportState,
    said: &str,
    at: Instant,
) -> Result<(), StoreError> {
    diesel::update(reports::table.find(id.0))
        .set((
            reports::state.eq(state.key()),
            reports::answer.eq((state == ReportState::Answered).then_some(said)),
            reports::close_reason.eq((state == ReportState::Closed).then_some(said)),
            reports::settled_at.eq((!state.is_open()).then_some(at.naive_utc())),
        ))
        .execute(connection)?;
    Ok(())
}

/// Erases the contact of a report; `false` where there is none.
///
/// # Errors
/// [`StoreError`].
pub fn erase_contact(
    connection: &mut AnyConnection,
    id: ReportId,
    at: Instant,
) -> Result<bool, StoreError> {
    let one = reports::table.find(id.0).filter(reports::contact.is_not_null());
    let erased = diesel::update(one)
        .set((
            reports::contact.eq(None::<String>),
            reports::contact_erased_at.eq(Some(at.naive_utc())),
        ))
        .execute(connection)?;
    Ok(erased > 0)
}

/// Reports with a contact that were settled before a moment.
///
/// # Errors
/// [`StoreError`].
pub fn settled_with_contact(
    connection: &mut AnyConnection,
    before: Instant,
) -> Result<Vec<ReportId>, StoreError> {
    let ids: Vec<i64> = reports::table
        .filter(reports::contact.is_not_null())
        .filter(reports::settled_at.lt(before.naive_utc()))
        .select(reports::id)
        .load(connection)?;
    Ok(ids.into_iter().map(ReportId).collect())
}

type Sent = (
    reports::kind,
    reports::code,
    reports::serial,
    reports::seen,
    reports::bought_at,
    reports::contact,
);
type Handled = (
    reports::state,
    reports::answer,
    reports::reported_at,
    reports::settled_at,
    reports::contact_erased_at,
);

/// The columns of [`Row`].
pub(super) type Columns = (reports::id, reports::product_id, Sent, Handled);

/// The columns of [`Row`].
pub(super) const COLUMNS: Columns = (
    reports::id,
    reports::product_id,
    (
        reports::kind,
        reports::code,
        reports::serial,
        reports::seen,
        reports::bought_at,
        reports::contact,
    ),
    (
        reports::state,
        reports::answer,
        reports::reported_at,
        reports::settled_at,
        reports::contact_erased_at,
    ),
);

/// A row as it is selected.
pub(super) type Row = (i64, Option<i64>, SentRow, HandledRow);
type SentRow = (String, Option<String>, Option<i64>, String, Option<String>, Option<String>);
type HandledRow =
    (String, Option<String>, NaiveDateTime, Option<NaiveDateTime>, Option<NaiveDateTime>);

pub(super) fn from_row(row: Row) -> Result<Report, StoreError> {
    let (id, product, sent, handled) = row;
    let (kind, code, serial, seen, bought_at, contact) = sent;
    let (state, answer, reported_at, settled_at, contact_erased_at) = handled;
    Ok(Report {
        id: ReportId(id),
        details: NewReport {
            kind: ReportKind::from_key(&kind).ok_or(StoreError::Corrupt("report kind"))?,
            code,
            serial: serial.map(serial_from).transpose()?,
            seen,
            bought_at,
            contact,
        },
        product: product.map(ProductId),
        state: ReportState::from_key(&state).ok_or(StoreError::Corrupt("report state"))?,
        answer,
        reported_at: reported_at.and_utc(),
        settled_at: settled_at.map(|at| at.and_utc()),
        contact_erased_at: contact_erased_at.map(|at| at.and_utc()),
    })
}
