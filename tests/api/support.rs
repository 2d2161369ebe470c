//! A service with one batch of stamps, and a client that follows nothing and remembers nothing.

use std::net::TcpListener;
use std::sync::Arc;

use chrono::{NaiveDate, TimeZone, Utc};
use ocop_stamp::accounting::{self, LotName, Selection};
use ocop_stamp::clock::{FixedClock, FixedRandom};
use ocop_stamp::code::{text, uri};
use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::batch::{Batch, Profile};
use ocop_stamp::domain::calendar::{Day, Instant};
use ocop_stamp::domain::ids::ProductId;
use ocop_stamp::domain::order::{NewOrder, OrderMove, Quantity};
use ocop_stamp::domain::producer::{NewProducer, ProducerKind};
use ocop_stamp::domain::product::ProductGroup;
use ocop_stamp::domain::quota::Funding;
use ocop_stamp::domain::recognition::{AuthorityLevel, Stars};
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::{SignatureBytes, StampMove};
use ocop_stamp::issuance::{Issuer, ordering};
use ocop_stamp::register;
use ocop_stamp::signing::keyring::Validity;
use ocop_stamp::signing::{FileKey, Keyring, Signer};
use ocop_stamp::store::{Store, products, stamps};
use ocop_stamp::verification::Verifier;
use ocop_stamp::web::{self, AppState, Running};
use tempfile::TempDir;
use ureq::http::Response;
use ureq::{Agent, Body};

/// A GTIN no firm owns (GS1's range for examples).
pub(crate) const GTIN: &str = "09521234543213";
const SECRET: [u8; 32] = [7; 32];

/// A running service.
pub(crate) struct Service {
    pub(crate) verifier: Arc<Verifier>,
    /// Stamps 0 to 2 are activated, 3 is spoiled, 4 is not activated.
    pub(crate) stamps: Vec<(Serial, SignatureBytes)>,
    batch: Batch,
    running: Running,
    agent: Agent,
    _folder: TempDir,
}

/// Starts a service; `gtin` says whether its product has a number.
pub(crate) fn spawn_app(gtin: bool, https_only: bool) -> Service {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("register.db").display());
    let store = Store::open_or_create(&url).unwrap();
    let key = FileKey::from_secret("test", &SECRET);
    let validity = Validity { not_before: at(2025), not_after: at(2030), compromised_since: None };
    let keyring = key.keyring(validity);
    let batch = issue(&store, key, &keyring, gtin);
    let stamps = activate(&store, &batch);
    let verifier = Arc::new(Verifier::new(store, keyring, Arc::new(FixedClock(at(2026)))));
    let state = AppState {
        verifier: verifier.clone(),
        lookups_may_block: gtin,
        https_only,
        report_contact: None,
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let running = web::start(listener, state, Some(1)).unwrap();
    let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    Service { verifier, stamps, batch, running, agent: agent.into(), _folder: folder }
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
        let key = FileKey::from_secret("test", &SECRET);
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

fn act() -> Act<'static> {
    Act { by: "test", at: at(2026) }
}

fn issue(store: &Store, key: FileKey, keyring: &Keyring, gtin: bool) -> Batch {
    register::import(store, &[entry(gtin)], "test", act()).unwrap();
    let found = store.read(|register| products::search(register, "", 1)).unwrap();
    let order = order(store, found[0].0.id);
    let issuer = Issuer {
        store: store.clone(),
        signer: Arc::new(key),
        public_key: keyring.keys()[0].clone(),
        clock: Arc::new(FixedClock(at(2026))),
        random: Arc::new(FixedRandom([9; 32])),
        host: "verify.example.vn".into(),
        profile: Profile::Signed,
    };
    issuer.issue(order, "test", &|_| ()).unwrap()
}

fn order(store: &Store, product: ProductId) -> ocop_stamp::domain::ids::OrderId {
    let request = NewOrder {
        product,
        quantity: Quantity::new(5).unwrap(),
        funding: Funding::SelfPaid,
        idempotency_key: None,
    };
    let order = ordering::place(store, &request, act()).unwrap();
    for step in [OrderMove::Submit, OrderMove::Approve] {
        ordering::step(store, order.id, step, "", act()).unwrap();
    }
    order.id
}

fn activate(store: &Store, batch: &Batch) -> Vec<(Serial, SignatureBytes)> {
    let all = store.read(|register| stamps::page(register, &batch.number.serials(), 10)).unwrap();
    let range = |from: usize, to: usize| Selection::Range(all[from].0..=all[to].0);
    accounting::step(store, &range(0, 4), StampMove::ReportPrinted, "", act()).unwrap();
    accounting::step(store, &range(3, 3), StampMove::Spoil, "", act()).unwrap();
    let lot = LotName { code: "L1".into(), made_on: Some(day(2026, 10, 1)), use_by: None };
    accounting::activate(store, &range(0, 2), &lot, act()).unwrap();
    all
}

fn entry(gtin: bool) -> AnnexEntry {
    AnnexEntry {
        producer: NewProducer {
            kind: ProducerKind::Enterprise,
            name: "Công ty TNHH Gốm sứ Quang Vinh".into(),
            tax_code: None,
            address: None,
        },
        product_name: "Bộ bát đĩa gốm sứ hoa sen đỏ".into(),
        group: ProductGroup::Crafts,
        gtin: gtin.then(|| GTIN.parse().unwrap()),
        net_quantity: None,
        stars: Stars::new(5).unwrap(),
        potential_five_star: false,
        decision_number: "58/QĐ-BNNMT".into(),
        authority: "Bộ Nông nghiệp và Môi trường".into(),
        authority_level: AuthorityLevel::Ministry,
        signed_on: day(2025, 8, 20),
        ends_on: day(2028, 8, 20),
    }
}

fn at(year: i32) -> Instant {
    Utc.with_ymd_and_hms(year, 11, 10, 2, 30, 0).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}
