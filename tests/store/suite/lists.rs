use ocop_stamp::desk::{self, Worker};
use ocop_stamp::domain::ids::ProducerId;
use ocop_stamp::domain::print_job::JobState;
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::store::batch_list::{BatchColumn, BatchFilter, BatchStage};
use ocop_stamp::store::listing::{Listing, Sort};
use ocop_stamp::store::order_list::{OrderColumn, OrderFilter};
use ocop_stamp::store::product_list::{ProductColumn, ProductFilter};
use ocop_stamp::store::{Store, StoreError};

use super::delivery::assigned;
use super::open;
use crate::desk::{approved, enter, entry, issue, noon, product, self_paid, today};

fn worker(organisation: Organisation) -> Worker {
    Worker { login: "can.bo".into(), organisation, at: noon(today()) }
}

fn by<C>(column: C, is_descending: bool) -> Sort<C> {
    Sort { column, is_descending }
}

fn all<L: Listing>(store: &Store, list: &L, sort: Sort<L::Column>) -> Vec<L::Line> {
    let mut lines = Vec::new();
    let office = worker(Organisation::Office);
    desk::each(store, &office, list, sort, 9_999, |line| {
        lines.push(line);
        Ok::<_, StoreError>(())
    })
    .unwrap();
    lines
}

#[test]
fn a_list_is_the_same_by_pages_and_as_a_whole_in_every_order() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let names: Vec<String> = (0..60).map(|number| format!("Trà {number:02}")).collect();
    for name in &names {
        enter(store, &entry(name));
    }
    let list = ProductFilter::default();
    for column in [ProductColumn::Name, ProductColumn::Producer, ProductColumn::Group] {
        for is_descending in [false, true] {
            let sort = by(column, is_descending);
            let page = |page| desk::page(store, &worker(Organisation::Office), &list, sort, page);
            let pages: Vec<_> = (1..=3).flat_map(|it| page(it).unwrap().items).collect();
            assert_eq!(pages, all(store, &list, sort), "{sort:?}");
            let beyond = page(9).unwrap();
            assert_eq!((beyond.total, beyond.page, beyond.pages()), (60, 9, 3));
            assert!(beyond.items.is_empty() && beyond.is_beyond(), "{sort:?}");
            assert!(page(u32::MAX).unwrap().items.is_empty());
            assert!(!page(3).unwrap().is_beyond());
            let first = if is_descending { &names[59] } else { &names[0] };
            assert_eq!(&pages[0].product.details.name, first, "{sort:?}");
        }
    }
    let none = worker(Organisation::Producer(ProducerId(99)));
    assert_eq!(desk::count(store, &none, &list).unwrap(), 0);
}

#[test]
fn products_are_found_by_the_decision_that_recognised_them() {
    let Some(register) = open() else { return };
    let store = &register.store;
    product(store);
    let other = ocop_stamp::domain::annex::AnnexEntry {
        decision_number: "7/QĐ-UBND".into(),
        ..entry("Trà sen")
    };
    let tea = enter(store, &other);
    let filter = ProductFilter { decision: "7/QĐ-UBND".into(), ..ProductFilter::default() };
    let found = all(store, &filter, by(ProductColumn::Name, false));
    assert_eq!(found.iter().map(|it| it.product.id).collect::<Vec<_>>(), [tea]);
    let paper = found[0].recognition.as_ref().unwrap();
    assert_eq!(paper.paper.decision_number, "7/QĐ-UBND");
}

#[test]
fn orders_and_batches_are_sorted_and_found_by_where_they_stand() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let first = assigned(store, 30);
    let tea = enter(store, &entry("Trà sen"));
    let second = issue(store, approved(store, &self_paid(tea, 20)));
    let orders = all(store, &OrderFilter::default(), by(OrderColumn::Quantity, false));
    let quantities = orders.iter().map(|it| it.order.request.quantity.get()).collect::<Vec<_>>();
    assert_eq!(quantities, [20, 30]);
    assert_eq!(orders[0].batch, Some(second.number));
    let numbers = |filter: &BatchFilter| {
        let found = all(store, filter, by(BatchColumn::Number, true));
        found.into_iter().map(|it| (it.number, it.stage())).collect::<Vec<_>>()
    };
    let at_shop = (first.number, BatchStage::AtShop(JobState::Assigned));
    let waiting = (second.number, BatchStage::Unassigned);
    assert_eq!(numbers(&BatchFilter::default()), [waiting, at_shop]);
    for line in [waiting, at_shop] {
        let filter = BatchFilter { stage: Some(line.1), ..BatchFilter::default() };
        assert_eq!(numbers(&filter), [line]);
    }
    let words = BatchFilter { words: "TRA SEN".into(), ..BatchFilter::default() };
    assert_eq!(numbers(&words), [waiting]);
}
