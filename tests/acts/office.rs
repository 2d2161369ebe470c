//! Acts of the office, and what is reported of stamps later.

use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::role::Role;
use serde_json::{Value, json};

use crate::house::{House, ORDER, OWN_ORDER, Stage};
use crate::{Act, On, fields, words};

const REASON: &str = "Có lý do";

/// A batch is given to another shop.
pub(crate) fn assignments(house: &House) -> Vec<Act> {
    let assign = |name, stage, due_on: Option<&str>, refused| {
        let shown = due_on.map(|day| day.split('-').rev().collect::<Vec<_>>().join("/"));
        let mut call = json!({ "print_shop": 2 });
        let mut command = words("job assign 0001 --shop 2", &[]);
        if let (Some(day), Some(shown)) = (due_on, shown) {
            call["due_on"] = day.into();
            command.extend(["--wanted-on".to_owned(), shown]);
        }
        Act {
            name,
            stage,
            role: Role::Officer,
            on: On::Batch,
            page: ("giao-in", fields(&[("co_so", "2"), ("han", due_on.unwrap_or_default())])),
            call: ("assign", call),
            command,
            refused,
        }
    };
    let past = (house.today - chrono::Days::new(1)).to_string();
    vec![
        assign("assignment to another shop", Stage::Assigned, None, None),
        assign("assignment once the shop has begun", Stage::Printed, None, Some("begun")),
        assign("assignment for a day that is past", Stage::Assigned, Some(&past), Some("past_day")),
    ]
}

/// Stamps are reported spoiled or lost, by who has them or who has not.
pub(crate) fn reports(house: &House) -> Vec<Act> {
    let (first, last) = (house.serial(4), house.serial(6));
    let report = |name, stage, role, what: &'static str, refused| {
        let holder = if role == Role::Producer { "producer" } else { "print-shop" };
        let form =
            [("viec", what), ("chon", "day"), ("tu", &*first), ("den", &*last), ("ly_do", REASON)];
        Act {
            name,
            stage,
            role,
            on: On::Batch,
            page: ("bao-hong", fields(&form)),
            call: (
                "report",
                json!({ "what": what, "first": first, "last": last, "reason": REASON }),
            ),
            command: words(
                &format!("stamp {what}"),
                &[&first, "--to", &last, "--reason", REASON, "--holder", holder],
            ),
            refused,
        }
    };
    let (producer, shop, elsewhere) = (Role::Producer, Role::PrintShop, Some("elsewhere"));
    vec![
        report("spoilage at the producer", Stage::Received, producer, "spoil", None),
        report("loss at the producer", Stage::HandedOver, producer, "lose", None),
        report("spoilage at the shop", Stage::Printed, shop, "spoil", None),
        report("loss at the shop", Stage::Printed, shop, "lose", None),
        report("spoilage of what the shop has", Stage::Printed, producer, "spoil", elsewhere),
        report("loss of what the producer has", Stage::Received, shop, "lose", elsewhere),
    ]
}

/// The account of a batch is closed.
pub(crate) fn accounts() -> Vec<Act> {
    let close = |name, stage, reason: &str, refused| {
        let mut call = json!({});
        let mut command = words("job close 0001", &[]);
        if !reason.is_empty() {
            call["reason"] = reason.into();
            command.extend(["--sign-off".to_owned(), reason.to_owned()]);
        }
        Act {
            name,
            stage,
            role: Role::Approver,
            on: On::Batch,
            page: ("quyet-toan", fields(&[("ly_do", reason)])),
            call: ("close", call),
            command,
            refused,
        }
    };
    vec![
        close("closing", Stage::Received, "", None),
        close("closing with stamps in print", Stage::Printed, "", Some("still_in_print")),
        close("closing before receipt", Stage::HandedOver, "", Some("moved")),
        close("closing with a difference", Stage::ReceivedFewer, "", Some("unbalanced")),
        close("closing with a difference that is answered for", Stage::ReceivedFewer, REASON, None),
    ]
}

