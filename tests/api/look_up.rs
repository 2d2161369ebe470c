//! Typing a serial, and choosing a language.

use super::support::{header, spawn_app};

#[test]
fn a_typed_serial_leads_to_its_own_address() {
    let app = spawn_app(false, false);
    let serial = app.typed(0).replace("/T/", "");
    let asked = format!("/tra-cuu?ma=+{}-{}+", &serial[..4], serial[4..].to_lowercase());
    let response = app.get(&asked);
    assert_eq!(response.status(), 303);
    assert_eq!(header(&response, "location"), app.typed(0));
    let english = app.get(&format!("{asked}&lang=en"));
    assert_eq!(header(&english, "location"), format!("{}?lang=en", app.typed(0)));
}

#[test]
fn a_pasted_address_keeps_its_signature_but_not_its_host() {
    let app = spawn_app(false, false);
    let pasted = format!("/tra-cuu?ma=https%3A%2F%2Felsewhere.example{}", app.printed(0));
    assert_eq!(header(&app.get(&pasted), "location"), app.printed(0));
}

#[test]
fn what_is_no_serial_is_answered_with_the_form_to_mend_it() {
    let app = spawn_app(false, false);
    let (status, page) = app.page("/tra-cuu?ma=AB12%22-CD3");
    assert_eq!(status, 404);
    assert!(page.contains("<h1>Mã nhập chưa đúng</h1>"), "{page}");
    assert!(page.contains("value=\"AB12&#34;-CD3\""), "{page}");
    assert!(page.contains("href=\"?ma=AB12%22%2DCD3&#38;lang=en\""), "{page}");
}

#[test]
fn pages_speak_the_language_that_was_chosen() {
    let app = spawn_app(false, false);
    assert!(app.page("/").1.contains("<h1>Tra cứu tem OCOP</h1>"));
    let (_, english) = app.page("/?lang=en");
    assert!(english.contains("<html lang=\"en\">") && english.contains("Check an OCOP stamp"));
    assert!(english.contains("<input type=\"hidden\" name=\"lang\" value=\"en\">"));
    let mut preferred = app.ask("GET", "/", &[("Accept-Language", "en-GB,en;q=0.9")]);
    assert!(preferred.body_mut().read_to_string().unwrap().contains("Check an OCOP stamp"));
}

#[test]
fn the_keys_are_published() {
    let app = spawn_app(false, false);
    let mut response = app.get("/.well-known/ocop-keys.json");
    assert_eq!(header(&response, "content-type"), "application/jwk-set+json");
    let set = response.body_mut().read_to_string().unwrap();
    let set: serde_json::Value = serde_json::from_str(&set).unwrap();
    assert_eq!(set["keys"][0]["crv"], "Ed25519");
}

#[test]
fn the_service_says_that_it_is_well() {
    let app = spawn_app(false, false);
    assert_eq!(app.page("/healthz"), (200, "ok\n".into()));
    assert!(app.page("/robots.txt").1.contains("Disallow: /"));
}
