use std::sync::Arc;

use ocop_stamp::clock::{FixedClock, SystemRandom};
use ocop_stamp::desk::{Worker, orders as desk_of_orders};
use ocop_stamp::domain::account::NewAccount;
use ocop_stamp::domain::audit::Action;
use ocop_stamp::domain::ids::OrderId;
use ocop_stamp::domain::order::{OrderMove, OrderState, Quantity};
use ocop_stamp::domain::product::ProductGroup;
use ocop_stamp::domain::quota::Funding;
use ocop_stamp::domain::recognition::{EventKind, Ruling, Standing, Stars};
use ocop_stamp::domain::role::{Organisation, Role};
use ocop_stamp::identity::Identity;
use ocop_stamp::issuance::ordering::{self, OrderError};
use ocop_stamp::issuance::{Ineligible, IssueError};
use ocop_stamp::register;
use ocop_stamp::store::listing::Sort;
use ocop_stamp::store::order_list::{OrderColumn, OrderFilter};
use ocop_stamp::store::{Store, audit, orders, products};

use super::open;
use crate::desk::{
    self, act, act_on, approved, by, day, enter, entry, event, funded, issuer, noon, product,
    self_paid, today,
};

fn state(store: &Store, id: OrderId) -> OrderState {
    store.read(|c| orders::get(c, id)).unwrap().unwrap().state
}

fn why_not(store: &Store, order: &ocop_stamp::domain::order::NewOrder) -> Ineligible {
    match ordering::place(store, order, act()).unwrap_err() {
        OrderError::Ineligible(because) => because,
        other => panic!("{other}"),
    }
}

#[test]
fn an_order_placed_again_under_its_key_is_the_same_order() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let mut order = self_paid(product(store), 5);
    order.idempotency_key = Some("2026-17".into());
    let first = ordering::place(store, &order, act()).unwrap();
    for _ in 0..100 {
        assert_eq!(ordering::place(store, &order, act()).unwrap(), first);
    }
    order.quantity = Quantity::new(6).unwrap();
    let taken = ordering::place(store, &order, act()).unwrap_err();
    assert!(matches!(taken, OrderError::KeyTaken { order, .. } if order == first.id));
    assert_eq!(store.read(|c| orders::latest(c, 10)).unwrap(), [first]);
}

#[test]
fn orders_without_a_key_are_orders_of_their_own() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = self_paid(product(store), 5);
    let first = ordering::place(store, &order, act()).unwrap();
    let second = ordering::place(store, &order, act()).unwrap();
    assert_ne!(first.id, second.id);
    let latest = store.read(|c| orders::latest(c, 1)).unwrap();
    assert_eq!(latest, [second]);
}

#[test]
fn every_step_of_an_order_is_in_the_audit_trail_once() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = approved(store, &self_paid(product(store), 5));
    let again = ordering::step(store, id, OrderMove::Approve, "", act()).unwrap();
    assert_eq!(again.state, OrderState::Approved);
    issuer(store).issue(id, "officer", &|_| ()).unwrap();
    let entries = store.read(|c| audit::history(c, id)).unwrap();
    let actions: Vec<&str> = entries.iter().map(|it| it.action.key()).collect();
    let expected = ["order.place", "order.submit", "order.approve", "order.prepare", "order.issue"];
    assert_eq!(actions, expected);
    assert_eq!(state(store, id), OrderState::Issued);
}

#[test]
fn an_order_that_is_not_approved_is_not_issued() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = ordering::place(store, &self_paid(product(store), 5), act()).unwrap().id;
    let refused = issuer(store).issue(id, "officer", &|_| ()).unwrap_err();
    assert!(matches!(refused, IssueError::Order(_)), "{refused}");
    assert_eq!(desk::unfinished(store), []);
    let nobody = issuer(store).issue(OrderId(999), "officer", &|_| ()).unwrap_err();
    assert!(matches!(nobody, IssueError::NoOrder(_)), "{nobody}");
}

#[test]
fn an_order_is_not_marked_issued_by_hand_nor_withdrawn_while_it_is_issued() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = approved(store, &self_paid(product(store), 5));
    assert!(ordering::step(store, id, OrderMove::Issue, "", act()).is_err());
    desk::sql(store, "CREATE TABLE aside AS SELECT * FROM orders").unwrap();
    issuer(store).issue(id, "officer", &|_| ()).unwrap();
    // As an interruption between the two transactions leaves it.
    desk::sql(store, "UPDATE batches SET issued_at = NULL; UPDATE orders SET state = 'approved'")
        .unwrap();
    let late = ordering::step(store, id, OrderMove::Cancel, "", act()).unwrap_err();
    assert!(matches!(late, OrderError::BeingIssued(_)), "{late}");
}

