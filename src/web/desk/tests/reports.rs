//! What consumers report: sent by anybody, answered by the office, followed by a receipt.

use actix_web::body::to_bytes;
use actix_web::http::header::RETRY_AFTER;
use actix_web::test::TestRequest;

use super::*;
use crate::code::text;
use crate::domain::ids::ReportId;
use crate::domain::report::{NewReport, ReportKind};
use crate::domain::serial::Serial;
use crate::register::reports as acts;
use crate::store::{audit, stamps};

/// A stamp of the batch, which is for an invented producer's product.
fn stamp(house: &House) -> Serial {
    let batch = BatchNumber::new(house.batch).unwrap();
    let found = house.state.store.read(|register| stamps::page(register, &batch.serials(), 1));
    found.unwrap()[0].0
}

/// The number of a report about that stamp, under a receipt whose hash begins so.
pub(in crate::web) fn sent(house: &House, receipt: &str) -> i64 {
    let serial = stamp(house);
    let new = NewReport {
        kind: ReportKind::Copied,
        code: Some(text::serial_grouped(serial)),
        serial: Some(serial),
        seen: "Mép tem bong, có vết dán lại".into(),
        bought_at: Some("chợ Bưởi".into()),
        contact: Some("0900 000 000".into()),
    };
    let times = (now(), now() - TimeDelta::days(1));
    acts::send(&house.state.store, &new, &format!("{receipt:0>64}"), times).unwrap().id.0
}

/// A form as a browser sends it.
fn form<'a>(code: &'a str, seen: &'a str, key: &'a str) -> [(&'static str, &'a str); 5] {
    [
        ("loai", "copied"),
        ("ma", code),
        ("thay", seen),
        ("lien_he", "a@example.vn"),
        ("yeu_cau", key),
    ]
}

async fn post(house: &House, path: &str, form: &[(&str, &str)]) -> ServiceResponse<BoxBody> {
    let request = TestRequest::post().uri(path).peer_addr("203.0.113.7:9".parse().unwrap());
    house.answer(request.set_form(form)).await
}

async fn shown(response: ServiceResponse<BoxBody>) -> String {
    String::from_utf8(to_bytes(response.into_body()).await.unwrap().to_vec()).unwrap()
}

async fn page(house: &House, path: &str) -> String {
    shown(house.answer(TestRequest::get().uri(path)).await).await
}

fn key(text: &str) -> String {
    format!("{text:0>32}")
}

#[actix_web::test]
async fn a_shopper_reports_the_office_answers_and_the_receipt_tells_it() {
    let house = house();
    let code = text::serial_grouped(stamp(&house));
    let form_page = page(&house, &format!("/phan-anh?ma={code}")).await;
    assert!(form_page.contains(&format!("value=\"{code}\"")), "{form_page}");
    assert!(form_page.contains("Thông tin được xóa 90 ngày sau khi có kết quả"), "{form_page}");
    let first = post(&house, "/phan-anh", &form(&code, "Tem bong mép", &key("a"))).await;
    let again = post(&house, "/phan-anh", &form(&code, "Tem bong mép", &key("a"))).await;
    let receipt = leads_to(&first);
    assert!(receipt.starts_with("/phan-anh/PA-"), "{receipt}");
    assert_eq!(leads_to(&again), receipt, "a form sent twice is one report");
    let thanks = page(&house, &receipt).await;
    assert!(thanks.contains("Cảm ơn bạn đã phản ánh. Mã tiếp nhận: PA-"), "{thanks}");
    assert!(!thanks.contains("a@example.vn") && !thanks.contains("Tem bong mép"), "{thanks}");

    let officer = &house.own[&Role::Officer];
    let work = shown(house.get(urls::WORK, officer).await).await;
    assert!(work.contains("1 phản ánh của người tiêu dùng chưa giải quyết xong."), "{work}");
    let list = shown(house.get("/phan-anh-nhan-duoc?tim=bong+mep&trang_thai=mo", officer).await);
    let list = list.await;
    assert!(list.contains("Phản ánh số 1") && list.contains("Chè của HTX Sen"), "{list}");
    let one = shown(house.get("/phan-anh-nhan-duoc/1", officer).await).await;
    assert!(one.contains("a@example.vn") && one.contains(&code), "{one}");
    let inspector = shown(house.get("/phan-anh-nhan-duoc/1", &house.own[&Role::Inspector]).await);
    let inspector = inspector.await;
    assert!(!inspector.contains("a@example.vn"), "who may not ask back, sees no contact");
    assert!(inspector.contains(&format!("/kiem-tra/moi?ma={code}")), "{inspector}");

    let seen = one.split_once("name=\"phien_ban\" value=\"").unwrap().1.split_once('"').unwrap().0;
    let answer = [
        ("khoa", &*officer.derived("form")),
        ("noi_dung", "Đã kiểm tra tem."),
        ("phien_ban", seen),
    ];
    let answering =
        TestRequest::post().uri("/phan-anh-nhan-duoc/1/tra-loi").cookie(cookie(officer));
    let done = house.answer(answering.set_form(answer)).await;
    assert_eq!(leads_to(&done), "/phan-anh-nhan-duoc/1?xong=report.answer");
    let told = page(&house, &receipt).await;
    assert!(told.contains("Đã trả lời") && told.contains("Đã kiểm tra tem."), "{told}");
}

