use ocop_stamp::accounting::{self, Selection};
use ocop_stamp::delivery::{self, JobError, Spoiled};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::ids::ShopId;
use ocop_stamp::domain::order::OrderState;
use ocop_stamp::domain::order::{NewOrder, OrderMove, Quantity};
use ocop_stamp::domain::print_job::{Download, HandOver, JobState, Minutes, PrintJob};
use ocop_stamp::domain::print_shop::{NoLicence, ShopDetails};
use ocop_stamp::domain::stamp::{StampMove, StampState};
use ocop_stamp::issuance::Irreplaceable;
use ocop_stamp::issuance::ordering::{self, OrderError};
use ocop_stamp::register::shops::{self, ShopError};
use ocop_stamp::store::print_jobs::JobFilter;
use ocop_stamp::store::{Store, audit, plans, print_shops};

use super::open;
use crate::desk::{
    APPROVER, act, by, codes, day, enter, entry, funded, issue, issued, lot, only, product,
    serials, sql, step, today,
};

pub(crate) const SHOP: &str = "Xưởng in Mẫu";
pub(crate) const PRODUCER: &str = "HTX Mẫu";

pub(crate) fn details(name: &str) -> ShopDetails {
    ShopDetails {
        name: name.into(),
        address: Some("Hà Nội".into()),
        phone: None,
        licence_number: "12/GP-IN".into(),
        licence_issuer: None,
        licence_ends_on: Some(day(2027, 6, 30)),
        is_active: true,
    }
}

/// A batch at a shop.
pub(crate) fn assigned(store: &Store, stamps: u32) -> Batch {
    let batch = issued(store, stamps);
    let shop = shops::add(store, &details(SHOP), act()).unwrap();
    delivery::assign(store, batch.number, shop.id, None, "", act()).unwrap();
    batch
}

pub(crate) fn job(store: &Store, batch: &Batch) -> PrintJob {
    delivery::file(store, batch.number).unwrap().unwrap().job
}

fn actions(store: &Store, batch: &Batch) -> Vec<&'static str> {
    let history = delivery::file(store, batch.number).unwrap().unwrap().history;
    history.into_iter().map(|entry| entry.action.key()).collect()
}

pub(crate) fn print(store: &Store, batch: &Batch, spoiled: &[Spoiled], stated: Option<u64>) {
    delivery::report_printed(store, batch.number, spoiled, stated, by(SHOP)).unwrap();
}

pub(crate) fn minutes(number: &str) -> Minutes {
    Minutes { number: number.into(), handed_on: today(), stated: None }
}

pub(crate) fn hand_over(store: &Store, batch: &Batch, minutes: &Minutes) -> HandOver {
    let all = Selection::Batch(batch.number);
    delivery::hand_over(store, batch.number, minutes, &all, by(SHOP)).unwrap().0
}

pub(crate) fn receive(store: &Store, batch: &Batch, minutes: &str, stamps: u64) {
    delivery::receive(store, batch.number, minutes, stamps, None, by(PRODUCER)).unwrap();
}

pub(crate) fn spoiled(which: Selection) -> Spoiled {
    Spoiled { which, reason: "lệch màu".into() }
}

