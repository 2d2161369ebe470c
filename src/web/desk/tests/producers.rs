//! Producers as officers keep them in the browser, and as their own people see them.

use actix_web::http::StatusCode;

use super::catalogue::{page, sent, text};
use super::{house, leads_to};
use crate::domain::role::Role;

/// A form with what a test is about, and the rest of a producer.
fn form<'a>(version: &'a str, name: &'a str, phone: &'a str) -> [(&'static str, &'a str); 8] {
    [
        ("ban", version),
        ("loai", "cooperative"),
        ("ten", name),
        ("ma_so_thue", "0100000000"),
        ("dia_chi", "thôn Đông, xã Bát Tràng, Hà Nội"),
        ("xa", "00577"),
        ("dien_thoai", phone),
        ("thu_dien_tu", "htx@example.vn"),
    ]
}

#[actix_web::test]
async fn an_officer_enters_a_producer_and_a_product_of_it_once_however_often_they_are_sent() {
    let house = house();
    let wanted = form("", "HTX Mẫu Thử", "024 0000 0000");
    let led = [
        leads_to(&sent(&house, "/chu-the/moi", &wanted).await),
        leads_to(&sent(&house, "/chu-the/moi", &wanted).await),
    ];
    assert_eq!(led[0], led[1], "sent again, it is not entered again");
    let path = led[0].split('?').next().unwrap().to_owned();
    let shown = page(&house, &led[0]).await;
    for said in ["Đã thêm chủ thể.", "xã Bát Tràng", "024 0000 0000", "Thêm chủ thể"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    let product = [("ten", "Bánh gai mẫu"), ("nhom", "1"), ("khoi_luong", "500 g"), ("gtin", "")];
    let add = format!("{path}/san-pham-moi");
    let led = [
        leads_to(&sent(&house, &add, &product).await),
        leads_to(&sent(&house, &add, &product).await),
    ];
    assert!(led[0].starts_with("/san-pham/") && led[0] == led[1], "{led:?}");
    let shown = page(&house, &led[0]).await;
    assert!(shown.contains("<h1>Bánh gai mẫu</h1>") && shown.contains("Thêm sản phẩm"), "{shown}");
    assert!(shown.contains(&format!("<a href=\"{path}\">HTX Mẫu Thử</a>")), "{shown}");
    let other = [("ten", "BÁNH GAI mẫu"), ("nhom", "2"), ("khoi_luong", ""), ("gtin", "")];
    let told = text(sent(&house, &add, &other).await).await;
    assert!(told.contains("Chủ thể đã có sản phẩm tên này"), "{told}");
    assert!(told.contains("value=\"BÁNH GAI mẫu\""), "{told}");
}

#[actix_web::test]
async fn a_list_of_producers_finds_them_without_accents_and_by_kind_and_commune() {
    let house = house();
    sent(&house, "/chu-the/moi", &form("", "HTX Mẫu Thử", "")).await;
    for (query, found) in [
        ("tim=mau+thu", true),
        ("tim=0100000000", true),
        ("xa=00577", true),
        ("xa=00103", false),
        ("loai=enterprise", false),
        ("loai=cooperative&sap=-ten", true),
        ("tim=sung", false),
    ] {
        let shown = page(&house, &format!("/chu-the?{query}")).await;
        assert_eq!(shown.contains("HTX Mẫu Thử"), found, "{query}");
    }
    let file = page(&house, "/chu-the?tim=mau&tep=csv").await;
    assert!(file.contains("HTX Mẫu Thử") && file.contains("xã Bát Tràng"), "{file}");
}

#[actix_web::test]
async fn the_second_of_two_officers_who_edit_a_producer_is_told_and_overwrites_nothing() {
    let house = house();
    let path = format!("/chu-the/{}", house.producer);
    let edit = format!("{path}/sua");
    let first = sent(&house, &edit, &form("1", "HTX Sen Hồng", "024 0000 0001")).await;
    assert!(leads_to(&first).starts_with(&path));
    let second = sent(&house, &edit, &form("1", "HTX Sen Trắng", "024 0000 0002")).await;
    assert_eq!(second.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let told = text(second).await;
    for said in [
        "Người khác vừa sửa chủ thể này",
        "<dd>HTX Sen Hồng</dd>",
        "<dd>024 0000 0001</dd>",
        "value=\"HTX Sen Trắng\"",
        "value=\"024 0000 0002\"",
        "name=\"ban\" value=\"2\"",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(page(&house, &path).await.contains("<h1>HTX Sen Hồng</h1>"));
    // Having seen it, the second may say so; its products are found by the new name.
    let again = sent(&house, &edit, &form("2", "HTX Sen Trắng", "024 0000 0002")).await;
    assert!(leads_to(&again).starts_with(&path));
    assert!(page(&house, "/san-pham?tim=sen+trang").await.contains("Chè của HTX Sen"));
    assert!(!page(&house, "/san-pham?tim=hong").await.contains("Chè của HTX Sen"));
}

#[actix_web::test]
async fn what_is_wrong_with_a_producer_is_said_and_what_was_typed_is_kept() {
    let house = house();
    let other = [("loai", "cooperative"), ("ten", "HTX Khác"), ("ma_so_thue", "0109999999")];
    sent(&house, "/chu-the/moi", &other).await;
    let wrong = |field: &str, value: &'static str| {
        form("", "HTX Mẫu", "").map(|(name, kept)| (name, if name == field { value } else { kept }))
    };
    for (field, value, said) in [
        ("ma_so_thue", "12", "Mã số thuế không đúng dạng"),
        ("dien_thoai", "gọi Lan", "Số điện thoại không đúng"),
        ("thu_dien_tu", "htx", "Địa chỉ thư điện tử không đúng"),
        ("loai", "", "Hãy chọn loại hình"),
        ("xa", "99999", "Hãy chọn loại hình"),
        ("ten", "htx sen", "Sổ đã có chủ thể số"),
        ("ma_so_thue", "0109999999", "Mã số thuế này là của chủ thể số"),
    ] {
        let answer = sent(&house, "/chu-the/moi", &wrong(field, value)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let told = text(answer).await;
        assert!(told.contains(said), "{field}: {told}");
        assert!(told.contains("value=\"thôn Đông, xã Bát Tràng, Hà Nội\""), "{field}: {told}");
    }
}

#[actix_web::test]
async fn a_producers_people_see_their_own_and_change_nothing() {
    let house = house();
    let own = format!("/chu-the/{}", house.producer);
    let token = &house.own[&Role::Producer];
    assert_eq!(leads_to(&house.get("/chu-the", token).await), own);
    let shown = text(house.get(&own, token).await).await;
    assert!(shown.contains("<h1>HTX Sen</h1>") && shown.contains("producer.own"), "{shown}");
    assert!(!shown.contains("/sua") && !shown.contains("san-pham-moi"), "{shown}");
    let other = house.get(&own, &house.others[&Role::Producer]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    // Who works for the office as an inspector sees the producer, but not who has its accounts.
    let seen = text(house.get(&own, &house.own[&Role::Inspector]).await).await;
    assert!(seen.contains("<h1>HTX Sen</h1>") && !seen.contains("producer.own"), "{seen}");
}
