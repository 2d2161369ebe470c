//! A service with one batch of stamps, and a client that follows nothing and remembers nothing.

use std::net::{IpAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use ocop_stamp::accounting::Selection;
use ocop_stamp::clock::{Clock, SystemRandom};
use ocop_stamp::code::{text, uri};
use ocop_stamp::config::Config;
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::calendar::Instant;
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::{SignatureBytes, StampMove};
use ocop_stamp::identity::Identity;
use ocop_stamp::paperwork::Paperwork;
use ocop_stamp::shipping::Downloads;
use ocop_stamp::signing::{Keyring, Signer};
use ocop_stamp::store::Store;
use ocop_stamp::verification::Verifier;
use ocop_stamp::web::{self, AppState, Running};
use tempfile::TempDir;
use ureq::http::Response;
use ureq::{Agent, Body};

use super::desk;

/// A GTIN no firm owns (GS1's range for examples).
pub(crate) const GTIN: &str = "09521234543213";

/// A running service.
pub(crate) struct Service {
    pub(crate) verifier: Arc<Verifier>,
    /// Stamps 0 to 2 are activated, 3 is spoiled, 4 is not activated.
    pub(crate) stamps: Vec<(Serial, SignatureBytes)>,
    pub(crate) store: Store,
    pub(crate) batch: Batch,
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<MovedClock>,
    running: Running,
    agent: Agent,
}

/// A clock that a test puts forward.
pub(crate) struct MovedClock(Mutex<Instant>);

impl MovedClock {
    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

/// Starts a service; `gtin` says whether its product has a number.
pub(crate) fn spawn_app(gtin: bool, https_only: bool) -> Service {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("register.db").display());
    let store = Store::open_or_create(&url).unwrap();
    let gtin_or_none = gtin.then(|| GTIN.parse().unwrap());
    let product =
        desk::enter(&store, &AnnexEntry { gtin: gtin_or_none, ..desk::entry(desk::PRODUCT) });
    let batch = desk::issue(&store, desk::approved(&store, &desk::self_paid(product, 5)));
    let stamps = desk::codes(&store, &batch);
    desk::put_on_goods(&store, &Selection::Range(stamps[0].0..=stamps[2].0), "L1");
    for (serial, _) in &stamps[3..] {
        desk::step(&store, &desk::only(*serial), StampMove::ReportPrinted);
    }
    desk::step(&store, &desk::only(stamps[3].0), StampMove::Spoil);
    let settings = Settings { keyring: desk::keyring(), lookups_may_block: gtin, https_only };
    serve(folder, store, (batch, stamps), settings)
}

/// How a service is set up.
pub(crate) struct Settings {
    pub(crate) keyring: Keyring,
    pub(crate) lookups_may_block: bool,
    pub(crate) https_only: bool,
}

/// Starts a service on a register, for tests on one of its batches.
pub(crate) fn serve(
    folder: TempDir,
    store: Store,
    (batch, stamps): (Batch, Vec<(Serial, SignatureBytes)>),
    settings: Settings,
) -> Service {
    let clock = Arc::new(MovedClock(Mutex::new(desk::noon(desk::today()))));
    let printing = desk::print_settings(folder.path());
    let downloads = Downloads {
        store: store.clone(),
        clock: clock.clone(),
        folder: folder.path().join("sheets"),
    };
    let verifier = Arc::new(Verifier::new(store.clone(), settings.keyring, clock.clone()));
    let identity = Identity::new(store.clone(), clock.clone(), Arc::new(SystemRandom)).unwrap();
    let paperwork = Paperwork {
        store: store.clone(),
        random: Arc::new(SystemRandom),
        host: "verify.example.vn".parse(),
    };
    let state = AppState {
        store: store.clone(),
        clock: clock.clone(),
        identity: Arc::new(identity),
        issuer: None,
        // So that tests can come from anywhere.
        proxies: vec![IpAddr::from([127, 0, 0, 1])],
        verifier: verifier.clone(),
        downloads,
        printing: Arc::new(printing),
        paperwork,
        lookup_wait: settings.lookups_may_block.then_some(Duration::from_mins(1)),
        https_only: settings.https_only,
        report_contact: None,
        contact_days: 90,
        settings: Config::default().shown().into(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let running = web::start(listener, state, Some(1)).unwrap();
    let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    Service { verifier, store, stamps, batch, clock, running, agent: agent.into(), folder }
}

impl Service {
    /// The path printed on a stamp.
    pub(crate) fn printed(&self, stamp: usize) -> String {
        let (serial, signature) = self.stamps[stamp];
        path_of(&uri::qr_text(&self.batch.intent.face, serial, &signature))
    }

    /// The path of a stamp without its signature.
    pub(crate) fn typed(&self, stamp: usize) -> String {
        format!("/T/{}", text::serial(self.stamps[stamp].0))
    }

    /// A path with a right signature on a serial that was never issued.
    pub(crate) fn forged_with_our_key(&self) -> String {
        let key = desk::key();
        let serial = self.stamps[0].0.batch().serial(1).unwrap();
        let signature = key.sign(&text::signed_message(key.key_id(), None, serial)).unwrap();
        format!("/T/{}/{}", text::serial(serial), text::signature(&signature))
    }

    pub(crate) fn get(&self, path: &str) -> Response<Body> {
        self.ask("GET", path, &[])
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
        let url = format!("http://{}{path}", self.running.address());
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.agent.run(request.body(()).unwrap()).unwrap()
    }

    pub(crate) fn page(&self, path: &str) -> (u16, String) {
        let mut response = self.get(path);
        (response.status().as_u16(), response.body_mut().read_to_string().unwrap())
    }

    /// What a telephone of a make is shown that comes from an address.
    pub(crate) fn visit(&self, path: &str, (address, make): (&str, &str)) -> String {
        let agent = format!("Mozilla/5.0 (Linux; Android 10; {make}) Chrome/140.0.0.0 Mobile");
        let headers = [("X-Forwarded-For", address), ("User-Agent", &agent)];
        self.ask("GET", path, &headers).body_mut().read_to_string().unwrap()
    }

    /// How often a stamp was scanned, as the register has it.
    pub(crate) fn scans(&self, path: &str) -> serde_json::Value {
        self.verifier.flush_scans();
        self.json(path)["scans"].clone()
    }

    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        let mut response = self.ask("GET", path, &[("Accept", "application/json")]);
        serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
    }
}

pub(crate) fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn path_of(url: &str) -> String {
    let after_host = url.strip_prefix("https://").unwrap().find('/').unwrap();
    url["https://".len() + after_host..].to_owned()
}
