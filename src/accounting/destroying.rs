//! Destroying stamps on minutes, by two people: unused ones where the product may not carry them any
//! more, spoiled ones always.

use super::{Selection, StampError, moves};
use crate::code::text;
use crate::domain::act::{Act, Done};
use crate::domain::audit::{Action, Fact, FactName};
use crate::domain::batch::Batch;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::destruction::{
    Cause, Destruction, DestructionMinutes, DestructionMove, DestructionState, InvalidMove,
};
use crate::domain::ids::DestructionId;
use crate::domain::recognition::governing;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampMove, StampRun, StampState};
use crate::fonts::{self, Unprintable};
use crate::store::{
    AnyConnection, Store, StoreError, audit, batches, destructions, people, recognitions, stamps,
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

impl DestroyError {
    /// The refusal's name in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Unprintable(_) => "unprintable",
            Self::FutureDay(_) => "future_day",
            Self::BeforeIssue(_) => "before_issue",
            Self::Counted(..) => "counted",
            Self::MinutesTaken(_) => "minutes_taken",
            Self::Nothing(_) => "nothing_to_destroy",
            Self::Waiting(_) => "waiting",
            Self::Move(_) | Self::Decided { .. } => "moved",
            Self::SamePerson { .. } => "same_person",
            Self::NotOwn { .. } => "not_own",
            Self::NoReason(_) => "no_reason",
            Self::Changed(_) => "stamps_changed",
            Self::Stamps(why) => why.key(),
            Self::NoDestruction(_) | Self::Store(_) => "",
        }
    }
}

impl Due {
    /// How many stamps are to be destroyed.
    #[must_use]
    pub fn stamps(&self) -> u64 {
        self.runs.iter().map(|run| run.stamps).sum()
    }
}

/// Why a destruction was not recorded or decided on. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DestroyError {
    /// Something the minutes need is not there, or is too long.
    #[error("give the minutes' number, day, place, witnesses and reason")]
    Minutes,
    /// No font prints what the minutes would say.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The destruction is to come.
    #[error("{0} is still to come: give the day on which the stamps were destroyed")]
    FutureDay(Day),
    /// The destruction is from before there were stamps.
    #[error(
        "on {0} the codes were not issued yet: give the day on which the stamps were destroyed"
    )]
    BeforeIssue(Day),
    /// The minutes state another number than are to be destroyed.
    #[error("the minutes state {0} stamps, {1} are to be destroyed: look at them again")]
    Counted(u64, u64),
    /// The number stands for another destruction.
    #[error("minutes {0} are entered already, with another day: give another number")]
    MinutesTaken(String),
    /// There is nothing to destroy.
    #[error("batch {0} has no stamps that are to be destroyed")]
    Nothing(String),
    /// One of the batch waits already.
    #[error(
        "minutes {0} of this batch wait to be confirmed: confirm, refuse or withdraw them first"
    )]
    Waiting(String),
    /// No such destruction.
    #[error("the register has no destruction {0}")]
    NoDestruction(DestructionId),
    /// The step does not start from where it stands.
    #[error(transparent)]
    Move(#[from] InvalidMove),
    /// Somebody has decided.
    #[error(
        "minutes {minutes} are {} already, by “{}” on {}",
        .state.key(), .done.by, vietnam_day(.done.at).format("%d/%m/%Y")
    )]
    Decided {
        /// The number of the minutes.
        minutes: String,
        /// Where they stand.
        state: DestructionState,
        /// Who decided, and when.
        done: Done,
    },
    /// Who decides recorded it.
    #[error("minutes {minutes} were recorded by “{by}”: somebody else must decide (--by NAME)")]
    SamePerson {
        /// The number of the minutes.
        minutes: String,
        /// Who.
        by: String,
    },
    /// Who withdraws did not record it.
    #[error("minutes {minutes} were recorded by “{by}”, who alone can withdraw them: refuse them")]
    NotOwn {
        /// The number of the minutes.
        minutes: String,
        /// Who recorded them.
        by: String,
    },
    /// The step needs a reason.
    #[error("give a reason (at most 1.000 letters) to {} a destruction", .0.key())]
    NoReason(DestructionMove),
    /// The stamps do not stand any more as they were recorded.
    #[error("the stamps of minutes {0} have changed since: refuse them, and record them anew")]
    Changed(String),
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
    let states = match cause {
        Some(_) => StampMove::Destroy.starts_from(),
        None => &[StampState::Spoiled],
    };
    let (runs, has_more) = stamps::runs(register, &batch.number.serials(), states, RUNS_MAX)?;
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

