//! Who gets in where: every role at every address of the table, and at what belongs to another.

pub(in crate::web) mod catalogue;
mod credentials;
mod lists;
mod lots;
mod orders;
mod papers;
mod producers;
pub(in crate::web) mod reports;
mod sample;
mod stamps;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::cookie::Cookie;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::LOCATION;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::web::Data;
use actix_web::{App, Error as WebError};
use chrono::TimeDelta;
use tempfile::TempDir;

use self::sample::{bystander, entry, issued, issuer, lot, shop};
use super::table::{ENTRIES, Entry};
use super::{Decoding, Hashing, cookies, guard::Access};
use crate::accounting::{LotName, Selection};
use crate::clock::{Clock, FixedClock, SystemRandom};
use crate::config::Config;
use crate::delivery::{self, JobError};
use crate::desk::{Worker, batches};
use crate::domain::account::NewAccount;
use crate::domain::act::Act;
use crate::domain::api_token::NewApiToken;
use crate::domain::assurance::Need;
use crate::domain::calendar::Instant;
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::order::{NewOrder, Quantity};
use crate::domain::quota::Funding;
use crate::domain::role::{Organisation, Right, Role};
use crate::domain::serial::BatchNumber;
use crate::identity::Identity;
use crate::issuance::ordering;
use crate::paperwork::Paperwork;
use crate::register::Import;
use crate::shipping::Downloads;
use crate::signing::Keyring;
use crate::store::{Store, products};
use crate::token::Token;
use crate::verification::Verifier;
use crate::web::stream::Places;
use crate::web::{AppState, middleware, routes, urls};

const PASSWORD: &str = "mưa rào trên mái ngói";

/// A register with one order, and somebody of every role: of the order's own organisation where the
/// role has one, and of another.
pub(in crate::web) struct House {
    pub(in crate::web) state: AppState,
    pub(in crate::web) own: BTreeMap<Role, Token>,
    others: BTreeMap<Role, Token>,
    /// Tokens of the API, by login.
    bearers: RefCell<BTreeMap<String, String>>,
    pub(in crate::web) order: i64,
    /// Whose order it is.
    pub(in crate::web) producer: i64,
    /// Its product.
    pub(in crate::web) product: i64,
    /// A batch of that product, given to a print shop.
    pub(in crate::web) batch: u32,
    pub(in crate::web) lot: i64,
    /// An account that nobody here works with.
    pub(in crate::web) bystander: i64,
    _folder: TempDir,
}

pub(in crate::web) fn now() -> Instant {
    Instant::from_timestamp(1_795_000_000, 0).unwrap()
}

fn producer(store: &Store, name: &str) -> (ProducerId, ProductId) {
    let act = Act { by: "can-bo", at: now() };
    crate::register::import(store, &[entry(name)], "annex.csv", Import::EnterNew, act).unwrap();
    let found = store.read(|register| products::search(register, name, 1)).unwrap();
    (found[0].1.id, found[0].0.id)
}

fn person(
    identity: &Identity,
    role: Role,
    organisation: Organisation,
    login: &str,
    at: Instant,
) -> Token {
    let name = "Phạm Thị Sen".to_owned();
    let wanted = NewAccount { login: login.into(), name, role, organisation, email: None };
    let account = identity.add(&wanted, "quan-tri").unwrap();
    let invitation = identity.invite(account.id, "quan-tri").unwrap();
    identity.accept(&invitation.token, PASSWORD).unwrap();
    let token = identity.sign_in(login, PASSWORD, "here").unwrap();
    if !role.needs_second_factor() {
        return token;
    }
    let secret = identity.enrolment(&token).unwrap().secret;
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    identity.enrol(&token, &code(secret.as_bytes(), at)).unwrap().session
}

/// The code of an authenticator app.
fn code(secret: &[u8], at: Instant) -> String {
    let totp = totp_rs::Builder::new()
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_secret(secret.to_vec())
        .build_noncompliant();
    totp.generate(u64::try_from(at.timestamp()).unwrap()).to_string()
}

