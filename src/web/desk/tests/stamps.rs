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
use crate::domain::stamp::StampMove;
use crate::store::stamps;
use crate::web::desk::table::form_page;
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
async fn a_preview_offers_nothing_that_the_report_refuses() {
    let house = house();
    let all = on_both_sides(&house);
    let preview = urls::of(urls::PREVIEW_STAMPS, house.batch.into());
    let (first, last) = (text::serial(all[0]), text::serial(all[9]));
    for role in [Role::PrintShop, Role::Producer] {
        let range =
            [("chon", "day"), ("tu", &first), ("den", &last), ("viec", "spoil"), ("ly_do", "Rách")];
        let (status, page) = posted(&house, role, &preview, &range).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{role:?}: {page}");
        assert!(page.contains("5 tem trong số này không ở chỗ bạn"), "{role:?}: {page}");
        assert!(
            page.contains(&format!("value=\"{first}\"")) && page.contains("value=\"Rách\""),
            "{page}"
        );
        let report = urls::of(urls::REPORT_STAMPS, house.batch.into());
        let (status, page) = posted(&house, role, &report, &range).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{role:?}: {page}");
        assert!(page.contains("5 tem trong số này không ở chỗ bạn"), "{role:?}: {page}");
    }
}

#[actix_web::test]
async fn scanned_stamps_that_are_with_the_other_side_are_told_and_left_out_of_what_is_offered() {
    let house = house();
    let all = on_both_sides(&house);
    let preview = urls::of(urls::PREVIEW_STAMPS, house.batch.into());
    let codes = format!("{}\n{}", text::serial(all[4]), text::serial(all[5]));
    let form = [("chon", "ma"), ("ma", &*codes), ("viec", "lose")];
    let (status, page) = posted(&house, Role::Producer, &preview, &form).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let said = format!(
        "1 tem không ở chỗ bạn nên không báo được, đã bỏ qua: {}.",
        text::serial_grouped(all[5])
    );
    assert!(page.contains(&said), "{page}");
    let offered = text::serial(all[4]);
    assert!(page.contains(&format!("name=\"ma\" value=\"{offered}\"")), "{page}");
    let report = urls::of(urls::REPORT_STAMPS, house.batch.into());
    let form = [("chon", "ma"), ("ma", &*offered), ("viec", "lose"), ("ly_do", "Mất")];
    let (status, page) = posted(&house, Role::Producer, &report, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
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
