//! The one place where what the register knows becomes a verdict.

use crate::code::uri::Shown;
use crate::domain::batch::Profile;
use crate::domain::calendar::Day;
use crate::domain::lot::Lot;
use crate::domain::recognition::{Recognition, Standing, coming, governing};
use crate::domain::serial::Serial;
use crate::domain::stamp::StampState;
use crate::domain::verdict::{Concern, Finding, PrintedFacts, ProductFacts, RecognitionFacts};
use crate::store::StoreError;
use crate::store::lookup::{BatchFacts, StampRecord};

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
    let goods = [lot.and_then(|lot| recalled(lot, on)), lot.and_then(|lot| past_date(lot, on))];
    let right = view.recognition.against(on).into_iter().map(standing);
    let rest = [
        not_yet(view, on),
        stars,
        waiting.then_some(Concern::NotActivated),
        unsigned.then_some(Concern::Unsigned),
    ];
    goods.into_iter().chain([void]).chain(right).chain(rest).flatten().collect()
}

fn recalled(lot: &Lot, on: Day) -> Option<Concern> {
    lot.recall.clone().filter(|recall| recall.since <= on).map(Concern::Recalled)
}

fn past_date(lot: &Lot, on: Day) -> Option<Concern> {
    let use_by = lot.details.use_by.filter(|_| lot.details.is_past(on));
    use_by.map(|use_by| Concern::PastDate { use_by })
}

