//! A register with what most tests need in it: a producer, a product, orders and batches.

use std::path::Path;
use std::sync::Arc;

use ocop_stamp::accounting::{self, LotName, Moved, Selection};
use ocop_stamp::clock::{FixedClock, FixedRandom};
use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::annex::{AnnexEntry, Said};
use ocop_stamp::domain::batch::{Batch, Profile};
use ocop_stamp::domain::calendar::{Day, Instant, default_end};
use ocop_stamp::domain::design::{
    DesignMove, DesignRef, DesignState, DesignVersion, MarkRight, NewDesign,
};
use ocop_stamp::domain::ids::{OrderId, ProductId};
use ocop_stamp::domain::order::{NewOrder, OrderMove, Quantity};
use ocop_stamp::domain::producer::{Contact, NewProducer, ProducerKind};
use ocop_stamp::domain::product::ProductGroup;
use ocop_stamp::domain::quota::Funding;
use ocop_stamp::domain::recognition::{AuthorityLevel, Event, EventKind, Stars};
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::{SignatureBytes, StampMove};
use ocop_stamp::issuance::{Issuer, ordering};
use ocop_stamp::press::approved::{approved as approved_for, new_design};
use ocop_stamp::press::library::Library;
use ocop_stamp::press::{ApprovedDesign, PrintSettings};
use ocop_stamp::printing::{Design, ErrorCorrection, Split};
use ocop_stamp::register::{self, Import, designs};
use ocop_stamp::signing::keyring::Validity;
use ocop_stamp::signing::{FileKey, Keyring};
use ocop_stamp::store::{Store, StoreError, batches, plans, products, stamps};

pub(crate) const SECRET: [u8; 32] = [0x5A; 32];
pub(crate) const SEED: [u8; 32] = [0xC3; 32];
pub(crate) const PRODUCT: &str = "Bình gốm sứ men lam";

/// The day most tests happen on: decisions of 04/03/2026 are in force.
pub(crate) fn today() -> Day {
    day(2026, 11, 23)
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap()
}

/// Noon in Việt Nam.
pub(crate) fn noon(day: Day) -> Instant {
    day.and_hms_opt(5, 0, 0).unwrap().and_utc()
}

pub(crate) fn act() -> Act<'static> {
    act_on(today())
}

pub(crate) fn act_on(day: Day) -> Act<'static> {
    Act { by: "Trần Thị Mẫu", at: noon(day) }
}

/// Somebody else's, the same day.
pub(crate) fn by(name: &str) -> Act<'_> {
    Act { by: name, ..act() }
}

/// Who approves what others placed.
pub(crate) const APPROVER: &str = "Lê Văn Duyệt";

pub(crate) fn entry(product: &str) -> AnnexEntry {
    AnnexEntry {
        producer: NewProducer {
            kind: ProducerKind::Enterprise,
            name: "Công ty TNHH Gốm sứ Quang Vinh".into(),
            tax_code: Some("0100000000".into()),
            address: Some("Bát Tràng, Hà Nội".into()),
            contact: Contact::default(),
        },
        product_name: product.into(),
        group: ProductGroup::Crafts,
        gtin: None,
        net_quantity: Some("1 bộ".into()),
        stars: Stars::new(4).unwrap(),
        potential_five_star: true,
        decision_number: "1147/QĐ-UBND".into(),
        authority: "UBND thành phố Hà Nội".into(),
        authority_level: AuthorityLevel::City,
        signed_on: day(2026, 3, 4),
        effective_on: day(2026, 3, 4),
        ends_on: default_end(day(2026, 3, 4)).unwrap(),
        said: Said::default(),
    }
}

/// Enters a row and returns its product.
pub(crate) fn enter(store: &Store, entry: &AnnexEntry) -> ProductId {
    let row = std::slice::from_ref(entry);
    register::import(store, row, "annex.csv", Import::EnterNew, act()).unwrap();
    let found =
        store.read(|register| products::search(register, &entry.product_name, 100)).unwrap();
    found.iter().find(|(product, _)| product.details.name == entry.product_name).unwrap().0.id
}

/// The product that most tests are about.
pub(crate) fn product(store: &Store) -> ProductId {
    enter(store, &entry(PRODUCT))
}

pub(crate) fn key() -> FileKey {
    FileKey::from_secret("stamps", &SECRET)
}

pub(crate) fn validity() -> Validity {
    Validity {
        not_before: noon(day(2026, 1, 1)),
        not_after: noon(day(2028, 1, 1)),
        compromised_since: None,
    }
}

pub(crate) fn keyring() -> Keyring {
    key().keyring(validity())
}

pub(crate) fn issuer(store: &Store) -> Issuer {
    Issuer {
        store: store.clone(),
        signer: Arc::new(key()),
        public_key: key().public_key(validity()),
        clock: Arc::new(FixedClock(noon(today()))),
        random: Arc::new(FixedRandom(SEED)),
        host: "verify.example.vn".parse().unwrap(),
        profile: Profile::Signed,
    }
}

