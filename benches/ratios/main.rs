//! What the main jobs cost, as ratios against something that stays put.
//!
//! `cargo bench --bench ratios` runs all subjects, `cargo bench --bench ratios -- qr` those whose
//! name contains a word. Contenders of one subject are run by turns, so that a busy machine slows
//! them alike, and medians are reported.
#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, counts within 52 bits and stops at the first surprise"
)]

#[path = "../../tests/support/desk.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod desk;
mod http;
mod issue;
mod lookup;
mod measure;
mod qr;
mod sheets;
mod sign;

/// One subject: its name and what prints its lines.
type Subject = (&'static str, fn());

const SUBJECTS: [Subject; 6] = [
    ("sign", sign::run),
    ("qr", qr::run),
    ("issue", issue::run),
    ("sheets", sheets::run),
    ("lookup", lookup::run),
    ("http", http::run),
];

fn main() {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (name, run) in SUBJECTS {
        if words.is_empty() || words.iter().any(|word| name.contains(word.as_str())) {
            println!("{name}");
            run();
        }
    }
}
