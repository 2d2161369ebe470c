//! Entries from before acts were typed, taken over as far as they can be known.

use ocop_stamp::accounting::{self, Selection};
use ocop_stamp::code::text;
use ocop_stamp::domain::audit::{Action, Entry, Subject};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::StampMove;
use ocop_stamp::store::{Store, audit};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, TestRunner};

use super::open;
use crate::desk::{act, issued, lot, serials, sql};

const STAMPS: usize = 12;
const LOTS: [&str; 2] = ["L01-1126", "L02-1126"];

/// Writes an entry as it was written before.
fn in_words(store: &Store, action: &str, object: &str, detail: &str) {
    let said = [action, object, detail].map(|text| text.replace('\'', "''"));
    let [action, object, detail] = said;
    let at = act().at.naive_utc().format("%Y-%m-%d %H:%M:%S");
    let insert = format!(
        "INSERT INTO audit (at, actor, action, object, detail) \
         VALUES ('{at}', 'can.bo', '{action}', '{object}', '{detail}')"
    );
    sql(store, &insert).unwrap();
}

fn of(store: &Store, subject: impl Into<Subject>) -> Vec<String> {
    let entries = store.read(|register| audit::history(register, subject)).unwrap();
    entries.iter().map(ToString::to_string).collect()
}

#[test]
fn words_of_before_become_subjects_reasons_and_facts() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 3);
    sql(store, "DELETE FROM audit").unwrap();
    for (action, object, detail) in [
        ("order.place", "order 1", "2000 stamps for product 5"),
        ("order.reject", "order 1", "trùng đơn số 7"),
        ("order.issue", "order 1", "batch 1: 2000 codes"),
        ("order.amend", "order 1", "5 stamps for product 1, self-paid; before: 4 stamps"),
        ("job.assign", "job 0001", "to Xưởng in Mẫu, by 2026-12-01; gấp"),
        ("job.hand_over", "job 0001", "minutes 01/BB of 2026-11-30: 900 stamps stated, 897 moved"),
        ("job.receive", "job 0001", "minutes 01/BB: 897 stamps; thiếu 3; đã báo"),
        ("register.import", "phụ lục 1 2024.csv", "3 new, 1 known"),
        ("account.sign_in_refused", "login ai.do", ""),
    ] {
        in_words(store, action, object, detail);
    }
    assert!(store.migrate().unwrap().is_empty(), "the schema was up to date");
    assert_eq!(
        of(store, ocop_stamp::domain::ids::OrderId(1)),
        [
            "order.place: stamps: 2000; product: 5",
            "order.reject: trùng đơn số 7",
            "order.issue: batch: 0001; codes: 2000",
            "order.amend: said: 5 stamps for product 1, self-paid; before: 4 stamps",
        ]
    );
    assert_eq!(
        of(store, Subject::Batch(batch.number)),
        [
            "job.assign: gấp; shop: Xưởng in Mẫu; due_on: 2026-12-01",
            "job.hand_over: minutes: 01/BB; handed_on: 2026-11-30; stated: 900; moved: 897",
            "job.receive: thiếu 3; đã báo; minutes: 01/BB; received: 897",
        ]
    );
    assert_eq!(
        of(store, Subject::Register),
        [
            "register.import: file: phụ lục 1 2024.csv; new: 3; known: 1",
            "account.sign_in_refused: login: ai.do",
        ]
    );
}

/// An act on a range, as its number in this list; the lot matters where it is an activation.
type Deed = (usize, usize, usize, bool);

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    vec((0..StampMove::ALL.len(), 0..STAMPS, 0..STAMPS, any::<bool>()), 1..12)
}

/// Does something, and says it as it was said before.
fn does(store: &Store, serials: &[Serial], deed: Deed) -> Option<(String, String, String)> {
    let (step, one, other, is_second) = deed;
    let step = StampMove::ALL[step];
    let (first, last) = (serials[one.min(other)], serials[one.max(other)]);
    let selection = Selection::Possible(Box::new(Selection::Range(first..=last)));
    let code = LOTS[usize::from(is_second)];
    let (done, said) = if step == StampMove::Activate {
        (accounting::activate(store, &selection, &lot(code), act()), format!("lot {code}"))
    } else {
        (accounting::step(store, &selection, step, "vì sao", act()), "vì sao".to_owned())
    };
    let moved = done.ok()?.moved;
    let object = format!("stamps {}–{}", text::serial(first), text::serial(last));
    let action = Action::from(step).key().to_owned();
    (moved > 0).then(|| (action, object, format!("{moved} stamps; {said}")))
}

fn files(store: &Store, serials: &[Serial]) -> Vec<Vec<Entry>> {
    let file = |serial: &Serial| store.read(|c| audit::of_stamp(c, *serial)).unwrap();
    serials.iter().map(file).collect()
}

fn told(entry: &Entry) -> (Action, Option<String>) {
    (entry.action, entry.names.lot.clone())
}

/// Tells how many lines are known exactly, and how many there are.
fn check(store: &Store, batch: &Batch, deeds: &[Deed]) -> (usize, usize) {
    let serials = serials(store, batch);
    sql(store, "DELETE FROM audit").unwrap();
    let said: Vec<_> = deeds.iter().filter_map(|deed| does(store, &serials, *deed)).collect();
    let truth = files(store, &serials);
    sql(store, "DELETE FROM audit").unwrap();
    for (action, object, detail) in &said {
        in_words(store, action, object, detail);
    }
    store.migrate().unwrap();
    let (mut exact, mut all) = (0, 0);
    for (known, truth) in files(store, &serials).iter().zip(&truth) {
        let truly: Vec<_> = truth.iter().map(told).collect();
        let surely = known.iter().filter(|it| it.run.unwrap().is_exact);
        for entry in surely {
            exact += 1;
            // A lot is told of what was done with stamps on goods.
            assert!(truly.contains(&told(entry)), "{entry:?} is not of {truly:?}");
        }
        for (action, _) in &truly {
            all += 1;
            assert!(known.iter().any(|it| it.action == *action), "{action:?} is lost: {deeds:?}");
        }
    }
    (exact, all)
}

#[test]
fn what_is_said_to_be_known_of_old_acts_is_true_and_none_is_lost() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let cases = if register.url.starts_with("sqlite") { 256 } else { 24 };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let counts = std::cell::Cell::new((0, 0));
    let tries = |deeds: Vec<Deed>| {
        let batch = issued(store, u32::try_from(STAMPS).unwrap());
        let (exact, all) = check(store, &batch, &deeds);
        counts.set((counts.get().0 + exact, counts.get().1 + all));
        Ok(())
    };
    TestRunner::new(config).run(&deeds(), tries).unwrap();
    let (exact, all) = counts.get();
    assert!(exact * 10 >= all * 8, "{exact} of {all} lines are known exactly");
}