#[test]
fn a_shop_is_entered_once_and_changed_with_a_trace() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let first = shops::add(store, &details(SHOP), act()).unwrap();
    assert_eq!(shops::add(store, &details(SHOP), act()).unwrap(), first);
    let issuer = Some("Sở Văn hóa và Thể thao".into());
    let other = ShopDetails { licence_issuer: issuer, ..details(&SHOP.to_uppercase()) };
    let taken = shops::add(store, &other, act()).unwrap_err();
    assert!(matches!(taken, ShopError::NameTaken(_, id) if id == first.id), "{taken}");
    let changed = shops::update(store, first.id, &other, act()).unwrap();
    assert_eq!(shops::update(store, first.id, &other, act()).unwrap(), changed);
    let known = store.read(|register| print_shops::get(register, first.id)).unwrap().unwrap();
    assert_eq!(known.details.licence(), "12/GP-IN, Sở Văn hóa và Thể thao");
    let nameless = shops::add(store, &details(" "), act()).unwrap_err();
    assert!(matches!(nameless, ShopError::Name), "{nameless}");
    let unlicensed = ShopDetails { licence_number: String::new(), ..details("B") };
    assert!(matches!(shops::add(store, &unlicensed, act()), Err(ShopError::Licence)));
    let long = ShopDetails { licence_issuer: Some("x".repeat(201)), ..details("C") };
    assert!(matches!(shops::add(store, &long, act()), Err(ShopError::Licence)));
    let entries = store.read(|register| audit::history(register, first.id)).unwrap();
    assert_eq!(entries.len(), 2, "{entries:?}");
}

#[test]
fn a_shop_is_not_to_deliver_on_a_day_that_is_past() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 5);
    let shop = shops::add(store, &details(SHOP), act()).unwrap();
    let assign = |due_on| delivery::assign(store, batch.number, shop.id, due_on, "", act());
    let yesterday = today().pred_opt();
    assert!(matches!(assign(yesterday), Err(JobError::PastDay(day)) if Some(day) == yesterday));
    assert!(delivery::file(store, batch.number).unwrap().is_none());
    assert_eq!(assign(Some(today())).unwrap().wanted_on, Some(today()));
    assert_eq!(assign(None).unwrap().wanted_on, Some(today()), "what was agreed on holds");
}

#[test]
fn a_batch_goes_to_a_shop_whose_licence_is_in_force() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 5);
    let mut details = details(SHOP);
    details.licence_ends_on = Some(day(2026, 11, 22));
    let shop = shops::add(store, &details, act()).unwrap();
    let assign = || delivery::assign(store, batch.number, shop.id, None, "", act());
    assert!(matches!(assign(), Err(JobError::Licence(NoLicence::Ended(..)))));
    details.licence_ends_on = Some(today());
    details.is_active = false;
    shops::update(store, shop.id, &details, act()).unwrap();
    assert!(matches!(assign(), Err(JobError::Licence(NoLicence::Inactive(_)))));
    details.is_active = true;
    shops::update(store, shop.id, &details, act()).unwrap();
    assert_eq!(assign().unwrap().state, JobState::Assigned);
    let nobody = delivery::assign(store, batch.number, ShopId(99), None, "", act()).unwrap_err();
    assert!(matches!(nobody, JobError::NoShop(_)), "{nobody}");
}

#[test]
fn a_batch_changes_shops_until_a_file_is_fetched() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 5);
    let other = shops::add(store, &details("Xưởng khác"), act()).unwrap();
    let assign = |shop| delivery::assign(store, batch.number, shop, None, "máy hỏng", act());
    assert_eq!(assign(other.id).unwrap().shop, other.id);
    assert_eq!(assign(other.id).unwrap().shop, other.id, "repeated, nothing changes");
    let file = Download { file: "0001-001.pdf".into(), sheets: Some((1, 1)) };
    for _ in 0..2 {
        let noted = delivery::note_download(store, batch.number, &file, by(SHOP)).unwrap();
        assert_eq!(noted.state, JobState::Printing);
    }
    let downloads = delivery::file(store, batch.number).unwrap().unwrap().downloads;
    assert_eq!(downloads.len(), 2, "each time is noted");
    assert_eq!((&downloads[0].0, downloads[0].1.by.as_str()), (&file, SHOP));
    let first = shops::add(store, &details(SHOP), act()).unwrap();
    assert!(matches!(assign(first.id), Err(JobError::Begun(_))));
    let expected = ["job.assign", "job.assign", "job.download", "job.download"];
    assert_eq!(actions(store, &batch), expected);
}

