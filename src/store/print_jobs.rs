//! Print jobs: a batch at a print shop.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::schema::print_jobs as jobs;
use super::{AnyConnection, StoreError};
use crate::domain::act::Done;
use crate::domain::calendar::Day;
use crate::domain::ids::ShopId;
use crate::domain::print_job::{Closing, JobState, PrintJob, PrintReport};
use crate::domain::serial::BatchNumber;

/// Keeps a job as it is, whether or not it was there.
///
/// # Errors
/// [`StoreError`].
pub fn put(connection: &mut AnyConnection, job: &PrintJob) -> Result<(), StoreError> {
    let row = row(job)?;
    let known = diesel::update(jobs::table.find(row.batch_number)).set(&row).execute(connection)?;
    if known == 0 {
        diesel::insert_into(jobs::table).values(row).execute(connection)?;
    }
    Ok(())
}

/// The job of a batch.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Option<PrintJob>, StoreError> {
    let row: Option<Row> = jobs::table.find(number_to(batch)?).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// Which jobs are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Those of this shop.
    pub shop: Option<ShopId>,
    /// Those in this state.
    pub state: Option<JobState>,
}

/// Jobs, newest batch first.
///
/// # Errors
/// [`StoreError`].
pub fn list(
    connection: &mut AnyConnection,
    filter: JobFilter,
    (offset, limit): (i64, i64),
) -> Result<Vec<PrintJob>, StoreError> {
    let mut found = jobs::table.into_boxed();
    if let Some(shop) = filter.shop {
        found = found.filter(jobs::shop_id.eq(shop.0));
    }
    if let Some(state) = filter.state {
        found = found.filter(jobs::state.eq(state.key()));
    }
    let rows: Vec<Row> =
        found.order(jobs::batch_number.desc()).offset(offset).limit(limit).load(connection)?;
    rows.into_iter().map(from_row).collect()
}

#[derive(AsChangeset, Insertable, Queryable)]
#[diesel(table_name = jobs, treat_none_as_null = true)]
pub(super) struct Row {
    batch_number: i32,
    shop_id: i64,
    state: String,
    wanted_on: Option<Day>,
    assigned_by: String,
    assigned_at: NaiveDateTime,
    printed_by: Option<String>,
    printed_at: Option<NaiveDateTime>,
    printed_stated: Option<i32>,
    printed_found: Option<i32>,
    closed_by: Option<String>,
    closed_at: Option<NaiveDateTime>,
    signed_off: Option<String>,
}

fn row(job: &PrintJob) -> Result<Row, StoreError> {
    let (printed, closed) = (job.printed.as_ref(), job.closed.as_ref());
    Ok(Row {
        batch_number: number_to(job.batch)?,
        shop_id: job.shop.0,
        state: job.state.key().to_owned(),
        wanted_on: job.wanted_on,
        assigned_by: job.assigned.by.clone(),
        assigned_at: job.assigned.at.naive_utc(),
        printed_by: printed.map(|report| report.done.by.clone()),
        printed_at: printed.map(|report| report.done.at.naive_utc()),
        printed_stated: printed.map(|report| stamps_to(report.stated)).transpose()?,
        printed_found: printed.map(|report| stamps_to(report.found)).transpose()?,
        closed_by: closed.map(|closing| closing.done.by.clone()),
        closed_at: closed.map(|closing| closing.done.at.naive_utc()),
        signed_off: closed.and_then(|closing| closing.signed_off.clone()),
    })
}

pub(super) fn from_row(row: Row) -> Result<PrintJob, StoreError> {
    let counts = row.printed_stated.zip(row.printed_found);
    let report = |(done, (stated, found))| {
        let (stated, found) = (stamps_from(stated)?, stamps_from(found)?);
        Ok::<_, StoreError>(PrintReport { done, stated, found })
    };
    let printed = done(row.printed_by, row.printed_at).zip(counts).map(report);
    let closed = done(row.closed_by, row.closed_at);
    Ok(PrintJob {
        batch: number_from(row.batch_number)?,
        shop: ShopId(row.shop_id),
        state: JobState::from_key(&row.state).ok_or(StoreError::Corrupt("job state"))?,
        wanted_on: row.wanted_on,
        assigned: Done { by: row.assigned_by, at: row.assigned_at.and_utc() },
        printed: printed.transpose()?,
        closed: closed.map(|done| Closing { done, signed_off: row.signed_off }),
    })
}

pub(super) fn done(by: Option<String>, at: Option<NaiveDateTime>) -> Option<Done> {
    by.zip(at).map(|(by, at)| Done { by, at: at.and_utc() })
}

pub(super) fn stamps_to(stamps: u64) -> Result<i32, StoreError> {
    i32::try_from(stamps).or(Err(StoreError::Corrupt("count")))
}

pub(super) fn stamps_from(stored: i32) -> Result<u64, StoreError> {
    u64::try_from(stored).or(Err(StoreError::Corrupt("count")))
}
