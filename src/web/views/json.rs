//! A verdict for programs. Field names are an interface: add, never rename. A field that nobody gave
//! a value is `null`, never left out.

use std::borrow::Cow;

use serde::Serialize;

use super::finding::group;
use super::pages::serial;
use super::wording::{self, Said};
use crate::code::text;
use crate::domain::calendar::{Day, Instant};
use crate::domain::lot::Lot;
use crate::domain::photo::PhotoSize;
use crate::domain::verdict::{Concern, Finding, Verdict};
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
    /// What the published keys say alone, while the register cannot be asked.
    by_keys: Option<ByKeysJson>,
    concerns: Vec<ConcernJson<'a>>,
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
    since: Option<Day>,
    ended_on: Option<Day>,
    decision_number: Option<&'a str>,
}

#[derive(Serialize)]
struct ProductJson<'a> {
    name: &'a str,
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
    name: &'a str,
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
    ends_on: Day,
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
            by_keys: by_keys(verdict),
            concerns: finding.map(|finding| concerns(words, finding)).unwrap_or_default(),
            product: finding.map(|finding| product(words, finding)),
            producer: finding.map(producer),
            recognition: finding.map(recognition),
            printed_stars: finding.map(|finding| finding.printed_stars.get()),
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
    let each = finding.concerns.iter().map(|concern| {
        let (since, ended_on, decision_number) = match concern {
            Concern::Revoked { since, decision_number } => {
                (Some(*since), None, decision_number.as_deref())
            }
            Concern::Suspended { since } => (Some(*since), None, None),
            Concern::Expired { ended_on } => (None, Some(*ended_on), None),
            Concern::Recalled | Concern::Void | Concern::NotActivated => (None, None, None),
        };
        let Said { title, text, note } = wording::concern(words, concern, finding);
        let kind = concern.headline().key();
        ConcernJson { kind, title, text, note, since, ended_on, decision_number }
    });
    each.collect()
}

fn product(words: Words, finding: &Finding) -> ProductJson<'_> {
    let product = &finding.product;
    ProductJson {
        name: &product.name,
        group: GroupJson { number: product.group.number(), name: group(words, product.group) },
        gtin: product.gtin.as_deref(),
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
        name: &finding.product.producer_name,
        kind: finding.product.producer_kind.key(),
        address: finding.product.producer_address.as_deref(),
        identification_code: None,
    }
}

fn recognition(finding: &Finding) -> RecognitionJson<'_> {
    let recognition = &finding.recognition;
    RecognitionJson {
        stars: recognition.stars.get(),
        decision_number: &recognition.decision_number,
        authority: &recognition.authority,
        signed_on: recognition.signed_on,
        ends_on: recognition.ends_on,
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
