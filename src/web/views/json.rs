//! A verdict for programs. Field names are an interface: add, never rename. A field that nobody gave
//! a value is `null`, never left out.

use std::borrow::Cow;

use serde::Serialize;

use super::finding::group;
use super::pages::serial;
use super::wording::{self, Said, day_after};
use crate::code::text;
use crate::domain::calendar::{Day, Instant};
use crate::domain::lot::Lot;
use crate::domain::photo::PhotoSize;
use crate::domain::verdict::{Concern, Finding, Slip, Verdict};
use crate::web::urls;
use crate::web::words::Words;

/// A verdict; everything from `product` on is `null` unless the code is ours.
#[derive(Serialize)]
pub(in crate::web) struct VerdictJson<'a> {
    headline: &'static str,
    language: &'static str,
    serial: Option<String>,
    title: Cow<'static, str>,
    text: Cow<'static, str>,
    note: Option<String>,
    /// Serials that may have been meant by what was typed.
    suggestions: Vec<String>,
    /// What the published keys say alone, while the register cannot be asked.
    by_keys: Option<ByKeysJson>,
    concerns: Vec<ConcernJson<'a>>,
    printed: Option<PrintedJson<'a>>,
    product: Option<ProductJson<'a>>,
    producer: Option<ProducerJson<'a>>,
    recognition: Option<RecognitionJson<'a>>,
    printed_stars: Option<u8>,
    issued_at: Option<Instant>,
    activated_at: Option<Instant>,
    lot: Option<LotJson<'a>>,
    traceability: Option<TraceJson>,
    scans: Option<ScansJson>,
}

#[derive(Serialize)]
struct ByKeysJson {
    signature: &'static str,
}

#[derive(Serialize)]
struct ConcernJson<'a> {
    kind: &'static str,
    title: Cow<'static, str>,
    text: Cow<'static, str>,
    note: Option<String>,
    /// The first day on which it is so; not known of a stamp that is void or not activated.
    since: Option<Day>,
    /// The last day on which all was well.
    ended_on: Option<Day>,
    /// The first day on which it will be well.
    until: Option<Day>,
    decision_number: Option<&'a str>,
    decision_signed_on: Option<Day>,
    printed_stars: Option<u8>,
    stars: Option<u8>,
}

/// What the stamp says, whatever was decided later.
#[derive(Serialize)]
struct PrintedJson<'a> {
    product_name: &'a str,
    producer_name: &'a str,
    stars: u8,
    gtin: Option<&'a str>,
    decision_number: &'a str,
    decision_signed_on: Day,
}

#[derive(Serialize)]
struct ProductJson<'a> {
    /// As printed.
    name: &'a str,
    /// In the register today.
    current_name: &'a str,
    group: GroupJson,
    gtin: Option<&'a str>,
    net_quantity: Option<&'a str>,
    picture: Option<String>,
    brand: Option<&'a str>,
    origin: Option<&'a str>,
    standards: Option<&'a str>,
    certificates: Option<&'a str>,
    safety_warnings: Option<&'a str>,
}

#[derive(Serialize)]
struct GroupJson {
    number: i16,
    name: Cow<'static, str>,
}

#[derive(Serialize)]
struct ProducerJson<'a> {
    /// As printed.
    name: &'a str,
    /// In the register today.
    current_name: &'a str,
    kind: &'static str,
    address: Option<&'a str>,
    identification_code: Option<&'a str>,
}

#[derive(Serialize)]
struct RecognitionJson<'a> {
    stars: u8,
    decision_number: &'a str,
    authority: &'a str,
    signed_on: Day,
    effective_on: Day,
    ends_on: Day,
    product_name: &'a str,
    /// How it stands, in words.
    standing: Cow<'static, str>,
}

#[derive(Serialize)]
struct LotJson<'a> {
    code: &'a str,
    made_on: Option<Day>,
    use_by: Option<Day>,
    recall: Option<RecallJson<'a>>,
}

#[derive(Serialize)]
struct RecallJson<'a> {
    since: Day,
    reason: &'a str,
    phone: Option<&'a str>,
}

/// The items of TT 02/2024 that have no place elsewhere.
#[derive(Serialize)]
struct TraceJson {
    trace_code: String,
    product_trace_code: Option<String>,
    place_trace_code: Option<String>,
    stages: Option<Vec<String>>,
}

#[derive(Serialize)]
struct ScansJson {
    count: u64,
    days: u64,
    first_at: Option<Instant>,
    /// Whether there is cause to think that the stamp was copied.
    gives_cause: bool,
    text: Cow<'static, str>,
}

impl<'a> VerdictJson<'a> {
    /// A verdict in a language.
    pub(in crate::web) fn new(words: Words, verdict: &'a Verdict) -> Self {
        let finding = match verdict {
            Verdict::Known(finding) => Some(&**finding),
            _ => None,
        };
        let Said { title, text, note } = wording::headline(words, verdict);
        Self {
            headline: verdict.headline().key(),
            language: words.tag(),
            serial: serial(verdict),
            title,
            text,
            note,
            suggestions: suggestions(verdict),
            by_keys: by_keys(verdict),
            printed: finding.map(printed),
            concerns: finding.map(|finding| concerns(words, finding)).unwrap_or_default(),
            product: finding.map(|finding| product(words, finding)),
            producer: finding.map(producer),
            recognition: finding.map(|finding| recognition(words, finding)),
            printed_stars: finding.map(|finding| finding.printed.stars.get()),
            issued_at: finding.map(|finding| finding.issued_at),
            activated_at: finding.and_then(|finding| finding.activated_at),
            lot: finding.and_then(|finding| finding.lot.as_ref()).map(lot),
            traceability: finding.map(trace),
            scans: finding.map(|finding| scans(words, finding)),
        }
    }
}

