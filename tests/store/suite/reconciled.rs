use ocop_stamp::accounting::reconcile::{self, Difference, Scope};
use ocop_stamp::accounting::{self, Selection};
use ocop_stamp::delivery;
use ocop_stamp::domain::ids::{ProducerId, ShopId};
use ocop_stamp::domain::print_job::Minutes;
use ocop_stamp::domain::stamp::{StampMove, StampState};
use ocop_stamp::domain::tally::Tally;
use ocop_stamp::store::Store;

use super::delivery::{assigned, hand_over, minutes, print, receive};
use super::open;
use crate::desk::{
    act, approved, by, day, enter, entry, hand_over as handed, issue, issued, lot, only, self_paid,
    serials, sql, step,
};

fn differences(store: &Store, batch: &ocop_stamp::domain::batch::Batch) -> Vec<&'static str> {
    let found = reconcile::batch(store, batch.number).unwrap();
    let (account, ..) = found.batches.into_iter().next().unwrap();
    account.differences.iter().map(Difference::key).collect()
}

#[test]
fn both_equations_hold_and_runs_show_where_stamps_are() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 20);
    let serials = serials(store, &batch);
    step(store, &only(serials[3]), StampMove::Spoil);
    print(store, &batch, &[], None);
    step(store, &only(serials[4]), StampMove::Lose);
    hand_over(store, &batch, &minutes("1"));
    receive(store, &batch, "1", 18);
    let part = Selection::Possible(Box::new(Selection::Range(serials[0]..=serials[9])));
    accounting::activate(store, &part, &lot("L1"), act()).unwrap();
    step(store, &only(serials[19]), StampMove::Lose);
    let found = reconcile::batch(store, batch.number).unwrap();
    assert!(found.is_settled(), "{:?}", found.batches[0].0.differences);
    let tally = found.tally();
    assert_eq!((tally.issued(), tally.in_print(), tally.void_in_print()), (20, 0, 2));
    assert_eq!((tally.handed_over(), tally.activated()), (18, 8));
    assert_eq!((tally.unused_at_producer(), tally.void_after_hand_over()), (9, 1));
    assert!(tally.is_balanced());
    let (_, runs, more) = &found.batches[0];
    let runs: Vec<_> = runs.iter().map(|run| (run.state, run.handed_over, run.stamps)).collect();
    let expected = [
        (StampState::Activated, true, 3),
        (StampState::Spoiled, false, 1),
        (StampState::Lost, false, 1),
        (StampState::Activated, true, 5),
        (StampState::HandedOver, true, 9),
        (StampState::Lost, true, 1),
    ];
    assert_eq!((runs.as_slice(), *more), (expected.as_slice(), false));
}

#[test]
fn what_people_report_is_held_against_the_stamps() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    print(store, &batch, &[], Some(9));
    let stated = Minutes { stated: Some(8), ..minutes("1") };
    hand_over(store, &batch, &stated);
    let few = Some("thiếu");
    delivery::receive(store, batch.number, "1", 7, few, by("HTX")).unwrap();
    assert_eq!(differences(store, &batch), ["printed", "minutes", "received"]);
    assert!(!reconcile::batch(store, batch.number).unwrap().is_settled());
}

#[test]
fn stamps_handed_over_beside_the_minutes_and_books_out_of_step_are_noticed() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let serials = serials(store, &batch);
    handed(store, &only(serials[0]));
    assert_eq!(differences(store, &batch), ["without_minutes"]);
    sql(store, "UPDATE stamps SET handed_over = FALSE; UPDATE batch_tallies SET stamps = 0")
        .unwrap();
    assert_eq!(differences(store, &batch), ["never_handed_over", "counts"]);
    // A move that the counts cannot follow counts the batch anew.
    step(store, &only(serials[1]), StampMove::Spoil);
    assert_eq!(differences(store, &batch), ["never_handed_over"]);
    sql(store, &format!("DELETE FROM stamps WHERE serial = {}", serials[9].bits())).unwrap();
    assert!(differences(store, &batch).contains(&"issued"));
}

#[test]
fn a_batch_is_reconciled_with_what_replaces_it() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let serials = serials(store, &batch);
    step(store, &only(serials[0]), StampMove::Spoil);
    let order =
        delivery::reprint(store, batch.number, None, None, "rách", by("Xưởng in Mẫu")).unwrap();
    let approve = ocop_stamp::domain::order::OrderMove::Approve;
    ocop_stamp::issuance::ordering::step(store, order.id, approve, "", by("duyệt")).unwrap();
    let replacement = issue(store, order.id);
    let found = reconcile::batch(store, batch.number).unwrap();
    let numbers: Vec<_> = found.batches.iter().map(|it| (it.0.batch, it.0.replaces)).collect();
    assert_eq!(numbers, [(batch.number, None), (replacement.number, Some(batch.number))]);
    assert_eq!(found.tally().issued(), 11);
}

fn total(store: &Store, scope: Scope) -> Tally {
    reconcile::sums(store, &scope).unwrap().into_iter().map(|sum| sum.tally).sum()
}

#[test]
fn sums_go_by_product_producer_shop_and_day_of_issue() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let tea = enter(store, &entry("Trà"));
    let other = issue(store, approved(store, &self_paid(tea, 7)));
    print(store, &batch, &[], None);
    hand_over(store, &batch, &minutes("1"));
    let all = Scope::default();
    assert_eq!((total(store, all).issued(), total(store, all).handed_over()), (17, 10));
    let lines = reconcile::sums(store, &all).unwrap();
    let shops: Vec<_> = lines.iter().map(|sum| sum.shop.as_ref().map(|it| it.0)).collect();
    assert_eq!(shops, [Some(ShopId(1)), None]);
    assert_eq!(total(store, Scope { product: Some(tea), ..all }).issued(), 7);
    assert_eq!(total(store, Scope { producer: Some(ProducerId(1)), ..all }).issued(), 17);
    assert_eq!(total(store, Scope { producer: Some(ProducerId(2)), ..all }).issued(), 0);
    assert_eq!(total(store, Scope { shop: Some(ShopId(1)), ..all }).issued(), 10);
    let (today, next) = (Some(day(2026, 11, 23)), Some(day(2026, 11, 24)));
    assert_eq!(total(store, Scope { from: today, to: today, ..all }).issued(), 17);
    assert_eq!(total(store, Scope { from: next, ..all }).issued(), 0);
    assert_eq!(other.number.get(), 2);
}

#[test]
fn a_batch_that_no_shop_has_is_accounted_for_too() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    let found = reconcile::batch(store, batch.number).unwrap();
    assert!(found.batches[0].0.job.is_none() && found.batches[0].0.differences.is_empty());
    assert!(!found.is_settled(), "three are still in print");
}
