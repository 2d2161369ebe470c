//! What stamps will say is known, and has room, before there are codes.

use ocop_stamp::desk::Worker;
use ocop_stamp::desk::orders::{self, carried};
use ocop_stamp::desk::proofs::{self, OrderProofs};
use ocop_stamp::desk::sheets::{self, SheetsError, Wanted};
use ocop_stamp::domain::commune::Commune;
use ocop_stamp::domain::design::{MisfitReason, NewDesign};
use ocop_stamp::domain::ids::{ProducerId, ProductId};
use ocop_stamp::domain::order::{OrderMove, OrderState};
use ocop_stamp::domain::producer::Contact;
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::issuance::ordering::{self, OrderError};
use ocop_stamp::issuance::{Ineligible, IssueError};
use ocop_stamp::press::approved::new_design;
use ocop_stamp::press::fitting;
use ocop_stamp::printing::Design;
use ocop_stamp::store::{Store, batches, orders as rows, producers, products};

use super::open;
use crate::desk::{
    APPROVER, act, approve_design, approved, by, enter, entry, issue, issuer, noon, print_settings,
    product, self_paid, shipped_design, today,
};

const LONG: &str =
    "Bộ bát đĩa gốm sứ men lam vẽ tay hoa sen đỏ kèm ấm chén và khay gỗ loại đặc biệt";

fn office() -> Worker {
    Worker { login: "can-bo".into(), organisation: Organisation::Office, at: noon(today()) }
}

fn long_product(store: &Store) -> ProductId {
    enter(store, &entry(LONG))
}

/// The shipped design with another text in the place of the producer's name.
fn saying(text: &str) -> NewDesign {
    let design = Design::by_name("sen-25x35").unwrap().unwrap();
    let toml = design.toml().replace("text = \"{producer}\"", &format!("text = \"{text}\""));
    assert_ne!(toml, design.toml());
    let design = new_design(&Design::new("rieng", &toml, design.art()).unwrap());
    NewDesign { right: shipped_design("sen-25x35").right, ..design }
}

fn is_barred(why: &Ineligible, text: &str) -> bool {
    let Ineligible::NoDesign(misfits) = why else { return false };
    matches!(&misfits[..], [it] if it.why == MisfitReason::NoRoom(text.into()))
}

#[test]
fn a_product_that_no_approved_design_can_carry_gets_no_codes_and_is_told_which_text_has_no_room() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = long_product(store);
    let order = ordering::place(store, &self_paid(product, 5), act()).unwrap().id;
    // Nothing is known of designs yet.
    assert!(carried::<OrderError>(store, product, today()).is_ok());
    approve_design(store, &shipped_design("sen-25x35"));
    let step = |step, who: &Worker| orders::step(store, who, order, step, "", None);
    let refused = step(OrderMove::Submit, &office()).unwrap_err();
    let OrderError::Ineligible(why) = &refused else { panic!("{refused}") };
    assert!(is_barred(why, LONG), "{why}");
    let state = |id| store.read(|register| rows::get(register, id)).unwrap().unwrap().state;
    assert_eq!(state(order), OrderState::Draft);

    ordering::step(store, order, OrderMove::Submit, "", act()).unwrap();
    assert!(matches!(step(OrderMove::Approve, &office()), Err(OrderError::Ineligible(_))));
    ordering::step(store, order, OrderMove::Approve, "", by(APPROVER)).unwrap();
    let refused = orders::issue(store, &office(), Some(&issuer(store)), order).unwrap_err();
    assert!(matches!(&refused, IssueError::Ineligible(why) if is_barred(why, LONG)), "{refused}");
    assert!(store.read(|register| batches::of_order(register, order)).unwrap().is_none());

    // One design with room is enough: of this one the product's name is no part.
    approve_design(store, &shipped_design("qr-20"));
    orders::issue(store, &office(), Some(&issuer(store)), order).unwrap();
    assert!(store.read(|register| batches::of_order(register, order)).unwrap().is_some());
}

#[test]
fn a_short_name_is_ordered_and_issued_as_before_and_repeating_a_step_asks_nothing() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    approve_design(store, &shipped_design("sen-25x35"));
    let order = ordering::place(store, &self_paid(product, 5), act()).unwrap().id;
    for taken in [OrderMove::Submit, OrderMove::Submit] {
        assert_eq!(
            orders::step(store, &office(), order, taken, "", None).unwrap().state,
            OrderState::Submitted
        );
    }
}

