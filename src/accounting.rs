//! What becomes of stamps after they are issued: printed, activated onto a lot, spoiled, lost,
//! destroyed, cancelled. Every stamp stays accounted for.

use std::ops::RangeInclusive;

use crate::code::text;
use crate::domain::act::Act;
use crate::domain::batch::Batch;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::{LotId, ProductId};
use crate::domain::lot::{NewLot, Recall};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::Printing;
use crate::domain::stamp::{StampMove, Tally};
use crate::issuance::eligibility::{self, Ineligible};
use crate::store::{AnyConnection, Store, StoreError, audit, batches, lots, sheets, stamps};

/// Which stamps an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// From one serial to another, both included; one stamp when they are the same.
    Range(RangeInclusive<Serial>),
    /// A printed sheet.
    Sheet {
        /// The batch.
        batch: BatchNumber,
        /// How it was printed.
        printing: Printing,
        /// The sheet's number, from 1.
        number: u32,
    },
    /// All of a batch.
    Batch(BatchNumber),
}

/// The lot that stamps are activated onto, as the producer names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotName {
    /// Its code.
    pub code: String,
    /// Ngày sản xuất.
    pub made_on: Option<Day>,
    /// Hạn sử dụng.
    pub use_by: Option<Day>,
}

/// What an act did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Stamps that were moved.
    pub moved: u64,
    /// Stamps that were there already.
    pub already: u64,
    /// Stamps that the act cannot move, and left as they are.
    pub left: u64,
}

/// Why an act was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// No stamp of that range was ever issued.
    #[error("none of these stamps was ever issued")]
    NoneIssued,
    /// A range must stay within a batch.
    #[error("{} and {} are of two batches: give a range within one", .0, .1)]
    TwoBatches(String, String),
    /// A range runs backwards.
    #[error("{0} comes after {1}: give the smaller serial first")]
    Backwards(String, String),
    /// No such batch.
    #[error("there is no issued batch {0}")]
    NoBatch(String),
    /// No such sheet.
    #[error(
        "batch {batch} has no sheet {number} in layout {} with design {}: its sheets are written \
         by `ocop sheet`", .printing.layout, .printing.design
    )]
    NoSheet {
        /// The batch's name.
        batch: String,
        /// How it was printed.
        printing: Printing,
        /// The sheet.
        number: u32,
    },
    /// None of the stamps can be moved so.
    #[error("none of these {0} stamps can take the step “{step}” from where they are", step = .1.key())]
    NoneMovable(u64, StampMove),
    /// The product may not carry the mark now.
    #[error(transparent)]
    Ineligible(#[from] Ineligible),
    /// The lot is known with other dates.
    #[error("lot {0} is known with other dates: name another lot, or give the same dates")]
    LotDiffers(String),
    /// The lot's dates are in the wrong order.
    #[error("lot {0} would expire before it was made")]
    LotDates(String),
    /// No such lot.
    #[error("the product has no lot {0}")]
    NoLot(String),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

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
        let ranges = resolve(register, selection)?;
        let (mut issued, mut already, mut moved) = (0, 0, 0);
        for range in &ranges {
            let before = stamps::tally(register, range)?;
            issued += before.issued();
            already += before.in_state(step.leads_to());
            moved += stamps::apply(register, range, step)?;
        }
        let done = outcome(step, issued, moved, already)?;
        record(register, step, &ranges, done, reason, act)
    })
}

