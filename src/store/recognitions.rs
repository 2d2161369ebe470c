//! Recognitions and what happened to them. Rows are only ever added.

use std::collections::BTreeMap;

use diesel::dsl::Nullable;
use diesel::prelude::*;

use super::schema::{authorities, recognition_events as events, recognitions};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::{AuthorityId, ProductId, RecognitionId};
use crate::domain::recognition::{Event, EventKind, NewRecognition, Recognition, Stars};

/// Enters a recognition; `None` where the same decision on the same product is there already.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    paper: &NewRecognition,
    at: Instant,
) -> Result<Option<RecognitionId>, StoreError> {
    let known: i64 = recognitions::table
        .filter(recognitions::product_id.eq(paper.product.0))
        .filter(recognitions::decision_number.eq(&paper.decision_number))
        .filter(recognitions::authority_id.eq(paper.authority.0))
        .filter(recognitions::signed_on.eq(paper.signed_on))
        .count()
        .get_result(connection)?;
    if known > 0 {
        return Ok(None);
    }
    let id = diesel::insert_into(recognitions::table)
        .values((
            recognitions::product_id.eq(paper.product.0),
            recognitions::stars.eq(i16::from(paper.stars.get())),
            recognitions::potential_five_star.eq(paper.potential_five_star),
            recognitions::decision_number.eq(&paper.decision_number),
            recognitions::authority_id.eq(paper.authority.0),
            recognitions::signed_on.eq(paper.signed_on),
            recognitions::ends_on.eq(paper.ends_on),
            recognitions::product_name.eq(&paper.product_name),
            recognitions::address.eq(paper.address.as_deref()),
            recognitions::recorded_at.eq(at.naive_utc()),
            recognitions::effective_on.eq(paper.effective_on),
        ))
        .returning(recognitions::id)
        .get_result(connection)?;
    Ok(Some(RecognitionId(id)))
}

/// Adds what happened to a recognition.
///
/// # Errors
/// [`StoreError`].
pub fn add_event(
    connection: &mut AnyConnection,
    recognition: RecognitionId,
    event: &Event,
    at: Instant,
) -> Result<(), StoreError> {
    let (kind, new_end) = event_columns(event.kind);
    diesel::insert_into(events::table)
        .values((
            events::recognition_id.eq(recognition.0),
            events::kind.eq(kind),
            events::effective_on.eq(event.effective_on),
            events::new_end.eq(new_end),
            events::decision_number.eq(event.decision_number.as_deref()),
            events::reason.eq(event.reason.as_deref()),
            events::recorded_at.eq(at.naive_utc()),
            events::signed_on.eq(event.signed_on),
        ))
        .execute(connection)?;
    Ok(())
}

/// A product's recognitions with their events, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_product(
    connection: &mut AnyConnection,
    product: ProductId,
) -> Result<Vec<Recognition>, StoreError> {
    let found = with_authorities(connection, product)?;
    Ok(found.into_iter().map(|(recognition, _)| recognition).collect())
}

/// A product's recognitions with their events, oldest first, each with the name of its authority.
///
/// # Errors
/// [`StoreError`].
pub fn with_authorities(
    connection: &mut AnyConnection,
    product: ProductId,
) -> Result<Vec<(Recognition, String)>, StoreError> {
    let query = joined().filter(recognitions::product_id.eq(product.0));
    let rows: Vec<JoinedRow> = query.order(ORDER).select(columns()).load(connection)?;
    gather(rows)
}

/// The recognitions of several products with their events, each product's oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_products(
    connection: &mut AnyConnection,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, Vec<Recognition>>, StoreError> {
    let mut found: BTreeMap<ProductId, Vec<Recognition>> = BTreeMap::new();
    for part in products.chunks(PRODUCTS_MAX) {
        let ids: Vec<i64> = part.iter().map(|id| id.0).collect();
        let query = joined().filter(recognitions::product_id.eq_any(ids));
        let rows: Vec<JoinedRow> = query.order(ORDER).select(columns()).load(connection)?;
        for (recognition, _) in gather(rows)? {
            found.entry(recognition.paper.product).or_default().push(recognition);
        }
    }
    Ok(found)
}

/// Products asked for in one query: each is a bound value of it.
pub(super) const PRODUCTS_MAX: usize = 500;

