//! What a scan is told beside where a stamp stands: how much of the code was there, what is printed
//! and what is so today, dates of goods and of decisions.

use std::collections::BTreeSet;

use ocop_stamp::accounting::{self, LotName, Selection, StampError};
use ocop_stamp::code::{text, uri};
use ocop_stamp::desk::Worker;
use ocop_stamp::desk::todo::{self, Waits};
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::batch::{Batch, Face, Profile};
use ocop_stamp::domain::judgement::{Judgement, JudgementKind};
use ocop_stamp::domain::lot::LotFault;
use ocop_stamp::domain::naming::Alike;
use ocop_stamp::domain::product::NewProduct;
use ocop_stamp::domain::recognition::Ruling;
use ocop_stamp::domain::report::ReportKind;
use ocop_stamp::domain::role::{Organisation, Role};
use ocop_stamp::domain::stamp::StampMove;
use ocop_stamp::domain::verdict::{Concern, Headline};
use ocop_stamp::issuance::Issuer;
use ocop_stamp::register;
use ocop_stamp::signing::{FileKey, Signer};
use ocop_stamp::store::listing::{Listing, Viewer};
use ocop_stamp::store::products;
use ocop_stamp::store::report_list::ReportFilter;

use super::open;
use super::verdicts::{finding, headline, on_goods, texts, verifier};
use crate::desk::{
    PRODUCT, act, approved, codes, day, enter, entry, issue, issued, issuer, key, lot, noon,
    product, put_on_goods, self_paid, sql, step, today,
};

#[test]
fn a_serial_alone_is_enough_only_where_the_stamp_carries_no_more() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let signed = issued(store, 1);
    put_on_goods(store, &Selection::Batch(signed.number), "L1");
    let compact = Issuer { profile: Profile::Compact, ..issuer(store) };
    let product = enter(store, &entry("Mẫu nhỏ"));
    let order = approved(store, &self_paid(product, 1));
    let compact = compact.issue(order, "Trần Thị Mẫu", &|_| ()).unwrap();
    put_on_goods(store, &Selection::Batch(compact.number), "L1");
    let serial = |batch: &Batch| text::serial(codes(store, batch)[0].0);
    assert_eq!(headline(store, today(), &serial(&signed)), Headline::Unsigned);
    assert_eq!(headline(store, today(), &serial(&compact)), Headline::Valid);
    assert_eq!(headline(store, today(), &texts(store, &compact)[0]), Headline::Valid);
    // What else is known comes before what was not checked.
    step(store, &Selection::Batch(signed.number), StampMove::Cancel);
    let found = finding(store, today(), &serial(&signed));
    assert_eq!(found.concerns, [Concern::Void, Concern::Unsigned]);
}

#[test]
fn a_code_with_its_product_number_is_none_without_it_nor_one_without_with_it() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let gtin = Some("09521234543213".parse().unwrap());
    let numbered = enter(store, &AnnexEntry { gtin, ..entry("Mẫu có mã") });
    let numbered = issue(store, approved(store, &self_paid(numbered, 1)));
    put_on_goods(store, &Selection::Batch(numbered.number), "L1");
    let (plain, of_plain) = on_goods(store);
    let of = |text: &str| headline(store, today(), text);
    let with = &texts(store, &numbered)[0];
    let (serial, signature) = codes(store, &numbered)[0];
    let (number, digits) = (text::serial(serial), text::signature(&signature));
    assert_eq!(of(with), Headline::Valid);
    assert_eq!(of(&format!("/T/{number}/{digits}")), Headline::WrongSignature);
    assert_eq!(of(&with.replace("09521234543213", "09506000134352")), Headline::WrongSignature);
    assert_eq!(of(&with.replace("/09521234543213", "/9521234543213")), Headline::Valid);
    assert_eq!(of(&format!("/T/{number}")), Headline::Unsigned);
    let (serial, signature) = codes(store, &plain)[0];
    let (number, digits) = (text::serial(serial), text::signature(&signature));
    assert_eq!(of(&of_plain[0]), Headline::Valid);
    let added = format!("/{digits}/01/09521234543213/21/{number}");
    assert_eq!(of(&added), Headline::WrongSignature);
    assert_eq!(of(&format!("/01/09521234543213/21/{number}")), Headline::WrongSignature);
}