/// Puts printed stamps on goods of a lot, entered if it is new. Refused where the product's
/// recognition is not in force: from that day the mark may not be put on goods.
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
        let (mut issued, mut already, mut moved) = (0, 0, 0);
        for range in &ranges {
            issued += stamps::tally(register, range)?.issued();
            // Those on goods of another lot stay there, and are told apart.
            already += stamps::on_lot(register, range, lot_id)?;
            moved += stamps::activate(register, range, lot_id, act.at)?;
        }
        let done = outcome(StampMove::Activate, issued, moved, already)?;
        record(register, StampMove::Activate, &ranges, done, &format!("lot {}", lot.code), act)
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
    store.write(|register| {
        let found = lots::find(register, product, lot)?;
        let found = found.ok_or_else(|| StampError::NoLot(lot.to_owned()))?;
        let since = found.recall.map_or_else(|| vietnam_day(act.at), |recall| recall.since);
        let recall = recall.map(|(reason, phone)| Recall {
            since,
            reason: reason.to_owned(),
            phone: phone.map(str::to_owned),
        });
        lots::set_recall(register, found.id, recall.as_ref())?;
        let action = if recall.is_some() { "lot.recall" } else { "lot.end_recall" };
        let detail = recall.map(|recall| recall.reason).unwrap_or_default();
        Ok(audit::record(register, act, action, &format!("lot {}", found.id), &detail)?)
    })
}

fn resolve(
    register: &mut AnyConnection,
    selection: &Selection,
) -> Result<Vec<RangeInclusive<Serial>>, StampError> {
    match selection {
        Selection::Range(range) => {
            let (first, last) = (*range.start(), *range.end());
            let named = |serial| text::serial_grouped(serial);
            if first.batch() != last.batch() {
                return Err(StampError::TwoBatches(named(first), named(last)));
            }
            if last < first {
                return Err(StampError::Backwards(named(first), named(last)));
            }
            Ok(vec![range.clone()])
        }
        Selection::Sheet { batch, printing, number } => {
            let sheet = sheets::find(register, *batch, printing, *number)?;
            let missing = || StampError::NoSheet {
                batch: text::batch(*batch),
                printing: printing.clone(),
                number: *number,
            };
            let runs = sheet.ok_or_else(missing)?.runs;
            Ok(runs.into_iter().map(|run| run.first..=run.last).collect())
        }
        Selection::Batch(number) => Ok(vec![issued(register, *number)?.number.serials()]),
    }
}

/// A batch whose codes are there.
fn issued(register: &mut AnyConnection, number: BatchNumber) -> Result<Batch, StampError> {
    let batch = batches::get(register, number)?.filter(|batch| batch.issued_at.is_some());
    batch.ok_or_else(|| StampError::NoBatch(text::batch(number)))
}

fn put_lot(
    register: &mut AnyConnection,
    batch: BatchNumber,
    lot: &LotName,
    act: Act<'_>,
) -> Result<LotId, StampError> {
    let batch = batches::get(register, batch)?.ok_or(StampError::NoneIssued)?;
    eligibility::product(register, batch.intent.product, vietnam_day(act.at))??;
    if lot.made_on.zip(lot.use_by).is_some_and(|(made_on, use_by)| use_by < made_on) {
        return Err(StampError::LotDates(lot.code.clone()));
    }
    let new = NewLot {
        product: batch.intent.product,
        code: lot.code.clone(),
        made_on: lot.made_on,
        use_by: lot.use_by,
    };
    lots::put(register, &new)?.ok_or_else(|| StampError::LotDiffers(lot.code.clone()))
}

fn outcome(step: StampMove, issued: u64, moved: usize, already: u64) -> Result<Moved, StampError> {
    let moved = moved as u64;
    if issued == 0 {
        return Err(StampError::NoneIssued);
    }
    if moved + already == 0 {
        return Err(StampError::NoneMovable(issued, step));
    }
    Ok(Moved { moved, already, left: issued - moved - already })
}

fn record(
    register: &mut AnyConnection,
    step: StampMove,
    ranges: &[RangeInclusive<Serial>],
    done: Moved,
    reason: &str,
    act: Act<'_>,
) -> Result<Moved, StampError> {
    let ends = ranges.first().zip(ranges.last());
    if let Some((first, last)) = ends.filter(|_| done.moved > 0) {
        let (first, last) = (*first.start(), *last.end());
        let object = format!("stamps {}–{}", text::serial(first), text::serial(last));
        let detail = format!("{} stamps; {reason}", done.moved);
        audit::record(register, act, &format!("stamp.{}", step.key()), &object, &detail)?;
    }
    Ok(done)
}
