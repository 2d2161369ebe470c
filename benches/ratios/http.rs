//! Look-ups over HTTP among a million codes on SQLite, against an empty handler in the same process
//! with the same clients: what of the web server's own pace a verdict keeps.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use actix_web::{App, HttpResponse, HttpServer, rt::System, web};
use ocop_stamp::accounting::Selection;
use ocop_stamp::clock::{FixedClock, SystemRandom};
use ocop_stamp::code::uri;
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::SignatureBytes;
use ocop_stamp::identity::Identity;
use ocop_stamp::paperwork::Paperwork;
use ocop_stamp::shipping::Downloads;
use ocop_stamp::verification::Verifier;
use ocop_stamp::web::{AppState, start};

use crate::desk;
use crate::issue::{folder, register};
use crate::measure;

const CODES: u32 = 1_000_000;
const THREADS: usize = 2;
const CONNECTIONS: usize = 8;
const REQUESTS: usize = 10_000;
const ROUNDS: usize = 21;
const PAGE: &str = "text/html";
const JSON: &str = "application/json";

pub(crate) fn run() {
    let dir = folder();
    let store = register(&dir);
    let batch = desk::issued(&store, CODES);
    desk::put_on_goods(&store, &Selection::Batch(batch.number), "L1");
    let codes = desk::codes(&store, &batch);
    let path = |(serial, signature): &(Serial, SignatureBytes)| {
        let text = uri::qr_text(&batch.intent.face, *serial, signature);
        text.splitn(4, '/').last().map(|path| format!("/{path}")).expect("an address has a path")
    };
    // A prime step visits codes all over the register, each at most once.
    let paths: Vec<String> = (0..REQUESTS).map(|n| path(&codes[n * 7_919 % codes.len()])).collect();

    let clock = Arc::new(FixedClock(desk::noon(desk::today())));
    let printing = desk::print_settings(dir.path());
    let downloads =
        Downloads { store: store.clone(), clock: clock.clone(), folder: dir.path().to_owned() };
    let verifier = Arc::new(Verifier::new(store.clone(), desk::keyring(), clock.clone()));
    let identity = Identity::new(store.clone(), clock.clone(), Arc::new(SystemRandom));
    let paperwork = Paperwork {
        store: store.clone(),
        random: Arc::new(SystemRandom),
        host: "verify.example.vn".parse(),
    };
    let state = AppState {
        store,
        clock,
        identity: Arc::new(identity.expect("is made")),
        issuer: None,
        proxies: Vec::new(),
        verifier,
        downloads,
        printing: Arc::new(printing),
        paperwork,
        lookup_wait: None,
        https_only: false,
        report_contact: None,
        contact_days: 90,
        settings: Arc::new([]),
    };
    let service = start(listener(), state, None).expect("starts");
    let empty = serve_nothing();
    for (kind, accept) in [("page", PAGE), ("json", JSON)] {
        let (ours, bare) = measure::duel(
            ROUNDS,
            || load(service.address(), &paths, accept),
            || load(empty, &paths, accept),
        );
        let rate = |time: std::time::Duration| REQUESTS as f64 / time.as_secs_f64();
        println!("  {kind}          {:>9.0} look-ups/s", rate(ours));
        println!("  empty         {:>9.0} answers/s", rate(bare));
        println!("  ratio         {:>9.2} × the empty handler", rate(ours) / rate(bare));
    }
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("there is a free port")
}

/// A server of the same make whose every answer is an empty 200.
fn serve_nothing() -> SocketAddr {
    let listener = listener();
    let address = listener.local_addr().expect("is bound");
    thread::spawn(move || {
        let nothing =
            || App::new().default_service(web::to(|| async { HttpResponse::Ok().finish() }));
        let server = HttpServer::new(nothing).disable_signals();
        System::new().block_on(async { server.listen(listener).expect("listens").run().await })
    });
    address
}

/// Asks for every path once, over connections that are kept open. Two threads ask on all their
/// connections and then wait for all answers, so that clients leave the cores to the servers.
fn load(address: SocketAddr, paths: &[String], accept: &str) {
    thread::scope(|scope| {
        for share in paths.chunks(paths.len().div_ceil(THREADS)) {
            scope.spawn(move || {
                let mut connections: Vec<TcpStream> = (0..CONNECTIONS)
                    .map(|_| TcpStream::connect(address).expect("connects"))
                    .collect();
                let mut answer = vec![0; 1 << 16];
                for round in share.chunks(CONNECTIONS) {
                    for (path, connection) in round.iter().zip(&mut connections) {
                        let request = format!(
                            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n"
                        );
                        connection.write_all(request.as_bytes()).expect("is sent");
                    }
                    for (_, connection) in round.iter().zip(&mut connections) {
                        wait(connection, &mut answer);
                    }
                }
            });
        }
    });
}

fn wait(connection: &mut TcpStream, answer: &mut [u8]) {
    let mut length = 0;
    loop {
        length += connection.read(&mut answer[length..]).expect("is answered");
        let Some(head) = answer[..length].windows(4).position(|end| end == b"\r\n\r\n") else {
            continue;
        };
        let text = std::str::from_utf8(&answer[..head]).expect("a head is text");
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        let body = text.lines().find_map(|line| line.strip_prefix("content-length: "));
        let body: usize = body.and_then(|length| length.parse().ok()).expect("says its length");
        if length >= head + 4 + body {
            return;
        }
    }
}
