//! Our symbols against the full encoder of the `qrcode` crate, on one core.

use crate::measure;
use ocop_stamp::printing::qr::{self, ErrorCorrection};
use qrcode::QrCode;
use std::hint::black_box;

const SYMBOLS: u32 = 400;

pub(crate) fn run() {
    let texts: Vec<String> = (0..SYMBOLS).map(link).collect();
    let (ours, theirs) = measure::duel(
        15,
        || {
            for text in &texts {
                black_box(qr::encode(black_box(text), ErrorCorrection::M)).expect("fits");
            }
        },
        || {
            for text in &texts {
                black_box(QrCode::new(black_box(text))).expect("fits");
            }
        },
    );
    println!("  ours          {:>9.1?} a symbol of 41 × 41", ours / SYMBOLS);
    println!("  qrcode crate  {:>9.1?} a symbol", theirs / SYMBOLS);
    println!("  ratio         {:>9.1} ×", theirs.as_secs_f64() / ours.as_secs_f64());
}

/// A link of the printed form; every number gives another one.
pub(crate) fn link(number: u32) -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut state = u64::from(number) * 0x9E37_79B9_7F4A_7C15 + 1;
    let mut digit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(DIGITS[(state >> 33) as usize % DIGITS.len()])
    };
    let signature: String = (0..100).map(|_| digit()).collect();
    format!("https://VERIFY.EXAMPLE.VN/T/AB12{number:08}/{signature}")
}
