//! A register at several stages of a batch, with somebody of every role that acts on it.

use std::path::Path;
use std::sync::Arc;

use ocop_stamp::accounting::{self, LotName, Selection, destroying};
use ocop_stamp::clock::{Clock, FixedRandom, SystemClock, SystemRandom};
use ocop_stamp::code::{text, uri};
use ocop_stamp::config::Config;
use ocop_stamp::delivery::{self, Spoiled};
use ocop_stamp::domain::account::NewAccount;
use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::api_token::NewApiToken;
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::calendar::{Day, default_end, vietnam_day};
use ocop_stamp::domain::destruction::DestructionMinutes;
use ocop_stamp::domain::ids::ShopId;
use ocop_stamp::domain::order::OrderMove;
use ocop_stamp::domain::print_job::Minutes;
use ocop_stamp::domain::print_shop::ShopDetails;
use ocop_stamp::domain::recognition::EventKind;
use ocop_stamp::domain::role::{Organisation, Right, Role};
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::domain::stamp::SignatureBytes;
use ocop_stamp::identity::Identity;
use ocop_stamp::issuance::{Issuer, ordering};
use ocop_stamp::paperwork::Paperwork;
use ocop_stamp::register::{self, shops};
use ocop_stamp::shipping::Downloads;
use ocop_stamp::signing::keyring::Validity;
use ocop_stamp::store::{
    Store, destructions, hand_overs, lots, orders, print_jobs, products, recognitions,
    stamp_places, stamps,
};
use ocop_stamp::token::Token;
use ocop_stamp::verification::Verifier;
use ocop_stamp::web::{self, AppState, Running};
use tempfile::TempDir;

use crate::desk;

/// Stamps of the batch.
const STAMPS: u32 = 10;
const PASSWORD: &str = "mưa rào trên mái ngói";

/// How far the batch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// At the print shop.
    Assigned,
    /// Printed, three of ten spoiled.
    Printed,
    /// Seven handed over on minutes 1/BBBG.
    HandedOver,
    /// And received.
    Received,
    /// And one on goods of lot L-00.
    OnGoods,
    /// And the goods recalled.
    Recalled,
    /// Six of the seven received.
    ReceivedFewer,
    /// All received, and the spoiled ones said to be destroyed, by an officer.
    Destroying,
    /// The same, by the approver, who types the login in capitals.
    DestroyingOwn,
    /// All received, and the product suspended.
    Suspended,
}

/// Every stage after the first, and which it comes after.
const STAGES: [(Stage, Stage); 9] = [
    (Stage::Printed, Stage::Assigned),
    (Stage::HandedOver, Stage::Printed),
    (Stage::Received, Stage::HandedOver),
    (Stage::OnGoods, Stage::Received),
    (Stage::Recalled, Stage::OnGoods),
    (Stage::ReceivedFewer, Stage::HandedOver),
    (Stage::Destroying, Stage::Received),
    (Stage::DestroyingOwn, Stage::Received),
    (Stage::Suspended, Stage::Received),
];

/// An order that the producer sent.
pub(crate) const ORDER: i64 = 2;
/// An order that was sent under the approver's name, in other letters.
pub(crate) const OWN_ORDER: i64 = 3;

/// Who acts, and how a browser and a program show it.
pub(crate) struct Person {
    pub(crate) role: Role,
    pub(crate) session: Token,
    pub(crate) bearer: String,
}

/// The registers.
pub(crate) struct House {
    folders: Vec<(Stage, TempDir)>,
    pub(crate) people: Vec<Person>,
    pub(crate) batch: Batch,
    pub(crate) codes: Vec<(Serial, SignatureBytes)>,
    pub(crate) today: Day,
}

/// A register of one's own to act on, and the service on it.
pub(crate) struct Copy<'a> {
    pub(crate) house: &'a House,
    pub(crate) folder: TempDir,
    store: Store,
    running: Running,
}

