//! Files that are sent and fetched.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_RANGE};
use data_encoding::BASE64;

use super::*;
use crate::code::text;
use crate::domain::serial::BatchNumber;

/// An annex of one row with so many stars, as it is sent.
pub(super) fn annex(stars: &str) -> String {
    let headings =
        "Tên chủ thể,Tên sản phẩm,Nhóm sản phẩm,Hạng sao,Số quyết định,Cơ quan cấp,Ngày ký";
    let row = format!("HTX Sen,Trà sen,2,{stars},7/QĐ-UBND,UBND thành phố Hà Nội,04/03/2026");
    BASE64.encode(format!("{headings}\n{row}\n").as_bytes())
}

fn batch(house: &House) -> String {
    text::batch(BatchNumber::new(house.batch).unwrap())
}

/// Status, media type, name and bytes of what is fetched.
async fn fetch(
    house: &House,
    role: Role,
    path: &str,
    range: Option<&'static str>,
) -> (StatusCode, [String; 3], Vec<u8>) {
    let request = bearer(house, role, TestRequest::get().uri(path));
    let request = range.into_iter().fold(request, |it, range| it.insert_header(("Range", range)));
    let response = house.answer(request).await;
    let said = [CONTENT_TYPE, CONTENT_DISPOSITION, CONTENT_RANGE].map(|name| {
        let value = response
            .headers()
            .get(name)
            .map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
        value.unwrap_or_default()
    });
    let status = response.status();
    (status, said, to_bytes(response.into_body()).await.unwrap().to_vec())
}