#[test]
fn the_whole_way_is_repeated_safely_and_balances() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let serials = serials(store, &batch);
    for _ in 0..2 {
        print(store, &batch, &[spoiled(only(serials[0]))], None);
        let report = job(store, &batch).printed.unwrap();
        assert_eq!((report.stated, report.found), (9, 9));
    }
    for _ in 0..2 {
        let handed = hand_over(store, &batch, &minutes("1/BBBG"));
        assert_eq!((handed.stated, handed.moved), (9, 9));
        assert_eq!(job(store, &batch).state, JobState::HandedOver);
    }
    for _ in 0..2 {
        receive(store, &batch, "1/BBBG", 9);
        assert_eq!(job(store, &batch).state, JobState::Received);
    }
    accounting::activate(store, &only(serials[1]), &lot("L1"), by(PRODUCER)).unwrap();
    for _ in 0..2 {
        let closed = delivery::close(store, batch.number, None, act()).unwrap();
        assert_eq!(closed.state, JobState::Closed);
        assert_eq!(closed.closed.unwrap().signed_off, None);
    }
    let expected = ["job.assign", "job.printed", "job.hand_over", "job.receive", "job.close"];
    assert_eq!(actions(store, &batch), expected);
    let filter = JobFilter { shop: None, state: Some(JobState::Closed) };
    assert_eq!(delivery::list(store, filter, (0, 10)).unwrap().len(), 1);
}

#[test]
fn a_batch_is_handed_over_in_parts_and_received_when_all_are() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let serials = serials(store, &batch);
    print(store, &batch, &[], None);
    let part = Selection::Range(serials[0]..=serials[3]);
    let all = Selection::Batch(batch.number);
    let hand = |number, which: &Selection| {
        delivery::hand_over(store, batch.number, &minutes(number), which, by(SHOP))
            .map(|(made, _)| made)
    };
    assert_eq!(hand("1", &part).unwrap().moved, 4);
    assert_eq!(hand("1", &part).unwrap().moved, 4, "the same again");
    // Other stamps on the same minutes are no repetition.
    let other = Selection::Range(serials[4]..=serials[5]);
    for which in [&other, &all] {
        assert!(matches!(hand("1", which), Err(JobError::MinutesTaken(_))), "{which:?}");
    }
    receive(store, &batch, "1", 4);
    assert_eq!(job(store, &batch).state, JobState::Received);
    let left = delivery::close(store, batch.number, Some("thôi"), by(APPROVER)).unwrap_err();
    assert!(matches!(left, JobError::StillInPrint(6)), "{left}");
    assert_eq!(hand("2", &all).unwrap().moved, 6);
    assert_eq!(job(store, &batch).state, JobState::HandedOver);
    assert!(matches!(delivery::close(store, batch.number, None, act()), Err(JobError::Move(_))));
    let none_left = hand("3", &all).unwrap_err();
    assert!(matches!(none_left, JobError::Stamps(_)), "{none_left}");
    receive(store, &batch, "2", 6);
    delivery::close(store, batch.number, None, act()).unwrap();
}

