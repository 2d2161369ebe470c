//! Moves of stamps, recalls of lots.

use std::ops::RangeInclusive;

use super::sorting::{Wanted, issued, sort};
use super::{Holder, LotName, Moved, Selection, StampError};
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, NewEntry, Subject};
use crate::domain::calendar::vietnam_day;
use crate::domain::contact;
use crate::domain::ids::{LotId, ProductId};
use crate::domain::lot::{NewLot, Recall};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::StampMove;
use crate::domain::tally::Tally;
use crate::fonts;
use crate::issuance::eligibility;
use crate::store::{AnyConnection, Store, StoreError, audit, batches, lots, stamps};
use crate::vietnamese;

/// Most letters of the code of a lot.
const LOT_CHARS_MAX: usize = 100;
/// Most letters of a reason.
const REASON_CHARS_MAX: usize = 1_000;

/// Moves stamps. Refused whole where one of them cannot take the step, unless the selection says that
/// others are left; repeating an act changes nothing. Stamps are put on goods by [`activate`].
///
/// # Errors
/// [`StampError`].
pub fn step(
    store: &Store,
    selection: &Selection,
    step: StampMove,
    reason: &str,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    store.write(|register| {
        let done = apply(register, selection, step, &entry(selection, step, reason), act)?;
        refuse_nothing(step, done)
    })
}

/// Whoever has stamps reports what became of them: none that is with the other side.
///
/// # Errors
/// [`StampError`].
pub fn report(
    store: &Store,
    selection: &Selection,
    (step, holder): (StampMove, Holder),
    reason: &str,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    store.write(|register| {
        let wanted = Wanted { step, lot: None, holder: Some(holder) };
        let entry = entry(selection, step, reason);
        refuse_nothing(step, moved(register, selection, wanted, &entry, act)?)
    })
}

/// What is written down of a step with a selection. The stamps that really moved are added to it.
#[must_use]
pub fn entry(selection: &Selection, step: StampMove, reason: &str) -> NewEntry {
    Action::from(step).on(Subject::Stamps(selection.batch())).because(reason)
}

/// The same as [`step`] within a transaction, written down as `entry`. That nothing could be moved is no
/// refusal here, where the selection takes what it can.
///
/// # Errors
/// [`StampError`].
pub fn apply(
    register: &mut AnyConnection,
    selection: &Selection,
    step: StampMove,
    entry: &NewEntry,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    moved(register, selection, Wanted { step, lot: None, holder: None }, entry, act)
}

/// Moves the stamps of a selection within a transaction: all, or as the selection says those that can be.
///
/// # Errors
/// [`StampError`].
pub fn moved(
    register: &mut AnyConnection,
    selection: &Selection,
    wanted: Wanted,
    entry: &NewEntry,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    let sorted = sort(register, selection, wanted)?;
    if sorted.found.left > 0 && !selection.takes_what_it_can() {
        return Err(StampError::Left(wanted.step, Box::new(sorted.found)));
    }
    let count = taken(register, &sorted.spans, wanted, entry, act)?;
    if count != sorted.found.moved {
        return Err(StoreError::Corrupt("count of stamps that were moved").into());
    }
    Ok(sorted.found)
}

/// Takes the stamps of ranges of one batch along, in the order of their serials: those that a step may
/// start from.
///
/// # Errors
/// [`StampError`].
pub(super) fn apply_to(
    register: &mut AnyConnection,
    ranges: &[RangeInclusive<Serial>],
    step: StampMove,
    entry: &NewEntry,
    act: Act<'_>,
) -> Result<u64, StampError> {
    taken(register, ranges, Wanted { step, lot: None, holder: None }, entry, act)
}

fn taken(
    register: &mut AnyConnection,
    ranges: &[RangeInclusive<Serial>],
    wanted: Wanted,
    entry: &NewEntry,
    act: Act<'_>,
) -> Result<u64, StampError> {
    let (mut count, mut runs) = (0, Vec::new());
    for range in ranges {
        let applied = match wanted.lot {
            Some(lot) => stamps::activate(register, range, lot, act.at)?,
            None => stamps::apply(register, range, wanted.step)?,
        };
        count += applied.moved;
        stamps::join(register, &mut runs, applied.runs)?;
    }
    audit::record_runs(register, act, entry, &runs)?;
    Ok(count)
}

/// What a move would do, and all stamps of the selection that are in the register, in runs. Nothing is
/// moved.
///
/// # Errors
/// [`StampError`].
pub fn look(
    register: &mut AnyConnection,
    selection: &Selection,
    step: StampMove,
) -> Result<(Moved, Vec<(Serial, Serial)>), StampError> {
    let sorted = sort(register, selection, Wanted { step, lot: None, holder: None })?;
    Ok((sorted.found, sorted.seen))
}

