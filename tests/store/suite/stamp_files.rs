//! The file of each stamp: random acts on random selections, beside an oracle that moves stamp by stamp.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::TimeDelta;
use ocop_stamp::accounting::destroying::{self, DestroyError};
use ocop_stamp::accounting::{self, Entered, Selection};
use ocop_stamp::code::text;
use ocop_stamp::delivery::{self, Spoiled};
use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::audit::{Entry, MovedRun, Subject};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::destruction::{DestructionMinutes, DestructionMove};
use ocop_stamp::domain::ids::{LotId, ShopId};
use ocop_stamp::domain::print_job::{HandOver, Minutes};
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::sheet::{Printing, SerialRun, Sheet};
use ocop_stamp::domain::stamp::{StampMove, StampState};
use ocop_stamp::register::shops;
use ocop_stamp::store::{Store, audit, hand_overs, sheets};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};

use super::delivery::{SHOP, details};
use super::open;
use crate::desk::{act, issued, lot, noon, serials, today};

const STAMPS: usize = 24;
const SHEET_STAMPS: usize = 5;
const LOTS: [&str; 3] = ["L01-1126", "L02-1126", "L03-1126"];

/// Which stamps, by their places in the batch.
#[derive(Clone, Debug)]
enum Which {
    Scanned(Vec<usize>),
    Range(usize, usize),
    Sheets(Vec<u32>),
    Batch,
}

#[derive(Clone, Debug)]
enum Deed {
    Step(StampMove, Which),
    Activate(Which, usize),
    ReportPrinted(Vec<usize>),
    HandOver(Which),
    Receive,
    Destroy,
    Recall(usize),
    EndRecall(usize),
    Reprint,
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![
        3 => subsequence((0..STAMPS).collect::<Vec<_>>(), 1..8).prop_shuffle().prop_map(Which::Scanned),
        3 => (0..STAMPS, 0..STAMPS).prop_map(|(one, other)| Which::Range(one.min(other), one.max(other))),
        2 => vec(1_u32..=5, 1..4).prop_map(Which::Sheets),
        2 => Just(Which::Batch),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let steps = [
        StampMove::ReportPrinted,
        StampMove::HandOver,
        StampMove::Spoil,
        StampMove::Lose,
        StampMove::Destroy,
        StampMove::Cancel,
    ];
    let lots = || 0..LOTS.len();
    prop_oneof![
        6 => (select(steps.to_vec()), which()).prop_map(|(step, which)| Deed::Step(step, which)),
        5 => (which(), lots()).prop_map(|(which, lot)| Deed::Activate(which, lot)),
        2 => subsequence((0..STAMPS).collect::<Vec<_>>(), 0..4).prop_map(Deed::ReportPrinted),
        3 => which().prop_map(Deed::HandOver),
        4 => Just(Deed::Receive),
        1 => Just(Deed::Destroy),
        1 => lots().prop_map(Deed::Recall),
        1 => lots().prop_map(Deed::EndRecall),
        1 => Just(Deed::Reprint),
    ]
}

/// A line of a stamp's file: what was done, from where to where, on which lot, and why.
type Told = (&'static str, StampState, StampState, Option<String>, Option<String>);

#[derive(Clone, Debug)]
struct Known {
    state: StampState,
    lot: Option<String>,
    /// The minutes that it was handed over on, until they are confirmed.
    waits_on: Option<String>,
    file: Vec<Told>,
}

struct World<'a> {
    store: &'a Store,
    batch: Batch,
    serials: Vec<Serial>,
    known: Vec<Known>,
    /// How many deeds there were: each has a second and, where it needs them, minutes of its own.
    deeds: i64,
}

fn printing() -> Printing {
    Printing { layout: "a4".into(), design: "sen".into() }
}

impl<'a> World<'a> {
    /// A batch at a print shop. Its sheets hold every fifth stamp, as a cut stack does.
    fn new(store: &'a Store, shop: ShopId) -> Self {
        let batch = issued(store, u32::try_from(STAMPS).unwrap());
        let serials = serials(store, &batch);
        let run =
            |place: usize| SerialRun { first: serials[place], last: serials[place], stamps: 1 };
        let sheet = |number: usize| Sheet {
            number: u32::try_from(number).unwrap(),
            runs: (number - 1..STAMPS).step_by(SHEET_STAMPS).map(run).collect(),
        };
        let all: Vec<Sheet> = (1..=SHEET_STAMPS).map(sheet).collect();
        store.write(|register| sheets::put(register, batch.number, &printing(), &all)).unwrap();
        delivery::assign(store, batch.number, shop, None, "", act()).unwrap();
        let known =
            Known { state: StampState::Issued, lot: None, waits_on: None, file: Vec::new() };
        Self { store, known: vec![known; STAMPS], batch, serials, deeds: 0 }
    }

