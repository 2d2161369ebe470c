//! What waits for people is counted by what their role does, and bounded by their organisation.

use ocop_stamp::accounting::destroying;
use ocop_stamp::delivery;
use ocop_stamp::desk::Worker;
use ocop_stamp::desk::todo::{self, Waits};
use ocop_stamp::domain::audit::Action;
use ocop_stamp::domain::destruction::{DestructionMinutes, DestructionMove};
use ocop_stamp::domain::ids::LotId;
use ocop_stamp::domain::print_job::JobState;
use ocop_stamp::domain::role::{Organisation, Role};
use ocop_stamp::domain::stamp::StampMove;
use ocop_stamp::store::batch_list::{BatchStage, Difference};
use ocop_stamp::store::{Store, audit, outbox, print_shops};

use super::delivery::{assigned, hand_over, minutes, print};
use super::open;
use crate::desk::{APPROVER, act, by, issued, noon, only, product, serials, sql, step, today};

fn waits(store: &Store, role: Role, organisation: Organisation, what: Waits) -> u64 {
    let worker = Worker { login: "x".into(), organisation, at: noon(today()) };
    let all = todo::counts(store, &worker, todo::of_role(role)).unwrap();
    all.into_iter().find(|(waits, _)| *waits == what).unwrap().1
}

fn office(store: &Store, role: Role, what: Waits) -> u64 {
    waits(store, role, Organisation::Office, what)
}

#[test]
fn a_destruction_waits_for_the_office_until_somebody_else_decides() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 4);
    step(store, &only(serials(store, &batch)[0]), StampMove::Spoil);
    assert_eq!(office(store, Role::Approver, Waits::Destructions), 0);
    let said = DestructionMinutes {
        number: "1".into(),
        destroyed_on: today(),
        place: "Kho".into(),
        witnesses: "Ông Vũ Văn Chứng".into(),
        reason: "Tem hỏng".into(),
    };
    let made = destroying::record(store, batch.number, &said, act()).unwrap();
    assert_eq!(office(store, Role::Approver, Waits::Destructions), 1);
    assert_eq!(office(store, Role::Officer, Waits::Recorded), 1);
    let login = act().by.to_lowercase();
    let recorder = Worker { login, organisation: Organisation::Office, at: noon(today()) };
    let own = todo::counts(store, &recorder, [Waits::Destructions].into_iter()).unwrap();
    assert_eq!(own, [(Waits::Destructions, 0)], "nobody confirms what they recorded");
    let confirm = DestructionMove::Confirm;
    destroying::decide(store, made.id, confirm, "", by(APPROVER)).unwrap();
    assert_eq!(office(store, Role::Approver, Waits::Destructions), 0);
}

#[test]
fn a_batch_waits_for_its_shop_then_for_its_producer_and_for_nobody_else() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let shop = store.read(print_shops::all).unwrap()[0].id;
    let shop = Organisation::PrintShop(shop);
    let stage = |state| Waits::Batches(BatchStage::AtShop(state));
    let at_shop = |state| waits(store, Role::PrintShop, shop, stage(state));
    assert_eq!(at_shop(JobState::Assigned), 1);
    let stranger = Organisation::PrintShop(ocop_stamp::domain::ids::ShopId(999));
    assert_eq!(waits(store, Role::PrintShop, stranger, stage(JobState::Assigned)), 0);
    print(store, &batch, &[], None);
    assert_eq!((at_shop(JobState::Assigned), at_shop(JobState::Printed)), (0, 1));
    hand_over(store, &batch, &minutes("BG-1"));
    let unconfirmed = stage(JobState::HandedOver);
    assert_eq!(office(store, Role::Officer, unconfirmed), 1);
    assert_eq!(office(store, Role::Auditor, Waits::Differences(Difference::Open)), 0);
    delivery::receive(store, batch.number, "BG-1", 9, Some("thiếu một tem"), by("HTX")).unwrap();
    assert_eq!(office(store, Role::Officer, unconfirmed), 0);
    assert_eq!(office(store, Role::Auditor, Waits::Differences(Difference::Open)), 1);
}

#[test]
fn an_administrator_is_told_of_letters_that_fail_and_an_auditor_of_weighty_acts() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let letter = ("key", "a@example.vn", "Nhắc", "Nội dung");
    let at = noon(today());
    store.write(|register| outbox::put(register, letter, at)).unwrap();
    assert_eq!(office(store, Role::Administrator, Waits::Letters), 0, "it was not tried yet");
    let waiting = store.read(|register| outbox::due(register, at)).unwrap().unwrap();
    store.write(|it| outbox::set_outcome(it, waiting.id, Err("busy"))).unwrap();
    assert_eq!(office(store, Role::Administrator, Waits::Letters), 1);
    let before = office(store, Role::Auditor, Waits::Acts);
    let today = ocop_stamp::domain::act::Act { by: APPROVER, at };
    for action in [Action::RecallLot, Action::SignIn] {
        let entry = action.on(LotId(1)).because("vì sao");
        store.write(|it| audit::record(it, today, &entry)).unwrap();
    }
    assert_eq!(office(store, Role::Auditor, Waits::Acts), before + 1);
}

#[test]
fn a_product_has_nearly_used_its_quota_until_it_has_used_it_up() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store).0;
    let used = |stamps: u32| {
        sql(store, "DELETE FROM quotas").unwrap();
        let row = format!("INSERT INTO quotas VALUES ({product}, 1, 2000, {stamps})");
        sql(store, &row).unwrap();
        office(store, Role::Administrator, Waits::Plans)
    };
    assert_eq!([1_799, 1_800, 1_999, 2_000].map(used), [0, 1, 1, 0]);
}

#[test]
fn everything_that_can_wait_for_a_role_is_counted_on_an_empty_register() {
    let Some(register) = open() else { return };
    for role in Role::ALL {
        let organisation = Organisation::Office;
        let worker = Worker { login: "x".into(), organisation, at: noon(today()) };
        for (waits, count) in todo::counts(&register.store, &worker, todo::of_role(role)).unwrap() {
            assert_eq!(count, 0, "{role:?}: {waits:?}");
        }
    }
}