#[test]
fn stamps_are_put_on_no_goods_that_are_past_their_date_or_still_to_be_made() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 1);
    let all = Selection::Batch(batch.number);
    step(store, &all, StampMove::ReportPrinted);
    step(store, &all, StampMove::HandOver);
    let refused = |made_on, use_by| {
        let lot = LotName { made_on: Some(made_on), use_by, ..lot("L2") };
        match accounting::activate(store, &all, &lot, act()).unwrap_err() {
            StampError::LotDates { fault, .. } => fault,
            other => panic!("{other}"),
        }
    };
    let (made_on, use_by) = (day(2026, 11, 1), day(2026, 11, 22));
    assert_eq!(refused(made_on, Some(use_by)), LotFault::Past { use_by });
    let made_on = day(2026, 11, 24);
    assert_eq!(refused(made_on, None), LotFault::NotMade { made_on });
    let text = &texts(store, &batch)[0];
    assert_eq!(headline(store, today(), text), Headline::NotActivated);
}

#[test]
fn goods_are_told_to_be_past_their_date_from_the_day_after_it() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 1);
    let all = Selection::Batch(batch.number);
    step(store, &all, StampMove::ReportPrinted);
    step(store, &all, StampMove::HandOver);
    let use_by = day(2026, 12, 31);
    let lot = LotName { code: "L1".into(), made_on: Some(today()), use_by: Some(use_by) };
    accounting::activate(store, &all, &lot, act()).unwrap();
    let text = &texts(store, &batch)[0];
    assert_eq!(headline(store, use_by, text), Headline::Valid);
    let found = finding(store, day(2027, 1, 1), text);
    assert_eq!(found.concerns, [Concern::PastDate { use_by }]);
}

#[test]
fn a_renamed_product_is_told_by_the_name_that_its_stamps_carry() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    let id = product(store);
    let found = store.read(|it| products::get(it, id)).unwrap();
    let (known, _) = found.unwrap();
    let renamed = NewProduct { name: "Bình gốm sứ men ngọc".into(), ..known.details };
    let renamed = (&renamed, Alike::IsOther);
    register::catalogue::change_product(store, id, known.version, renamed, act()).unwrap();
    sql(store, "UPDATE producers SET name = 'Công ty TNHH Mẫu Tên Mới'").unwrap();
    let found = finding(store, today(), &texts[0]);
    assert_eq!(found.printed.product_name, PRODUCT);
    assert_eq!(found.printed.producer_name, "Công ty TNHH Gốm sứ Quang Vinh");
    assert_eq!(found.recognition.product_name, PRODUCT);
    assert_eq!(found.product.name, "Bình gốm sứ men ngọc");
    assert_eq!(found.product.producer_name, "Công ty TNHH Mẫu Tên Mới");
    assert_eq!(found.concerns, []);
}

#[test]
fn a_decision_is_told_by_its_signature_and_holds_from_its_own_day() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    let (signed_on, since) = (day(2026, 11, 20), day(2026, 11, 28));
    let judgement = Judgement {
        kind: JudgementKind::Revoked,
        number: "3763/QĐ-UBND".into(),
        signed_on,
        signer: "Nguyễn Văn Mẫu".into(),
        effective_on: since,
        reason: "Không đánh giá lại".into(),
    };
    let products = BTreeSet::from([product(store)]);
    register::judgements::record(store, &products, &judgement, act()).unwrap();
    assert_eq!(headline(store, day(2026, 11, 27), &texts[0]), Headline::Valid);
    let found = finding(store, since, &texts[0]);
    let number = Some("3763/QĐ-UBND".into());
    let ruling = Ruling { since, number, signed_on: Some(signed_on) };
    assert_eq!(found.concerns, [Concern::Revoked(ruling)]);
}

