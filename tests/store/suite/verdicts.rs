use std::collections::BTreeSet;
use std::sync::Arc;

use ocop_stamp::accounting::{self, Selection};
use ocop_stamp::clock::FixedClock;
use ocop_stamp::code::{text, uri};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::recognition::{EventKind, Ruling, Stars};
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::StampMove;
use ocop_stamp::domain::verdict::{Concern, Finding, Headline, Slip, Verdict};
use ocop_stamp::register;
use ocop_stamp::signing::Signer;
use ocop_stamp::store::{Store, audit};
use ocop_stamp::verification::{Verifier, Visitor};

use super::open;
use crate::desk::{
    PRODUCT, act, act_on, codes, day, enter, entry, event, issued, key, keyring, noon, only,
    product, put_on_goods, sql, step, today,
};

pub(super) fn verifier(store: &Store, on: Day) -> Verifier {
    Verifier::new(store.clone(), keyring(), Arc::new(FixedClock(noon(on))))
}

/// A telephone in a network.
fn visitor(network: &str) -> Visitor<'_> {
    let agent = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/140.0.0.0 Mobile Safari/537.36";
    Visitor { network, agent }
}

pub(super) fn headline(store: &Store, on: Day, text: &str) -> Headline {
    verifier(store, on).check(text).headline()
}

pub(super) fn finding(store: &Store, on: Day, text: &str) -> Finding {
    match verifier(store, on).check(text) {
        Verdict::Known(finding) => *finding,
        other => panic!("{other:?}"),
    }
}

/// What the scans of a batch's stamps read.
pub(super) fn texts(store: &Store, batch: &Batch) -> Vec<String> {
    let face = &batch.intent.face;
    codes(store, batch).iter().map(|(serial, sig)| uri::qr_text(face, *serial, sig)).collect()
}

/// A register with a batch of three, all on goods.
pub(super) fn on_goods(store: &Store) -> (Batch, Vec<String>) {
    let batch = issued(store, 3);
    put_on_goods(store, &Selection::Batch(batch.number), "L1");
    let texts = texts(store, &batch);
    (batch, texts)
}

fn happens(store: &Store, kind: EventKind, on: Day) {
    register::record_event(store, product(store), &event(kind, on), act_on(on)).unwrap();
}

fn recognised_again(store: &Store, signed_on: Day, stars: u8) {
    let mut row = entry(PRODUCT);
    row.decision_number = format!("2/QĐ-UBND {signed_on}");
    row.stars = Stars::new(stars).unwrap();
    (row.signed_on, row.effective_on) = (signed_on, signed_on);
    row.ends_on = signed_on + chrono::Days::new(1_000);
    enter(store, &row);
}

#[test]
fn a_stamp_on_goods_is_valid_and_says_of_what() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (batch, texts) = on_goods(store);
    let finding = finding(store, today(), &texts[0]);
    assert_eq!(finding.concerns, []);
    assert_eq!(finding.product.name, PRODUCT);
    assert_eq!(finding.product.producer_name, "Công ty TNHH Gốm sứ Quang Vinh");
    assert_eq!(finding.recognition.authority, "UBND thành phố Hà Nội");
    assert_eq!(finding.recognition.ends_on, day(2029, 3, 4));
    assert_eq!(finding.printed.stars.get(), 4);
    assert_eq!(finding.printed.decision_number, "1147/QĐ-UBND");
    assert_eq!(Some(finding.issued_at), batch.issued_at);
    assert_eq!(finding.activated_at, Some(noon(today())));
    assert_eq!(finding.lot.unwrap().details.code, "L1");
    assert_eq!(finding.scans.count, 0);
}

#[test]
fn what_the_office_does_elsewhere_is_in_the_very_next_answer() {
    let Some(register) = open() else { return };
    let (_, texts) = on_goods(&register.store);
    let serving = verifier(&register.store, today());
    let office = Store::open(&register.url).unwrap();
    let answer = || serving.check(&texts[0]);
    assert_eq!(answer().headline(), Headline::Valid);
    happens(&office, EventKind::Suspended, today());
    assert_eq!(answer().headline(), Headline::Suspended);
    happens(&office, EventKind::Reinstated, today());
    assert_eq!(answer().headline(), Headline::Valid);
    recognised_again(&office, today(), 5);
    let Verdict::Known(finding) = answer() else { panic!("the code is no longer known") };
    assert_eq!((finding.printed.stars.get(), finding.recognition.stars.get()), (4, 5));
}

#[test]
fn a_code_is_read_in_any_spelling() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (batch, texts) = on_goods(store);
    for text in [&texts[0], &texts[0].to_lowercase(), &format!("Xem {} nhé", texts[0])] {
        assert_eq!(headline(store, today(), text), Headline::Valid, "{text}");
    }
    let grouped = text::serial_grouped(codes(store, &batch)[0].0);
    for text in [&grouped, &grouped.replace('-', " "), &format!("Số sê-ri: {grouped}")] {
        assert_eq!(headline(store, today(), text), Headline::Unsigned, "{text}");
    }
}

