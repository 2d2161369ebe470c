//! The office's acts on the register: entering decisions, and what happens to recognitions later.

pub mod authorities;
pub mod catalogue;
pub mod designs;
pub mod inspections;
pub mod judgements;
pub mod plans;
pub mod producers;
pub mod reports;
pub mod shops;

use crate::domain::act::Act;
use crate::domain::annex::{AnnexEntry, Outcome};
use crate::domain::audit::{Action, FactName, NewEntry, Subject};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::{ProductId, RecognitionId};
use crate::domain::recognition::{Authority, Event, EventKind, Recognition, Standing, governing};
use crate::store::{
    AnyConnection, Store, StoreError, annexes, audit, authorities as offices, recognitions,
};

/// What an import did, row by row in the order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported(pub Vec<Outcome>);

impl Imported {
    /// How many rows came to what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for outcome in &self.0 {
            match outcome {
                Outcome::Entered(_) => counts.new += 1,
                Outcome::Same => counts.same += 1,
                Outcome::Different(_) => counts.different += 1,
                Outcome::Unclear(_) => counts.unclear += 1,
            }
        }
        counts
    }
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Recognitions that are new in the register.
    pub new: usize,
    /// Recognitions that were there already.
    pub same: usize,
    /// Recognitions that were there with something else said.
    pub different: usize,
    /// Rows that somebody must say more about.
    pub unclear: usize,
}

/// Whether what an import would do is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// It is only told.
    Try,
    /// New rows are entered, the others left as they are.
    EnterNew,
    /// New rows are entered, but only if no other says something else than the register or is unclear.
    EnterAll,
}

/// Why an act was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// No such product, or it was never recognised.
    #[error("product {0} has no recognition in the register")]
    NoRecognition(ProductId),
    /// The act does not follow from how the recognition stands.
    #[error("the recognition cannot be {act}: {because}")]
    Standing {
        /// What was asked.
        act: &'static str,
        /// Why not.
        because: &'static str,
    },
    /// It does not say why, or by which decision.
    #[error("say why, and to revoke a recognition, by which decision")]
    Incomplete,
    /// It would have effect before the recognition has.
    #[error("it cannot have effect before the recognition has, from {}", .0.format("%d/%m/%Y"))]
    BeforeRecognition(Day),
    /// It would have effect before its decision was signed.
    #[error("the decision cannot have effect before it was signed, on {}", .0.format("%d/%m/%Y"))]
    BeforeSignature(Day),
    /// The decision is signed after today.
    #[error("the decision cannot be signed after today")]
    SignedLater,
    /// The new end is before the signature.
    #[error("the recognition cannot end before it was signed")]
    EndBeforeSignature,
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RegisterError {
    /// The refusal's name in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoRecognition(_) => "never_recognised",
            Self::Standing { .. } => "standing",
            Self::Incomplete => "incomplete",
            Self::BeforeRecognition(_) => "before_recognition",
            Self::BeforeSignature(_) => "before_signature",
            Self::SignedLater => "signed_later",
            Self::EndBeforeSignature => "end_before_signature",
            Self::Store(_) => "",
        }
    }
}

/// Enters the rows of an annex that are new. Entering an annex again changes nothing; what a decision
/// said is not overwritten by an annex that says something else.
///
/// # Errors
/// [`StoreError`]; nothing was entered then.
pub fn import(
    store: &Store,
    entries: &[AnnexEntry],
    source: &str,
    how: Import,
    act: Act<'_>,
) -> Result<Imported, StoreError> {
    let told = |new: usize, known: usize| {
        let entry = Action::ImportAnnex.on(Subject::Register).with(FactName::File.is(source));
        entry.with(FactName::New.is(new)).with(FactName::Known.is(known))
    };
    enter_all(store, entries, (how, act), told, |register, entry| {
        annexes::record(register, entry, act.at)
    })
}

/// Why the transaction of an import is undone.
enum NotEntered {
    Told(Imported),
    Failed(StoreError),
}

