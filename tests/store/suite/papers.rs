use std::sync::Arc;

use ocop_stamp::accounting::destroying::{self, DestroyError};
use ocop_stamp::clock::FixedRandom;
use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::calendar::default_end;
use ocop_stamp::domain::destruction::{
    Cause, Destruction, DestructionMinutes, DestructionMove, DestructionState,
};
use ocop_stamp::domain::paper::{Paper, PaperKind};
use ocop_stamp::domain::recognition::{EventKind, Stars};
use ocop_stamp::domain::stamp::{StampMove, StampState};
use ocop_stamp::paperwork::{Paperwork, PaperworkError};
use ocop_stamp::store::{Store, audit, destructions, papers, stamps};
use ocop_stamp::token::Token;
use ocop_stamp::{delivery, register};

use super::delivery::{assigned, hand_over, minutes, print};
use super::open;
use crate::desk::{
    APPROVER, PRODUCT, act, by, day, enter, entry, event, issued, only, serials, step, today,
};

/// Makes papers whose addresses are known: a number a secret.
fn paperwork(store: &Store, secret: u8) -> Paperwork {
    let random = Arc::new(FixedRandom([secret; 32]));
    Paperwork { store: store.clone(), random, host: "verify.example.vn".parse() }
}

fn file(store: &Store, paper: &Paper) -> Vec<u8> {
    store.read(|register| papers::file(register, paper.id)).unwrap()
}

#[test]
fn papers_are_numbered_by_kind_and_year_and_kept_as_they_were_made() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let slip = paperwork(store, 1).order_slip(batch.intent.order, act()).unwrap();
    assert_eq!(slip.reference(), "1/PĐN-OCOP");
    assert_eq!(slip.subject, batch.intent.order.0);
    let first = paperwork(store, 2).reconciliation(batch.number, today(), act()).unwrap();
    assert_eq!(first.reference(), "1/BĐS-OCOP");
    let again = paperwork(store, 3).reconciliation(batch.number, today(), act()).unwrap();
    assert_eq!(again, first, "nothing has changed");
    assert_eq!(file(store, &again), file(store, &first));
    step(store, &only(serials(store, &batch)[0]), StampMove::Spoil);
    let later = paperwork(store, 3).reconciliation(batch.number, today(), by(APPROVER)).unwrap();
    assert_eq!((later.number, later.made.by.as_str()), (2, APPROVER));
    let next_year = paperwork(store, 4).reconciliation(batch.number, day(2027, 1, 1), act());
    assert_eq!(next_year.unwrap(), later, "another day alone makes no other paper");
    let all = store
        .read(|c| papers::of_subject(c, PaperKind::Reconciliation, batch.number.get().into()))
        .unwrap();
    let stands: Vec<(u32, bool)> = all.iter().map(|it| (it.number, it.stands)).collect();
    assert_eq!(stands, [(2, true), (1, false)]);
    let token = Token::new(&FixedRandom([2; 32])).unwrap();
    let found = store.read(|c| papers::by_token(c, &token.sha256())).unwrap().unwrap();
    assert_eq!((found.id, found.stands), (first.id, false), "its address tells that it does not");
    assert_eq!(found.figures[0], ("Lô tem".into(), "0001".into()));
}

#[test]
fn minutes_of_a_hand_over_are_made_anew_when_it_is_received() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    print(store, &batch, &[], None);
    let one = hand_over(store, &batch, &minutes("BG-1"));
    let before = paperwork(store, 1).hand_over(batch.number, one.id, act()).unwrap();
    assert_eq!(before.day, one.handed_on);
    delivery::receive(store, batch.number, "BG-1", 10, None, by("HTX")).unwrap();
    let after = paperwork(store, 2).hand_over(batch.number, one.id, act()).unwrap();
    assert_eq!((before.reference(), after.reference()), ("1/BB-BGT".into(), "2/BB-BGT".into()));
    assert!(after.figures.contains(&("Số tem thực nhận".into(), "10 tem".into())));
}

fn destruction(number: &str) -> DestructionMinutes {
    DestructionMinutes {
        number: number.into(),
        destroyed_on: today(),
        place: "Trụ sở Văn phòng".into(),
        witnesses: "Ông Đỗ Văn Chứng, phường Tây Hồ".into(),
        reason: "thu hồi Giấy chứng nhận".into(),
    }
}

fn record(store: &Store, batch: &Batch, number: &str) -> Result<Destruction, DestroyError> {
    destroying::record(store, batch.number, &destruction(number), act())
}

