//! What is counted as a scan, and what of it people are told.

use chrono::TimeDelta;

use super::support::{Service, spawn_app};

const CAUSE: &str = "dấu hiệu tem bị sao chép";
const FIRST: &str = "Đây là lần đầu tiên mã này được quét.";
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                     (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/// Previews of links, crawlers, monitors and libraries that people in Việt Nam send stamps to.
const PROGRAMS: [&str; 22] = [
    "",
    "Zalo",
    "ZaloPC-win32-24v618",
    "Mozilla/5.0 (compatible; ZaloBot/1.0; +https://zalo.me)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    // iMessage.
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) \
     Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "TelegramBot (like TwitterBot)",
    "Viber/13.3.0.5",
    "WhatsApp/2.23.20.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like \
     Gecko) Chrome/140.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "okhttp/4.12.0",
    "Go-http-client/2.0",
    "UptimeRobot/2.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
     HeadlessChrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
];

fn count(app: &Service, path: &str) -> u64 {
    app.scans(path)["count"].as_u64().unwrap()
}

#[test]
fn previews_crawlers_and_libraries_add_no_scan() {
    let app = spawn_app(false, false);
    let path = app.printed(0);
    let listed = include_str!("../agents/crawlers.txt");
    let listed = listed.lines().filter(|line| !line.starts_with('#')).step_by(7);
    for (n, agent) in PROGRAMS.into_iter().chain(listed).enumerate() {
        let from = format!("203.0.{}.{}", n % 250, n / 250);
        let headers = [("User-Agent", agent), ("X-Forwarded-For", from.as_str())];
        assert_eq!(app.ask("GET", &path, &headers).status(), 200, "{agent}");
    }
    assert_eq!(count(&app, &path), 0);
}

#[test]
fn what_is_fetched_ahead_again_in_part_or_by_a_program_adds_no_scan() {
    let app = spawn_app(false, false);
    let path = app.printed(0);
    let headers = [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
        ("X-Purpose", "preview"),
        ("X-Moz", "prefetch"),
        ("Range", "bytes=0-1023"),
        ("If-None-Match", "\"x\""),
        ("If-Modified-Since", "Mon, 23 Nov 2026 05:00:00 GMT"),
        ("Cache-Control", "max-age=0"),
        ("Sec-Fetch-Dest", "image"),
        ("Accept", "application/json"),
    ];
    for (n, header) in headers.into_iter().enumerate() {
        let from = format!("203.0.{n}.1");
        let all = [("User-Agent", PHONE), ("X-Forwarded-For", &from), header];
        assert_eq!(app.ask("GET", &path, &all).status(), 200, "{header:?}");
    }
    let phone = [("User-Agent", PHONE)];
    assert_eq!(app.ask("HEAD", &path, &phone).status(), 200);
    assert_eq!(count(&app, &path), 0);
    assert_eq!(app.ask("GET", &path, &phone).status(), 200);
    assert_eq!(count(&app, &path), 1);
}

#[test]
fn whoever_reloads_is_told_what_they_were_told_before() {
    let app = spawn_app(false, false);
    let path = app.printed(1);
    let me = ("203.0.113.7", "SM-A546E");
    for _ in 0..3 {
        assert!(app.visit(&path, me).contains(FIRST));
        app.verifier.flush_scans();
    }
    // The same telephone a street further.
    assert!(app.visit(&path, ("203.0.113.99", "SM-A546E")).contains(FIRST));
    assert_eq!(count(&app, &path), 1);
    let other = app.visit(&path, ("198.51.100.1", "SM-A546E"));
    assert!(other.contains("Mã này đã được quét 1 lần, lần đầu lúc 12:00 ngày 23/11/2026."));
    assert!(!other.contains(CAUSE) && other.contains("Mỗi người xem chỉ tính một lần"));
    assert_eq!(count(&app, &path), 2);
}

#[test]
fn a_loop_from_one_network_moves_a_count_by_a_few() {
    let app = spawn_app(false, false);
    let path = app.printed(0);
    for n in 0..400 {
        app.visit(&path, (&format!("203.0.113.{}", n % 250), &format!("make {n}")));
    }
    assert_eq!(count(&app, &path), 3);
    // What somebody who is no proxy of ours says of where it comes from.
    let said = app.visit(&path, ("192.0.2.1, 203.0.113.1", "another"));
    assert!(!said.contains(CAUSE));
    assert_eq!(count(&app, &path), 3);
    app.clock.pass(TimeDelta::hours(1));
    app.visit(&path, ("203.0.113.1", "an hour later"));
    assert_eq!(count(&app, &path), 4);
}

#[test]
fn copying_is_spoken_of_only_where_different_visitors_came_on_different_days() {
    let app = spawn_app(false, false);
    let path = app.printed(2);
    let shown = |who| {
        let page = app.visit(&path, who);
        app.verifier.flush_scans();
        page.contains(CAUSE)
    };
    let (me, other, third) = (("203.0.113.1", "a"), ("198.51.100.1", "b"), ("192.0.2.1", "c"));
    // One visitor, on three days.
    for _ in 0..3 {
        assert!(!shown(me));
        app.clock.pass(TimeDelta::days(1));
    }
    assert_eq!(app.scans(&path)["days"], 3);
    // Two on the fourth day, neither of whom is told of themselves.
    assert!(!shown(other) && !shown(other));
    assert!(!shown(third), "four scans on four days may be one visitor's");
    assert!(shown(("192.0.3.1", "d")), "five on four days are not");
    let scans = app.scans(&path);
    assert_eq!((&scans["count"], &scans["gives_cause"]), (&6.into(), &true.into()));
    assert!(scans["text"].as_str().unwrap().contains(CAUSE));
}

#[test]
fn many_visitors_on_one_day_are_no_cause() {
    let app = spawn_app(false, false);
    let path = app.printed(0);
    for n in 0..30 {
        assert!(!app.visit(&path, (&format!("203.0.{n}.1"), "a")).contains(CAUSE));
    }
    assert_eq!(count(&app, &path), 30);
    app.clock.pass(TimeDelta::days(1));
    assert!(!app.visit(&path, ("198.51.100.1", "a")).contains(CAUSE));
}