#[test]
fn what_is_said_wrongly_is_refused_with_the_reason() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (batch, other) = (assigned(store, 5), issued(store, 5));
    let number = batch.number;
    let report = |spoiled: &[Spoiled], stated| {
        delivery::report_printed(store, number, spoiled, stated, by(SHOP)).unwrap_err()
    };
    let elsewhere = spoiled(only(serials(store, &other)[0]));
    assert!(matches!(report(&[elsewhere], None), JobError::OtherBatch(_)));
    let silent = Spoiled { reason: " ".into(), ..spoiled(only(serials(store, &batch)[0])) };
    assert!(matches!(report(&[silent], None), JobError::NoReason(_)));
    assert!(matches!(report(&[], Some(6)), JobError::TooMany(6)));
    let all = Selection::Batch(number);
    let hand = |minutes: &Minutes| {
        delivery::hand_over(store, number, minutes, &all, by(SHOP)).unwrap_err()
    };
    assert!(matches!(hand(&minutes("1")), JobError::Move(_)), "nothing is printed yet");
    print(store, &batch, &[], None);
    assert!(matches!(hand(&minutes("  ")), JobError::Minutes));
    let tomorrow = Minutes { handed_on: day(2026, 11, 24), ..minutes("1") };
    assert!(matches!(hand(&tomorrow), JobError::FutureDay(_)));
    let before = Minutes { handed_on: day(2026, 11, 22), ..minutes("1") };
    assert!(matches!(hand(&before), JobError::BeforeIssue(_)), "there were no stamps yet");
    let counted = |stated| Minutes { stated: Some(stated), ..minutes("1") };
    assert!(matches!(hand(&counted(6)), JobError::TooMany(6)));
    assert!(matches!(hand(&counted(0)), JobError::NoStamps));
    hand_over(store, &batch, &minutes("1"));
    let otherwise = Minutes { stated: Some(4), ..minutes("1") };
    assert!(matches!(hand(&otherwise), JobError::MinutesTaken(_)));
    let receive = |minutes, stamps, reason, by_| {
        delivery::receive(store, number, minutes, stamps, reason, by(by_)).unwrap_err()
    };
    assert!(matches!(receive("2", 5, None, PRODUCER), JobError::NoMinutes(..)));
    assert!(matches!(receive("1", 6, Some("thừa"), PRODUCER), JobError::MoreThanThere(6, 5)));
    assert!(matches!(receive("1", u64::MAX, Some("thừa"), PRODUCER), JobError::MoreThanThere(..)));
    assert!(matches!(receive("1", 5, None, SHOP), JobError::SamePerson(_)));
    assert!(matches!(receive("1", 4, Some(" "), PRODUCER), JobError::NoReason(_)));
    let nowhere = delivery::close(store, other.number, None, act()).unwrap_err();
    assert!(matches!(nowhere, JobError::NoJob(_)), "{nowhere}");
}

#[test]
fn a_difference_is_signed_off_by_somebody_who_had_no_part_in_it() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    print(store, &batch, &[], Some(10));
    hand_over(store, &batch, &minutes("1"));
    let reason = Some("thiếu một tem");
    let received = || delivery::receive(store, batch.number, "1", 9, reason, by(PRODUCER));
    received().unwrap();
    assert_eq!(received().unwrap().receipt.unwrap().stamps, 9);
    let changed = delivery::receive(store, batch.number, "1", 10, None, by(PRODUCER)).unwrap_err();
    assert!(matches!(changed, JobError::ReceivedAlready(_, 9)), "{changed}");
    let close = |sign_off, by_| delivery::close(store, batch.number, sign_off, by(by_));
    let unbalanced = close(None, APPROVER).unwrap_err().to_string();
    assert!(unbalanced.contains("state 10, 9 were received"), "{unbalanced}");
    for part in [SHOP, PRODUCER, " htx mẫu "] {
        assert!(matches!(close(reason, part), Err(JobError::SamePerson(_))), "{part}");
    }
    let closed = close(Some("đã lập biên bản"), APPROVER).unwrap().closed.unwrap();
    assert!(closed.signed_off.unwrap().starts_with("đã lập biên bản"));
}

#[test]
fn a_batch_spoiled_whole_is_closed_without_a_hand_over() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 5);
    print(store, &batch, &[spoiled(Selection::Batch(batch.number))], None);
    delivery::close(store, batch.number, None, act()).unwrap();
}

