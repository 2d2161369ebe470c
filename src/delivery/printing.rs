//! At the print shop: files fetched, stamps printed and spoiled, spoiled ones printed anew.

use super::{JobError, find, keep, within_batch};
use crate::accounting::moves::{self, refuse_nothing};
use crate::accounting::{self, Holder, Moved, Selection, Wanted};
use crate::code::text;
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, Subject, Value};
use crate::domain::order::{NewOrder, Order, OrderMove, Quantity};
use crate::domain::print_job::{Download, JobMove, PrintJob, PrintReport};
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampMove, StampState};
use crate::issuance::ordering;
use crate::issuance::replacing;
use crate::store::{
    AnyConnection, Store, StoreError, audit, batches, job_downloads, orders, print_jobs, stamps,
};

/// Stamps that a shop reports as spoiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoiled {
    /// Which.
    pub which: Selection,
    /// Why.
    pub reason: String,
}

/// What a report of a print shop did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The job as it stands.
    pub job: PrintJob,
    /// What became of the stamps that came out spoiled, as they were named.
    pub spoiled: Vec<Moved>,
    /// What became of all others.
    pub printed: Moved,
}

/// Notes that the shop fetches a file: the first moves the job to *printing*. Each time is noted.
///
/// # Errors
/// [`JobError`].
pub fn note_download(
    store: &Store,
    batch: BatchNumber,
    download: &Download,
    act: Act<'_>,
) -> Result<PrintJob, JobError> {
    store.write(|register| {
        let noted = noted(register, batch, download, act)?;
        noted.ok_or_else(|| JobError::NoJob(text::batch(batch)))
    })
}

/// The same within a transaction; `None` where the batch has no job.
///
/// # Errors
/// [`StoreError`].
pub fn noted(
    register: &mut AnyConnection,
    batch: BatchNumber,
    download: &Download,
    act: Act<'_>,
) -> Result<Option<PrintJob>, StoreError> {
    let Some(mut job) = print_jobs::get(register, batch)? else { return Ok(None) };
    // A download that has happened is noted, wherever the job stands.
    job.state = job.state.after(JobMove::Download).unwrap_or(job.state);
    job_downloads::insert(register, batch, download, act)?;
    let file = FactName::File.is(&download.file);
    keep(register, &job, &Action::DownloadJob.on(Subject::Batch(batch)).with(file), act)?;
    Ok(Some(job))
}

/// The shop reports the batch printed: first what is spoiled, then all the rest as printed. `stated`
/// is the shop's own count of good stamps; one that is not the register's is a difference.
///
/// # Errors
/// [`JobError`].
pub fn report_printed(
    store: &Store,
    batch: BatchNumber,
    spoiled: &[Spoiled],
    stated: Option<u64>,
    act: Act<'_>,
) -> Result<Printed, JobError> {
    store.write(|register| {
        let mut job = find(register, batch)?;
        let state = job.state.after(JobMove::ReportPrinted)?;
        let each = spoiled.iter().map(|one| spoil(register, batch, one, act));
        let spoiled = each.collect::<Result<Vec<_>, _>>()?;
        let all = Selection::Batch(batch);
        let entry = moves::entry(&all, StampMove::ReportPrinted, "");
        let printed = moves::apply(register, &all, StampMove::ReportPrinted, &entry, act)?;
        let tally = stamps::tally(register, &batch.serials())?;
        let found = tally.in_state(StampState::Printed);
        let earlier = job.printed.as_ref().map(|report| (report.stated, report.found));
        let repeated = earlier.filter(|(_, before)| *before == found).map(|(stated, _)| stated);
        let stated = stated.or(repeated).unwrap_or(found);
        if state == job.state && earlier == Some((stated, found)) {
            return Ok(Printed { job, spoiled, printed });
        }
        within_batch(register, batch, stated)?;
        if stated > found {
            return Err(JobError::MoreThanThere(stated, found));
        }
        job.state = state;
        job.printed = Some(PrintReport { done: act.done(), stated, found });
        let entry = Action::ReportJobPrinted
            .on(Subject::Batch(batch))
            .with(FactName::Stated.is(stated))
            .with(FactName::Found.is(found));
        keep(register, &job, &entry, act)?;
        Ok(Printed { job, spoiled, printed })
    })
}