#[test]
fn who_may_not_carry_the_mark_gets_no_stamps() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let mut two_stars = entry("Hai sao");
    two_stars.stars = Stars::new(2).unwrap();
    let two_stars = enter(store, &two_stars);
    assert_eq!(why_not(store, &self_paid(two_stars, 1)), Ineligible::TooFewStars(2));

    let mut tour = entry("Du lịch Ba Vì");
    tour.group = ProductGroup::Services;
    let tour = enter(store, &tour);
    assert_eq!(why_not(store, &self_paid(tour, 1)), Ineligible::Service);

    let mut expired = entry("Hết hạn");
    (expired.signed_on, expired.effective_on) = (day(2023, 1, 1), day(2023, 1, 1));
    expired.ends_on = day(2026, 11, 22);
    let expired = enter(store, &expired);
    let standing = Standing::Expired { ended_on: day(2026, 11, 22) };
    assert_eq!(why_not(store, &self_paid(expired, 1)), Ineligible::NotInForce(standing));

    let suspended = enter(store, &entry("Đình chỉ"));
    let since = day(2026, 11, 1);
    let suspension = event(EventKind::Suspended, since);
    register::record_event(store, suspended, &suspension, act()).unwrap();
    let standing =
        Standing::Suspended(Ruling { since, number: Some("58/QĐ-VPĐP".into()), signed_on: None });
    assert_eq!(why_not(store, &self_paid(suspended, 1)), Ineligible::NotInForce(standing));
}

#[test]
fn a_product_suspended_after_its_approval_gets_no_codes() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    let id = approved(store, &funded(store, product, 5));
    let suspension = event(EventKind::Suspended, today());
    register::record_event(store, product, &suspension, act()).unwrap();
    let refused = issuer(store).issue(id, "officer", &|_| ()).unwrap_err();
    assert!(matches!(refused, IssueError::Ineligible(Ineligible::NotInForce(_))), "{refused}");
    // Nothing was begun, and the quota is whole.
    assert_eq!(desk::unfinished(store), []);
    let lifted = event(EventKind::Reinstated, today());
    register::record_event(store, product, &lifted, act()).unwrap();
    approved(store, &funded(store, product, 2_000));
}

#[test]
fn a_funded_order_names_a_plan_that_is_open() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = funded(store, product(store), 5);
    let mut nowhere = order.clone();
    nowhere.funding = Funding::Plan(ocop_stamp::domain::ids::PlanId(77));
    assert_eq!(why_not(store, &nowhere), Ineligible::NoPlan);
    desk::sql(store, "UPDATE funding_plans SET active_to = '2026-11-22'").unwrap();
    assert_eq!(why_not(store, &order), Ineligible::PlanClosed("KH 249/2021".into()));
    ordering::place(store, &order, act_on(day(2026, 11, 22))).unwrap();
}

#[test]
fn an_order_is_approved_by_other_eyes_than_placed_or_sent_it() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = ordering::place(store, &self_paid(product(store), 5), by("Lan")).unwrap();
    ordering::step(store, order.id, OrderMove::Submit, "", by("Hoa")).unwrap();
    for same in ["Lan", "hoa ", ""] {
        let refused = ordering::step(store, order.id, OrderMove::Approve, "", by(same));
        assert!(matches!(refused, Err(OrderError::SamePerson { .. })), "{same}");
    }
    for same in ["LAN", "L\u{200b}an", " la\u{6e}", "Hoa\u{a0}", "\u{feff}Hoa"] {
        let refused = ordering::step(store, order.id, OrderMove::Approve, "", by(same));
        assert!(matches!(refused, Err(OrderError::SamePerson { .. })), "{same:?}");
    }
    let approved = ordering::step(store, order.id, OrderMove::Approve, "", by("Minh")).unwrap();
    let people = (approved.placed_by, approved.submitted_by, approved.approved_by);
    assert_eq!(people, (Some("Lan".into()), Some("Hoa".into()), Some("Minh".into())));
    for same in ["approved_by = placed_by", "approved_by = submitted_by", "placed_by = 'Minh'"] {
        let refused = desk::sql(store, &format!("UPDATE orders SET {same}"));
        assert!(refused.is_err(), "the database has the last word: {same}");
    }
}

