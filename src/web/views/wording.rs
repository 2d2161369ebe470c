//! A verdict in words, the same on the page and in JSON.

use std::borrow::Cow;

use super::page::Tone;
use crate::domain::calendar::{Day, vietnam_day, vietnam_time};
use crate::domain::scan::ScanHistory;
use crate::domain::verdict::{ByKeys, Concern, Finding, Headline, SignatureAlone, Verdict};
use crate::web::words::Words;

/// Something said: what it is about, a sentence or two, and what may be added.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) title: Cow<'static, str>,
    pub(super) text: Cow<'static, str>,
    pub(super) note: Option<String>,
}

/// The verdict's headline and its explanation.
pub(super) fn headline(words: Words, verdict: &Verdict) -> Said {
    match verdict {
        Verdict::Known(finding) => match finding.concerns.first() {
            Some(worst) => concern(words, worst, finding),
            None => valid(words, finding),
        },
        Verdict::Mistyped
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
        Concern::Void | Concern::NotActivated => plain(words, headline),
        Concern::Recalled => {
            let note = recall_reason(words, finding);
            Said { note, ..said(words, headline, recalled(words, finding)) }
        }
        Concern::Revoked { since, decision_number } => {
            said(words, headline, revoked(words, *since, decision_number.as_deref()))
        }
        Concern::Suspended { since } => dated(words, headline, *since),
        Concern::Expired { ended_on } => {
            let note = activated_before(words, finding, *ended_on);
            Said { note, ..dated(words, headline, day_after(*ended_on)) }
        }
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
        Concern::Revoked { .. } => Some("recognition.revoked"),
        Concern::Suspended { .. } => Some("recognition.suspended"),
        Concern::Expired { .. } => Some("recognition.expired"),
        Concern::Recalled | Concern::Void | Concern::NotActivated => None,
    }
}

/// The number to call about a recall.
pub(super) fn recall_phone(finding: &Finding) -> Option<&str> {
    finding.lot.as_ref()?.recall.as_ref()?.phone.as_deref()
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
        Headline::NotActivated | Headline::Expired | Headline::Suspended | Headline::Unknown => {
            Tone::Caution
        }
        Headline::WrongSignature
        | Headline::NeverIssued
        | Headline::Void
        | Headline::Revoked
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

fn revoked(words: Words, since: Day, number: Option<&str>) -> String {
    let date = words.date(since);
    match number {
        Some(number) => words.fill("verdict.revoked.text", [("number", number), ("date", &date)]),
        None => words.fill("verdict.revoked.text_without_number", [("date", &date)]),
    }
}

fn recalled(words: Words, finding: &Finding) -> String {
    let producer = finding.product.producer_name.as_str();
    let Some(lot) = &finding.lot else {
        return words.fill("verdict.recalled.text_without_lot", [("producer", producer)]);
    };
    let places = [("lot", lot.details.code.as_str()), ("producer", producer)];
    match recall_phone(finding) {
        None => words.fill("verdict.recalled.text_without_phone", places),
        Some(phone) => {
            let [lot, producer] = places;
            words.fill("verdict.recalled.text", [lot, producer, ("phone", phone)])
        }
    }
}

fn recall_reason(words: Words, finding: &Finding) -> Option<String> {
    let recall = finding.lot.as_ref()?.recall.as_ref()?;
    let places = [("date", &*words.date(recall.since)), ("reason", &*recall.reason)];
    Some(words.fill("verdict.recalled.reason", places))
}

fn activated_before(words: Words, finding: &Finding, ended_on: Day) -> Option<String> {
    let activated_on = vietnam_day(finding.activated_at?);
    let date = words.date(activated_on);
    (activated_on <= ended_on)
        .then(|| words.fill("verdict.expired.activated_before", [("date", &date)]))
}

/// A recognition is in force to the end of its last day.
fn day_after(day: Day) -> Day {
    day.succ_opt().unwrap_or(day)
}
