//! Stamps chosen for an act: what is offered, what is refused, and what stays in a refused form.

use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::test::TestRequest;

use super::{ENTRIES, House, cookie, house, names_a_thing, now};
use crate::accounting::{self, Selection};
use crate::code::text;
use crate::domain::act::Act;
use crate::domain::role::Role;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::{StampMove, StampState};
use crate::store::stamps;
use crate::web::desk::forms::form_page;
use crate::web::urls;

/// Half of the batch's ten stamps with the producer, half at the print shop.
fn on_both_sides(house: &House) -> Vec<Serial> {
    let store = &house.state.store;
    let batch = BatchNumber::new(house.batch).unwrap();
    let all = store.read(|register| stamps::serials(register, &batch.serials())).unwrap();
    let act = Act { by: "co-so-in", at: now() };
    for (last, step) in [(all[9], StampMove::ReportPrinted), (all[4], StampMove::HandOver)] {
        let some = Selection::Range(all[0]..=last);
        accounting::step(store, &some, step, "", act).unwrap();
    }
    all
}

async fn posted(
    house: &House,
    role: Role,
    path: &str,
    form: &[(&str, &str)],
) -> (StatusCode, String) {
    let token = &house.own[&role];
    let key = token.derived("form");
    let form: Vec<_> = form.iter().copied().chain([("khoa", key.as_str())]).collect();
    read(house.answer(TestRequest::post().uri(path).cookie(cookie(token)).set_form(form)).await)
        .await
}

async fn read(response: ServiceResponse) -> (StatusCode, String) {
    let status = response.status();
    let bytes = to_bytes(response.into_body()).await.unwrap();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[actix_web::test]
async fn a_report_that_names_stamps_of_the_other_side_is_refused_and_offers_the_rest() {
    let house = house();
    let all = on_both_sides(&house);
    let (first, last) = (text::serial(all[0]), text::serial(all[9]));
    for role in [Role::PrintShop, Role::Producer] {
        let range =
            [("chon", "day"), ("tu", &first), ("den", &last), ("viec", "spoil"), ("ly_do", "Rách")];
        for address in [urls::PREVIEW_STAMPS, urls::REPORT_STAMPS] {
            let path = urls::of(address, house.batch.into());
            let (status, page) = posted(&house, role, &path, &range).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{role:?}: {page}");
            assert!(page.contains("5 trong 10 tem không thực hiện được"), "{role:?}: {page}");
            assert!(page.contains("Không ở chỗ bạn: 5 tem"), "{role:?}: {page}");
            for typed in [first.as_str(), "Rách"] {
                assert!(page.contains(&format!("value=\"{typed}\"")), "{role:?} {typed}: {page}");
            }
            assert!(
                page.contains("Báo tem hỏng, thất lạc: chỉ 5 tem thực hiện được"),
                "{role:?}: {page}"
            );
            assert!(page.contains("name=\"co_the\" value=\"1\""), "{role:?}: {page}");
        }
    }
    assert_eq!(spoiled(&house), 0, "nothing was done");
}

fn spoiled(house: &House) -> u64 {
    let batch = BatchNumber::new(house.batch).unwrap();
    let tally = accounting::tally(&house.state.store, batch).unwrap();
    tally.in_state(StampState::Spoiled) + tally.in_state(StampState::Lost)
}

/// What a page sends back for having been seen.
fn shown(page: &str) -> String {
    let (_, after) = page.split_once("name=\"da_xem\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn an_act_is_shown_before_it_is_done_and_done_as_it_was_shown() {
    let house = house();
    let all = on_both_sides(&house);
    let report = urls::of(urls::REPORT_STAMPS, house.batch.into());
    let codes = format!("{}\n{}", text::serial(all[4]), text::serial(all[5]));
    let form = [("chon", "ma"), ("ma", &*codes), ("viec", "lose"), ("ly_do", "Mất")];
    let (status, page) = posted(&house, Role::Producer, &report, &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains(&text::serial_grouped(all[5])), "the one that is elsewhere: {page}");
    let shown = shown(&page);
    assert!(shown.starts_with("1-"), "{page}");
    assert_eq!(spoiled(&house), 0);
    // What was shown of others is not done.
    let otherwise = [&form[..], &[("co_the", "1"), ("da_xem", "2-0")]].concat();
    let (status, page) = posted(&house, Role::Producer, &report, &otherwise).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains("Khi bạn xem trước là 2 tem, nay là 1 tem"), "{page}");
    assert_eq!(spoiled(&house), 0);
    // Nor is what was shown of as many others.
    let others = [&form[..], &[("co_the", "1"), ("da_xem", "1-0")]].concat();
    let (status, page) = posted(&house, Role::Producer, &report, &others).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains("không còn đúng những tem ấy"), "{page}");
    assert_eq!(spoiled(&house), 0);
    let seen = [&form[..], &[("co_the", "1"), ("da_xem", &shown)]].concat();
    let (status, page) = posted(&house, Role::Producer, &report, &seen).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert_eq!(spoiled(&house), 1);
    let there = format!("{}?xong=job.report&so=1&con=1", urls::of(urls::BATCH, house.batch.into()));
    let (_, page) = read(house.get(&there, &house.own[&Role::Producer]).await).await;
    assert!(page.contains("Đã chuyển 1 tem, giữ nguyên 1 tem."), "{page}");
}

