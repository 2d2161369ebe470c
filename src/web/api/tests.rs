//! The API as a program meets it.

mod catalogue;
mod files;
mod writes;

use std::collections::BTreeSet;

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, WWW_AUTHENTICATE};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::document::document;
use super::problem::Kind;
use crate::code::text;
use crate::domain::api_token::NewApiToken;
use crate::domain::language::Language;
use crate::domain::role::{Right, Role};
use crate::domain::serial::BatchNumber;
use crate::web::desk::guard::Access;
use crate::web::desk::table::ENTRIES;
use crate::web::desk::tests::{House, house};
use crate::web::urls;
use crate::web::words::Words;

fn bearer(house: &House, role: Role, request: TestRequest) -> TestRequest {
    let token = house.bearer(&house.own[&role]);
    request.insert_header(("Authorization", format!("Bearer {token}")))
}

async fn read(house: &House, role: Role, path: &str) -> (String, Value) {
    let response = house.answer(bearer(house, role, TestRequest::get().uri(path))).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let version = response.headers().get(ETAG).unwrap().to_str().unwrap().to_owned();
    (version, json_of(response).await)
}

async fn json_of(response: ServiceResponse<BoxBody>) -> Value {
    serde_json::from_slice(&to_bytes(response.into_body()).await.unwrap()).unwrap()
}

async fn write(
    house: &House,
    role: Role,
    path: &str,
    (key, version): (&str, &str),
    body: Value,
) -> (StatusCode, Value) {
    let request = bearer(house, role, TestRequest::post().uri(path)).set_json(body);
    let request =
        if key.is_empty() { request } else { request.insert_header(("Idempotency-Key", key)) };
    let request =
        if version.is_empty() { request } else { request.insert_header(("If-Match", version)) };
    let response = house.answer(request).await;
    (response.status(), json_of(response).await)
}

fn kind(problem: &Value) -> &str {
    problem["type"].as_str().unwrap().split_once('#').unwrap().1
}

#[test]
fn the_document_has_the_operations_of_the_table_and_no_others() {
    let document = document(Words::of(Language::English));
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            let name = call["operationId"].as_str().unwrap().to_owned();
            assert!(!call["summary"].as_str().unwrap().starts_with("api."), "{name} has no words");
            let about = format!("api.about.{}", call["tags"][0].as_str().unwrap());
            assert!(Words::of(Language::English).said(&about).is_some(), "{about}");
            described.insert((path.clone(), method.to_uppercase(), name));
        }
    }
    let calls = ENTRIES.iter().filter_map(|entry| Some((entry, entry.operation()?.0)));
    let table: BTreeSet<_> = calls
        .map(|(entry, name)| (entry.path.to_owned(), entry.method.to_string(), name.to_owned()))
        .collect();
    assert_eq!(described, table);
    let names: BTreeSet<_> = table.iter().map(|(.., name)| name).collect();
    assert_eq!(names.len(), table.len(), "two operations have one name");
    let under_root = ENTRIES.iter().filter(|entry| super::is_api(entry.path));
    let without = under_root.filter(|entry| entry.operation().is_none()).map(|entry| entry.path);
    assert_eq!(without.collect::<Vec<_>>(), [urls::API_PAGE, urls::API_ABOUT, urls::API_DOCUMENT]);
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document = document(Words::of(Language::Vietnamese));
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn every_problem_and_every_right_has_words() {
    for language in [Language::Vietnamese, Language::English] {
        for kind in Kind::ALL {
            let key = format!("api.problem.{}.text", kind.key());
            assert!(Words::of(language).said(&key).is_some(), "{key}");
        }
        for right in Right::ALL {
            let key = format!("right.{}", right.key());
            assert!(Words::of(language).said(&key).is_some(), "{key}");
        }
    }
}

#[test]
fn what_is_weighty_takes_a_right_that_only_a_short_lived_token_has() {
    for entry in ENTRIES.iter().filter(|entry| entry.operation().is_some()) {
        if let Access::Weighty(right) = entry.access {
            assert!(right.decides(), "{}", entry.path);
        }
    }
}

