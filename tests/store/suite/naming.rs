//! Whom and what names mean.

use std::slice::from_ref;

use ocop_stamp::domain::annex::{About, AnnexEntry, Outcome, Said};
use ocop_stamp::domain::ids::{ProducerId, ProductId};
use ocop_stamp::domain::naming::{Alike, Answer};
use ocop_stamp::domain::producer::NewProducer;
use ocop_stamp::domain::product::NewProduct;
use ocop_stamp::intake::{self, Defaults};
use ocop_stamp::issuance::ordering::{self, OrderError};
use ocop_stamp::issuance::{Ineligible, IssueError};
use ocop_stamp::register::catalogue::{self, CatalogueError};
use ocop_stamp::register::producers::{self as makers, ProducerError};
use ocop_stamp::register::{self, Counts, Import};
use ocop_stamp::store::{Store, authorities, merged, plans, print_shops, producers, products};

use super::open;
use crate::desk::{act, approved, enter, entry, issuer, self_paid, sql};

pub(super) fn import(store: &Store, rows: &[AnnexEntry]) -> Vec<Outcome> {
    register::import(store, rows, "annex.csv", Import::EnterNew, act()).unwrap().0
}

/// A row of a producer of that name and tax code.
pub(super) fn row(producer: &str, code: Option<&str>, product: &str) -> AnnexEntry {
    let mut row = entry(product);
    row.producer.name = producer.into();
    row.producer.tax_code = code.map(Into::into);
    row
}

pub(super) fn names(store: &Store) -> Vec<(String, String)> {
    let all = store.read(|register| products::search(register, "", 100)).unwrap();
    all.into_iter().map(|(it, maker)| (maker.details.name, it.details.name)).collect()
}

pub(super) fn doubt(outcome: &Outcome) -> (About, Vec<i64>, bool) {
    let Outcome::Unclear(doubt) = outcome else { panic!("not unclear: {outcome:?}") };
    (doubt.about, doubt.may_be.iter().map(|it| it.id).collect(), doubt.may_be_new)
}

#[test]
fn names_that_differ_in_letters_or_tones_are_of_producers_and_products_of_their_own() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let file = include_bytes!("../../intake/ten-gan-giong.csv");
    let preview = intake::preview(file, &Defaults::default()).unwrap();
    assert_eq!(preview.problems().count(), 0);
    let rows: Vec<AnnexEntry> = preview.entries();
    let import = || register::import(store, &rows, "annex.csv", Import::EnterNew, act()).unwrap();
    assert_eq!(import().counts(), Counts { new: 7, ..Counts::default() });
    assert_eq!(import().counts(), Counts { same: 7, ..Counts::default() });
    let mut makers: Vec<String> = names(store).into_iter().map(|(maker, _)| maker).collect();
    assert_eq!(makers.len(), 7);
    makers.sort();
    makers.dedup();
    let all = [
        "HKD Mẫu Văn Hùng",
        "HKD Mẫu Văn Hưng",
        "HTX Thử Nghiệm Đồi Mẫu",
        "HTX Đông Mẫu",
        "HTX Đồng Mẫu",
    ];
    let mut wanted = all.map(str::to_owned);
    wanted.sort();
    assert_eq!(makers, wanted);
}

#[test]
fn a_name_written_otherwise_with_the_same_letters_and_tones_is_one() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let first = row("HTX Hoà Bình-Đô", None, "Thuý khoẻ mẫu");
    let written = ["htx  hòa bình đô", "HTX HÒA BÌNH – ÐÔ", "HTX Ho\u{61}\u{300} Bình\u{2011}Đô"];
    import(store, &[first]);
    for name in written {
        let again = row(name, None, "thúy\u{a0}KHỎE mẫu");
        // The address on the paper is the same, the product's name is written otherwise there.
        assert!(!matches!(import(store, &[again])[0], Outcome::Entered(_)), "{name}");
    }
    assert_eq!(names(store).len(), 1);
}

