//! Writes are done once.

use actix_web::http::Method;
use chrono::TimeDelta;
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};

use super::*;
use crate::domain::audit::Subject;
use crate::store::kept_answers::{self, Keyed};
use crate::store::{AnyConnection, audit, stamps};
use crate::web::desk::tests::{catalogue, now, reports};

/// By whom, on what, with what.
type Write = (Role, &'static str, String, Value);

/// Every write but an administrator's, in an order in which each can be done.
fn writes(house: &House) -> Vec<Write> {
    [order_writes(house), catalogue_writes(house), later_writes(house)].concat()
}

/// Writes to orders.
fn order_writes(house: &House) -> Vec<Write> {
    let order = house.order.to_string();
    let why = || json!({ "reason": "Có lý do." });
    [
        (Role::Producer, "place_order", "", json!({ "product": house.product, "stamps": 7 })),
        (
            Role::Producer,
            "amend_order",
            &*order,
            json!({ "product": house.product, "stamps": 11, "wanted_on": "2027-01-31" }),
        ),
        (Role::Producer, "submit_order", &order, json!({})),
        (Role::Officer, "take_order_up", &order, json!({})),
        (Role::Officer, "return_order", &order, why()),
        (Role::Producer, "submit_order", &order, json!({})),
        (Role::Approver, "approve_order", &order, json!({})),
        (Role::Approver, "issue_order", &order, json!({})),
        (Role::Producer, "cancel_order", "3", json!({})),
        (Role::Approver, "reject_order", "4", why()),
    ]
    .map(|(role, name, thing, body)| (role, name, thing.to_owned(), body))
    .into()
}

/// Writes to producers and products.
fn catalogue_writes(house: &House) -> Vec<Write> {
    let (producer, product) = (house.producer.to_string(), house.product.to_string());
    let htx = |name: &str| json!({ "name": name, "kind": "cooperative", "commune": "00577" });
    let new = json!({ "producer": house.producer, "name": "Bánh gai mẫu", "group": 1 });
    let changed = json!({ "name": "Chè mẫu", "group": 2, "net_quantity": "500 g" });
    let photo = json!({ "file": BASE64.encode(&catalogue::png(160)) });
    [
        ("add_producer", "", htx("HTX Mẫu")),
        ("change_producer", &*producer, htx("HTX Sen Hồng")),
        ("add_product", "", new),
        ("change_product", &*product, changed),
        ("show_product_photo", &*product, photo),
        ("remove_product_photo", &*product, json!({})),
    ]
    .map(|(name, thing, body)| (Role::Officer, name, thing.to_owned(), body))
    .into()
}

/// Writes to all else.
fn later_writes(house: &House) -> Vec<Write> {
    let batch = text::batch(BatchNumber::new(house.batch).unwrap());
    let product = house.product.to_string();
    let (order, lot) = (house.order.to_string(), house.lot.to_string());
    let [report, another] = ["a1", "a2"].map(|key| reports::sent(house, key).to_string());
    let (day, why) = ("2026-11-18", || json!({ "reason": "Có lý do." }));
    let decided = || json!({ "reason": "Có lý do.", "decision_number": "1/QĐ" });
    let codes = |register: &mut AnyConnection| {
        stamps::page(register, &BatchNumber::new(house.batch).unwrap().serials(), 3)
    };
    let codes = house.state.store.read(codes).unwrap();
    let serial = |place: usize| text::serial_grouped(codes[place].0);
    let spoiled = json!({ "what": "spoil", "first": serial(0), "reason": "Nhòe mực" });
    let cancelled = json!({ "first": serial(1), "reason": "Có lý do." });
    let handed = json!({ "minutes": "7", "handed_on": day, "stamps": 9, "all": true });
    let activated = json!({ "lot": "L1", "made_on": day, "all": true });
    let whole = json!({
        "kind": "suspended", "number": "2/QĐ", "signed_on": day, "signer": "Chủ tịch",
        "effective_on": day, "reason": "Có lý do.", "products": [house.product + 1],
    });
    let inspection = inspection(day, &serial(2));
    let annex = json!({ "file": super::files::annex("4"), "name": "phu-luc.csv" });
    [
        (Role::Officer, "assign_batch", &*batch, json!({ "print_shop": 1 })),
        (Role::PrintShop, "report_batch_printed", &batch, json!({})),
        (Role::PrintShop, "report_stamps", &batch, spoiled),
        (Role::PrintShop, "reprint_batch", &batch, json!({ "reason": "Có lý do.", "all": true })),
        (Role::PrintShop, "hand_batch_over", &batch, handed),
        (Role::PrintShop, "make_sheets", &batch, json!({ "layout": "a4", "design": "sen-25x35" })),
        (Role::Officer, "record_destruction", &batch, minutes(day, "3")),
        (Role::Officer, "withdraw_destruction", "1", why()),
        (Role::Officer, "record_destruction", &batch, minutes(day, "3")),
        (Role::Approver, "refuse_destruction", "2", why()),
        (Role::Officer, "record_destruction", &batch, minutes(day, "4")),
        (Role::Approver, "confirm_destruction", "3", json!({})),
        (Role::Producer, "make_order_paper", &order, json!({})),
        (Role::Producer, "make_batch_paper", &batch, json!({ "kind": "reconciliation" })),
        (Role::Inspector, "record_inspection", "", inspection),
        (Role::Inspector, "make_inspection_paper", "1", json!({})),
        (Role::Officer, "check_annex", "", annex.clone()),
        (Role::Officer, "enter_annex", "", annex),
        (Role::Producer, "receive_batch", &batch, json!({ "minutes": "7", "stamps": 9 })),
        (Role::Approver, "cancel_stamps", &batch, cancelled),
        (Role::Producer, "activate_stamps", &batch, activated),
        (
            Role::Approver,
            "recall_lot",
            &lot,
            json!({ "reason": "Vỡ nắp.", "phone": "024 0000 0000" }),
        ),
        (Role::Approver, "end_recall", &lot, why()),
        (Role::Approver, "close_batch", &batch, json!({})),
        (Role::Officer, "take_up_report", &report, json!({})),
        (Role::Officer, "note_report", &report, json!({ "text": "Đã gọi lại." })),
        (Role::Officer, "answer_report", &report, json!({ "text": "Cảm ơn bạn.\nĐã xem." })),
        (Role::Officer, "close_report", &another, json!({ "text": "Không đủ căn cứ." })),
        (Role::Approver, "record_judgement", "", whole),
        (Role::Approver, "suspend_product", &product, decided()),
        (Role::Approver, "reinstate_product", &product, decided()),
        (Role::Approver, "revoke_product", &product, decided()),
    ]
    .map(|(role, name, thing, body)| (role, name, thing.to_owned(), body))
    .into()
}

/// Minutes of a destruction.
fn minutes(day: &str, number: &str) -> Value {
    json!({
        "minutes": number, "destroyed_on": day, "stamps": 1, "place": "Kho", "witnesses": "Ông Vũ Văn Chứng",
        "reason": "Tem hỏng",
    })
}

/// An inspection that found one stamp damaged.
fn inspection(day: &str, serial: &str) -> Value {
    let found = json!({ "kind": "damaged", "first": serial, "note": "Rách mép" });
    json!({
        "inspected_on": day, "commune": "phường Tây Hồ", "place": "chợ Bưởi",
        "inspected": "Cửa hàng Sen Hồng", "team": "Bà Lê Thị Tra", "findings": [found],
    })
}

/// Every write of an administrator.
fn kept(house: &House) -> Vec<Write> {
    let account = house.bystander.to_string();
    let day = "2026-11-18";
    let shop = |name| json!({ "name": name, "licence_number": "2/GP", "active": true });
    let plan = |code| json!({ "code": code, "stamps_per_product": 9, "active_from": day });
    let office = |name| json!({ "name": name, "level": "city" });
    let new = json!({ "login": "moi", "name": "Người Mới", "role": "officer" });
    [
        ("add_print_shop", "", shop("Xưởng in Mới")),
        ("change_print_shop", "1", shop("Xưởng in Khác")),
        ("add_plan", "", plan("KH Mới")),
        ("change_plan", "1", plan("KH Khác")),
        ("add_authority", "", office("UBND Mới")),
        ("change_authority", "1", office("UBND Khác")),
        ("add_account", "", new),
        ("close_account", &account, json!({})),
        ("open_account", &account, json!({})),
        ("invite_account", &account, json!({})),
        ("recover_account", &account, json!({})),
    ]
    .map(|(name, thing, body)| (Role::Administrator, name, thing.to_owned(), body))
    .into()
}

#[actix_web::test]
async fn every_write_sent_again_under_its_key_is_done_once_and_answered_the_same() {
    let house = house();
    let mut left: BTreeSet<_> = ENTRIES
        .iter()
        .filter(|entry| entry.method == Method::POST)
        .filter_map(|entry| entry.operation().map(|(name, _)| name))
        .collect();
    house.approve_design();
    // Two more orders, to be withdrawn and rejected.
    for key in ["two", "three"] {
        let body = json!({ "product": house.product, "stamps": 5 });
        write(&house, Role::Producer, urls::API_ORDERS, (key, ""), body).await;
    }
    let all = [writes(&house), kept(&house)].concat();
    for (key, (role, name, thing, body)) in all.into_iter().enumerate() {
        let entry = ENTRIES.iter().find(|it| it.operation().is_some_and(|it| it.0 == name));
        let pattern = entry.unwrap().path;
        let path = pattern.split('{').next().unwrap().to_owned();
        let rest = pattern.split('}').nth(1).map(|rest| format!("{thing}{rest}"));
        let path = path + &rest.unwrap_or_default();
        let key = format!("key {key}");
        let first = write(&house, role, &path, (&key, "*"), body.clone()).await;
        assert!(first.0.is_success(), "{name}: {}", first.1);
        let written = trail(&house);
        let mut again = write(&house, role, &path, (&key, "*"), body).await;
        if matches!(name, "invite_account" | "recover_account") {
            assert!(first.1["link"].is_string() && again.1["link"].is_null(), "it is told once");
            again.1["link"] = first.1["link"].clone();
        }
        assert_eq!(again, first, "{name}");
        assert_eq!(trail(&house), written, "{name} was done twice");
        left.remove(name);
    }
    assert!(left.is_empty(), "not tried: {left:?}");
    let file =
        format!("{}/{}", urls::API_BATCHES, text::batch(BatchNumber::new(house.batch).unwrap()));
    let (_, closed) = read(&house, Role::Auditor, &file).await;
    assert_eq!((&closed["state"], &closed["settled"]), (&json!("closed"), &json!(true)));
}

/// How much the audit trail tells of what is written here.
fn trail(house: &House) -> usize {
    let kinds = Subject::KINDS.iter();
    let subjects = kinds.flat_map(|kind| (0..30).filter_map(|number| Subject::of(kind, number)));
    let of = |subject: Subject| {
        house.state.store.read(|register| audit::history(register, subject)).unwrap().len()
    };
    subjects.map(of).sum()
}

#[actix_web::test]
async fn a_request_that_is_being_worked_on_is_not_begun_again_until_it_was_broken_off() {
    let house = house();
    let path = urls::of(urls::API_ISSUE_ORDER, house.order);
    let account =
        house.state.identity.session(&house.own[&Role::Approver]).unwrap().unwrap().account.id;
    let digest = |parts: &[&str]| {
        let all = parts.join("\0") + "\0";
        HEXLOWER.encode(&Sha256::digest(all))
    };
    let keyed = Keyed {
        key_sha256: digest(&[&account.to_string(), "a"]),
        account,
        request_sha256: digest(&["POST", &path, "{}"]),
    };
    for (minutes, status, expected) in
        [(1, StatusCode::CONFLICT, "in_progress"), (11, StatusCode::CONFLICT, "refused")]
    {
        let at = now() - TimeDelta::minutes(minutes);
        let begun = |register: &mut _| kept_answers::put(register, &keyed, None, at);
        house.state.store.write(begun).unwrap();
        let answer = write(&house, Role::Approver, &path, ("a", "*"), json!({})).await;
        assert_eq!((answer.0, kind(&answer.1)), (status, expected), "after {minutes} minutes");
    }
}
