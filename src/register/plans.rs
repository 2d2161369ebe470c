//! Funding plans: who pays for how many stamps of a product, and since when.

use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::ids::PlanId;
use crate::domain::quota::{FundingPlan, NewPlan};
use crate::fonts::{self, Unprintable};
use crate::store::{Store, StoreError, audit, plans};

/// Most letters of a plan's code.
pub const CODE_CHARS_MAX: usize = 100;
/// Most stamps a plan pays for, for each product.
pub const STAMPS_MAX: u32 = 1_000_000;

/// Why a plan was not entered or changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It has no code or too long a one, pays for too many stamps, or ends before it begins.
    #[error(
        "give the plan a code, stamps up to {STAMPS_MAX}, and an end that is not before its start"
    )]
    Facts,
    /// No font prints its code.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The code is another's.
    #[error("there is a plan “{0}” already")]
    Taken(String),
    /// No such plan.
    #[error("there is no funding plan {0}")]
    NoPlan(PlanId),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Enters a plan, or with `id` replaces what is known of it. What products were granted with earlier
/// batches stays as it was. Entered again, it changes nothing.
///
/// # Errors
/// [`PlanError`].
pub fn keep(
    store: &Store,
    id: Option<PlanId>,
    plan: &NewPlan,
    act: Act<'_>,
) -> Result<FundingPlan, PlanError> {
    let fits = !plan.code.trim().is_empty() && plan.code.chars().count() <= CODE_CHARS_MAX;
    let is_forward = plan.active_to.is_none_or(|to| to >= plan.active_from);
    if !fits || !is_forward || plan.stamps_per_product > STAMPS_MAX {
        return Err(PlanError::Facts);
    }
    fonts::check(&plan.code)?;
    store.write(|register| {
        let namesake = plans::find(register, &plan.code)?;
        match (id, &namesake) {
            (None, Some(known)) if known.details() == *plan => return Ok(known.clone()),
            (None, Some(_)) => return Err(PlanError::Taken(plan.code.clone())),
            (Some(id), Some(other)) if other.id != id => {
                return Err(PlanError::Taken(plan.code.clone()));
            }
            _ => {}
        }
        let kept = match id {
            None => plans::insert(register, plan)?,
            Some(id) => {
                let known = plans::get(register, id)?.ok_or(PlanError::NoPlan(id))?;
                if known.details() == *plan {
                    return Ok(known);
                }
                plans::update(register, id, plan)?
            }
        };
        let action = if id.is_none() { Action::AddPlan } else { Action::UpdatePlan };
        let entry = action
            .on(kept.id)
            .with(FactName::Name.is(&plan.code))
            .with(FactName::StampsPerProduct.is(plan.stamps_per_product))
            .with(FactName::From.is(plan.active_from))
            .with_all(FactName::To.may_be(plan.active_to));
        audit::record(register, act, &entry)?;
        Ok(kept)
    })
}
