//! Issuing a batch (signed, every signature checked, durable on SQLite) against the bare signatures
//! of the same codes on the same cores.

use crate::desk;
use crate::measure;
use ocop_stamp::code::text;
use ocop_stamp::domain::ids::OrderId;
use ocop_stamp::domain::serial::Serial;
use ocop_stamp::domain::stamp::SignatureBytes;
use ocop_stamp::signing::Signer;
use ocop_stamp::store::Store;
use rayon::prelude::*;
use std::hint::black_box;

const CODES: u32 = 100_000;
const ROUNDS: usize = 5;

pub(crate) fn run() {
    let dir = folder();
    let store = register(&dir);
    let order = desk::self_paid(desk::product(&store), CODES);
    let mut orders: Vec<OrderId> = (0..=ROUNDS).map(|_| desk::approved(&store, &order)).collect();
    let first = desk::issue(&store, orders.remove(0));
    let messages: Vec<Vec<u8>> = desk::serials(&store, &first).into_iter().map(message).collect();
    let key = desk::key();
    let mut orders = orders.into_iter();
    let (ours, bare) = measure::duel(
        ROUNDS,
        || drop(desk::issue(&store, orders.next().expect("one for each round"))),
        || {
            let sign = |message: &Vec<u8>| key.sign(message).expect("a key in memory signs");
            let signatures: Vec<SignatureBytes> = messages.par_iter().map(sign).collect();
            black_box(signatures);
        },
    );
    println!("  issue         {:>9.0} codes/s", f64::from(CODES) / ours.as_secs_f64());
    println!("  signatures    {:>9.0} codes/s", f64::from(CODES) / bare.as_secs_f64());
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!("  ratio         {ratio:>9.2} × the bare signatures");
}

fn message(serial: Serial) -> Vec<u8> {
    text::signed_message(desk::key().key_id(), None, serial)
}

/// A folder on the disk that the build is on, which is no memory.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("the build's folder takes files")
}

pub(crate) fn register(dir: &tempfile::TempDir) -> Store {
    let path = dir.path().join("register.db");
    Store::open_or_create(&format!("sqlite:{}", path.display())).expect("can be made")
}
