//! What people keep and paper says can be printed, or is refused where it is kept.

use ocop_stamp::accounting::destroying;
use ocop_stamp::accounting::{self, LotName, Selection};
use ocop_stamp::delivery;
use ocop_stamp::domain::account::NewAccount;
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::destruction::DestructionMinutes;
use ocop_stamp::domain::inspection::{FindingKind, NewInspection};
use ocop_stamp::domain::naming::Alike;
use ocop_stamp::domain::print_job::Minutes;
use ocop_stamp::domain::print_shop::ShopDetails;
use ocop_stamp::domain::producer::NewProducer;
use ocop_stamp::domain::product::NewProduct;
use ocop_stamp::domain::quota::NewPlan;
use ocop_stamp::domain::recognition::{Authority, AuthorityLevel};
use ocop_stamp::domain::role::Role;
use ocop_stamp::register::{authorities, catalogue, inspections, plans, producers, shops};
use ocop_stamp::store::{Store, products};

use super::delivery::{assigned, details, hand_over, minutes, print};
use super::inspected::{finding, inspection};
use super::open;
use super::people::{doors, somebody};
use crate::desk::{act, by, entry, hand_over as handed, serials, today};

/// What a text is kept by: an answer in words where it is refused.
type Keeps = fn(&Store, &Batch, String) -> Result<(), String>;

fn said<T, E: ToString>(kept: Result<T, E>) -> Result<(), String> {
    kept.map(drop).map_err(|why| why.to_string())
}

fn shop(store: &Store, change: impl Fn(&mut ShopDetails)) -> Result<(), String> {
    let mut shop = details("Xưởng khác");
    change(&mut shop);
    said(shops::add(store, &shop, act()))
}

fn inspect(store: &Store, change: impl Fn(&mut NewInspection)) -> Result<(), String> {
    let mut new = inspection(Vec::new());
    change(&mut new);
    said(inspections::record(store, &new, "một lần", act()))
}

fn destroy(
    store: &Store,
    batch: &Batch,
    change: impl Fn(&mut DestructionMinutes),
) -> Result<(), String> {
    let mut minutes = DestructionMinutes {
        number: "1".into(),
        destroyed_on: today(),
        place: "Kho".into(),
        witnesses: "Ông Vũ Văn Chứng".into(),
        reason: "Tem hỏng".into(),
    };
    change(&mut minutes);
    said(destroying::record(store, batch.number, &minutes, act()))
}

fn maker(store: &Store, change: impl Fn(&mut NewProducer)) -> Result<(), String> {
    let mut producer = entry("Bình").producer;
    producer.name = "HTX Mây Tre Mẫu".into();
    producer.tax_code = None;
    change(&mut producer);
    said(producers::add(store, &producer, Alike::IsOther, act()))
}

fn product(store: &Store, batch: &Batch, change: impl Fn(&mut NewProduct)) -> Result<(), String> {
    let known = store.read(|register| products::get(register, batch.intent.product)).unwrap();
    let (known, producer) = known.unwrap();
    let mut new = NewProduct {
        producer: producer.id,
        name: "Khay tre mẫu".into(),
        group: known.details.group,
        gtin: None,
        net_quantity: None,
    };
    change(&mut new);
    said(catalogue::add_product(store, &new, Alike::IsOther, act()))
}

