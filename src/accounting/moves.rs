//! Moves of stamps, recalls of lots.

use std::ops::RangeInclusive;

use super::selection::{issued, resolve};
use super::{Holder, LotName, Moved, Selection, StampError};
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, MovedRun, NewEntry, Subject};
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::{LotId, ProductId};
use crate::domain::lot::{NewLot, Recall};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::StampMove;
use crate::domain::tally::Tally;
use crate::issuance::eligibility;
use crate::store::{AnyConnection, Store, audit, batches, lots, stamps};

/// Moves stamps. Those that cannot take the step stay as they are and are counted; repeating an act
/// changes nothing. Stamps are put on goods by [`activate`].
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

/// Whoever has stamps reports what became of them: refused where one of them is with the other side.
///
/// # Errors
/// [`StampError`]: above all [`StampError::Elsewhere`].
pub fn report(
    store: &Store,
    selection: &Selection,
    (step, holder): (StampMove, Holder),
    reason: &str,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    store.write(|register| {
        refuse_elsewhere(register, selection, holder)?;
        let done = apply(register, selection, step, &entry(selection, step, reason), act)?;
        refuse_nothing(step, done)
    })
}

/// Whether a holder has all stamps of a selection, as [`report`] asks; nothing is moved.
///
/// # Errors
/// [`StampError`]: above all [`StampError::Elsewhere`].
pub fn held(store: &Store, selection: &Selection, holder: Holder) -> Result<(), StampError> {
    store.read(|register| refuse_elsewhere(register, selection, holder))
}

/// Those of single stamps that are with the other side than a holder.
///
/// # Errors
/// [`StampError`].
pub fn elsewhere(
    store: &Store,
    serials: &[Serial],
    holder: Holder,
) -> Result<Vec<Serial>, StampError> {
    store.read(|register| {
        let mut found = Vec::new();
        for serial in serials {
            if not_with(holder, &stamps::tally(register, &(*serial..=*serial))?) > 0 {
                found.push(*serial);
            }
        }
        Ok(found)
    })
}

fn refuse_elsewhere(
    register: &mut AnyConnection,
    selection: &Selection,
    holder: Holder,
) -> Result<(), StampError> {
    let mut elsewhere = 0;
    for range in resolve(register, selection)? {
        elsewhere += not_with(holder, &stamps::tally(register, &range)?);
    }
    if elsewhere > 0 { Err(StampError::Elsewhere(elsewhere)) } else { Ok(()) }
}

/// How many of counted stamps are with the other side than a holder.
fn not_with(holder: Holder, tally: &Tally) -> u64 {
    match holder {
        Holder::PrintShop => tally.handed_over(),
        Holder::Producer => tally.issued() - tally.handed_over(),
    }
}

/// What is written down of a step with a selection. The stamps that really moved are added to it.
#[must_use]
pub fn entry(selection: &Selection, step: StampMove, reason: &str) -> NewEntry {
    Action::from(step).on(Subject::Stamps(selection.batch())).because(reason)
}

/// The same as [`step`] within a transaction, written down as `entry`. That nothing could be moved is no
/// refusal here.
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
    let ranges = resolve(register, selection)?;
    apply_to(register, ranges, step, entry, act)
}

/// The same with ranges of one batch, in the order of their serials.
///
/// # Errors
/// [`StampError`].
pub(super) fn apply_to(
    register: &mut AnyConnection,
    ranges: Vec<RangeInclusive<Serial>>,
    step: StampMove,
    entry: &NewEntry,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    let (mut done, mut runs) = (Moved::default(), Vec::new());
    for range in ranges {
        let applied = stamps::apply(register, &range, step)?;
        let already = applied.before.in_state(step.leads_to());
        done.add(register, applied, already, &mut runs)?;
    }
    audit::record_runs(register, act, entry, &runs)?;
    Ok(done)
}