fn open(folder: &Path) -> Store {
    Store::open_or_create(&format!("sqlite:{}", folder.join("register.db").display())).unwrap()
}

fn act(by: &str) -> Act<'_> {
    Act { by, at: SystemClock.now() }
}

impl House {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        let today = vietnam_day(act("").at);
        let signed_on = today - chrono::Days::new(100);
        let ends_on = default_end(signed_on).unwrap();
        let effective_on = signed_on;
        let entry = AnnexEntry { signed_on, effective_on, ends_on, ..desk::entry(desk::PRODUCT) };
        let product = desk::enter(&store, &entry);
        let order = ordering::place(&store, &desk::self_paid(product, STAMPS), act("a")).unwrap();
        ordering::step(&store, order.id, OrderMove::Submit, "", act("a")).unwrap();
        ordering::step(&store, order.id, OrderMove::Approve, "", act("b")).unwrap();
        let batch = issuer(&store).issue(order.id, "b", &|_| ()).unwrap();
        for (by, id) in [("producer", ORDER), (" Approver", OWN_ORDER)] {
            let order = ordering::place(&store, &desk::self_paid(product, 4), act(by)).unwrap();
            assert_eq!(order.id.0, id);
            ordering::step(&store, order.id, OrderMove::Submit, "", act(by)).unwrap();
        }
        let shop = shops::add(&store, &shop("Xưởng in Mẫu"), act("a")).unwrap().id;
        shops::add(&store, &self::shop("Xưởng in Khác"), act("a")).unwrap();
        delivery::assign(&store, batch.number, shop, None, "", act("a")).unwrap();
        let (_, maker) = store.read(|register| products::get(register, product)).unwrap().unwrap();
        let people = people(&store, Organisation::Producer(maker.id), shop);
        let codes = desk::codes(&store, &batch);
        drop(store);
        let mut folders = vec![(Stage::Assigned, folder)];
        for (stage, after) in STAGES {
            let (_, before) = folders.iter().find(|(it, _)| *it == after).unwrap();
            let next = copied(before.path());
            advance(&open(next.path()), stage, &batch, &codes, today);
            folders.push((stage, next));
        }
        Self { folders, people, batch, codes, today }
    }

    /// What is printed on a stamp.
    pub(crate) fn code(&self, at: usize) -> String {
        uri::qr_text(&self.batch.intent.face, self.codes[at].0, &self.codes[at].1)
    }

    pub(crate) fn serial(&self, at: usize) -> String {
        text::serial_grouped(self.codes[at].0)
    }

    pub(crate) fn person(&self, role: Role) -> &Person {
        self.people.iter().find(|person| person.role == role).unwrap()
    }

    pub(crate) fn copy(&self, stage: Stage) -> Copy<'_> {
        let (_, folder) = self.folders.iter().find(|(it, _)| *it == stage).unwrap();
        let folder = copied(folder.path());
        let store = open(folder.path());
        let running = serve(&store, folder.path());
        Copy { house: self, folder, store, running }
    }
}

