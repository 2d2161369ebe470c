use ocop_stamp::accounting::{Selection, StampError};
use ocop_stamp::desk::lots::{LotStep, PRODUCTS_MAX, get, products as of_products, step, told};
use ocop_stamp::desk::{self as desk_of, Worker};
use ocop_stamp::domain::audit::Action;
use ocop_stamp::domain::ids::{LotId, ProducerId, ProductId};
use ocop_stamp::domain::lot::NewLot;
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::domain::sheet::{Printing, SerialRun, Sheet};
use ocop_stamp::store::listing::Sort;
use ocop_stamp::store::lot_list::{LotColumn, LotFilter};
use ocop_stamp::store::scans::{self, Scans};
use ocop_stamp::store::{lot_stamps, lots, products, sheets};

use super::open;
use crate::desk::{enter, entry, issued, noon, put_on_goods, serials, today};

fn worker(organisation: Organisation) -> Worker {
    Worker { login: "phe-duyet".into(), organisation, at: noon(today()) }
}

#[test]
fn a_lot_is_recalled_and_its_recall_ended_once_each_with_what_it_hits() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 6);
    let all = serials(store, &batch);
    put_on_goods(store, &Selection::Range(all[0]..=all[3]), "L1");
    put_on_goods(store, &Selection::Range(all[4]..=all[5]), "L2");
    let office = worker(Organisation::Office);
    let found = |filter: LotFilter, seen_by| {
        let sort = Sort { column: LotColumn::Code, is_descending: false };
        let page = desk_of::page(store, &worker(seen_by), &filter, sort, 1).unwrap();
        page.items.into_iter().map(|it| it.lot.details.code).collect::<Vec<_>>()
    };
    let (_, maker) = store.read(|c| products::get(c, batch.intent.product)).unwrap().unwrap();
    let (own, other) = (Organisation::Producer(maker.id), Organisation::Producer(ProducerId(999)));
    assert_eq!(found(LotFilter::default(), own), ["L1", "L2"]);
    assert!(found(LotFilter::default(), other).is_empty());
    let spelt = LotFilter { code: "l1".into(), ..LotFilter::default() };
    assert_eq!(found(spelt, own), ["L1"]);
    let one = LotFilter { code: "L1".into(), ..LotFilter::default() };
    assert_eq!(found(one, Organisation::Office), ["L1"]);

    let lot = LotId(1);
    let file = get(store, &office, lot).unwrap().unwrap();
    assert_eq!(file.activated(), 4);
    assert_eq!(file.stamps, [(batch.number, 4)]);
    assert!(get(store, &worker(other), lot).unwrap().is_none());
    let recall = LotStep::Recall("Vỡ nắp, xin trả lại".into(), Some("024 0000 0000".into()));
    let refused = step(store, &worker(other), lot, &recall).unwrap_err();
    assert!(matches!(refused, StampError::NoLot(_)), "{refused}");
    for _ in 0..2 {
        step(store, &office, lot, &recall).unwrap();
    }
    let recalled = || LotFilter { is_recalled: Some(true), ..LotFilter::default() };
    assert_eq!(found(recalled(), Organisation::Office), ["L1"]);
    for _ in 0..2 {
        step(store, &office, lot, &LotStep::EndRecall("Đã xử lý xong".into())).unwrap();
    }
    assert!(found(recalled(), Organisation::Office).is_empty());
    let history = get(store, &office, lot).unwrap().unwrap().history;
    let said: Vec<String> = history.iter().map(ToString::to_string).collect();
    let expected = [
        "stamp.activate: ",
        "lot.recall: Vỡ nắp, xin trả lại; phone: 024 0000 0000",
        "lot.end_recall: Đã xử lý xong",
    ];
    assert_eq!(said, expected);
}