pub(in crate::web) fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("register.db").display());
    let store = Store::open_or_create(&url).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(FixedClock(now()));
    let (mine, product) = producer(&store, "HTX Sen");
    let (other, _) = producer(&store, "HTX Súng");
    let wanted = NewOrder::new(product, Quantity::new(10).unwrap(), Funding::SelfPaid);
    let order = ordering::place(&store, &wanted, Act { by: "chu-the", at: now() }).unwrap();
    let [mine_too, other_too] = ["Xưởng in Sen", "Xưởng in Súng"].map(|name| shop(&store, name));
    let batch = issued(&store, clock.clone(), &wanted);
    delivery::assign(&store, batch, mine_too, None, "", Act { by: "can-bo", at: now() }).unwrap();
    let lot = lot(&store, product);
    let identity = Identity::new(store.clone(), clock.clone(), Arc::new(SystemRandom)).unwrap();
    let home = |role, producer, shop| match role {
        Role::Producer => Organisation::Producer(producer),
        Role::PrintShop => Organisation::PrintShop(shop),
        _ => Organisation::Office,
    };
    let people = |who: &str, producer, shop| {
        let one = |role: Role| {
            let login = format!("{}.{who}", role.key());
            (role, person(&identity, role, home(role, producer, shop), &login, now()))
        };
        Role::ALL.into_iter().map(one).collect()
    };
    let (own, others) = (people("own", mine, mine_too), people("other", other, other_too));
    let bystander = bystander(&identity);
    let downloads =
        Downloads { store: store.clone(), clock: clock.clone(), folder: folder.path().into() };
    let verifier = Arc::new(Verifier::new(store.clone(), Keyring::default(), clock.clone()));
    let issuer = Arc::new(issuer(&store, clock.clone()));
    let paperwork = Paperwork {
        store: store.clone(),
        random: Arc::new(SystemRandom),
        host: "verify.example.vn".parse(),
    };
    let state = AppState {
        store,
        clock,
        identity: Arc::new(identity),
        issuer: Some(issuer),
        verifier,
        downloads,
        printing: Arc::new(sample::printing(folder.path())),
        paperwork,
        lookup_wait: None,
        https_only: false,
        proxies: Vec::new(),
        report_contact: None,
        contact_days: 90,
        settings: Config::default().shown().into(),
    };
    House {
        state,
        own,
        others,
        bearers: RefCell::default(),
        order: order.id.0,
        producer: mine.0,
        product: product.0,
        batch: batch.get(),
        lot,
        bystander,
        _folder: folder,
    }
}

impl House {
    /// A token of the API for everything that somebody signed in may.
    pub(in crate::web) fn bearer(&self, token: &Token) -> String {
        let account = self.state.identity.session(token).unwrap().unwrap().account;
        let make = || {
            let rights = Right::ALL.into_iter().filter(|right| account.details.role.may(*right));
            let wanted = NewApiToken { name: "x".into(), rights: rights.collect(), days: 1 };
            self.state.identity.make_token(&account, &wanted, "x").unwrap().1
        };
        let mut known = self.bearers.borrow_mut();
        known.entry(account.details.login.clone()).or_insert_with(make).clone()
    }

    /// Takes a design that comes with the program to its approval, by two people.
    pub(in crate::web) fn approve_design(&self) {
        sample::approve_design(&self.state.store);
    }

    /// What answers a request.
    pub(in crate::web) async fn answer(&self, request: TestRequest) -> ServiceResponse<BoxBody> {
        let app = App::new()
            .app_data(Data::new(self.state.clone()))
            .app_data(Data::new(Hashing::new()))
            .app_data(Data::new(Decoding::new()))
            .app_data(Data::new(Places::new()))
            .configure(routes::configure)
            .wrap(actix_web::middleware::from_fn(middleware::finish));
        let service = init_service(app).await;
        let answered: Result<_, WebError> = service.call(request.to_request()).await;
        answered.unwrap()
    }

    /// What answers somebody who asks for a page.
    async fn get(&self, path: &str, token: &Token) -> ServiceResponse<BoxBody> {
        self.answer(TestRequest::with_uri(path).cookie(cookie(token))).await
    }

    /// What answers a request with nothing in its form, or its body.
    async fn ask(&self, entry: &Entry, token: Option<&Token>) -> ServiceResponse<BoxBody> {
        let path = self.path(entry);
        let is_call = entry.operation().is_some();
        let Some(token) = token.filter(|_| is_call) else {
            return self.send(&path, entry.method.clone(), token).await;
        };
        let once = Token::new(&SystemRandom).unwrap().reveal();
        let request = TestRequest::with_uri(&path).method(entry.method.clone());
        let request = request
            .insert_header(("Authorization", format!("Bearer {}", self.bearer(token))))
            .insert_header(("Idempotency-Key", once))
            .insert_header(("If-Match", "*"));
        self.answer(request).await
    }

    /// What answers a browser at a path, with nothing in its form.
    async fn send(
        &self,
        path: &str,
        method: Method,
        token: Option<&Token>,
    ) -> ServiceResponse<BoxBody> {
        let mut request = TestRequest::with_uri(path).method(method);
        if let Some(token) = token {
            let key = token.derived("form");
            let form = [("khoa", key.as_str()), ("ly_do", ""), ("mat_khau_moi", "")];
            request = request.cookie(cookie(token)).set_form(form);
        }
        self.answer(request).await
    }
}

fn cookie(token: &Token) -> Cookie<'static> {
    Cookie::new(cookies::signed_in(token).name().to_owned(), token.reveal())
}

/// Whether an address is that of something that belongs to an organisation.
fn names_a_thing(path: &str) -> bool {
    ["{order}", "{product}", "{producer}", "{batch}", "{lot}"]
        .into_iter()
        .any(|part| path.contains(part))
}

fn leads_to(response: &ServiceResponse<BoxBody>) -> String {
    let location = response.headers().get(LOCATION).map(|it| it.to_str().unwrap().to_owned());
    location.unwrap_or_default()
}

