use ocop_stamp::accounting::{Selection, StampError};
use ocop_stamp::desk::lots::{LotStep, get, step};
use ocop_stamp::desk::{self as desk_of, Worker};
use ocop_stamp::domain::ids::{LotId, ProducerId};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::store::listing::Sort;
use ocop_stamp::store::lot_list::{LotColumn, LotFilter};
use ocop_stamp::store::products;

use super::open;
use crate::desk::{issued, noon, put_on_goods, serials, today};

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
    let one = LotFilter { code: "L1".into(), ..LotFilter::default() };
    assert_eq!(found(one, Organisation::Office), ["L1"]);

    let lot = LotId(1);
    let file = get(store, &office, lot).unwrap().unwrap();
    assert_eq!((file.activated(), &*file.stamps), (4, &[(batch.number, 4)][..]));
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
    let said: Vec<_> = history.iter().map(|it| (&*it.action, &*it.detail)).collect();
    let expected = [
        ("lot.recall", "Vỡ nắp, xin trả lại (024 0000 0000)"),
        ("lot.end_recall", "Đã xử lý xong"),
    ];
    assert_eq!(said, expected);
}
