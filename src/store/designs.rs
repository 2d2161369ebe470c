//! Versions of designs with their files. Files are only ever added; what is decided later is noted
//! beside what was there.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::listing::lines;
use super::schema::{design_files as files, designs};
use super::{AnyConnection, StoreError};
use crate::domain::act::{Act, Done};
use crate::domain::design::{
    DesignFile, DesignRef, DesignState, DesignVersion, MarkRight, NewDesign,
};
use crate::domain::ids::DesignId;

/// Enters a draft as the next version of its name.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    design: &NewDesign,
    act: Act<'_>,
) -> Result<DesignVersion, StoreError> {
    let last: Option<i32> = designs::table
        .filter(designs::name.eq(&design.name))
        .select(diesel::dsl::max(designs::version))
        .first(connection)?;
    let row = NewRow {
        name: &design.name,
        version: last.unwrap_or(0).saturating_add(1),
        sha256: &design.sha256,
        mark_version: &design.right.version,
        mark_basis: &design.right.basis,
        mark_granted_by: design.right.granted_by.as_deref(),
        mark_until: design.right.until,
        state: DesignState::Draft.key(),
        added_by: act.by,
        added_at: act.at.naive_utc(),
    };
    let version = row.version;
    let id: i64 = diesel::insert_into(designs::table)
        .values(row)
        .returning(designs::id)
        .get_result(connection)?;
    for file in &design.files {
        diesel::insert_into(files::table)
            .values((
                files::design_id.eq(id),
                files::path.eq(&file.path),
                files::bytes.eq(&file.bytes),
            ))
            .execute(connection)?;
    }
    Ok(DesignVersion {
        id: DesignId(id),
        name: design.name.clone(),
        version: version_from(version)?,
        sha256: design.sha256.clone(),
        right: design.right.clone(),
        state: DesignState::Draft,
        added: act.done(),
        submitted: None,
        decided: None,
        withdrawn: None,
    })
}

/// The versions of a name, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn versions(
    connection: &mut AnyConnection,
    name: &str,
) -> Result<Vec<DesignVersion>, StoreError> {
    let rows: Vec<Row> = designs::table
        .filter(designs::name.eq(name))
        .order(designs::version)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// How many versions were submitted and wait to be decided on.
///
/// # Errors
/// [`StoreError`].
pub fn submitted(connection: &mut AnyConnection) -> Result<u64, StoreError> {
    let submitted = designs::table.filter(designs::state.eq(DesignState::Submitted.key()));
    lines(submitted.count().get_result(connection)?)
}

/// Every version of every name, by name, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(connection: &mut AnyConnection) -> Result<Vec<DesignVersion>, StoreError> {
    let rows: Vec<Row> = designs::table
        .order((designs::name, designs::version))
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// A version as it is asked for; by name alone, the latest.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    wanted: &DesignRef,
) -> Result<Option<DesignVersion>, StoreError> {
    let of_name = versions(connection, &wanted.name)?.into_iter();
    let suits = |it: &DesignVersion| wanted.version.is_none_or(|version| version == it.version);
    Ok(of_name.rev().find(suits))
}

