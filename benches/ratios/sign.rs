//! What signing costs, and what the texts of a code cost beside it, on one core.

use crate::desk;
use crate::measure;
use ocop_stamp::code::text;
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::domain::stamp::SignatureBytes;
use ocop_stamp::signing::Signer;
use std::hint::black_box;

const CODES: u32 = 2_000;
const ROUNDS: usize = 7;

pub(crate) fn run() {
    let key = desk::key();
    let public = key.public_key(desk::validity());
    let serials: Vec<Serial> = (0..CODES).map(serial).collect();
    let messages: Vec<Vec<u8>> =
        serials.iter().map(|serial| text::signed_message(key.key_id(), None, *serial)).collect();
    let views: Vec<&[u8]> = messages.iter().map(Vec::as_slice).collect();
    let sign = |message: &Vec<u8>| key.sign(message).expect("a key in memory signs");
    let signatures: Vec<SignatureBytes> = messages.iter().map(sign).collect();
    let texts: Vec<String> = signatures.iter().map(text::signature).collect();

    let beside = |what: &str, mut job: Box<dyn FnMut() + '_>| {
        let (bare, other) = measure::duel(ROUNDS, || all(&messages, sign), &mut job);
        let ratio = other.as_secs_f64() / bare.as_secs_f64();
        println!("  {what:<20} {:>9.2?} each, {ratio:>6.3} × a signature", other / CODES);
    };
    beside("signature", Box::new(|| all(&messages, sign)));
    let codes: Vec<_> = messages.iter().zip(&signatures).collect();
    beside("checked one by one", Box::new(|| all(&codes, |(m, s)| public.verifies(m, s))));
    let runs: Vec<_> = views.chunks(500).zip(signatures.chunks(500)).collect();
    beside("checked together", Box::new(|| all(&runs, |(m, s)| public.verifies_all(m, s))));
    beside("serial as text", Box::new(|| all(&serials, |serial| text::serial(*serial))));
    beside("signature as text", Box::new(|| all(&signatures, text::signature)));
    beside("text as signature", Box::new(|| all(&texts, |text| text::read_signature(text))));
}

fn all<T, R>(items: &[T], job: impl Fn(&T) -> R) {
    for item in items {
        black_box(job(item));
    }
}

fn serial(number: u32) -> Serial {
    let batch = BatchNumber::new(1_000).expect("is within 20 bits");
    batch.serial(u64::from(number) * 17_000_003 % (1 << 35)).expect("is within 35 bits")
}
