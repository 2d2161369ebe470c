//! How whoever ordered follows an order.

use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;

use super::{House, cookie, house, now};
use crate::delivery;
use crate::domain::act::Act;
use crate::domain::ids::OrderId;
use crate::domain::order::OrderMove;
use crate::domain::role::Role;
use crate::domain::serial::BatchNumber;
use crate::issuance::ordering;
use crate::store::batches;

async fn page(house: &House, order: i64) -> String {
    let path = format!("/don/{order}");
    read(house.get(&path, &house.own[&Role::Producer]).await).await
}

async fn read(response: ServiceResponse) -> String {
    let bytes = to_bytes(response.into_body()).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The stage that a page marks as the one the order stands at, and how many it was through.
fn standing(page: &str) -> (usize, String) {
    let here = page.split_once("aria-current=\"step\"><span>").map(|(_, after)| after);
    let label = here.and_then(|after| after.split_once('<')).map(|(label, _)| label.to_owned());
    (page.matches("<li class=\"reached\"").count(), label.unwrap_or_default())
}

#[actix_web::test]
async fn whoever_ordered_sees_how_far_it_came_and_when_to_expect_the_stamps() {
    let house = house();
    let store = &house.state.store;
    let act = |by| Act { by, at: now() };
    let order = OrderId(house.order);
    assert_eq!(standing(&page(&house, house.order).await), (0, String::new()), "a draft");
    ordering::step(store, order, OrderMove::Submit, "", act("chu-the")).unwrap();
    assert_eq!(standing(&page(&house, house.order).await), (1, "Đã gửi".into()));
    ordering::step(store, order, OrderMove::TakeUp, "", act("can-bo")).unwrap();
    assert_eq!(standing(&page(&house, house.order).await), (1, "Đang thẩm định".into()));
    let number = BatchNumber::new(house.batch).unwrap();
    let issued = store.read(|it| batches::get(it, number)).unwrap().unwrap().intent.order;
    let shown = page(&house, issued.0).await;
    assert_eq!(standing(&shown), (4, "Đã giao in".into()));
    assert!(shown.contains(&format!("href=\"/lo-tem/{}\"", house.batch)), "{shown}");
    assert!(shown.contains("<dd>Chưa hẹn ngày</dd>"), "{shown}");
    let path = format!("/lo-tem/{}", house.batch);
    let officer = &house.own[&Role::Officer];
    let key = officer.derived("form");
    for (due_on, told) in [("2026-11-01", "01/11/2026 đã qua"), ("2026-12-24", "")] {
        let form = [("khoa", key.as_str()), ("co_so", "1"), ("han", due_on)];
        let request = TestRequest::post().uri(&format!("{path}/giao-in"));
        let answer = house.answer(request.cookie(cookie(officer)).set_form(form)).await;
        let page = read(answer).await;
        assert!(page.contains(told), "{page}");
        assert!(told.is_empty() || page.contains("value=\"2026-11-01\""), "{page}");
    }
    assert!(self::page(&house, issued.0).await.contains("<dd>24/12/2026</dd>"));
    let shown = read(house.get(&path, &house.own[&Role::PrintShop]).await).await;
    assert!(shown.contains("<dd>24/12/2026</dd>"), "the shop knows, too: {shown}");
    // The form starts from what was agreed on, and gives nothing away that somebody else changed.
    let shown = read(house.get(&path, officer).await).await;
    assert!(shown.contains("<option value=\"1\" selected>"), "{shown}");
    assert!(shown.contains("name=\"han\" type=\"date\" value=\"2026-12-24\""), "{shown}");
    let form = [("khoa", key.as_str()), ("co_so", "2"), ("phien_ban", "1")];
    let request = TestRequest::post().uri(&format!("{path}/giao-in"));
    let answer = read(house.answer(request.cookie(cookie(officer)).set_form(form)).await).await;
    assert!(answer.contains("Người khác vừa giao lô tem này cho Xưởng in Sen"), "{answer}");
    let printed = delivery::report_printed(store, number, &[], None, act("xuong-in"));
    printed.unwrap();
    assert_eq!(standing(&page(&house, issued.0).await), (5, "Đã in".into()));
}

#[actix_web::test]
async fn the_page_of_an_order_shows_its_stamp_with_its_own_texts_and_a_code_that_is_none() {
    let house = house();
    let shown = page(&house, house.order).await;
    let picture = format!("/don/{}/ban-in-thu/sen-25x35.png", house.order);
    let light = picture.replace("png", "nho");
    let image = format!("<a href=\"{picture}\"><img class=\"proof\" src=\"{light}\"");
    assert!(shown.contains(&image), "{shown}");
    let light = house.get(&light, &house.own[&Role::Approver]).await;
    let weight = to_bytes(light.into_body()).await.unwrap().len();
    assert!((1..30_000).contains(&weight), "{weight} bytes are too many for a page");
    for (ending, begins) in [("png", &b"\x89PNG"[..]), ("svg", b"<svg"), ("pdf", b"%PDF")] {
        let path = picture.replace("png", ending);
        let answer = house.get(&path, &house.own[&Role::Approver]).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let bytes = to_bytes(answer.into_body()).await.unwrap();
        assert!(bytes.starts_with(begins), "{ending}");
    }
    for path in [picture.replace("sen-25x35", "khong-co"), picture.replace("png", "gif")] {
        let answer = house.get(&path, &house.own[&Role::Approver]).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let stranger = house.get(&picture, &house.others[&Role::Producer]).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "another producer's");
}