#[test]
fn what_was_never_issued_is_told_apart() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (batch, texts) = on_goods(store);
    let issued: BTreeSet<Serial> = codes(store, &batch).iter().map(|code| code.0).collect();
    let free = |item| batch.number.serial(item).filter(|serial| !issued.contains(serial));
    let never = (0..).find_map(free).unwrap();
    let signed = |key_id: &str| key().sign(&text::signed_message(key_id, None, never)).unwrap();
    let address = |signature| uri::qr_text(&batch.intent.face, never, &signature);
    let of = |text: &str| headline(store, today(), text);

    assert_eq!(of(&text::serial(never)), Headline::Unknown);
    assert_eq!(of(&address(signed(key().key_id()))), Headline::NeverIssued);
    assert_eq!(of(&address(signed("00000000"))), Headline::WrongSignature);
    assert_eq!(of("AB12-CD34-EF5"), Headline::Mistyped);
    assert_eq!(of(&"🦆".repeat(100)), Headline::Mistyped);
    // The signature of a neighbour.
    let (mine, other) = (&texts[0], &texts[1]);
    let swapped = format!("{}{}", &mine[..mine.len() - 100], &other[other.len() - 100..]);
    assert_eq!(of(&swapped), Headline::WrongSignature);
    let cut = &mine[..mine.len() - 1];
    assert_eq!(of(cut), Headline::WrongSignature);
    let foreign = format!("/01/09521234543213/21/{}", text::serial(*issued.first().unwrap()));
    assert_eq!(of(&foreign), Headline::WrongSignature);
}

#[test]
fn a_stamp_says_where_it_stands() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 6);
    let texts = texts(store, &batch);
    let stamp = |n: usize| only(codes(store, &batch)[n].0);
    let of = |n: usize| headline(store, today(), &texts[n]);
    assert_eq!(of(0), Headline::NotActivated);
    step(store, &stamp(0), StampMove::ReportPrinted);
    assert_eq!(of(0), Headline::NotActivated);
    step(store, &stamp(0), StampMove::HandOver);
    assert_eq!(of(0), Headline::NotActivated);
    for (n, kind) in [
        (1, StampMove::Spoil),
        (2, StampMove::Lose),
        (3, StampMove::Destroy),
        (4, StampMove::Cancel),
    ] {
        step(store, &stamp(n), kind);
        assert_eq!(of(n), Headline::Void, "{kind:?}");
    }
    put_on_goods(store, &stamp(5), "L1");
    step(store, &stamp(5), StampMove::Cancel);
    assert_eq!(of(5), Headline::Void);
}

#[test]
fn a_recognition_ends_on_its_last_day_and_a_new_one_makes_the_stamp_valid_again() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    assert_eq!(headline(store, day(2029, 3, 4), &texts[0]), Headline::Valid);
    let expired = finding(store, day(2029, 3, 5), &texts[0]);
    assert_eq!(expired.concerns, [Concern::Expired { ended_on: day(2029, 3, 4) }]);
    recognised_again(store, day(2029, 4, 1), 4);
    assert_eq!(headline(store, day(2029, 3, 31), &texts[0]), Headline::Expired);
    assert_eq!(headline(store, day(2029, 4, 1), &texts[0]), Headline::Valid);
}

#[test]
fn a_suspension_and_a_revocation_are_told_from_their_day() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    let of = |on| headline(store, on, &texts[0]);
    happens(store, EventKind::Suspended, day(2026, 12, 1));
    assert_eq!(of(day(2026, 11, 30)), Headline::Valid);
    assert_eq!(of(day(2026, 12, 1)), Headline::Suspended);
    happens(store, EventKind::Reinstated, day(2027, 1, 1));
    assert_eq!(of(day(2027, 1, 1)), Headline::Valid);
    happens(store, EventKind::Revoked, day(2027, 2, 1));
    assert_eq!(of(day(2027, 1, 31)), Headline::Valid);
    assert_eq!(of(day(2035, 1, 1)), Headline::Revoked);
}

#[test]
fn a_new_paper_that_is_suspended_is_not_outweighed_by_an_older_one() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    recognised_again(store, day(2027, 1, 1), 5);
    happens(store, EventKind::Suspended, day(2027, 2, 1));
    assert_eq!(headline(store, day(2027, 2, 1), &texts[0]), Headline::Suspended);
    happens(store, EventKind::Revoked, day(2027, 3, 1));
    assert_eq!(headline(store, day(2027, 3, 1), &texts[0]), Headline::Revoked);
}

