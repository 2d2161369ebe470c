//! Products as officers keep them in the browser.

use std::io::Cursor;

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::test::TestRequest;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{House, cookie, house, leads_to};
use crate::domain::role::Role;
use crate::intake::{self, Defaults};
use crate::web::urls;

pub(super) async fn text(response: ServiceResponse<BoxBody>) -> String {
    let bytes = to_bytes(response.into_body()).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(super) async fn page(house: &House, path: &str) -> String {
    text(house.get(path, &house.own[&Role::Officer]).await).await
}

pub(super) async fn sent(
    house: &House,
    path: &str,
    fields: &[(&str, &str)],
) -> ServiceResponse<BoxBody> {
    let token = &house.own[&Role::Officer];
    let key = token.derived("form");
    let form: Vec<_> = [("khoa", &*key)].into_iter().chain(fields.iter().copied()).collect();
    house.answer(TestRequest::post().uri(path).cookie(cookie(token)).set_form(form)).await
}

/// What answers a photo that is sent from a page with a version of the product.
async fn uploaded(house: &House, version: i64, file: &[u8]) -> ServiceResponse<BoxBody> {
    let token = &house.own[&Role::Officer];
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"khoa\"\r\n\r\n{}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"ban\"\r\n\r\n{version}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"tep\"; filename=\"anh.png\"\r\n\
         Content-Type: image/png\r\n\r\n",
        token.derived("form")
    )
    .into_bytes();
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let request = TestRequest::post().uri(&format!("/san-pham/{}/anh", house.product));
    let request = request.insert_header((CONTENT_TYPE, "multipart/form-data; boundary=x"));
    house.answer(request.cookie(cookie(token)).set_payload(body)).await
}