/// Goods are recalled.
pub(crate) fn recalls(house: &House) -> Vec<Act> {
    let recall = |name, phone: &str, refused| {
        let reason = "Nắp bị hở";
        let product = house.batch.intent.product.to_string();
        Act {
            name,
            stage: Stage::OnGoods,
            role: Role::Approver,
            on: On::Lot,
            page: ("thu-hoi-san-pham", fields(&[("ly_do", reason), ("dien_thoai", phone)])),
            call: ("recall", json!({ "reason": reason, "phone": phone })),
            command: words(
                "lot recall --lot L-00 --product",
                &[&product, "--reason", reason, "--phone", phone],
            ),
            refused,
        }
    };
    vec![
        recall("recall", "+84 24 3825 0000", None),
        recall("recall with no number to call", "abc", Some("phone")),
        recall("recall with half a number", "024 3825", Some("phone")),
    ]
}

/// Stamps are put on goods that are recalled, and the recall ends.
pub(crate) fn on_recalled_goods(house: &House) -> Vec<Act> {
    let product = house.batch.intent.product.to_string();
    let serial = house.serial(4);
    vec![
        Act {
            name: "end of a recall",
            stage: Stage::Recalled,
            role: Role::Approver,
            on: On::Lot,
            page: ("ket-thuc-thu-hoi", fields(&[("ly_do", REASON)])),
            call: ("end-recall", json!({ "reason": REASON })),
            command: words("lot end-recall --lot L-00 --product", &[&product, "--reason", REASON]),
            refused: None,
        },
        Act {
            name: "activation onto goods that are recalled",
            stage: Stage::Recalled,
            role: Role::Producer,
            on: On::Batch,
            page: ("kich-hoat", fields(&[("chon", "day"), ("tu", &serial), ("lo", "L-00")])),
            call: ("activate", json!({ "first": serial, "lot": "L-00" })),
            command: words("stamp activate --lot L-00", &[&serial]),
            refused: Some("lot_recalled"),
        },
    ]
}

/// Stamps are destroyed, by two people.
pub(crate) fn destructions(house: &House) -> Vec<Act> {
    let day = house.today.to_string();
    let shown = house.today.format("%d/%m/%Y").to_string();
    let record = |name, stage, stamps: u32, refused| {
        let count = stamps.to_string();
        let form = [
            ("bien_ban", "2/TH"),
            ("ngay", &*day),
            ("noi", "Kho"),
            ("chung_kien", "Ông Vũ Văn Chứng"),
            ("ly_do", REASON),
            ("so_tem", &*count),
            ("tat_ca", "1"),
        ];
        let call = json!({
            "minutes": "2/TH", "destroyed_on": day, "stamps": stamps, "place": "Kho",
            "witnesses": "Ông Vũ Văn Chứng", "reason": REASON,
        });
        let command = words(
            "destruction record 0001 --minutes 2/TH --place Kho --on",
            &[&shown, "--count", &count, "--witnesses", "Ông Vũ Văn Chứng", "--reason", REASON],
        );
        let (page, call) = (("tieu-huy", fields(&form)), ("destructions", call));
        Act { name, stage, role: Role::Officer, on: On::Batch, page, call, command, refused }
    };
    let decide = |name, stage, role, (page, step): (&'static str, &'static str), refused| {
        let needs_reason = step != "confirm";
        let form = if needs_reason { fields(&[("ly_do", REASON)]) } else { Vec::new() };
        let call = if needs_reason { json!({ "reason": REASON }) } else { json!({}) };
        let reason: &[&str] = if needs_reason { &["--reason", REASON] } else { &[] };
        let command = words(&format!("destruction {step} 1"), reason);
        let (page, call) = ((page, form), (step, call));
        Act { name, stage, role, on: On::Destruction, page, call, command, refused }
    };
    let (confirm, refuse, withdraw) =
        (("xac-nhan", "confirm"), ("tu-choi", "refuse"), ("rut", "withdraw"));
    let (by_officer, by_approver) = (Stage::Destroying, Stage::DestroyingOwn);
    let (officer, approver) = (Role::Officer, Role::Approver);
    vec![
        record("record of a destruction", Stage::Received, 3, None),
        record("record of other stamps than are due", Stage::Received, 4, Some("counted")),
        record("record beside one that waits", by_officer, 3, Some("waiting")),
        decide("destruction", by_officer, approver, confirm, None),
        decide("refused destruction", by_officer, approver, refuse, None),
        decide("withdrawn destruction", by_officer, officer, withdraw, None),
        decide("destruction of one's own", by_approver, approver, confirm, Some("same_person")),
        decide("withdrawal of another's", by_approver, officer, withdraw, Some("not_own")),
    ]
}