type JoinedRow = (Row, String, Option<EventRow>);

#[diesel::dsl::auto_type]
fn joined() -> _ {
    recognitions::table
        .inner_join(authorities::table)
        .left_join(events::table.on(events::recognition_id.eq(recognitions::id)))
}

const ORDER: (recognitions::signed_on, recognitions::id, events::effective_on, events::id) =
    (recognitions::signed_on, recognitions::id, events::effective_on, events::id);

fn columns() -> (Columns, authorities::name, Nullable<EventColumns>) {
    (COLUMNS, authorities::name, EVENT_COLUMNS.nullable())
}

/// Rows of one recognition follow each other.
fn gather(rows: Vec<JoinedRow>) -> Result<Vec<(Recognition, String)>, StoreError> {
    let mut found: Vec<(Recognition, String)> = Vec::new();
    for (row, authority, event) in rows {
        if found.last().is_none_or(|(last, _)| last.id.0 != row.0) {
            found.push((from_row(row)?, authority));
        }
        if let Some((event, (recognition, _))) = event.zip(found.last_mut()) {
            recognition.events.push(event_from_row(event)?);
        }
    }
    Ok(found)
}

type Row = (i64, i16, bool, String, i64, Day, Day, String, Option<String>, i64, Option<Day>);

type Columns = (
    recognitions::id,
    recognitions::stars,
    recognitions::potential_five_star,
    recognitions::decision_number,
    recognitions::authority_id,
    recognitions::signed_on,
    recognitions::ends_on,
    recognitions::product_name,
    recognitions::address,
    recognitions::product_id,
    recognitions::effective_on,
);

const COLUMNS: Columns = (
    recognitions::id,
    recognitions::stars,
    recognitions::potential_five_star,
    recognitions::decision_number,
    recognitions::authority_id,
    recognitions::signed_on,
    recognitions::ends_on,
    recognitions::product_name,
    recognitions::address,
    recognitions::product_id,
    recognitions::effective_on,
);

fn from_row(row: Row) -> Result<Recognition, StoreError> {
    let (
        id,
        stars,
        potential_five_star,
        decision_number,
        authority,
        signed_on,
        ends_on,
        name,
        address,
        product,
        effective_on,
    ) = row;
    let paper = NewRecognition {
        product: ProductId(product),
        stars: stars_from(stars)?,
        potential_five_star,
        decision_number,
        authority: AuthorityId(authority),
        signed_on,
        effective_on: effective_on.unwrap_or(signed_on),
        ends_on,
        product_name: name,
        address,
    };
    Ok(Recognition { id: RecognitionId(id), paper, events: Vec::new() })
}

pub(super) fn stars_from(stored: i16) -> Result<Stars, StoreError> {
    u8::try_from(stored).ok().and_then(Stars::new).ok_or(StoreError::Corrupt("stars"))
}

type EventRow = (String, Day, Option<Day>, Option<String>, Option<String>, Option<Day>);

type EventColumns = (
    events::kind,
    events::effective_on,
    events::new_end,
    events::decision_number,
    events::reason,
    events::signed_on,
);

const EVENT_COLUMNS: EventColumns = (
    events::kind,
    events::effective_on,
    events::new_end,
    events::decision_number,
    events::reason,
    events::signed_on,
);

fn event_columns(kind: EventKind) -> (&'static str, Option<Day>) {
    match kind {
        EventKind::EndChanged(end) => ("end_changed", Some(end)),
        EventKind::Suspended => ("suspended", None),
        EventKind::Reinstated => ("reinstated", None),
        EventKind::Revoked => ("revoked", None),
    }
}

fn event_from_row(row: EventRow) -> Result<Event, StoreError> {
    let (kind, effective_on, new_end, decision_number, reason, signed_on) = row;
    let kind = match (kind.as_str(), new_end) {
        ("end_changed", Some(end)) => EventKind::EndChanged(end),
        ("suspended", None) => EventKind::Suspended,
        ("reinstated", None) => EventKind::Reinstated,
        ("revoked", None) => EventKind::Revoked,
        _ => return Err(StoreError::Corrupt("recognition event")),
    };
    Ok(Event { effective_on, kind, decision_number, signed_on, reason })
}
