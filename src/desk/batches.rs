//! Batches at the desk: from the print shop to a closed account.

use super::Worker;
use super::papers::{self, Folder};
use crate::accounting::reconcile::{self, Reconciliation};
use crate::accounting::{self, Holder, LotName, Selection, StampError};
use crate::code::text;
use crate::delivery::{self, JobError, JobFile, Spoiled};
use crate::domain::act::Act;
use crate::domain::audit::Entry;
use crate::domain::calendar::Day;
use crate::domain::destruction::Destruction;
use crate::domain::ids::ShopId;
use crate::domain::paper::Paper;
use crate::domain::print_job::{JobState, Minutes};
use crate::domain::print_shop::PrintShop;
use crate::domain::role::Organisation;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::Printing;
use crate::domain::stamp::{StampMove, StampState};
use crate::store::batch_list::{self, ListedBatch};
use crate::store::{Store, StoreError, audit, destructions, print_shops, sheets};

/// A batch with its job and its account.
#[derive(Clone, Debug)]
pub struct BatchFile {
    /// The batch.
    pub listed: ListedBatch,
    /// Its print job, where it was given to a shop.
    pub job: Option<JobFile>,
    /// Its account, with those of the batches that replace its spoiled stamps.
    pub account: Reconciliation,
    /// How its recorded sheets were printed, each printing with how many it has.
    pub printings: Vec<(Printing, u32)>,
    /// Shops that it can be given to.
    pub shops: Vec<PrintShop>,
    /// What was destroyed of it, or is said to be.
    pub destructions: Vec<Destruction>,
    /// Its official papers, the latest first.
    pub papers: Vec<Paper>,
    /// What was done with it, oldest first: with its print job, and for those who see them, with its stamps.
    pub history: Vec<Entry>,
}

/// A batch is given to a print shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// To which.
    pub shop: ShopId,
    /// The day by which it is to deliver; none leaves what was agreed on, or what the order asks for.
    pub due_on: Option<Day>,
    /// The [version](BatchFile::version) of the batch that was seen; if another is there, it is not given.
    pub seen: Option<i64>,
}

/// What can be done with a batch that is at a print shop.
#[derive(Clone, Debug)]
pub enum Step {
    /// Give it to a shop.
    Assign(Assignment),
    /// Report it printed, and what came out spoiled.
    Printed(Vec<Spoiled>),
    /// Hand printed stamps over.
    HandOver(Minutes),
    /// Confirm what was handed over on the minutes of a number: so many, and why others.
    Receive(String, u64, String),
    /// Put stamps on goods of a lot.
    Activate(Selection, LotName),
    /// Report stamps that one has spoiled or lost, and why.
    Report(StampMove, Selection, String),
    /// Ask to print the spoiled ones anew, and why.
    Reprint(String),
    /// Cancel the codes of stamps, and why.
    Cancel(Selection, String),
    /// Close the account; with a reason, where it does not balance.
    Close(String),
}

/// A batch; none where there is none for this person.
///
/// # Errors
/// [`StampError`].
pub fn get(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<BatchFile>, StampError> {
    let Some(listed) = seen(store, worker, number)? else { return Ok(None) };
    let job = delivery::file(store, number)?;
    let account = reconcile::batch(store, number)?;
    // Once a shop has begun, no other can be given the batch.
    let is_open = job.as_ref().is_none_or(|file| file.job.state == JobState::Assigned);
    let shops = if is_open { store.read(print_shops::all)? } else { Vec::new() };
    let shops = shops.into_iter().filter(|shop| shop.details.is_active).collect();
    let papers = papers::list(store, worker, Folder::Batch(number))?.unwrap_or_default();
    let destructions = store.read(|register| destructions::of_batch(register, number))?;
    let printings = store.read(|register| sheets::printings(register, number))?;
    let history = match (&job, worker.organisation) {
        // On which lots a producer puts stamps is no matter of the shop that printed them.
        (job, Organisation::PrintShop(_)) => {
            job.as_ref().map(|file| file.history.clone()).unwrap_or_default()
        }
        _ => store.read(|register| audit::of_batch(register, number))?,
    };
    Ok(Some(BatchFile { listed, job, account, printings, shops, destructions, papers, history }))
}

/// What a move would do with stamps of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Stamps that would be moved.
    pub can: u64,
    /// Those that would not, by where they stand.
    pub cannot: Vec<(StampState, u64)>,
    /// Those that were chosen one by one, and never issued.
    pub unknown: u64,
    /// Those that were chosen one by one to be reported, and are with the other side. They are not
    /// counted: a report that names them is refused.
    pub elsewhere: Vec<Serial>,
}