/// Puts stamps that were handed over on goods of a lot, entered if it is new. Refused where the
/// product's recognition is not in force: from that day the mark may not be put on goods.
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
        let ranges = resolve(register, selection)?;
        let batch = ranges.first().ok_or(StampError::NoneIssued)?.start().batch();
        let lot_id = put_lot(register, batch, lot, act)?;
        let (mut done, mut runs) = (Moved::default(), Vec::new());
        for range in &ranges {
            // Those on goods of another lot stay there, and are told apart.
            let already = stamps::on_lot(register, range, lot_id)?;
            let applied = stamps::activate(register, range, lot_id, act.at)?;
            done.add(register, applied, already, &mut runs)?;
        }
        let entry = entry(selection, StampMove::Activate, "");
        audit::record_runs(register, act, &entry, &runs)?;
        refuse_nothing(StampMove::Activate, done)
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

/// How the stamps of a selection stand; and how many more were chosen one by one that were never issued.
///
/// # Errors
/// [`StampError`].
pub fn look(store: &Store, selection: &Selection) -> Result<(Tally, u64), StampError> {
    store.read(|register| {
        let ranges = resolve(register, selection)?;
        let mut all = Tally::default();
        for range in &ranges {
            all += stamps::tally(register, range)?;
        }
        let unknown = match selection {
            Selection::Scanned(..) => (ranges.len() as u64).saturating_sub(all.issued()),
            _ => 0,
        };
        Ok((all, unknown))
    })
}

/// Starts the recall of a lot's goods, or with `None` ends it. A recall that is on keeps its first
/// day; its words are replaced.
///
/// # Errors
/// [`StampError::NoLot`].
pub fn recall(
    store: &Store,
    product: ProductId,
    lot: &str,
    recall: Option<(&str, Option<&str>)>,
    act: Act<'_>,
) -> Result<(), StampError> {
    let Some((reason, phone)) = recall else { return end_recall(store, product, lot, "", act) };
    store.write(|register| {
        let found = lots::find(register, product, lot)?;
        let found = found.ok_or_else(|| StampError::NoLot(lot.to_owned()))?;
        let since = found.recall.map_or_else(|| vietnam_day(act.at), |recall| recall.since);
        let (reason, phone) = (reason.to_owned(), phone.map(str::to_owned));
        let recall = Recall { since, reason, phone };
        lots::set_recall(register, found.id, Some(&recall))?;
        let entry = Action::RecallLot.on(found.id).because(&recall.reason);
        let entry = entry.with_all(FactName::Phone.may_be(recall.phone));
        Ok(audit::record(register, act, &entry)?)
    })
}

/// Ends the recall of a lot's goods. What was said of it stays in the audit trail.
///
/// # Errors
/// [`StampError::NoLot`].
pub fn end_recall(
    store: &Store,
    product: ProductId,
    lot: &str,
    reason: &str,
    act: Act<'_>,
) -> Result<(), StampError> {
    store.write(|register| {
        let found = lots::find(register, product, lot)?;
        let found = found.ok_or_else(|| StampError::NoLot(lot.to_owned()))?;
        lots::set_recall(register, found.id, None)?;
        Ok(audit::record(register, act, &Action::EndRecall.on(found.id).because(reason))?)
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
    let new = NewLot {
        product: batch.intent.product,
        code: lot.code.clone(),
        made_on: lot.made_on,
        use_by: lot.use_by,
    };
    let dates = |fault| StampError::LotDates { lot: lot.code.clone(), fault };
    new.takes_stamps(today).map_err(dates)?;
    lots::put(register, &new)?.ok_or_else(|| StampError::LotDiffers(lot.code.clone()))
}

impl Moved {
    /// Adds what was done with the next part of a selection, and the runs that were moved of it.
    fn add(
        &mut self,
        register: &mut AnyConnection,
        applied: stamps::Applied,
        already: u64,
        runs: &mut Vec<MovedRun>,
    ) -> Result<(), StampError> {
        self.moved += applied.moved;
        self.already += already;
        self.left += applied.before.issued().saturating_sub(applied.moved + already);
        Ok(stamps::join(register, runs, applied.runs)?)
    }
}

/// Refuses an act that no stamp could take and none had taken.
///
/// # Errors
/// [`StampError::NoneIssued`], [`StampError::NoneMovable`].
pub fn refuse_nothing(step: StampMove, done: Moved) -> Result<Moved, StampError> {
    match done {
        Moved { moved: 0, already: 0, left: 0 } => Err(StampError::NoneIssued),
        Moved { moved: 0, already: 0, left } => Err(StampError::NoneMovable(left, step)),
        done => Ok(done),
    }
}
