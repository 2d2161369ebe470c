//! What the printed codes answer.

use super::support::{GTIN, header, spawn_app};

#[test]
fn a_printed_code_answers_in_every_spelling() {
    let app = spawn_app(false, false);
    let printed = app.printed(0);
    let (status, page) = app.page(&printed);
    assert_eq!(status, 200);
    assert!(page.contains("<h1>Tem hợp lệ</h1>"), "{page}");
    let grouped = app.typed(0);
    let grouped = format!("{}-{}-{}", &grouped[..7], &grouped[7..11], &grouped[11..]);
    let spellings = [
        printed.to_lowercase(),
        format!("{printed}/"),
        format!("{printed}?fbclid=1"),
        format!("{printed})."),
    ];
    for spelling in spellings {
        assert_eq!(app.json(&spelling)["headline"], "valid", "{spelling}");
    }
    let typed = [
        app.typed(0),
        app.typed(0).to_lowercase(),
        grouped.clone(),
        grouped.replace('-', "%20"),
        grouped.replace('-', "%E2%80%91"),
    ];
    for spelling in typed {
        assert_eq!(app.json(&spelling)["headline"], "unsigned", "{spelling}");
    }
    let (status, page) = app.page(&app.typed(0));
    assert_eq!(status, 200);
    assert!(page.contains("<section class=\"band caution\">"), "{page}");
    assert!(page.contains("<h1>Chưa kiểm tra được chữ ký của tem</h1>"), "{page}");
}

#[test]
fn a_code_with_a_product_number_answers_on_both_its_paths() {
    let app = spawn_app(true, false);
    let printed = app.printed(0);
    let serial = app.typed(0).replace("/T/", "");
    assert!(printed.ends_with(&format!("/01/{GTIN}/21/{serial}")), "{printed}");
    for path in [printed.clone(), printed.to_lowercase()] {
        assert_eq!(app.json(&path)["headline"], "valid", "{path}");
    }
    assert_eq!(app.json(&format!("/01/{GTIN}/21/{serial}"))["headline"], "unsigned");
    // The signature is over the number too: without it, or with another, it is another code's.
    let signature = printed.split('/').nth(1).unwrap();
    let cut = format!("/T/{serial}/{signature}");
    assert_eq!(app.json(&cut)["headline"], "wrong_signature");
    let other = format!("/01/09521234543220/21/{serial}");
    assert_eq!(app.json(&other)["headline"], "wrong_signature");
}

#[test]
fn what_is_not_ours_is_not_found_and_says_why() {
    let app = spawn_app(false, false);
    let printed = app.printed(0);
    let (start, last) = printed.split_at(printed.len() - 1);
    let altered = format!("{start}{}", if last == "A" { "B" } else { "A" });
    for (path, title) in [
        ("/T/AB12", "Mã nhập chưa đúng"),
        ("/T/00000000000", "Mã nhập chưa đúng"),
        ("/T/000000000000", "Không tìm thấy mã"),
        (&altered, "Mã không hợp lệ"),
        (&app.forged_with_our_key(), "Mã chưa từng được phát hành"),
    ] {
        let (status, page) = app.page(path);
        assert_eq!(status, 404, "{path}");
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{path}: {page}");
    }
}

#[test]
fn stamps_that_are_not_on_sale_say_so() {
    let app = spawn_app(false, false);
    assert!(app.page(&app.printed(3)).1.contains("<h1>Tem đã bị hủy</h1>"));
    assert!(app.page(&app.printed(4)).1.contains("<h1>Tem chưa kích hoạt</h1>"));
    assert_eq!(app.page(&app.printed(4)).0, 200);
}

#[test]
fn a_head_has_the_headers_of_a_get() {
    let app = spawn_app(false, false);
    for path in ["/", "/healthz", &app.printed(4), "/nowhere"] {
        let (mut get, head) = (app.get(path), app.ask("HEAD", path, &[]));
        let length = get.body_mut().read_to_vec().unwrap().len();
        assert_eq!(header(&head, "content-length"), length.to_string(), "{path}");
        for (name, value) in get.headers() {
            assert!(name == "date" || head.headers().get(name) == Some(value), "{path}: {name}");
        }
    }
}

#[test]
fn programs_get_the_same_verdict_as_json() {
    let app = spawn_app(false, false);
    let verdict = app.json(&app.printed(2));
    assert_eq!(verdict["headline"], "valid");
    assert_eq!(verdict["title"], "Tem hợp lệ");
    assert_eq!(verdict["recognition"]["stars"], 4);
    assert_eq!(verdict["recognition"]["ends_on"], "2029-03-04");
    assert_eq!(verdict["recognition"]["signed_on"], "2026-03-04");
    assert_eq!(verdict["recognition"]["effective_on"], "2026-03-04");
    assert_eq!(verdict["recognition"]["product_name"], verdict["printed"]["product_name"]);
    assert_eq!(verdict["product"]["name"], verdict["product"]["current_name"]);
    assert_eq!(verdict["lot"]["made_on"], "2026-11-01");
    assert_eq!(verdict["activated_at"], "2026-11-23T05:00:00Z");
    assert!(verdict["product"]["gtin"].is_null());
    assert_eq!(verdict["scans"]["count"], 0);
    let unknown = app.json("/T/000000000000?lang=en");
    assert_eq!(unknown["title"], "Code not found");
    assert!(unknown["product"].is_null());
}
