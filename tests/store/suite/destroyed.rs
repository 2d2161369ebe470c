//! Destructions where people and stamps do not do what one expects.

use ocop_stamp::accounting::destroying::{self, DestroyError, RUNS_MAX};
use ocop_stamp::desk::todo::{self, Waits};
use ocop_stamp::desk::{self, Worker, destructions as at_desk};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::destruction::{
    Destruction, DestructionMinutes, DestructionMove, DestructionState,
};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::domain::serial::BatchNumber;
use ocop_stamp::domain::stamp::StampMove;
use ocop_stamp::store::due_list::{DueColumn, DueFilter};
use ocop_stamp::store::listing::Sort;
use ocop_stamp::store::{Store, StoreError, print_shops, stamps};

use super::delivery::assigned;
use super::open;
use crate::desk::{APPROVER, act, by, issued, noon, only, serials, step, today};

fn record(store: &Store, batch: &Batch, number: &str) -> Destruction {
    let minutes = DestructionMinutes {
        number: number.into(),
        destroyed_on: today(),
        place: "Kho".into(),
        witnesses: "Ông Vũ Văn Chứng".into(),
        reason: "Tem hỏng".into(),
    };
    destroying::record(store, batch.number, &minutes, act()).unwrap()
}

fn decide(
    store: &Store,
    made: &Destruction,
    step: DestructionMove,
    who: &str,
) -> Result<Destruction, DestroyError> {
    destroying::decide(store, made.id, step, "vì sao", by(who))
}

fn at_work(organisation: Organisation) -> Worker {
    Worker { login: "x".into(), organisation, at: noon(today()) }
}

fn waiting(store: &Store, organisation: Organisation) -> Vec<BatchNumber> {
    let list = DueFilter { waiting: true, ..DueFilter::default() };
    let sort = Sort { column: DueColumn::Batch, is_descending: false };
    let page = desk::page(store, &at_work(organisation), &list, sort, 1).unwrap();
    page.items.into_iter().map(|it| it.listed.number).collect()
}

#[test]
fn who_repeats_a_step_that_somebody_else_took_is_told_who_and_when() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    step(store, &only(serials(store, &batch)[0]), StampMove::Spoil);
    let made = record(store, &batch, "1");
    let refused = decide(store, &made, DestructionMove::Refuse, APPROVER).unwrap();
    let again = decide(store, &made, DestructionMove::Refuse, "lê văn duyệt ").unwrap();
    assert_eq!(again, refused, "one's own step again changes nothing");
    for who in ["Phạm Thị Khác", act().by] {
        let told = decide(store, &made, DestructionMove::Refuse, who).unwrap_err();
        let said = told.to_string();
        let DestroyError::Decided { state, done, .. } = told else { panic!("{said}") };
        assert_eq!((state, &*done.by), (DestructionState::Refused, APPROVER));
        assert!(said.contains(APPROVER) && said.contains("23/11/2026"), "{said}");
    }
}

#[test]
fn who_recorded_a_destruction_withdraws_it_however_their_name_is_typed() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    step(store, &only(serials(store, &batch)[0]), StampMove::Spoil);
    let made = record(store, &batch, "1");
    let typed = act().by.to_lowercase();
    let withdrawn = decide(store, &made, DestructionMove::Withdraw, &typed).unwrap();
    assert_eq!(withdrawn.state, DestructionState::Withdrawn);
    assert_eq!(withdrawn.decided.unwrap().0.by, act().by);
}

#[test]
fn a_destruction_waits_on_the_list_even_where_all_stamps_were_cancelled_since() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    step(store, &only(serials(store, &batch)[0]), StampMove::Spoil);
    let made = record(store, &batch, "1");
    store
        .write(|c| -> Result<(), StoreError> {
            stamps::apply(c, &batch.number.serials(), StampMove::Cancel).map(drop)
        })
        .unwrap();
    let counted = || {
        let all = [Waits::Destructions].into_iter();
        todo::counts(store, &at_work(Organisation::Office), all).unwrap()[0].1
    };
    assert_eq!((waiting(store, Organisation::Office), counted()), (vec![batch.number], 1));
    decide(store, &made, DestructionMove::Refuse, APPROVER).unwrap();
    assert_eq!((waiting(store, Organisation::Office), counted()), (Vec::new(), 0));
}

#[test]
fn a_print_shop_sees_what_was_destroyed_and_not_what_the_office_recorded_or_refused() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let shop = Organisation::PrintShop(store.read(print_shops::all).unwrap()[0].id);
    step(store, &only(serials(store, &batch)[0]), StampMove::Spoil);
    let seen = |who| {
        let found = at_desk::get(store, &at_work(who), batch.number).unwrap().unwrap();
        found.recorded.into_iter().map(|it| it.state.key()).collect::<Vec<_>>()
    };
    let one = |who, made: &Destruction| at_desk::one(store, &at_work(who), made.id).unwrap();
    let refused = record(store, &batch, "1");
    assert!(waiting(store, shop).is_empty());
    assert_eq!((seen(Organisation::Office), seen(shop)), (vec!["proposed"], Vec::new()));
    decide(store, &refused, DestructionMove::Refuse, APPROVER).unwrap();
    assert!(one(Organisation::Office, &refused).is_some() && one(shop, &refused).is_none());
    let confirmed = record(store, &batch, "2");
    decide(store, &confirmed, DestructionMove::Confirm, APPROVER).unwrap();
    assert_eq!(seen(Organisation::Office), ["refused", "confirmed"]);
    assert_eq!(seen(shop), ["confirmed"]);
    assert!(one(shop, &confirmed).is_some());
}

#[test]
fn a_batch_with_more_runs_than_one_destruction_takes_is_emptied_by_a_second_one() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let more = 3;
    let batch = issued(store, u32::try_from(2 * (RUNS_MAX + more)).unwrap());
    let every_other = serials(store, &batch).into_iter().step_by(2);
    store
        .write(|c| -> Result<(), StoreError> {
            for serial in every_other {
                stamps::apply(c, &(serial..=serial), StampMove::Spoil)?;
            }
            Ok(())
        })
        .unwrap();
    let due = || store.read(|c| destroying::due(c, &batch, today())).unwrap();
    for (number, stamps, has_more) in [("1", RUNS_MAX, true), ("2", more, false)] {
        assert_eq!((due().runs.len(), due().has_more), (stamps, has_more), "{number}");
        let made = record(store, &batch, number);
        decide(store, &made, DestructionMove::Confirm, APPROVER).unwrap();
    }
    assert!(due().runs.is_empty());
}
