//! The account of a batch is closed: nothing is left in print, and the counts agree, or somebody who
//! had no part in them answers for the difference.

use super::{JobError, find, keep};
use crate::accounting::reconcile::{self, BatchAccount, Difference};
use crate::domain::act::Act;
use crate::domain::audit::{Action, Fact, FactName, Subject};
use crate::domain::print_job::{Closing, JobMove, JobState, PrintJob};
use crate::domain::serial::BatchNumber;
use crate::fonts;
use crate::store::{AnyConnection, Store, batch_tallies, people};

/// Closes the account of a batch. Where the counts do not agree, `sign_off` says why they may stay
/// so: by nobody who reported, handed over or received the stamps.
///
/// # Errors
/// [`JobError`].
pub fn close(
    store: &Store,
    batch: BatchNumber,
    sign_off: Option<&str>,
    act: Act<'_>,
) -> Result<PrintJob, JobError> {
    let sign_off = sign_off.map(str::trim).filter(|reason| !reason.is_empty());
    sign_off.map_or(Ok(()), fonts::check)?;
    store.write(|register| {
        let mut job = find(register, batch)?;
        let state = job.state.after(JobMove::Close)?;
        if job.state == JobState::Closed {
            return Ok(job);
        }
        // What another program left is put right first, so that it is no difference of people's.
        batch_tallies::recount(register, batch)?;
        let account = reconcile::account(register, batch)?;
        if account.tally.in_print() > 0 {
            return Err(JobError::StillInPrint(account.tally.in_print()));
        }
        let signed_off = accept(register, &account, sign_off, act)?;
        let entry = Action::CloseJob
            .on(Subject::Batch(batch))
            .because(sign_off.filter(|_| signed_off.is_some()).unwrap_or_default())
            .with_all(account.differences.iter().flat_map(difference));
        job.state = state;
        job.closed = Some(Closing { done: act.done(), signed_off });
        keep(register, &job, &entry, act)?;
        Ok(job)
    })
}

/// What the audit trail says of a difference.
fn difference(it: &Difference) -> impl Iterator<Item = Fact> {
    let minutes = match it {
        Difference::Minutes { minutes, .. } | Difference::Received { minutes, .. } => Some(minutes),
        Difference::Issued { .. }
        | Difference::NeverHandedOver { .. }
        | Difference::Counts
        | Difference::Printed { .. }
        | Difference::WithoutMinutes { .. } => None,
    };
    let (stated, found) = it.numbers().unzip();
    let facts = [
        Some(FactName::Difference.is_word(it.key())),
        FactName::Minutes.may_be(minutes),
        FactName::Stated.may_be(stated),
        FactName::Found.may_be(found),
    ];
    facts.into_iter().flatten()
}

/// Why a difference is accepted; `None` where there is none.
fn accept(
    register: &mut AnyConnection,
    account: &BatchAccount,
    sign_off: Option<&str>,
    act: Act<'_>,
) -> Result<Option<String>, JobError> {
    if account.differences.is_empty() {
        return Ok(None);
    }
    let said: Vec<String> = account.differences.iter().map(ToString::to_string).collect();
    let reason = sign_off.ok_or_else(|| JobError::Unbalanced(said.join("; ")))?;
    let printed = account.job.iter().filter_map(|job| Some(&job.printed.as_ref()?.done));
    let handed = account.hand_overs.iter().map(|one| &one.done);
    let received = account.hand_overs.iter().filter_map(|one| Some(&one.receipt.as_ref()?.done));
    let parties = printed.chain(handed).chain(received).map(|done| done.by.as_str());
    if !people::has_other_eyes(register, act.by, parties)? {
        return Err(JobError::SamePerson(act.by.to_owned()));
    }
    Ok(Some(format!("{reason} ({})", said.join("; "))))
}