fn decide(
    store: &Store,
    made: &Destruction,
    step: DestructionMove,
    reason: &str,
    who: Act<'_>,
) -> Result<Destruction, DestroyError> {
    destroying::decide(store, made.id, step, reason, who)
}

/// Recorded by one person, confirmed by another.
fn destroyed(store: &Store, batch: &Batch, number: &str) -> Destruction {
    let made = record(store, batch, number).unwrap();
    decide(store, &made, DestructionMove::Confirm, "", by(APPROVER)).unwrap()
}

fn due(store: &Store, batch: &Batch) -> destroying::Due {
    store.read(|register| destroying::due(register, batch, today())).unwrap()
}

#[test]
fn spoiled_stamps_can_always_be_destroyed_and_unused_ones_once_the_recognition_is_revoked() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let nothing = record(store, &batch, "1");
    assert!(matches!(nothing, Err(DestroyError::Nothing(_))));
    step(store, &only(serials(store, &batch)[4]), StampMove::Spoil);
    assert_eq!((due(store, &batch).cause, due(store, &batch).stamps()), (None, 1));
    let made = destroyed(store, &batch, "1");
    assert_eq!((made.stamps(), made.runs[0].state), (1, StampState::Spoiled));
    let revoked = event(EventKind::Revoked, today());
    register::record_event(store, batch.intent.product, &revoked, by(APPROVER)).unwrap();
    let found = due(store, &batch);
    assert_eq!((found.cause, found.stamps()), (Some(Cause::Revoked { since: today() }), 9));
    assert_eq!(found.runs.len(), 2, "before and after the one that is gone");
    let made = destroyed(store, &batch, "2");
    assert_eq!(record(store, &batch, "2").unwrap(), made, "the same minutes again change nothing");
    let again = decide(store, &made, DestructionMove::Confirm, "", by(APPROVER));
    assert_eq!(again.unwrap(), made, "nor does the same step");
    let other = DestructionMinutes { place: "nơi khác".into(), ..destruction("2") };
    let taken = destroying::record(store, batch.number, &other, act());
    assert!(matches!(taken, Err(DestroyError::MinutesTaken(_))));
    let tally = store.read(|c| stamps::tally(c, &batch.number.serials())).unwrap();
    assert_eq!(tally.in_state(StampState::Destroyed), 10);
    assert!(tally.is_balanced() && due(store, &batch).runs.is_empty());
    let paper = paperwork(store, 1).destruction(batch.number, made.id, act()).unwrap();
    assert_eq!(paper.reference(), "1/BB-THT");
    assert!(paper.figures.contains(&("Số tem tiêu hủy".into(), "9 tem".into())));
}

#[test]
fn stamps_are_destroyed_only_once_somebody_else_confirms() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let spoiled = serials(store, &batch)[4];
    step(store, &only(spoiled), StampMove::Spoil);
    let made = record(store, &batch, "1").unwrap();
    assert_eq!((made.state, due(store, &batch).stamps()), (DestructionState::Proposed, 1));
    let paper = paperwork(store, 1).destruction(batch.number, made.id, act());
    assert!(matches!(paper, Err(PaperworkError::NoSubject)), "nothing to sign yet");
    let waiting = record(store, &batch, "2").unwrap_err();
    assert!(matches!(waiting, DestroyError::Waiting(number) if number == "1"));
    for step in [DestructionMove::Confirm, DestructionMove::Refuse] {
        let own = decide(store, &made, step, "vì sao", act()).unwrap_err();
        assert!(matches!(own, DestroyError::SamePerson { .. }), "{step:?}");
    }
    let other = decide(store, &made, DestructionMove::Withdraw, "vì sao", by(APPROVER));
    assert!(matches!(other.unwrap_err(), DestroyError::NotOwn { .. }));
    let done = decide(store, &made, DestructionMove::Confirm, "", by(APPROVER)).unwrap();
    assert_eq!(done.decided.as_ref().map(|(done, _)| done.by.as_str()), Some(APPROVER));
    assert!(due(store, &batch).runs.is_empty());
    let late = decide(store, &made, DestructionMove::Refuse, "muộn", by(APPROVER));
    assert!(matches!(late.unwrap_err(), DestroyError::Decided { .. }));
    let trail = store.read(|c| audit::history(c, made.id)).unwrap();
    let told: Vec<(&str, &str)> =
        trail.iter().map(|it| (it.action.key(), it.actor.as_str())).collect();
    assert_eq!(told, [("destruction.record", act().by), ("destruction.confirm", APPROVER)]);
}