pub(crate) fn self_paid(product: ProductId, stamps: u32) -> NewOrder {
    let quantity = Quantity::new(stamps).unwrap();
    NewOrder::new(product, quantity, Funding::SelfPaid)
}

pub(crate) fn funded(store: &Store, product: ProductId, stamps: u32) -> NewOrder {
    let plan = store.read(|register| plans::find(register, "KH 249/2021")).unwrap().unwrap();
    NewOrder { funding: Funding::Plan(plan.id), ..self_paid(product, stamps) }
}

/// Places an order and takes it to its approval.
pub(crate) fn approved(store: &Store, order: &NewOrder) -> OrderId {
    let id = ordering::place(store, order, act()).unwrap().id;
    ordering::step(store, id, OrderMove::Submit, "", act()).unwrap();
    ordering::step(store, id, OrderMove::Approve, "", by(APPROVER)).unwrap();
    id
}

pub(crate) fn issue(store: &Store, order: OrderId) -> Batch {
    issuer(store).issue(order, "officer", &|_| ()).unwrap()
}

/// A batch of so many codes for the product most tests are about.
pub(crate) fn issued(store: &Store, stamps: u32) -> Batch {
    let order = approved(store, &self_paid(product(store), stamps));
    issue(store, order)
}

pub(crate) fn codes(store: &Store, batch: &Batch) -> Vec<(Serial, SignatureBytes)> {
    let range = batch.number.serials();
    store.read(|register| stamps::page(register, &range, 2_000_000)).unwrap()
}

pub(crate) fn serials(store: &Store, batch: &Batch) -> Vec<Serial> {
    codes(store, batch).into_iter().map(|(serial, _)| serial).collect()
}

pub(crate) fn only(serial: Serial) -> Selection {
    Selection::Range(serial..=serial)
}

pub(crate) fn step(store: &Store, selection: &Selection, step: StampMove) -> Moved {
    accounting::step(store, selection, step, "biên bản 1", act()).unwrap()
}

pub(crate) fn lot(code: &str) -> LotName {
    LotName { code: code.into(), made_on: Some(day(2026, 11, 1)), use_by: None }
}

/// Reports stamps printed and handed over.
pub(crate) fn hand_over(store: &Store, selection: &Selection) {
    step(store, selection, StampMove::ReportPrinted);
    step(store, selection, StampMove::HandOver);
}

/// Reports stamps printed, handed over, and puts them on goods of a lot.
pub(crate) fn put_on_goods(store: &Store, selection: &Selection, code: &str) {
    hand_over(store, selection);
    accounting::activate(store, selection, &lot(code), act()).unwrap();
}

pub(crate) fn event(kind: EventKind, effective_on: Day) -> Event {
    Event {
        effective_on,
        kind,
        decision_number: Some("58/QĐ-VPĐP".into()),
        signed_on: None,
        reason: None,
    }
}

pub(crate) fn unfinished(store: &Store) -> Vec<Batch> {
    store.read(batches::unfinished).unwrap()
}

/// A design that comes with the program, with a right to the mark that ends on the last day of 2027.
pub(crate) fn shipped_design(name: &str) -> NewDesign {
    let design = new_design(&Design::by_name(name).unwrap().unwrap());
    let right = MarkRight {
        version: "1.0".into(),
        basis: "58/QĐ-VPĐP".into(),
        granted_by: Some("Văn phòng Điều phối Trung ương".into()),
        until: Some(day(2027, 12, 31)),
    };
    NewDesign { right, ..design }
}

/// Adds a design and takes it to its approval, by two people, unless it is there already.
pub(crate) fn approve_design(store: &Store, design: &NewDesign) -> DesignVersion {
    let added = designs::add(store, design, "", act()).unwrap();
    if added.state == DesignState::Approved {
        return added;
    }
    designs::step(store, &added.reference(), DesignMove::Submit, "", act()).unwrap();
    designs::step(store, &added.reference(), DesignMove::Approve, "", by(APPROVER)).unwrap()
}

/// A design that comes with the program, approved, for a batch on A4.
pub(crate) fn design_for(store: &Store, batch: &Batch, name: &str) -> ApprovedDesign {
    let version = approve_design(store, &shipped_design(name));
    let wanted = DesignRef { name: version.name, version: None };
    approved_for(store, batch.number, "a4", &wanted, today()).unwrap()
}

/// How sheets are made in a data folder.
pub(crate) fn print_settings(data: &Path) -> PrintSettings {
    PrintSettings {
        library: Library::in_folder(data),
        layout: "a4".into(),
        design: "sen-25x35".into(),
        level: ErrorCorrection::M,
        split: Split { sheets: 500, stamps: None, bytes: None },
        folder: data.join("sheets"),
        office: "Văn phòng Điều phối".into(),
    }
}

/// Any statement, on either database.
pub(crate) fn sql(store: &Store, statement: &str) -> Result<(), StoreError> {
    use diesel::connection::SimpleConnection;
    store.write(|register| Ok(register.batch_execute(statement)?))
}