    fn selection(&self, which: &Which) -> Selection {
        let batch = self.batch.number;
        let named = match which {
            Which::Scanned(places) => {
                let code = |it: &usize| Entered::read(&text::serial(self.serials[*it]));
                Selection::Codes(batch, places.iter().map(code).collect())
            }
            Which::Range(one, two) => Selection::Range(self.serials[*one]..=self.serials[*two]),
            Which::Sheets(numbers) => {
                Selection::Sheets { batch, printing: printing(), numbers: numbers.clone() }
            }
            Which::Batch => return Selection::Batch(batch),
        };
        Selection::Possible(Box::new(named))
    }

    fn places(which: &Which) -> Vec<usize> {
        match which {
            Which::Scanned(places) => places.clone(),
            Which::Range(first, last) => (*first..=*last).collect(),
            Which::Sheets(numbers) => {
                let on_one =
                    |it: &usize| numbers.contains(&(u32::try_from(it % SHEET_STAMPS).unwrap() + 1));
                (0..STAMPS).filter(on_one).collect()
            }
            Which::Batch => (0..STAMPS).collect(),
        }
    }

    /// What the oracle makes of a move.
    fn moved(
        &mut self,
        places: &[usize],
        step: StampMove,
        lot: Option<&str>,
        reason: Option<&str>,
    ) {
        for place in places {
            let stamp = &mut self.known[*place];
            let waits = step == StampMove::Activate && stamp.waits_on.is_some();
            if step.starts_from().contains(&stamp.state) && !waits {
                if let Some(lot) = lot {
                    stamp.lot = Some(lot.to_owned());
                }
                let (from, to) = (stamp.state, step.leads_to());
                let action = ocop_stamp::domain::audit::Action::from(step).key();
                stamp.state = to;
                let reason = reason.map(str::to_owned);
                stamp.file.push((action, from, to, stamp.lot.clone(), reason));
            }
        }
    }

    /// Does something, in the register and for the oracle. What is refused changes nothing; tells whether
    /// it was done.
    fn does(&mut self, deed: &Deed) -> bool {
        self.deeds += 1;
        let (store, batch) = (self.store, self.batch.number);
        let act = self.act("can.bo");
        match deed {
            Deed::Step(step, which) => {
                let done = accounting::step(store, &self.selection(which), *step, "vì sao", act);
                let places = Self::places(which);
                if done.is_ok() {
                    self.moved(&places, *step, None, Some("vì sao"));
                }
                done.is_ok()
            }
            Deed::Activate(which, code) => {
                let code = LOTS[*code];
                let done = accounting::activate(store, &self.selection(which), &lot(code), act);
                if done.is_ok() {
                    self.moved(&Self::places(which), StampMove::Activate, Some(code), None);
                }
                done.is_ok()
            }
            Deed::ReportPrinted(_) | Deed::HandOver(_) => self.does_at_shop(deed),
            Deed::Destroy => self.destroys(),
            Deed::Receive => {
                let found = store.read(|c| hand_overs::of_batch(c, batch)).unwrap();
                let receive = |it: &HandOver| {
                    delivery::receive(store, batch, &it.minutes, it.stated, None, act).is_ok()
                };
                let received: Vec<_> = found.iter().filter(|it| receive(it)).collect();
                let waits = |number: &String| received.iter().all(|it| it.minutes != *number);
                for stamp in &mut self.known {
                    stamp.waits_on = stamp.waits_on.take().filter(waits);
                }
                !received.is_empty()
            }
            Deed::Recall(lot) => {
                let recall = ("Vỡ nắp", None);
                accounting::recall(store, self.batch.intent.product, LOTS[*lot], recall, act)
                    .is_ok()
            }
            Deed::EndRecall(lot) => {
                let product = self.batch.intent.product;
                accounting::end_recall(store, product, LOTS[*lot], "xong", act).is_ok()
            }
            Deed::Reprint => {
                delivery::reprint(store, batch, None, None, "in lại", self.act(SHOP)).is_ok()
            }
        }
    }

