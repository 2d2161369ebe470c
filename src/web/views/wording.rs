//! A verdict in words, the same on the page and in JSON.

use std::borrow::Cow;

use super::page::Tone;
use crate::code::text;
use crate::domain::calendar::{Day, vietnam_day, vietnam_time};
use crate::domain::lot::Recall;
use crate::domain::recognition::{Ruling, Stars};
use crate::domain::scan::ScanHistory;
use crate::domain::serial::Serial;
use crate::domain::verdict::{ByKeys, Concern, Finding, Headline, SignatureAlone, Slip, Verdict};
use crate::web::words::Words;

/// Something said: what it is about, a sentence or two, and what may be added.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) title: Cow<'static, str>,
    pub(super) text: Cow<'static, str>,
    pub(super) note: Option<String>,
}

/// A verdict's title and text, for a list of facts.
pub(in crate::web) fn told(words: Words, verdict: &Verdict) -> (String, String) {
    let Said { title, text, .. } = headline(words, verdict);
    (title.into_owned(), text.into_owned())
}

/// The verdict's headline and its explanation.
pub(super) fn headline(words: Words, verdict: &Verdict) -> Said {
    match verdict {
        Verdict::Known(finding) => match finding.concerns.first() {
            Some(worst) => concern(words, worst, finding),
            None => valid(words, finding),
        },
        Verdict::Mistyped(Slip::Keyboard { meant }) => keyboard(words, meant),
        Verdict::Mistyped(Slip::Symbols)
        | Verdict::Unknown(_)
        | Verdict::WrongSignature(_)
        | Verdict::NeverIssued(_) => plain(words, verdict.headline()),
        Verdict::RegisterUnreachable(by_keys) => by_keys_alone(words, by_keys.signature),
    }
}

/// One thing that speaks against a stamp.
pub(super) fn concern(words: Words, concern: &Concern, finding: &Finding) -> Said {
    let headline = concern.headline();
    match concern {
        Concern::Void | Concern::NotActivated | Concern::Unsigned => plain(words, headline),
        Concern::Recalled(recall) => {
            let note = Some(recall_reason(words, recall));
            Said { note, ..said(words, headline, recalled(words, finding, recall)) }
        }
        Concern::PastDate { use_by } => said(words, headline, past_date(words, finding, *use_by)),
        Concern::Revoked(by) | Concern::Suspended(by) => {
            said(words, headline, ruled(words, headline, by))
        }
        Concern::Expired { ended_on } => {
            let note = activated_before(words, finding, *ended_on);
            Said { note, ..dated(words, headline, day_after(*ended_on)) }
        }
        Concern::NotYet { from, decision_number, signed_on } => {
            let (date, signed) = (words.date(*from), words.date(*signed_on));
            let places = [("number", &**decision_number), ("signed", &signed), ("date", &date)];
            said(words, headline, words.fill("verdict.not_yet.text", places))
        }
        Concern::StarsChanged { printed, now } => stars_changed(words, finding, (*printed, *now)),
    }
}

/// How the recognition stands, in two words.
pub(super) fn standing(words: Words, finding: &Finding) -> Cow<'static, str> {
    let worst = finding.concerns.iter().find_map(standing_key);
    words.say(worst.unwrap_or("recognition.in_force"))
}

/// Whether the recognition gives the right to the mark today.
pub(super) fn is_in_force(finding: &Finding) -> bool {
    !finding.concerns.iter().any(|concern| standing_key(concern).is_some())
}

fn standing_key(concern: &Concern) -> Option<&'static str> {
    match concern {
        Concern::Revoked(_) => Some("recognition.revoked"),
        Concern::Suspended(_) => Some("recognition.suspended"),
        Concern::Expired { .. } => Some("recognition.expired"),
        Concern::NotYet { .. } => Some("recognition.not_yet"),
        Concern::Recalled(_)
        | Concern::PastDate { .. }
        | Concern::Void
        | Concern::StarsChanged { .. }
        | Concern::NotActivated
        | Concern::Unsigned => None,
    }
}

/// A name that was printed, and where it is another today, that too; letter case makes no other name.
pub(super) fn renamed(words: Words, printed: &str, now: &str) -> Option<String> {
    let is_other = printed.to_lowercase() != now.to_lowercase();
    is_other.then(|| words.fill("finding.now", [("name", now)]))
}

/// Earlier scans, by others.
pub(super) fn scans(words: Words, history: &ScanHistory) -> Cow<'static, str> {
    let Some(first_at) = history.first_at.filter(|_| history.count > 0) else {
        return words.say("scans.first");
    };
    let first_at = vietnam_time(first_at);
    let key = if history.count == 1 { "scans.one" } else { "scans.many" };
    let count = words.number(history.count);
    let (time, date) = (words.time(first_at), words.date(first_at.date()));
    let said = words.fill(key, [("count", &count), ("time", &time), ("date", &date)]);
    if history.gives_cause() { format!("{said} {}", words.say("scans.cause")) } else { said }.into()
}

/// How the headline looks.
pub(super) fn tone(verdict: &Verdict) -> Tone {
    match verdict.headline() {
        Headline::Valid => Tone::Good,
        Headline::NotActivated
        | Headline::Expired
        | Headline::Suspended
        | Headline::NotYet
        | Headline::StarsChanged
        | Headline::Unsigned
        | Headline::Unknown => Tone::Caution,
        Headline::WrongSignature
        | Headline::NeverIssued
        | Headline::Void
        | Headline::Revoked
        | Headline::PastDate
        | Headline::Recalled => Tone::Stop,
        Headline::Mistyped => Tone::Neutral,
        Headline::RegisterUnreachable => match verdict {
            // This the keys can say alone.
            Verdict::RegisterUnreachable(ByKeys { signature: SignatureAlone::Wrong, .. }) => {
                Tone::Stop
            }
            _ => Tone::Busy,
        },
    }
}