#[test]
fn a_destruction_that_is_refused_or_withdrawn_leaves_the_stamps_and_its_number_free() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    step(store, &only(serials(store, &batch)[4]), StampMove::Spoil);
    let ways = [(DestructionMove::Refuse, by(APPROVER)), (DestructionMove::Withdraw, act())];
    for (way, who) in ways {
        let made = record(store, &batch, "1").unwrap();
        let silent = decide(store, &made, way, " ", who).unwrap_err();
        assert!(matches!(silent, DestroyError::NoReason(_)), "{way:?}");
        let turned_down = decide(store, &made, way, "thiếu chữ ký", who).unwrap();
        assert_eq!(turned_down.state, way.leads_to());
        assert_eq!(turned_down.decided.unwrap().1.as_deref(), Some("thiếu chữ ký"));
        assert_eq!(due(store, &batch).stamps(), 1, "the stamp is where it was");
    }
    destroyed(store, &batch, "1");
    assert!(due(store, &batch).runs.is_empty());
    let kept = store.read(|c| destructions::of_batch(c, batch.number)).unwrap();
    let states: Vec<&str> = kept.iter().map(|it| it.state.key()).collect();
    assert_eq!(states, ["refused", "withdrawn", "confirmed"]);
}

#[test]
fn a_destruction_is_not_confirmed_of_stamps_that_have_changed_since() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let revoked = event(EventKind::Revoked, today());
    register::record_event(store, batch.intent.product, &revoked, by(APPROVER)).unwrap();
    let made = record(store, &batch, "1").unwrap();
    step(store, &only(serials(store, &batch)[9]), StampMove::Lose);
    let changed = decide(store, &made, DestructionMove::Confirm, "", by(APPROVER)).unwrap_err();
    assert!(matches!(changed, DestroyError::Changed(_)));
    assert_eq!(due(store, &batch).stamps(), 9, "none of the others was destroyed");
}

#[test]
fn the_database_refuses_a_destruction_that_one_person_records_and_confirms() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    step(store, &only(serials(store, &batch)[4]), StampMove::Spoil);
    let made = record(store, &batch, "1").unwrap();
    for (state, why) in
        [(DestructionState::Confirmed, None), (DestructionState::Refused, Some("vì sao"))]
    {
        let alone = store.write(|c| destructions::set_decided(c, made.id, state, why, act()));
        assert!(alone.is_err(), "{state:?}");
    }
    let silent = DestructionState::Refused;
    let silent = store.write(|c| destructions::set_decided(c, made.id, silent, None, by(APPROVER)));
    assert!(silent.is_err(), "a refusal says why");
}

#[test]
fn stamps_with_more_stars_than_the_product_has_now_are_to_be_destroyed() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    assert!(due(store, &batch).runs.is_empty());
    let fewer = AnnexEntry {
        stars: Stars::new(3).unwrap(),
        potential_five_star: false,
        decision_number: "9/QĐ-UBND".into(),
        signed_on: day(2026, 10, 1),
        ends_on: default_end(day(2026, 10, 1)).unwrap(),
        ..entry(PRODUCT)
    };
    enter(store, &fewer);
    let (printed, now) = (Stars::new(4).unwrap(), Stars::new(3).unwrap());
    assert_eq!(due(store, &batch).cause, Some(Cause::StarsFell { printed, now }));
    assert_eq!(due(store, &batch).stamps(), 3);
}

#[test]
fn minutes_of_a_destruction_say_when_where_before_whom_and_why() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    step(store, &only(serials(store, &batch)[0]), StampMove::Spoil);
    let refused = |minutes: DestructionMinutes| {
        destroying::record(store, batch.number, &minutes, act()).unwrap_err()
    };
    for blank in [
        DestructionMinutes { number: " ".into(), ..destruction("1") },
        DestructionMinutes { witnesses: String::new(), ..destruction("1") },
        DestructionMinutes { reason: String::new(), ..destruction("1") },
        DestructionMinutes { place: "x".repeat(1_001), ..destruction("1") },
    ] {
        assert!(matches!(refused(blank), DestroyError::Minutes));
    }
    let tomorrow = today().succ_opt().unwrap();
    let early = DestructionMinutes { destroyed_on: tomorrow, ..destruction("1") };
    assert!(matches!(refused(early), DestroyError::FutureDay(_)));
    assert_eq!(due(store, &batch).stamps(), 1, "nothing was destroyed");
}
