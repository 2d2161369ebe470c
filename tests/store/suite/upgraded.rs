//! A register of an earlier release, brought up to date: its schema is taken back to that of the release
//! and its rows are written as that release wrote them.

use std::fs;
use std::path::PathBuf;
use std::slice::from_ref;

use ocop_stamp::accounting::{self, LotName, Selection};
use ocop_stamp::code::text;
use ocop_stamp::delivery;
use ocop_stamp::domain::annex::{AnnexEntry, Outcome};
use ocop_stamp::domain::audit::{Action, Subject};
use ocop_stamp::domain::calendar::default_end;
use ocop_stamp::domain::ids::OrderId;
use ocop_stamp::register::{self, Import};
use ocop_stamp::store::{Store, audit, hand_overs, lots, merged, products};
use ocop_stamp::vietnamese::fold;

use super::delivery::{assigned, minutes, print, receive};
use super::open;
use crate::Register;
use crate::desk::{act, by, day, enter, entry, issued, serials, sql};

/// The first day of migrations that tell names apart and type the trail.
const SINCE: &str = "20261130";

/// Takes the schema back to that of the release before; tells how many migrations that were.
fn take_back(register: &Register) -> usize {
    let kind = if register.url.starts_with("sqlite:") { "sqlite" } else { "postgresql" };
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    let folders = fs::read_dir(root).unwrap().map(|folder| folder.unwrap().path());
    let name = |folder: &PathBuf| folder.file_name().unwrap().to_str().unwrap().to_owned();
    let mut folders: Vec<PathBuf> = folders.filter(|it| *name(it) >= *SINCE).collect();
    folders.sort();
    for folder in folders.iter().rev() {
        let down = fs::read_to_string(folder.join("down.sql")).unwrap();
        sql(&register.store, &down).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
        let name = name(folder);
        let (version, _) = name.split_once('_').unwrap();
        let forget = format!("DELETE FROM __diesel_schema_migrations WHERE version = '{version}'");
        sql(&register.store, &forget).unwrap();
    }
    folders.len()
}

/// Writes an entry of the trail as it was written before.
fn in_words(store: &Store, action: &str, object: &str, detail: &str) {
    let insert = format!(
        "INSERT INTO audit (at, actor, action, object, detail) \
         VALUES ('2026-11-20 03:00:00', 'can.bo', '{action}', '{object}', '{detail}')"
    );
    sql(store, &insert).unwrap();
}

/// A row of a producer of that name and tax code.
fn row(producer: &str, code: &str, product: &str, number: &str) -> AnnexEntry {
    let mut row = entry(product);
    row.producer.name = producer.into();
    row.producer.tax_code = Some(code.into());
    row.decision_number = number.into();
    row
}

fn imported(store: &Store, row: &AnnexEntry) -> Outcome {
    let done = register::import(store, from_ref(row), "a.csv", Import::EnterNew, act()).unwrap();
    done.0.into_iter().next().unwrap()
}

/// Names that the release before took for one: of a product, and of producers.
fn write_names_of_before(store: &Store) {
    let folded = |name: &str| fold(name).replace('\'', "''");
    let all = [("producers", "HKD Mẫu Hùng"), ("products", "Mứt dừa mẫu")];
    for (table, name) in all {
        let key = folded(name);
        let set = format!("UPDATE {table} SET name_folded = '{key}' WHERE name = '{name}'");
        sql(store, &set).unwrap();
    }
    // The second decision was on “Mứt dứa mẫu”, and went to the product of the first.
    let again = "INSERT INTO recognitions (product_id, stars, potential_five_star, decision_number, \
         authority_id, signed_on, ends_on, product_name, address, recorded_at) \
         SELECT product_id, stars, potential_five_star, 'MẪU-02/QĐ-UBND', authority_id, signed_on, \
         ends_on, 'Mứt dứa mẫu', address, recorded_at FROM recognitions \
         WHERE product_name = 'Mứt dừa mẫu'";
    sql(store, again).unwrap();
}

#[test]
fn names_that_an_earlier_release_took_for_one_are_found_and_told() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = enter(store, &row("HKD Mẫu Hùng", "0109999998", "Mứt dừa mẫu", "MẪU-01/QĐ-UBND"));
    let count = take_back(&register);
    write_names_of_before(store);
    assert_eq!(store.migrate().unwrap().len(), count);
    let merged = store.read(merged::all).unwrap();
    let told: Vec<_> =
        merged.iter().map(|it| (it.product, &*it.recognised_as, &*it.decision_number)).collect();
    assert_eq!(told, [(product, "Mứt dứa mẫu", "MẪU-02/QĐ-UBND")]);
    let found = store.read(|it| products::search(it, "mut dua", 10)).unwrap();
    assert_eq!(found.len(), 1, "it is found by what it is searched by");

    // What was one is entered anew or asked about, and never taken for the same.
    let pineapple = row("HKD Mẫu Hùng", "0109999998", "Mứt dứa mẫu", "MẪU-02/QĐ-UBND");
    let outcome = imported(store, &pineapple);
    assert!(matches!(outcome, Outcome::Entered(_) | Outcome::Unclear(_)), "{outcome:?}");
    let other = row("HKD Mẫu Hưng", "0109999981", "Bánh gai mẫu", "MẪU-03/QĐ-UBND");
    let outcome = imported(store, &other);
    assert!(matches!(outcome, Outcome::Entered(_) | Outcome::Unclear(_)), "{outcome:?}");
    let makers = store.read(|it| products::search(it, "", 10)).unwrap();
    let of_first = makers.iter().filter(|(_, maker)| maker.details.name == "HKD Mẫu Hùng");
    assert!(of_first.clone().all(|(it, _)| it.details.name.starts_with("Mứt ")), "{makers:?}");
    // What the register knew stays known as the same.
    let same = row("HKD Mẫu Hùng", "0109999998", "Mứt dừa mẫu", "MẪU-01/QĐ-UBND");
    assert_eq!(imported(store, &same), Outcome::Same);
    assert!(store.migrate().unwrap().is_empty());
    register.store.unmigrate().unwrap();
}

