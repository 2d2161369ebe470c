//! Acts of the audit trail in words: what was done, to what, why, and what else is known of it.

use std::borrow::Cow;

use super::moment;
use crate::code::text;
use crate::domain::audit::{Action, Entry, Fact, FactName, MovedRun, Subject, Value};
use crate::web::urls;
use crate::web::words::Words;

/// What was done.
pub(in crate::web) fn action(words: Words, action: Action) -> Cow<'static, str> {
    words.say(&format!("act.{}", action.key()))
}

/// What every act is called.
pub(in crate::web) fn names(words: Words) -> Vec<(Action, String)> {
    Action::ALL.iter().map(|it| (*it, action(words, *it).into_owned())).collect()
}

/// Who did it: a person by name, with the login, which is unique.
pub(in crate::web) fn actor(entry: &Entry) -> String {
    match &entry.names.actor {
        Some(name) => format!("{name} ({})", entry.actor),
        None => entry.actor.clone(),
    }
}

/// What it was done to.
pub(in crate::web) fn subject(words: Words, entry: &Entry) -> String {
    let number = match entry.subject {
        Subject::Register => return words.say("subject.register").into_owned(),
        Subject::Stamps(batch) | Subject::Batch(batch) => text::batch(batch),
        _ => entry.subject.number().to_string(),
    };
    let kind = entry.subject.kind();
    match &entry.names.subject {
        Some(name) => words.fill(&format!("subject.named.{kind}"), [("name", name)]),
        None => words.fill(&format!("subject.numbered.{kind}"), [("number", &number)]),
    }
}

/// The page of what it was done to, where there is one.
pub(in crate::web) fn place(entry: &Entry) -> Option<String> {
    let page = match entry.subject {
        Subject::Stamps(_) | Subject::Batch(_) => urls::BATCH,
        Subject::Destruction(_) => urls::DESTRUCTIONS,
        Subject::Inspection(_) => urls::INSPECTION,
        Subject::Lot(_) => urls::LOT,
        Subject::Order(_) => urls::ORDER,
        Subject::Producer(_) => urls::PRODUCER,
        Subject::Product(_) => urls::PRODUCT,
        Subject::Report(_) => urls::ONE_REPORT,
        Subject::Account(_)
        | Subject::Authority(_)
        | Subject::Design(_)
        | Subject::Judgement(_)
        | Subject::Link(_)
        | Subject::Paper(_)
        | Subject::Plan(_)
        | Subject::Register
        | Subject::Shop(_) => return None,
    };
    Some(urls::of(page, entry.subject.number()))
}

/// Why it was done, and what else is known of it.
pub(in crate::web) fn detail(words: Words, entry: &Entry) -> String {
    let reason = entry.reason.clone().into_iter();
    let stamps = entry.run.iter().map(|run| stamps(words, run, entry.names.lot.as_deref()));
    let facts = entry.facts.iter().map(|it| fact(words, it));
    reason.chain(stamps).chain(facts).collect::<Vec<_>>().join("; ")
}

/// `84 tem, từ … đến …; lô L01-1126; trước đó: Đã bàn giao`.
fn stamps(words: Words, run: &MovedRun, lot: Option<&str>) -> String {
    let (first, last) = (text::serial_grouped(run.first), text::serial_grouped(run.last));
    let places = [("stamps", &*words.number(run.stamps)), ("first", &first), ("last", &last)];
    let which = match (run.is_exact, run.first == run.last) {
        (true, true) => "run.one",
        (true, false) => "run.each",
        (false, _) => "run.some",
    };
    let lot = lot.map(|code| words.fill("fact.lot", [("value", code)]));
    let from = run.from.map(|from| {
        let state = words.say(&format!("stamp.{}", from.key()));
        words.fill("run.from", [("state", &state)])
    });
    let all = [Some(words.fill(which, places)), lot, from];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// One fact: `hạn giao: 30/11/2026`, and for a change what held before.
fn fact(words: Words, fact: &Fact) -> String {
    let said = |value: &Option<Value>| match value {
        Some(it) => value_of(words, fact.name, it),
        None => words.say("fact_none").into_owned(),
    };
    let key = format!("fact.{}", fact.name.key());
    let now = words.fill(&key, [("value", &said(&fact.value))]);
    match &fact.before {
        Some(_) => words.fill("fact_changed", [("fact", &*now), ("before", &*said(&fact.before))]),
        None => now,
    }
}

fn value_of(words: Words, name: FactName, value: &Value) -> String {
    match value {
        Value::Count(count) => words.number(*count),
        Value::Number(number) => number.to_string(),
        Value::Day(day) => words.date(*day),
        Value::Moment(at) => moment(words, *at),
        Value::Text(text) => text.clone(),
        Value::Word(word) => words.say(&format!("{}.{word}", vocabulary(name))).into_owned(),
    }
}

/// Where the words of a fact are in the catalogues.
fn vocabulary(name: FactName) -> &'static str {
    match name {
        FactName::Role => "role",
        FactName::Right => "right",
        FactName::Level => "records.levels",
        FactName::Kind => "producer_kind",
        FactName::ReportKind => "report.of",
        FactName::Judgement => "product.do",
        FactName::Difference => "fact_word.difference",
        _ => "fact_word",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;

    #[test]
    fn every_act_subject_and_fact_has_words_in_every_language() {
        for language in [Language::Vietnamese, Language::English] {
            let words = Words::of(language);
            let acts = Action::ALL.iter().map(|it| format!("act.{}", it.key()));
            let facts = FactName::ALL.iter().map(|it| format!("fact.{}", it.key()));
            let kinds = Subject::KINDS.iter().map(|it| format!("subject.numbered.{it}"));
            for key in acts.chain(facts).chain(kinds.filter(|it| !it.ends_with(".register"))) {
                assert!(words.said(&key).is_some(), "{key} in {language:?}");
            }
        }
    }
}
