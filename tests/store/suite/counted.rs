use ocop_stamp::accounting::{self, Moved, Selection, StampError, Why};
use ocop_stamp::domain::audit::{Entry, Subject};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::lot::LotFault;
use ocop_stamp::domain::recognition::EventKind;
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::domain::sheet::{Printing, SerialRun, Sheet};
use ocop_stamp::domain::stamp::{Obstacle, StampMove, StampState};
use ocop_stamp::register;
use ocop_stamp::store::{Store, audit, batch_tallies, sheets};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::open;
use crate::desk::{
    act, act_on, day, event, hand_over, issued, lot, only, product, put_on_goods, serials, step,
    today,
};

pub(super) fn in_state(store: &Store, batch: &Batch, state: StampState) -> u64 {
    accounting::tally(store, batch.number).unwrap().in_state(state)
}

pub(super) fn printing() -> Printing {
    Printing { layout: "a4".into(), design: "sen".into() }
}

/// Sheets of ten.
pub(super) fn record_sheets(store: &Store, batch: &Batch) -> Vec<Sheet> {
    let serials = serials(store, batch);
    let sheet = |(number, run): (u32, &[Serial])| Sheet {
        number,
        runs: vec![SerialRun {
            first: *run.first().unwrap(),
            last: *run.last().unwrap(),
            stamps: u32::try_from(run.len()).unwrap(),
        }],
    };
    let all: Vec<Sheet> = (1..).zip(serials.chunks(10)).map(sheet).collect();
    let put = store.write(|register| sheets::put(register, batch.number, &printing(), &all));
    assert!(put.unwrap());
    all
}

pub(super) fn counts(done: &Moved) -> (u64, u64, u64) {
    (done.moved, done.already, done.left)
}

fn sheet(batch: &Batch, number: u32) -> Selection {
    Selection::Sheet { batch: batch.number, printing: printing(), number }
}

#[test]
fn stamps_move_by_serial_by_range_by_sheet_and_by_batch() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 35);
    let serials = serials(store, &batch);
    record_sheets(store, &batch);
    let moved = |selection, kind| step(store, &selection, kind).moved;
    assert_eq!(moved(only(serials[3]), StampMove::ReportPrinted), 1);
    assert_eq!(moved(Selection::Range(serials[20]..=serials[24]), StampMove::ReportPrinted), 5);
    assert_eq!(moved(sheet(&batch, 4), StampMove::ReportPrinted), 5);
    assert_eq!(in_state(store, &batch, StampState::Printed), 11);
    assert_eq!(moved(Selection::Batch(batch.number), StampMove::ReportPrinted), 24);
    assert_eq!(in_state(store, &batch, StampState::Printed), 35);
}

#[test]
fn what_is_spoiled_is_skipped_and_counted() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 20);
    let serials = serials(store, &batch);
    record_sheets(store, &batch);
    step(store, &only(serials[2]), StampMove::Spoil);
    step(store, &only(serials[5]), StampMove::Lose);
    let whole = accounting::step(store, &sheet(&batch, 1), StampMove::ReportPrinted, "", act());
    let refused = whole.unwrap_err();
    assert_eq!(refused.key(), "some_left", "{refused}");
    assert_eq!(in_state(store, &batch, StampState::Printed), 0, "all of it, or nothing");
    let possible = Selection::Possible(Box::new(sheet(&batch, 1)));
    let printed = step(store, &possible, StampMove::ReportPrinted);
    assert_eq!(counts(&printed), (8, 0, 2));
    let run = |first: usize, last: usize| (serials[first], serials[last]);
    let runs: Vec<_> = printed.runs.iter().map(|run| (run.first, run.last)).collect();
    assert_eq!(runs, [run(0, 1), run(3, 4), run(6, 9)]);
    let causes = [(Why::Kept(Obstacle::State(StampState::Spoiled)), 1)];
    assert_eq!(printed.causes()[..1], causes);
    let early = accounting::activate(store, &possible, &lot("L1"), act()).unwrap_err();
    assert_eq!(early.key(), "none_movable", "{early}");
    let handed = step(store, &possible, StampMove::HandOver);
    assert_eq!(counts(&handed), (8, 0, 2));
    let on_goods = accounting::activate(store, &possible, &lot("L1"), act()).unwrap();
    assert_eq!(counts(&on_goods), (8, 0, 2));
    assert_eq!(in_state(store, &batch, StampState::Spoiled), 1);
    assert_eq!(in_state(store, &batch, StampState::Lost), 1);
}

