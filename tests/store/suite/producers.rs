use std::slice::from_ref;

use ocop_stamp::desk::{self, Worker, producers};
use ocop_stamp::domain::commune::Commune;
use ocop_stamp::domain::ids::ProducerId;
use ocop_stamp::domain::naming::{Alike, Answer};
use ocop_stamp::domain::order::OrderState;
use ocop_stamp::domain::producer::{Contact, NewProducer, ProducerKind};
use ocop_stamp::domain::product::{NewProduct, ProductGroup};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::issuance::ordering;
use ocop_stamp::register::catalogue::{self, CatalogueError};
use ocop_stamp::register::producers::ProducerError;
use ocop_stamp::register::{self, Counts, Import};
use ocop_stamp::store::batch_list::BatchFilter;
use ocop_stamp::store::listing::Sort;
use ocop_stamp::store::order_list::OrderFilter;
use ocop_stamp::store::producer_list::{ListedProducer, ProducerColumn, ProducerFilter};
use ocop_stamp::store::{Store, audit, products};

use super::open;
use crate::desk::{act, approved, enter, entry, funded, issue, noon, product, self_paid, today};

fn worker(organisation: Organisation) -> Worker {
    Worker { login: "can.bo".into(), organisation, at: noon(today()) }
}

fn officer() -> Worker {
    worker(Organisation::Office)
}

fn htx(name: &str) -> NewProducer {
    NewProducer {
        kind: ProducerKind::Cooperative,
        name: name.into(),
        tax_code: Some("0101234567".into()),
        address: Some("thôn Đông, Bát Tràng".into()),
        contact: Contact {
            commune: Commune::from_code("00577"),
            phone: Some("024 0000 0000".into()),
            email: Some("htx@example.vn".into()),
        },
    }
}

fn listed(store: &Store, worker: &Worker, filter: &ProducerFilter) -> Vec<(String, u64)> {
    let sort = Sort { column: ProducerColumn::Name, is_descending: false };
    let page = desk::page(store, worker, filter, sort, 1).unwrap();
    let line = |it: &ListedProducer| (it.producer.details.name.clone(), it.products);
    page.items.iter().map(line).collect()
}

fn trail(store: &Store, id: ProducerId) -> Vec<String> {
    let entries = store.read(|register| audit::history(register, id)).unwrap();
    entries.iter().map(ToString::to_string).collect()
}

#[test]
fn a_producer_is_entered_once_and_changed_in_the_version_that_was_seen() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = producers::add(store, &officer(), &htx("HTX Mẫu"), Alike::Ask).unwrap();
    assert_eq!(producers::add(store, &officer(), &htx("HTX Mẫu"), Alike::Ask).unwrap(), id);
    let other = NewProducer { tax_code: None, ..htx("htx MẪU") };
    let taken = producers::add(store, &officer(), &other, Alike::Ask);
    assert!(matches!(taken, Err(ProducerError::Alike { id: known, .. }) if known == id));
    let moved = NewProducer {
        contact: Contact { phone: None, ..htx("").contact },
        ..htx("HTX Mẫu Mới")
    };
    producers::change(store, &officer(), id, 1, (&moved, Alike::Ask)).unwrap();
    producers::change(store, &officer(), id, 1, (&moved, Alike::Ask)).unwrap();
    let late = producers::change(store, &officer(), id, 1, (&htx("HTX Mẫu Khác"), Alike::Ask));
    assert!(matches!(late, Err(ProducerError::Changed(_))));
    let file = producers::get(store, &officer(), id).unwrap().unwrap();
    assert_eq!((file.producer.details, file.producer.version), (moved, 2));
    let told = trail(store, id);
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("producer.add: name: HTX Mẫu; kind: cooperative"), "{told:?}");
    assert_eq!(told[1], "producer.update: name: HTX Mẫu → HTX Mẫu Mới; phone: removed");
    let none = producers::change(store, &officer(), ProducerId(77), 1, (&htx("HTX"), Alike::Ask));
    assert!(matches!(none, Err(ProducerError::NoProducer(_))));
}

#[test]
fn the_trail_says_that_telephone_and_e_mail_changed_but_never_what_they_are() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = producers::add(store, &officer(), &htx("HTX Mẫu"), Alike::Ask).unwrap();
    let contact = Contact { phone: Some("024 9999 9999".into()), ..htx("").contact };
    let moved = NewProducer { contact, ..htx("HTX Mẫu") };
    producers::change(store, &officer(), id, 1, (&moved, Alike::Ask)).unwrap();
    let told = trail(store, id);
    assert!(told[0].ends_with("; phone: entered; email: entered"), "{told:?}");
    assert_eq!(told[1], "producer.update: phone: changed");
    for contact in ["024", "9999", "htx@example.vn"] {
        assert!(told.iter().all(|it| !it.contains(contact)), "{contact}: {told:?}");
    }
}

