use ocop_stamp::accounting::destroying;
use ocop_stamp::desk::{self, Worker};
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::calendar::{Instant, default_end};
use ocop_stamp::domain::destruction::{CauseKind, DestructionMinutes, DestructionMove};
use ocop_stamp::domain::ids::ProducerId;
use ocop_stamp::domain::inspection::{FindingKind, NewInspection};
use ocop_stamp::domain::recognition::{EventKind, Stars};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::domain::stamp::StampMove;
use ocop_stamp::register::{self, inspections};
use ocop_stamp::store::Store;
use ocop_stamp::store::due_list::{DueColumn, DueFilter};
use ocop_stamp::store::inspection_list::{InspectionColumn, InspectionFilter};
use ocop_stamp::store::listing::{Listing, Sort};
use ocop_stamp::store::reconciliation_list::{
    Group, Grouping, ReconciliationColumn, ReconciliationFilter,
};

use super::delivery::assigned;
use super::inspected::{finding, inspection};
use super::open;
use crate::desk::{
    APPROVER, act, approved, by, day, enter, entry, event, issue, issued, noon, only, self_paid,
    serials, step, today,
};

fn page<L: Listing>(
    store: &Store,
    (organisation, at): (Organisation, Instant),
    list: &L,
    column: L::Column,
) -> Vec<L::Line> {
    let worker = Worker { login: "can.bo".into(), organisation, at };
    let sort = Sort { column, is_descending: false };
    desk::page(store, &worker, list, sort, 1).unwrap().items
}

const OFFICE: Organisation = Organisation::Office;

fn batch_of(store: &Store, product: &str) -> Batch {
    let product = enter(store, &entry(product));
    issue(store, approved(store, &self_paid(product, 4)))
}

/// Batch, cause, unused and spoiled stamps of each line.
fn due(
    store: &Store,
    who: (Organisation, Instant),
    list: &DueFilter,
) -> Vec<(u32, &'static str, u64, u64)> {
    let lines = page(store, who, list, DueColumn::Batch).into_iter();
    let kind = |cause: Option<ocop_stamp::domain::destruction::Cause>| {
        cause.map_or("spoiled", |cause| cause.kind().key())
    };
    lines.map(|it| (it.listed.number.get(), kind(it.cause), it.unused, it.spoiled)).collect()
}

#[test]
fn batches_to_be_destroyed_are_listed_by_what_befell_them_and_others_are_not() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let now = (OFFICE, noon(today()));
    let [spoiled, revoked, fell, sound] =
        ["Trà Sen", "Trà Nhài", "Trà Cúc", "Trà Xanh"].map(|name| batch_of(store, name));
    step(store, &only(serials(store, &spoiled)[0]), StampMove::Spoil);
    let revocation = event(EventKind::Revoked, today());
    register::record_event(store, revoked.intent.product, &revocation, act()).unwrap();
    step(store, &only(serials(store, &revoked)[0]), StampMove::Spoil);
    let fewer = AnnexEntry {
        stars: Stars::new(3).unwrap(),
        potential_five_star: false,
        decision_number: "9/QĐ-UBND".into(),
        signed_on: day(2026, 10, 1),
        ends_on: default_end(day(2026, 10, 1)).unwrap(),
        ..entry("Trà Cúc")
    };
    enter(store, &fewer);
    let number = |batch: &Batch| batch.number.get();
    let all = [
        (number(&spoiled), "spoiled", 0, 1),
        (number(&revoked), "revoked", 3, 1),
        (number(&fell), "stars", 4, 0),
    ];
    assert_eq!(due(store, now, &DueFilter::default()), all);
    let narrowed = |cause, words: &str| DueFilter { cause, words: words.into(), waiting: false };
    assert_eq!(due(store, now, &narrowed(Some(CauseKind::Revoked), "")), [all[1]]);
    assert_eq!(due(store, now, &narrowed(None, "tra cuc")), [all[2]]);
    let stranger = Organisation::Producer(ProducerId(999));
    assert!(due(store, (stranger, now.1), &DueFilter::default()).is_empty());
    // Once all recognitions are over, so are those of which nothing else was said.
    let later = (OFFICE, noon(day(2035, 1, 1)));
    let ended = due(store, later, &narrowed(Some(CauseKind::Ended), "xanh"));
    assert_eq!(ended, [(number(&sound), "ended", 4, 0)]);
}