#[actix_web::test]
async fn a_token_is_good_for_what_it_was_made_for_alone() {
    let house = house();
    let session = house.state.identity.session(&house.own[&Role::Producer]).unwrap().unwrap();
    let rights = [Right::SeeOrders].into();
    let wanted = NewApiToken { name: "kho".into(), rights, days: 1 };
    let (_, token) = house.state.identity.make_token(&session.account, &wanted, "x").unwrap();
    let get = |path: &str, token: &str| {
        let header = ("Authorization", format!("Bearer {token}"));
        TestRequest::get().uri(path).insert_header(header)
    };
    for (path, expected) in [
        (urls::API_ORDERS, StatusCode::OK),
        (urls::API_ME, StatusCode::OK),
        (urls::API_PRODUCTS, StatusCode::FORBIDDEN),
    ] {
        assert_eq!(house.answer(get(path, &token)).await.status(), expected, "{path}");
    }
    let placing = TestRequest::post()
        .uri(urls::API_ORDERS)
        .insert_header(("Authorization", format!("Bearer {token}")));
    assert_eq!(house.answer(placing).await.status(), StatusCode::FORBIDDEN);
    house.state.identity.set_open(session.account.id, false, "quan-tri").unwrap();
    let gone = house.answer(get(urls::API_ORDERS, &token)).await;
    assert_eq!(gone.status(), StatusCode::UNAUTHORIZED, "the account is closed");
    assert!(gone.headers().contains_key(WWW_AUTHENTICATE));
}

#[actix_web::test]
async fn who_tries_wrong_tokens_is_slowed_down() {
    let house = house();
    let mut last = StatusCode::OK;
    for _ in 0..9 {
        let request = TestRequest::get()
            .uri(urls::API_ME)
            .insert_header(("Authorization", "Bearer ocop_00000000000000000000000000000000"));
        last = house.answer(request).await.status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let (_, me) = read(&house, Role::Officer, urls::API_ME).await;
    assert_eq!(me["login"], "officer.own", "who has a good one goes on");
}

#[actix_web::test]
async fn an_order_that_is_placed_twice_under_one_key_is_one_order() {
    let house = house();
    let body = json!({ "product": house.product, "stamps": 7 });
    let place = |key: &'static str, body: &Value| {
        let (house, body) = (&house, body.clone());
        async move { write(house, Role::Producer, urls::API_ORDERS, (key, ""), body).await }
    };
    let (status, first) = place("a", &body).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    assert_eq!(first["state"], "submitted");
    assert_eq!(place("a", &body).await, (status, first.clone()));
    let (_, other) = place("b", &body).await;
    assert_ne!(other["id"], first["id"], "another key is another order");
    let (status, problem) = place("a", &json!({ "product": house.product, "stamps": 8 })).await;
    assert_eq!((status, kind(&problem)), (StatusCode::UNPROCESSABLE_ENTITY, "key_reused"));
    let (status, problem) = place("", &body).await;
    assert_eq!((status, kind(&problem)), (StatusCode::BAD_REQUEST, "key_missing"));
}

#[actix_web::test]
async fn who_has_not_seen_the_latest_overwrites_nothing() {
    let house = house();
    let order = urls::of(urls::API_ORDER, house.order);
    let submit = urls::of(urls::API_SUBMIT_ORDER, house.order);
    let (version, _) = read(&house, Role::Producer, &order).await;
    let (status, problem) = write(&house, Role::Producer, &submit, ("a", ""), json!({})).await;
    assert_eq!((status, kind(&problem)), (StatusCode::PRECONDITION_REQUIRED, "version_missing"));
    let (status, sent) = write(&house, Role::Producer, &submit, ("a", &version), json!({})).await;
    assert_eq!((status, &sent["state"]), (StatusCode::OK, &json!("submitted")));
    // The office returns it, while the approver still looks at what was sent.
    let (seen, _) = read(&house, Role::Approver, &order).await;
    let send_back = urls::of(urls::API_RETURN_ORDER, house.order);
    let why = json!({ "reason": "Xin bổ sung." });
    let (status, _) = write(&house, Role::Officer, &send_back, ("a", &seen), why).await;
    assert_eq!(status, StatusCode::OK);
    let approve = urls::of(urls::API_APPROVE_ORDER, house.order);
    let (status, problem) = write(&house, Role::Approver, &approve, ("a", &seen), json!({})).await;
    assert_eq!((status, kind(&problem)), (StatusCode::PRECONDITION_FAILED, "changed"));
    let (_, now) = read(&house, Role::Approver, &order).await;
    assert_eq!(now["state"], "changes_requested");
}

