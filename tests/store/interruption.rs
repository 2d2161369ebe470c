//! A program killed while it issues a batch: the batch is absent, prepared or whole, and is finished
//! to the same codes.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ocop_stamp::accounting;
use ocop_stamp::domain::ids::OrderId;
use ocop_stamp::domain::order::OrderState;
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::SignatureBytes;
use ocop_stamp::store::{Store, batches, orders, plans};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::desk::{approved, codes, funded, issuer, product, sql, unfinished};
use crate::{Register, on_postgresql, on_sqlite};

const STAMPS: u32 = 20_000;
const REGISTER: &str = "OCOP_TEST_INTERRUPTED_REGISTER";

/// Started by the tests below in a process of its own, which they kill.
#[test]
#[ignore = "is the process that the other tests kill"]
fn the_program_that_is_killed() {
    let url = std::env::var(REGISTER).unwrap();
    let store = Store::open(&url).unwrap();
    let order = store.read(|register| orders::latest(register, 1)).unwrap().remove(0);
    println!("begins");
    issuer(&store).issue(order.id, "officer", &|_| ()).unwrap();
}

/// Starts the program on a register and kills it that long after it has begun.
fn kill_after(url: &str, patience: Duration) {
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["interruption::the_program_that_is_killed", "--exact", "--ignored", "--nocapture"])
        .env(REGISTER, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap()).lines();
    assert!(said.any(|line| line.unwrap().ends_with("begins")), "the program did not begin");
    thread::sleep(patience);
    program.kill().unwrap();
    program.wait().unwrap();
}

/// A register with one order, paid for by a plan that is just large enough.
fn with_an_order(register: &Register) -> OrderId {
    let store = &register.store;
    sql(store, &format!("UPDATE funding_plans SET stamps_per_product = {STAMPS}")).unwrap();
    approved(store, &funded(store, product(store), STAMPS))
}

fn quota_left(store: &Store) -> u32 {
    let product = product(store);
    let left = store.read(|register| {
        let plan = plans::find(register, "KH 249/2021")?.unwrap();
        plans::remaining(register, &plan, product)
    });
    left.unwrap()
}

/// What an uninterrupted run gives, and how long it takes.
fn uninterrupted(open: fn() -> Option<Register>) -> (Vec<(Serial, SignatureBytes)>, Duration) {
    let register = open().unwrap();
    let order = with_an_order(&register);
    let begun = Instant::now();
    let batch = issuer(&register.store).issue(order, "officer", &|_| ()).unwrap();
    (codes(&register.store, &batch), begun.elapsed())
}

fn kill_and_finish(open: fn() -> Option<Register>, rounds: u32) {
    let (whole, duration) = uninterrupted(open);
    let mut random = ChaCha20Rng::from_seed([26; 32]);
    for round in 0..rounds {
        let register = open().unwrap();
        let order = with_an_order(&register);
        let patience = duration.mul_f64(f64::from(random.next_u32() % 1_000) / 900.0);
        kill_after(&register.url, patience);

        let store = Store::open(&register.url).unwrap();
        let left = unfinished(&store);
        match store.read(|c| batches::of_order(c, order)).unwrap() {
            None => assert_eq!(quota_left(&store), STAMPS, "round {round}"),
            Some(batch) if batch.issued_at.is_none() => {
                assert_eq!(left, std::slice::from_ref(&batch), "round {round}");
                assert_eq!(codes(&store, &batch), [], "round {round}");
                assert_eq!(quota_left(&store), 0, "round {round}");
            }
            Some(batch) => assert_eq!(codes(&store, &batch), whole, "round {round}"),
        }
        let finished = issuer(&store).finish_interrupted("officer", &|_| ()).unwrap();
        assert_eq!(finished.len(), left.len());
        let batch = issuer(&store).issue(order, "officer", &|_| ()).unwrap();
        assert_eq!(codes(&store, &batch), whole, "round {round}");
        assert_eq!(quota_left(&store), 0);
        assert_eq!(accounting::tally(&store, batch.number).unwrap().issued(), u64::from(STAMPS));
        let order = store.read(|c| orders::get(c, order)).unwrap().unwrap();
        assert_eq!(order.state, OrderState::Issued);
    }
}

#[test]
fn a_program_killed_at_any_moment_on_sqlite_leaves_no_half_batch() {
    kill_and_finish(on_sqlite, 20);
}

#[test]
fn a_program_killed_at_any_moment_on_postgresql_leaves_no_half_batch() {
    if crate::postgres::is_available() {
        kill_and_finish(on_postgresql, 6);
    }
}