#[test]
fn an_annex_with_a_name_from_before_enters_no_second_producer_or_product() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let annex = |code: Option<&str>| {
        let mut row = entry("Gốm sứ mẫu");
        row.producer.name = "HTX Mẫu Cũ".into();
        row.producer.tax_code = code.map(Into::into);
        row
    };
    let goods = enter(store, &annex(None));
    let (known, maker) = store.read(|c| products::get(c, goods)).unwrap().unwrap();
    let renamed = NewProducer { name: "HTX Mẫu Mới".into(), ..maker.details.clone() };
    producers::change(store, &officer(), maker.id, 1, (&renamed, Alike::Ask)).unwrap();
    let other = NewProduct { name: "Bình gốm mẫu".into(), ..known.details };
    catalogue::change_product(store, goods, 1, (&other, Alike::Ask), act()).unwrap();
    let import = |row| {
        register::import(store, &[row], "annex.csv", Import::EnterNew, act()).unwrap().counts()
    };
    let none = Counts { same: 1, ..Counts::default() };
    assert_eq!(import(annex(None)), none);
    // Of these it is unknown whether they are two.
    let unclear = Counts { unclear: 1, ..Counts::default() };
    assert_eq!(import(annex(Some("0101234568"))), unclear);
    let all = ProducerFilter::default();
    assert_eq!(listed(store, &officer(), &all), [("HTX Mẫu Mới".to_owned(), 1)]);
    let again = producers::add(
        store,
        &officer(),
        &NewProducer { tax_code: None, ..htx("htx mẫu CŨ") },
        Alike::Ask,
    );
    assert!(matches!(again, Err(ProducerError::Taken(_, known)) if known == maker.id));

    // A product that the annex adds is found by the name of today.
    let mut more = annex(None);
    more.product_name = "Chén mẫu".into();
    assert_eq!(import(more), Counts { new: 1, ..Counts::default() });
    let found = store.read(|register| products::search(register, "moi chen", 9)).unwrap();
    assert_eq!(found.len(), 1);

    // Back under the name that it had, it is still one.
    let back = NewProducer { name: "HTX Mẫu Cũ".into(), ..maker.details.clone() };
    producers::change(store, &officer(), maker.id, 2, (&back, Alike::Ask)).unwrap();
    let mut row = annex(None);
    row.producer.name = "HTX Mẫu Mới".into();
    assert_eq!(import(row), none);
    assert_eq!(listed(store, &officer(), &all), [("HTX Mẫu Cũ".to_owned(), 2)]);
}

#[test]
fn who_has_one_tax_code_is_one_producer_and_who_has_another_is_another() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = producers::add(store, &officer(), &htx("HTX Mẫu"), Alike::Ask).unwrap();
    let taken = producers::add(store, &officer(), &htx("HTX Mẫu Khác"), Alike::Ask);
    assert!(matches!(taken, Err(ProducerError::TaxCodeTaken(_, known)) if known == id));
    let mut row = entry("Gốm sứ mẫu");
    row.producer = htx("HTX Mẫu viết khác");
    // A wholly other name is asked about.
    row.said.producer = Some(Answer::Same(id));
    enter(store, &row);
    assert_eq!(listed(store, &officer(), &ProducerFilter::default()), [("HTX Mẫu".to_owned(), 1)]);

    // Somebody else has the name that it had: the tax codes tell them apart.
    producers::change(store, &officer(), id, 1, (&htx("HTX Mẫu Mới"), Alike::Ask)).unwrap();
    let code = |code: &str| NewProducer { tax_code: Some(code.into()), ..htx("HTX Mẫu") };
    let other = producers::add(store, &officer(), &code("0101234568"), Alike::Ask).unwrap();
    assert_ne!(other, id);
    let late = producers::change(store, &officer(), other, 1, (&code("0101234567"), Alike::Ask));
    assert!(matches!(late, Err(ProducerError::TaxCodeTaken(_, known)) if known == id));
}

#[test]
fn producers_are_in_the_order_of_the_vietnamese_alphabet() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let alphabet = ["Cam Mẫu", "Chè Mẫu", "Dưa Mẫu", "Đào Mẫu", "Ổi Mẫu", "Ớt Mẫu"];
    for name in alphabet.iter().rev() {
        producers::add(store, &officer(), &NewProducer { tax_code: None, ..htx(name) }, Alike::Ask)
            .unwrap();
    }
    let names = || {
        let all = listed(store, &officer(), &ProducerFilter::default());
        all.into_iter().map(|it| it.0).collect::<Vec<_>>()
    };
    assert_eq!(names(), alphabet);
}

