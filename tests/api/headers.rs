//! Errors, and the headers of every answer.

use super::support::{header, spawn_app};

#[test]
fn every_answer_is_guarded() {
    let app = spawn_app(false, true);
    let stylesheet = stylesheet(&app.page("/").1);
    let long = format!("/T/{}", "A".repeat(3_000));
    let paths =
        ["/", "/nowhere", "/T/AB12", "/tra-cuu", "/healthz", &app.printed(0), &stylesheet, &long];
    for (method, path) in
        paths.iter().map(|path| ("GET", *path)).chain([("POST", "/"), ("PUT", "/T/AB12")])
    {
        let response = app.ask(method, path, &[]);
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{method} {path}");
        assert!(!policy.contains("script"), "{method} {path}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{method} {path}");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer", "{method} {path}");
        assert!(header(&response, "strict-transport-security").starts_with("max-age="), "{path}");
        assert_eq!(header(&response, "set-cookie"), "", "{method} {path}");
        let kept =
            if *path == *stylesheet { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(header(&response, "cache-control"), kept, "{method} {path}");
    }
}

#[test]
fn https_is_insisted_on_only_where_it_is_configured() {
    let app = spawn_app(false, false);
    assert_eq!(header(&app.get("/"), "strict-transport-security"), "");
}

#[test]
fn errors_are_pages_for_people_and_problems_for_programs() {
    let app = spawn_app(false, false);
    let long = format!("/T/{}", "A".repeat(3_000));
    for (method, path, status, title) in [
        ("GET", "/nowhere", 404, "Không tìm thấy trang"),
        ("GET", "/T", 404, "Không tìm thấy trang"),
        ("GET", "/static/0/ocop.css", 404, "Không tìm thấy trang"),
        ("POST", "/", 405, "Thao tác không được hỗ trợ"),
        ("DELETE", "/T/AB12", 405, "Thao tác không được hỗ trợ"),
        ("GET", "/tra-cuu", 400, "Yêu cầu chưa đúng"),
        ("GET", "/tra-cuu?ma=1&ma=2", 400, "Yêu cầu chưa đúng"),
        ("GET", &long, 414, "Địa chỉ quá dài"),
    ] {
        let mut page = app.ask(method, path, &[("Accept", "text/html")]);
        assert_eq!(page.status(), status, "{method} {path}");
        let html = page.body_mut().read_to_string().unwrap();
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{method} {path}: {html}");
        let mut problem = app.ask(method, path, &[("Accept", "application/json")]);
        assert_eq!(header(&problem, "content-type"), "application/problem+json");
        let problem = problem.body_mut().read_to_string().unwrap();
        let problem: serde_json::Value = serde_json::from_str(&problem).unwrap();
        assert_eq!((&problem["status"], &problem["title"]), (&status.into(), &title.into()));
    }
}

#[test]
fn the_style_is_found_where_pages_say() {
    let app = spawn_app(false, false);
    let response = app.get(&stylesheet(&app.page("/").1));
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "text/css; charset=utf-8");
}

fn stylesheet(page: &str) -> String {
    let (_, rest) = page.split_once("rel=\"stylesheet\" href=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}
