//! Steps 1 and 2: the order is loaded and checked; number, quota and intent are stored.

use super::eligibility::{self, Eligible, Ineligible};
use super::{IssueError, Issuer};
use crate::code::text;
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::batch::{Batch, Face, Intent};
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::OrderId;
use crate::domain::order::{Order, OrderMove};
use crate::store::{AnyConnection, audit, batches, orders, plans};

/// A batch whose intent is on disk, and whose key is at hand.
pub(super) struct Prepared {
    batch: Batch,
}

/// What there was for an order.
pub(super) enum Found {
    /// Its codes are there.
    Issued(Batch),
    /// Its intent is: stored now, or by a run that was interrupted.
    Prepared(Prepared),
}

impl Prepared {
    /// Takes up a batch that was prepared before.
    pub(super) fn again(issuer: &Issuer, batch: Batch) -> Result<Self, IssueError> {
        let found = issuer.signer.key_id();
        if batch.intent.key_id != found {
            let (wanted, found) = (batch.intent.key_id, found.to_owned());
            return Err(IssueError::OtherKey { wanted, found });
        }
        // A key that has run out since may finish what it began; one that leaked may not.
        if issuer.public_key.validity.compromised_since.is_some() {
            return Err(IssueError::KeyMayNotSign(batch.intent.key_id));
        }
        Ok(Self { batch })
    }

    pub(super) fn into_batch(self) -> Batch {
        self.batch
    }
}

pub(super) fn prepare(issuer: &Issuer, order: OrderId, act: Act<'_>) -> Result<Found, IssueError> {
    let seed = issuer.random.secret()?;
    let batch = issuer.store.write(|register| {
        let order = orders::get(register, order)?.ok_or(IssueError::NoOrder(order))?;
        order.state.after(OrderMove::Issue)?;
        match batches::of_order(register, order.id)? {
            Some(batch) => Ok(batch),
            None => store_intent(register, issuer, &order, seed, act),
        }
    })?;
    if batch.issued_at.is_some() {
        return Ok(Found::Issued(batch));
    }
    Prepared::again(issuer, batch).map(Found::Prepared)
}

fn store_intent(
    register: &mut AnyConnection,
    issuer: &Issuer,
    order: &Order,
    seed: [u8; 32],
    act: Act<'_>,
) -> Result<Batch, IssueError> {
    if !issuer.public_key.validity.may_sign(act.at) {
        return Err(IssueError::KeyMayNotSign(issuer.public_key.id.clone()));
    }
    let request = &order.request;
    let eligible = eligibility::product(register, request.product, vietnam_day(act.at))??;
    take_quota(register, order, act)?;
    let intent = intent(issuer, order, eligible, seed);
    let batch = batches::insert(register, &intent, act.at)?.ok_or(IssueError::NumbersUsedUp)?;
    let entry = Action::PrepareOrder
        .on(order.id)
        .with(FactName::Batch.is(text::batch(batch.number)))
        .with(FactName::Key.is(&intent.key_id));
    audit::record(register, act, &entry)?;
    Ok(batch)
}

fn take_quota(register: &mut AnyConnection, order: &Order, act: Act<'_>) -> Result<(), IssueError> {
    let request = &order.request;
    if request.replaces.is_some() {
        // What was spoiled is charged already.
        return Ok(());
    }
    let (product, asked) = (request.product, request.quantity.get());
    let on = vietnam_day(act.at);
    let plan = eligibility::funding(register, request.funding, product, asked, on)??;
    let Some(plan) = plan else { return Ok(()) };
    if plans::take(register, &plan, product, asked)? {
        return Ok(());
    }
    let remaining = plans::remaining(register, &plan, product)?;
    Err(Ineligible::QuotaExceeded { plan: plan.code, remaining, asked }.into())
}

fn intent(issuer: &Issuer, order: &Order, eligible: Eligible, seed: [u8; 32]) -> Intent {
    let Eligible { product, producer, recognition } = eligible;
    Intent {
        order: order.id,
        product: product.id,
        recognition: recognition.id,
        quantity: order.request.quantity,
        key_id: issuer.signer.key_id().to_owned(),
        seed,
        face: Face {
            host: issuer.host.to_string(),
            profile: issuer.profile,
            gtin: product.details.gtin,
            product_name: recognition.paper.product_name,
            commune: producer.details.contact.commune.map(|it| it.title().to_owned()),
            producer_name: producer.details.name,
            stars: recognition.paper.stars,
        },
    }
}
