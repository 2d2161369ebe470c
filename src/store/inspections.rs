//! Inspections and their findings.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{inspection_findings as findings, inspections};
use super::stamps::{serial_from, serial_to};
use super::{AnyConnection, StoreError};
use crate::domain::act::{Act, Done};
use crate::domain::calendar::Day;
use crate::domain::ids::InspectionId;
use crate::domain::inspection::{Finding, FindingKind, Inspection, NewInspection};
use crate::domain::serial::Serial;

/// Enters an inspection under the key of its form.
///
/// # Errors
/// [`StoreError::Duplicate`] where the key was used before.
pub fn insert(
    connection: &mut AnyConnection,
    new: &NewInspection,
    request_key: &str,
    act: Act<'_>,
) -> Result<InspectionId, StoreError> {
    let id: i64 = diesel::insert_into(inspections::table)
        .values((
            inspections::inspected_on.eq(new.inspected_on),
            inspections::commune.eq(&new.commune),
            inspections::place.eq(&new.place),
            inspections::inspected.eq(&new.inspected),
            inspections::team.eq(&new.team),
            inspections::samples.eq(&new.samples),
            inspections::requests.eq(&new.requests),
            inspections::remedy_by.eq(new.remedy_by),
            inspections::request_key.eq(request_key),
            inspections::recorded_by.eq(act.by),
            inspections::recorded_at.eq(act.at.naive_utc()),
        ))
        .returning(inspections::id)
        .get_result(connection)?;
    for (place, finding) in (1_i32..).zip(&new.findings) {
        diesel::insert_into(findings::table)
            .values((
                findings::inspection_id.eq(id),
                findings::place.eq(place),
                findings::kind.eq(finding.kind.key()),
                findings::first_serial.eq(serial_to(finding.first)?),
                findings::last_serial.eq(serial_to(finding.last)?),
                findings::note.eq(&finding.note),
            ))
            .execute(connection)?;
    }
    Ok(InspectionId(id))
}

/// The inspection of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    id: InspectionId,
) -> Result<Option<Inspection>, StoreError> {
    let row =
        inspections::table.find(id.0).select(Row::as_select()).first(connection).optional()?;
    row.map(|row| from_row(connection, row)).transpose()
}

/// The inspection that was recorded under a key.
///
/// # Errors
/// [`StoreError`].
pub fn by_key(
    connection: &mut AnyConnection,
    request_key: &str,
) -> Result<Option<Inspection>, StoreError> {
    let row = inspections::table
        .filter(inspections::request_key.eq(request_key))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(|row| from_row(connection, row)).transpose()
}

/// Inspections of these identities, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn some(
    connection: &mut AnyConnection,
    ids: &[InspectionId],
) -> Result<Vec<Inspection>, StoreError> {
    let mut all = Vec::new();
    for id in ids {
        all.extend(get(connection, *id)?);
    }
    Ok(all)
}

/// Inspections that found something on a stamp, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn about(
    connection: &mut AnyConnection,
    serial: Serial,
) -> Result<Vec<Inspection>, StoreError> {
    let serial = serial_to(serial)?;
    let ids: Vec<i64> = findings::table
        .filter(findings::first_serial.le(serial))
        .filter(findings::last_serial.ge(serial))
        .select(findings::inspection_id)
        .distinct()
        .order(findings::inspection_id)
        .load(connection)?;
    let ids: Vec<InspectionId> = ids.into_iter().map(InspectionId).collect();
    some(connection, &ids)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = inspections)]
struct Row {
    id: i64,
    inspected_on: Day,
    commune: String,
    place: String,
    inspected: String,
    team: String,
    samples: Option<String>,
    requests: Option<String>,
    remedy_by: Option<Day>,
    recorded_by: String,
    recorded_at: NaiveDateTime,
}

fn from_row(connection: &mut AnyConnection, row: Row) -> Result<Inspection, StoreError> {
    let found: Vec<(String, i64, i64, Option<String>)> = findings::table
        .filter(findings::inspection_id.eq(row.id))
        .order(findings::place)
        .select((findings::kind, findings::first_serial, findings::last_serial, findings::note))
        .load(connection)?;
    let finding = |(kind, first, last, note): (String, i64, i64, Option<String>)| {
        let kind = FindingKind::from_key(&kind).ok_or(StoreError::Corrupt("finding"))?;
        Ok(Finding { kind, first: serial_from(first)?, last: serial_from(last)?, note })
    };
    Ok(Inspection {
        id: InspectionId(row.id),
        details: NewInspection {
            inspected_on: row.inspected_on,
            commune: row.commune,
            place: row.place,
            inspected: row.inspected,
            team: row.team,
            findings: found.into_iter().map(finding).collect::<Result<_, StoreError>>()?,
            samples: row.samples,
            requests: row.requests,
            remedy_by: row.remedy_by,
        },
        done: Done { by: row.recorded_by, at: row.recorded_at.and_utc() },
    })
}
