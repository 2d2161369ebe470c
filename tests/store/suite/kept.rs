use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::recognition::{Authority, AuthorityLevel, EventKind, Stars};
use ocop_stamp::register::{self, Counts, Import, RegisterError};
use ocop_stamp::store::{Store, authorities, products, recognitions};

use super::open;
use crate::desk::{act, act_on, day, enter, entry, event, product, today};

fn found(store: &Store, query: &str) -> Vec<String> {
    let found = store.read(|register| products::search(register, query, 100)).unwrap();
    found.into_iter().map(|(product, _)| product.details.name).collect()
}

#[test]
fn an_annex_entered_twice_is_one() {
    let Some(register) = open() else { return };
    let annex = [entry("Gốm sứ"), entry("Trà sen")];
    let import =
        || register::import(&register.store, &annex, "annex.csv", Import::EnterNew, act()).unwrap();
    assert_eq!(import().counts(), Counts { new: 2, ..Counts::default() });
    assert_eq!(import().counts(), Counts { same: 2, ..Counts::default() });
    assert_eq!(found(&register.store, ""), ["Gốm sứ", "Trà sen"]);
}

#[test]
fn an_annex_with_one_impossible_row_is_not_entered_at_all() {
    let Some(register) = open() else { return };
    let mut wrong = entry("Trà sen");
    wrong.ends_on = day(2020, 1, 1);
    let annex = [entry("Gốm sứ"), wrong];
    assert!(
        register::import(&register.store, &annex, "annex.csv", Import::EnterNew, act()).is_err()
    );
    assert_eq!(found(&register.store, ""), Vec::<String>::new());
}

#[test]
fn a_producer_written_otherwise_is_the_same_producer() {
    let Some(register) = open() else { return };
    let mut other = entry("Trà sen");
    other.producer.name = "CÔNG TY TNHH  Gốm Sứ quang vinh".into();
    let first = enter(&register.store, &entry("Gốm sứ"));
    let second = enter(&register.store, &other);
    let producer_of = |id| {
        let found = register.store.read(|c| products::get(c, id)).unwrap();
        found.unwrap().1
    };
    assert_eq!(producer_of(first), producer_of(second));
    assert_eq!(producer_of(first).details.name, "Công ty TNHH Gốm sứ Quang Vinh");
}

#[test]
fn a_search_needs_no_diacritics_and_looks_at_producers_too() {
    let Some(register) = open() else { return };
    for name in ["Gốm sứ men lam", "Bánh Hoà Lạc", "Đậu phụ Mơ", "Mật ong 500 g"] {
        enter(&register.store, &entry(name));
    }
    let store = &register.store;
    assert_eq!(found(store, "gom su men"), ["Gốm sứ men lam"]);
    assert_eq!(found(store, "GỐM  lam"), ["Gốm sứ men lam"]);
    assert_eq!(found(store, "hòa"), ["Bánh Hoà Lạc"]);
    assert_eq!(found(store, "hoà"), ["Bánh Hoà Lạc"]);
    assert_eq!(found(store, "dau"), ["Đậu phụ Mơ"]);
    assert_eq!(found(store, "đâu"), ["Đậu phụ Mơ"]);
    assert_eq!(found(store, "quang vinh mat"), ["Mật ong 500 g"]);
    assert_eq!(found(store, "%"), found(store, ""));
    assert_eq!(found(store, "không có"), Vec::<String>::new());
}

#[test]
fn lists_follow_the_vietnamese_alphabet() {
    let Some(register) = open() else { return };
    let alphabet = ["Cam", "Chè", "Dưa", "Đào", "Ếch", "Ổi", "Ớt", "Vải", "Xoài"];
    for name in alphabet.iter().rev() {
        enter(&register.store, &entry(name));
    }
    assert_eq!(found(&register.store, ""), alphabet);
}

#[test]
fn a_recognition_is_kept_as_the_paper_says_whatever_happens_later() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = product(store);
    let mut changed = entry(crate::desk::PRODUCT);
    changed.stars = Stars::new(5).unwrap();
    changed.ends_on = day(2031, 1, 1);
    enter(store, &changed);
    let extended = event(EventKind::EndChanged(day(2030, 1, 1)), today());
    register::record_event(store, id, &extended, act()).unwrap();
    let suspended = event(EventKind::Suspended, day(2026, 12, 1));
    register::record_event(store, id, &suspended, act()).unwrap();

    let all = store.read(|c| recognitions::of_product(c, id)).unwrap();
    let [recognition] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(recognition.paper.stars.get(), 4);
    assert!(recognition.paper.potential_five_star);
    assert_eq!(recognition.paper.ends_on, day(2029, 3, 4));
    assert_eq!(recognition.ends_on(today()), day(2030, 1, 1));
    assert_eq!(recognition.events, [extended, suspended]);
}