#[test]
fn a_recognition_that_is_signed_holds_from_its_first_day() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (_, texts) = on_goods(store);
    // The old one has ended when the new one is signed.
    let mut row = entry(PRODUCT);
    row.decision_number = "2/QĐ-UBND".into();
    (row.signed_on, row.effective_on) = (day(2029, 3, 1), day(2029, 3, 11));
    row.ends_on = day(2032, 3, 1);
    enter(store, &row);
    assert_eq!(headline(store, day(2029, 3, 4), &texts[0]), Headline::Valid);
    let ended = Concern::Expired { ended_on: day(2029, 3, 4) };
    let not_yet = Concern::NotYet {
        from: day(2029, 3, 11),
        decision_number: "2/QĐ-UBND".into(),
        signed_on: day(2029, 3, 1),
    };
    let found = finding(store, day(2029, 3, 10), &texts[0]);
    assert_eq!(found.concerns, [ended, not_yet.clone()]);
    let found = finding(store, day(2029, 3, 11), &texts[0]);
    assert_eq!(found.concerns, []);
    assert_eq!(found.recognition.effective_on, day(2029, 3, 11));
    // Where it is the only one, it is not in force before, whatever the stamp was issued under.
    sql(store, "DELETE FROM recognition_events").unwrap();
    sql(store, "UPDATE recognitions SET signed_on = '2029-03-01', effective_on = '2029-03-11'")
        .unwrap();
    let found = finding(store, day(2029, 3, 10), &texts[0]);
    assert!(matches!(found.concerns[..], [Concern::NotYet { .. }]), "{:?}", found.concerns);
    // Before it is even signed too: a clock that is wrong makes no stamp valid.
    assert_eq!(headline(store, day(2029, 2, 1), &texts[0]), Headline::NotYet);
}

#[test]
fn a_code_that_a_leaked_key_signed_is_told_to_the_office_once_a_serial() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (batch, texts) = on_goods(store);
    let (serial, _) = codes(store, &batch)[0];
    let never = batch.number.serial(serial.bits() & 1).unwrap();
    let forged = |serial, nonce: &str| {
        // The key's own signature, and one over a product's number that was never printed.
        let gtin = (!nonce.is_empty()).then(|| nonce.parse().unwrap());
        let signature = key().sign(&text::signed_message(key().key_id(), gtin, serial)).unwrap();
        let face = Face { gtin, ..batch.intent.face.clone() };
        uri::qr_text(&face, serial, &signature)
    };
    let verifier = verifier(store, today());
    for _ in 0..3 {
        assert_eq!(verifier.check(&forged(never, "")).headline(), Headline::NeverIssued);
        let other = forged(serial, "09521234543213");
        assert_eq!(verifier.check(&other).headline(), Headline::WrongSignature);
        assert_eq!(verifier.check(&texts[0]).headline(), Headline::Valid);
    }
    // Somebody else's key is no alarm.
    let foreign = FileKey::from_secret("other", &[7; 32]);
    let signature = foreign.sign(&text::signed_message(foreign.key_id(), None, never)).unwrap();
    let foreign = uri::qr_text(&batch.intent.face, never, &signature);
    assert_eq!(verifier.check(&foreign).headline(), Headline::WrongSignature);
    let filter = ReportFilter { kind: Some(ReportKind::LeakedKey), ..ReportFilter::default() };
    let office = Viewer { organisation: Organisation::Office, today: today() };
    assert_eq!(store.read(|it| filter.count(it, office)).unwrap(), 2);
    let worker =
        Worker { login: "x".into(), organisation: Organisation::Office, at: noon(today()) };
    let waits = todo::counts(store, &worker, todo::of_role(Role::Officer)).unwrap();
    assert_eq!(waits.into_iter().find(|(what, _)| *what == Waits::Alarms).unwrap().1, 2);
}