/// What a move by this person would do with stamps of a batch that they may see. Nothing is moved.
///
/// # Errors
/// [`JobError`].
pub fn preview(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    step: StampMove,
    selection: &Selection,
) -> Result<Preview, JobError> {
    let missing = || JobError::NoBatch(text::batch(number));
    seen(store, worker, number)?.ok_or_else(missing)?;
    if selection.batch() != number {
        return Err(JobError::OtherBatch(text::batch(selection.batch())));
    }
    let (held, elsewhere) = reportable(store, worker, step, selection)?;
    let (tally, unknown) = accounting::look(store, held.as_ref().unwrap_or(selection))?;
    let has = |state: &StampState| match holder(worker) {
        Holder::PrintShop => *state != StampState::HandedOver,
        Holder::Producer => *state == StampState::HandedOver,
    };
    let movable: Vec<StampState> = step.starts_from().iter().copied().filter(has).collect();
    let (can, cannot): (Vec<_>, Vec<_>) = StampState::ALL
        .into_iter()
        .map(|state| (state, tally.in_state(state)))
        .filter(|(_, stamps)| *stamps > 0)
        .partition(|(state, _)| movable.contains(state));
    let can = can.iter().map(|(_, stamps)| stamps).sum();
    Ok(Preview { can, cannot, unknown, elsewhere })
}

/// What a report could name of a selection: single stamps without those that are with the other side,
/// which are returned too; any other selection as it is, or not at all.
fn reportable(
    store: &Store,
    worker: &Worker,
    step: StampMove,
    selection: &Selection,
) -> Result<(Option<Selection>, Vec<Serial>), StampError> {
    match selection {
        _ if step == StampMove::Activate => Ok((None, Vec::new())),
        Selection::Scanned(batch, serials) => {
            let elsewhere = accounting::elsewhere(store, serials, holder(worker))?;
            let here = serials.iter().filter(|it| !elsewhere.contains(it)).copied().collect();
            Ok((Some(Selection::Scanned(*batch, here)), elsewhere))
        }
        whole => accounting::held(store, whole, holder(worker)).map(|()| (None, Vec::new())),
    }
}

fn holder(worker: &Worker) -> Holder {
    match worker.organisation {
        Organisation::PrintShop(_) => Holder::PrintShop,
        Organisation::Producer(_) | Organisation::Office => Holder::Producer,
    }
}

/// Does something with a batch that the person may see.
///
/// # Errors
/// [`JobError`].
pub fn step(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    step: &Step,
) -> Result<(), JobError> {
    let missing = || JobError::NoBatch(text::batch(number));
    seen(store, worker, number)?.ok_or_else(missing)?;
    let act = worker.act();
    match step {
        Step::Assign(assignment) => assign(store, number, *assignment, act),
        Step::Printed(spoiled) => {
            delivery::report_printed(store, number, spoiled, None, act).map(drop)
        }
        Step::HandOver(minutes) => delivery::hand_over(store, number, minutes, None, act).map(drop),
        Step::Receive(minutes, stamps, reason) => {
            delivery::receive(store, number, minutes, *stamps, Some(reason), act).map(drop)
        }
        Step::Activate(selection, _)
        | Step::Report(_, selection, _)
        | Step::Cancel(selection, _)
            if selection.batch() != number =>
        {
            Err(JobError::OtherBatch(text::batch(selection.batch())))
        }
        Step::Report(.., reason) | Step::Cancel(_, reason) if reason.trim().is_empty() => {
            Err(JobError::NoReason("a stamp taken out of use"))
        }
        Step::Report(step, selection, reason) => {
            accounting::report(store, selection, (*step, holder(worker)), reason, act)?;
            Ok(())
        }
        Step::Reprint(reason) => {
            delivery::reprint(store, number, None, None, reason, act).map(drop)
        }
        Step::Cancel(selection, reason) => {
            accounting::step(store, selection, StampMove::Cancel, reason, act)?;
            Ok(())
        }
        Step::Activate(selection, lot) => {
            accounting::activate(store, selection, lot, act).map(drop).map_err(JobError::from)
        }
        Step::Close(reason) => delivery::close(store, number, Some(reason), act).map(drop),
    }
}

fn assign(
    store: &Store,
    number: BatchNumber,
    Assignment { shop, due_on, seen }: Assignment,
    act: Act<'_>,
) -> Result<(), JobError> {
    store.together(|store| {
        if let Some(file) = delivery::file(store, number)? {
            // To say again what holds already changes nothing.
            let holds =
                file.job.shop == shop && due_on.is_none_or(|day| file.job.wanted_on == Some(day));
            if !holds && seen.is_some_and(|seen| seen != version(&file)) {
                return Err(JobError::Reassigned(file.shop.details.name));
            }
        }
        delivery::assign(store, number, shop, due_on, "", act).map(drop)
    })
}

impl BatchFile {
    /// The number of the last act on its print job: who has seen a smaller one, has not seen the latest.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.job.as_ref().map_or(0, version)
    }
}

fn version(file: &JobFile) -> i64 {
    audit::latest(&file.history)
}

/// A batch on the lists of this person; none where it is not theirs.
pub(super) fn seen(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<ListedBatch>, StoreError> {
    store.read(|register| batch_list::get(register, worker.organisation, number))
}