    /// What a print shop does.
    fn does_at_shop(&mut self, deed: &Deed) -> bool {
        let (store, batch) = (self.store, self.batch.number);
        let act = self.act(SHOP);
        match deed {
            Deed::ReportPrinted(spoiled) => {
                let which = self.selection(&Which::Scanned(spoiled.clone()));
                let one = Spoiled { which, reason: "lem mực".into() };
                let all = Some(one).filter(|_| !spoiled.is_empty());
                let done = delivery::report_printed(store, batch, all.as_slice(), None, act);
                if done.is_ok() {
                    // What was handed over is not the shop's to report.
                    let is_here = |it: &usize| self.known[*it].state != StampState::HandedOver;
                    let here: Vec<usize> = spoiled.iter().copied().filter(is_here).collect();
                    self.moved(&here, StampMove::Spoil, None, Some("lem mực"));
                    self.moved(&Self::places(&Which::Batch), StampMove::ReportPrinted, None, None);
                }
                done.is_ok()
            }
            Deed::HandOver(which) => {
                let number = format!("{}/BB", self.deeds);
                let minutes = Minutes { number, handed_on: today(), stated: None };
                let selection = self.selection(which);
                let done = delivery::hand_over(store, batch, &minutes, &selection, act);
                if done.is_ok() {
                    let places = Self::places(which);
                    for place in &places {
                        let is_printed = self.known[*place].state == StampState::Printed;
                        let number = Some(&minutes.number).filter(|_| is_printed).cloned();
                        self.known[*place].waits_on = number.or(self.known[*place].waits_on.take());
                    }
                    self.moved(&places, StampMove::HandOver, None, None);
                }
                done.is_ok()
            }
            other => panic!("{other:?} is not done at a shop"),
        }
    }

    /// The spoiled stamps of the batch are destroyed, by two people.
    fn destroys(&mut self) -> bool {
        let minutes = DestructionMinutes {
            number: format!("{}/BB-TH", self.deeds),
            destroyed_on: today(),
            place: "Xưởng".into(),
            witnesses: "Đại diện xã".into(),
            reason: "tem hỏng".into(),
        };
        let made =
            match destroying::record(self.store, self.batch.number, &minutes, self.act("can.bo")) {
                Ok(made) => made,
                Err(DestroyError::Nothing(_)) => return false,
                Err(other) => panic!("{other}"),
            };
        let confirm = DestructionMove::Confirm;
        destroying::decide(self.store, made.id, confirm, "", self.act("nguoi.duyet")).unwrap();
        let spoiled = |it: &usize| self.known[*it].state == StampState::Spoiled;
        let places: Vec<usize> = (0..STAMPS).filter(spoiled).collect();
        self.moved(&places, StampMove::Destroy, None, None);
        true
    }