/// While the register cannot be asked: that it is so, and what the keys say.
fn by_keys_alone(words: Words, signature: SignatureAlone) -> Said {
    let headline = match signature {
        SignatureAlone::Wrong => Headline::WrongSignature,
        SignatureAlone::Right | SignatureAlone::Leaked | SignatureAlone::Absent => {
            Headline::RegisterUnreachable
        }
    };
    let note = words.say(&format!("verdict.register_unreachable.{}", signature.key()));
    Said { note: Some(note.into_owned()), ..plain(words, headline) }
}

fn title(words: Words, headline: Headline) -> Cow<'static, str> {
    words.say(&format!("verdict.{}.title", headline.key()))
}

fn text_key(headline: Headline) -> String {
    format!("verdict.{}.text", headline.key())
}

fn said(words: Words, headline: Headline, text: impl Into<Cow<'static, str>>) -> Said {
    Said { title: title(words, headline), text: text.into(), note: None }
}

fn plain(words: Words, headline: Headline) -> Said {
    said(words, headline, words.say(&text_key(headline)))
}

fn dated(words: Words, headline: Headline, day: Day) -> Said {
    said(words, headline, words.fill(&text_key(headline), [("date", &words.date(day))]))
}

fn valid(words: Words, finding: &Finding) -> Said {
    let stars = finding.recognition.stars.get().to_string();
    let date = words.date(finding.recognition.ends_on);
    let text = words.fill(&text_key(Headline::Valid), [("stars", &stars), ("date", &date)]);
    said(words, Headline::Valid, text)
}

/// What a decision took away: by its number and its day of signature, as on the paper, and from its own
/// day where that is another.
fn ruled(words: Words, headline: Headline, by: &Ruling) -> String {
    let date = words.date(by.since);
    let key = |ending: &str| format!("{}{ending}", text_key(headline));
    match (by.number.as_deref(), by.signed_on) {
        (None, _) => words.fill(&key("_without_number"), [("date", &date)]),
        (Some(number), None) => {
            words.fill(&key("_without_signature"), [("number", number), ("date", &date)])
        }
        (Some(number), Some(day)) if day == by.since => {
            words.fill(&key("_at_once"), [("number", number), ("date", &date)])
        }
        (Some(number), Some(day)) => {
            let signed = words.date(day);
            words.fill(&key(""), [("number", number), ("signed", &signed), ("date", &date)])
        }
    }
}

fn stars_changed(words: Words, finding: &Finding, (printed, now): (Stars, Stars)) -> Said {
    let key = if now > printed {
        "verdict.stars_changed.text_more"
    } else if now.may_carry_mark() {
        "verdict.stars_changed.text"
    } else {
        "verdict.stars_changed.text_without_mark"
    };
    let (printed, now) = (printed.get().to_string(), now.get().to_string());
    let recognition = &finding.recognition;
    let (number, signed) = (&*recognition.decision_number, words.date(recognition.signed_on));
    let [of, has] = [("printed", &*printed), ("stars", &*now)];
    Said {
        title: words.fill("verdict.stars_changed.title", [of, has]).into(),
        text: words.fill(key, [of, has, ("number", number), ("signed", &signed)]).into(),
        note: None,
    }
}

fn past_date(words: Words, finding: &Finding, use_by: Day) -> String {
    let lot = finding.lot.as_ref().map_or("", |lot| &lot.details.code);
    words.fill("verdict.past_date.text", [("lot", lot), ("date", &words.date(use_by))])
}

/// What a Vietnamese keyboard made of a serial, and what may have been meant.
fn keyboard(words: Words, meant: &[Serial]) -> Said {
    let all: Vec<String> = meant.iter().map(|serial| text::serial_grouped(*serial)).collect();
    let all = all.join(", ");
    let note = (!meant.is_empty())
        .then(|| words.fill("verdict.mistyped.meant", [("serials", all.as_str())]));
    let text = words.say("verdict.mistyped.keyboard");
    Said { note, ..said(words, Headline::Mistyped, text) }
}

fn recalled(words: Words, finding: &Finding, recall: &Recall) -> String {
    // What was printed is what people read on the goods.
    let producer = finding.printed.producer_name.as_str();
    let Some(lot) = &finding.lot else {
        return words.fill("verdict.recalled.text_without_lot", [("producer", producer)]);
    };
    let places = [("lot", lot.details.code.as_str()), ("producer", producer)];
    match recall.phone.as_deref() {
        None => words.fill("verdict.recalled.text_without_phone", places),
        Some(phone) => {
            let [lot, producer] = places;
            words.fill("verdict.recalled.text", [lot, producer, ("phone", phone)])
        }
    }
}

fn recall_reason(words: Words, recall: &Recall) -> String {
    let places = [("date", &*words.date(recall.since)), ("reason", &*recall.reason)];
    words.fill("verdict.recalled.reason", places)
}

fn activated_before(words: Words, finding: &Finding, ended_on: Day) -> Option<String> {
    let activated_on = vietnam_day(finding.activated_at?);
    let date = words.date(activated_on);
    (activated_on <= ended_on)
        .then(|| words.fill("verdict.expired.activated_before", [("date", &date)]))
}

/// A recognition is in force to the end of its last day.
pub(super) fn day_after(day: Day) -> Day {
    day.succ_opt().unwrap_or(day)
}