#[actix_web::test]
async fn a_form_that_chooses_no_stamps_moves_none() {
    let house = house();
    on_both_sides(&house);
    let lot = ("lo", "L-77");
    for (address, form) in [
        (urls::ACTIVATE_BATCH, [lot, ("chon", "")]),
        (urls::ACTIVATE_BATCH, [lot, ("chon", "ma")]),
        (urls::ACTIVATE_BATCH, [lot, ("chon", "to")]),
        (urls::REPORT_STAMPS, [("viec", "lose"), ("ly_do", "Mất")]),
        (urls::ACTIVATE_BATCH, [lot, ("da_xem", "5-0")]),
    ] {
        let path = urls::of(address, house.batch.into());
        let (status, page) = posted(&house, Role::Producer, &path, &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}: {page}");
    }
    let batch = BatchNumber::new(house.batch).unwrap();
    let tally = accounting::tally(&house.state.store, batch).unwrap();
    assert_eq!((tally.activated(), spoiled(&house)), (0, 0));
}

#[actix_web::test]
async fn an_unreadable_list_of_sheets_comes_back_in_its_form_with_all_that_was_typed() {
    let house = house();
    on_both_sides(&house);
    for address in [urls::PREVIEW_STAMPS, urls::ACTIVATE_BATCH] {
        let path = urls::of(address, house.batch.into());
        let form = [
            ("chon", "day"),
            ("tu", "khong-phai-so"),
            ("den", ""),
            ("viec", "activate"),
            ("lo", "L-77"),
            ("nsx", "2026-11-01"),
            ("hsd", "2027-11-01"),
        ];
        let (status, page) = posted(&house, Role::Producer, &path, &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(page.contains("<details class=\"act\" open><summary>Kích hoạt tem"), "{page}");
        for typed in ["khong-phai-so", "L-77", "2026-11-01", "2027-11-01"] {
            assert!(page.contains(&format!("value=\"{typed}\"")), "{address} {typed}: {page}");
        }
        assert!(page.contains("value=\"day\" required checked"), "{page}");
    }
}

#[actix_web::test]
async fn a_form_that_is_refused_leads_to_its_page_in_the_other_language() {
    let house = house();
    let path = urls::of(urls::RETURN_ORDER, house.order);
    let (status, page) = posted(&house, Role::Officer, &path, &[("ly_do", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    let there = format!("{}?lang=en", urls::of(urls::ORDER, house.order));
    assert!(page.contains(&format!("href=\"{there}\"")), "{page}");
    let answer = house.get(&there, &house.own[&Role::Officer]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    // So does the page of an error: here a form of another session.
    let token = &house.own[&Role::Officer];
    let old = TestRequest::post().uri(&path).cookie(cookie(token)).set_form([("khoa", "x")]);
    let (status, page) = read(house.answer(old).await).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains(&format!("href=\"{there}\"")), "{page}");
}

#[test]
fn every_address_that_takes_a_form_has_a_page_that_can_be_read() {
    for entry in ENTRIES.iter().filter(|it| it.operation().is_none()) {
        let path = entry.path.replace("{order}", "1").replace("{batch}", "1");
        let page = form_page(&path).unwrap_or(&path);
        let is_read = |it: &super::Entry| it.method == "GET" && form_page(page).is_none();
        assert!(ENTRIES.iter().any(is_read), "{path} leads to {page}");
    }
    assert_eq!(form_page("/lo-tem/1/kich-hoat"), Some("/lo-tem/1"));
    assert_eq!(form_page("/tai-khoan/7/moi"), Some(urls::ACCOUNTS));
    assert_eq!(form_page(urls::SIGN_OUT), Some(urls::WORK));
    assert_eq!(form_page("/don/1"), None);
    assert_eq!(form_page("/nowhere/1"), None);
}

#[test]
fn what_is_done_at_one_address_stands_together_in_the_table() {
    let mut seen = std::collections::BTreeSet::new();
    for entries in ENTRIES.chunk_by(|one, other| one.path == other.path) {
        let path = entries[0].path;
        assert!(seen.insert(path), "{path} stands in two places: the second is never reached");
    }
}

#[actix_web::test]
async fn the_page_for_scanning_alone_loads_a_script() {
    let house = house();
    for entry in ENTRIES.iter().filter(|it| it.method == "GET" && it.operation().is_none()) {
        let role = if names_a_thing(entry.path) { Role::Producer } else { Role::Administrator };
        let response = house.ask(entry, Some(&house.own[&role])).await;
        let policy = response.headers().get(CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        let is_scanning = entry.path == urls::SCAN_STAMPS;
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'; "),
            "{}: {policy}",
            entry.path
        );
        assert_eq!(policy.contains("script-src 'self';"), is_scanning, "{}: {policy}", entry.path);
        assert!(!policy.contains("unsafe"), "{}: {policy}", entry.path);
        let (_, page) = read(response).await;
        assert_eq!(page.contains("<script"), is_scanning, "{}", entry.path);
    }
}
