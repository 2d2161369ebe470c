//! Producers and products as programs keep them.

use actix_web::http::header::LOCATION;
use data_encoding::BASE64;

use super::*;
use crate::web::desk::tests::catalogue;

fn htx(phone: &str) -> Value {
    json!({ "name": "HTX Sen", "kind": "cooperative", "commune": "00103", "phone": phone })
}

#[actix_web::test]
async fn the_second_of_two_programs_that_change_a_producer_is_refused() {
    let house = house();
    let path = urls::of(urls::API_PRODUCER, house.producer);
    let (version, before) = read(&house, Role::Officer, &path).await;
    assert_eq!((&before["name"], &before["phone"]), (&json!("HTX Sen"), &Value::Null));
    let (status, after) =
        write(&house, Role::Officer, &path, ("one", &version), htx("024 0000 0001")).await;
    assert_eq!(status, StatusCode::OK, "{after}");
    let tay_ho = json!({ "code": "00103", "name": "phường Tây Hồ" });
    assert_eq!((&after["phone"], &after["commune"]), (&json!("024 0000 0001"), &tay_ho));
    assert_eq!(after["history"][0]["action"], "producer.update");
    let (status, problem) =
        write(&house, Role::Officer, &path, ("two", &version), htx("024 0000 0002")).await;
    assert_eq!((status, kind(&problem)), (StatusCode::PRECONDITION_FAILED, "changed"));
    assert_eq!(read(&house, Role::Officer, &path).await.1, after);
}

#[actix_web::test]
async fn what_is_wrong_with_a_producer_or_a_product_is_told_by_name() {
    let house = house();
    let new = |field: &str, value: Value| {
        let mut said = json!({ "name": "HTX Mẫu", "kind": "cooperative" });
        said[field] = value;
        said
    };
    for (field, value, reason) in [
        ("tax_code", json!("12"), "tax_code"),
        ("phone", json!("12"), "phone"),
        ("email", json!("x"), "email"),
        ("name", json!("htx SEN"), "taken"),
    ] {
        let said = new(field, value);
        let answer = write(&house, Role::Officer, urls::API_PRODUCERS, (reason, ""), said).await;
        assert_eq!((answer.0, &answer.1["reason"]), (StatusCode::CONFLICT, &json!(reason)));
    }
    let said = new("commune", json!("99999"));
    let answer = write(&house, Role::Officer, urls::API_PRODUCERS, ("x", ""), said).await;
    assert_eq!(answer.1["errors"][0]["pointer"], "#/commune", "{}", answer.1);
    let said = json!({ "producer": 999, "name": "Bánh", "group": 1 });
    let answer = write(&house, Role::Officer, urls::API_PRODUCTS, ("y", ""), said).await;
    assert_eq!(answer.1["errors"][0]["pointer"], "#/producer", "{}", answer.1);
}

#[actix_web::test]
async fn a_program_enters_a_product_and_its_photo_which_is_then_there_for_everybody() {
    let house = house();
    let new = json!({ "producer": house.producer, "name": "Bánh gai mẫu", "group": 1 });
    let request = bearer(&house, Role::Officer, TestRequest::post().uri(urls::API_PRODUCTS));
    let request = request.insert_header(("Idempotency-Key", "new")).set_json(new);
    let made = house.answer(request).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let path = made.headers().get(LOCATION).unwrap().to_str().unwrap().to_owned();
    let (version, product) = read(&house, Role::Producer, &path).await;
    let facts = (&product["name"], &product["recognition"], &product["photo"]);
    assert_eq!(facts, (&json!("Bánh gai mẫu"), &Value::Null, &Value::Null));
    let photo = format!("{path}/photo");
    let none = house.answer(bearer(&house, Role::Officer, TestRequest::get().uri(&photo))).await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    let no_picture = json!({ "file": BASE64.encode(b"%PDF-1.7") });
    let refused = write(&house, Role::Officer, &photo, ("pdf", &version), no_picture).await;
    assert_eq!((refused.0, &refused.1["reason"]), (StatusCode::CONFLICT, &json!("photo")));
    let sent = json!({ "file": BASE64.encode(&catalogue::png(10)) });
    let shown = write(&house, Role::Officer, &photo, ("png", &version), sent.clone()).await;
    assert_eq!(shown.0, StatusCode::OK, "{}", shown.1);
    let old = write(&house, Role::Officer, &photo, ("old", &version), sent).await;
    assert_eq!(kind(&old.1), "changed");
    let public = house.answer(TestRequest::with_uri(shown.1["photo"].as_str().unwrap())).await;
    assert_eq!(public.status(), StatusCode::OK);
    let fetched = house.answer(bearer(&house, Role::Officer, TestRequest::get().uri(&photo))).await;
    assert_eq!(fetched.headers().get(CONTENT_TYPE).unwrap(), "image/jpeg");
}