#[actix_web::test]
async fn every_role_gets_in_where_it_has_the_right_and_nowhere_else() {
    let house = house();
    for entry in ENTRIES {
        for (role, token) in &house.own {
            // What signs somebody out is asked last, of somebody who does nothing else.
            if entry.path == urls::SIGN_OUT {
                continue;
            }
            let status = house.ask(entry, Some(token)).await.status();
            let cell = format!("{role:?} {} {}: {status}", entry.method, entry.path);
            assert!(!status.is_server_error(), "{cell}");
            let barred = entry.access.right().is_some_and(|right| !role.may(right));
            assert_eq!(status == StatusCode::FORBIDDEN, barred, "{cell}");
        }
    }
}

#[actix_web::test]
async fn who_is_not_signed_in_is_led_to_sign_in() {
    let house = house();
    for entry in ENTRIES.iter().filter(|entry| entry.access != Access::Anyone) {
        let response = house.ask(entry, None).await;
        if entry.operation().is_some() {
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{}", entry.path);
            continue;
        }
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{}", entry.path);
        assert!(leads_to(&response).starts_with(urls::SIGN_IN), "{}", entry.path);
    }
}

#[actix_web::test]
async fn what_is_another_organisations_is_not_there() {
    let house = house();
    for entry in ENTRIES.iter().filter(|entry| names_a_thing(entry.path)) {
        for role in [Role::Producer, Role::PrintShop] {
            let status = house.ask(entry, Some(&house.others[&role])).await.status();
            let right = entry.access.right().is_none_or(|right| role.may(right));
            let expected = if right { StatusCode::NOT_FOUND } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "{role:?} {} {}", entry.method, entry.path);
        }
    }
}

#[actix_web::test]
async fn an_act_without_the_sessions_form_key_or_from_another_site_is_refused() {
    let house = house();
    let token = &house.own[&Role::Producer];
    let path = urls::of(urls::CANCEL_ORDER, house.order);
    let post = |path: &str| TestRequest::post().uri(path).cookie(cookie(token));
    let answer = house.answer(post(&path).set_form([("ly_do", "x")])).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let key = token.derived("form");
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://x.example"),
    ] {
        let form = [("khoa", key.as_str()), ("ly_do", "x")];
        let foreign = post(&path).insert_header((name, value)).set_form(form);
        let answer = house.answer(foreign).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
}

#[test]
fn stamps_of_another_batch_are_not_activated_beside_ones_own() {
    let house = house();
    let session = house.state.identity.session(&house.own[&Role::Producer]).unwrap().unwrap();
    let organisation = session.account.details.organisation;
    let worker = Worker { login: "producer.own".into(), organisation, at: now() };
    let batch = |number| BatchNumber::new(number).unwrap();
    let foreign = *batch(house.batch + 1).serials().start();
    let lot = LotName { code: "L1".into(), made_on: None, use_by: None };
    let step = batches::Step::Activate(Selection::Range(foreign..=foreign), lot);
    let refused = batches::step(&house.state.store, &worker, batch(house.batch), &step);
    assert!(matches!(refused, Err(JobError::OtherBatch(_))));
}

#[actix_web::test]
async fn who_is_signed_in_can_sign_in_again_from_the_page_that_asks_for_it() {
    let house = house();
    let token = &house.own[&Role::Officer];
    let page = ENTRIES.iter().find(|entry| entry.path == urls::SIGN_IN).unwrap();
    let shown = house.ask(page, Some(token)).await.into_body();
    let shown = actix_web::body::to_bytes(shown).await.unwrap();
    let shown = String::from_utf8(shown.to_vec()).unwrap();
    assert!(shown.contains(&format!("value=\"{}\"", token.derived("form"))));
    assert!(!shown.contains(urls::SIGN_OUT), "it is still a page for anyone");
}

#[actix_web::test]
async fn who_showed_long_ago_who_they_are_must_do_so_again_before_a_weighty_act() {
    let house = house();
    let at = now() - TimeDelta::minutes(20);
    let earlier = Arc::new(FixedClock(at));
    let store = house.state.store.clone();
    let identity = Identity::new(store, earlier, Arc::new(SystemRandom)).unwrap();
    let token = person(&identity, Role::Approver, Organisation::Office, "approver.earlier", at);
    let pages = ENTRIES.iter().filter(|entry| entry.operation().is_none());
    for entry in pages.filter(|entry| entry.path != urls::SIGN_OUT) {
        let weighty = match entry.access {
            Access::Weighty(right) => Role::Approver.may(right),
            Access::Own(need) => matches!(need, Need::Change(_)),
            Access::Anyone | Access::Needs(_) => false,
        };
        let response = house.ask(entry, Some(&token)).await;
        let confirms = leads_to(&response).starts_with(urls::CONFIRM);
        assert_eq!(confirms, weighty, "{} {}", entry.method, entry.path);
    }
}