#[test]
fn the_stamps_of_a_lot_are_told_by_serials_and_sheets_with_their_scans() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 6);
    let all = serials(store, &batch);
    let run = |from: usize, to: usize| SerialRun {
        first: all[from],
        last: all[to],
        stamps: u32::try_from(to - from + 1).unwrap(),
    };
    let printing = Printing { layout: "a4".into(), design: "sen-25x35".into() };
    let sheets = [
        Sheet { number: 1, runs: vec![run(0, 1), run(4, 4)] },
        Sheet { number: 2, runs: vec![run(2, 3), run(5, 5)] },
    ];
    store.write(|c| sheets::put(c, batch.number, &printing, &sheets)).unwrap();
    put_on_goods(store, &Selection::Range(all[0]..=all[1]), "L1");
    put_on_goods(store, &Selection::Range(all[2]..=all[2]), "L2");
    put_on_goods(store, &Selection::Range(all[3]..=all[5]), "L1");
    let (first_at, last_at) = (noon(today()), noon(today()));
    let seen = |at: usize, count| Scans { serial: all[at], count, warnings: 0, first_at, last_at };
    // The third is on goods of another lot.
    scans::add(store, &[seen(1, 2), seen(2, 9), seen(5, 3)]).unwrap();

    let (file, stamps) = told(store, &worker(Organisation::Office), LotId(1)).unwrap().unwrap();
    assert_eq!(file.activated(), 5);
    let [found] = &*stamps else { panic!("{stamps:?}") };
    assert_eq!((found.stamps, found.scanned, found.scans, found.has_more), (5, 2, 5, false));
    let runs: Vec<_> =
        found.runs.iter().map(|it| (it.first, it.last, it.stamps, it.scans)).collect();
    assert_eq!(runs, [(all[0], all[1], 2, 2), (all[3], all[5], 3, 3)]);
    let sheets: Vec<_> = found.sheets.iter().map(|it| (it.number, it.stamps, it.scans)).collect();
    assert_eq!(sheets, [(1, 3, 2), (2, 2, 3)]);
    assert_eq!(found.sheets[0].printing, printing);
}

#[test]
fn stamps_of_a_lot_that_lie_far_apart_are_told_whole_and_what_is_not_told_is_said() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (one, other) = (issued(store, 8), issued(store, 3));
    let all = serials(store, &one);
    let run = |at: usize| SerialRun { first: all[at], last: all[at], stamps: 1 };
    let printing = Printing { layout: "a4".into(), design: "sen-25x35".into() };
    let numbers = [1_u32, 2, 3, 4, 5, 6, 7, 8].into_iter().zip(0..);
    let sheets: Vec<_> =
        numbers.map(|(number, at)| Sheet { number, runs: vec![run(at)] }).collect();
    store.write(|c| sheets::put(c, one.number, &printing, &sheets)).unwrap();
    for at in [0, 1, 7] {
        put_on_goods(store, &Selection::Range(all[at]..=all[at]), "L1");
    }
    put_on_goods(store, &Selection::Batch(other.number), "L1");
    let lot = store.read(|c| lots::find(c, one.intent.product, "L1")).unwrap().unwrap().id;
    let counts = store.read(|c| lot_stamps::counts(c, lot)).unwrap();
    assert_eq!(counts, [(one.number, 3), (other.number, 3)]);
    let found = |rows| {
        let found = store.read(|c| lot_stamps::of_lot(c, lot, rows)).unwrap();
        let told = |it: lot_stamps::LotStamps| (it.stamps, it.read, it.runs.len(), it.has_more);
        found.into_iter().map(told).collect::<Vec<_>>()
    };
    // Stamps on other goods that lie between take nothing from what is looked through.
    assert_eq!(found(6), [(3, 3, 2, false), (3, 3, 1, false)]);
    assert_eq!(found(4), [(3, 3, 2, false), (3, 1, 1, true)]);
    assert_eq!(found(2), [(3, 2, 1, true), (3, 0, 0, true)]);
    let told = store.read(|c| lot_stamps::of_lot(c, lot, 6)).unwrap();
    let runs: Vec<_> = told[0].runs.iter().map(|it| (it.first, it.last, it.stamps)).collect();
    assert_eq!(runs, [(all[0], all[1], 2), (all[7], all[7], 1)]);
    assert_eq!(told[0].sheets.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 8]);
}