#[test]
fn spoiled_stamps_are_printed_anew_under_new_codes_by_the_same_shop_without_quota() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = funded(store, product(store), 2_000);
    let batch = issue(store, crate::desk::approved(store, &order));
    let shop = shops::add(store, &details(SHOP), act()).unwrap();
    delivery::assign(store, batch.number, shop.id, None, "", act()).unwrap();
    let serials = serials(store, &batch);
    print(store, &batch, &[spoiled(Selection::Range(serials[0]..=serials[2]))], None);
    // What was spoiled and then destroyed was still spoiled.
    step(store, &only(serials[0]), StampMove::Destroy);
    let reprint = |stamps: Option<u32>, key| {
        let quantity = stamps.map(|it| Quantity::new(it).unwrap());
        delivery::reprint(store, batch.number, quantity, key, "lệch màu", by(SHOP))
    };
    let over = reprint(Some(4), None).unwrap_err();
    let expected = "3 spoiled stamps of batch 0001 are not replaced yet, 4 were asked for";
    assert!(over.to_string().starts_with(expected), "{over}");
    let first = reprint(Some(1), Some("k")).unwrap();
    assert_eq!(reprint(Some(1), Some("k")).unwrap(), first, "asked twice, ordered once");
    let rest = reprint(None, None).unwrap();
    assert_eq!((rest.request.quantity.get(), rest.state), (2, OrderState::Submitted));
    assert!(matches!(reprint(None, None), Err(JobError::NothingToReplace(_))));
    // An order that is turned down replaces nothing.
    ordering::step(store, first.id, OrderMove::Reject, "không", by(APPROVER)).unwrap();
    assert_eq!(reprint(None, None).unwrap().request.quantity.get(), 1);
    ordering::step(store, rest.id, OrderMove::Approve, "", by(APPROVER)).unwrap();
    let replacement = issue(store, rest.id);
    assert_eq!(codes(store, &replacement).len(), 2);
    let theirs = job(store, &replacement);
    assert_eq!((theirs.shop, theirs.state), (shop.id, JobState::Assigned));
    let tally = accounting::tally(store, batch.number).unwrap();
    assert_eq!(tally.in_state(StampState::Spoiled), 2, "the old codes stay void");
    let left = store.read(|register| {
        let plan = plans::find(register, "KH 249/2021")?.unwrap();
        plans::remaining(register, &plan, batch.intent.product)
    });
    assert_eq!(left.unwrap(), 0, "the quota was used up before, and nothing is charged");
}

#[test]
fn an_order_replaces_stamps_of_an_issued_batch_of_its_product() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 5);
    step(store, &Selection::Batch(batch.number), StampMove::Spoil);
    let place = |order: NewOrder| match ordering::place(store, &order, act()) {
        Err(OrderError::Irreplaceable(why)) => Some(why),
        other => {
            other.unwrap();
            None
        }
    };
    let order =
        |product| NewOrder { replaces: Some(batch.number), ..crate::desk::self_paid(product, 5) };
    let other = enter(store, &entry("Trà"));
    assert!(matches!(place(order(other)), Some(Irreplaceable::OtherProduct(_))));
    let nowhere = ocop_stamp::domain::serial::BatchNumber::new(77);
    let lost = NewOrder { replaces: nowhere, ..order(batch.intent.product) };
    assert!(matches!(place(lost), Some(Irreplaceable::NoBatch(_))));
    assert_eq!(place(order(batch.intent.product)), None);
    let again = place(order(batch.intent.product));
    assert!(matches!(again, Some(Irreplaceable::TooMany { left: 0, .. })), "{again:?}");
}

#[test]
fn the_database_has_the_last_word_on_jobs_and_hand_overs() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 5);
    print(store, &batch, &[], None);
    hand_over(store, &batch, &minutes("1"));
    receive(store, &batch, "1", 5);
    for statement in [
        "UPDATE print_jobs SET state = 'lost'",
        "UPDATE print_jobs SET state = 'closed'",
        "UPDATE print_jobs SET printed_by = NULL",
        "UPDATE print_jobs SET shop_id = 77",
        "UPDATE hand_overs SET received_by = handed_by",
        "UPDATE hand_overs SET received_stamps = 4",
        "UPDATE hand_overs SET stated = -1",
        "UPDATE batch_tallies SET stamps = -1",
        "UPDATE print_shops SET licence_number = ''",
        "DELETE FROM print_shops",
    ] {
        assert!(sql(store, statement).is_err(), "{statement}");
    }
}