#[test]
fn two_tax_codes_are_two_producers_whatever_the_names() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let rows = [
        row("HTX Mẫu", Some("0101234567"), "Gạo mẫu"),
        row("HTX Mẫu", Some("0101234568"), "Gạo mẫu"),
        row("HTX MAU", Some("0101234569"), "Gạo mẫu"),
    ];
    for outcome in import(store, &rows) {
        assert_eq!(outcome, Outcome::Entered(Vec::new()));
    }
    for outcome in import(store, &rows) {
        assert_eq!(outcome, Outcome::Same);
    }
    assert_eq!(names(store).len(), 3);
}

#[test]
fn a_name_without_diacritics_is_asked_about_once() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let known = enter(store, &row("HTX Gốm sứ mẫu", None, "Bình gốm mẫu"));
    let maker = store.read(|c| products::get(c, known)).unwrap().unwrap().1.id;
    let plain = row("HTX Gom su mau", None, "Binh gom mau");
    assert_eq!(doubt(&import(store, from_ref(&plain))[0]), (About::Producer, vec![maker.0], true));
    assert_eq!(names(store).len(), 1, "nothing is entered of what is unclear");

    // The producer is that one, and then the product is asked about.
    let said = |producer, product| Said { producer, product };
    let same = Some(Answer::Same(maker));
    let row_of_known = AnnexEntry { said: said(same, None), ..plain.clone() };
    assert_eq!(doubt(&import(store, &[row_of_known])[0]), (About::Product, vec![known.0], true));
    let other = AnnexEntry { said: said(same, Some(Answer::New)), ..plain.clone() };
    assert!(matches!(import(store, &[other])[0], Outcome::Entered(_)));
    assert_eq!(names(store).len(), 2);
    assert_eq!(import(store, from_ref(&plain)).len(), 1);
    assert!(!matches!(import(store, &[plain])[0], Outcome::Unclear(_)), "it is asked once");
    assert_eq!(names(store).len(), 2);

    // An answer that names none of those is none.
    let more = row("Hop tac xa", None, "Trà mẫu");
    enter(store, &row("Hợp tác xã", None, "Trà mẫu"));
    let wrong = AnnexEntry { said: said(Some(Answer::Same(ProducerId(77))), None), ..more };
    assert_eq!(doubt(&import(store, &[wrong])[0]).0, About::Producer);
}

#[test]
fn a_producer_of_the_same_name_without_its_tax_code_is_asked_about() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let with = row("HTX Mẫu", Some("0101234567"), "Gạo mẫu");
    let without = row("HTX Mẫu", None, "Gạo mẫu");
    import(store, from_ref(&with));
    let (about, ids, may_be_new) = doubt(&import(store, from_ref(&without))[0]);
    assert_eq!((about, may_be_new), (About::Producer, true));
    let said = Said { producer: Some(Answer::Same(ProducerId(ids[0]))), product: None };
    assert_eq!(import(store, &[AnnexEntry { said, ..without.clone() }])[0], Outcome::Same);
    assert_eq!(import(store, &[without])[0], Outcome::Same);
    assert_eq!(names(store).len(), 1);
}

#[test]
fn products_of_one_name_are_told_apart_by_gtin_and_net_quantity() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let of = |quantity: &str, gtin: Option<&str>| AnnexEntry {
        net_quantity: Some(quantity.into()),
        gtin: gtin.map(|gtin| gtin.parse().unwrap()),
        ..entry("Mật ong mẫu")
    };
    let small = of("200 g", Some("9521234543213"));
    import(store, from_ref(&small));
    assert_eq!(import(store, &[of("200g", Some("9521234543213"))])[0].clone(), {
        // Only the words differ, which the register keeps and tells.
        import(store, &[of("200g", Some("9521234543213"))])[0].clone()
    });
    let large = of("500 g", None);
    let (about, ids, may_be_new) = doubt(&import(store, from_ref(&large))[0]);
    assert_eq!((about, ids.len(), may_be_new), (About::Product, 1, true));
    let other_gtin = of("200 g", Some("9521234543220"));
    assert_eq!(doubt(&import(store, &[other_gtin])[0]).0, About::Product);
    let said = Said { producer: None, product: Some(Answer::New) };
    let entered = import(store, &[AnnexEntry { said, ..large.clone() }]);
    assert!(matches!(entered[0], Outcome::Entered(_)));
    assert_eq!(import(store, &[small, large]), [Outcome::Same, Outcome::Same]);
    assert_eq!(names(store).len(), 2);
}