/// The version of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    id: DesignId,
) -> Result<Option<DesignVersion>, StoreError> {
    let row: Option<Row> =
        designs::table.find(id.0).select(Row::as_select()).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// Names that have an approved version, in order.
///
/// # Errors
/// [`StoreError`].
pub fn approved_names(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let names = designs::table
        .filter(designs::state.eq(DesignState::Approved.key()))
        .select(designs::name)
        .distinct()
        .order(designs::name)
        .load(connection)?;
    Ok(names)
}

/// The files of a version, by name.
///
/// # Errors
/// [`StoreError`].
pub fn files(connection: &mut AnyConnection, id: DesignId) -> Result<Vec<DesignFile>, StoreError> {
    let rows: Vec<(String, Vec<u8>)> = files::table
        .filter(files::design_id.eq(id.0))
        .order(files::path)
        .select((files::path, files::bytes))
        .load(connection)?;
    Ok(rows.into_iter().map(|(path, bytes)| DesignFile { path, bytes }).collect())
}

/// Notes that a version was laid before whoever decides.
///
/// # Errors
/// [`StoreError`].
pub fn set_submitted(
    connection: &mut AnyConnection,
    id: DesignId,
    act: Act<'_>,
) -> Result<(), StoreError> {
    diesel::update(designs::table.find(id.0))
        .set((
            designs::state.eq(DesignState::Submitted.key()),
            designs::submitted_by.eq(act.by),
            designs::submitted_at.eq(act.at.naive_utc()),
        ))
        .execute(connection)?;
    Ok(())
}

/// Notes that a version was approved or rejected.
///
/// # Errors
/// [`StoreError`]; the database refuses an approval by who added or submitted it.
pub fn set_decided(
    connection: &mut AnyConnection,
    id: DesignId,
    state: DesignState,
    reason: &str,
    act: Act<'_>,
) -> Result<(), StoreError> {
    diesel::update(designs::table.find(id.0))
        .set((
            designs::state.eq(state.key()),
            designs::decided_by.eq(act.by),
            designs::decided_at.eq(act.at.naive_utc()),
            designs::decision_reason.eq(reason),
        ))
        .execute(connection)?;
    Ok(())
}

/// Notes that a version was taken out of use.
///
/// # Errors
/// [`StoreError`].
pub fn set_withdrawn(
    connection: &mut AnyConnection,
    id: DesignId,
    reason: &str,
    act: Act<'_>,
) -> Result<(), StoreError> {
    diesel::update(designs::table.find(id.0))
        .set((
            designs::state.eq(DesignState::Withdrawn.key()),
            designs::withdrawn_by.eq(act.by),
            designs::withdrawn_at.eq(act.at.naive_utc()),
            designs::withdrawal_reason.eq(reason),
        ))
        .execute(connection)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = designs)]
struct NewRow<'a> {
    name: &'a str,
    version: i32,
    sha256: &'a str,
    mark_version: &'a str,
    mark_basis: &'a str,
    mark_granted_by: Option<&'a str>,
    mark_until: Option<NaiveDate>,
    state: &'a str,
    added_by: &'a str,
    added_at: NaiveDateTime,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = designs)]
struct Row {
    id: i64,
    name: String,
    version: i32,
    sha256: String,
    mark_version: String,
    mark_basis: String,
    mark_granted_by: Option<String>,
    mark_until: Option<NaiveDate>,
    state: String,
    added_by: String,
    added_at: NaiveDateTime,
    submitted_by: Option<String>,
    submitted_at: Option<NaiveDateTime>,
    decided_by: Option<String>,
    decided_at: Option<NaiveDateTime>,
    decision_reason: Option<String>,
    withdrawn_by: Option<String>,
    withdrawn_at: Option<NaiveDateTime>,
    withdrawal_reason: Option<String>,
}

fn from_row(row: Row) -> Result<DesignVersion, StoreError> {
    let with = |done: Option<Done>, reason: Option<String>| done.zip(reason);
    Ok(DesignVersion {
        id: DesignId(row.id),
        name: row.name,
        version: version_from(row.version)?,
        sha256: row.sha256,
        right: MarkRight {
            version: row.mark_version,
            basis: row.mark_basis,
            granted_by: row.mark_granted_by,
            until: row.mark_until,
        },
        state: DesignState::from_key(&row.state).ok_or(StoreError::Corrupt("design state"))?,
        added: Done { by: row.added_by, at: row.added_at.and_utc() },
        submitted: done(row.submitted_by, row.submitted_at),
        decided: with(done(row.decided_by, row.decided_at), row.decision_reason),
        withdrawn: with(done(row.withdrawn_by, row.withdrawn_at), row.withdrawal_reason),
    })
}

fn done(by: Option<String>, at: Option<NaiveDateTime>) -> Option<Done> {
    by.zip(at).map(|(by, at)| Done { by, at: at.and_utc() })
}

fn version_from(version: i32) -> Result<u32, StoreError> {
    u32::try_from(version).or(Err(StoreError::Corrupt("design version")))
}
