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
    /// How many recognitions were new, were there already, and were there with something else said.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        self.0.iter().fold((0, 0, 0), |(new, same, different), outcome| match outcome {
            Outcome::Entered(_) => (new + 1, same, different),
            Outcome::Same => (new, same + 1, different),
            Outcome::Different(_) => (new, same, different + 1),
        })
    }
}

/// Whether what an import would do is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// It is only told.
    Try,
    /// New rows are entered, the others left as they are.
    EnterNew,
    /// New rows are entered, but only if no other says something else than the register.
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
    /// The new end is before the signature.
    #[error("the recognition cannot end before it was signed")]
    EndBeforeSignature,
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
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
    let entered = store.write(|register| {
        let outcomes = entries.iter().map(|entry| annexes::record(register, entry, act.at));
        let imported = Imported(outcomes.collect::<Result<_, _>>().map_err(NotEntered::Failed)?);
        let (new, same, different) = imported.counts();
        if how == Import::Try || how == Import::EnterAll && different > 0 {
            return Err(NotEntered::Told(imported));
        }
        if new > 0 {
            let detail = format!("{new} new, {} known", same + different);
            audit::record(register, act, "register.import", source, &detail)?;
        }
        Ok(imported)
    });
    match entered {
        Ok(imported) | Err(NotEntered::Told(imported)) => Ok(imported),
        Err(NotEntered::Failed(error)) => Err(error),
    }
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

/// Enters issuing authorities from a list, with their dates of being in office; tells how many the
/// register did not know like this.
///
/// # Errors
/// [`StoreError`].
pub fn import_authorities(
    store: &Store,
    all: &[Authority],
    source: &str,
    act: Act<'_>,
) -> Result<usize, StoreError> {
    store.write(|register| {
        let mut changed = 0;
        for authority in all {
            let before = offices::find(register, &authority.name)?;
            let before = before.map(|id| offices::get(register, id)).transpose()?.flatten();
            let id = offices::put(register, authority)?;
            changed += usize::from(before != offices::get(register, id)?);
        }
        if changed > 0 {
            let detail = format!("{changed} authorities");
            audit::record(register, act, "authority.import", source, &detail)?;
        }
        Ok(changed)
    })
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
    let action = format!("recognition.{}", event.kind.key());
    let detail = format!(
        "from {}; decision {}; {}",
        event.effective_on,
        event.decision_number.as_deref().unwrap_or("–"),
        event.reason.as_deref().unwrap_or("–"),
    );
    audit::record(register, act, &action, &object(product), &detail)?;
    Ok(recognition.id)
}

/// Whether an event can be entered; `false` where it is entered already.
fn may_enter(recognition: &Recognition, event: &Event, today: Day) -> Result<bool, RegisterError> {
    let on = event.effective_on.max(today);
    if !changes(recognition, event, on) && recognition.events.contains(event) {
        return Ok(false);
    }
    may_follow(&recognition.standing(on), event.kind, recognition.paper.signed_on)?;
    if !changes(recognition, event, on) {
        let because = "beside what is recorded already it would change nothing";
        return Err(RegisterError::Standing { act: event.kind.key(), because });
    }
    Ok(true)
}

/// A product's name in the audit trail.
#[must_use]
pub fn object(id: ProductId) -> String {
    format!("product {id}")
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
        (_, Standing::Revoked { .. }) => refuse("it was revoked, which is final"),
        (EventKind::Suspended, Standing::Suspended { .. }) => refuse("it is suspended already"),
        (EventKind::Suspended | EventKind::Reinstated, Standing::Expired { .. }) => {
            refuse("it has ended")
        }
        (EventKind::Reinstated, Standing::InForce | Standing::NotYet) => {
            refuse("it is not suspended")
        }
        (EventKind::EndChanged(end), _) if end < signed_on => {
            Err(RegisterError::EndBeforeSignature)
        }
        _ => Ok(()),
    }
}
