//! The one place where what the register knows becomes a verdict.

use crate::domain::calendar::Day;
use crate::domain::recognition::{Recognition, Standing, governing};
use crate::domain::serial::Serial;
use crate::domain::stamp::StampState;
use crate::domain::verdict::{Concern, Finding, ProductFacts, RecognitionFacts};
use crate::store::StoreError;
use crate::store::lookup::Known;

/// What is found on a day.
///
/// # Errors
/// [`StoreError::Corrupt`] where a product with stamps has no recognition.
pub(super) fn finding(serial: Serial, known: Known, on: Day) -> Result<Finding, StoreError> {
    let governed = governing(known.recognitions.iter().map(|(recognition, _)| recognition), on)
        .and_then(|chosen| known.recognitions.iter().find(|(it, _)| it.id == chosen.id));
    let (recognition, authority) = governed.ok_or(StoreError::Corrupt("recognition"))?;
    let concerns = concerns(&known, recognition, on);
    let recognition = RecognitionFacts {
        stars: recognition.paper.stars,
        decision_number: recognition.paper.decision_number.clone(),
        authority: authority.clone(),
        signed_on: recognition.paper.signed_on,
        ends_on: recognition.ends_on(on),
    };
    Ok(Finding {
        serial,
        concerns,
        recognition,
        printed_stars: known.printed_stars,
        issued_at: known.issued_at,
        activated_at: known.activated_at,
        lot: known.lot,
        scans: known.scans,
        product: ProductFacts {
            name: known.product.details.name,
            group: known.product.details.group,
            gtin: known.product.details.gtin.map(|gtin| gtin.to_string()),
            net_quantity: known.product.details.net_quantity,
            producer_name: known.producer.details.name,
            producer_kind: known.producer.details.kind,
            producer_address: known.producer.details.address,
        },
    })
}

/// All that speaks against a stamp, worst first: danger to health, then a stamp that must not be in
/// the market, then the product's recognition, then the stamp's own progress.
fn concerns(known: &Known, recognition: &Recognition, on: Day) -> Vec<Concern> {
    let recalled = known.lot.as_ref().and_then(|lot| lot.recall.as_ref());
    let recalled = recalled.filter(|recall| recall.since <= on).map(|_| Concern::Recalled);
    let void = known.state.is_void().then_some(Concern::Void);
    let standing = match recognition.standing(on) {
        Standing::InForce | Standing::NotYet => None,
        Standing::Revoked { since, decision_number } => {
            Some(Concern::Revoked { since, decision_number })
        }
        Standing::Suspended { since } => Some(Concern::Suspended { since }),
        Standing::Expired { ended_on } => Some(Concern::Expired { ended_on }),
    };
    let waiting = matches!(known.state, StampState::Issued | StampState::Printed);
    let not_activated = waiting.then_some(Concern::NotActivated);
    [recalled, void, standing, not_activated].into_iter().flatten().collect()
}