#[test]
fn a_name_spelt_otherwise_and_the_login_of_a_name_are_no_other_eyes() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let clock = Arc::new(FixedClock(noon(today())));
    let identity = Identity::new(store.clone(), clock, Arc::new(SystemRandom)).unwrap();
    for (login, name) in [("hoa.tran", "Trần Thị Hoà"), ("hoa.le", "Trần Thị Hoà")] {
        let (login, name, role) = (login.to_owned(), name.to_owned(), Role::Officer);
        let organisation = Organisation::Office;
        let wanted = NewAccount { login, name, role, organisation, email: None };
        identity.add(&wanted, "x").unwrap();
    }
    let product = product(store);
    let sent = |who: &str| {
        let order = ordering::place(store, &self_paid(product, 5), by(who)).unwrap();
        ordering::step(store, order.id, OrderMove::Submit, "", by(who)).unwrap().id
    };
    let may = |id, who: &str| match ordering::step(store, id, OrderMove::Approve, "", by(who)) {
        Ok(_) => true,
        Err(OrderError::SamePerson { .. }) => false,
        Err(other) => panic!("{who}: {other}"),
    };
    // The old and the new place of the tone mark, and letters composed or not.
    let id = sent("Lê Văn Hoà");
    for same in
        ["Lê Văn Hòa", "LÊ VĂN HOÀ", "Le\u{302} Va\u{306}n Hoa\u{300}", "Lê\u{200b}  Văn-Hòa"]
    {
        assert!(!may(id, same), "{same:?}");
    }
    assert!(may(id, "Lê Văn Hoa"), "another tone is another person");
    // An account is its login and the name that it is kept under; two of one name are two.
    let id = sent("hoa.tran");
    for same in ["HOA.TRAN", "hoa.tran\u{200b}", "Trần Thị Hoà", "trần thị hòa"] {
        assert!(!may(id, same), "{same:?}");
    }
    assert!(may(id, "hoa.le"), "another account of that name");
    let id = sent("Trần Thị Hòa");
    assert!(!may(id, "hoa.tran") && !may(id, "hoa.le"), "it may be either of them");
}

#[test]
fn an_order_is_returned_or_rejected_with_a_reason() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = ordering::place(store, &self_paid(product(store), 5), act()).unwrap();
    ordering::step(store, order.id, OrderMove::Submit, "", act()).unwrap();
    for step in [OrderMove::RequestChanges, OrderMove::Reject] {
        let silent = ordering::step(store, order.id, step, " ", by("duyệt"));
        assert!(matches!(silent, Err(OrderError::NoReason(_))), "{step:?}");
        ordering::step(store, order.id, step, "thiếu giấy tờ", by("duyệt")).unwrap();
        if step == OrderMove::RequestChanges {
            ordering::step(store, order.id, OrderMove::Submit, "", act()).unwrap();
        }
    }
    assert_eq!(state(store, order.id), OrderState::Rejected);
}

#[test]
fn stamps_are_not_wanted_after_the_recognition_ends() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let mut order = self_paid(product(store), 5);
    order.wanted_on = Some(day(2029, 3, 4));
    let placed = ordering::place(store, &order, act()).unwrap();
    assert_eq!(placed.request.wanted_on, order.wanted_on);
    order.wanted_on = Some(day(2029, 3, 5));
    let late = ordering::place(store, &order, act()).unwrap_err();
    assert!(matches!(late, OrderError::WantedTooLate { .. }), "{late}");
}

#[test]
fn the_second_of_two_approvers_at_one_moment_is_told_so() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = ordering::place(store, &self_paid(product(store), 10), act()).unwrap();
    ordering::step(store, order.id, OrderMove::Submit, "", act()).unwrap();
    let worker = |login: &str| Worker {
        login: login.into(),
        organisation: Organisation::Office,
        at: noon(today()),
    };
    let seen = desk_of_orders::get(store, &worker("hoa"), order.id).unwrap().unwrap().version();
    let approve = |login, seen| {
        desk_of_orders::step(store, &worker(login), order.id, OrderMove::Approve, "", seen)
    };
    approve("hoa", Some(seen)).unwrap();
    let second = approve("minh", Some(seen));
    assert!(matches!(second, Err(OrderError::Changed(OrderState::Approved))), "{second:?}");
    let again = approve("hoa", Some(seen)).unwrap();
    assert_eq!(again.approved_by.as_deref(), Some("hoa"), "her own form, sent twice, is one act");
}

#[test]
fn an_order_that_is_taken_up_is_under_review_until_it_is_decided_on() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = ordering::place(store, &self_paid(product(store), 5), act()).unwrap().id;
    let early = ordering::step(store, id, OrderMove::TakeUp, "", by("can-bo")).unwrap_err();
    assert!(matches!(early, OrderError::Move(_)), "{early}");
    for (step, reason, actor, after) in [
        (OrderMove::Submit, "", "chu-the", OrderState::Submitted),
        (OrderMove::TakeUp, "", "can-bo", OrderState::UnderReview),
        (OrderMove::TakeUp, "", "can-bo-2", OrderState::UnderReview),
        (OrderMove::RequestChanges, "thiếu ảnh", "can-bo", OrderState::ChangesRequested),
        (OrderMove::Submit, "", "chu-the", OrderState::UnderReview),
    ] {
        ordering::step(store, id, step, reason, by(actor)).unwrap();
        assert_eq!(state(store, id), after, "{step:?}");
    }
    let order = store.read(|c| orders::get(c, id)).unwrap().unwrap();
    assert_eq!(order.taken_up_by.as_deref(), Some("can-bo"));
    ordering::step(store, id, OrderMove::Approve, "", by("phe-duyet")).unwrap();
    assert_eq!(state(store, id), OrderState::Approved);
}