#[actix_web::test]
async fn a_paper_is_made_listed_and_fetched_and_another_organisation_finds_none() {
    let house = house();
    let papers = urls::API_BATCH_PAPERS.replace("{batch}", &batch(&house));
    let wanted = json!({ "kind": "reconciliation" });
    let (status, made) = write(&house, Role::Producer, &papers, ("a", ""), wanted).await;
    assert_eq!((status, &made["reference"]), (StatusCode::CREATED, &json!("1/BĐS-OCOP")));
    let (_, all) = read(&house, Role::PrintShop, &papers).await;
    assert_eq!(all["items"], json!([made]));
    let path = format!("{papers}/{}", made["id"]);
    let (status, [media_type, name, _], file) = fetch(&house, Role::Officer, &path, None).await;
    assert_eq!((status, &*media_type), (StatusCode::OK, "application/pdf"));
    assert!(name.contains(".pdf") && file.starts_with(b"%PDF"), "{name}");
    let wrong = json!({ "kind": "hand_over" });
    let (status, problem) = write(&house, Role::Producer, &papers, ("b", ""), wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["errors"][0]["pointer"], "#/about");
    let (status, ..) = fetch(&house, Role::Officer, &format!("{papers}/999"), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_list_is_fetched_as_a_file_where_that_is_asked_for() {
    let house = house();
    let as_file = |format: &str| format!("{}?q=sen&format={format}", urls::API_PRODUCTS);
    let (status, [media_type, ..], csv) = fetch(&house, Role::Officer, &as_file("csv"), None).await;
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!((status, &*media_type), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(csv.lines().count() == 2 && csv.contains("Chè của HTX Sen"), "{csv}");
    let (_, _, xlsx) = fetch(&house, Role::Officer, &as_file("xlsx"), None).await;
    assert!(xlsx.starts_with(b"PK"));
    let (status, ..) = fetch(&house, Role::Officer, &as_file("doc"), None).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    for list in [urls::API_RECONCILIATION, urls::API_DESTRUCTIONS, urls::API_RENEWALS] {
        let (status, ..) = fetch(&house, Role::Auditor, &format!("{list}?format=csv"), None).await;
        assert_eq!(status, StatusCode::OK, "{list}");
    }
}

#[actix_web::test]
async fn sheets_are_made_and_a_broken_download_is_carried_on() {
    let house = house();
    house.approve_design();
    let sheets = urls::API_SHEETS.replace("{batch}", &batch(&house));
    let none = json!({ "layout": "../a4", "design": "sen-25x35" });
    let (status, problem) = write(&house, Role::PrintShop, &sheets, ("a", "*"), none).await;
    assert_eq!((status, &problem["reason"]), (StatusCode::CONFLICT, &json!("unprintable")));
    let how = json!({ "layout": "a4", "design": "sen-25x35" });
    let (status, made) = write(&house, Role::PrintShop, &sheets, ("b", "*"), how).await;
    assert_eq!(status, StatusCode::OK, "{made}");
    let printing = &made["printings"][0];
    let file = &printing["files"][0];
    let path = file["path"].as_str().unwrap();
    let (_, [media_type, ..], whole) = fetch(&house, Role::PrintShop, path, None).await;
    assert_eq!(media_type, file["media_type"].as_str().unwrap());
    assert_eq!(json!(whole.len()), file["bytes"]);
    let (status, [_, _, range], rest) =
        fetch(&house, Role::PrintShop, path, Some("bytes=100-")).await;
    assert_eq!((status, &rest[..]), (StatusCode::PARTIAL_CONTENT, &whole[100..]), "{range}");
    let archive = printing["archive"].as_str().unwrap();
    let (_, [media_type, ..], zip) = fetch(&house, Role::PrintShop, archive, None).await;
    assert!(media_type == "application/zip" && zip.starts_with(b"PK"));
}

#[actix_web::test]
async fn an_annex_is_checked_cell_by_cell_and_entered_only_without_faults() {
    let house = house();
    let write = |path, key, stars| {
        let (house, body) = (&house, json!({ "file": annex(stars) }));
        async move { write(house, Role::Officer, path, (key, ""), body).await }
    };
    let (_, checked) = write(urls::API_CHECK_ANNEX, "a", "9").await;
    assert_eq!((&checked["rows"], &checked["refused"]), (&json!(1), &json!(1)));
    let fault = &checked["faults"][0];
    assert_eq!((&fault["cell"], &fault["column"]), (&json!("D2"), &json!("Hạng sao")));
    let (status, problem) = write(urls::API_ANNEXES, "b", "9").await;
    assert_eq!((status, &problem["reason"]), (StatusCode::CONFLICT, &json!("faulty")));
    let (_, entered) = write(urls::API_ANNEXES, "c", "4").await;
    assert_eq!((&entered["entered"], &entered["same"]), (&json!(1), &json!(0)));
    let (_, again) = write(urls::API_ANNEXES, "d", "4").await;
    assert_eq!((&again["entered"], &again["same"]), (&json!(0), &json!(1)));
    let (status, different) = write(urls::API_ANNEXES, "e", "5").await;
    assert_eq!((status, &different["reason"]), (StatusCode::CONFLICT, &json!("different")));
    let (_, checked) = write(urls::API_CHECK_ANNEX, "f", "5").await;
    let difference = &checked["differences"][0];
    assert_eq!((&difference["register"], &difference["annex"]), (&json!("4"), &json!("5")));
}

#[actix_web::test]
async fn every_sheet_column_and_row_of_an_annex_is_accounted_for() {
    let house = house();
    let headings = "STT;Chủ thể;Sản phẩm;Nhóm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký;Điểm";
    let check = |key, rows: &str| {
        let file = BASE64.encode(format!("{headings}\n{rows}").as_bytes());
        let (house, body) = (&house, json!({ "file": file }));
        async move { write(house, Role::Officer, urls::API_CHECK_ANNEX, (key, ""), body).await }
    };
    let rows = "I;Đồ uống;;;;;;;\n\
        1;HTX Sen;Trà sen;2;4;7/QĐ-UBND;UBND thành phố Hà Nội;04/03/2026;78,66\n\
        2;HTX Quên;;;;;;;\nTổng cộng;;;;1;;;;\n";
    let (status, told) = check("a", rows).await;
    let counts = ["rows", "entered", "same", "different", "refused", "passed_over"];
    assert_eq!(counts.map(|key| told[key].as_u64()), [4, 1, 0, 0, 1, 2].map(Some), "{told}");
    assert_eq!(status, StatusCode::OK);
    assert_eq!(told["sheets"]["seen"], json!(1));
    assert_eq!(told["sheets"]["read"][0]["unused_columns"], json!(["Điểm"]));
    assert_eq!(
        (&told["passed"][0]["row"], &told["passed"][1]["why"]),
        (&json!(2), &json!("total"))
    );
    let (status, problem) = check("b", "I;Đồ uống;;;;;;;\n").await;
    assert_eq!((status, &problem["reason"]), (StatusCode::CONFLICT, &json!("nothing")));
}

#[actix_web::test]
async fn a_stamp_is_told_to_inspectors_with_what_was_found_on_it() {
    let house = house();
    let codes = |register: &mut _| {
        crate::store::stamps::page(register, &BatchNumber::new(house.batch).unwrap().serials(), 1)
    };
    let serial = text::serial(house.state.store.read(codes).unwrap()[0].0);
    let inspection = json!({
        "inspected_on": "2026-11-18", "commune": "phường Tây Hồ", "place": "chợ Bưởi",
        "inspected": "Cửa hàng Sen Hồng", "team": "Bà Lê Thị Tra",
        "findings": [{ "kind": "copied", "first": serial }],
    });
    let (status, made) =
        write(&house, Role::Inspector, urls::API_INSPECTIONS, ("a", ""), inspection).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let path = |serial: &str| urls::API_STAMP.replace("{stamp}", serial);
    let (_, stamp) = read(&house, Role::Inspector, &path(&serial)).await;
    assert_eq!((&stamp["state"], &stamp["inspections"]), (&json!("issued"), &json!([made])));
    let concerns = json!(["not_activated", "unsigned"]);
    assert_eq!(
        (&stamp["verdict"]["headline"], &stamp["verdict"]["concerns"]),
        (&concerns[0], &concerns)
    );
    let (status, ..) = fetch(&house, Role::Inspector, &path("ZZZZ"), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_proofs_of_an_order_are_listed_and_fetched_and_another_organisation_finds_none() {
    let house = house();
    house.approve_design();
    let proofs = urls::API_ORDER_PROOFS.replace("{order}", &house.order.to_string());
    let (_, all) = read(&house, Role::Producer, &proofs).await;
    let [proof] = &all["items"].as_array().unwrap()[..] else { panic!("{all}") };
    assert_eq!((&proof["design"], &proof["approved"]), (&json!("sen-25x35"), &json!(true)));
    assert_eq!(proof["obstacle"], Value::Null);
    for (kind, media) in
        [("png", "image/png"), ("svg", "image/svg+xml"), ("pdf", "application/pdf")]
    {
        let path = proof[kind].as_str().unwrap();
        let (status, [media_type, ..], file) = fetch(&house, Role::Officer, path, None).await;
        assert_eq!((status, &*media_type), (StatusCode::OK, media), "{path}");
        assert!(file.len() > 1000);
    }
    let (status, ..) = fetch(&house, Role::Officer, &format!("{proofs}/x.png"), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_plate_is_left_out_of_sheets_by_name_and_an_unknown_one_is_refused_with_the_list() {
    let house = house();
    house.approve_design();
    let sheets = urls::API_SHEETS.replace("{batch}", &batch(&house));
    let wanted = |plate| json!({ "layout": "a4", "design": "sen-25x35", "without": [plate] });
    let (_, told) = read(&house, Role::PrintShop, &sheets).await;
    assert!(told["plates"].as_array().unwrap().contains(&json!("CutContour")), "{told}");
    let made = write(&house, Role::PrintShop, &sheets, ("a", "*"), wanted("cutcontour")).await;
    assert_eq!(made.0, StatusCode::OK, "{}", made.1);
    let (status, problem) =
        write(&house, Role::PrintShop, &sheets, ("b", "*"), wanted("varnish")).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("CutContour"), "{problem}");
}
