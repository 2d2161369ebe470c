//! Decisions about lists of recognitions. Rows are only ever added.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::schema::{judged_recognitions as judged, judgements};
use super::{AnyConnection, StoreError};
use crate::domain::act::Act;
use crate::domain::calendar::Day;
use crate::domain::ids::{JudgementId, RecognitionId};
use crate::domain::judgement::{Judgement, JudgementKind};

/// Enters a decision with its list.
///
/// # Errors
/// [`StoreError::Duplicate`] where there is one of that number and day.
pub fn insert(
    connection: &mut AnyConnection,
    judgement: &Judgement,
    list: &BTreeSet<RecognitionId>,
    act: Act<'_>,
) -> Result<JudgementId, StoreError> {
    let id: i64 = diesel::insert_into(judgements::table)
        .values((
            judgements::kind.eq(judgement.kind.key()),
            judgements::number.eq(&judgement.number),
            judgements::signed_on.eq(judgement.signed_on),
            judgements::signer.eq(&judgement.signer),
            judgements::effective_on.eq(judgement.effective_on),
            judgements::reason.eq(&judgement.reason),
            judgements::recorded_by.eq(act.by),
            judgements::recorded_at.eq(act.at.naive_utc()),
        ))
        .returning(judgements::id)
        .get_result(connection)?;
    for recognition in list {
        diesel::insert_into(judged::table)
            .values((judged::judgement_id.eq(id), judged::recognition_id.eq(recognition.0)))
            .execute(connection)?;
    }
    Ok(JudgementId(id))
}

/// The decision of that number and day, with its list.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    connection: &mut AnyConnection,
    number: &str,
    signed_on: Day,
) -> Result<Option<(JudgementId, Judgement, BTreeSet<RecognitionId>)>, StoreError> {
    let row: Option<(i64, String, String, Day, String)> = judgements::table
        .filter(judgements::number.eq(number))
        .filter(judgements::signed_on.eq(signed_on))
        .select((
            judgements::id,
            judgements::kind,
            judgements::signer,
            judgements::effective_on,
            judgements::reason,
        ))
        .first(connection)
        .optional()?;
    let Some((id, kind, signer, effective_on, reason)) = row else { return Ok(None) };
    let kind = JudgementKind::from_key(&kind).ok_or(StoreError::Corrupt("judgement"))?;
    let number = number.to_owned();
    let judgement = Judgement { kind, number, signed_on, signer, effective_on, reason };
    let list: Vec<i64> = judged::table
        .filter(judged::judgement_id.eq(id))
        .select(judged::recognition_id)
        .load(connection)?;
    Ok(Some((JudgementId(id), judgement, list.into_iter().map(RecognitionId).collect())))
}
