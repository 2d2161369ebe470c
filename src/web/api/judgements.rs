//! Decisions about a list of recognitions.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line};
use super::problem::Problem;
use super::refusal;
use super::telling::{MadeOrShown, tried};
use crate::desk::judgements as desk;
use crate::domain::calendar::Day;
use crate::domain::ids::ProductId;
use crate::domain::judgement::{Judgement, JudgementKind};
use crate::register::judgements::PRODUCTS_MAX;
use crate::store::Store;
use crate::web::urls;

/// A decision, with the products that it is about.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NewJudgement {
    /// What it does.
    #[schemars(extend("enum" = JudgementKind::ALL.map(JudgementKind::key)))]
    kind: String,
    /// Its number.
    number: Line,
    /// Day of signature.
    signed_on: Date,
    /// Who signed.
    signer: Line,
    /// The first day of effect.
    effective_on: Date,
    /// Why, as it says.
    reason: Line,
    /// Numbers of the products.
    #[schemars(length(min = 1, max = PRODUCTS_MAX), extend("uniqueItems" = true))]
    products: Vec<i64>,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// A decision that was entered, or would be.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Judgement")]
pub(in crate::web) struct JudgementJson {
    /// What it does.
    #[schemars(extend("enum" = JudgementKind::ALL.map(JudgementKind::key)))]
    kind: &'static str,
    /// Its number.
    number: String,
    /// Day of signature.
    signed_on: Day,
    /// The first day of effect.
    effective_on: Day,
    /// Numbers of the products.
    products: BTreeSet<i64>,
    /// Whether nothing was entered: it says what would be.
    preview: bool,
}

/// There is nothing that must be there before.
#[expect(clippy::unnecessary_wraps, reason = "of other things, something must be")]
pub(in crate::web) fn is_there(_: &Call) -> Result<(), Problem> {
    Ok(())
}

/// Enters a decision about many products: all of them, or none.
pub(in crate::web) fn record(call: &Call, said: NewJudgement) -> MadeOrShown<JudgementJson> {
    let judgement = Judgement {
        kind: JudgementKind::from_key(&said.kind).ok_or_else(|| call.invalid("#/kind"))?,
        number: said.number.0,
        signed_on: said.signed_on.0,
        signer: said.signer.0,
        effective_on: said.effective_on.0,
        reason: said.reason.0,
    };
    let numbers: BTreeSet<i64> = said.products.iter().copied().collect();
    if numbers.len() < said.products.len() {
        return Err(Problem::field(call.words, "#/products", "duplicate"));
    }
    let products = numbers.iter().map(|id| ProductId(*id)).collect();
    let (worker, preview) = (call.worker(), said.preview);
    let record = |store: &Store| desk::record(store, &worker, &products, &judgement);
    let recorded = tried(call, preview, record);
    recorded.map_err(|why| refusal::whole_judgement(call.words, why))?;
    let Judgement { kind, number, signed_on, effective_on, .. } = judgement;
    let (kind, products) = (kind.key(), numbers);
    let made = JudgementJson { kind, number, signed_on, effective_on, products, preview };
    Ok((made, (!preview).then(|| urls::API_PRODUCTS.to_owned())))
}
