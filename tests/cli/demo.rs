//! `ocop demo`: the whole job, from nothing to a sheet that a phone can read.

use std::collections::HashSet;
use std::fs;

use chrono::TimeDelta;
use ocop_stamp::clock::{Clock, SystemClock};
use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::calendar::vietnam_day;
use ocop_stamp::domain::order::{NewOrder, Quantity};
use ocop_stamp::domain::print_shop::ShopDetails;
use ocop_stamp::domain::recognition::{Event, EventKind};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::issuance::ordering;
use ocop_stamp::printing::{Design, Imposition, Layout};
use ocop_stamp::register::{self, shops};
use ocop_stamp::store::listing::{Listing, Viewer};
use ocop_stamp::store::renewal_list::RenewalFilter;
use ocop_stamp::store::{AnyConnection, Store, orders, print_shops, scan_days};
use serde_json::Value;

use crate::program::{folder, ocop};
use crate::render;

/// Two sheets, the second not full.
const DEMO: &str = "demo --dir d --stamps 50 --no-serve --json";

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn every_symbol_on_the_sheets_is_the_one_in_the_manifest_and_rightly_signed() {
    let folder = folder();
    let answer = ocop(folder.path(), DEMO).json();
    let manifest = fs::read_to_string(folder.path().join(text(&answer["manifest"]))).unwrap();
    let rows: Vec<Vec<&str>> =
        manifest.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(manifest.lines().next(), Some("position,sheet,cell,serial,url"));
    assert_eq!(rows.len(), 50);

    let pdf = fs::read(folder.path().join(text(&answer["pdf"][0]))).unwrap();
    let pages = render::at_300_dpi(pdf);
    let layout = Layout::by_name("a4").unwrap().unwrap();
    let design = Design::by_name("sen-25x35").unwrap().unwrap();
    let layout = Imposition::new(&layout, design.size()).unwrap();
    for row in &rows {
        let (sheet, cell): (usize, u32) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let decoded = render::decode_cell(&pages[sheet - 1], &layout, cell);
        assert_eq!(decoded.as_deref(), Some(row[4]), "sheet {sheet}, cell {cell}");
    }
    let distinct: HashSet<&str> = rows.iter().map(|row| row[4]).collect();
    assert_eq!(distinct.len(), 50);

    let jwks: Value =
        serde_json::from_slice(&fs::read(folder.path().join(text(&answer["jwks"]))).unwrap())
            .unwrap();
    for row in &rows {
        assert_signed(&jwks["keys"][0], &row[3].replace('-', ""), row[4]);
    }
}

/// Checks a code from the text alone with an implementation that shares no code with ours.
fn assert_signed(key: &Value, serial: &str, url: &str) {
    let digits = url.rsplit('/').next().unwrap();
    let signature = base36(digits);
    let message = format!("OCOP-STAMP-1|{}||{serial}", text(&key["kid"]));
    let public = data_encoding::BASE64URL_NOPAD.decode(text(&key["x"]).as_bytes()).unwrap();
    let public = ed25519_compact::PublicKey::from_slice(&public).unwrap();
    let signature = ed25519_compact::Signature::from_slice(&signature).unwrap();
    public.verify(message, &signature).unwrap();
}

/// 100 base-36 digits as 64 bytes, digit by digit as one learns at school.
fn base36(digits: &str) -> Vec<u8> {
    let mut bytes = vec![0_u8; 64];
    for digit in digits.chars() {
        let mut carry = digit.to_digit(36).unwrap();
        for byte in bytes.iter_mut().rev() {
            let sum = u32::from(*byte) * 36 + carry;
            *byte = u8::try_from(sum & 0xFF).unwrap();
            carry = sum >> 8;
        }
        assert_eq!(carry, 0, "{digits} is 2^512 or more");
    }
    bytes
}

