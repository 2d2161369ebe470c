//! Download links: found by the SHA-256 of their token, which is not kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::download_links as links;
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Instant;
use crate::domain::download::{DownloadLink, NewDownloadLink};
use crate::domain::ids::LinkId;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;

/// Enters a link under the SHA-256 of its token, in lower-case hexadecimal.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    token_sha256: &str,
    details: &NewDownloadLink,
    at: Instant,
) -> Result<DownloadLink, StoreError> {
    let id = diesel::insert_into(links::table)
        .values((
            links::token_sha256.eq(token_sha256),
            links::batch_number.eq(number_to(details.batch)?),
            links::layout.eq(&details.printing.layout),
            links::design.eq(&details.printing.design),
            links::recipient.eq(&details.recipient),
            links::created_at.eq(at.naive_utc()),
            links::expires_at.eq(details.expires_at.naive_utc()),
        ))
        .returning(links::id)
        .get_result(connection)?;
    Ok(DownloadLink { id: LinkId(id), details: details.clone(), created_at: at, revoked_at: None })
}

/// The link whose token has that SHA-256, whether or not it still opens.
///
/// # Errors
/// [`StoreError`].
pub fn by_token(
    connection: &mut AnyConnection,
    token_sha256: &str,
) -> Result<Option<DownloadLink>, StoreError> {
    let row = links::table
        .filter(links::token_sha256.eq(token_sha256))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(from_row).transpose()
}

/// The link of that number.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: LinkId) -> Result<Option<DownloadLink>, StoreError> {
    let row = links::table.find(id.0).select(Row::as_select()).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// The links of a batch, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<DownloadLink>, StoreError> {
    let rows: Vec<Row> = links::table
        .filter(links::batch_number.eq(number_to(batch)?))
        .order(links::id)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// Notes that a link is withdrawn.
///
/// # Errors
/// [`StoreError`].
pub fn set_revoked(
    connection: &mut AnyConnection,
    id: LinkId,
    at: Instant,
) -> Result<(), StoreError> {
    diesel::update(links::table.find(id.0))
        .set(links::revoked_at.eq(at.naive_utc()))
        .execute(connection)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = links)]
struct Row {
    id: i64,
    batch_number: i32,
    layout: String,
    design: String,
    recipient: String,
    created_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    revoked_at: Option<NaiveDateTime>,
}

fn from_row(row: Row) -> Result<DownloadLink, StoreError> {
    let batch = u32::try_from(row.batch_number).ok().and_then(BatchNumber::new);
    let details = NewDownloadLink {
        batch: batch.ok_or(StoreError::Corrupt("batch number"))?,
        printing: Printing { layout: row.layout, design: row.design },
        recipient: row.recipient,
        expires_at: row.expires_at.and_utc(),
    };
    Ok(DownloadLink {
        id: LinkId(row.id),
        details,
        created_at: row.created_at.and_utc(),
        revoked_at: row.revoked_at.map(|at| at.and_utc()),
    })
}

fn number_to(number: BatchNumber) -> Result<i32, StoreError> {
    i32::try_from(number.get()).or(Err(StoreError::Corrupt("batch number")))
}