/// Records that the stamps of a batch which are to be destroyed were, for somebody else to confirm. No
/// stamp is moved. The same minutes again change nothing.
///
/// # Errors
/// [`DestroyError`].
pub fn record(
    store: &Store,
    number: BatchNumber,
    minutes: &DestructionMinutes,
    act: Act<'_>,
) -> Result<Destruction, DestroyError> {
    let today = vietnam_day(act.at);
    check(minutes, today)?;
    fonts::check(act.by)?;
    store.write(|register| {
        let known = destructions::of_batch(register, number)?;
        let waiting = known.iter().find(|it| it.is_waiting());
        let waiting = waiting.map(|it| it.minutes.number.clone());
        // Minutes that were turned down are recorded anew, mended, under their number.
        let mut standing = known.into_iter().filter(|it| !it.is_turned_down());
        if let Some(known) = standing.find(|it| it.minutes.number == minutes.number) {
            let taken = || DestroyError::MinutesTaken(minutes.number.clone());
            return (known.minutes == *minutes).then_some(known).ok_or_else(taken);
        }
        if let Some(waiting) = waiting {
            return Err(DestroyError::Waiting(waiting));
        }
        let name = text::batch(number);
        let batch = issued(register, number)?;
        let issued_on = batch.issued_at.map(vietnam_day);
        if issued_on.is_some_and(|day| minutes.destroyed_on < day) {
            return Err(DestroyError::BeforeIssue(minutes.destroyed_on));
        }
        let due = due(register, &batch, today)?;
        if due.runs.is_empty() {
            return Err(DestroyError::Nothing(name));
        }
        let made = destructions::insert(register, number, minutes, &due.runs, act)?;
        let entry = Action::RecordDestruction.on(made.id).with_all(facts(&made));
        audit::record(register, act, &entry)?;
        Ok(made)
    })
}

/// The same of so many stamps as the minutes state: no others than somebody has seen are to be destroyed.
///
/// # Errors
/// [`DestroyError`]: above all [`DestroyError::Counted`].
pub fn record_counted(
    store: &Store,
    number: BatchNumber,
    minutes: &DestructionMinutes,
    stated: u64,
    act: Act<'_>,
) -> Result<Destruction, DestroyError> {
    store.together(|store| {
        let made = record(store, number, minutes, act)?;
        let due = made.stamps();
        if due == stated { Ok(made) } else { Err(DestroyError::Counted(stated, due)) }
    })
}

/// Takes a step with a destruction; confirming it destroys the stamps. Repeating the step changes
/// nothing.
///
/// # Errors
/// [`DestroyError`].
pub fn decide(
    store: &Store,
    id: DestructionId,
    step: DestructionMove,
    reason: &str,
    act: Act<'_>,
) -> Result<Destruction, DestroyError> {
    let reason = reason.trim();
    fonts::check(act.by)?;
    store.write(|register| {
        let found = destructions::get(register, id)?;
        let found = found.ok_or(DestroyError::NoDestruction(id))?;
        if !found.is_waiting() {
            return repeated(register, found, step, act);
        }
        let state = found.state.after(step)?;
        may_decide(register, &found, step, reason, act)?;
        if step == DestructionMove::Confirm {
            destroy(register, &found, act)?;
        }
        let why = step.needs_reason().then_some(reason);
        // Who withdraws is who recorded it, by the name that stands there, however it is spelt now.
        let by = if step == DestructionMove::Withdraw { &found.done.by } else { act.by };
        let decision = Act { by, ..act };
        destructions::set_decided(register, id, state, why, decision)?;
        let entry = Action::from(step).on(id).because(why.unwrap_or_default());
        audit::record(register, act, &entry.with_all(facts(&found)))?;
        let decided = Some((decision.done(), why.map(str::to_owned)));
        Ok(Destruction { state, decided, ..found })
    })
}

