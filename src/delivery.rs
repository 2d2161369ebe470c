//! From issued codes to a closed account: a batch is given to a print shop, printed, handed over,
//! received, and closed when every stamp is accounted for. `docs/DELIVERY.md` says it in words.

mod closing;
mod handing;
mod printing;

use crate::accounting::StampError;
use crate::code::text;
use crate::domain::act::{Act, Done};
use crate::domain::audit::{Action, Entry, FactName, NewEntry, Subject};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::ShopId;
use crate::domain::print_job::{Download, HandOver, InvalidJobMove, JobState, PrintJob};
use crate::domain::print_shop::{NoLicence, PrintShop};
use crate::domain::serial::BatchNumber;
use crate::fonts::Unprintable;
use crate::issuance::ordering::OrderError;
use crate::store::print_jobs::{self, JobFilter};
use crate::store::{
    AnyConnection, Store, StoreError, audit, batches, hand_overs, job_downloads, orders,
    print_shops,
};

pub use self::closing::close;
pub use self::handing::{hand_over, receive};
pub use self::printing::{Printed, Spoiled, note_download, noted, report_printed, reprint};

/// Why an act on a print job was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// No such batch.
    #[error("there is no issued batch {0}")]
    NoBatch(String),
    /// The batch was given to no shop.
    #[error("batch {0} was given to no print shop yet: `ocop job assign`")]
    NoJob(String),
    /// No such shop.
    #[error("there is no print shop {0}: `ocop shop list` lists them")]
    NoShop(ShopId),
    /// The shop may not print.
    #[error(transparent)]
    Licence(#[from] NoLicence),
    /// Another shop has begun.
    #[error(
        "the print shop of batch {0} has begun: it cannot be given to another, or otherwise, now"
    )]
    Begun(String),
    /// The step does not start from the job's state.
    #[error(transparent)]
    Move(#[from] InvalidJobMove),
    /// Stamps of another batch are named.
    #[error("these stamps are of batch {0}, the job is of another")]
    OtherBatch(String),
    /// The step needs a reason.
    #[error("say why: {0} needs a reason")]
    NoReason(&'static str),
    /// The count cannot be.
    #[error("{0} stamps are more than the batch has")]
    TooMany(u64),
    /// The count is more than there is to count.
    #[error("{0} stamps are more than the {1} that there are: count again")]
    MoreThanThere(u64, u64),
    /// The minutes say that nothing was handed over.
    #[error("minutes hand over one stamp at least")]
    NoStamps,
    /// The minutes have no number, or too long a one.
    #[error("give the number of the minutes, in at most 100 letters")]
    Minutes,
    /// No font prints what minutes and statements would say.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The hand-over is to come.
    #[error("{0} is still to come: give the day on which the stamps were handed over")]
    FutureDay(Day),
    /// The hand-over is from before there were stamps.
    #[error(
        "on {0} the codes were not issued yet: give the day on which the stamps were handed over"
    )]
    BeforeIssue(Day),
    /// The day to deliver by is past.
    #[error("{0} is past: choose a day from today on to deliver by, or none")]
    PastDay(Day),
    /// Somebody gave it to a shop meanwhile.
    #[error("the batch was given to {0} meanwhile: look at it again before giving it to a shop")]
    Reassigned(String),
    /// The number stands for another hand-over.
    #[error(
        "minutes {0} are entered already, with another day, count or other stamps: give another number"
    )]
    MinutesTaken(String),
    /// No such minutes.
    #[error("batch {0} has no hand-over on minutes {1}: `ocop job show` lists them")]
    NoMinutes(String, String),
    /// It was received with another count.
    #[error("the receipt of minutes {0} is entered already, with {1} stamps")]
    ReceivedAlready(String, u64),
    /// One person acted on both sides.
    #[error("“{0}” handed over or received these stamps: somebody else must do this (--by NAME)")]
    SamePerson(String),
    /// Nothing is spoiled that is not replaced.
    #[error("every stamp of batch {0} that was reported as spoiled is being replaced already")]
    NothingToReplace(String),
    /// The shop still has stamps.
    #[error(
        "{0} stamps are still in print: hand them over, or report what became of them (`ocop stamp \
         spoil`, `lose`)"
    )]
    StillInPrint(u64),
    /// The counts do not agree.
    #[error("the account does not balance: {0}. An approver may sign it off with a reason")]
    Unbalanced(String),
    /// It would move other stamps than were seen.
    #[error("{seen} stamps were shown, by now it is {moved}, or others: look again")]
    SeenOtherwise {
        /// As many as were seen.
        seen: u64,
        /// As many as it would be.
        moved: u64,
    },
    /// The stamps were not moved.
    #[error(transparent)]
    Stamps(#[from] StampError),
    /// The order was not taken.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl JobError {
    /// The refusal's name in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoBatch(_) => "none_issued",
            Self::NoJob(_) => "no_job",
            Self::NoShop(_) => "no_shop",
            Self::Licence(_) => "licence",
            Self::Begun(_) => "begun",
            Self::Move(_) => "moved",
            Self::OtherBatch(_) => "other_batch",
            Self::NoReason(_) => "no_reason",
            Self::TooMany(_) | Self::MoreThanThere(..) => "too_many",
            Self::NoStamps => "no_stamps",
            Self::Minutes => "minutes",
            Self::Unprintable(_) => "unprintable",
            Self::FutureDay(_) => "future_day",
            Self::BeforeIssue(_) => "before_issue",
            Self::PastDay(_) => "past_day",
            Self::Reassigned(_) => "reassigned",
            Self::MinutesTaken(_) => "minutes_taken",
            Self::NoMinutes(..) => "no_minutes",
            Self::ReceivedAlready(..) => "received_already",
            Self::SamePerson(_) => "same_person",
            Self::NothingToReplace(_) => "nothing_to_replace",
            Self::StillInPrint(_) => "still_in_print",
            Self::Unbalanced(_) => "unbalanced",
            Self::SeenOtherwise { .. } => "seen_otherwise",
            Self::Stamps(why) => why.key(),
            Self::Order(why) => why.key(),
            Self::Store(_) => "",
        }
    }
}