#[test]
fn products_are_found_by_the_new_name_of_their_producer() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = product(store);
    let find = |words: &str| {
        let found = store.read(|register| products::search(register, words, 9)).unwrap();
        found.into_iter().map(|(product, _)| product.id).collect::<Vec<_>>()
    };
    assert_eq!(find("quang vinh"), [id]);
    let maker = store.read(|register| products::get(register, id)).unwrap().unwrap().1;
    producers::change(store, &officer(), maker.id, 1, (&htx("HTX Mẫu Gốm"), Alike::Ask)).unwrap();
    assert_eq!(find("quang vinh"), []);
    assert_eq!(find("mau gom"), [id]);
}

#[test]
fn a_list_of_producers_is_narrowed_and_shows_ones_own_alone() {
    let Some(register) = open() else { return };
    let store = &register.store;
    for name in ["Gốm sứ", "Đĩa men lam"] {
        enter(store, &entry(name));
    }
    let id = producers::add(store, &officer(), &htx("HTX Mẫu"), Alike::Ask).unwrap();
    let (pottery, htx) =
        (("Công ty TNHH Gốm sứ Quang Vinh".to_owned(), 2), ("HTX Mẫu".to_owned(), 0));
    let all = ProducerFilter::default();
    assert_eq!(listed(store, &officer(), &all), [pottery.clone(), htx.clone()]);
    let words = |words: &str| ProducerFilter { words: words.into(), ..ProducerFilter::default() };
    assert_eq!(listed(store, &officer(), &words("gom QUANG")), from_ref(&pottery));
    assert_eq!(listed(store, &officer(), &words("0101234567")), from_ref(&htx));
    let kind = Some(ProducerKind::Enterprise);
    assert_eq!(listed(store, &officer(), &ProducerFilter { kind, ..all.clone() }), [pottery]);
    let commune = Commune::from_code("00577");
    let there = ProducerFilter { commune, ..all.clone() };
    assert_eq!(listed(store, &officer(), &there), from_ref(&htx));
    let own = worker(Organisation::Producer(id));
    assert_eq!(listed(store, &own, &all), [htx]);
    let other = worker(Organisation::Producer(ProducerId(1)));
    assert!(producers::get(store, &other, id).unwrap().is_none());
}

#[test]
fn a_product_is_entered_under_its_producer_without_any_recognition() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let maker = producers::add(store, &officer(), &htx("HTX Mẫu"), Alike::Ask).unwrap();
    let new = |producer, name: &str| NewProduct {
        producer,
        name: name.into(),
        group: ProductGroup::Food,
        gtin: None,
        net_quantity: None,
    };
    let id = catalogue::add_product(store, &new(maker, "Bánh gai mẫu"), Alike::Ask, act()).unwrap();
    let again = catalogue::add_product(store, &new(maker, "Bánh gai mẫu"), Alike::Ask, act());
    assert_eq!(again.unwrap(), id);
    let other = NewProduct { group: ProductGroup::Drinks, ..new(maker, "bánh GAI mẫu") };
    let taken = catalogue::add_product(store, &other, Alike::Ask, act());
    assert!(matches!(taken, Err(CatalogueError::Taken(_))));
    let nowhere = catalogue::add_product(store, &new(ProducerId(77), "Bánh"), Alike::Ask, act());
    assert!(matches!(nowhere, Err(CatalogueError::NoProducer(_))));
    let file = producers::get(store, &officer(), maker).unwrap().unwrap();
    assert_eq!(file.products.len(), 1);
    assert!(file.products[0].1.is_none());
}

#[test]
fn a_producer_is_shown_with_its_open_orders_and_batches() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = product(store);
    issue(store, approved(store, &funded(store, id, 300)));
    approved(store, &self_paid(id, 20));
    ordering::place(store, &self_paid(id, 30), act()).unwrap();
    let maker = store.read(|register| products::get(register, id)).unwrap().unwrap().1;
    let file = producers::get(store, &officer(), maker.id).unwrap().unwrap();
    // What was issued is done with, and what is a draft nobody has sent.
    assert_eq!((file.orders, file.batches), (3, 1));
    assert_eq!(file.open_orders, [(OrderState::Approved, 1)]);
    let lines = |id| {
        let orders = OrderFilter { producer: Some(id), ..OrderFilter::default() };
        let batches = BatchFilter { producer: Some(id), ..BatchFilter::default() };
        let counted = desk::count(store, &officer(), &orders).unwrap();
        (counted, desk::count(store, &officer(), &batches).unwrap())
    };
    assert_eq!(lines(maker.id), (3, 1));
    assert_eq!(lines(ProducerId(999)), (0, 0));
    assert_eq!(file.products.len(), 1);
    assert!(file.products[0].1.is_some());
}