/// One that was decided on: the same step by the same person changes nothing, whoever else comes is
/// told who decided.
fn repeated(
    register: &mut AnyConnection,
    found: Destruction,
    step: DestructionMove,
    act: Act<'_>,
) -> Result<Destruction, DestroyError> {
    let by = found.decided.as_ref().map(|(done, _)| done.by.clone());
    let is_own = by.map(|by| people::are_one(register, &by, act.by)).transpose()?;
    let is_repeated = found.state == step.leads_to() && is_own == Some(true);
    match &found.decided {
        Some(_) if is_repeated => Ok(found),
        Some((done, _)) => Err(DestroyError::Decided {
            minutes: found.minutes.number.clone(),
            state: found.state,
            done: done.clone(),
        }),
        None => found.state.after(step).map(|_| found).map_err(DestroyError::Move),
    }
}

/// What the audit trail says of a destruction.
fn facts(it: &Destruction) -> [Fact; 2] {
    [FactName::Minutes.is(&it.minutes.number), FactName::Stamps.is(it.stamps())]
}

fn may_decide(
    register: &mut AnyConnection,
    found: &Destruction,
    step: DestructionMove,
    reason: &str,
    act: Act<'_>,
) -> Result<(), DestroyError> {
    let may = if step.is_own() {
        people::are_one(register, &found.done.by, act.by)?
    } else {
        people::has_other_eyes(register, act.by, [found.done.by.as_str()])?
    };
    if !may {
        let minutes = found.minutes.number.clone();
        return Err(match step {
            DestructionMove::Withdraw => {
                DestroyError::NotOwn { minutes, by: found.done.by.clone() }
            }
            DestructionMove::Confirm | DestructionMove::Refuse => {
                DestroyError::SamePerson { minutes, by: act.by.to_owned() }
            }
        });
    }
    if step.needs_reason() && !fits(reason, TEXT_CHARS_MAX) {
        return Err(DestroyError::NoReason(step));
    }
    Ok(())
}

/// Moves exactly the stamps that were recorded, where each stands as it did and must go still.
fn destroy(
    register: &mut AnyConnection,
    found: &Destruction,
    act: Act<'_>,
) -> Result<(), DestroyError> {
    let batch = issued(register, found.batch)?;
    let cause = cause(register, &batch, vietnam_day(act.at))?;
    let changed = || DestroyError::Changed(found.minutes.number.clone());
    for run in &found.runs {
        let is_due = run.state == StampState::Spoiled || cause.is_some();
        // Two are asked for: another one tells that the run was broken.
        let (there, _) = stamps::runs(register, &(run.first..=run.last), &StampState::ALL, 2)?;
        if !is_due || there != [*run] {
            return Err(changed());
        }
    }
    let ranges: Vec<_> = found.runs.iter().map(|run| run.first..=run.last).collect();
    let entry = moves::entry(&Selection::Batch(found.batch), StampMove::Destroy, "");
    let entry = entry.with(FactName::Minutes.is(&found.minutes.number));
    moves::apply_to(register, &ranges, StampMove::Destroy, &entry, act)?;
    Ok(())
}

fn issued(register: &mut AnyConnection, number: BatchNumber) -> Result<Batch, DestroyError> {
    let batch = batches::get(register, number)?.filter(|batch| batch.issued_at.is_some());
    Ok(batch.ok_or_else(|| StampError::NoBatch(text::batch(number)))?)
}

fn fits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.trim().chars().count())
}

fn check(minutes: &DestructionMinutes, today: Day) -> Result<(), DestroyError> {
    let texts = [&minutes.place, &minutes.witnesses, &minutes.reason];
    let all = fits(&minutes.number, MINUTES_CHARS_MAX)
        && texts.into_iter().all(|text| fits(text, TEXT_CHARS_MAX));
    if !all {
        return Err(DestroyError::Minutes);
    }
    fonts::check_all(texts.into_iter().chain([&minutes.number]))?;
    if minutes.destroyed_on > today {
        return Err(DestroyError::FutureDay(minutes.destroyed_on));
    }
    Ok(())
}