#[test]
fn an_act_repeated_changes_nothing_and_is_in_the_audit_trail_once() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let serials = serials(store, &batch);
    let all = Selection::Range(serials[0]..=serials[9]);
    step(store, &all, StampMove::ReportPrinted);
    let repeated = step(store, &all, StampMove::ReportPrinted);
    assert_eq!(counts(&repeated), (0, 10, 0));
    step(store, &all, StampMove::HandOver);
    for moved in [10, 0] {
        let done = accounting::activate(store, &all, &lot("L1"), act()).unwrap();
        assert_eq!(counts(&done), (moved, 10 - moved, 0));
    }
    let entries = store.read(|register| audit::of_stamp(register, serials[4])).unwrap();
    let expected = [
        ("stamp.printed: biên bản 1", None),
        ("stamp.hand_over: biên bản 1", None),
        ("stamp.activate: ", Some("L1")),
    ];
    let told = entries.iter().map(|it| (it.to_string(), it.names.lot.as_deref()));
    assert_eq!(told.collect::<Vec<_>>(), expected.map(|(said, lot)| (said.to_owned(), lot)));
    assert!(entries.iter().all(|it| it.run.is_some_and(|run| run.stamps == 10 && run.is_exact)));
}

#[test]
fn stamps_on_goods_of_one_lot_are_not_said_to_be_on_another() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let serials = serials(store, &batch);
    put_on_goods(store, &Selection::Range(serials[0]..=serials[3]), "L1");
    let all = Selection::Batch(batch.number);
    hand_over(store, &all);
    let moved = accounting::activate(store, &all, &lot("L2"), act()).unwrap();
    assert_eq!(counts(&moved), (6, 0, 4));
    assert_eq!(moved.causes(), [(Why::Kept(Obstacle::OtherLot), 4)]);
    let first = accounting::activate(store, &only(serials[0]), &lot("L2"), act()).unwrap_err();
    assert_eq!(first.key(), "none_movable", "{first}");
}

#[test]
fn a_lot_is_known_by_its_code_and_its_dates() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let serials = serials(store, &batch);
    put_on_goods(store, &only(serials[0]), "L1");
    hand_over(store, &only(serials[1]));
    let mut other = lot("L1");
    other.made_on = Some(day(2026, 11, 2));
    let differs = accounting::activate(store, &only(serials[1]), &other, act()).unwrap_err();
    assert!(matches!(differs, StampError::LotDiffers(_)), "{differs}");
    other.code = "L2".into();
    other.use_by = Some(day(2026, 11, 1));
    let backwards = accounting::activate(store, &only(serials[1]), &other, act()).unwrap_err();
    let is = matches!(backwards, StampError::LotDates { fault: LotFault::Backwards, .. });
    assert!(is, "{backwards}");
    assert_eq!(in_state(store, &batch, StampState::Activated), 1);
}

#[test]
fn nothing_is_put_on_goods_while_the_recognition_is_not_in_force() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let all = Selection::Batch(batch.number);
    hand_over(store, &all);
    let after_the_end = act_on(day(2029, 3, 5));
    let expired = accounting::activate(store, &all, &lot("L1"), after_the_end).unwrap_err();
    assert!(matches!(expired, StampError::Ineligible(_)), "{expired}");
    let suspension = event(EventKind::Suspended, today());
    register::record_event(store, product(store), &suspension, act()).unwrap();
    let suspended = accounting::activate(store, &all, &lot("L1"), act()).unwrap_err();
    assert!(matches!(suspended, StampError::Ineligible(_)), "{suspended}");
    assert_eq!(in_state(store, &batch, StampState::Activated), 0);
}