#[test]
fn the_products_that_a_design_cannot_carry_are_found_among_all_of_the_register() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let design = Design::by_name("sen-25x35").unwrap().unwrap();
    product(store);
    assert!(fitting::misfits(store, &design, today()).unwrap().is_empty());
    long_product(store);
    let misfits = fitting::misfits(store, &design, today()).unwrap();
    let [(product, misfit)] = &misfits[..] else { panic!("{misfits:?}") };
    assert_eq!((product.as_str(), &misfit.why), (LONG, &MisfitReason::NoRoom(LONG.into())));
}

#[test]
fn a_commune_is_printed_as_the_register_had_it_when_the_codes_were_issued_or_the_design_is_refused()
{
    let Some(register) = open() else { return };
    let store = &register.store;
    let folder = tempfile::tempdir().unwrap();
    let settings = print_settings(folder.path());
    let product = product(store);
    approve_design(store, &saying("{commune}"));
    let make = |batch| {
        let wanted = Wanted { layout: "a4".into(), design: "rieng".into(), ..Wanted::default() };
        sheets::make(store, &settings, &office(), batch, &wanted)
    };
    let nowhere = issue(store, approved(store, &self_paid(product, 3)));
    let refused = make(nowhere.number).unwrap_err();
    let SheetsError::Press(why) = &refused else { panic!("{refused}") };
    assert_eq!(why.misfit().unwrap().why, MisfitReason::Lacks("commune"));
    assert!(refused.to_string().contains("the product has no commune"), "{refused}");
    assert!(matches!(
        carried::<OrderError>(store, product, today()),
        Err(OrderError::Ineligible(Ineligible::NoDesign(_)))
    ));

    place(store, product, Commune::from_code("00577"));
    make(nowhere.number).unwrap();
    let batch = issue(store, approved(store, &self_paid(product, 3)));
    let commune = Commune::from_code("00577").unwrap().title();
    assert_eq!(batch.intent.face.commune.as_deref(), Some(commune));
    make(batch.number).unwrap();
    let printed = |batch: &str| {
        let dir = folder.path().join("sheets").join(batch);
        std::fs::read(dir.join(format!("{batch}-a4-rieng-001.pdf"))).unwrap()
    };
    let before = printed("0002");
    // The producer moves: what was printed stays as it was, to the byte.
    place(store, product, Commune::from_code("00004"));
    make(batch.number).unwrap();
    assert!(printed("0002") == before, "other bytes");
    let kept = store.read(|register| batches::get(register, batch.number)).unwrap().unwrap();
    assert_eq!(kept.intent.face.commune.as_deref(), Some(commune));
}

/// Enters where a product's producer is.
fn place(store: &Store, product: ProductId, commune: Option<Commune>) {
    store
        .write(|register| {
            let (_, maker) = products::get(register, product)?.unwrap();
            let mut details = maker.details.clone();
            details.contact = Contact { commune, ..details.contact };
            producers::update(register, maker.id, &details)
        })
        .unwrap();
}

#[test]
fn an_order_has_proofs_with_its_own_texts_before_it_is_approved() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let folder = tempfile::tempdir().unwrap();
    let settings = print_settings(folder.path());
    let order = ordering::place(store, &self_paid(product(store), 5), act()).unwrap();
    let find =
        || -> OrderProofs { proofs::seen(store, &settings, &office(), order.id).unwrap().unwrap() };
    // Before a design is approved, that of the settings.
    let first = find();
    let shown: Vec<_> =
        first.designs.iter().map(|it| (it.design.name.as_str(), it.is_approved)).collect();
    assert_eq!(shown, [("sen-25x35", false)]);
    approve_design(store, &shipped_design("qr-20"));
    approve_design(store, &saying("{commune}"));
    let found = find();
    let names: Vec<&str> = found.designs.iter().map(|it| it.design.name.as_str()).collect();
    assert_eq!(names, ["qr-20", "rieng"]);
    assert_eq!(found.first().unwrap().design.name, "qr-20", "the one that can carry the product");
    let why = found.named("rieng").unwrap().why_not.as_ref().unwrap();
    assert_eq!(why.why, MisfitReason::Lacks("commune"));

    let pdf = |design| proofs::stamp(store, &settings, &office(), (order.id, design));
    assert!(pdf("qr-20").unwrap().unwrap().starts_with(b"%PDF"));
    assert!(pdf("sen-25x35").unwrap().is_none(), "not approved");
    assert!(pdf("rieng").unwrap_err().misfit().is_some());
    let stranger = Worker { organisation: Organisation::Producer(ProducerId(999)), ..office() };
    assert!(proofs::seen(store, &settings, &stranger, order.id).unwrap().is_none());
}
