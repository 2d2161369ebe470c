//! Destroying stamps on minutes: unused ones where the product may not carry them any more, spoiled
//! ones always.

use super::{Selection, StampError, moves};
use crate::code::text;
use crate::domain::act::Act;
use crate::domain::batch::Batch;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::destruction::{Cause, Destruction, DestructionMinutes};
use crate::domain::recognition::governing;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampMove, StampRun, StampState};
use crate::store::{
    AnyConnection, Store, StoreError, audit, batches, destructions, recognitions, stamps,
};

/// Most runs of stamps in one destruction.
pub const RUNS_MAX: usize = 1_000;

/// Most letters of the number of minutes, and of their texts.
const MINUTES_CHARS_MAX: usize = 100;
const TEXT_CHARS_MAX: usize = 1_000;

/// Stamps of a batch that are to be destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The batch.
    pub batch: BatchNumber,
    /// Why its unused stamps are; none where only spoiled ones are.
    pub cause: Option<Cause>,
    /// The stamps.
    pub runs: Vec<StampRun>,
    /// Whether there are more than [`RUNS_MAX`] runs.
    pub has_more: bool,
}

impl Due {
    /// How many stamps are to be destroyed.
    #[must_use]
    pub fn stamps(&self) -> u64 {
        self.runs.iter().map(|run| run.stamps).sum()
    }
}

/// Why a destruction was not recorded. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DestroyError {
    /// Something the minutes need is not there, or is too long.
    #[error("give the minutes' number, day, place, witnesses and reason")]
    Minutes,
    /// The destruction is to come.
    #[error("{0} is still to come: give the day on which the stamps were destroyed")]
    FutureDay(Day),
    /// The number stands for another destruction.
    #[error("minutes {0} are entered already, with another day: give another number")]
    MinutesTaken(String),
    /// There is nothing to destroy.
    #[error("batch {0} has no stamps that are to be destroyed")]
    Nothing(String),
    /// The stamps were not moved.
    #[error(transparent)]
    Stamps(#[from] StampError),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The stamps of a batch that are to be destroyed on a day.
///
/// # Errors
/// [`StoreError`].
pub fn due(register: &mut AnyConnection, batch: &Batch, today: Day) -> Result<Due, StoreError> {
    let cause = cause(register, batch, today)?;
    let (runs, has_more) = stamps::runs(register, &batch.number.serials(), RUNS_MAX)?;
    let is_due = |run: &StampRun| match run.state {
        StampState::Spoiled => true,
        state => cause.is_some() && StampMove::Destroy.starts_from().contains(&state),
    };
    let runs = runs.into_iter().filter(is_due).collect();
    Ok(Due { batch: batch.number, cause, runs, has_more })
}

/// Why the unused stamps of a batch are to be destroyed on a day; `None` where they are not.
///
/// # Errors
/// [`StoreError`].
pub fn cause(
    register: &mut AnyConnection,
    batch: &Batch,
    today: Day,
) -> Result<Option<Cause>, StoreError> {
    let all = recognitions::of_product(register, batch.intent.product)?;
    let printed = batch.intent.face.stars;
    Ok(governing(&all, today).and_then(|paper| Cause::of(printed, paper, today)))
}

/// Records that the stamps of a batch which are to be destroyed were. The same minutes again change
/// nothing.
///
/// # Errors
/// [`DestroyError`].
pub fn destroy(
    store: &Store,
    number: BatchNumber,
    minutes: &DestructionMinutes,
    act: Act<'_>,
) -> Result<Destruction, DestroyError> {
    let today = vietnam_day(act.at);
    check(minutes, today)?;
    store.write(|register| {
        let known = destructions::of_batch(register, number)?;
        if let Some(known) = known.into_iter().find(|it| it.minutes.number == minutes.number) {
            let taken = || DestroyError::MinutesTaken(minutes.number.clone());
            return (known.minutes == *minutes).then_some(known).ok_or_else(taken);
        }
        let name = text::batch(number);
        let batch = batches::get(register, number)?.filter(|batch| batch.issued_at.is_some());
        let batch = batch.ok_or_else(|| StampError::NoBatch(name.clone()))?;
        let due = due(register, &batch, today)?;
        if due.runs.is_empty() {
            return Err(DestroyError::Nothing(name));
        }
        let reason = format!("minutes {}", minutes.number);
        for run in &due.runs {
            let range = Selection::Range(run.first..=run.last);
            moves::apply(register, &range, StampMove::Destroy, &reason, act)?;
        }
        let made = destructions::insert(register, number, minutes, &due.runs, act)?;
        let detail = format!("minutes {}: {} stamps", minutes.number, made.stamps());
        audit::record(register, act, "batch.destroy", &format!("batch {name}"), &detail)?;
        Ok(made)
    })
}

fn check(minutes: &DestructionMinutes, today: Day) -> Result<(), DestroyError> {
    let fits = |text: &str, most: usize| {
        let letters = text.trim().chars().count();
        (1..=most).contains(&letters)
    };
    let texts = [&minutes.place, &minutes.witnesses, &minutes.reason];
    let all = fits(&minutes.number, MINUTES_CHARS_MAX)
        && texts.into_iter().all(|text| fits(text, TEXT_CHARS_MAX));
    if !all {
        return Err(DestroyError::Minutes);
    }
    if minutes.destroyed_on > today {
        return Err(DestroyError::FutureDay(minutes.destroyed_on));
    }
    Ok(())
}