#[test]
fn a_selection_that_names_no_stamps_is_refused_with_the_reason() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let (batch, other) = (issued(store, 10), issued(store, 10));
    let (first, second) = (serials(store, &batch), serials(store, &other));
    let spoil = |selection| accounting::step(store, &selection, StampMove::Spoil, "", act());
    let refused = |selection| spoil(selection).unwrap_err();
    let across = Selection::Range(first[0]..=second[0]);
    assert!(matches!(refused(across), StampError::TwoBatches(..)));
    let backwards = Selection::Range(first[1]..=first[0]);
    assert!(matches!(refused(backwards), StampError::Backwards(..)));
    assert!(matches!(refused(sheet(&batch, 1)), StampError::NoSheet { .. }));
    let nowhere = BatchNumber::new(99).unwrap();
    assert!(matches!(refused(Selection::Batch(nowhere)), StampError::NoBatch(_)));
    let never = only(nowhere.serial(1).unwrap());
    assert!(matches!(refused(never), StampError::NoneIssued));
    spoil(only(first[0])).unwrap();
    let printed = accounting::step(store, &only(first[0]), StampMove::ReportPrinted, "", act());
    assert_eq!(printed.unwrap_err().key(), "none_movable");
}

#[test]
fn sheets_recorded_again_stay_as_they_are() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 25);
    let first = record_sheets(store, &batch);
    assert_eq!(record_sheets(store, &batch), first);
    let find = |number| {
        store.read(|register| sheets::find(register, batch.number, &printing(), number)).unwrap()
    };
    assert_eq!(find(3), Some(first[2].clone()));
    assert_eq!(find(4), None);
    // Other sheets under the same names are refused, and change nothing.
    let fewer = &first[..2];
    let put = store.write(|register| sheets::put(register, batch.number, &printing(), fewer));
    assert!(!put.unwrap());
    assert_eq!(find(3), Some(first[2].clone()));
}

#[test]
fn a_sheet_of_cut_and_stacked_stamps_is_moved_whole() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 30);
    let all = serials(store, &batch);
    // Three sheets; piles carry on from sheet to sheet, so each sheet has every third serial.
    let on = |number: u32| {
        let mine = all.iter().skip(number as usize - 1).step_by(3);
        let run = |serial: &Serial| SerialRun { first: *serial, last: *serial, stamps: 1 };
        Sheet { number, runs: mine.map(run).collect() }
    };
    let sheets: Vec<Sheet> = (1..=3).map(on).collect();
    let put = store.write(|register| sheets::put(register, batch.number, &printing(), &sheets));
    assert!(put.unwrap());
    let done = accounting::step(store, &sheet(&batch, 2), StampMove::Spoil, "", act()).unwrap();
    assert_eq!((done.moved, done.left), (10, 0));
    assert_eq!(in_state(store, &batch, StampState::Spoiled), 10);
    let one = accounting::step(store, &only(all[1]), StampMove::Spoil, "", act()).unwrap();
    assert_eq!(one.already, 1, "the second serial was on the second sheet");
}

