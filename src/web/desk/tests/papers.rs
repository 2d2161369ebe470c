//! Official papers: made at work, checked by anybody.

use std::sync::Arc;

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use chrono::TimeDelta;

use super::{House, house, now};
use crate::accounting::{self, Selection};
use crate::clock::FixedRandom;
use crate::code::text;
use crate::desk::Worker;
use crate::desk::papers::{self, Folder, Wanted};
use crate::domain::act::Act;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::{InspectionId, OrderId};
use crate::domain::inspection::{Finding, FindingKind, NewInspection};
use crate::domain::role::{Organisation, Role};
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampMove, StampState};
use crate::paperwork::Paperwork;
use crate::register::inspections;
use crate::store::stamps;
use crate::token::Token;
use crate::web::urls;

/// The identity of a paper about the order or the batch that a path names.
pub(super) fn made(house: &House, path: &str) -> i64 {
    let (paperwork, act) = (&house.state.paperwork, Act { by: "can-bo", at: now() });
    let batch = BatchNumber::new(house.batch).unwrap();
    let is_of = |page: &str, call: &str| path.starts_with(page) || path.starts_with(call);
    let paper = if is_of(urls::ORDERS, urls::API_ORDERS) {
        paperwork.order_slip(OrderId(house.order), act)
    } else if is_of(urls::INSPECTIONS, urls::API_INSPECTIONS) {
        paperwork.inspection(InspectionId(inspected(house)), act)
    } else {
        paperwork.reconciliation(batch, vietnam_day(now()), act)
    };
    paper.unwrap().id.0
}

/// The serial of a stamp of the batch.
pub(super) fn stamp(house: &House) -> String {
    text::serial(*BatchNumber::new(house.batch).unwrap().serials().start())
}

/// The identity of an inspection that found something on a stamp of the batch.
pub(super) fn inspected(house: &House) -> i64 {
    let batch = BatchNumber::new(house.batch).unwrap();
    let (runs, _) =
        house.state.store.read(|c| stamps::runs(c, &batch.serials(), &StampState::ALL, 1)).unwrap();
    let finding = Finding {
        kind: FindingKind::NotActivated,
        first: runs[0].first,
        last: runs[0].first,
        note: Some("ở kệ số 3".into()),
    };
    let new = NewInspection {
        inspected_on: vietnam_day(now()),
        commune: "phường Tây Hồ".into(),
        place: "chợ Bưởi".into(),
        inspected: "Cửa hàng Sen Hồng".into(),
        team: "Bà Lê Thị Tra, Văn phòng Điều phối".into(),
        findings: vec![finding],
        samples: None,
        requests: Some("kích hoạt tem trước khi bán".into()),
        remedy_by: None,
    };
    let act = Act { by: "kiem-tra", at: now() };
    inspections::record(&house.state.store, &new, "one", act).unwrap().id.0
}

/// What answers at an address.
async fn body(house: &House, path: &str, token: Option<&Token>) -> (StatusCode, Vec<u8>) {
    let response = house.send(path, Method::GET, token).await;
    let status = response.status();
    (status, actix_web::body::to_bytes(response.into_body()).await.unwrap().to_vec())
}

#[actix_web::test]
async fn a_paper_stays_the_same_until_something_on_it_changes_and_its_page_says_so() {
    let house = house();
    let token = &house.own[&Role::Producer];
    let worker = Worker {
        login: "can-bo".into(),
        organisation: Organisation::Office,
        at: now() + TimeDelta::days(1),
    };
    let batch = BatchNumber::new(house.batch).unwrap();
    let earlier = made(&house, urls::BATCHES);
    let make =
        || papers::make(&house.state.paperwork, &worker, Wanted::Reconciliation(batch)).unwrap();
    let first = make();
    assert_eq!((first.id.0, first.number), (earlier, 1), "made before, a day earlier");
    let pattern = urls::of(urls::BATCH_PAPER, house.batch.into());
    let path = urls::of(&pattern, first.id.0);
    let (status, file) = body(&house, &path, Some(token)).await;
    assert!(status.is_success() && file.starts_with(b"%PDF"));
    assert!(body(&house, &path, Some(token)).await.1 == file);
    let spoil = Selection::Batch(batch);
    let act = Act { by: "xuong-in", at: now() };
    accounting::step(&house.state.store, &spoil, StampMove::Spoil, "rách", act).unwrap();
    let second = make();
    assert_eq!(second.number, 2);
    let papers = papers::list(&house.state.store, &worker, Folder::Batch(batch)).unwrap().unwrap();
    let stands: Vec<(u32, bool)> = papers.iter().map(|it| (it.number, it.stands)).collect();
    assert_eq!(stands, [(2, true), (1, false)]);
}

#[actix_web::test]
async fn anybody_can_check_a_paper_by_its_symbol_and_nobody_by_guessing() {
    let house = house();
    // Chance is the same each time here, so that the address is known.
    let paperwork =
        Paperwork { random: Arc::new(FixedRandom([7; 32])), ..house.state.paperwork.clone() };
    let batch = BatchNumber::new(house.batch).unwrap();
    let act = Act { by: "xuong-in", at: now() };
    paperwork.reconciliation(batch, vietnam_day(now()), act).unwrap();
    let (status, page) = body(&house, &format!("/giay/{}", "07".repeat(16)), None).await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, StatusCode::OK);
    for expected in ["đang có giá trị", "1/BĐS-OCOP", "Bảng đối soát", "Chè của HTX Sen", "10 tem"]
    {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    let told = format!("/giay/{}", "07".repeat(16));
    let told =
        house.answer(TestRequest::with_uri(&told).insert_header(("Accept", "application/json")));
    let told = actix_web::body::to_bytes(told.await.into_body()).await.unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    assert_eq!((&told["stands"], &told["reference"]), (&true.into(), &"1/BĐS-OCOP".into()));
    for unknown in ["08".repeat(16), "2".into()] {
        let (status, page) = body(&house, &format!("/giay/{unknown}"), None).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(String::from_utf8(page).unwrap().contains("Không tìm thấy giấy tờ"));
    }
}

#[actix_web::test]
async fn an_inspector_reads_all_about_a_stamp_and_what_was_found_moves_none() {
    let house = house();
    let batch = BatchNumber::new(house.batch).unwrap();
    let before = accounting::tally(&house.state.store, batch).unwrap();
    let path = urls::of(urls::INSPECTION, inspected(&house));
    let inspector = Some(&house.own[&Role::Inspector]);
    let (status, page) = body(&house, &path, inspector).await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, StatusCode::OK);
    for expected in ["Cửa hàng Sen Hồng", "Chưa kích hoạt, đã bày bán", "ở kệ số 3"]
    {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    assert_eq!(accounting::tally(&house.state.store, batch).unwrap(), before);
    let link = page.split("href=\"").find(|part| part.starts_with(urls::STAMP_FILE)).unwrap();
    let (status, page) = body(&house, link.split('"').next().unwrap(), inspector).await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, StatusCode::OK);
    for expected in [
        "Tem chưa kích hoạt",
        "Đã cấp mã",
        "HTX Sen",
        "Xưởng in Sen",
        "1/QĐ-UBND",
        "Cửa hàng Sen Hồng",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    let (_, page) = body(&house, "/kiem-tra/tem?ma=ZZZZ", inspector).await;
    assert!(String::from_utf8(page).unwrap().contains("Mã nhập chưa đúng"));
}