#[test]
fn batches_whose_destruction_waits_are_listed_until_somebody_decides() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let now = (OFFICE, noon(today()));
    let [one, other] = ["Trà Sen", "Trà Nhài"].map(|name| batch_of(store, name));
    for batch in [&one, &other] {
        step(store, &only(serials(store, batch)[0]), StampMove::Spoil);
    }
    let waiting = DueFilter { waiting: true, ..DueFilter::default() };
    assert!(page(store, now, &waiting, DueColumn::Batch).is_empty());
    let minutes = DestructionMinutes {
        number: "1".into(),
        destroyed_on: today(),
        place: "Kho".into(),
        witnesses: "Ông Vũ Văn Chứng".into(),
        reason: "Tem hỏng".into(),
    };
    let made = destroying::record(store, one.number, &minutes, act()).unwrap();
    let found = page(store, now, &waiting, DueColumn::Batch);
    assert_eq!(found.iter().map(|it| it.listed.number).collect::<Vec<_>>(), [one.number]);
    let all = page(store, now, &DueFilter::default(), DueColumn::Batch);
    assert_eq!(all.iter().map(|it| it.is_waiting).collect::<Vec<_>>(), [true, false]);
    let confirm = DestructionMove::Confirm;
    destroying::decide(store, made.id, confirm, "", by(APPROVER)).unwrap();
    assert!(page(store, now, &waiting, DueColumn::Batch).is_empty());
}

#[test]
fn inspections_are_found_by_words_day_and_finding_and_by_the_office_alone() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let stamp = serials(store, &issued(store, 2))[0];
    let older = NewInspection {
        inspected_on: day(2026, 10, 1),
        inspected: "Quầy Ổi Hồng".into(),
        ..inspection(vec![finding(FindingKind::Copied, stamp, stamp)])
    };
    for (key, new) in [("one", inspection(Vec::new())), ("two", older)] {
        inspections::record(store, &new, key, by("soát")).unwrap();
    }
    let found = |organisation, filter: InspectionFilter| -> Vec<String> {
        let all = page(store, (organisation, noon(today())), &filter, InspectionColumn::Day);
        all.into_iter().map(|it| it.details.inspected).collect()
    };
    let all = InspectionFilter::default;
    assert_eq!(found(OFFICE, all()), ["Quầy Ổi Hồng", "Cửa hàng Lam"], "by day");
    assert_eq!(found(OFFICE, InspectionFilter { words: "oi hong".into(), ..all() }).len(), 1);
    assert_eq!(
        found(OFFICE, InspectionFilter { finding: Some(FindingKind::Copied), ..all() }),
        ["Quầy Ổi Hồng"]
    );
    let since = InspectionFilter { from: Some(day(2026, 11, 1)), ..all() };
    assert_eq!(found(OFFICE, since), ["Cửa hàng Lam"]);
    assert!(found(Organisation::Producer(ProducerId(1)), all()).is_empty());
}

#[test]
fn stamps_are_summed_up_by_whatever_a_person_asks_for() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let first = assigned(store, 20);
    let other = batch_of(store, "Trà Sen");
    step(store, &only(serials(store, &first)[0]), StampMove::Spoil);
    let sums = |organisation, filter: ReconciliationFilter| -> Vec<(Group, u64, u64)> {
        let who = (organisation, noon(today()));
        let all = page(store, who, &filter, ReconciliationColumn::Group);
        all.into_iter().map(|it| (it.group, it.batches, it.tally.issued())).collect()
    };
    let by = |by| ReconciliationFilter { by, ..ReconciliationFilter::default() };
    let numbers = |sums: Vec<(Group, u64, u64)>| -> Vec<(u64, u64)> {
        sums.into_iter().map(|(_, batches, issued)| (batches, issued)).collect()
    };
    assert_eq!(numbers(sums(OFFICE, by(Grouping::All))), [(2, 24)]);
    assert_eq!(numbers(sums(OFFICE, by(Grouping::Month))), [(2, 24)]);
    assert_eq!(numbers(sums(OFFICE, by(Grouping::Batch))), [(1, 20), (1, 4)]);
    assert_eq!(numbers(sums(OFFICE, by(Grouping::Product))), [(1, 20), (1, 4)]);
    let [(Group::PrintShop(None), 1, 4), (Group::PrintShop(Some((shop, _))), 1, 20)] =
        &sums(OFFICE, by(Grouping::PrintShop))[..]
    else {
        panic!("one was given to a shop, the other was not")
    };
    let theirs = sums(Organisation::PrintShop(*shop), by(Grouping::All));
    assert_eq!(numbers(theirs), [(1, 20)], "a shop sees its own alone");
    let words = ReconciliationFilter { words: "tra sen".into(), ..by(Grouping::Batch) };
    let Group::Batch(number, ..) = &sums(OFFICE, words)[0].0 else { panic!("by batch") };
    assert_eq!(*number, other.number);
    let later = ReconciliationFilter { from: today().succ_opt(), ..by(Grouping::All) };
    assert!(sums(OFFICE, later).is_empty());
}