/// Issued, less what every random act takes, is always what is left.
#[test]
fn every_stamp_is_accounted_for_after_any_acts() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 40);
    let serials = serials(store, &batch);
    let mut expected = vec![StampState::Issued; serials.len()];
    let mut random = ChaCha20Rng::from_seed([9; 32]);
    let mut below = |end: usize| usize::try_from(random.next_u64() % end as u64).unwrap();
    for _ in 0..150 {
        let kind = StampMove::ALL[below(StampMove::ALL.len())];
        let (from, length) = (below(serials.len()), below(8));
        let to = (from + length).min(serials.len() - 1);
        let selection = Selection::Range(serials[from]..=serials[to]);
        let is_partial = below(3) > 0;
        let selection =
            if is_partial { Selection::Possible(Box::new(selection)) } else { selection };
        let outcome = match kind {
            StampMove::Activate => accounting::activate(store, &selection, &lot("L1"), act()),
            _ => accounting::step(store, &selection, kind, "", act()),
        };
        let touched = &mut expected[from..=to];
        let here = |s: &&mut StampState| kind.starts_from().contains(s);
        let movable = touched.iter_mut().filter(here).count() as u64;
        let already = touched.iter().filter(|s| **s == kind.leads_to()).count() as u64;
        let left = touched.len() as u64 - movable - already;
        match outcome {
            Ok(moved) if is_partial => assert_eq!(counts(&moved), (movable, already, left)),
            Ok(moved) => assert_eq!((counts(&moved), left), ((movable, already, 0), 0)),
            Err(refused) if is_partial => assert_eq!(movable + already, 0, "{refused}"),
            Err(refused) => {
                assert!(left > 0, "{refused}");
                continue;
            }
        }
        touched.iter_mut().filter(here).for_each(|state| *state = kind.leads_to());
        let tally = accounting::tally(store, batch.number).unwrap();
        assert_eq!(tally.issued(), 40);
        assert!(tally.is_balanced());
        assert!(tally.activated() <= tally.handed_over());
        let kept = store.read(|register| batch_tallies::of_batch(register, batch.number));
        assert_eq!(kept.unwrap(), tally, "the kept counts follow every move");
        for state in StampState::ALL {
            let count = expected.iter().filter(|s| **s == state).count() as u64;
            assert_eq!(tally.in_state(state), count, "{state:?}");
        }
    }
}

#[test]
fn what_is_taken_back_tells_what_it_would_have_done_and_leaves_nothing() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let all = Selection::Batch(batch.number);
    let spoil = |store: &Store| accounting::step(store, &all, StampMove::Spoil, "", act());
    let told = store.taken_back(spoil).unwrap();
    assert_eq!(in_state(store, &batch, StampState::Issued), 10);
    // Within an act that goes on, too.
    let inner = store.together(|store| {
        step(store, &only(serials(store, &batch)[0]), StampMove::Lose);
        store.taken_back(spoil)
    });
    assert_eq!(inner.unwrap().moved, 9);
    assert_eq!(in_state(store, &batch, StampState::Lost), 1);
    assert_eq!(in_state(store, &batch, StampState::Spoiled), 0);
    assert_eq!((told.moved, told.left), (10, 0));
}

#[test]
fn a_spoiled_stamp_is_not_said_to_have_been_printed_handed_over_or_put_on_goods() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let serials = serials(store, &batch);
    step(store, &only(serials[3]), StampMove::Spoil);
    put_on_goods(store, &Selection::Range(serials[5]..=serials[6]), "L01-1126");
    put_on_goods(store, &Selection::Batch(batch.number), "L02-1126");
    let told = |place: usize| -> Vec<String> {
        let file = store.read(|c| audit::of_stamp(c, serials[place])).unwrap();
        let lot = |it: &Entry| it.names.lot.clone().unwrap_or_default();
        file.iter().map(|it| format!("{} {}", it.action.key(), lot(it))).collect()
    };
    assert_eq!(told(3), ["stamp.spoil "]);
    let [printed, handed_over] = ["stamp.printed ", "stamp.hand_over "];
    assert_eq!(told(5), [printed, handed_over, "stamp.activate L01-1126"]);
    assert_eq!(told(9), [printed, handed_over, "stamp.activate L02-1126"]);
    let runs = store.read(|c| audit::history(c, Subject::Stamps(batch.number))).unwrap();
    let of_second = runs.iter().filter(|it| it.names.lot.as_deref() == Some("L02-1126"));
    let counts: Vec<u64> = of_second.map(|it| it.run.unwrap().stamps).collect();
    assert_eq!(counts, [3, 1, 3], "the spoiled one and those of the other lot lie between");
}
