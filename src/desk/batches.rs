//! Batches at the desk: from the print shop to a closed account.

use super::Worker;
use super::effect::{Effect, Seen};
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
use crate::domain::order::Quantity;
use crate::domain::paper::Paper;
use crate::domain::print_job::{JobState, Minutes};
use crate::domain::print_shop::PrintShop;
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::domain::stamp::StampMove;
use crate::issuance::replacing;
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
    /// Stamps that came out spoiled and that no order replaces yet.
    pub replaceable: u64,
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
    HandOver(Minutes, Selection),
    /// Confirm what was handed over on the minutes of a number: so many, and why others.
    Receive(String, u64, String),
    /// Put stamps on goods of a lot.
    Activate(Selection, LotName),
    /// Report stamps that one has spoiled or lost, and why.
    Report(StampMove, Selection, String),
    /// Ask to print so many of the spoiled ones anew, or all, and why.
    Reprint(Option<Quantity>, String),
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
    let replaceable = store.read(|register| replacing::left(register, number, None))?;
    let history = match (&job, worker.organisation) {
        // On which lots a producer puts stamps is no matter of the shop that printed them.
        (job, Organisation::PrintShop(_)) => {
            job.as_ref().map(|file| file.history.clone()).unwrap_or_default()
        }
        _ => store.read(|register| audit::of_batch(register, number))?,
    };
    Ok(Some(BatchFile {
        listed,
        job,
        account,
        printings,
        shops,
        replaceable,
        destructions,
        papers,
        history,
    }))
}

/// What a step by this person would do. It is done and taken back, so that nothing is told of it that it
/// would not do.
///
/// # Errors
/// [`JobError`].
pub fn preview(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    wanted: &Step,
) -> Result<Effect, JobError> {
    store.taken_back(|store| step(store, worker, number, wanted))
}

/// Does a step that somebody has seen; refused where it would be about other stamps by now.
///
/// # Errors
/// [`JobError`]: above all [`JobError::SeenOtherwise`].
pub fn confirmed(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    wanted: &Step,
    seen: Seen,
) -> Result<Effect, JobError> {
    let is_seen = |done: &Effect| done.seen() == seen;
    store.together(|store| {
        let done = step(store, worker, number, wanted)?;
        let (seen, moved) = (seen.stamps, done.stamps);
        if is_seen(&done) { Ok(done) } else { Err(JobError::SeenOtherwise { seen, moved }) }
    })
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
) -> Result<Effect, JobError> {
    let missing = || JobError::NoBatch(text::batch(number));
    let whole = seen(store, worker, number)?.ok_or_else(missing)?.stamps;
    let act = worker.act();
    match step {
        Step::Assign(assignment) => {
            assign(store, number, *assignment, act)?;
            Ok(Effect::about(whole))
        }
        Step::Printed(spoiled) => {
            let done = delivery::report_printed(store, number, spoiled, None, act)?;
            let spoiled = done.spoiled.into_iter().map(|moved| (StampMove::Spoil, moved));
            let printed = [(StampMove::ReportPrinted, done.printed)];
            Ok(Effect::moving(spoiled.chain(printed).collect()))
        }
        Step::HandOver(minutes, which) => {
            let (_, moved) = delivery::hand_over(store, number, minutes, which, act)?;
            Ok(Effect::moving(vec![(StampMove::HandOver, moved)]))
        }
        Step::Receive(minutes, stamps, reason) => {
            let reason = Some(reason.as_str());
            delivery::receive(store, number, minutes, *stamps, reason, act)?;
            Ok(Effect::about(*stamps))
        }
        Step::Activate(selection, _)
        | Step::Report(_, selection, _)
        | Step::Cancel(selection, _)
            if selection.batch() != number =>
        {
            Err(JobError::OtherBatch(text::batch(selection.batch())))
        }
        Step::Report(.., reason) | Step::Cancel(_, reason)
            if accounting::given(reason).is_err() =>
        {
            Err(JobError::NoReason("a stamp taken out of use"))
        }
        Step::Report(step, selection, reason) => {
            let by = (*step, holder(worker));
            let moved = accounting::report(store, selection, by, reason, act)?;
            Ok(Effect::moving(vec![(*step, moved)]))
        }
        Step::Reprint(quantity, reason) => {
            let order = delivery::reprint(store, number, *quantity, None, reason, act)?;
            Ok(Effect::about(order.request.quantity.get().into()))
        }
        Step::Cancel(selection, reason) => {
            let step = StampMove::Cancel;
            let moved = accounting::step(store, selection, step, reason, act)?;
            Ok(Effect::moving(vec![(step, moved)]))
        }
        Step::Activate(selection, lot) => {
            let moved = accounting::activate(store, selection, lot, act)?;
            Ok(Effect::moving(vec![(StampMove::Activate, moved)]))
        }
        Step::Close(reason) => {
            delivery::close(store, number, Some(reason), act)?;
            Ok(Effect::about(whole))
        }
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
