//! Hand-overs of stamps, and what producers said of them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::print_jobs::{done, stamps_from, stamps_to};
use super::schema::hand_overs;
use super::{AnyConnection, StoreError};
use crate::domain::act::{Act, Done};
use crate::domain::calendar::Day;
use crate::domain::ids::HandOverId;
use crate::domain::print_job::{HandOver, Minutes, Receipt};
use crate::domain::serial::BatchNumber;

/// Enters a hand-over of so many stamps.
///
/// # Errors
/// [`StoreError::Duplicate`] where the batch has minutes of that number.
pub fn insert(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    minutes: &Minutes,
    moved: u64,
    act: Act<'_>,
) -> Result<HandOver, StoreError> {
    let stated = minutes.stated.unwrap_or(moved);
    let id = diesel::insert_into(hand_overs::table)
        .values((
            hand_overs::batch_number.eq(number_to(batch)?),
            hand_overs::minutes.eq(&minutes.number),
            hand_overs::handed_on.eq(minutes.handed_on),
            hand_overs::stated.eq(stamps_to(stated)?),
            hand_overs::moved.eq(stamps_to(moved)?),
            hand_overs::handed_by.eq(act.by),
            hand_overs::handed_at.eq(act.at.naive_utc()),
        ))
        .returning(hand_overs::id)
        .get_result(connection)?;
    Ok(HandOver {
        id: HandOverId(id),
        batch,
        minutes: minutes.number.clone(),
        handed_on: minutes.handed_on,
        stated,
        moved,
        done: act.done(),
        receipt: None,
    })
}

/// Keeps what the producer said of a hand-over.
///
/// # Errors
/// [`StoreError`]; the database refuses a receipt by whoever handed over.
pub fn set_receipt(
    connection: &mut AnyConnection,
    id: HandOverId,
    receipt: &Receipt,
) -> Result<(), StoreError> {
    diesel::update(hand_overs::table.find(id.0))
        .set((
            hand_overs::received_by.eq(&receipt.done.by),
            hand_overs::received_at.eq(receipt.done.at.naive_utc()),
            hand_overs::received_stamps.eq(stamps_to(receipt.stamps)?),
            hand_overs::receipt_reason.eq(receipt.reason.as_deref()),
        ))
        .execute(connection)?;
    Ok(())
}

/// The hand-overs of a batch, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<HandOver>, StoreError> {
    let rows: Vec<Row> = hand_overs::table
        .filter(hand_overs::batch_number.eq(number_to(batch)?))
        .order(hand_overs::id)
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

#[derive(Queryable)]
struct Row {
    id: i64,
    batch_number: i32,
    minutes: String,
    handed_on: Day,
    stated: i32,
    moved: i32,
    handed_by: String,
    handed_at: NaiveDateTime,
    received_by: Option<String>,
    received_at: Option<NaiveDateTime>,
    received_stamps: Option<i32>,
    receipt_reason: Option<String>,
}

fn from_row(row: Row) -> Result<HandOver, StoreError> {
    let reason = row.receipt_reason;
    let received = done(row.received_by, row.received_at).zip(row.received_stamps);
    let receipt: Option<Receipt> = received
        .map(|(done, stamps)| {
            Ok::<_, StoreError>(Receipt { done, stamps: stamps_from(stamps)?, reason })
        })
        .transpose()?;
    Ok(HandOver {
        id: HandOverId(row.id),
        batch: number_from(row.batch_number)?,
        minutes: row.minutes,
        handed_on: row.handed_on,
        stated: stamps_from(row.stated)?,
        moved: stamps_from(row.moved)?,
        done: Done { by: row.handed_by, at: row.handed_at.and_utc() },
        receipt,
    })
}