#[test]
fn lots_of_one_name_in_two_spellings_stay_two_and_no_third_is_made() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    take_back(&register);
    let product = batch.intent.product;
    let [composed, parted] = ["L\u{f4} \u{e9}", "Lo\u{302} e\u{301}"];
    for code in [composed, parted] {
        let lot = format!("INSERT INTO lots (product_id, code) VALUES ({product}, '{code}')");
        sql(store, &lot).unwrap();
    }
    store.migrate().unwrap();
    let find = |code: &str| store.read(|it| lots::find(it, product, code)).unwrap().unwrap().id;
    let (one, other) = (find(composed), find(parted));
    assert_ne!(one, other, "stamps are on both, so that neither is given up");
    for code in ["LÔ É", "lô\u{200b} é", "Lô\u{a0}é"] {
        assert_eq!(find(code), one, "{code:?}");
    }
}

#[test]
fn what_an_earlier_release_wrote_of_acts_is_known_or_marked_as_not_known() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 6);
    let number = batch.number;
    let all = serials(store, &batch);
    print(store, &batch, &[], None);
    let which = Selection::Range(all[0]..=all[3]);
    delivery::hand_over(store, number, &minutes("1/BBBG"), &which, by("xuong.in")).unwrap();
    take_back(&register);
    sql(store, "DELETE FROM audit").unwrap();
    let range = |from: usize, to: usize| {
        format!("stamps {}–{}", text::serial(all[from]), text::serial(all[to]))
    };
    in_words(store, "order.approve", "order 1", "");
    in_words(store, "stamp.printed", &range(0, 5), "6 stamps; print job");
    in_words(store, "stamp.hand_over", &range(0, 5), "4 stamps; minutes 1/BBBG");
    store.migrate().unwrap();

    let order = store.read(|it| audit::history(it, OrderId(1))).unwrap();
    assert_eq!(order.iter().map(|it| it.action).collect::<Vec<_>>(), [Action::ApproveOrder]);
    let stamps = store.read(|it| audit::history(it, Subject::Stamps(number))).unwrap();
    let runs: Vec<_> = stamps.iter().filter_map(|it| Some((it.action, it.run.as_ref()?))).collect();
    let printed = runs.iter().find(|(action, _)| *action == Action::PrintStamps).unwrap().1;
    assert!(printed.is_exact && printed.stamps == 6, "all of them: {printed:?}");
    // Four of six: which ones, the stamps that stand there tell.
    let handed: Vec<_> = runs.iter().filter(|(it, _)| *it == Action::HandOverStamps).collect();
    assert!(!handed.is_empty());
    for (_, run) in &handed {
        let is_right = (run.first, run.last) == (all[0], all[3]);
        assert!(is_right || !run.is_exact, "what is not known is marked so: {run:?}");
    }
    // Nobody wrote down which stamps were on minutes that wait: none is taken for received.
    let known = store.read(|it| hand_overs::of_batch(it, number)).unwrap();
    let [one] = &known[..] else { panic!("{known:?}") };
    assert!(store.read(|it| hand_overs::runs(it, one.id)).unwrap().is_empty());
    let lot = LotName { code: "L1".into(), made_on: None, use_by: None };
    let all_of_it = Selection::Range(all[0]..=all[3]);
    let refused = accounting::activate(store, &all_of_it, &lot, act()).unwrap_err();
    assert_eq!(refused.key(), "not_received");
    receive(store, &batch, "1/BBBG", 4);
    accounting::activate(store, &all_of_it, &lot, act()).unwrap();
}

#[test]
fn a_recognition_of_an_earlier_release_has_effect_from_its_signature() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let signed_on = day(2026, 11, 20);
    let ends_on = default_end(signed_on).unwrap();
    let effective_on = day(2026, 11, 28);
    let product =
        enter(store, &AnnexEntry { signed_on, effective_on, ends_on, ..entry("Mứt mẫu") });
    let days = || {
        let all = store.read(|it| ocop_stamp::store::recognitions::of_product(it, product));
        all.unwrap().into_iter().map(|it| it.paper.effective_on).collect::<Vec<_>>()
    };
    assert_eq!(days(), [effective_on]);
    take_back(&register);
    store.migrate().unwrap();
    assert_eq!(days(), [signed_on], "an earlier release kept no other day");
}