#[rustfmt::skip]
const KEPT: &[(&str, Keeps)] = &[
    ("name of a shop", |store, _, text| shop(store, |it| it.name.clone_from(&text))),
    ("address of a shop", |store, _, text| shop(store, |it| it.address = Some(text.clone()))),
    ("licence of a shop", |store, _, text| shop(store, |it| it.licence_number.clone_from(&text))),
    ("issuer of a licence", |store, _, text| shop(store, |it| it.licence_issuer = Some(text.clone()))),
    ("name of an authority", |store, _, name| {
        let it = Authority { name, level: AuthorityLevel::City, active_from: None, active_to: None };
        said(authorities::keep(store, None, &it, act()))
    }),
    ("code of a plan", |store, _, code| {
        let it = NewPlan { code, stamps_per_product: 5, active_from: today(), active_to: None };
        said(plans::keep(store, None, &it, act()))
    }),
    ("name of a producer", |store, _, text| maker(store, |it| it.name.clone_from(&text))),
    ("address of a producer", |store, _, text| maker(store, |it| it.address = Some(text.clone()))),
    ("name of a product", |store, batch, text| product(store, batch, |it| it.name.clone_from(&text))),
    ("net quantity", |store, batch, text| product(store, batch, |it| it.net_quantity = Some(text.clone()))),
    ("number of a hand-over's minutes", |store, batch, number| {
        print(store, batch, &[], None);
        let minutes = Minutes { number, ..minutes("1") };
        said(delivery::hand_over(store, batch.number, &minutes, &Selection::Batch(batch.number), act()))
    }),
    ("reason of a receipt", |store, batch, text| {
        print(store, batch, &[], None);
        hand_over(store, batch, &minutes("BG-1"));
        said(delivery::receive(store, batch.number, "BG-1", 4, Some(&text), by("HTX")))
    }),
    ("reason of a sign-off", |store, batch, text| {
        print(store, batch, &[], Some(3));
        hand_over(store, batch, &minutes("BG-1"));
        delivery::receive(store, batch.number, "BG-1", 5, None, by("HTX")).unwrap();
        said(delivery::close(store, batch.number, Some(&text), act()))
    }),
    ("number of a destruction's minutes", |store, batch, text| {
        destroy(store, batch, |it| it.number.clone_from(&text))
    }),
    ("place of a destruction", |store, batch, text| destroy(store, batch, |it| it.place.clone_from(&text))),
    ("witnesses", |store, batch, text| destroy(store, batch, |it| it.witnesses.clone_from(&text))),
    ("reason of a destruction", |store, batch, text| destroy(store, batch, |it| it.reason.clone_from(&text))),
    ("commune of an inspection", |store, _, text| inspect(store, |it| it.commune.clone_from(&text))),
    ("place of an inspection", |store, _, text| inspect(store, |it| it.place.clone_from(&text))),
    ("who was inspected", |store, _, text| inspect(store, |it| it.inspected.clone_from(&text))),
    ("team", |store, _, text| inspect(store, |it| it.team.clone_from(&text))),
    ("samples", |store, _, text| inspect(store, |it| it.samples = Some(text.clone()))),
    ("requests", |store, _, text| inspect(store, |it| it.requests = Some(text.clone()))),
    ("note of a finding", |store, batch, text| {
        let serial = serials(store, batch)[0];
        let mut one = finding(FindingKind::Damaged, serial, serial);
        one.note = Some(text);
        inspect(store, |it| it.findings = vec![one.clone()])
    }),
    ("code of a lot", |store, batch, code| {
        let all = Selection::Batch(batch.number);
        handed(store, &all);
        let lot = LotName { code, made_on: None, use_by: None };
        said(accounting::activate(store, &all, &lot, act()))
    }),
    ("name of a person", |store, _, name| {
        let account = NewAccount { name, ..somebody("sen", Role::Officer) };
        said(doors(store).0.add(&account, "quan.tri"))
    }),
];

/// Keeps a text in a register of its own that has a batch of five stamps with a shop.
fn keep(keeps: Keeps, text: &str) -> Option<Result<(), String>> {
    let register = open()?;
    let batch = assigned(&register.store, 5);
    Some(keeps(&register.store, &batch, text.to_owned()))
}

#[test]
fn a_text_that_no_font_prints_is_refused_where_it_is_kept() {
    for (what, keeps) in KEPT {
        let Some(kept) = keep(*keeps, "Trà ☕ mẫu") else { return };
        let why = kept.expect_err(what);
        assert!(why.contains("“☕” (U+2615) of “Trà ☕ mẫu”"), "{what}: {why}");
    }
}

#[test]
fn a_text_with_look_alikes_is_kept() {
    for (what, keeps) in KEPT {
        let Some(kept) = keep(*keeps, "Số 5\u{2011}A₂, 10 ㎡") else { return };
        // What is refused for another reason was looked at before.
        if let Err(why) = kept {
            assert!(!why.contains("no font prints"), "{what}: {why}");
        }
    }
}