/// A print job with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobFile {
    /// The job.
    pub job: PrintJob,
    /// Its shop.
    pub shop: PrintShop,
    /// What was fetched, by whom, oldest first.
    pub downloads: Vec<(Download, Done)>,
    /// What was handed over, oldest first.
    pub hand_overs: Vec<HandOver>,
    /// What was done, oldest first.
    pub history: Vec<Entry>,
}

/// Gives a batch to a print shop whose licence is in force. Until the shop has fetched a file, the
/// batch may be given to another. Without a day to deliver by, that of before holds, or the order's.
///
/// # Errors
/// [`JobError`].
pub fn assign(
    store: &Store,
    batch: BatchNumber,
    shop: ShopId,
    due_on: Option<Day>,
    reason: &str,
    act: Act<'_>,
) -> Result<PrintJob, JobError> {
    store.write(|register| {
        let name = text::batch(batch);
        let found = batches::get(register, batch)?.filter(|it| it.issued_at.is_some());
        let found = found.ok_or_else(|| JobError::NoBatch(name.clone()))?;
        let shop = print_shops::get(register, shop)?.ok_or(JobError::NoShop(shop))?;
        let earlier = print_jobs::get(register, batch)?;
        let order = orders::get(register, found.intent.order)?;
        let wanted_on = due_on
            .or_else(|| earlier.as_ref().and_then(|job| job.wanted_on))
            .or_else(|| order.and_then(|order| order.request.wanted_on));
        match earlier {
            Some(job) if job.shop == shop.id && job.wanted_on == wanted_on => return Ok(job),
            Some(job) if job.state != JobState::Assigned => return Err(JobError::Begun(name)),
            _ => shop.details.may_print(vietnam_day(act.at))?,
        }
        if let Some(past) = due_on.filter(|day| *day < vietnam_day(act.at)) {
            return Err(JobError::PastDay(past));
        }
        let job = PrintJob {
            batch,
            shop: shop.id,
            state: JobState::Assigned,
            wanted_on,
            assigned: act.done(),
            printed: None,
            closed: None,
        };
        let entry = Action::AssignJob
            .on(Subject::Batch(batch))
            .because(reason)
            .with(FactName::Shop.is(shop.details.name))
            .with_all(FactName::DueOn.may_be(wanted_on));
        keep(register, &job, &entry, act)?;
        Ok(job)
    })
}

/// The file of a batch's print job; `None` where it was given to no shop.
///
/// # Errors
/// [`StoreError`].
pub fn file(store: &Store, batch: BatchNumber) -> Result<Option<JobFile>, StoreError> {
    store.read(|register| {
        let Some(job) = print_jobs::get(register, batch)? else { return Ok(None) };
        let shop = print_shops::get(register, job.shop)?;
        Ok(Some(JobFile {
            shop: shop.ok_or(StoreError::Corrupt("print shop"))?,
            downloads: job_downloads::of_batch(register, batch)?,
            hand_overs: hand_overs::of_batch(register, batch)?,
            history: audit::history(register, Subject::Batch(batch))?,
            job,
        }))
    })
}

/// Print jobs, newest batch first, from an offset, at most so many.
///
/// # Errors
/// [`StoreError`].
pub fn list(
    store: &Store,
    filter: JobFilter,
    window: (i64, i64),
) -> Result<Vec<PrintJob>, StoreError> {
    store.read(|register| print_jobs::list(register, filter, window))
}

fn find(register: &mut AnyConnection, batch: BatchNumber) -> Result<PrintJob, JobError> {
    let job = print_jobs::get(register, batch)?;
    job.ok_or_else(|| JobError::NoJob(text::batch(batch)))
}

/// Keeps a job as it is now, and says in the audit trail what was done.
fn keep(
    register: &mut AnyConnection,
    job: &PrintJob,
    entry: &NewEntry,
    act: Act<'_>,
) -> Result<(), StoreError> {
    print_jobs::put(register, job)?;
    audit::record(register, act, entry)
}

/// Refuses a count that no batch can have.
fn within_batch(register: &mut AnyConnection, batch: BatchNumber, n: u64) -> Result<(), JobError> {
    let found = batches::get(register, batch)?;
    let most = found.map_or(0, |batch| u64::from(batch.intent.quantity.get()));
    if n > most { Err(JobError::TooMany(n)) } else { Ok(()) }
}

/// Refuses a day on which the batch had no codes yet.
fn after_issue(register: &mut AnyConnection, batch: BatchNumber, day: Day) -> Result<(), JobError> {
    let found = batches::get(register, batch)?;
    let issued = found.and_then(|batch| batch.issued_at).map(vietnam_day);
    if issued.is_some_and(|issued| day < issued) { Err(JobError::BeforeIssue(day)) } else { Ok(()) }
}