/// Orders are decided on.
pub(crate) fn orders(_: &House) -> Vec<Act> {
    let step = |name, role, order: i64, (page, call): (&'static str, &'static str), refused| {
        let command = if call == "request-changes" { "return" } else { call };
        let needs_reason = call != "approve";
        let form = if needs_reason { fields(&[("ly_do", REASON)]) } else { Vec::new() };
        let body = if needs_reason { json!({ "reason": REASON }) } else { json!({}) };
        let reason: &[&str] = if needs_reason { &["--reason", REASON] } else { &[] };
        Act {
            name,
            stage: Stage::Assigned,
            role,
            on: On::Order(order),
            page: (page, form),
            call: (call, body),
            command: words(&format!("order {command} {order}"), reason),
            refused,
        }
    };
    let (approve, reject) = (("duyet", "approve"), ("tu-choi", "reject"));
    let (hand_back, cancel) = (("tra-lai", "request-changes"), ("huy", "cancel"));
    let (officer, approver, producer) = (Role::Officer, Role::Approver, Role::Producer);
    vec![
        step("approval", approver, ORDER, approve, None),
        step("rejection", approver, ORDER, reject, None),
        step("return of an order", officer, ORDER, hand_back, None),
        step("cancelled order", producer, ORDER, cancel, None),
        step("approval of one's own order", approver, OWN_ORDER, approve, Some("same_person")),
        step("cancelled order that has its codes", producer, 1, cancel, Some("moved")),
        step("rejection of an order that has its codes", approver, 1, reject, Some("moved")),
    ]
}

/// The right to the mark is judged.
pub(crate) fn recognitions(house: &House) -> Vec<Act> {
    let product = house.batch.intent.product.to_string();
    let judge = |name, stage, (page, call): (&'static str, &'static str), refused| {
        let form = [("ly_do", REASON), ("quyet_dinh", "58/QĐ-UBND")];
        let body: Value = json!({ "reason": REASON, "decision_number": "58/QĐ-UBND" });
        Act {
            name,
            stage,
            role: Role::Approver,
            on: On::Product,
            page: (page, fields(&form)),
            call: (call, body),
            command: words(
                &format!("product {call} {product} --decision 58/QĐ-UBND --reason"),
                &[REASON],
            ),
            refused,
        }
    };
    let dated = |name, signed_on: Option<Day>, from: Day, refused| {
        let mut act = judge(name, Stage::Received, ("dinh-chi", "suspend"), Some(refused));
        act.page.1.push(("tu_ngay", from.to_string()));
        act.call.1["effective_on"] = from.to_string().into();
        act.command.extend(["--from".to_owned(), from.format("%d/%m/%Y").to_string()]);
        if let Some(day) = signed_on {
            act.page.1.push(("ngay_ky", day.to_string()));
            act.call.1["signed_on"] = day.to_string().into();
            act.command.extend(["--signed".to_owned(), day.format("%d/%m/%Y").to_string()]);
        }
        act
    };
    let before = |days| house.today - chrono::Days::new(days);
    let (suspend, reinstate, revoke) =
        (("dinh-chi", "suspend"), ("cho-phep-lai", "reinstate"), ("thu-hoi", "revoke"));
    vec![
        judge("suspension", Stage::Received, suspend, None),
        judge("end of a suspension", Stage::Suspended, reinstate, None),
        judge("revocation", Stage::Received, revoke, None),
        judge("revocation of what is suspended", Stage::Suspended, revoke, None),
        judge("suspension of what is suspended", Stage::Suspended, suspend, Some("standing")),
        judge("end of no suspension", Stage::Received, reinstate, Some("standing")),
        dated("suspension before the recognition", None, before(101), "before_recognition"),
        dated("suspension before its decision", Some(before(2)), before(3), "before_signature"),
    ]
}
