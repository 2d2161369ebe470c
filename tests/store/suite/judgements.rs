use std::collections::BTreeSet;

use ocop_stamp::desk::{self, Worker};
use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::ids::ProductId;
use ocop_stamp::domain::judgement::{Judgement, JudgementKind};
use ocop_stamp::domain::recognition::{EventKind, Standing, governing};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::issuance::ordering;
use ocop_stamp::register::judgements::{JudgementError, record};
use ocop_stamp::register::record_event;
use ocop_stamp::store::{Store, recognitions};

use super::open;
use crate::desk::{act, approved, day, enter, entry, event, issue, noon, self_paid, sql, today};

fn withdrawal() -> Judgement {
    Judgement {
        kind: JudgementKind::Revoked,
        number: "60/QĐ-UBND".into(),
        signed_on: day(2026, 11, 20),
        signer: "Trần Văn Ký".into(),
        effective_on: day(2026, 11, 23),
        reason: "Không thực hiện đúng quy trình đã công bố.".into(),
    }
}

fn goods(store: &Store) -> BTreeSet<ProductId> {
    ["Trà sen", "Trà nhài", "Trà cúc"].map(|name| enter(store, &entry(name))).into()
}

fn standing(store: &Store, product: ProductId) -> Standing {
    let all = store.read(|register| recognitions::of_product(register, product)).unwrap();
    governing(&all, today()).unwrap().standing(today())
}

fn worker() -> Worker {
    let organisation = Organisation::Office;
    Worker { login: "phe.duyet".into(), organisation, at: noon(today()) }
}

#[test]
fn one_decision_revokes_its_whole_list_and_again_changes_nothing() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let list = goods(store);
    let id = record(store, &list, &withdrawal(), act()).unwrap();
    for &product in &list {
        assert!(matches!(standing(store, product), Standing::Revoked(_)));
    }
    let entries = || {
        let count = |register: &mut _| ocop_stamp::store::audit::history(register, id);
        store.read(count).unwrap().len()
    };
    assert_eq!(record(store, &list, &withdrawal(), act()).unwrap(), id);
    assert_eq!(entries(), 1);
    let papers = store.read(|register| recognitions::of_product(register, *list.first().unwrap()));
    assert_eq!(papers.unwrap()[0].events.len(), 1);
}

#[test]
fn where_one_cannot_follow_none_does() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let list = goods(store);
    let bad = *list.last().unwrap();
    record_event(store, bad, &event(EventKind::Revoked, day(2026, 11, 1)), act()).unwrap();
    let refused = record(store, &list, &withdrawal(), act());
    assert!(matches!(refused, Err(JudgementError::Refused(id, _)) if id == bad));
    assert_eq!(standing(store, *list.first().unwrap()), Standing::InForce);
}

#[test]
fn a_number_and_day_are_of_one_decision_and_its_facts_are_whole() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let list = goods(store);
    let part: BTreeSet<ProductId> = list.iter().copied().take(1).collect();
    record(store, &part, &withdrawal(), act()).unwrap();
    let more = record(store, &list, &withdrawal(), act());
    assert!(matches!(more, Err(JudgementError::Taken(_))));
    assert_eq!(standing(store, *list.last().unwrap()), Standing::InForce, "rolled back");
    let whole = withdrawal();
    for lacking in [
        Judgement { number: " ".into(), ..whole.clone() },
        Judgement { signer: String::new(), ..whole.clone() },
        Judgement { reason: "x".repeat(1_001), ..whole.clone() },
        Judgement { signed_on: day(2026, 11, 24), ..whole },
    ] {
        let refused = record(store, &list, &lacking, act());
        assert!(matches!(refused, Err(JudgementError::Incomplete)), "{lacking:?}");
    }
    let none = record(store, &BTreeSet::new(), &withdrawal(), act());
    assert!(matches!(none, Err(JudgementError::Products)));
    assert!(sql(store, "UPDATE judgements SET kind = 'end_changed'").is_err());
    assert!(sql(store, "INSERT INTO judged_recognitions VALUES (1, 99)").is_err());
}

#[test]
fn a_preview_tells_orders_under_way_and_unused_stamps_and_changes_nothing() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let list = goods(store);
    let first = *list.first().unwrap();
    issue(store, approved(store, &self_paid(first, 30)));
    ordering::place(store, &self_paid(first, 10), Act { by: "HTX", ..act() }).unwrap();
    let subjects = desk::judgements::subjects(store, &worker(), &list).unwrap().unwrap();
    let counts: Vec<_> = subjects.iter().map(|it| (it.open_orders, it.unused_stamps)).collect();
    assert_eq!(counts, [(1, 30), (0, 0), (0, 0)]);
    for subject in &subjects {
        let after = desk::judgements::outcome(&worker(), subject, &withdrawal()).unwrap();
        assert!(matches!(after, Standing::Revoked(_)));
    }
    assert_eq!(standing(store, first), Standing::InForce);
    let found = desk::judgements::recognised_by(store, &worker(), "1147/QĐ-UBND").unwrap();
    assert_eq!(found, list);
    let other = Worker {
        organisation: Organisation::Producer(ocop_stamp::domain::ids::ProducerId(9)),
        ..worker()
    };
    assert!(desk::judgements::subjects(store, &other, &list).unwrap().is_none());
    let refused = desk::judgements::record(store, &other, &list, &withdrawal());
    assert!(matches!(refused, Err(JudgementError::Refused(..))));
}
