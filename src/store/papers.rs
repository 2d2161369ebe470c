//! Official papers: their numbers, and their files as they were made.

use chrono::{Datelike, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{paper_figures as figures, papers};
use super::{AnyConnection, StoreError};
use crate::domain::act::{Act, Done};
use crate::domain::calendar::Day;
use crate::domain::ids::PaperId;
use crate::domain::paper::{Paper, PaperKind};

/// A paper that is about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewPaper<'a> {
    /// Its kind.
    pub kind: PaperKind,
    /// Its number.
    pub number: u32,
    /// The thing it is about.
    pub subject: i64,
    /// The day it bears.
    pub day: Day,
    /// Of all that is on it but its number and its day.
    pub text_sha256: &'a str,
    /// Of the secret in its address.
    pub token_sha256: &'a str,
    /// Its file.
    pub file: &'a [u8],
    /// What its page tells.
    pub figures: &'a [(&'static str, String)],
}

/// The number that the next paper of a kind has in the year of a day.
///
/// # Errors
/// [`StoreError`].
pub fn next_number(
    connection: &mut AnyConnection,
    kind: PaperKind,
    day: Day,
) -> Result<u32, StoreError> {
    let last: Option<i32> = papers::table
        .filter(papers::kind.eq(kind.key()))
        .filter(papers::year.eq(day.year()))
        .select(diesel::dsl::max(papers::number))
        .first(connection)?;
    let next = u32::try_from(last.unwrap_or(0)).ok().and_then(|last| last.checked_add(1));
    next.ok_or(StoreError::Corrupt("paper number"))
}

/// Keeps a paper.
///
/// # Errors
/// [`StoreError::Duplicate`] where the number is taken.
pub fn insert(
    connection: &mut AnyConnection,
    new: &NewPaper<'_>,
    act: Act<'_>,
) -> Result<PaperId, StoreError> {
    let number = i32::try_from(new.number).or(Err(StoreError::Corrupt("paper number")))?;
    let id: i64 = diesel::insert_into(papers::table)
        .values((
            papers::kind.eq(new.kind.key()),
            papers::year.eq(new.day.year()),
            papers::number.eq(number),
            papers::subject.eq(new.subject),
            papers::dated.eq(new.day),
            papers::text_sha256.eq(new.text_sha256),
            papers::token_sha256.eq(new.token_sha256),
            papers::file.eq(new.file),
            papers::made_by.eq(act.by),
            papers::made_at.eq(act.at.naive_utc()),
        ))
        .returning(papers::id)
        .get_result(connection)?;
    for (place, (label, value)) in (1_i32..).zip(new.figures) {
        diesel::insert_into(figures::table)
            .values((
                figures::paper_id.eq(id),
                figures::place.eq(place),
                figures::label.eq(label),
                figures::value.eq(value),
            ))
            .execute(connection)?;
    }
    Ok(PaperId(id))
}

/// The paper of a kind about a thing that stands, and the SHA-256 of its text.
///
/// # Errors
/// [`StoreError`].
pub fn standing(
    connection: &mut AnyConnection,
    kind: PaperKind,
    subject: i64,
) -> Result<Option<(Paper, String)>, StoreError> {
    let Some(paper) = of_subject(connection, kind, subject)?.into_iter().next() else {
        return Ok(None);
    };
    let sha256 = papers::table.find(paper.id.0).select(papers::text_sha256).first(connection)?;
    Ok(Some((paper, sha256)))
}

/// The papers of a kind about a thing, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_subject(
    connection: &mut AnyConnection,
    kind: PaperKind,
    subject: i64,
) -> Result<Vec<Paper>, StoreError> {
    let rows: Vec<Row> = papers::table
        .filter(papers::kind.eq(kind.key()))
        .filter(papers::subject.eq(subject))
        .order(papers::id.desc())
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(|row| from_row(connection, row)).collect()
}

/// The paper that a secret leads to.
///
/// # Errors
/// [`StoreError`].
pub fn by_token(
    connection: &mut AnyConnection,
    token_sha256: &str,
) -> Result<Option<Paper>, StoreError> {
    let row: Option<Row> = papers::table
        .filter(papers::token_sha256.eq(token_sha256))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(|row| from_row(connection, row)).transpose()
}

/// The file of a paper.
///
/// # Errors
/// [`StoreError`].
pub fn file(connection: &mut AnyConnection, id: PaperId) -> Result<Vec<u8>, StoreError> {
    Ok(papers::table.find(id.0).select(papers::file).first(connection)?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = papers)]
struct Row {
    id: i64,
    kind: String,
    number: i32,
    subject: i64,
    dated: Day,
    made_by: String,
    made_at: NaiveDateTime,
}

fn from_row(connection: &mut AnyConnection, row: Row) -> Result<Paper, StoreError> {
    let later: i64 = papers::table
        .filter(papers::kind.eq(&row.kind))
        .filter(papers::subject.eq(row.subject))
        .filter(papers::id.gt(row.id))
        .count()
        .get_result(connection)?;
    let figures = figures::table
        .filter(figures::paper_id.eq(row.id))
        .order(figures::place)
        .select((figures::label, figures::value))
        .load(connection)?;
    Ok(Paper {
        id: PaperId(row.id),
        kind: PaperKind::from_key(&row.kind).ok_or(StoreError::Corrupt("paper kind"))?,
        number: u32::try_from(row.number).or(Err(StoreError::Corrupt("paper number")))?,
        subject: row.subject,
        day: row.dated,
        made: Done { by: row.made_by, at: row.made_at.and_utc() },
        stands: later == 0,
        figures,
    })
}