impl Copy<'_> {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address())
    }

    /// Everything that an act on stamps may change, in words that can be compared.
    pub(crate) fn state(&self) -> String {
        let number = self.house.batch.number;
        self.store
            .read(|register| {
                let awaited = hand_overs::awaited(register, number)?;
                let runs = stamp_places::runs(register, &number.serials(), &awaited)?;
                let minutes = hand_overs::of_batch(register, number)?;
                let minutes: Vec<_> = minutes
                    .iter()
                    .map(|it| {
                        (&it.minutes, it.stated, it.moved, it.receipt.as_ref().map(|it| it.stamps))
                    })
                    .collect();
                let product = self.house.batch.intent.product;
                let mut recalls = Vec::new();
                for code in ["L-00", "L-01"] {
                    let lot = lots::find(register, product, code)?;
                    recalls.push(lot.map(|lot| lot.recall.map(|it| (it.reason, it.phone))));
                }
                let reprints = orders::replacing(register, number)?;
                let reprints: Vec<_> = reprints.iter().map(|it| it.request.quantity).collect();
                let orders = orders::latest(register, 10)?;
                let orders: Vec<_> = orders.iter().map(|it| (it.id, it.state)).collect();
                let job = print_jobs::get(register, number)?.map(|job| {
                    (job.shop, job.state, job.wanted_on, job.closed.map(|it| it.signed_off))
                });
                let destroyed: Vec<_> = destructions::of_batch(register, number)?
                    .into_iter()
                    .map(|it| (it.minutes, it.state, it.runs, it.decided.map(|(_, why)| why)))
                    .collect();
                let events: Vec<_> = recognitions::of_product(register, product)?
                    .into_iter()
                    .map(|it| it.events)
                    .collect();
                Ok::<_, ocop_stamp::store::StoreError>(format!(
                    "{runs:#?} {minutes:?} {recalls:?} {reprints:?} {orders:?} {job:?} \
                     {destroyed:?} {events:?}"
                ))
            })
            .unwrap()
    }

    /// The number of lot L-00.
    pub(crate) fn lot(&self) -> i64 {
        let product = self.house.batch.intent.product;
        self.store.read(|register| lots::find(register, product, "L-00")).unwrap().unwrap().id.0
    }
}

/// A folder with the same files.
fn copied(from: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        if file.file_type().unwrap().is_file() {
            std::fs::copy(file.path(), to.path().join(file.file_name())).unwrap();
        }
    }
    to
}

fn advance(
    store: &Store,
    stage: Stage,
    batch: &Batch,
    codes: &[(Serial, SignatureBytes)],
    today: Day,
) {
    let (number, product) = (batch.number, batch.intent.product);
    match stage {
        Stage::Assigned => {}
        Stage::Printed => {
            let which = Selection::Range(codes[0].0..=codes[2].0);
            let spoiled = [Spoiled { which, reason: "Nhòe mực".into() }];
            delivery::report_printed(store, number, &spoiled, None, act("shop")).unwrap();
        }
        Stage::HandedOver => {
            let minutes = Minutes { number: "1/BBBG".into(), handed_on: today, stated: None };
            let all = Selection::Batch(number);
            delivery::hand_over(store, number, &minutes, &all, act("shop")).unwrap();
        }
        Stage::Received => {
            delivery::receive(store, number, "1/BBBG", 7, None, act("producer")).unwrap();
        }
        Stage::OnGoods => {
            let one = Selection::Range(codes[9].0..=codes[9].0);
            let lot = LotName { code: "L-00".into(), made_on: None, use_by: None };
            accounting::activate(store, &one, &lot, act("producer")).unwrap();
        }
        Stage::Recalled => {
            let said = ("Nắp bị hở", None);
            accounting::recall(store, product, "L-00", said, act("b")).unwrap();
        }
        Stage::ReceivedFewer => {
            let why = Some("Thiếu một tem");
            delivery::receive(store, number, "1/BBBG", 6, why, act("producer")).unwrap();
        }
        Stage::Destroying => destroyed(store, number, today, "officer"),
        Stage::DestroyingOwn => destroyed(store, number, today, "APPROVER"),
        Stage::Suspended => {
            let event = desk::event(EventKind::Suspended, today);
            register::record_event(store, product, &event, act("b")).unwrap();
        }
    }
    let all = store.read(|register| stamps::serials(register, &number.serials())).unwrap();
    assert_eq!(all.len(), STAMPS as usize);
}

fn destroyed(store: &Store, batch: BatchNumber, today: Day, by: &str) {
    let minutes = DestructionMinutes {
        number: "1/TH".into(),
        destroyed_on: today,
        place: "Kho".into(),
        witnesses: "Ông Vũ Văn Chứng".into(),
        reason: "Tem hỏng".into(),
    };
    destroying::record(store, batch, &minutes, act(by)).unwrap();
}