fn spoil(
    register: &mut AnyConnection,
    batch: BatchNumber,
    spoiled: &Spoiled,
    act: Act<'_>,
) -> Result<Moved, JobError> {
    if spoiled.which.batch() != batch {
        return Err(JobError::OtherBatch(text::batch(spoiled.which.batch())));
    }
    if accounting::given(&spoiled.reason).is_err() {
        return Err(JobError::NoReason("a spoiled stamp"));
    }
    let holder = Some(Holder::PrintShop);
    let wanted = Wanted { step: StampMove::Spoil, lot: None, holder };
    let entry = moves::entry(&spoiled.which, StampMove::Spoil, &spoiled.reason);
    let done = moves::moved(register, &spoiled.which, wanted, &entry, act)?;
    Ok(refuse_nothing(StampMove::Spoil, done)?)
}

/// The shop asks to print spoiled stamps anew: an order, placed and sent, for all that no order
/// replaces yet, or for so many of them. It goes the way of every order; when its codes are issued,
/// the same shop has the job. Under a key of one's own, asking twice makes one order.
///
/// # Errors
/// [`JobError`].
pub fn reprint(
    store: &Store,
    batch: BatchNumber,
    quantity: Option<Quantity>,
    key: Option<&str>,
    reason: &str,
    act: Act<'_>,
) -> Result<Order, JobError> {
    if accounting::given(reason).is_err() {
        return Err(JobError::NoReason("a reprint"));
    }
    store.write(|register| {
        if let Some(earlier) = earlier(register, batch, quantity, key)? {
            return Ok(earlier);
        }
        let request = asked(register, batch, quantity, key)?;
        let order = ordering::placed(register, &request, act)?;
        let order = ordering::stepped(register, order.id, OrderMove::Submit, reason, act)?;
        let entry = Action::ReprintJob
            .on(Subject::Batch(batch))
            .because(reason)
            .with(FactName::Order.is(Value::Number(order.id.0)))
            .with(FactName::Stamps.is(request.quantity.get()));
        audit::record(register, act, &entry)?;
        Ok(order)
    })
}

/// The same reprint, asked for before under its key, wherever its order stands now.
fn earlier(
    register: &mut AnyConnection,
    batch: BatchNumber,
    quantity: Option<Quantity>,
    key: Option<&str>,
) -> Result<Option<Order>, StoreError> {
    let Some(key) = key else { return Ok(None) };
    let earlier = orders::by_key(register, key)?;
    Ok(earlier.filter(|order| {
        order.request.replaces == Some(batch)
            && quantity.is_none_or(|quantity| quantity == order.request.quantity)
    }))
}

fn asked(
    register: &mut AnyConnection,
    batch: BatchNumber,
    quantity: Option<Quantity>,
    key: Option<&str>,
) -> Result<NewOrder, JobError> {
    find(register, batch)?;
    let replaced = batches::get(register, batch)?.ok_or(StoreError::Corrupt("batch"))?;
    let order = orders::get(register, replaced.intent.order)?;
    let order = order.ok_or(StoreError::Corrupt("order"))?;
    let left = replacing::left(register, batch, None)?;
    let all = u32::try_from(left).ok().and_then(Quantity::new);
    let quantity = quantity.or(all).filter(|_| left > 0);
    let quantity = quantity.ok_or_else(|| JobError::NothingToReplace(text::batch(batch)))?;
    Ok(NewOrder {
        replaces: Some(batch),
        idempotency_key: key.map(str::to_owned),
        ..NewOrder::new(replaced.intent.product, quantity, order.request.funding)
    })
}
