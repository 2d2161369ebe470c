use super::*;

fn day(y: i32, m: u32, d: u32) -> Day {
    Day::from_ymd_opt(y, m, d).unwrap()
}

/// The decision of 10/01/2025.
fn ruling() -> Ruling {
    let (since, signed_on) = (day(2025, 1, 10), Some(day(2025, 1, 2)));
    Ruling { since, number: Some("58".into()), signed_on }
}

fn recognition(events: &[(Day, EventKind)]) -> Recognition {
    let paper = NewRecognition {
        product: ProductId(1),
        stars: Stars::new(4).unwrap(),
        potential_five_star: false,
        decision_number: "1147/QĐ-UBND".into(),
        authority: AuthorityId(1),
        signed_on: day(2024, 3, 4),
        effective_on: day(2024, 3, 4),
        ends_on: day(2027, 3, 4),
        product_name: "Mẫu".into(),
        address: None,
    };
    let event = |&(effective_on, kind)| Event {
        effective_on,
        kind,
        decision_number: Some("58".into()),
        signed_on: Some(day(2025, 1, 2)),
        reason: None,
    };
    Recognition { id: RecognitionId(1), paper, events: events.iter().map(event).collect() }
}

#[test]
fn it_is_in_force_through_its_last_day() {
    let it = recognition(&[]);
    assert_eq!(it.standing(day(2024, 3, 3)), Standing::NotYet { from: day(2024, 3, 4) });
    assert_eq!(it.standing(day(2024, 3, 4)), Standing::InForce);
    assert_eq!(it.standing(day(2027, 3, 4)), Standing::InForce);
    let ended_on = day(2027, 3, 4);
    assert_eq!(it.standing(day(2027, 3, 5)), Standing::Expired { ended_on });
}

#[test]
fn a_suspension_holds_until_it_is_lifted() {
    let it = recognition(&[
        (day(2025, 1, 10), EventKind::Suspended),
        (day(2025, 3, 1), EventKind::Reinstated),
    ]);
    assert_eq!(it.standing(day(2025, 1, 9)), Standing::InForce);
    assert_eq!(it.standing(day(2025, 2, 28)), Standing::Suspended(ruling()));
    assert_eq!(it.standing(day(2025, 3, 1)), Standing::InForce);
}

#[test]
fn a_revocation_is_final_and_outlasts_the_end() {
    let it = recognition(&[
        (day(2025, 1, 10), EventKind::Revoked),
        (day(2025, 3, 1), EventKind::Reinstated),
    ]);
    let revoked = Standing::Revoked(ruling());
    assert_eq!(it.standing(day(2025, 4, 1)), revoked);
    assert_eq!(it.standing(day(2030, 1, 1)), revoked);
}

#[test]
fn the_end_can_be_changed_without_losing_what_the_paper_said() {
    let it = recognition(&[(day(2026, 1, 1), EventKind::EndChanged(day(2028, 1, 1)))]);
    assert_eq!(it.paper.ends_on, day(2027, 3, 4));
    assert_eq!(it.ends_on(day(2025, 12, 31)), day(2027, 3, 4));
    assert_eq!(it.standing(day(2027, 6, 1)), Standing::InForce);
}

#[test]
fn a_product_recognised_again_is_judged_by_its_new_paper() {
    let old = recognition(&[(day(2025, 1, 10), EventKind::Revoked)]);
    let mut new = recognition(&[]);
    new.id = RecognitionId(2);
    (new.paper.signed_on, new.paper.effective_on) = (day(2025, 5, 20), day(2025, 6, 1));
    let both = [old, new];
    let governing_on = |on| governing(&both, on).map(|recognition| recognition.id);
    assert_eq!(governing_on(day(2024, 1, 1)), Some(RecognitionId(1)), "the next to come");
    assert_eq!(governing_on(day(2025, 2, 1)), Some(RecognitionId(1)));
    assert_eq!(governing_on(day(2025, 5, 31)), Some(RecognitionId(1)), "signed, not in force");
    assert_eq!(governing_on(day(2025, 7, 1)), Some(RecognitionId(2)));
    assert_eq!(governing_on(day(2029, 1, 1)), Some(RecognitionId(2)));
}

#[test]
fn a_paper_that_is_signed_holds_from_its_own_first_day() {
    let mut it = recognition(&[]);
    (it.paper.signed_on, it.paper.effective_on) = (day(2026, 11, 20), day(2026, 11, 28));
    assert_eq!(it.standing(day(2026, 11, 27)), Standing::NotYet { from: day(2026, 11, 28) });
    assert_eq!(it.standing(day(2026, 11, 28)), Standing::InForce);
    let is_coming = |on| coming([&it], on).is_some();
    let days = [19, 20, 27, 28].map(|on| is_coming(day(2026, 11, on)));
    assert_eq!(days, [false, true, true, false], "told from its signature to its first day");
}

#[test]
fn one_that_ended_is_told_before_one_that_has_not_begun() {
    let old = recognition(&[]);
    let mut new = recognition(&[]);
    new.id = RecognitionId(2);
    (new.paper.signed_on, new.paper.effective_on) = (day(2027, 3, 1), day(2027, 4, 1));
    new.paper.ends_on = day(2030, 3, 1);
    let both = [old, new];
    let governing_on = |on| governing(&both, on).map(|recognition| recognition.id);
    assert_eq!(governing_on(day(2027, 3, 10)), Some(RecognitionId(1)));
    assert_eq!(governing_on(day(2027, 4, 1)), Some(RecognitionId(2)));
}