fn standing(standing: Standing) -> Option<Concern> {
    match standing {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::batch::Face;
    use crate::domain::calendar::Instant;
    use crate::domain::ids::{AuthorityId, LotId, ProducerId, ProductId, RecognitionId};
    use crate::domain::lot::{NewLot, Recall};
    use crate::domain::producer::{Contact, NewProducer, Producer, ProducerKind};
    use crate::domain::product::{NewProduct, Product, ProductGroup};
    use crate::domain::recognition::{Event, EventKind, NewRecognition, Stars};
    use crate::domain::scan::ScanHistory;
    use crate::domain::serial::BatchNumber;
    use crate::domain::verdict::Headline;

    /// Worst first. A concern that is not here has no place in the order.
    const ORDER: [Headline; 10] = [
        Headline::Recalled,
        Headline::PastDate,
        Headline::Void,
        Headline::Revoked,
        Headline::Suspended,
        Headline::Expired,
        Headline::NotYet,
        Headline::StarsChanged,
        Headline::NotActivated,
        Headline::Unsigned,
    ];

    fn today() -> Day {
        Day::from_ymd_opt(2026, 11, 30).unwrap()
    }

    fn yesterday() -> Day {
        today().pred_opt().unwrap()
    }

    fn recognition(id: i64, kinds: &[EventKind]) -> Recognition {
        let signed_on = Day::from_ymd_opt(2025, 1, 1).unwrap();
        let paper = NewRecognition {
            product: ProductId(1),
            stars: Stars::new(4).unwrap(),
            potential_five_star: false,
            decision_number: format!("{id}/QĐ-UBND"),
            authority: AuthorityId(1),
            signed_on,
            effective_on: signed_on,
            ends_on: Day::from_ymd_opt(2028, 1, 1).unwrap(),
            product_name: "Mẫu".into(),
            address: None,
        };
        let event = |kind: &EventKind| Event {
            effective_on: yesterday(),
            kind: *kind,
            decision_number: None,
            signed_on: None,
            reason: None,
        };
        Recognition { id: RecognitionId(id), paper, events: kinds.iter().map(event).collect() }
    }

    fn coming_paper() -> Recognition {
        let mut it = recognition(2, &[]);
        it.paper.signed_on = yesterday();
        it.paper.effective_on = today().succ_opt().unwrap();
        it
    }

    /// What is found where exactly these speak against a stamp.
    fn with(wanted: &[Headline]) -> Vec<Headline> {
        let has = |headline| wanted.contains(&headline);
        let kinds = [
            (Headline::Revoked, EventKind::Revoked),
            (Headline::Suspended, EventKind::Suspended),
            (Headline::Expired, EventKind::EndChanged(yesterday())),
        ];
        let kinds = kinds.into_iter().filter(|(headline, _)| has(*headline)).map(|(_, kind)| kind);
        let kinds: Vec<_> = kinds.collect();
        let mut papers = vec![recognition(1, &kinds)];
        if has(Headline::NotYet) {
            if kinds.is_empty() {
                papers.clear();
            }
            papers.push(coming_paper());
        }
        let state = match (has(Headline::Void), has(Headline::NotActivated)) {
            (true, _) => StampState::Cancelled,
            (false, true) => StampState::HandedOver,
            (false, false) => StampState::Activated,
        };
        let recall = has(Headline::Recalled).then(|| Recall {
            since: today(),
            reason: "Mẫu".into(),
            phone: None,
        });
        let use_by = has(Headline::PastDate).then(yesterday);
        let details = NewLot { product: ProductId(1), code: "L1".into(), made_on: None, use_by };
        let stamp = StampRecord {
            signature: [0; 64],
            state,
            activated_at: None,
            lot: Some(Lot { id: LotId(1), details, recall }),
            scans: ScanHistory::default(),
            revision: 1,
        };
        let shown = if has(Headline::Unsigned) { Shown::SerialAlone } else { Shown::Signature };
        let stars = if has(Headline::StarsChanged) { 5 } else { 4 };
        let facts = facts(papers, stars);
        let serial = BatchNumber::new(1).unwrap().serial(0).unwrap();
        let finding = finding((serial, shown), stamp, &facts, today()).unwrap();
        finding.concerns.iter().map(Concern::headline).collect()
    }

    fn facts(papers: Vec<Recognition>, stars: u8) -> BatchFacts {
        let producer = NewProducer {
            kind: ProducerKind::Cooperative,
            name: "HTX Mẫu".into(),
            tax_code: None,
            address: None,
            contact: Contact::default(),
        };
        let details = NewProduct {
            producer: ProducerId(1),
            name: "Mẫu".into(),
            group: ProductGroup::Food,
            gtin: None,
            net_quantity: None,
        };
        BatchFacts {
            face: Face {
                host: "verify.example.vn".into(),
                profile: Profile::Signed,
                gtin: None,
                product_name: "Mẫu".into(),
                producer_name: "HTX Mẫu".into(),
                stars: Stars::new(stars).unwrap(),
                commune: None,
            },
            recognition: papers[0].id,
            issued_at: Instant::UNIX_EPOCH,
            product: Product { id: ProductId(1), details, photo: None, version: 1 },
            producer: Producer { id: ProducerId(1), details: producer, version: 1 },
            recognitions: papers.into_iter().map(|it| (it, "UBND".into())).collect(),
        }
    }

    /// What is revoked is suspended no more, and a stamp stands in one way.
    fn can_meet(a: Headline, b: Headline) -> bool {
        let alone =
            [[Headline::Revoked, Headline::Suspended], [Headline::Void, Headline::NotActivated]];
        !alone.iter().any(|group| group.contains(&a) && group.contains(&b))
    }

    #[test]
    fn every_concern_is_told_and_every_pair_of_them_worst_first() {
        assert_eq!(with(&[]), []);
        let mut pairs = BTreeMap::new();
        for (at, &worse) in ORDER.iter().enumerate() {
            assert_eq!(with(&[worse]), [worse]);
            for &lesser in ORDER.iter().skip(at + 1).filter(|it| can_meet(worse, **it)) {
                let told = with(&[lesser, worse]);
                pairs.insert(format!("{worse:?} before {lesser:?}"), told == [worse, lesser]);
            }
        }
        let wrong: Vec<_> = pairs.iter().filter(|(_, is_so)| !**is_so).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        // 45 pairs less the two that cannot meet.
        assert_eq!(pairs.len(), 43);
    }

    #[test]
    fn only_a_stamp_that_nothing_speaks_against_is_valid() {
        for headline in Headline::ALL {
            let is_concern = ORDER.contains(&headline);
            let finding_less = matches!(
                headline,
                Headline::Valid
                    | Headline::Mistyped
                    | Headline::Unknown
                    | Headline::WrongSignature
                    | Headline::NeverIssued
                    | Headline::RegisterUnreachable
            );
            assert!(is_concern != finding_less, "{headline:?}");
        }
    }
}
