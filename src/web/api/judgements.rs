//! Decisions about a list of recognitions.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line};
use super::operation::Made;
use super::problem::Problem;
use super::refusal;
use crate::desk::judgements as desk;
use crate::domain::calendar::Day;
use crate::domain::ids::ProductId;
use crate::domain::judgement::{Judgement, JudgementKind};
use crate::register::judgements::PRODUCTS_MAX;
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
}

/// A decision that was entered.
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
}

/// Enters a decision about many products: all of them, or none.
pub(in crate::web) fn record(call: &Call, said: NewJudgement) -> Made<JudgementJson> {
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
    let recorded = desk::record(&call.store, &call.worker(), &products, &judgement);
    recorded.map_err(|why| refusal::whole_judgement(call.words, why))?;
    let Judgement { kind, number, signed_on, effective_on, .. } = judgement;
    let (kind, products) = (kind.key(), numbers);
    let made = JudgementJson { kind, number, signed_on, effective_on, products };
    Ok((made, urls::API_PRODUCTS.to_owned()))
}