#[test]
fn what_is_entered_by_hand_is_asked_about_too() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let known = enter(store, &row("HTX Gốm mẫu", None, "Bình gốm mẫu"));
    let maker = store.read(|c| products::get(c, known)).unwrap().unwrap().1;
    let tones = NewProducer { name: "HTX Gồm mẫu".into(), ..maker.details.clone() };
    makers::add(store, &tones, Alike::Ask, act()).unwrap();
    let plain = NewProducer { name: "htx gom mau".into(), ..maker.details.clone() };
    let asked = makers::add(store, &plain, Alike::Ask, act());
    assert!(matches!(asked, Err(ProducerError::Alike { id, .. }) if id == maker.id));
    let id = makers::add(store, &plain, Alike::IsOther, act()).unwrap();
    assert_eq!(makers::add(store, &plain, Alike::Ask, act()).unwrap(), id);
    // A change to a name that is written like another's is asked about, and one to its own is not.
    let like = NewProducer { name: "HTX Gom, mau".into(), ..tones.clone() };
    let third = store.read(|c| producers::exactly(c, &tones)).unwrap().unwrap();
    let asked = makers::change(store, third, 1, (&like, Alike::Ask), act());
    assert!(matches!(asked, Err(ProducerError::Alike { .. })));
    let own = NewProducer { name: "HTX GỒM mẫu".into(), ..tones };
    makers::change(store, third, 1, (&own, Alike::Ask), act()).unwrap();

    let new = |name: &str, quantity: &str| NewProduct {
        producer: maker.id,
        name: name.into(),
        group: entry("").group,
        gtin: None,
        net_quantity: Some(quantity.into()),
    };
    let asked = catalogue::add_product(store, &new("Bình gốm mẫu", "3 lít"), Alike::Ask, act());
    assert!(matches!(asked, Err(CatalogueError::Alike { id, .. }) if id == known));
    let asked = catalogue::add_product(store, &new("Binh gom mau", "1 bộ"), Alike::Ask, act());
    assert!(matches!(asked, Err(CatalogueError::Alike { .. })));
    let large = new("Bình gốm mẫu", "3 lít");
    let large = catalogue::add_product(store, &large, Alike::IsOther, act()).unwrap();
    catalogue::add_product(store, &new("Bính gốm mẫu", "1 bộ"), Alike::Ask, act()).unwrap();
    let same = (&new("Bình gốm mẫu", "1 bộ"), Alike::IsOther);
    let taken = catalogue::change_product(store, large, 1, same, act());
    assert!(matches!(taken, Err(CatalogueError::Taken(_))));
}

#[test]
fn authorities_plans_and_print_shops_are_told_apart_by_letters_and_tones() {
    let Some(register) = open() else { return };
    let store = &register.store;
    enter(store, &entry("Gạo mẫu"));
    let office = |name: &str| store.read(|c| authorities::find(c, name)).unwrap();
    assert!(office("ubnd  Thành phố hà nội").is_some());
    assert!(office("UBND thành phố Hà Nồi").is_none());
    let careless = AnnexEntry { authority: "UBND thanh pho Ha Noi".into(), ..entry("Trà mẫu") };
    let (about, ids, may_be_new) = doubt(&import(store, &[careless])[0]);
    assert_eq!((about, ids.len(), may_be_new), (About::Authority, 1, false));

    let plan = |code: &str| store.read(|c| plans::find(c, code)).unwrap();
    assert_eq!(plan("kh  249/2021").unwrap().code, "KH 249/2021");
    assert!(plan("KH 2492021").is_none());

    for name in ["Cơ sở in Hưng", "Cơ sở in Hùng"] {
        sql(
            store,
            &format!(
                "INSERT INTO print_shops (name, name_key, licence_number, is_active)
                 VALUES ('{name}', '{}', 'M 1', TRUE)",
                if name.ends_with("Hưng") { "co so in hung" } else { "as an earlier program" },
            ),
        )
        .unwrap();
    }
    store.migrate().unwrap();
    let shop = |name: &str| store.read(|c| print_shops::by_name(c, name)).unwrap();
    assert_eq!(shop("CƠ SỞ IN HƯNG").unwrap().details.name, "Cơ sở in Hưng");
    assert!(shop("Co so in Hung").is_none());
}

