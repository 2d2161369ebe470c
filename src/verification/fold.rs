//! The one place where what the register knows becomes a verdict.

use crate::domain::calendar::Day;
use crate::domain::recognition::{Recognition, Standing, governing};
use crate::domain::serial::Serial;
use crate::domain::stamp::StampState;
use crate::domain::verdict::{Concern, Finding, ProductFacts, RecognitionFacts};
use crate::store::StoreError;
use crate::store::lookup::{BatchFacts, StampRecord};

/// What is found on a day.
///
/// # Errors
/// [`StoreError::Corrupt`] where a product with stamps has no recognition.
pub(super) fn finding(
    serial: Serial,
    stamp: StampRecord,
    facts: &BatchFacts,
    on: Day,
) -> Result<Finding, StoreError> {
    let governed = governing(facts.recognitions.iter().map(|(recognition, _)| recognition), on)
        .and_then(|chosen| facts.recognitions.iter().find(|(it, _)| it.id == chosen.id));
    let (recognition, authority) = governed.ok_or(StoreError::Corrupt("recognition"))?;
    let (product, producer) = (&facts.product.details, &facts.producer.details);
    Ok(Finding {
        serial,
        concerns: concerns(&stamp, recognition, on),
        recognition: RecognitionFacts {
            stars: recognition.paper.stars,
            decision_number: recognition.paper.decision_number.clone(),
            authority: authority.clone(),
            signed_on: recognition.paper.signed_on,
            ends_on: recognition.ends_on(on),
        },
        printed_stars: facts.printed_stars,
        issued_at: facts.issued_at,
        activated_at: stamp.activated_at,
        lot: stamp.lot,
        scans: stamp.scans,
        product: ProductFacts {
            name: product.name.clone(),
            group: product.group,
            gtin: product.gtin.map(|gtin| gtin.to_string()),
            net_quantity: product.net_quantity.clone(),
            photo: facts.product.photo.clone(),
            producer_name: producer.name.clone(),
            producer_kind: producer.kind,
            producer_address: producer.address.clone(),
        },
    })
}

/// All that speaks against a stamp, worst first: danger to health, then a stamp that must not be in
/// the market, then the product's recognition, then the stamp's own progress.
fn concerns(stamp: &StampRecord, recognition: &Recognition, on: Day) -> Vec<Concern> {
    let recalled = stamp.lot.as_ref().and_then(|lot| lot.recall.as_ref());
    let recalled = recalled.filter(|recall| recall.since <= on).map(|_| Concern::Recalled);
    let void = stamp.state.is_void().then_some(Concern::Void);
    let standing = match recognition.standing(on) {
        Standing::InForce | Standing::NotYet => None,
        Standing::Revoked { since, decision_number } => {
            Some(Concern::Revoked { since, decision_number })
        }
        Standing::Suspended { since } => Some(Concern::Suspended { since }),
        Standing::Expired { ended_on } => Some(Concern::Expired { ended_on }),
    };
    let waiting =
        matches!(stamp.state, StampState::Issued | StampState::Printed | StampState::HandedOver);
    let not_activated = waiting.then_some(Concern::NotActivated);
    [recalled, void, standing, not_activated].into_iter().flatten().collect()
}
