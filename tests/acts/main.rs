//! Every act that cannot be taken back, played by page, by API and by command on the same register: the
//! stamps end where they do, whichever way was taken, and what is refused is refused for the same reason.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails may panic"
)]

#[path = "../support/desk.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod desk;
mod house;
mod office;
mod ways;

use std::collections::BTreeSet;

use ocop_stamp::code::{text, uri};
use ocop_stamp::domain::role::Role;
use serde_json::{Value, json};

use self::house::{House, Stage};
use self::ways::{Answer, by_api, by_command, by_page};

/// What an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    /// The batch.
    Batch,
    /// Lot L-00.
    Lot,
    /// An order.
    Order(i64),
    /// The product.
    Product,
    /// The destruction that was recorded.
    Destruction,
}

/// An act: what each way of it is given.
struct Act {
    name: &'static str,
    /// Where the register stands before.
    stage: Stage,
    role: Role,
    /// What it is about.
    on: On,
    /// The last part of the page's address, and the fields of its form.
    page: (&'static str, Vec<(&'static str, String)>),
    /// The last part of the call's address, and its body.
    call: (&'static str, Value),
    /// The arguments of the command.
    command: Vec<String>,
    /// What it is refused for; none where it is done.
    refused: Option<&'static str>,
}

fn fields(pairs: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn words(arguments: &str, last: &[&str]) -> Vec<String> {
    arguments.split(' ').chain(last.iter().copied()).map(str::to_owned).collect()
}

#[test]
fn an_act_does_the_same_by_page_by_api_and_by_command() {
    let house = House::new();
    let all = acts(&house);
    let names: BTreeSet<_> = all.iter().map(|act| act.name).collect();
    assert_eq!(names.len(), all.len(), "two acts have one name");
    for act in &all {
        let before = house.copy(act.stage).state();
        let played = [by_api, by_page, by_command].map(|play| {
            let copy = house.copy(act.stage);
            let answer = play(&copy, act);
            (answer, copy.state())
        });
        let [(api, by_api), (page, by_page), (command, by_command)] = &played;
        let expected = act.refused.map_or(Answer::Done, |why| Answer::Refused(why.to_owned()));
        assert_eq!(*api, expected, "{} by API", act.name);
        assert_eq!(*page, expected, "{} by page", act.name);
        assert_eq!(*command, expected, "{} by command", act.name);
        assert_eq!(by_api, by_page, "{}: API and page", act.name);
        assert_eq!(by_api, by_command, "{}: API and command", act.name);
        assert_eq!(
            *by_api == before,
            act.refused.is_some(),
            "{}: refused, nothing moves",
            act.name
        );
    }
}

#[test]
fn a_preview_moves_nothing_by_any_way() {
    let house = House::new();
    for act in acts(&house).into_iter().filter(|act| act.refused.is_none()) {
        let before = house.copy(act.stage).state();
        let copy = house.copy(act.stage);
        let told = ways::preview_by_api(&copy, &act);
        assert_eq!(told["preview"], json!(true), "{}: {told}", act.name);
        // What was not made yet states its own stamps.
        let key = if act.call.0 == "destructions" { "stamps" } else { "stamps_concerned" };
        assert!(told[key].as_u64() > Some(0), "{}: {told}", act.name);
        assert_eq!(copy.state(), before, "{} by API", act.name);
        let told = ways::preview_by_command(&copy, &act);
        assert_eq!(told["preview"], json!(true), "{}: {told}", act.name);
        assert_eq!(copy.state(), before, "{} by command", act.name);
        if ways::is_shown_first(&act) {
            ways::preview_by_page(&copy, &act);
            assert_eq!(copy.state(), before, "{} by page", act.name);
        }
    }
}

#[test]
fn a_preview_refuses_what_the_act_refuses() {
    let house = House::new();
    for act in acts(&house) {
        let Some(why) = act.refused else { continue };
        let copy = house.copy(act.stage);
        assert_eq!(ways::refusal_of_preview(&copy, &act), why, "{}", act.name);
    }
}

fn acts(house: &House) -> Vec<Act> {
    [
        at_the_press(house),
        handing(house),
        on_goods(house),
        out_of_use(house),
        office::assignments(house),
        office::reports(house),
        office::accounts(),
        office::recalls(house),
        office::on_recalled_goods(house),
        office::destructions(house),
        office::orders(house),
        office::recognitions(house),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn at_the_press(house: &House) -> Vec<Act> {
    let [one, two, three] = [0, 1, 2].map(|at| house.serial(at));
    let reason = "Nhòe mực";
    let printed = |name, first: &str, last: &str, refused| Act {
        name,
        stage: Stage::Assigned,
        role: Role::PrintShop,
        on: On::Batch,
        page: (
            "da-in",
            fields(&[("chon", "day"), ("tu", first), ("den", last), ("ly_do", reason)]),
        ),
        call: (
            "printed",
            json!({ "spoiled": [{ "first": first, "last": last, "reason": reason }] }),
        ),
        command: words(
            "job printed 0001 --spoiled",
            &[&format!("{first}..{last}"), "--reason", reason],
        ),
        refused,
    };
    let foreign = house.code(0).replace("VERIFY.EXAMPLE.VN", "TEM.EXAMPLE.COM");
    vec![
        printed("print report", &one, &three, None),
        printed("print report, a run backwards", &two, &one, Some("backwards")),
        printed("print report, an end of a foreign host", &foreign, &foreign, Some("foreign_host")),
        Act {
            name: "print report, nothing spoiled",
            stage: Stage::Assigned,
            role: Role::PrintShop,
            on: On::Batch,
            page: ("da-in", fields(&[("chon", "khong")])),
            call: ("printed", json!({})),
            command: words("job printed 0001", &[]),
            refused: None,
        },
        Act {
            name: "reprint of more than was spoiled",
            stage: Stage::Printed,
            role: Role::PrintShop,
            on: On::Batch,
            page: ("in-lai", fields(&[("so_tem", "4"), ("ly_do", reason)])),
            call: ("reprint", json!({ "stamps": 4, "reason": reason })),
            command: words("job reprint 0001 --stamps 4 --reason", &[reason]),
            refused: Some("irreplaceable"),
        },
        Act {
            name: "reprint",
            stage: Stage::Printed,
            role: Role::PrintShop,
            on: On::Batch,
            page: ("in-lai", fields(&[("so_tem", "3"), ("ly_do", reason)])),
            call: ("reprint", json!({ "stamps": 3, "reason": reason })),
            command: words("job reprint 0001 --stamps 3 --reason", &[reason]),
            refused: None,
        },
    ]
}

fn handing(house: &House) -> Vec<Act> {
    let (today, shown) = (house.today.to_string(), house.today.format("%d/%m/%Y").to_string());
    let hand_over = |name, count: u32, refused| Act {
        name,
        stage: Stage::Printed,
        role: Role::PrintShop,
        on: On::Batch,
        page: (
            "ban-giao",
            fields(&[
                ("chon", "lo"),
                ("bien_ban", "1/BBBG"),
                ("ngay", &today),
                ("so_tem", &count.to_string()),
            ]),
        ),
        call: (
            "hand-over",
            json!({ "minutes": "1/BBBG", "handed_on": today, "stamps": count, "all": true }),
        ),
        command: words(
            "job hand-over 0001 --all --minutes 1/BBBG",
            &["--on", &shown, "--count", &count.to_string()],
        ),
        refused,
    };
    let receive = |name, count: u32, reason: &str, refused| {
        let mut call = json!({ "minutes": "1/BBBG", "stamps": count });
        let mut command =
            words("job receive 0001 --minutes 1/BBBG", &["--count", &count.to_string()]);
        if !reason.is_empty() {
            call["reason"] = reason.into();
            command.extend(["--reason".to_owned(), reason.to_owned()]);
        }
        let count = count.to_string();
        let page = fields(&[("bien_ban", "1/BBBG"), ("so_tem", &count), ("ly_do", reason)]);
        let (stage, role) = (Stage::HandedOver, Role::Producer);
        let (on, page, call) = (On::Batch, ("nhan", page), ("receive", call));
        Act { name, stage, role, on, page, call, command, refused }
    };
    let nothing = Act {
        name: "hand-over of nothing that is said",
        page: ("ban-giao", fields(&[("bien_ban", "1/BBBG"), ("ngay", &today), ("so_tem", "7")])),
        call: ("hand-over", json!({ "minutes": "1/BBBG", "handed_on": today, "stamps": 7 })),
        command: words("job hand-over 0001 --minutes 1/BBBG", &["--on", &shown, "--count", "7"]),
        ..hand_over("", 7, Some("unclear"))
    };
    vec![
        nothing,
        hand_over("hand-over", 7, None),
        hand_over("hand-over of more than there are", 9, Some("too_many")),
        receive("receipt", 7, "", None),
        receive("receipt of fewer, with a reason", 6, "Thiếu một tem", None),
        receive("receipt of fewer, without one", 6, "", Some("no_reason")),
        receive("receipt of more than were handed over", 8, "Thừa", Some("too_many")),
    ]
}

fn on_goods(house: &House) -> Vec<Act> {
    let lot = "L-01";
    let base = |name, stage, refused| Act {
        name,
        stage,
        role: Role::Producer,
        on: On::Batch,
        page: ("kich-hoat", fields(&[("chon", "lo"), ("lo", lot)])),
        call: ("activate", json!({ "all": true, "lot": lot })),
        command: words("stamp activate --batch 0001 --all --lot", &[lot]),
        refused,
    };
    let by_code = |name, codes: &[String], refused| {
        let lines = codes.join("\n");
        let mut command = words("stamp activate --lot", &[lot]);
        command.extend(codes.iter().cloned());
        Act {
            page: ("kich-hoat", fields(&[("chon", "ma"), ("ma", &lines), ("lo", lot)])),
            call: ("activate", json!({ "codes": codes, "lot": lot })),
            command,
            ..base(name, Stage::Received, refused)
        }
    };
    let (good, other) = (house.code(4), house.serial(5));
    let forged = uri::qr_text(&house.batch.intent.face, house.codes[4].0, &[7; 64]);
    let foreign = good.replace("VERIFY.EXAMPLE.VN", "TEM.EXAMPLE.COM");
    let never = text::serial(house.batch.number.serial(1).unwrap());
    let dated = |name, made_on: &str, use_by: &str, refused| {
        let shown = |day: &str| day.split('-').rev().collect::<Vec<_>>().join("/");
        let form = [("chon", "lo"), ("lo", lot), ("nsx", made_on), ("hsd", use_by)];
        let call = json!({ "all": true, "lot": lot, "made_on": made_on, "use_by": use_by });
        let days = ["--made-on", &shown(made_on), "--use-by", &shown(use_by)];
        let mut command = words("stamp activate --batch 0001 --all --lot", &[lot]);
        command.extend(days.map(str::to_owned));
        Act {
            page: ("kich-hoat", fields(&form)),
            call: ("activate", call),
            command,
            ..base(name, Stage::Received, Some(refused))
        }
    };
    let silent = Act {
        page: ("kich-hoat", fields(&[("lo", lot)])),
        call: ("activate", json!({ "lot": lot })),
        command: words("stamp activate --batch 0001 --lot", &[lot]),
        ..base("activation of nothing that is said", Stage::Received, Some("unclear"))
    };
    let empty = Act {
        page: ("kich-hoat", fields(&[("chon", "ma"), ("ma", ""), ("lo", lot)])),
        call: ("activate", json!({ "codes": [], "lot": lot })),
        command: words("stamp activate --lot", &[lot]),
        ..base("activation of no codes", Stage::Received, Some("unclear"))
    };
    vec![
        base("activation of all", Stage::Received, None),
        base("activation before receipt", Stage::HandedOver, Some("not_received")),
        silent,
        empty,
        by_code("activation by code", &[good.clone(), other.clone()], None),
        by_code("activation with a forged code", &[other.clone(), forged], Some("wrong_signature")),
        by_code("activation with a foreign code", &[other.clone(), foreign], Some("foreign_host")),
        by_code("activation with one never issued", &[other.clone(), never], Some("none_issued")),
        by_code("activation with a spoiled one", &[other, house.serial(0)], Some("some_left")),
        dated("activation, use by before made on", "2026-11-10", "2026-11-01", "lot_dates"),
    ]
}

fn out_of_use(house: &House) -> Vec<Act> {
    let reason = "Rơi mất";
    let (first, last, spoiled) = (house.serial(4), house.serial(6), house.serial(0));
    let ends = |name, (first, last): (&str, &str), refused| {
        let form = [("chon", "day"), ("tu", first), ("den", last), ("ly_do", reason)];
        let call = json!({ "first": first, "last": last, "reason": reason });
        let command = words("stamp cancel", &[first, "--to", last, "--reason", reason]);
        Act {
            name,
            stage: Stage::Received,
            role: Role::Approver,
            on: On::Batch,
            page: ("huy-ma", fields(&form)),
            call: ("cancel", call),
            command,
            refused,
        }
    };
    vec![
        ends("cancellation", (&first, &last), None),
        ends("cancellation of one that is spoiled", (&spoiled, &last), Some("some_left")),
        ends(
            "cancellation that is repeated of spoiled ones",
            (&spoiled, &spoiled),
            Some("none_movable"),
        ),
        Act {
            page: ("huy-ma", fields(&[("ly_do", reason)])),
            call: ("cancel", json!({ "reason": reason })),
            command: words("stamp cancel --batch 0001 --reason", &[reason]),
            ..ends("cancellation of nothing that is said", (&first, &last), Some("unclear"))
        },
        Act {
            page: (
                "huy-ma",
                fields(&[
                    ("chon", "day"),
                    ("tu", &spoiled),
                    ("den", &last),
                    ("ly_do", reason),
                    ("co_the", "1"),
                ]),
            ),
            call: (
                "cancel",
                json!({
                    "first": spoiled, "last": last, "reason": reason, "as_many_as_possible": true,
                }),
            ),
            command: words(
                "stamp cancel --as-many-as-possible",
                &[&spoiled, "--to", &last, "--reason", reason],
            ),
            ..ends("cancellation of as many as possible", (&first, &last), None)
        },
    ]
}