#[actix_web::test]
async fn a_slip_of_the_pen_is_told_with_its_place() {
    let house = house();
    for (text, status, pointer, code) in [
        (r#"{"product": 1}"#, 422, "#", "missing"),
        (r#"{"product": 1, "stamps": 1, "colour": "red"}"#, 422, "#/colour", "unknown"),
        (r#"{"product": 1, "stamps": 1, "stamps": 2}"#, 422, "#", "duplicate"),
        (r#"{"product": 1, "stamps": "1"}"#, 422, "#/stamps", "invalid"),
        (r#"{"product": 1, "stamps": 0}"#, 422, "#/stamps", "invalid"),
        ("{", 400, "", ""),
    ] {
        let request = bearer(&house, Role::Producer, TestRequest::post().uri(urls::API_ORDERS))
            .insert_header(("Idempotency-Key", "a"))
            .insert_header(("Accept-Language", "en"))
            .insert_header((CONTENT_TYPE, "application/json"))
            .set_payload(text);
        let response = house.answer(request).await;
        assert_eq!(response.status().as_u16(), status, "{text}");
        let media_type = response.headers().get(CONTENT_TYPE).unwrap();
        assert_eq!(media_type, "application/problem+json");
        let problem = json_of(response).await;
        if status == 422 {
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{text}: {problem}");
            assert_eq!(problem["errors"][0]["code"], code, "{text}");
        }
    }
}

#[actix_web::test]
async fn what_is_asked_in_a_way_that_it_is_not_is_told_how_it_is() {
    let house = house();
    let put = bearer(&house, Role::Producer, TestRequest::put().uri(urls::API_ORDERS));
    let response = house.answer(put).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers().get("allow").unwrap(), "GET, HEAD, POST");
    let form = bearer(&house, Role::Producer, TestRequest::post().uri(urls::API_ORDERS))
        .insert_header(("Idempotency-Key", "a"))
        .set_form([("product", "1")]);
    assert_eq!(house.answer(form).await.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = bearer(&house, Role::Producer, TestRequest::post().uri(urls::API_ORDERS))
        .insert_header(("Idempotency-Key", "a"))
        .insert_header((CONTENT_TYPE, "application/json"))
        .set_payload(" ".repeat(300 * 1024));
    assert_eq!(house.answer(large).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let nowhere = bearer(&house, Role::Producer, TestRequest::get().uri("/api/v1/nowhere"));
    let response = house.answer(nowhere).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(kind(&json_of(response).await), "not_found");
}

#[actix_web::test]
async fn a_cookie_is_good_for_reading_and_for_nothing_else() {
    use actix_web::cookie::Cookie;
    let house = house();
    let token = &house.own[&Role::Producer];
    let cookie = || Cookie::new("__Host-ocop", token.reveal());
    let reading = TestRequest::get().uri(urls::API_ORDERS).cookie(cookie());
    assert_eq!(house.answer(reading).await.status(), StatusCode::OK);
    let writing = TestRequest::post()
        .uri(urls::API_ORDERS)
        .cookie(cookie())
        .insert_header(("Idempotency-Key", "a"))
        .set_json(json!({ "product": house.product, "stamps": 7 }));
    assert_eq!(house.answer(writing).await.status(), StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn a_page_past_the_end_is_empty_and_keeps_the_total() {
    let house = house();
    let lists =
        ENTRIES.iter().filter(|it| it.operation().is_some_and(|it| it.0.starts_with("list_")));
    let paths: Vec<_> = lists.map(|it| it.path).filter(|path| !path.contains('{')).collect();
    let mut seen = BTreeSet::new();
    for (path, role) in paths.iter().flat_map(|path| Role::ALL.map(|role| (path, role))) {
        let request = TestRequest::get().uri(&format!("{path}?page=1"));
        let answer = house.answer(bearer(&house, role, request)).await;
        // Some lists have no pages, some are not for this role.
        if answer.status() != StatusCode::OK {
            continue;
        }
        let first = json_of(answer).await;
        let (_, beyond) = read(&house, role, &format!("{path}?page=999999")).await;
        assert_eq!(beyond["items"], json!([]), "{path}");
        assert_eq!(
            (&beyond["page"], &beyond["total"]),
            (&json!(999_999), &first["total"]),
            "{path}"
        );
        seen.insert(path);
    }
    assert!(seen.len() > 8, "lists with pages: {seen:?}");
}

#[actix_web::test]
async fn all_is_said_and_an_empty_list_of_codes_means_none() {
    let house = house();
    let batch = text::batch(BatchNumber::new(house.batch).unwrap());
    let path = urls::API_CANCEL_STAMPS.replace("{batch}", &batch);
    for (body, pointer) in [
        (json!({ "reason": "x" }), "#/all"),
        (json!({ "reason": "x", "all": false }), "#/all"),
        (json!({ "reason": "x", "codes": [] }), "#/codes"),
        (json!({ "reason": "x", "all": true, "codes": ["1"] }), "#/codes"),
        (json!({ "reason": "x", "last": "1" }), "#/first"),
        (json!({ "reason": "x", "first": "không phải mã" }), "#/first"),
    ] {
        let (status, answer) =
            write(&house, Role::Approver, &path, (pointer, "*"), body.clone()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {answer}");
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{body}: {answer}");
    }
    let file = format!("{}/{batch}", urls::API_BATCHES);
    let (version, before) = read(&house, Role::Auditor, &file).await;
    // A preview tells and does nothing; the answer has the version of the batch, to go on with.
    let all = json!({ "reason": "x", "all": true, "preview": true });
    let (status, told) = write(&house, Role::Approver, &path, ("p", &version), all).await;
    assert_eq!((status, &told["preview"]), (StatusCode::OK, &json!(true)), "{told}");
    assert_eq!(told["outcome"][0]["moved"], 10, "{told}");
    assert_eq!(read(&house, Role::Auditor, &file).await, (version.clone(), before));
    let some = json!({ "reason": "x", "all": true });
    let request = bearer(&house, Role::Approver, TestRequest::post().uri(&path)).set_json(some);
    let request =
        request.insert_header(("Idempotency-Key", "c")).insert_header(("If-Match", version));
    let answer = house.answer(request).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let told = answer.headers().get(ETAG).unwrap().to_str().unwrap().to_owned();
    assert_eq!(read(&house, Role::Auditor, &file).await.0, told, "the version of the batch");
    let done = json_of(answer).await;
    assert_eq!(done["outcome"][0]["runs"][0]["stamps"], 10, "{done}");
}

#[actix_web::test]
async fn a_file_over_its_limit_is_told_that_limit() {
    let house = house();
    let document = TestRequest::get().uri(urls::API_DOCUMENT);
    let document = json_of(house.answer(document).await).await;
    for (pattern, most) in [
        (urls::API_PRODUCT_PHOTO, "10 MB"),
        (urls::API_CHECK_ANNEX, "8 MiB"),
        (urls::API_PRODUCERS, "256 KiB"),
    ] {
        let told = &document["paths"][pattern]["post"]["responses"]["413"];
        assert!(told.is_object(), "{pattern}: {told}");
        let path = &*urls::of(pattern, house.product);
        let body = json!({ "file": "A".repeat(15_000_000) });
        let (status, answer) = write(&house, Role::Officer, path, (most, "*"), body).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {answer}");
        assert!(answer["detail"].as_str().unwrap().contains(most), "{path}: {answer}");
    }
}

#[actix_web::test]
async fn texts_are_kept_in_one_spelling_without_what_nobody_sees() {
    let house = house();
    let named = |name: &str| json!({ "name": name, "kind": "cooperative", "commune": "00577" });
    let decomposed = "HTX Le\u{301}\u{200b} \u{feff}Mẫu";
    let (status, made) =
        write(&house, Role::Officer, urls::API_PRODUCERS, ("n", ""), named(decomposed)).await;
    assert_eq!((status, &made["name"]), (StatusCode::CREATED, &json!("HTX Lé Mẫu")), "{made}");
    let invisible = named("\u{200b}\u{2060}");
    let (status, _) = write(&house, Role::Officer, urls::API_PRODUCERS, ("i", ""), invisible).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