impl From<StoreError> for NotEntered {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Enters issuing authorities from a list, with their dates of being in office. What the register has
/// stays; dates that it lacks are filled in.
///
/// # Errors
/// [`StoreError`]; nothing was entered then.
pub fn import_authorities(
    store: &Store,
    all: &[Authority],
    source: &str,
    how: Import,
    act: Act<'_>,
) -> Result<Imported, StoreError> {
    let told = |new: usize, _: usize| {
        let entry = Action::ImportAuthorities.on(Subject::Register);
        entry.with(FactName::File.is(source)).with(FactName::Count.is(new))
    };
    enter_all(store, all, (how, act), told, offices::record)
}

/// Does one act for each row, and undoes them all where it is only tried.
fn enter_all<T>(
    store: &Store,
    rows: &[T],
    (how, act): (Import, Act<'_>),
    told: impl Fn(usize, usize) -> NewEntry,
    enter: impl Fn(&mut AnyConnection, &T) -> Result<Outcome, StoreError>,
) -> Result<Imported, StoreError> {
    let entered = store.write(|register| {
        let outcomes = rows.iter().map(|row| enter(register, row));
        let imported = Imported(outcomes.collect::<Result<_, _>>().map_err(NotEntered::Failed)?);
        let Counts { new, same, different, unclear } = imported.counts();
        if how == Import::Try || how == Import::EnterAll && different + unclear > 0 {
            return Err(NotEntered::Told(imported));
        }
        if new > 0 {
            audit::record(register, act, &told(new, same + different))?;
        }
        Ok(imported)
    });
    match entered {
        Ok(imported) | Err(NotEntered::Told(imported)) => Ok(imported),
        Err(NotEntered::Failed(error)) => Err(error),
    }
}

/// Adds an event to the recognition a product stands by. Repeating an act that is in effect changes
/// nothing.
///
/// # Errors
/// [`RegisterError`].
pub fn record_event(
    store: &Store,
    product: ProductId,
    event: &Event,
    act: Act<'_>,
) -> Result<(), RegisterError> {
    store.write(|register| enter(register, product, event, act).map(drop))
}

/// The same of a decision about the right to the mark: a reason is always needed, and to revoke a
/// recognition the number of the decision.
///
/// # Errors
/// [`RegisterError`].
pub fn judge(
    store: &Store,
    product: ProductId,
    event: &Event,
    act: Act<'_>,
) -> Result<(), RegisterError> {
    let says = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let is_decided = event.kind != EventKind::Revoked || says(&event.decision_number);
    if !says(&event.reason) || !is_decided {
        return Err(RegisterError::Incomplete);
    }
    record_event(store, product, event, act)
}

/// Adds an event in the transaction at hand; tells which recognition it is about.
fn enter(
    register: &mut AnyConnection,
    product: ProductId,
    event: &Event,
    act: Act<'_>,
) -> Result<RecognitionId, RegisterError> {
    let today = vietnam_day(act.at);
    let all = recognitions::of_product(register, product)?;
    let recognition = governing(&all, today).ok_or(RegisterError::NoRecognition(product))?;
    if !may_enter(recognition, event, today)? {
        return Ok(recognition.id);
    }
    recognitions::add_event(register, recognition.id, event, act.at)?;
    let new_end = match event.kind {
        EventKind::EndChanged(day) => Some(day),
        EventKind::Suspended | EventKind::Reinstated | EventKind::Revoked => None,
    };
    let entry = Action::from(event.kind)
        .on(product)
        .because(event.reason.as_deref().unwrap_or_default())
        .with(FactName::EffectiveOn.is(event.effective_on))
        .with_all(FactName::Decision.may_be(event.decision_number.as_ref()))
        .with_all(FactName::SignedOn.may_be(event.signed_on))
        .with_all(FactName::EndsOn.may_be(new_end));
    audit::record(register, act, &entry)?;
    Ok(recognition.id)
}

/// Whether an event can be entered; `false` where it is entered already.
fn may_enter(recognition: &Recognition, event: &Event, today: Day) -> Result<bool, RegisterError> {
    let on = event.effective_on.max(today);
    if !changes(recognition, event, on) && recognition.events.contains(event) {
        return Ok(false);
    }
    if event.signed_on.is_some_and(|signed_on| signed_on > today) {
        return Err(RegisterError::SignedLater);
    }
    if let Some(signed_on) = event.signed_on.filter(|day| *day > event.effective_on) {
        return Err(RegisterError::BeforeSignature(signed_on));
    }
    let from = recognition.paper.effective_on;
    if event.effective_on < from {
        return Err(RegisterError::BeforeRecognition(from));
    }
    may_follow(&recognition.standing(on), event.kind, recognition.paper.signed_on)?;
    if !changes(recognition, event, on) {
        let because = "beside what is recorded already it would change nothing";
        return Err(RegisterError::Standing { act: event.kind.key(), because });
    }
    Ok(true)
}

/// Whether an event makes a difference to how a recognition stands on a day.
fn changes(recognition: &Recognition, event: &Event, on: Day) -> bool {
    let after = with(recognition, event);
    let stands = |recognition: &Recognition| (recognition.standing(on), recognition.ends_on(on));
    stands(&after) != stands(recognition)
}

/// A recognition as it is once an event is entered.
fn with(recognition: &Recognition, event: &Event) -> Recognition {
    let mut after = recognition.clone();
    after.events.push(event.clone());
    // Events of one day stay in the order in which they were recorded.
    after.events.sort_by_key(|event| event.effective_on);
    after
}

fn may_follow(standing: &Standing, kind: EventKind, signed_on: Day) -> Result<(), RegisterError> {
    let refuse = |because| Err(RegisterError::Standing { act: kind.key(), because });
    match (kind, standing) {
        (_, Standing::Revoked(_)) => refuse("it was revoked, which is final"),
        (EventKind::Suspended, Standing::Suspended(_)) => refuse("it is suspended already"),
        (EventKind::Suspended | EventKind::Reinstated, Standing::Expired { .. }) => {
            refuse("it has ended")
        }
        (EventKind::Reinstated, Standing::InForce | Standing::NotYet { .. }) => {
            refuse("it is not suspended")
        }
        (EventKind::EndChanged(end), _) if end < signed_on => {
            Err(RegisterError::EndBeforeSignature)
        }
        _ => Ok(()),
    }
}
