use ocop_stamp::accounting::Selection;
use ocop_stamp::delivery::{self, JobError};
use ocop_stamp::desk::Worker;
use ocop_stamp::desk::batches::{Step, step};
use ocop_stamp::desk::effect::Effect;
use ocop_stamp::desk::sheets::{self, SheetsError, Wanted};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::ids::{ProducerId, ShopId};
use ocop_stamp::domain::print_job::JobState;
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::domain::serial::BatchNumber;
use ocop_stamp::domain::sheet::Printing;
use ocop_stamp::domain::stamp::StampMove;
use ocop_stamp::store::{Store, batches, products};

use super::delivery::{assigned, hand_over, minutes, print, receive};
use super::open;
use crate::desk::{approve_design, noon, only, print_settings, serials, shipped_design, today};

fn worker(login: &str, organisation: Organisation) -> Worker {
    Worker { login: login.into(), organisation, at: noon(today()) }
}

fn shop_of(store: &Store, batch: &Batch) -> Worker {
    let job = delivery::file(store, batch.number).unwrap().unwrap().job;
    worker("xuong-in", Organisation::PrintShop(job.shop))
}

fn producer_of(store: &Store, batch: &Batch) -> Worker {
    let found = store.read(|register| {
        let batch = batches::get(register, batch.number)?.unwrap();
        products::get(register, batch.intent.product)
    });
    worker("chu-the", Organisation::Producer(found.unwrap().unwrap().1.id))
}

fn state(store: &Store, batch: BatchNumber) -> JobState {
    delivery::file(store, batch).unwrap().unwrap().job.state
}

fn on(layout: &str, design: &str) -> Wanted {
    Wanted { layout: layout.into(), design: design.into(), ..Wanted::default() }
}

#[test]
fn a_print_shop_makes_and_fetches_the_sheets_of_its_batches_and_of_no_others() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let folder = tempfile::tempdir().unwrap();
    let settings = print_settings(folder.path());
    let batch = assigned(store, 5);
    let shop = shop_of(store, &batch);
    let make = |who: &Worker, layout: &str, design: &str| {
        sheets::make(store, &settings, who, batch.number, &on(layout, design))
    };
    let unapproved = make(&shop, "a4", "sen-25x35").unwrap_err();
    assert!(matches!(unapproved, SheetsError::Order(_)), "{unapproved}");
    approve_design(store, &shipped_design("sen-25x35"));
    make(&shop, "a4", "sen-25x35").unwrap();
    make(&shop, "a4", "sen-25x35").unwrap();

    let found = sheets::get(store, &settings, &shop, batch.number).unwrap().unwrap();
    let [parcel] = &found.parcels[..] else { panic!("{:?}", found.parcels) };
    assert_eq!((parcel.facts.stamps, parcel.facts.sheets), (5, 1));
    assert_eq!(state(store, batch.number), JobState::Assigned, "making them is no download");
    let volume = &parcel.entries[0];
    for is_beginning in [true, false] {
        sheets::open(store, &shop, batch.number, (parcel, volume), is_beginning).unwrap();
    }
    let job = delivery::file(store, batch.number).unwrap().unwrap();
    assert_eq!(job.job.state, JobState::Printing);
    let [(download, done)] = &job.downloads[..] else { panic!("{:?}", job.downloads) };
    assert_eq!(
        (&*download.file, download.sheets, &*done.by),
        (&*volume.name, Some((1, 1)), "xuong-in")
    );

    let printing = Printing { layout: "a4".into(), design: "sen-25x35".into() };
    for other in [Organisation::PrintShop(ShopId(999)), Organisation::Producer(ProducerId(999))] {
        let stranger = worker("la", other);
        assert!(sheets::get(store, &settings, &stranger, batch.number).unwrap().is_none());
        let parcel = sheets::parcel(store, &settings, &stranger, batch.number, &printing);
        assert!(parcel.unwrap().is_none());
        assert!(matches!(make(&stranger, "a4", "sen-25x35"), Err(SheetsError::NoBatch)));
    }
}

#[test]
fn no_path_of_somebody_elses_choosing_is_read_for_sheets() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let folder = tempfile::tempdir().unwrap();
    let settings = print_settings(folder.path());
    let batch = assigned(store, 5);
    approve_design(store, &shipped_design("sen-25x35"));
    let layout = folder.path().join("x.toml");
    std::fs::write(&layout, "title = \"x\"\npage_mm = [100, 100]\n").unwrap();
    let (shop, layout) = (shop_of(store, &batch), layout.to_str().unwrap());
    let made = sheets::make(store, &settings, &shop, batch.number, &on(layout, "sen-25x35"));
    assert!(matches!(made, Err(SheetsError::NoLayout)), "{made:?}");
}

#[test]
fn each_side_reports_only_the_stamps_that_it_has() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 5);
    let all = serials(store, &batch);
    let (shop, producer) = (shop_of(store, &batch), producer_of(store, &batch));
    let report = |who: &Worker, serial: usize| {
        let lost = Step::Report(StampMove::Lose, only(all[serial]), "rơi mất".into());
        step(store, who, batch.number, &lost)
    };
    let elsewhere = |refused: Result<Effect, JobError>| refused.unwrap_err().key() == "elsewhere";
    assert!(elsewhere(report(&producer, 0)));
    report(&shop, 0).unwrap();
    print(store, &batch, &[], None);
    hand_over(store, &batch, &minutes("1"));
    receive(store, &batch, "1", 4);
    assert!(elsewhere(report(&shop, 1)));
    report(&producer, 1).unwrap();
    report(&producer, 1).unwrap();
    let silent = Step::Cancel(only(all[2]), " ".into());
    let refused = step(store, &producer, batch.number, &silent);
    assert!(matches!(refused, Err(JobError::NoReason(_))), "{refused:?}");
    let other = Step::Cancel(Selection::Batch(BatchNumber::new(99).unwrap()), "x".into());
    let refused = step(store, &producer, batch.number, &other);
    assert!(matches!(refused, Err(JobError::OtherBatch(_))), "{refused:?}");
}