pub(in crate::web) fn png(blue: u8) -> Vec<u8> {
    let picture = RgbImage::from_pixel(600, 400, Rgb([40, 90, blue]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The address of the photo that a page shows.
fn photo_on(page: &str) -> Option<String> {
    let (_, after) = page.split_once("<img src=\"/anh/")?;
    after.split_once('"').map(|(name, _)| format!("/anh/{name}"))
}

#[actix_web::test]
async fn a_photo_that_an_officer_sends_is_on_the_page_and_for_everybody_to_see() {
    let house = house();
    let path = format!("/san-pham/{}", house.product);
    assert_eq!(photo_on(&page(&house, &path).await), None);
    for _ in 0..2 {
        assert!(leads_to(&uploaded(&house, 1, &png(160)).await).starts_with(&path));
    }
    let shown = page(&house, &path).await;
    assert_eq!(shown.matches("Thay ảnh").count(), 1, "the same photo again changes nothing");
    let address = photo_on(&shown).unwrap();
    let answer = house.answer(TestRequest::with_uri(&address)).await;
    assert_eq!(answer.headers().get(CONTENT_TYPE).unwrap(), "image/jpeg");
    assert!(answer.headers().get(CACHE_CONTROL).unwrap().to_str().unwrap().contains("immutable"));
    let tag = answer.headers().get(ETAG).unwrap().clone();
    assert!(to_bytes(answer.into_body()).await.unwrap().starts_with(&[0xff, 0xd8]));
    let again = TestRequest::with_uri(&address).insert_header((IF_NONE_MATCH, tag));
    assert_eq!(house.answer(again).await.status(), StatusCode::NOT_MODIFIED);
    let removed = sent(&house, &format!("{path}/bo-anh"), &[("ban", "2")]).await;
    assert!(leads_to(&removed).starts_with(&path));
    assert_eq!(photo_on(&page(&house, &path).await), None);
    let kept = house.answer(TestRequest::with_uri(&address)).await;
    assert_eq!(kept.status(), StatusCode::OK, "what is printed somewhere still leads to it");
}

#[actix_web::test]
async fn a_file_that_is_no_photo_is_refused_with_what_to_choose() {
    let house = house();
    let answer = uploaded(&house, 1, b"%PDF-1.7").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(answer).await.contains("Hãy chọn ảnh JPEG, PNG hoặc WebP tối đa 10 MB"));
    let nowhere = house.answer(TestRequest::with_uri("/anh/khong-co.jpg")).await;
    assert_eq!(nowhere.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_photo_larger_than_any_is_refused_with_how_large_it_may_be() {
    let house = house();
    let answer = uploaded(&house, 1, &vec![0; 11 << 20]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let told = text(answer).await;
    assert!(told.contains("Ảnh lớn hơn 10 MB."), "{told}");
    assert!(told.contains("<h1>Chè của HTX Sen</h1>"), "{told}");
}

#[actix_web::test]
async fn a_photo_of_a_product_that_somebody_else_changed_meanwhile_replaces_nothing() {
    let house = house();
    let path = format!("/san-pham/{}", house.product);
    assert!(leads_to(&uploaded(&house, 1, &png(160)).await).starts_with(&path));
    let first = photo_on(&page(&house, &path).await);
    let second = uploaded(&house, 1, &png(10)).await;
    assert_eq!(second.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let told = text(second).await;
    assert!(told.contains("Người khác vừa sửa sản phẩm này nên ảnh được giữ nguyên"), "{told}");
    assert_eq!(photo_on(&told), first);
    let removal = sent(&house, &format!("{path}/bo-anh"), &[("ban", "1")]).await;
    assert_eq!(removal.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(photo_on(&page(&house, &path).await), first);
}

#[actix_web::test]
async fn the_second_of_two_officers_who_edit_at_once_is_told_and_overwrites_nothing() {
    let house = house();
    let path = format!("/san-pham/{}", house.product);
    let edit = format!("{path}/sua");
    let form = |name, version| {
        [("ban", version), ("ten", name), ("nhom", "1"), ("khoi_luong", "500 g"), ("gtin", "")]
    };
    assert!(leads_to(&sent(&house, &edit, &form("Trà sen loại A", "1")).await).starts_with(&path));
    let second = sent(&house, &edit, &form("Trà sen thượng hạng", "1")).await;
    assert_eq!(second.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let told = text(second).await;
    assert!(told.contains("Người khác vừa sửa sản phẩm này"), "{told}");
    assert!(told.contains("<dd>Trà sen loại A</dd>"), "{told}");
    assert!(told.contains("value=\"Trà sen thượng hạng\""), "{told}");
    assert!(page(&house, &path).await.contains("<h1>Trà sen loại A</h1>"));
    // Having seen it, the second may say so.
    let again = sent(&house, &edit, &form("Trà sen thượng hạng", "2")).await;
    assert!(leads_to(&again).starts_with(&path));
    assert!(page(&house, &path).await.contains("<h1>Trà sen thượng hạng</h1>"));
}

#[actix_web::test]
async fn a_wrong_gtin_comes_back_with_what_was_typed() {
    let house = house();
    let edit = format!("/san-pham/{}/sua", house.product);
    let form = [("ban", "1"), ("ten", "Trà"), ("nhom", "1"), ("gtin", "9521234543214")];
    let told = text(sent(&house, &edit, &form).await).await;
    assert!(told.contains("Mã GTIN không đúng"), "{told}");
    assert!(told.contains("value=\"9521234543214\""), "{told}");
}

#[actix_web::test]
async fn the_annex_to_fill_in_is_one_that_can_be_read() {
    let house = house();
    let shown = page(&house, urls::ANNEX).await;
    assert!(shown.contains(&format!("href=\"{}\"", urls::ANNEX_TEMPLATE)), "{shown}");
    let file = house.get(urls::ANNEX_TEMPLATE, &house.own[&Role::Officer]).await;
    let file = to_bytes(file.into_body()).await.unwrap();
    let read = intake::preview(&file, &Defaults::default()).unwrap();
    assert_eq!((read.entries().len(), read.problems().count()), (2, 0));
}