fn by_keys(verdict: &Verdict) -> Option<ByKeysJson> {
    let Verdict::RegisterUnreachable(by_keys) = verdict else { return None };
    Some(ByKeysJson { signature: by_keys.signature.key() })
}

fn concerns(words: Words, finding: &Finding) -> Vec<ConcernJson<'_>> {
    finding.concerns.iter().map(|it| concern(words, it, finding)).collect()
}

fn concern<'a>(words: Words, concern: &'a Concern, finding: &'a Finding) -> ConcernJson<'a> {
    let Said { title, text, note } = wording::concern(words, concern, finding);
    let said = ConcernJson {
        kind: concern.headline().key(),
        title,
        text,
        note,
        since: None,
        ended_on: None,
        until: None,
        decision_number: None,
        decision_signed_on: None,
        printed_stars: None,
        stars: None,
    };
    let ended = |last: Day| (Some(day_after(last)), Some(last));
    match concern {
        Concern::Recalled(recall) => ConcernJson { since: Some(recall.since), ..said },
        Concern::PastDate { use_by: last } | Concern::Expired { ended_on: last } => {
            let (since, ended_on) = ended(*last);
            ConcernJson { since, ended_on, ..said }
        }
        Concern::Revoked(by) | Concern::Suspended(by) => ConcernJson {
            since: Some(by.since),
            decision_number: by.number.as_deref(),
            decision_signed_on: by.signed_on,
            ..said
        },
        Concern::NotYet { from, decision_number, signed_on } => ConcernJson {
            until: Some(*from),
            decision_number: Some(decision_number),
            decision_signed_on: Some(*signed_on),
            ..said
        },
        Concern::StarsChanged { printed, now } => ConcernJson {
            since: Some(finding.recognition.effective_on),
            decision_number: Some(&finding.recognition.decision_number),
            decision_signed_on: Some(finding.recognition.signed_on),
            printed_stars: Some(printed.get()),
            stars: Some(now.get()),
            ..said
        },
        Concern::Void | Concern::NotActivated | Concern::Unsigned => said,
    }
}

fn suggestions(verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Mistyped(Slip::Keyboard { meant }) => {
            meant.iter().map(|serial| text::serial_grouped(*serial)).collect()
        }
        _ => Vec::new(),
    }
}

fn printed(finding: &Finding) -> PrintedJson<'_> {
    let printed = &finding.printed;
    PrintedJson {
        product_name: &printed.product_name,
        producer_name: &printed.producer_name,
        stars: printed.stars.get(),
        gtin: printed.gtin.as_deref(),
        decision_number: &printed.decision_number,
        decision_signed_on: printed.signed_on,
    }
}

fn product(words: Words, finding: &Finding) -> ProductJson<'_> {
    let product = &finding.product;
    ProductJson {
        name: &finding.printed.product_name,
        current_name: &product.name,
        group: GroupJson { number: product.group.number(), name: group(words, product.group) },
        gtin: finding.printed.gtin.as_deref().or(product.gtin.as_deref()),
        net_quantity: product.net_quantity.as_deref(),
        picture: product.photo.as_deref().map(|name| urls::of_photo(name, PhotoSize::Large)),
        brand: None,
        origin: None,
        standards: None,
        certificates: None,
        safety_warnings: None,
    }
}

fn producer(finding: &Finding) -> ProducerJson<'_> {
    ProducerJson {
        name: &finding.printed.producer_name,
        current_name: &finding.product.producer_name,
        kind: finding.product.producer_kind.key(),
        address: finding.product.producer_address.as_deref(),
        identification_code: None,
    }
}

fn recognition(words: Words, finding: &Finding) -> RecognitionJson<'_> {
    let recognition = &finding.recognition;
    RecognitionJson {
        stars: recognition.stars.get(),
        decision_number: &recognition.decision_number,
        authority: &recognition.authority,
        signed_on: recognition.signed_on,
        effective_on: recognition.effective_on,
        ends_on: recognition.ends_on,
        product_name: &recognition.product_name,
        standing: wording::standing(words, finding),
    }
}

fn lot(lot: &Lot) -> LotJson<'_> {
    LotJson {
        code: &lot.details.code,
        made_on: lot.details.made_on,
        use_by: lot.details.use_by,
        recall: lot.recall.as_ref().map(|recall| RecallJson {
            since: recall.since,
            reason: &recall.reason,
            phone: recall.phone.as_deref(),
        }),
    }
}

fn trace(finding: &Finding) -> TraceJson {
    TraceJson {
        trace_code: text::serial(finding.serial),
        product_trace_code: None,
        place_trace_code: None,
        stages: None,
    }
}

fn scans(words: Words, finding: &Finding) -> ScansJson {
    ScansJson {
        count: finding.scans.count,
        days: finding.scans.days,
        first_at: finding.scans.first_at,
        gives_cause: finding.scans.gives_cause(),
        text: wording::scans(words, &finding.scans),
    }
}
