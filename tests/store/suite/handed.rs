use ocop_stamp::accounting::{self, Selection};
use ocop_stamp::delivery::{self, JobError};
use ocop_stamp::domain::print_job::{JobState, Minutes};

use super::delivery::{PRODUCER, SHOP, assigned, job, minutes, print, receive, spoiled};
use super::open;
use crate::desk::{act, by, lot, only, serials, sql};

#[test]
fn no_more_stamps_are_handed_over_or_printed_than_there_are() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let serials = serials(store, &batch);
    let three = spoiled(Selection::Range(serials[0]..=serials[2]));
    let report = |stated| {
        let spoiled = std::slice::from_ref(&three);
        delivery::report_printed(store, batch.number, spoiled, Some(stated), by(SHOP))
    };
    assert!(matches!(report(8), Err(JobError::MoreThanThere(8, 7))));
    assert_eq!(report(7).unwrap().printed.moved, 7);
    let all = Selection::Batch(batch.number);
    let hand = |stated, which: &Selection| {
        let minutes = Minutes { stated: Some(stated), ..minutes("1") };
        delivery::hand_over(store, batch.number, &minutes, which, by(SHOP))
    };
    assert!(matches!(hand(10, &all), Err(JobError::MoreThanThere(10, 7))));
    let with_spoiled = Selection::Range(serials[0]..=serials[9]);
    assert_eq!(hand(7, &with_spoiled).unwrap_err().key(), "some_left");
    assert_eq!(job(store, &batch).state, JobState::Printed, "nothing was done");
    let (made, moved) = hand(7, &all).unwrap();
    assert_eq!((made.moved, moved.moved, moved.left), (7, 7, 3));
    let other = Minutes { stated: Some(1), ..minutes("2") };
    let again = Selection::Range(serials[9]..=serials[9]);
    let again = delivery::hand_over(store, batch.number, &other, &again, by(SHOP)).unwrap_err();
    assert_eq!(again.key(), "already", "handed over on minutes 1");
}

#[test]
fn stamps_are_put_on_goods_once_their_minutes_are_confirmed() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 10);
    let serials = serials(store, &batch);
    print(store, &batch, &[], None);
    let range = |first: usize, last: usize| Selection::Range(serials[first]..=serials[last]);
    for (number, which) in [("1", range(0, 3)), ("2", range(4, 9))] {
        delivery::hand_over(store, batch.number, &minutes(number), &which, by(SHOP)).unwrap();
    }
    let activate = |which: &Selection| accounting::activate(store, which, &lot("L1"), act());
    assert_eq!(activate(&only(serials[0])).unwrap_err().key(), "not_received");
    receive(store, &batch, "2", 6);
    let some = activate(&range(2, 5)).unwrap_err();
    assert_eq!(some.key(), "not_received", "{some}");
    let all = activate(&Selection::Batch(batch.number)).unwrap();
    assert_eq!((all.moved, all.left), (6, 4));
    // None arrived: they stay where they are, to be reported lost.
    let reason = Some("mất trên đường");
    delivery::receive(store, batch.number, "1", 0, reason, by(PRODUCER)).unwrap();
    assert_eq!(activate(&only(serials[0])).unwrap_err().key(), "not_received");
    // Minutes from before, of which nobody wrote down the stamps.
    sql(store, "DELETE FROM hand_over_runs").unwrap();
    assert_eq!(activate(&only(serials[0])).unwrap_err().key(), "not_received");
    let late = "UPDATE hand_overs SET received_stamps = 4 WHERE minutes = '1'";
    sql(store, late).unwrap();
    assert_eq!(activate(&only(serials[0])).unwrap().moved, 1);
}
