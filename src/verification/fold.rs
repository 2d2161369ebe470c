//! The one place where what the register knows becomes a verdict.

use crate::domain::batch::Profile;
use crate::domain::calendar::Day;
use crate::domain::lot::Lot;
use crate::domain::recognition::{Recognition, Standing, coming, governing};
use crate::domain::serial::Serial;
use crate::domain::stamp::StampState;
use crate::domain::verdict::{Concern, Finding, PrintedFacts, ProductFacts, RecognitionFacts};
use crate::store::StoreError;
use crate::store::lookup::{BatchFacts, StampRecord};

/// How much of a code was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Its signature too, which is right.
    Signature,
    /// The serial alone, or with its product's number.
    SerialAlone,
}

/// What is found on a day.
///
/// # Errors
/// [`StoreError::Corrupt`] where a product with stamps has no recognition.
pub(super) fn finding(
    (serial, shown): (Serial, Shown),
    stamp: StampRecord,
    facts: &BatchFacts,
    on: Day,
) -> Result<Finding, StoreError> {
    let all = || facts.recognitions.iter().map(|(recognition, _)| recognition);
    let governed = governing(all(), on)
        .and_then(|chosen| facts.recognitions.iter().find(|(it, _)| it.id == chosen.id));
    let (recognition, authority) = governed.ok_or(StoreError::Corrupt("recognition"))?;
    let by = all().find(|it| it.id == facts.recognition).unwrap_or(recognition);
    let view = View { shown, stamp: &stamp, facts, recognition, next: coming(all(), on) };
    Ok(Finding {
        serial,
        concerns: concerns(&view, on),
        printed: printed(facts, by),
        recognition: RecognitionFacts {
            stars: recognition.paper.stars,
            decision_number: recognition.paper.decision_number.clone(),
            authority: authority.clone(),
            signed_on: recognition.paper.signed_on,
            effective_on: recognition.paper.effective_on,
            ends_on: recognition.ends_on(on),
            product_name: recognition.paper.product_name.clone(),
        },
        issued_at: facts.issued_at,
        activated_at: stamp.activated_at,
        lot: stamp.lot,
        scans: stamp.scans,
        product: product(facts),
    })
}

fn printed(facts: &BatchFacts, by: &Recognition) -> PrintedFacts {
    let face = &facts.face;
    PrintedFacts {
        product_name: face.product_name.clone(),
        producer_name: face.producer_name.clone(),
        stars: face.stars,
        gtin: face.gtin.map(|gtin| gtin.to_string()),
        decision_number: by.paper.decision_number.clone(),
        signed_on: by.paper.signed_on,
    }
}

fn product(facts: &BatchFacts) -> ProductFacts {
    let (product, producer) = (&facts.product.details, &facts.producer.details);
    ProductFacts {
        name: product.name.clone(),
        group: product.group,
        gtin: product.gtin.map(|gtin| gtin.to_string()),
        net_quantity: product.net_quantity.clone(),
        photo: facts.product.photo.clone(),
        producer_name: producer.name.clone(),
        producer_kind: producer.kind,
        producer_address: producer.address.clone(),
    }
}

/// What a verdict is folded from.
struct View<'a> {
    shown: Shown,
    stamp: &'a StampRecord,
    facts: &'a BatchFacts,
    /// The recognition the product stands by.
    recognition: &'a Recognition,
    /// The one that follows it, where that is signed.
    next: Option<&'a Recognition>,
}

/// All that speaks against a stamp, worst first:
///
/// 1. what may harm who eats or uses the goods: a recall, which somebody found cause for, before a
///    date that has passed;
/// 2. a stamp that must not be in the market, which says nothing of the goods that it is on;
/// 3. the right to the mark, gone for good before for a time, by decision before by time, and what is
///    signed but not in force yet;
/// 4. what the stamp says and is so no more;
/// 5. the stamp's own progress;
/// 6. what was not there to be checked.
fn concerns(view: &View<'_>, on: Day) -> Vec<Concern> {
    let (stamp, lot) = (view.stamp, view.stamp.lot.as_ref());
    let void = stamp.state.is_void().then_some(Concern::Void);
    let waiting =
        matches!(stamp.state, StampState::Issued | StampState::Printed | StampState::HandedOver);
    let (printed, now) = (view.facts.face.stars, view.recognition.paper.stars);
    let stars = (printed != now).then_some(Concern::StarsChanged { printed, now });
    let unsigned = view.shown == Shown::SerialAlone && view.facts.face.profile == Profile::Signed;
    [
        lot.and_then(|lot| recalled(lot, on)),
        lot.and_then(|lot| past_date(lot, on)),
        void,
        standing(view.recognition, on),
        not_yet(view, on),
        stars,
        waiting.then_some(Concern::NotActivated),
        unsigned.then_some(Concern::Unsigned),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn recalled(lot: &Lot, on: Day) -> Option<Concern> {
    lot.recall.clone().filter(|recall| recall.since <= on).map(Concern::Recalled)
}

fn past_date(lot: &Lot, on: Day) -> Option<Concern> {
    let use_by = lot.details.use_by.filter(|_| lot.details.is_past(on));
    use_by.map(|use_by| Concern::PastDate { use_by })
}

fn standing(recognition: &Recognition, on: Day) -> Option<Concern> {
    match recognition.standing(on) {
        // A paper to come is told by `not_yet`.
        Standing::InForce | Standing::NotYet { .. } => None,
        Standing::Revoked(by) => Some(Concern::Revoked(by)),
        Standing::Suspended(by) => Some(Concern::Suspended(by)),
        Standing::Expired { ended_on } => Some(Concern::Expired { ended_on }),
    }
}

/// A paper to come speaks against a stamp where the product has no other in force.
fn not_yet(view: &View<'_>, on: Day) -> Option<Concern> {
    let own = matches!(view.recognition.standing(on), Standing::NotYet { .. });
    let is_without = view.recognition.standing(on) != Standing::InForce;
    let paper = own.then_some(view.recognition).or(view.next.filter(|_| is_without));
    paper.map(|it| Concern::NotYet {
        from: it.paper.effective_on,
        decision_number: it.paper.decision_number.clone(),
        signed_on: it.paper.signed_on,
    })
}