fn issuer(store: &Store) -> Issuer {
    let now = SystemClock.now();
    let validity = Validity {
        not_before: now - chrono::TimeDelta::days(1),
        not_after: now + chrono::TimeDelta::days(1),
        compromised_since: None,
    };
    Issuer {
        store: store.clone(),
        signer: Arc::new(desk::key()),
        public_key: desk::key().public_key(validity),
        clock: Arc::new(SystemClock),
        random: Arc::new(FixedRandom(desk::SEED)),
        host: "verify.example.vn".parse().unwrap(),
        profile: ocop_stamp::domain::batch::Profile::Signed,
    }
}

fn shop(name: &str) -> ShopDetails {
    ShopDetails {
        name: name.into(),
        address: None,
        phone: None,
        licence_number: "1/GP".into(),
        licence_issuer: None,
        licence_ends_on: None,
        is_active: true,
    }
}

fn people(store: &Store, producer: Organisation, shop: ShopId) -> Vec<Person> {
    let identity =
        Identity::new(store.clone(), Arc::new(SystemClock), Arc::new(SystemRandom)).unwrap();
    let homes = [
        (Role::Producer, producer),
        (Role::PrintShop, Organisation::PrintShop(shop)),
        (Role::Approver, Organisation::Office),
        (Role::Officer, Organisation::Office),
    ];
    homes.map(|(role, organisation)| person(&identity, role, organisation)).into()
}

fn person(identity: &Identity, role: Role, organisation: Organisation) -> Person {
    let (login, name) = (role.key().to_owned(), "Phạm Thị Sen".to_owned());
    let wanted = NewAccount { login: login.clone(), name, role, organisation, email: None };
    let account = identity.add(&wanted, "x").unwrap();
    let invitation = identity.invite(account.id, "x").unwrap();
    identity.accept(&invitation.token, PASSWORD).unwrap();
    let mut session = identity.sign_in(&login, PASSWORD, "here").unwrap();
    if role.needs_second_factor() {
        let secret = identity.enrolment(&session).unwrap().secret;
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let totp = totp_rs::Builder::new()
            .with_algorithm(totp_rs::Algorithm::SHA1)
            .with_secret(secret.as_bytes().to_vec())
            .build_noncompliant();
        let at = u64::try_from(SystemClock.now().timestamp()).unwrap();
        session = identity.enrol(&session, &totp.generate(at).to_string()).unwrap().session;
    }
    let account = identity.session(&session).unwrap().unwrap().account;
    let rights = Right::ALL.into_iter().filter(|right| role.may(*right)).collect();
    let token = NewApiToken { name: "x".into(), rights, days: 1 };
    let bearer = identity.make_token(&account, &token, "x").unwrap().1;
    Person { role, session, bearer }
}

fn serve(store: &Store, folder: &Path) -> Running {
    let clock = Arc::new(SystemClock);
    let identity = Identity::new(store.clone(), clock.clone(), Arc::new(SystemRandom)).unwrap();
    let (store, sheets) = (store.clone(), folder.join("sheets"));
    let state = AppState {
        clock: clock.clone(),
        identity: Arc::new(identity),
        issuer: None,
        proxies: Vec::new(),
        verifier: Arc::new(Verifier::new(store.clone(), desk::keyring(), clock.clone())),
        downloads: Downloads { store: store.clone(), clock, folder: sheets },
        printing: Arc::new(desk::print_settings(folder)),
        paperwork: Paperwork {
            store: store.clone(),
            random: Arc::new(SystemRandom),
            host: "verify.example.vn".parse(),
        },
        store,
        lookup_wait: None,
        https_only: false,
        report_contact: None,
        contact_days: 90,
        settings: Config::default().shown().into(),
    };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    web::start(listener, state, Some(1)).unwrap()
}
