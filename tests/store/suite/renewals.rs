use std::sync::Arc;

use ocop_stamp::accounting::Selection;
use ocop_stamp::clock::FixedClock;
use ocop_stamp::code::uri;
use ocop_stamp::desk::dashboard::{self, Dashboard};
use ocop_stamp::desk::{self, Worker};
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::ids::{ProducerId, ProductId};
use ocop_stamp::domain::order::OrderState;
use ocop_stamp::domain::recognition::EventKind;
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::domain::stamp::StampState;
use ocop_stamp::issuance::ordering;
use ocop_stamp::register::record_event;
use ocop_stamp::store::Store;
use ocop_stamp::store::listing::Sort;
use ocop_stamp::store::renewal_list::{Ending, RenewalColumn, RenewalFilter};
use ocop_stamp::verification::{Verifier, Visitor};

use super::open;
use crate::desk::{
    act, codes, day, enter, entry, event, issued, keyring, noon, product, put_on_goods, self_paid,
    today,
};

fn worker(organisation: Organisation) -> Worker {
    Worker { login: "can.bo".into(), organisation, at: noon(today()) }
}

fn ending(store: &Store, name: &str, ends_on: Day) -> ProductId {
    enter(store, &AnnexEntry { ends_on, ..entry(name) })
}

fn found(store: &Store, within_days: u16, organisation: Organisation) -> Vec<Ending> {
    let filter = RenewalFilter { within_days, words: String::new() };
    let sort = Sort { column: RenewalColumn::End, is_descending: false };
    let page = desk::page(store, &worker(organisation), &filter, sort, 1).unwrap();
    assert_eq!(page.total, u64::try_from(page.items.len()).unwrap());
    page.items
}

#[test]
fn recognitions_that_end_before_long_are_listed_with_what_hangs_on_them() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let soon = ending(store, "Trà sen", day(2026, 12, 23));
    ending(store, "Trà nhài", day(2026, 12, 24));
    ending(store, "Trà cũ", day(2026, 11, 22));
    let revoked = ending(store, "Trà cúc", day(2026, 12, 1));
    record_event(store, revoked, &event(EventKind::Revoked, today()), act()).unwrap();
    let moved = product(store);
    let earlier = event(EventKind::EndChanged(day(2026, 11, 23)), today());
    record_event(store, moved, &earlier, act()).unwrap();
    ordering::place(store, &self_paid(soon, 10), act()).unwrap();
    let names = |days| {
        let all = found(store, days, Organisation::Office).into_iter();
        all.map(|it| (it.listed.product.id, it.ends_on, it.open_orders)).collect::<Vec<_>>()
    };
    let expected = [(moved, day(2026, 11, 23), 0), (soon, day(2026, 12, 23), 1)];
    assert_eq!(names(30), expected);
    assert_eq!(names(90).len(), 3);
    assert_eq!(found(store, 180, Organisation::Producer(ProducerId(1))).len(), 3);
    assert!(found(store, 180, Organisation::Producer(ProducerId(2))).is_empty());
}

fn numbers(store: &Store, organisation: Organisation) -> Dashboard {
    dashboard::numbers(store, &worker(organisation), &[OrderState::Issued]).unwrap()
}

#[test]
fn a_dashboard_counts_stamps_and_scans_of_ones_own() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 30);
    let first = codes(store, &batch)[0];
    put_on_goods(store, &Selection::Range(first.0..=first.0), "L1");
    let clock = Arc::new(FixedClock(noon(today())));
    let verifier = Verifier::new(store.clone(), keyring(), clock);
    for (serial, signature) in &codes(store, &batch)[..2] {
        for network in ["203.0.1.0/24", "203.0.2.0/24", "203.0.3.0/24"] {
            let verdict = verifier.check(&uri::qr_text(&batch.intent.face, *serial, signature));
            let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)";
            verifier.record_scan(&verdict, Visitor { network, agent });
        }
    }
    verifier.flush_scans();
    let all = numbers(store, Organisation::Office);
    let of = |state| all.by_state.iter().find(|(it, _)| *it == state).unwrap().1;
    assert_eq!((of(StampState::Issued), of(StampState::Activated)), (29, 1));
    assert_eq!(
        all.by_stars.iter().map(|(stars, it)| (stars.get(), *it)).collect::<Vec<_>>(),
        [(4, 30)]
    );
    assert_eq!(all.by_commune, [(Some("Bát Tràng".to_owned()), 30)]);
    assert_eq!(all.waiting, [(OrderState::Issued, 1)]);
    let (last_day, scans) = *all.scans.last().unwrap();
    assert_eq!((all.scans.len(), last_day), (30, today()));
    // The stamp that is not activated was answered with a concern each time.
    assert_eq!((scans.scans, scans.warnings), (6, 3));
    let own = numbers(store, Organisation::Producer(ProducerId(1)));
    assert_eq!((own.by_commune, own.scans), (all.by_commune.clone(), all.scans.clone()));
    let other = numbers(store, Organisation::Producer(ProducerId(2)));
    assert!(other.by_commune.is_empty() && other.scans.iter().all(|(_, it)| it.scans == 0));
}
