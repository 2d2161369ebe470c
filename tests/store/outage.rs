//! A database server that stops, freezes and comes back while its register is served.

use crate::postgres::{self, Cluster};
use crate::serving::{Serving, serve};

const PHONE: (&str, &str) = ("User-Agent", "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0");

fn cluster() -> Option<Cluster> {
    let cluster = Cluster::start();
    assert!(cluster.is_some() || !postgres::is_required());
    cluster
}

/// Everything is told that can be told without the register, and that it is only that.
fn answers_by_keys(serving: &Serving) {
    // The last sign of a signature holds bits of it alone.
    let altered = format!("{}{}", &serving.printed[..serving.printed.len() - 3], "AAA");
    for (path, signature) in
        [(&serving.printed, "right"), (&altered, "wrong"), (&serving.typed, "absent")]
    {
        let (status, answer) = serving.ask(path);
        assert_eq!(status, 503, "{path}: {}", serving.log());
        assert_eq!(answer["headline"], "register_unreachable");
        assert_eq!(answer["by_keys"]["signature"], signature);
        assert!(answer["product"].is_null());
    }
    let (status, answer) = serving.ask("/T/AB12");
    assert_eq!((status, answer["headline"].as_str()), (404, Some("mistyped")));
    assert_eq!(serving.health(), 503);
    let page = serving.get(&serving.printed, &[]).1;
    assert!(page.contains("Mới chỉ kiểm tra được chữ ký trên mã: chữ ký đúng"), "{page}");
    assert!(!page.contains("Tem hợp lệ"));
}

fn is_back(serving: &Serving) {
    serving.until("the register answers", || serving.headline() == "valid");
    serving.until("it is well", || serving.health() == 200);
    let (_, answer) = serving.ask(&serving.printed);
    assert!(answer["by_keys"].is_null());
}

#[test]
fn a_server_that_stops_and_starts_again() {
    let Some(cluster) = cluster() else { return };
    let mut serving = serve(Some(&cluster.url()), 10);
    assert_eq!(serving.headline(), "valid");
    assert_eq!(serving.ask(&serving.printed).1["scans"]["count"], 0);
    assert_eq!(serving.get(&serving.printed, &[PHONE]).0, 200);
    for _ in 0..2 {
        cluster.stop();
        answers_by_keys(&serving);
        cluster.run();
        is_back(&serving);
    }
    cluster.stop();
    let other = ("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)");
    assert_eq!(serving.get(&serving.printed, &[other]).0, 503);
    cluster.run();
    is_back(&serving);
    // Neither the scan that waited to be stored is lost, nor that of who was answered by the keys.
    serving.until("scans are counted", || serving.ask(&serving.printed).1["scans"]["count"] == 2);
    let log = serving.log();
    // Told once an outage; a slow machine may find one more.
    let [lost, found] = ["the register does not answer;", "the register answers again"];
    let told: Vec<bool> = log
        .lines()
        .filter_map(|line| {
            line.contains(lost).then_some(true).or(line.contains(found).then_some(false))
        })
        .collect();
    assert!(told.len() >= 6 && told.chunks(2).all(|pair| pair == [true, false]), "{log}");
    assert!(serving.is_running());
}

#[test]
fn a_server_that_accepts_connections_and_never_answers() {
    let Some(cluster) = cluster() else { return };
    let serving = serve(Some(&cluster.url()), 10);
    assert_eq!(serving.headline(), "valid");
    cluster.freeze();
    answers_by_keys(&serving);
    answers_by_keys(&serving);
    cluster.thaw();
    is_back(&serving);
    // One that is frozen, ended and started anew.
    cluster.freeze();
    answers_by_keys(&serving);
    cluster.kill();
    answers_by_keys(&serving);
    cluster.run();
    is_back(&serving);
}

#[test]
fn a_service_that_starts_without_its_register_says_so() {
    let Some(cluster) = cluster() else { return };
    let url = cluster.url();
    cluster.stop();
    let refused = ocop_stamp::store::Store::open(&url).unwrap_err();
    assert!(refused.to_string().contains("cannot be reached"), "{refused}");
}