#[test]
fn a_second_run_carries_on_with_what_is_there() {
    let folder = folder();
    let first = ocop(folder.path(), DEMO).json();
    let pdf = folder.path().join(text(&first["pdf"][0]));
    let before = fs::read(&pdf).unwrap();
    fs::remove_file(&pdf).unwrap();
    let second = ocop(folder.path(), DEMO).json();
    assert_eq!(first, second);
    assert_eq!(fs::read(&pdf).unwrap(), before, "the same batch gives the same bytes");
    let tally = ocop(folder.path(), "--data-dir d --json stamp tally 0001").json();
    assert_eq!((&tally["activated"], &tally["handed_over"]), (&42.into(), &8.into()));
}

#[test]
fn it_opens_again_whatever_people_did_in_it_meanwhile() {
    let folder = folder();
    let first = ocop(folder.path(), DEMO).json();
    let register = folder.path().join("d").join("register.db");
    let store = Store::open(&format!("sqlite:{}", register.display())).unwrap();
    let act = Act { by: "ai đó", at: SystemClock.now() };
    let draft = store.read(|it| orders::by_key(it, "demo: a draft")).unwrap().unwrap();
    let product = draft.request.product;
    let wanted = NewOrder { quantity: Quantity::new(250).unwrap(), ..draft.request };
    let amended = |it: &mut AnyConnection| ordering::amended(it, draft.id, &wanted, act);
    store.write(amended).unwrap();
    let shop = store.read(|it| print_shops::by_name(it, "Cơ sở in Mẫu")).unwrap().unwrap();
    let renamed = ShopDetails { name: "Cơ sở in Khác".into(), ..shop.details };
    shops::update(&store, shop.id, &renamed, act).unwrap();
    let suspended = Event {
        effective_on: vietnam_day(act.at),
        kind: EventKind::Suspended,
        decision_number: Some("MẪU-98/QĐ-UBND".into()),
        signed_on: None,
        reason: Some("Ví dụ".into()),
    };
    register::record_event(&store, product, &suspended, act).unwrap();
    drop(store);
    assert_eq!(ocop(folder.path(), DEMO).json(), first);
}

#[test]
fn a_recognition_ends_before_long_and_scans_of_the_last_days_are_counted() {
    let folder = folder();
    ocop(folder.path(), DEMO).json();
    let register = folder.path().join("d").join("register.db");
    let store = Store::open(&format!("sqlite:{}", register.display())).unwrap();
    let today = vietnam_day(SystemClock.now());
    let from = today - TimeDelta::days(20);
    let scans = store
        .read(|register| scan_days::between(register, Organisation::Office, (from, today)))
        .unwrap();
    assert_eq!(scans.values().map(|day| day.scans).sum::<u64>(), 60);
    assert_eq!(scans.values().map(|day| day.warnings).sum::<u64>(), 7);
    let filter = RenewalFilter { within_days: 90, words: "keo mau".into() };
    let viewer = Viewer { organisation: Organisation::Office, today };
    let ending = store.read(|register| filter.count(register, viewer)).unwrap();
    assert_eq!(ending, 1);
}

#[test]
fn the_sample_addresses_belong_to_the_first_sheet_and_check_offline() {
    let folder = folder();
    let answer = ocop(folder.path(), DEMO).json();
    let urls = answer["sample_urls"].as_array().unwrap();
    assert_eq!(urls.len(), 10);
    for url in urls {
        let verify = format!("verify {} --jwks {}", text(url), text(&answer["jwks"]));
        let checked = ocop(folder.path(), &verify);
        assert!(checked.out.contains("The signature is right"), "{}{}", checked.out, checked.err);
    }
}

#[test]
fn stamps_beyond_the_funded_quota_are_paid_by_the_producer() {
    let folder = folder();
    ocop(folder.path(), "demo --dir d --stamps 2001 --no-serve --json").json();
    let orders = ocop(folder.path(), "--data-dir d --json order list").json();
    let orders = orders["orders"].as_array().unwrap();
    let demo = orders.iter().find(|order| order["stamps"] == 2001).unwrap();
    assert_eq!(demo["funded"], false);
}