/// Puts stamps that were received on goods of a lot, entered if it is new. Refused where the
/// product's recognition is not in force: from that day the mark may not be put on goods; and while the
/// goods of the lot are recalled.
///
/// # Errors
/// [`StampError`].
pub fn activate(
    store: &Store,
    selection: &Selection,
    lot: &LotName,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    store.write(|register| {
        let lot_id = put_lot(register, selection.batch(), lot, act)?;
        let step = StampMove::Activate;
        let wanted = Wanted { step, lot: Some(lot_id), holder: None };
        let entry = entry(selection, step, "");
        refuse_nothing(step, moved(register, selection, wanted, &entry, act)?)
    })
}

/// How many stamps of a batch stand where.
///
/// # Errors
/// [`StampError::NoBatch`].
pub fn tally(store: &Store, batch: BatchNumber) -> Result<Tally, StampError> {
    store.read(|register| {
        let batch = issued(register, batch)?;
        Ok(stamps::tally(register, &batch.number.serials())?)
    })
}

/// Starts the recall of a lot's goods: why, and whom to call. A recall that is on keeps its first day;
/// its words are replaced.
///
/// # Errors
/// [`StampError`].
pub fn recall(
    store: &Store,
    product: ProductId,
    lot: &str,
    recall: (&str, Option<&str>),
    act: Act<'_>,
) -> Result<(), StampError> {
    let (reason, phone) = recall;
    let reason = given(reason)?;
    let phone = phone.map(|it| contact::phone(it).ok_or_else(|| StampError::Phone(it.to_owned())));
    let phone = phone.transpose()?;
    store.write(|register| {
        let found = lots::find(register, product, lot)?;
        let found = found.ok_or_else(|| StampError::NoLot(lot.to_owned()))?;
        let known = found.recall.as_ref();
        if known.is_some_and(|it| it.reason == reason && it.phone == phone) {
            return Ok(());
        }
        let since = known.map_or_else(|| vietnam_day(act.at), |recall| recall.since);
        let recall = Recall { since, reason, phone };
        lots::set_recall(register, found.id, Some(&recall))?;
        let entry = Action::RecallLot.on(found.id).because(&recall.reason);
        let entry = entry.with_all(FactName::Phone.may_be(recall.phone));
        Ok(audit::record(register, act, &entry)?)
    })
}

/// A reason that says something, and not too much.
///
/// # Errors
/// [`StampError::NoReason`].
pub fn given(reason: &str) -> Result<String, StampError> {
    let reason = reason.trim();
    let fits = (1..=REASON_CHARS_MAX).contains(&reason.chars().count());
    if fits { Ok(reason.to_owned()) } else { Err(StampError::NoReason) }
}

/// Ends the recall of a lot's goods. What was said of it stays in the audit trail.
///
/// # Errors
/// [`StampError`].
pub fn end_recall(
    store: &Store,
    product: ProductId,
    lot: &str,
    reason: &str,
    act: Act<'_>,
) -> Result<(), StampError> {
    let reason = given(reason)?;
    store.write(|register| {
        let found = lots::find(register, product, lot)?;
        let found = found.ok_or_else(|| StampError::NoLot(lot.to_owned()))?;
        if found.recall.is_none() {
            return Ok(());
        }
        lots::set_recall(register, found.id, None)?;
        Ok(audit::record(register, act, &Action::EndRecall.on(found.id).because(&reason))?)
    })
}

fn put_lot(
    register: &mut AnyConnection,
    batch: BatchNumber,
    lot: &LotName,
    act: Act<'_>,
) -> Result<LotId, StampError> {
    let batch = batches::get(register, batch)?.ok_or(StampError::NoneIssued)?;
    let today = vietnam_day(act.at);
    eligibility::product(register, batch.intent.product, today)??;
    let code = vietnamese::nfc(&lot.code);
    if !(1..=LOT_CHARS_MAX).contains(&code.chars().count()) {
        return Err(StampError::LotName);
    }
    fonts::check(&code)?;
    let new =
        NewLot { product: batch.intent.product, code, made_on: lot.made_on, use_by: lot.use_by };
    let dates = |fault| StampError::LotDates { lot: lot.code.clone(), fault };
    new.takes_stamps(today).map_err(dates)?;
    let known = lots::put(register, &new)?;
    if let Some(recall) = known.recall {
        return Err(StampError::LotRecalled { lot: new.code, since: recall.since });
    }
    let dates = |lot: &NewLot| (lot.made_on, lot.use_by);
    if dates(&known.details) != dates(&new) {
        return Err(StampError::LotDiffers(lot.code.clone()));
    }
    Ok(known.id)
}

/// Refuses an act that no stamp could take and none had taken.
///
/// # Errors
/// [`StampError::Left`].
pub fn refuse_nothing(step: StampMove, done: Moved) -> Result<Moved, StampError> {
    if done.moved + done.already > 0 {
        return Ok(done);
    }
    Err(StampError::Left(step, Box::new(done)))
}