#[actix_web::test]
async fn what_cannot_be_taken_comes_back_filled_in_with_what_to_do() {
    let house = house();
    for (kind, seen, said) in [
        ("", "Tem bong mép", "Hãy chọn điều bạn muốn phản ánh."),
        ("copied", "  ", "Hãy cho biết bạn đã thấy gì."),
        ("copied", &*"ấ".repeat(2_001), "Nội dung quá dài"),
    ] {
        let key = key("b");
        let fields = [("loai", kind), ("thay", seen), ("noi_mua", "chợ Bưởi"), ("yeu_cau", &key)];
        let response = post(&house, "/phan-anh", &fields).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        let page = shown(response).await;
        assert!(page.contains(said) && page.contains("value=\"chợ Bưởi\""), "{page}");
        assert!(page.contains(seen.trim()), "what was typed is lost");
    }
    post(&house, "/phan-anh", &form("", "Một", &key("c"))).await;
    let other = post(&house, "/phan-anh", &form("", "Hai", &key("c"))).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown(other).await.contains("đã gửi một lần với nội dung khác"));
}

#[actix_web::test]
async fn who_sends_many_is_slowed_down_and_loses_nothing() {
    let house = house();
    for number in 0..8 {
        let key = key(&number.to_string());
        let response = post(&house, "/phan-anh", &form("", "Một điều", &key)).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
    }
    let response = post(&house, "/phan-anh", &form("", "Điều thứ chín", &key("9"))).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(response.headers().contains_key(RETRY_AFTER));
    assert!(shown(response).await.contains("Điều thứ chín"));
}

#[actix_web::test]
async fn a_receipt_that_no_report_has_is_told_and_guessing_is_slowed_down() {
    let house = house();
    let asked = |path: &'static str| house.answer(TestRequest::get().uri(path));
    let response = asked("/phan-anh/PA-0000-0000-0000").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(shown(response).await.contains("Không tìm thấy mã tiếp nhận"));
    for _ in 0..7 {
        asked("/phan-anh/xem?ma=PA-1").await;
    }
    assert_eq!(asked("/phan-anh/xem?ma=PA-1").await.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(urls::for_log("/phan-anh/PA-0000-0000-0000"), "/phan-anh");
}

#[actix_web::test]
async fn a_shopper_takes_the_contact_back() {
    let house = house();
    let receipt = leads_to(&post(&house, "/phan-anh", &form("", "Một", &key("d"))).await);
    let receipt = receipt.split('?').next().unwrap();
    let erase = format!("{receipt}/xoa-lien-he");
    assert!(page(&house, receipt).await.contains(&erase));
    for _ in 0..2 {
        assert_eq!(leads_to(&post(&house, &erase, &[]).await), receipt);
    }
    assert!(!page(&house, receipt).await.contains(&erase));
    let one = house.get("/phan-anh-nhan-duoc/1", &house.own[&Role::Officer]).await;
    let one = shown(one).await;
    assert!(one.contains("Đã xóa lúc") && !one.contains("a@example.vn"), "{one}");
    let trail = house.state.store.read(|register| audit::history(register, ReportId(1))).unwrap();
    let acts: Vec<&str> = trail.iter().map(|it| it.action.key()).collect();
    assert_eq!(acts, ["report.send", "report.withdraw_contact"]);
}

#[actix_web::test]
async fn a_program_reports_as_json_once_under_its_key() {
    let house = house();
    let send = |key: &'static str, body: serde_json::Value| {
        let request = TestRequest::post().uri("/phan-anh").set_json(body);
        let request =
            if key.is_empty() { request } else { request.insert_header(("Idempotency-Key", key)) };
        house.answer(request)
    };
    let body = serde_json::json!({ "kind": "quality", "seen": "Có mùi lạ" });
    let first = send("k", body.clone()).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    let place = leads_to(&first);
    let first = shown(first).await;
    assert!(first.contains("\"state\":\"received\"") && place.starts_with("/phan-anh/PA-"));
    assert_eq!(shown(send("k", body.clone()).await).await, first);
    for (key, body) in [
        ("", body.clone()),
        ("l", serde_json::json!({ "kind": "odd", "seen": "x" })),
        ("m", serde_json::json!({ "kind": "quality", "seen": "x", "colour": "red" })),
        ("k", serde_json::json!({ "kind": "quality", "seen": "Khác" })),
    ] {
        let refused = send(key, body).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        let json: serde_json::Value = serde_json::from_str(&shown(refused).await).unwrap();
        assert!(json["detail"].as_str().unwrap().len() > 5, "{json}");
    }
}

#[actix_web::test]
async fn a_producer_sees_no_reports_about_its_product_and_the_office_is_led_to_them() {
    let house = house();
    sent(&house, "e");
    let product = urls::of(urls::PRODUCT, house.product);
    let link = format!("{}?san_pham={}", urls::REPORTS, house.product);
    let of = |role| house.get(&product, &house.own[&role]);
    assert!(!shown(of(Role::Producer).await).await.contains(urls::REPORTS));
    assert!(shown(of(Role::Officer).await).await.contains(&link));
    let listed = shown(house.get(&link, &house.own[&Role::Auditor]).await).await;
    assert!(listed.contains("Có 1 phản ánh"), "{listed}");
}
