//! Everything a verdict is made of. The hot path: every query goes by a key.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::directly;
use super::recognitions;
use super::schema::{batches, lots, producers, products, revision, scans, stamps};
use super::stamps::{serial_to, signature_from};
use super::{
    AnyConnection, StoreError, batches as printed, lots as lot_rows, producers as makers,
    products as goods,
};
use crate::domain::batch::Face;
use crate::domain::calendar::Instant;
use crate::domain::ids::RecognitionId;
use crate::domain::lot::Lot;
use crate::domain::producer::Producer;
use crate::domain::product::Product;
use crate::domain::recognition::Recognition;
use crate::domain::scan::ScanHistory;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::{SignatureBytes, StampState};

/// What the register knows of one stamp.
#[derive(Clone, Debug)]
pub struct StampRecord {
    /// The signature issued with it.
    pub signature: SignatureBytes,
    /// Where it stands.
    pub state: StampState,
    /// When it was put on goods.
    pub activated_at: Option<Instant>,
    /// The lot it was put on.
    pub lot: Option<Lot>,
    /// Earlier scans.
    pub scans: ScanHistory,
    /// The register's revision when this was read: as long as it is the same, so is everything but
    /// the counts of scans.
    pub revision: i64,
}

/// What the register knows of a batch, the same for all its stamps.
#[derive(Clone, Debug)]
pub struct BatchFacts {
    /// What is printed.
    pub face: Face,
    /// The recognition that it was issued under.
    pub recognition: RecognitionId,
    /// When it was issued.
    pub issued_at: Instant,
    /// The product.
    pub product: Product,
    /// Its producer.
    pub producer: Producer,
    /// Every recognition of the product, oldest first, each with the name of its authority.
    pub recognitions: Vec<(Recognition, String)>,
}

/// Looks a serial up; `None` where it was never issued.
///
/// # Errors
/// [`StoreError`].
pub fn stamp(
    connection: &mut AnyConnection,
    serial: Serial,
) -> Result<Option<StampRecord>, StoreError> {
    let query = stamps::table
        .inner_join(revision::table.on(revision::id.eq(1)))
        .left_join(lots::table.on(stamps::lot_id.eq(lots::id.nullable())))
        .left_join(scans::table.on(scans::serial.eq(stamps::serial)))
        .filter(stamps::serial.eq(serial_to(serial)?))
        .select((
            (stamps::signature, stamps::state, stamps::activated_at),
            lots::all_columns.nullable(),
            (scans::scan_count, scans::day_count, scans::first_at).nullable(),
            revision::number,
        ));
    // Not `first`: SQLite prepares a statement with a bound LIMIT anew for every value.
    let row: Option<Row> = directly!(connection, own => query.get_result(own)).optional()?;
    row.map(record).transpose()
}

type StampRow = (Vec<u8>, i16, Option<NaiveDateTime>);
type ScanRow = (i64, i64, NaiveDateTime);
type Row = (StampRow, Option<lot_rows::Row>, Option<ScanRow>, i64);

fn record(row: Row) -> Result<StampRecord, StoreError> {
    let ((signature, state, activated_at), lot, scans, revision) = row;
    Ok(StampRecord {
        signature: signature_from(&signature)?,
        state: StampState::from_number(state).ok_or(StoreError::Corrupt("stamp state"))?,
        activated_at: activated_at.map(|at| at.and_utc()),
        lot: lot.map(lot_rows::from_row),
        scans: scans.map(history).transpose()?.unwrap_or_default(),
        revision,
    })
}

fn history((count, days, first_at): ScanRow) -> Result<ScanHistory, StoreError> {
    let number = |stored| u64::try_from(stored).or(Err(StoreError::Corrupt("scans")));
    let (count, days) = (number(count)?, number(days)?);
    Ok(ScanHistory { count, days, first_at: Some(first_at.and_utc()) })
}

/// Looks a batch up; `None` where there is none.
///
/// # Errors
/// [`StoreError`].
pub fn batch(
    connection: &mut AnyConnection,
    number: BatchNumber,
) -> Result<Option<BatchFacts>, StoreError> {
    let number = i32::try_from(number.get()).or(Err(StoreError::Corrupt("batch")))?;
    let row: Option<(printed::Row, goods::Row, makers::Row)> = batches::table
        .inner_join(products::table.on(products::id.eq(batches::product_id)))
        .inner_join(producers::table.on(producers::id.eq(products::producer_id)))
        .filter(batches::number.eq(number))
        .select((printed::Row::as_select(), goods::COLUMNS, makers::COLUMNS))
        .first(connection)
        .optional()?;
    let Some((batch, product, producer)) = row else { return Ok(None) };
    let (batch, product) = (printed::from_row(batch)?, goods::from_row(product)?);
    Ok(Some(BatchFacts {
        face: batch.intent.face,
        recognition: batch.intent.recognition,
        // Codes are stored in the transaction that marks their batch as issued.
        issued_at: batch.issued_at.ok_or(StoreError::Corrupt("batch"))?,
        recognitions: recognitions::with_authorities(connection, product.id)?,
        product,
        producer: makers::from_row(producer)?,
    }))
}