#[test]
fn lists_tell_orders_under_review_from_those_that_wait_to_be_taken_up() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    let sent = |key: &str| {
        let wanted = ocop_stamp::domain::order::NewOrder {
            idempotency_key: Some(key.to_owned()),
            ..self_paid(product, 5)
        };
        let id = ordering::place(store, &wanted, act()).unwrap().id;
        ordering::step(store, id, OrderMove::Submit, "", act()).unwrap();
        id
    };
    let (waits, taken) = (sent("a"), sent("b"));
    ordering::step(store, taken, OrderMove::TakeUp, "", by("can-bo")).unwrap();
    let office = Worker {
        login: "can-bo".to_owned(),
        organisation: Organisation::Office,
        at: noon(today()),
    };
    let found = |state| {
        let filter = OrderFilter { state: Some(state), ..OrderFilter::default() };
        let sort = Sort { column: OrderColumn::Number, is_descending: false };
        let page = ocop_stamp::desk::page(store, &office, &filter, sort, 1).unwrap();
        page.items.iter().map(|it| (it.order.id, it.order.state)).collect::<Vec<_>>()
    };
    assert_eq!(found(OrderState::Submitted), [(waits, OrderState::Submitted)]);
    assert_eq!(found(OrderState::UnderReview), [(taken, OrderState::UnderReview)]);
    assert_eq!(found(OrderState::Draft), []);
}

#[test]
fn a_day_that_is_past_is_refused_with_the_days_that_would_do() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let mut order = self_paid(product(store), 5);
    order.wanted_on = today().pred_opt();
    let refused = ordering::place(store, &order, act()).unwrap_err();
    let OrderError::WantedTooEarly { today: from, ends_on, .. } = refused else {
        panic!("{refused}")
    };
    assert_eq!(from, today());
    for day in [from, ends_on] {
        order.wanted_on = Some(day);
        ordering::place(store, &order, act()).unwrap();
    }
    // What has lain at the office until its day was over, can be approved all the same.
    order.wanted_on = Some(today());
    let id = ordering::place(store, &order, act()).unwrap().id;
    ordering::step(store, id, OrderMove::Submit, "", act()).unwrap();
    let tomorrow = act_on(today().succ_opt().unwrap());
    let tomorrow = ocop_stamp::domain::act::Act { by: "phe-duyet", ..tomorrow };
    ordering::step(store, id, OrderMove::Approve, "", tomorrow).unwrap();
}

#[test]
fn a_draft_is_changed_and_sent_by_its_producer_alone() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    let (_, maker) = store.read(|c| products::get(c, product)).unwrap().unwrap();
    let worker =
        |organisation| Worker { login: "chu-the".to_owned(), organisation, at: noon(today()) };
    let mine = worker(Organisation::Producer(maker.id));
    let id = desk_of_orders::draft(store, &mine, &self_paid(product, 5)).unwrap().id;
    assert_eq!(state(store, id), OrderState::Draft);

    let mut wanted = self_paid(product, 8);
    wanted.wanted_on = Some(today());
    let other = worker(Organisation::Producer(ocop_stamp::domain::ids::ProducerId(999)));
    let refused = desk_of_orders::amend(store, &other, id, &wanted).unwrap_err();
    assert!(matches!(refused, OrderError::NoOrder(_)), "{refused}");
    for _ in 0..2 {
        let order = desk_of_orders::amend(store, &mine, id, &wanted).unwrap();
        assert_eq!((order.request.quantity.get(), order.request.wanted_on), (8, Some(today())));
    }
    let entries = store.read(|c| audit::history(c, id)).unwrap();
    let amended: Vec<_> = entries.iter().filter(|it| it.action == Action::AmendOrder).collect();
    assert_eq!(amended.len(), 1, "{entries:?}");

    ordering::step(store, id, OrderMove::Submit, "", act()).unwrap();
    let late = desk_of_orders::amend(store, &mine, id, &self_paid(product, 9)).unwrap_err();
    assert!(matches!(late, OrderError::NotEditable(OrderState::Submitted)), "{late}");
}