#[test]
fn a_product_that_lost_stars_shows_both_what_is_printed_and_what_it_has() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    recognised_again(store, day(2027, 1, 1), 3);
    let finding = finding(store, day(2027, 1, 2), &texts[0]);
    assert_eq!(finding.printed.stars.get(), 4);
    assert_eq!(finding.recognition.stars.get(), 3);
    let (printed, now) = (Stars::new(4).unwrap(), Stars::new(3).unwrap());
    assert_eq!(finding.concerns, [Concern::StarsChanged { printed, now }]);
    assert_eq!(finding.printed.decision_number, "1147/QĐ-UBND");
    assert_eq!(finding.recognition.decision_number, "2/QĐ-UBND 2027-01-01");
}

#[test]
fn a_recall_comes_first_and_ends() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (batch, texts) = on_goods(store);
    let product = product(store);
    happens(store, EventKind::Suspended, today());
    step(store, &only(codes(store, &batch)[1].0), StampMove::Cancel);
    let recall = |recall, on| accounting::recall(store, product, "L1", recall, act_on(on));
    recall(("Vỡ khi đun nóng", Some("1900 0000")), today()).unwrap();
    let found = finding(store, today(), &texts[1]);
    let recalled = found.lot.as_ref().and_then(|lot| lot.recall.clone()).unwrap();
    assert_eq!(recalled.since, today());
    let number = Some("58/QĐ-VPĐP".into());
    let suspended = Ruling { since: today(), number, signed_on: None };
    let all = [Concern::Recalled(recalled), Concern::Void, Concern::Suspended(suspended)];
    assert_eq!(found.concerns, all);
    // Said again, it is still the recall of that day.
    recall(("Vỡ khi đun nóng", None), day(2026, 12, 1)).unwrap();
    let found = finding(store, day(2026, 12, 1), &texts[0]);
    assert_eq!(found.lot.as_ref().unwrap().recall.as_ref().unwrap().since, today());
    accounting::end_recall(store, product, "L1", "Đã xử lý", act_on(day(2026, 12, 2))).unwrap();
    assert_eq!(headline(store, day(2026, 12, 2), &texts[0]), Headline::Suspended);
    assert!(accounting::end_recall(store, product, "L9", "Đã xử lý", act()).is_err());

    let lot = found.lot.unwrap().id;
    let entries = store.read(|register| audit::history(register, lot)).unwrap();
    let actions: Vec<&str> = entries.iter().map(|it| it.action.key()).collect();
    assert_eq!(actions, ["lot.recall", "lot.recall", "lot.end_recall"]);
}

#[test]
fn scans_are_counted_and_the_first_is_remembered() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    for (on, before) in [(today(), 0), (day(2026, 12, 1), 5)] {
        let verifier = verifier(store, on);
        let verdict = verifier.check(&texts[0]);
        let Verdict::Known(found) = &verdict else { panic!("{verdict:?}") };
        assert_eq!(found.scans.count, before);
        for n in 0..5 {
            verifier.record_scan(&verdict, visitor(&format!("203.0.{n}.0/24")));
        }
        verifier.record_scan(&verifier.check("nothing"), visitor("203.0.9.0/24"));
        verifier.flush_scans();
    }
    let after = finding(store, day(2026, 12, 2), &texts[0]).scans;
    assert_eq!((after.count, after.days, after.first_at), (10, 2, Some(noon(today()))));
    assert_eq!(finding(store, today(), &texts[1]).scans.count, 0);
}

#[test]
fn scans_counted_by_two_nodes_add_up() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    let nodes = [verifier(store, today()), verifier(store, day(2026, 11, 20))];
    for node in &nodes {
        let verdicts: Vec<Verdict> = texts.iter().map(|text| node.check(text)).collect();
        for n in 0..50 {
            node.record_scan(&verdicts[n % 3], visitor(&format!("203.0.{n}.0/24")));
        }
    }
    drop(nodes);
    let scans = texts.iter().map(|text| finding(store, today(), text).scans);
    let counts: Vec<u64> = scans.clone().map(|scans| scans.count).collect();
    assert_eq!(counts, [34, 34, 32]);
    // Whoever was stored first, the first scan was the earlier one.
    assert!(scans.clone().all(|scans| scans.first_at == Some(noon(day(2026, 11, 20)))));
}

#[test]
fn a_register_that_fails_says_nothing_of_the_product() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    sql(store, "ALTER TABLE scans RENAME TO aside").unwrap();
    let verifier = verifier(store, today());
    assert_eq!(verifier.check(&texts[0]).headline(), Headline::RegisterUnreachable);
    assert_eq!(verifier.check("AB12-CD34-EF5"), Verdict::Mistyped(Slip::Symbols));
    sql(store, "ALTER TABLE aside RENAME TO scans").unwrap();
    assert_eq!(verifier.check(&texts[0]).headline(), Headline::Valid);
}
