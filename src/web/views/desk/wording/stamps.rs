//! Why stamps were not moved, and which were left.

use super::{ineligible, unprintable};
use crate::accounting::{CODES_MAX, Item, Left, Moved, StampError, Unclear, Why};
use crate::code::text;
use crate::domain::lot::LotFault;
use crate::domain::sheet::SHEETS_MAX;
use crate::domain::stamp::Obstacle;
use crate::web::words::Words;

/// Why stamps were not moved.
pub(in crate::web) fn stamps(words: Words, why: &StampError) -> String {
    let say = |key: &str| words.say(&format!("batch.problem.{key}")).into_owned();
    match why {
        StampError::NoneIssued | StampError::NoBatch(_) => say("none_issued"),
        StampError::TwoBatches(..) => say("other_batch"),
        StampError::Backwards(..) => say("backwards"),
        StampError::NoSheet { .. } => say("no_sheet"),
        StampError::Left(_, found) => left(words, found),
        StampError::Unclear(why) => unclear(words, *why),
        StampError::Ineligible(why) => ineligible(words, why),
        StampError::LotDiffers(lot) => words.fill("batch.problem.lot_differs", [("lot", lot)]),
        StampError::LotDates { lot, fault } => lot_fault(words, lot, *fault),
        StampError::LotRecalled { lot, since } => {
            let places = [("lot", &**lot), ("date", &*words.date(*since))];
            words.fill("batch.problem.lot_recalled", places)
        }
        StampError::LotName => say("lot_name"),
        StampError::Unprintable(why) => unprintable(words, why),
        StampError::NoReason => say("reason"),
        StampError::Phone(_) => words.say("lots.problem.phone").into_owned(),
        StampError::NoLot(_) => say("no_lot"),
        StampError::Store(_) => words.say("error.internal.text").into_owned(),
    }
}

fn lot_fault(words: Words, lot: &str, fault: LotFault) -> String {
    let dated = |key: &str, day| {
        let places = [("lot", lot), ("date", &*words.date(day))];
        words.fill(&format!("batch.problem.{key}"), places)
    };
    match fault {
        LotFault::Backwards => words.say("batch.problem.lot_dates").into_owned(),
        LotFault::Past { use_by } => dated("lot_past", use_by),
        LotFault::NotMade { made_on } => dated("lot_not_made", made_on),
    }
}

/// Why nothing was moved: how many stamps cannot be, why, and which.
pub(in crate::web) fn left(words: Words, found: &Moved) -> String {
    if found.left == 0 && found.already > 0 {
        let places = [("already", &*words.number(found.already))];
        return words.fill("batch.problem.already", places);
    }
    if found.left == 0 {
        return words.say("batch.problem.none_issued").into_owned();
    }
    let all = words.number(found.moved + found.already + found.left);
    let places = [("left", &*words.number(found.left)), ("all", &*all)];
    let causes = causes(words, found).into_iter().map(|(why, stamps)| format!("{why}: {stamps}."));
    let said = words.fill("batch.problem.left", places);
    [said].into_iter().chain(causes).collect::<Vec<_>>().join(" ")
}

/// Runs and codes that are named of a cause.
const NAMED_MAX: usize = 5;

/// What was left, by cause: why, how many, and some of them by name.
pub(in crate::web) fn causes(words: Words, found: &Moved) -> Vec<(String, String)> {
    let cause = |(why, count): (Why, u64)| {
        let of = found.items.iter().filter(|item| item.why == why);
        let mut names: Vec<String> = of.take(NAMED_MAX + 1).map(item_name).collect();
        if names.len() > NAMED_MAX {
            names.truncate(NAMED_MAX);
            names.push("…".to_owned());
        }
        let is_sheets =
            found.items.iter().any(|item| item.why == why && matches!(item.what, Item::Sheet(_)));
        let key = if is_sheets { "which.left_sheets" } else { "which.left" };
        let count = words.number(count);
        let places = [("stamps", &*count), ("names", &*names.join(", "))];
        (why_said(words, why), words.fill(key, places))
    };
    found.causes().into_iter().map(cause).collect()
}

fn why_said(words: Words, why: Why) -> String {
    let key = match why {
        Why::Kept(Obstacle::State(state)) => format!("stamp.{}", state.key()),
        why => format!("which.why.{}", why.key()),
    };
    words.say(&key).into_owned()
}

fn item_name(item: &Left) -> String {
    match &item.what {
        Item::Run(run) if run.first == run.last => text::serial_grouped(run.first),
        Item::Run(run) => {
            format!("{}–{}", text::serial_grouped(run.first), text::serial_grouped(run.last))
        }
        Item::Sheet(number) => number.to_string(),
        Item::Text(code) => code.clone(),
    }
}

/// Why it is not clear which stamps are meant.
pub(in crate::web) fn unclear(words: Words, why: Unclear) -> String {
    let most = |most: usize| words.number(u64::try_from(most).unwrap_or(u64::MAX));
    let key = match why {
        Unclear::Nothing => "nothing",
        Unclear::TwoWays(_) => "two_ways",
        Unclear::NoFirst => "no_first",
        Unclear::First => "first",
        Unclear::Last => "last",
        Unclear::Sheets => {
            return words.fill("which.unclear.sheets", [("most", &most(SHEETS_MAX))]);
        }
        Unclear::Codes => return words.fill("which.unclear.codes", [("most", &most(CODES_MAX))]),
    };
    words.say(&format!("which.unclear.{key}")).into_owned()
}
