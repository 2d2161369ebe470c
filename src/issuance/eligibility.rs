//! Whether a product may have stamps on a day, and on whose money.

use crate::domain::calendar::Day;
use crate::domain::design::Misfit;
use crate::domain::ids::ProductId;
use crate::domain::producer::Producer;
use crate::domain::product::Product;
use crate::domain::quota::{Funding, FundingPlan};
use crate::domain::recognition::{Recognition, Standing, governing};
use crate::fonts::{self, Unprintable};
use crate::store::{AnyConnection, StoreError, plans, products, recognitions};

/// Why a product may not have the stamps asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ineligible {
    /// No such product.
    #[error("there is no product {0}")]
    NoProduct(ProductId),
    /// A service has no unit to put a stamp on.
    #[error("services (group 6) cannot carry stamps")]
    Service,
    /// The product was never recognised.
    #[error("the product has no recognition in the register")]
    NeverRecognised,
    /// Its recognition is not in force.
    #[error("the product's recognition is not in force: {}", in_words(.0))]
    NotInForce(Standing),
    /// One or two stars give no right to the mark.
    #[error("only products of 3 stars or more may carry the mark; this has {0}")]
    TooFewStars(u8),
    /// No approved design can carry what its stamps would say.
    #[error("no approved design can carry the product: {}", misfits_in_words(.0))]
    NoDesign(Vec<Misfit>),
    /// A text of its stamps cannot be printed.
    #[error("{0}")]
    Unprintable(Unprintable),
    /// No such funding plan.
    #[error("there is no such funding plan")]
    NoPlan,
    /// The plan is not open on that day.
    #[error("the funding plan {0} is not open on this day")]
    PlanClosed(String),
    /// The quota does not cover the order.
    #[error(
        "{plan} pays for {remaining} more stamps for this product, {asked} were asked for: order \
         fewer, or order the rest as self-paid"
    )]
    QuotaExceeded {
        /// The plan's code.
        plan: String,
        /// Stamps left.
        remaining: u32,
        /// Stamps asked for.
        asked: u32,
    },
}

impl Ineligible {
    /// The refusal's name in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoProduct(_) => "no_product",
            Self::Service => "service",
            Self::NeverRecognised => "never_recognised",
            Self::NotInForce(Standing::InForce | Standing::NotYet { .. }) => "not_yet",
            Self::NotInForce(Standing::Expired { .. }) => "expired",
            Self::NotInForce(Standing::Suspended(_)) => "suspended",
            Self::NotInForce(Standing::Revoked(_)) => "revoked",
            Self::TooFewStars(_) => "too_few_stars",
            Self::NoDesign(_) => "no_design",
            Self::Unprintable(_) => "unprintable",
            Self::NoPlan => "no_plan",
            Self::PlanClosed(_) => "plan_closed",
            Self::QuotaExceeded { .. } => "quota",
        }
    }
}

fn misfits_in_words(misfits: &[Misfit]) -> String {
    misfits.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn in_words(standing: &Standing) -> String {
    match standing {
        Standing::InForce => "in force".into(),
        Standing::NotYet { from } => format!("it is not in force before {from}"),
        Standing::Expired { ended_on } => format!("it ended on {ended_on}"),
        Standing::Suspended(by) => format!("it is suspended since {}", by.since),
        Standing::Revoked(by) => format!("it was revoked on {}", by.since),
    }
}

/// A product that may have stamps, with what is printed on them.
pub struct Eligible {
    /// The product.
    pub product: Product,
    /// Its producer.
    pub producer: Producer,
    /// The recognition in force.
    pub recognition: Recognition,
}

/// Checks that a product may have stamps on a day.
///
/// # Errors
/// `Ok(Err(…))` says why it may not; [`StoreError`] that the register could not be asked.
pub fn product(
    connection: &mut AnyConnection,
    id: ProductId,
    on: Day,
) -> Result<Result<Eligible, Ineligible>, StoreError> {
    let Some((product, producer)) = products::get(connection, id)? else {
        return Ok(Err(Ineligible::NoProduct(id)));
    };
    let recognitions = recognitions::of_product(connection, id)?;
    Ok(judge(product, producer, &recognitions, on))
}

fn judge(
    product: Product,
    producer: Producer,
    recognitions: &[Recognition],
    on: Day,
) -> Result<Eligible, Ineligible> {
    if !product.details.group.can_carry_stamps() {
        return Err(Ineligible::Service);
    }
    let recognition = governing(recognitions, on).ok_or(Ineligible::NeverRecognised)?.clone();
    let standing = recognition.standing(on);
    if standing != Standing::InForce {
        return Err(Ineligible::NotInForce(standing));
    }
    if !recognition.paper.stars.may_carry_mark() {
        return Err(Ineligible::TooFewStars(recognition.paper.stars.get()));
    }
    let paper = &recognition.paper;
    for text in [&paper.product_name, &producer.details.name, &paper.decision_number] {
        fonts::check(text).map_err(Ineligible::Unprintable)?;
    }
    Ok(Eligible { product, producer, recognition })
}

/// Checks that a funding covers so many stamps of a product, and returns the plan that pays; `None`
/// when the producer does.
///
/// # Errors
/// As [`product`].
pub fn funding(
    connection: &mut AnyConnection,
    funding: Funding,
    product: ProductId,
    stamps: u32,
    on: Day,
) -> Result<Result<Option<FundingPlan>, Ineligible>, StoreError> {
    let Funding::Plan(id) = funding else { return Ok(Ok(None)) };
    let Some(plan) = plans::get(connection, id)? else { return Ok(Err(Ineligible::NoPlan)) };
    if !plan.is_open(on) {
        return Ok(Err(Ineligible::PlanClosed(plan.code)));
    }
    let remaining = plans::remaining(connection, &plan, product)?;
    if remaining < stamps {
        return Ok(Err(Ineligible::QuotaExceeded { plan: plan.code, remaining, asked: stamps }));
    }
    Ok(Ok(Some(plan)))
}