#[test]
fn more_products_than_can_be_read_are_not_offered_but_the_chosen_one_is() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let names = ["Chè mẫu", "Gốm mẫu"];
    let ids = names.map(|name| enter(store, &entry(name)));
    for product in ids {
        let lot = NewLot { product, code: "L1".into(), made_on: None, use_by: None };
        store.write(|c| lots::put(c, &lot)).unwrap();
    }
    let offered =
        |chosen, most| of_products(store, &worker(Organisation::Office), chosen, most).unwrap();
    assert_eq!(offered(None, 2).len(), 2);
    assert_eq!(offered(None, 1), []);
    assert_eq!(offered(Some(ids[1]), 1), [(ids[1], "Gốm mẫu".to_owned())]);
}

#[test]
fn a_list_of_lots_is_narrowed_to_a_product_that_has_some() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 2);
    let product = batch.intent.product;
    put_on_goods(store, &Selection::Batch(batch.number), "L1");
    let (_, maker) = store.read(|c| products::get(c, product)).unwrap().unwrap();
    let offered = |by| of_products(store, &worker(by), None, PRODUCTS_MAX).unwrap();
    for organisation in [Organisation::Office, Organisation::Producer(maker.id)] {
        assert_eq!(offered(organisation).iter().map(|it| it.0).collect::<Vec<_>>(), [product]);
    }
    assert!(offered(Organisation::Producer(ProducerId(999))).is_empty());
    let count = |product| {
        let filter = LotFilter { product: Some(product), ..LotFilter::default() };
        desk_of::count(store, &worker(Organisation::Office), &filter).unwrap()
    };
    assert_eq!((count(product), count(ProductId(999))), (1, 0));
}

#[test]
fn a_lot_is_one_however_its_code_is_spelt_and_two_lots_are_two() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 6);
    let all = serials(store, &batch);
    let one = |at: usize| Selection::Range(all[at]..=all[at]);
    // Composed, decomposed, in capitals, with what nobody sees.
    let spellings = ["Lô é-01", "Lo\u{302} e\u{301}-01", "LÔ É 01", "Lô\u{200b} é-01\u{feff}"];
    for (at, code) in spellings.iter().enumerate() {
        put_on_goods(store, &one(at), code);
    }
    put_on_goods(store, &one(4), "Lô è-01");
    put_on_goods(store, &one(5), "Lô é-0-1");
    let counted: Vec<u64> = (1..=3)
        .map(|id| get(store, &worker(Organisation::Office), LotId(id)).unwrap().unwrap())
        .map(|file| file.activated())
        .collect();
    assert_eq!(counted, [4, 1, 1]);
    let found = store.read(|register| lots::find(register, batch.intent.product, spellings[1]));
    assert_eq!(found.unwrap().unwrap().details.code, spellings[0]);
}

#[test]
fn a_recall_names_somebody_who_can_be_called() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 1);
    put_on_goods(store, &Selection::Batch(batch.number), "L1");
    let office = worker(Organisation::Office);
    let recall = |phone: &str| LotStep::Recall("Vỡ nắp".into(), Some(phone.into()));
    for phone in ["abc", "12", "024 3825 000x", "+1 202 555 0100"] {
        let refused = step(store, &office, LotId(1), &recall(phone)).unwrap_err();
        assert_eq!(refused.key(), "phone", "{phone}");
    }
    let silent = LotStep::Recall(" ".into(), None);
    assert_eq!(step(store, &office, LotId(1), &silent).unwrap_err().key(), "no_reason");
    step(store, &office, LotId(1), &recall("+84 (24) 3825.0000")).unwrap();
    let file = get(store, &office, LotId(1)).unwrap().unwrap();
    let phone = file.listed.lot.recall.unwrap().phone;
    assert_eq!(phone.as_deref(), Some("024 3825 0000"));
    let recalls = file.history.iter().filter(|it| it.action == Action::RecallLot).count();
    assert_eq!(recalls, 1, "what was refused is no recall");
}