    /// Somebody, at a moment of this deed alone.
    fn act<'b>(&self, by: &'b str) -> Act<'b> {
        Act { by, at: noon(today()) + TimeDelta::seconds(self.deeds) }
    }

    fn file(&self, place: usize) -> Vec<Entry> {
        self.store.read(|register| audit::of_stamp(register, self.serials[place])).unwrap()
    }

    fn check(&self) {
        for (place, known) in self.known.iter().enumerate() {
            let told = self.file(place);
            assert!(told.iter().all(|entry| entry.run.unwrap().is_exact));
            assert_eq!(told.iter().map(told_of).collect::<Vec<_>>(), known.file, "stamp {place}");
        }
        self.check_runs();
        self.check_lots();
    }

    /// Each row is a run that no other of its act goes on, and has as many stamps as it says.
    fn check_runs(&self) {
        let all = self.store.read(|c| audit::history(c, Subject::Stamps(self.batch.number)));
        let all = all.unwrap();
        let place = |serial| self.serials.iter().position(|it| *it == serial).unwrap();
        for run in all.iter().map(|entry| entry.run.unwrap()) {
            let stamps = place(run.last) - place(run.first) + 1;
            assert_eq!(u64::try_from(stamps).unwrap(), run.stamps);
        }
        for (one, other) in all.iter().zip(all.iter().skip(1)) {
            let (before, after) = (one.run.unwrap(), other.run.unwrap());
            let is_one_act = one.at == other.at && one.action == other.action;
            let of = |run: &MovedRun| (run.from, run.to, run.lot);
            let goes_on = place(before.last) + 1 == place(after.first);
            assert!(!(is_one_act && goes_on && of(&before) == of(&after)), "{before:?} {after:?}");
        }
    }

    /// The history of a lot has its stamps, and those of no other.
    fn check_lots(&self) {
        let mut on: BTreeMap<&str, usize> = BTreeMap::new();
        for known in &self.known {
            if let Some(lot) = &known.lot {
                *on.entry(lot).or_default() += 1;
            }
        }
        for (code, stamps) in on {
            let id = LotId(self.lot(code));
            let history = self.store.read(|register| audit::of_lot(register, id)).unwrap();
            let put_on = history.iter().filter_map(|entry| entry.run);
            let put_on = put_on.filter(|run| run.to == StampState::Activated);
            let of_batch = put_on.filter(|run| run.first.batch() == self.batch.number);
            assert_eq!(of_batch.map(|run| run.stamps).sum::<u64>(), stamps as u64, "{code}");
        }
    }

    fn lot(&self, code: &str) -> i64 {
        let product = self.batch.intent.product;
        let found = self.store.read(|c| ocop_stamp::store::lots::find(c, product, code));
        found.unwrap().unwrap().id.0
    }
}

fn told_of(entry: &Entry) -> Told {
    let run = entry.run.unwrap();
    let lot = entry.names.lot.clone();
    (entry.action.key(), run.from.unwrap(), run.to, lot, entry.reason.clone())
}

type Done = BTreeMap<String, u32>;

fn kind(deed: &Deed) -> String {
    match deed {
        Deed::Step(step, _) => format!("Step({step:?}"),
        other => format!("{other:?}").split(['(', ' ']).next().unwrap().to_owned(),
    }
}

#[test]
fn the_file_of_each_stamp_says_what_was_done_with_it_and_nothing_else() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let shop = shops::add(store, &details(SHOP), act()).unwrap().id;
    let is_file = register.url.starts_with("sqlite");
    let config = Config::with_cases(if is_file { 256 } else { 32 });
    let done = RefCell::new(Done::new());
    let plays = |deeds: Vec<Deed>| {
        let mut world = World::new(store, shop);
        for deed in &deeds {
            if world.does(deed) {
                *done.borrow_mut().entry(kind(deed)).or_default() += 1;
            }
        }
        world.check();
        Ok(())
    };
    TestRunner::new(Config { failure_persistence: None, ..config })
        .run(&vec(deed(), 1..14), plays)
        .unwrap();
    let done = done.into_inner();
    assert!(done.len() == 14 || !is_file, "256 cases do each kind of deed: {done:?}");
}
