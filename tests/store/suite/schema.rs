use std::thread;

use ocop_stamp::store::{Store, authorities};

use super::open;
use crate::desk::{approve_design, codes, issued, product, shipped_design, sql};

#[test]
fn the_schema_goes_up_down_and_up_again() {
    let Some(register) = open() else { return };
    assert_eq!(register.store.migrate().unwrap(), Vec::<String>::new());
    issued(&register.store, 10);
    register.store.unmigrate().unwrap();
    assert!(register.store.read(|c| authorities::find(c, "UBND")).is_err());
    assert!(!register.store.migrate().unwrap().is_empty());
    assert_eq!(issued(&register.store, 10).number.get(), 1);
}

#[test]
fn nodes_that_start_together_bring_the_schema_up_to_date_once() {
    let Some(register) = open() else { return };
    register.store.unmigrate().unwrap();
    let url = register.url.as_str();
    thread::scope(|scope| {
        let nodes: Vec<_> = (0..6).map(|_| scope.spawn(|| Store::open_or_create(url))).collect();
        for node in nodes {
            node.join().unwrap().unwrap();
        }
    });
    assert_eq!(issued(&register.store, 10).number.get(), 1);
}

#[test]
fn what_the_program_never_writes_is_refused_by_the_database_too() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 2);
    let product = product(store);
    approve_design(store, &shipped_design("qr-20"));
    let refused = [
        format!("INSERT INTO quotas VALUES ({product}, 1, 2000, 2001)"),
        format!("INSERT INTO quotas VALUES ({product}, 1, 2000, -1)"),
        "UPDATE orders SET quantity = 0".into(),
        "UPDATE orders SET quantity = 1000001".into(),
        "UPDATE orders SET state = 'lost'".into(),
        "UPDATE orders SET approved_by = placed_by".into(),
        "UPDATE orders SET submitted_by = approved_by".into(),
        "UPDATE orders SET replaces_batch = 77".into(),
        "UPDATE batches SET stars = 2".into(),
        "UPDATE batches SET key_id = 'short'".into(),
        "UPDATE batches SET number = 1048576".into(),
        "UPDATE stamps SET state = 8".into(),
        "UPDATE stamps SET lot_id = 1".into(),
        "UPDATE recognitions SET stars = 6".into(),
        "UPDATE recognitions SET ends_on = '2000-01-01'".into(),
        "UPDATE products SET producer_id = 12345".into(),
        "DELETE FROM products".into(),
        "UPDATE designs SET state = 'printed'".into(),
        "UPDATE designs SET version = 0".into(),
        "UPDATE designs SET decided_by = added_by".into(),
        "UPDATE designs SET submitted_by = decided_by".into(),
        "UPDATE designs SET mark_granted_by = NULL".into(),
        "UPDATE designs SET state = 'withdrawn'".into(),
        "UPDATE designs SET decided_by = NULL, decided_at = NULL, decision_reason = NULL".into(),
        "DELETE FROM designs".into(),
    ];
    for statement in &refused {
        assert!(sql(store, statement).is_err(), "{statement}");
    }
    assert_eq!(codes(store, &batch).len(), 2);
}

#[test]
fn a_mistake_half_way_takes_the_whole_transaction_back() {
    let Some(register) = open() else { return };
    let insert = "INSERT INTO producers (kind, name, identity_key) VALUES ('enterprise', 'A', 'a')";
    let both = format!("{insert}; UPDATE producers SET kind = 'none'");
    assert!(sql(&register.store, &both).is_err());
    // Unique, so this fails if the first was kept.
    sql(&register.store, insert).unwrap();
}
