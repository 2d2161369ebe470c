//! Look-ups of issued codes among a million on SQLite, without the web: the register's share of an
//! answer. The yardstick is reading the scanned text alone.

use crate::desk;
use crate::issue::{folder, register};
use crate::measure;
use ocop_stamp::accounting::Selection;
use ocop_stamp::clock::FixedClock;
use ocop_stamp::code::uri;
use ocop_stamp::domain::verdict::Headline;
use ocop_stamp::verification::Verifier;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use std::hint::black_box;
use std::sync::Arc;

const CODES: u32 = 1_000_000;
const LOOKUPS: u32 = 20_000;

pub(crate) fn run() {
    let dir = folder();
    let store = register(&dir);
    let batch = desk::issued(&store, CODES);
    desk::put_on_goods(&store, &Selection::Batch(batch.number), "L1");
    let codes = desk::codes(&store, &batch);
    let mut random = ChaCha20Rng::from_seed([1; 32]);
    let texts: Vec<String> = (0..LOOKUPS)
        .map(|_| {
            let (serial, signature) = &codes[random.next_u32() as usize % codes.len()];
            uri::qr_text(&batch.intent.face, *serial, signature)
        })
        .collect();
    let clock = Arc::new(FixedClock(desk::noon(desk::today())));
    let verifier = Verifier::new(store, desk::keyring(), clock);
    let valid = |text: &String| assert_eq!(verifier.check(text).headline(), Headline::Valid);
    let (check, read) = measure::duel(
        5,
        || texts.iter().for_each(valid),
        || texts.iter().for_each(|text| drop(black_box(uri::read(text)))),
    );
    let (all_cores, _) = measure::duel(5, || texts.par_iter().for_each(valid), || ());
    println!("  check         {:>9.1?} each on one core", check / LOOKUPS);
    println!("  reading text  {:>9.1?} each", read / LOOKUPS);
    println!("  all cores     {:>9.0} checks/s", f64::from(LOOKUPS) / all_cores.as_secs_f64());
}
