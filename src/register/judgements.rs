//! Decisions about a list of recognitions: all of it is entered, or nothing.

use std::collections::BTreeSet;

use super::{RegisterError, enter, may_enter, with};
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::{JudgementId, ProductId};
use crate::domain::judgement::Judgement;
use crate::domain::recognition::{Recognition, Standing};
use crate::store::{Store, StoreError, audit, judgements};

/// Most products of one decision.
pub const PRODUCTS_MAX: usize = 1_000;
/// Most letters of its number.
pub const NUMBER_CHARS_MAX: usize = 100;
/// Most letters of who signed it.
pub const SIGNER_CHARS_MAX: usize = 200;
/// Most letters of its reason.
pub const REASON_CHARS_MAX: usize = 1_000;

/// Why a decision was not entered. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum JudgementError {
    /// It lacks a number, a signer or a reason, or one is too long, or it was signed after today.
    #[error("give number, day of signature, signer and reason of the decision")]
    Incomplete,
    /// Its list is empty, or too long.
    #[error("choose between 1 and {PRODUCTS_MAX} products")]
    Products,
    /// There is another of that number and day.
    #[error("decision {0} of that day is in the register with other facts or another list")]
    Taken(String),
    /// It does not follow from how a recognition on its list stands.
    #[error("product {0}: {1}")]
    Refused(ProductId, #[source] RegisterError),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How a recognition will stand once a decision is entered, on the day it has effect.
///
/// # Errors
/// [`RegisterError`]: why it cannot be entered.
pub fn outcome(
    recognition: &Recognition,
    judgement: &Judgement,
    today: Day,
) -> Result<Standing, RegisterError> {
    let event = judgement.event();
    may_enter(recognition, &event, today)?;
    Ok(with(recognition, &event).standing(judgement.effective_on.max(today)))
}

/// Enters a decision about the recognitions that these products stand by. Entered again, it changes
/// nothing.
///
/// # Errors
/// [`JudgementError`].
pub fn record(
    store: &Store,
    products: &BTreeSet<ProductId>,
    judgement: &Judgement,
    act: Act<'_>,
) -> Result<JudgementId, JudgementError> {
    check(judgement, vietnam_day(act.at))?;
    if products.is_empty() || products.len() > PRODUCTS_MAX {
        return Err(JudgementError::Products);
    }
    store.write(|register| {
        let known = judgements::find(register, &judgement.number, judgement.signed_on)?;
        let mut list = BTreeSet::new();
        for &product in products {
            let entered = enter(register, product, &judgement.event(), act);
            list.insert(entered.map_err(|why| match why {
                RegisterError::Store(why) => JudgementError::Store(why),
                why => JudgementError::Refused(product, why),
            })?);
        }
        match known {
            Some((id, same, of)) if same == *judgement && of == list => return Ok(id),
            Some(_) => return Err(JudgementError::Taken(judgement.number.clone())),
            None => {}
        }
        let id = judgements::insert(register, judgement, &list, act)?;
        let entry = Action::RecordJudgement
            .on(id)
            .because(&judgement.reason)
            .with(FactName::Decision.is(&judgement.number))
            .with(FactName::SignedOn.is(judgement.signed_on))
            .with(FactName::Signer.is(&judgement.signer))
            .with(FactName::Judgement.is_word(judgement.kind.key()))
            .with(FactName::Products.is(list.len()));
        audit::record(register, act, &entry)?;
        Ok(id)
    })
}

fn check(judgement: &Judgement, today: Day) -> Result<(), JudgementError> {
    let fits = |text: &str, most| !text.trim().is_empty() && text.chars().count() <= most;
    let is_whole = fits(&judgement.number, NUMBER_CHARS_MAX)
        && fits(&judgement.signer, SIGNER_CHARS_MAX)
        && fits(&judgement.reason, REASON_CHARS_MAX)
        && judgement.signed_on <= today;
    if is_whole { Ok(()) } else { Err(JudgementError::Incomplete) }
}
