//! From the print shop to the producer, on minutes.

use super::{JobError, after_issue, find, keep, within_batch};
use crate::accounting::moves;
use crate::accounting::{Moved, Selection, StampError};
use crate::code::text;
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, Subject};
use crate::domain::calendar::vietnam_day;
use crate::domain::print_job::{HandOver, JobMove, Minutes, Receipt};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::StampMove;
use crate::fonts;
use crate::store::{AnyConnection, Store, hand_overs, people};

/// Most letters of the number of minutes.
const MINUTES_CHARS_MAX: usize = 100;

/// The shop hands printed stamps over: all of the batch, or some of them. A batch may be handed over
/// in parts, each on minutes of its own; the same minutes again change nothing.
///
/// # Errors
/// [`JobError`].
pub fn hand_over(
    store: &Store,
    batch: BatchNumber,
    minutes: &Minutes,
    which: &Selection,
    act: Act<'_>,
) -> Result<(HandOver, Moved), JobError> {
    let minutes = &Minutes { number: minutes.number.trim().to_owned(), ..minutes.clone() };
    check(minutes, act)?;
    if which.batch() != batch {
        return Err(JobError::OtherBatch(text::batch(which.batch())));
    }
    store.write(|register| {
        let mut job = find(register, batch)?;
        let known = hand_overs::of_batch(register, batch)?;
        if let Some(known) = known.into_iter().find(|it| it.minutes == minutes.number) {
            return again(register, known, minutes, which);
        }
        job.state = job.state.after(JobMove::HandOver)?;
        within_batch(register, batch, minutes.stated.unwrap_or(0))?;
        after_issue(register, batch, minutes.handed_on)?;
        let entry = moves::entry(which, StampMove::HandOver, "");
        let entry = entry.with(FactName::Minutes.is(&minutes.number));
        let moved = moves::apply(register, which, StampMove::HandOver, &entry, act)?;
        if moved.moved == 0 {
            return Err(StampError::Left(StampMove::HandOver, Box::new(moved)).into());
        }
        if let Some(stated) = minutes.stated.filter(|stated| *stated > moved.moved) {
            return Err(JobError::MoreThanThere(stated, moved.moved));
        }
        let made = hand_overs::insert(register, batch, minutes, &moved.runs, act)?;
        let entry = Action::HandOverJob
            .on(Subject::Batch(batch))
            .with(FactName::Minutes.is(&made.minutes))
            .with(FactName::HandedOn.is(made.handed_on))
            .with(FactName::Stated.is(made.stated))
            .with(FactName::Moved.is(made.moved));
        keep(register, &job, &entry, act)?;
        Ok((made, moved))
    })
}

/// Minutes that are there: the same again, for the same stamps, or others under their number.
fn again(
    register: &mut AnyConnection,
    known: HandOver,
    minutes: &Minutes,
    which: &Selection,
) -> Result<(HandOver, Moved), JobError> {
    let taken = || JobError::MinutesTaken(minutes.number.clone());
    let is_same = known.handed_on == minutes.handed_on
        && minutes.stated.is_none_or(|stated| stated == known.stated);
    let (moved, named) =
        moves::look(register, which, StampMove::HandOver).map_err(|_other| taken())?;
    let runs = hand_overs::runs(register, known.id)?;
    let is_on_them = |(first, last): &(Serial, Serial)| {
        runs.iter().any(|(from, to)| from <= first && last <= to)
    };
    // Of minutes from before, nobody wrote down the stamps.
    let is_theirs = which.is_all() || runs.is_empty() || named.iter().all(is_on_them);
    if is_same && is_theirs && moved.moved == 0 { Ok((known, moved)) } else { Err(taken()) }
}

fn check(minutes: &Minutes, act: Act<'_>) -> Result<(), JobError> {
    let number = &minutes.number;
    if number.is_empty() || number.chars().count() > MINUTES_CHARS_MAX {
        return Err(JobError::Minutes);
    }
    fonts::check(number)?;
    if minutes.handed_on > vietnam_day(act.at) {
        return Err(JobError::FutureDay(minutes.handed_on));
    }
    if minutes.stated == Some(0) { Err(JobError::NoStamps) } else { Ok(()) }
}

/// The producer confirms what was received. Another count than the minutes state needs a reason and
/// stays as a difference. The job is *received* when all that was handed over is confirmed.
///
/// # Errors
/// [`JobError`].
pub fn receive(
    store: &Store,
    batch: BatchNumber,
    minutes: &str,
    stamps: u64,
    reason: Option<&str>,
    act: Act<'_>,
) -> Result<HandOver, JobError> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let minutes = minutes.trim();
    reason.map_or(Ok(()), fonts::check)?;
    store.write(|register| {
        let mut job = find(register, batch)?;
        let mut all = hand_overs::of_batch(register, batch)?;
        let missing = || JobError::NoMinutes(text::batch(batch), minutes.to_owned());
        let one = all.iter_mut().find(|it| it.minutes == minutes).ok_or_else(missing)?;
        match &one.receipt {
            Some(earlier) if earlier.stamps == stamps => return Ok(one.clone()),
            Some(earlier) => {
                return Err(JobError::ReceivedAlready(minutes.to_owned(), earlier.stamps));
            }
            None => {}
        }
        let state = job.state.after(JobMove::Receive)?;
        // Of minutes from before, fewer may have been moved than they state.
        let most = one.moved.max(one.stated);
        if stamps > most {
            return Err(JobError::MoreThanThere(stamps, most));
        }
        if !people::has_other_eyes(register, act.by, [one.done.by.as_str()])? {
            return Err(JobError::SamePerson(act.by.to_owned()));
        }
        if stamps != one.stated && reason.is_none() {
            return Err(JobError::NoReason("a count that is not that of the minutes"));
        }
        let receipt = Receipt { done: act.done(), stamps, reason: reason.map(str::to_owned) };
        hand_overs::set_receipt(register, one.id, &receipt)?;
        one.receipt = Some(receipt);
        let received = one.clone();
        if all.iter().all(|it| it.receipt.is_some()) {
            job.state = state;
        }
        let entry = Action::ReceiveJob
            .on(Subject::Batch(batch))
            .because(reason.unwrap_or_default())
            .with(FactName::Minutes.is(minutes))
            .with(FactName::Received.is(stamps));
        keep(register, &job, &entry, act)?;
        Ok(received)
    })
}
