//! Designs from draft to approval: what sheets may be printed with. Four eyes, a right to the mark,
//! and an entry in the audit trail for every act.

use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::calendar::vietnam_day;
use crate::domain::design::{
    DesignMove, DesignRef, DesignState, DesignVersion, InvalidMove, NewDesign, NoRight, is_name,
};
use crate::store::{AnyConnection, Store, StoreError, audit, designs, people};

/// Why a design was not taken or moved. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DesignError {
    /// No design may be called so.
    #[error(
        "“{0}” cannot be the name of a design: use up to 100 characters without /, \\ and @, not \
         beginning with a full stop"
    )]
    Name(String),
    /// No such design, or no such version of it.
    #[error("the register has no design {0}: `ocop design add` enters one")]
    NoDesign(DesignRef),
    /// The step does not start from where the version stands.
    #[error("{design}: {because}")]
    Move {
        /// The version.
        design: DesignRef,
        /// Why not.
        #[source]
        because: InvalidMove,
    },
    /// The mark may not be printed.
    #[error("{design}: {because}")]
    Right {
        /// The version.
        design: DesignRef,
        /// Why not.
        #[source]
        because: NoRight,
    },
    /// The approver added or submitted it.
    #[error("{design} was added or submitted by “{by}”: somebody else must approve it (--by NAME)")]
    SamePerson {
        /// The version.
        design: DesignRef,
        /// Who.
        by: String,
    },
    /// The step needs a reason.
    #[error("give a reason to {} a design", .0.key())]
    NoReason(DesignMove),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a design as a draft: the next version of its name. The same files with the same right to the
/// mark are the version that they are already, wherever it stands.
///
/// # Errors
/// [`DesignError`].
pub fn add(
    store: &Store,
    design: &NewDesign,
    reason: &str,
    act: Act<'_>,
) -> Result<DesignVersion, DesignError> {
    if !is_name(&design.name) {
        return Err(DesignError::Name(design.name.clone()));
    }
    store.write(|register| {
        let known = designs::versions(register, &design.name)?.into_iter();
        let same = |it: &DesignVersion| it.sha256 == design.sha256 && it.right == design.right;
        if let Some(version) = known.rev().find(same) {
            return Ok(version);
        }
        let version = designs::insert(register, design, act)?;
        let right = &version.right;
        let entry = Action::AddDesign
            .on(version.id)
            .because(reason)
            .with(FactName::Design.is(version.reference().to_string()))
            .with(FactName::Sha256.is(&version.sha256))
            .with(FactName::Mark.is(&right.version))
            .with(FactName::Basis.is(&right.basis))
            .with_all(FactName::GrantedBy.may_be(right.granted_by.as_ref()))
            .with_all(FactName::Until.may_be(right.until));
        audit::record(register, act, &entry)?;
        Ok(version)
    })
}

/// Moves a version of a design, by name alone the latest. Repeating the last move changes nothing.
///
/// # Errors
/// [`DesignError`]; sending and approving check that the mark may be printed on the day.
pub fn step(
    store: &Store,
    wanted: &DesignRef,
    step: DesignMove,
    reason: &str,
    act: Act<'_>,
) -> Result<DesignVersion, DesignError> {
    if step.needs_reason() && reason.trim().is_empty() {
        return Err(DesignError::NoReason(step));
    }
    store.write(|register| {
        let version = designs::find(register, wanted)?;
        let mut version = version.ok_or_else(|| DesignError::NoDesign(wanted.clone()))?;
        let moved = version.state.after(step);
        let state =
            moved.map_err(|because| DesignError::Move { design: version.reference(), because })?;
        if state == version.state {
            return Ok(version);
        }
        check(register, &version, step, act)?;
        note(register, &mut version, state, reason, act)?;
        audit::record(register, act, &Action::from(step).on(version.id).because(reason))?;
        Ok(version)
    })
}

/// What must hold beside the order of steps.
fn check(
    register: &mut AnyConnection,
    version: &DesignVersion,
    step: DesignMove,
    act: Act<'_>,
) -> Result<(), DesignError> {
    let design = version.reference();
    if matches!(step, DesignMove::Submit | DesignMove::Approve)
        && let Err(because) = version.right.check(vietnam_day(act.at))
    {
        return Err(DesignError::Right { design, because });
    }
    if step == DesignMove::Approve && !people::has_other_eyes(register, act.by, version.asked_by())?
    {
        return Err(DesignError::SamePerson { design, by: act.by.to_owned() });
    }
    Ok(())
}

fn note(
    register: &mut AnyConnection,
    version: &mut DesignVersion,
    state: DesignState,
    reason: &str,
    act: Act<'_>,
) -> Result<(), StoreError> {
    let done = act.done();
    match state {
        DesignState::Draft => {}
        DesignState::Submitted => {
            designs::set_submitted(register, version.id, act)?;
            version.submitted = Some(done);
        }
        DesignState::Approved | DesignState::Rejected => {
            designs::set_decided(register, version.id, state, reason, act)?;
            version.decided = Some((done, reason.to_owned()));
        }
        DesignState::Withdrawn => {
            designs::set_withdrawn(register, version.id, reason, act)?;
            version.withdrawn = Some((done, reason.to_owned()));
        }
    }
    version.state = state;
    Ok(())
}