#[test]
fn a_register_of_an_earlier_program_gets_its_keys_and_tells_what_was_taken_for_one() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let jam = enter(store, &row("HKD Hùng mẫu", Some("8099999993"), "Mứt dừa mẫu"));
    let tea = enter(store, &row("HKD Hùng mẫu", Some("8099999993"), "Trà mẫu"));
    // As that program kept them: keys without diacritics, a decision on a product of another name, and
    // a name that the other product had.
    for statement in [
        "UPDATE producers SET search_key = NULL, identity_key = 'hkd hung mau', sort_key = substr(sort_key, 1, 0)",
        &format!("UPDATE products SET identity_key = 'mut dua mau' WHERE id = {jam}"),
        &format!("UPDATE products SET identity_key = 'tra mau', name = 'Trà sen mẫu' WHERE id = {tea}"),
        &format!(
            "INSERT INTO recognitions (product_id, stars, potential_five_star, decision_number,
             authority_id, signed_on, ends_on, product_name, recorded_at)
             SELECT {jam}, 4, FALSE, '2/QĐ', authority_id, signed_on, ends_on, 'Mứt dứa mẫu', recorded_at
             FROM recognitions WHERE product_id = {jam}"
        ),
        &format!(
            "INSERT INTO product_aliases (producer_id, product_id, name)
             SELECT producer_id, id, 'tra mau' FROM products WHERE id = {tea}"
        ),
    ] {
        sql(store, statement).unwrap();
    }
    store.migrate().unwrap();
    let merged = store.read(merged::all).unwrap();
    let told: Vec<(ProductId, &str, &str)> =
        merged.iter().map(|it| (it.product, &*it.name, &*it.recognised_as)).collect();
    assert_eq!(told, [(jam, "Mứt dừa mẫu", "Mứt dứa mẫu")]);
    // The annexes are the same again, but for the product that was none.
    let rows = [
        row("HKD Hùng mẫu", Some("8099999993"), "Mứt dừa mẫu"),
        row("HKD Hùng mẫu", Some("8099999993"), "Trà mẫu"),
        row("HKD Hưng mẫu", Some("8099999994"), "Mứt dứa mẫu"),
    ];
    let outcomes = import(store, &rows);
    assert_eq!(outcomes[0], Outcome::Same);
    assert_eq!(outcomes[1], Outcome::Same);
    assert_eq!(outcomes[2], Outcome::Entered(Vec::new()));
    assert_eq!(store.migrate().unwrap(), Vec::<String>::new());
}

#[test]
fn what_no_font_prints_gets_no_order_and_no_codes() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = enter(store, &entry("Cà phê mẫu"));
    let placed = approved(store, &self_paid(product, 3));
    // As an earlier program took it.
    let coffee = "UPDATE recognitions SET product_name = 'Cà phê ☕ mẫu'";
    sql(store, coffee).unwrap();
    let refused = ordering::place(store, &self_paid(product, 2), act());
    let is_named =
        |why: &Ineligible| matches!(why, Ineligible::Unprintable(it) if it.characters == ['☕']);
    assert!(matches!(refused, Err(OrderError::Ineligible(why)) if is_named(&why)));
    let refused = issuer(store).issue(placed, "a", &|_| ());
    assert!(matches!(refused, Err(IssueError::Ineligible(why)) if is_named(&why)));
    let maker = store.read(|c| products::get(c, product)).unwrap().unwrap().1;
    let named = NewProducer { name: "HTX 茶".into(), ..maker.details };
    let refused = makers::add(store, &named, Alike::Ask, act());
    assert!(matches!(refused, Err(ProducerError::Unprintable(_))));
}
