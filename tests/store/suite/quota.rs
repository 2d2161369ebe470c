use std::thread;

use ocop_stamp::domain::ids::OrderId;
use ocop_stamp::issuance::{Ineligible, IssueError, ordering};
use ocop_stamp::store::{Store, plans};

use super::open;
use crate::desk::{act, approved, codes, funded, issue, issuer, product, self_paid, sql};

fn remaining(store: &Store) -> u32 {
    let product = product(store);
    let left = store.read(|register| {
        let plan = plans::find(register, "KH 249/2021")?.unwrap();
        plans::remaining(register, &plan, product)
    });
    left.unwrap()
}

#[test]
fn sixty_four_clients_after_the_last_stamps_get_exactly_those() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    // Nobody has anything yet, so that all of these are approved.
    let orders: Vec<OrderId> =
        (0..64).map(|_| approved(store, &funded(store, product, 10))).collect();
    issue(store, approved(store, &funded(store, product, 1_800)));
    let outcomes: Vec<Result<usize, IssueError>> = thread::scope(|scope| {
        let issue_one = |order| {
            let batch = issuer(store).issue(order, "officer", &|_| ())?;
            Ok(codes(store, &batch).len())
        };
        let clients: Vec<_> =
            orders.into_iter().map(|order| scope.spawn(move || issue_one(order))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().flatten().sum::<usize>(), 200);
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        let quota = IssueError::Ineligible(Ineligible::QuotaExceeded {
            plan: "KH 249/2021".into(),
            remaining: 0,
            asked: 10,
        });
        assert_eq!(refused.to_string(), quota.to_string());
    }
    assert_eq!(remaining(store), 0);
}

#[test]
fn an_order_beyond_the_quota_is_refused_whole() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    let (first, second) = (funded(store, product, 1_500), funded(store, product, 501));
    let (first, second) = (approved(store, &first), approved(store, &second));
    issue(store, first);
    let refused = issuer(store).issue(second, "officer", &|_| ()).unwrap_err().to_string();
    assert!(refused.contains("500 more stamps") && refused.contains("501"), "{refused}");
    assert_eq!(remaining(store), 500);
    // The producer may pay for the rest.
    issue(store, approved(store, &self_paid(product, 501)));
    assert_eq!(remaining(store), 500);
}

#[test]
fn a_quota_granted_to_a_product_holds_when_the_plan_is_changed() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    issue(store, approved(store, &funded(store, product, 1_500)));
    sql(store, "UPDATE funding_plans SET stamps_per_product = 5000").unwrap();
    // What is said to remain is what can be had.
    let left = remaining(store);
    issue(store, approved(store, &funded(store, product, left)));
    assert_eq!(remaining(store), 0);
}

#[test]
fn the_same_order_issued_by_eight_at_once_is_one_batch() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = approved(store, &funded(store, product(store), 300));
    let batches: Vec<_> = thread::scope(|scope| {
        let issue_it = || issuer(store).issue(order, "officer", &|_| ()).unwrap();
        let clients: Vec<_> = (0..8).map(|_| scope.spawn(issue_it)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    assert!(batches.iter().all(|batch| batch.number == batches[0].number));
    assert_eq!(codes(store, &batches[0]).len(), 300);
    assert_eq!(remaining(store), 1_700);
}

#[test]
fn an_order_placed_by_eight_at_once_under_one_key_is_one_order() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let mut order = self_paid(product(store), 5);
    order.idempotency_key = Some("một".into());
    let ids: Vec<OrderId> = thread::scope(|scope| {
        let place = || ordering::place(store, &order, act()).unwrap().id;
        let clients: Vec<_> = (0..8).map(|_| scope.spawn(place)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]));
}
