//! What became of the stamps of a batch, as an account and as runs of serials.

use std::borrow::Cow;

use super::wording;
use crate::code::text;
use crate::desk::batches::BatchFile;
use crate::domain::serial::Serial;
use crate::domain::stamp::{StampRun, StampState};
use crate::domain::tally::Tally;
use crate::web::words::Words;

/// The account of a batch: what was issued against what became of it.
pub(super) struct Account {
    pub(super) name: String,
    /// Issued, and the parts it falls into.
    pub(super) issued: Vec<Sum>,
    /// Handed over, and the parts it falls into.
    pub(super) handed_over: Vec<Sum>,
    pub(super) is_balanced: bool,
    pub(super) differences: Vec<String>,
    pub(super) runs: Vec<Run>,
    pub(super) has_more: bool,
}

/// A number with its name. The first of a list is the sum of the others.
pub(super) struct Sum {
    pub(super) label: Cow<'static, str>,
    pub(super) stamps: String,
}

/// Stamps in a row that stand in the same place.
pub(super) struct Run {
    pub(super) serials: String,
    pub(super) state: Cow<'static, str>,
    pub(super) stamps: String,
}

/// The accounts that a batch stands with: its own, and those of the batches that replace stamps of it.
pub(super) fn accounts(words: Words, file: &BatchFile) -> Vec<Account> {
    let all = file.account.batches.iter().map(|(account, runs, has_more)| Account {
        name: text::batch(account.batch),
        issued: issued(words, &account.tally),
        handed_over: handed_over(words, &account.tally),
        is_balanced: account.differences.is_empty() && account.tally.is_balanced(),
        differences: account.differences.iter().map(|it| wording::difference(words, it)).collect(),
        runs: runs.iter().map(|run| self::run(words, run)).collect(),
        has_more: *has_more,
    });
    all.collect()
}

fn issued(words: Words, tally: &Tally) -> Vec<Sum> {
    let count = |state| tally.count(state, false);
    sums(
        words,
        &[
            ("issued", tally.issued()),
            ("in_print", tally.in_print()),
            ("handed_over", tally.handed_over()),
            ("spoiled", count(StampState::Spoiled)),
            ("lost", count(StampState::Lost)),
            ("destroyed", count(StampState::Destroyed)),
            ("cancelled", count(StampState::Cancelled)),
        ],
    )
}

fn handed_over(words: Words, tally: &Tally) -> Vec<Sum> {
    sums(
        words,
        &[
            ("handed_over", tally.handed_over()),
            ("activated", tally.activated()),
            ("unused", tally.unused_at_producer()),
            ("void", tally.void_after_hand_over()),
        ],
    )
}

fn sums(words: Words, all: &[(&str, u64)]) -> Vec<Sum> {
    let sum = |(key, stamps): &(&str, u64)| Sum {
        label: words.say(&format!("account.{key}")),
        stamps: words.number(*stamps),
    };
    all.iter().map(sum).collect()
}

/// A run in words.
pub(super) fn run(words: Words, run: &StampRun) -> Run {
    Run {
        serials: serials(run.first, run.last),
        state: words.say(&format!("stamp.{}", run.state.key())),
        stamps: words.number(run.stamps),
    }
}

/// From one serial to another; one alone stands for itself.
pub(super) fn serials(first: Serial, last: Serial) -> String {
    let (first, last) = (text::serial_grouped(first), text::serial_grouped(last));
    if first == last { first } else { format!("{first} – {last}") }
}