#[test]
fn an_event_repeated_is_recorded_once() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = product(store);
    for kind in [EventKind::Suspended, EventKind::Reinstated, EventKind::Revoked] {
        let event = event(kind, today());
        register::record_event(store, id, &event, act()).unwrap();
        register::record_event(store, id, &event, act()).unwrap();
    }
    let all = store.read(|c| recognitions::of_product(c, id)).unwrap();
    assert_eq!(all.iter().map(|it| it.events.len()).sum::<usize>(), 3);
}

fn refused(store: &Store, kind: EventKind, effective_on: Day) -> bool {
    let id = product(store);
    let outcome = register::record_event(store, id, &event(kind, effective_on), act());
    matches!(outcome, Err(RegisterError::Standing { .. } | RegisterError::EndBeforeSignature))
}

#[test]
fn events_that_do_not_follow_are_refused() {
    let Some(register) = open() else { return };
    let store = &register.store;
    assert!(refused(store, EventKind::Reinstated, today()));
    assert!(refused(store, EventKind::EndChanged(day(2026, 3, 3)), today()));
    assert!(!refused(store, EventKind::Suspended, day(2026, 11, 20)));
    assert!(refused(store, EventKind::Suspended, today()));
    assert!(!refused(store, EventKind::Revoked, today()));
    assert!(refused(store, EventKind::Reinstated, day(2026, 12, 1)));
}

#[test]
fn a_suspension_on_the_day_it_was_lifted_is_a_new_one() {
    let Some(register) = open() else { return };
    let store = &register.store;
    for kind in [EventKind::Suspended, EventKind::Reinstated, EventKind::Suspended] {
        assert!(!refused(store, kind, today()), "{kind:?}");
    }
    let all = store.read(|c| recognitions::of_product(c, product(store))).unwrap();
    assert_eq!(all[0].events.len(), 3);
}

#[test]
fn a_suspension_that_would_have_no_effect_is_refused() {
    let Some(register) = open() else { return };
    let store = &register.store;
    assert!(!refused(store, EventKind::Suspended, day(2026, 6, 1)));
    assert!(!refused(store, EventKind::Reinstated, day(2026, 8, 1)));
    // Dated before it was lifted, it would be lifted at once.
    assert!(refused(store, EventKind::Suspended, day(2026, 7, 1)));
}

#[test]
fn an_authority_keeps_its_dates_of_being_in_office() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let district = Authority {
        name: "UBND quận Tây Hồ".into(),
        level: AuthorityLevel::District,
        active_from: None,
        active_to: Some(day(2025, 6, 30)),
    };
    let enter_it = |authority: &Authority| {
        let list = std::slice::from_ref(authority);
        let how = Import::EnterNew;
        register::import_authorities(store, list, "co-quan.csv", how, act()).unwrap().counts()
    };
    assert_eq!(enter_it(&district), Counts { new: 1, ..Counts::default() });
    assert_eq!(enter_it(&district), Counts { same: 1, ..Counts::default() }, "known like this");
    let mut row = entry("Xôi");
    row.authority.clone_from(&district.name);
    row.authority_level = AuthorityLevel::City;
    enter(store, &row);
    let later = Authority { active_to: Some(day(2030, 1, 1)), ..district.clone() };
    assert_eq!(
        enter_it(&later),
        Counts { different: 1, ..Counts::default() },
        "the register keeps what it has"
    );
    let kept = store.read(|c| {
        let id = authorities::find(c, &district.name)?;
        authorities::get(c, id.unwrap())
    });
    assert_eq!(kept.unwrap(), Some(district));
}

#[test]
fn a_product_recognised_by_the_same_number_of_another_authority_has_two_recognitions() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = product(store);
    let mut ministry = entry(crate::desk::PRODUCT);
    ministry.authority = "Bộ Nông nghiệp và Môi trường".into();
    ministry.authority_level = AuthorityLevel::Ministry;
    let later = act_on(day(2026, 12, 1));
    register::import(store, &[ministry], "b.csv", Import::EnterNew, later).unwrap();
    assert_eq!(store.read(|c| recognitions::of_product(c, id)).unwrap().len(), 2);
}
