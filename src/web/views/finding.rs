//! What the register knows of a stamp, for the page.

use std::borrow::Cow;

use super::wording::{self, Said};
use crate::code::text;
use crate::domain::calendar::{Day, Instant, vietnam_day};
use crate::domain::lot::Lot;
use crate::domain::photo::PhotoSize;
use crate::domain::product::ProductGroup;
use crate::domain::recognition::Stars;
use crate::domain::verdict::{Finding, ProductFacts};
use crate::web::urls;
use crate::web::words::Words;

/// A labelled value; without one, the page says that it was not given.
pub(super) struct Fact<'a> {
    pub(super) label: Cow<'static, str>,
    pub(super) value: Option<Cow<'a, str>>,
}

/// Where a photo is.
pub(super) struct PhotoView {
    pub(super) large: String,
    pub(super) small: String,
}

impl PhotoView {
    pub(super) fn new(name: &str) -> Self {
        let at = |size| urls::of_photo(name, size);
        Self { large: at(PhotoSize::Large), small: at(PhotoSize::Small) }
    }
}

/// A finding as the page shows it.
pub(super) struct FindingView<'a> {
    pub(super) also: Vec<Said>,
    pub(super) product: &'a ProductFacts,
    /// The product's name as it is printed.
    pub(super) name: &'a str,
    /// Its name today, where that is another.
    pub(super) name_now: Option<String>,
    pub(super) photo: Option<PhotoView>,
    pub(super) group: Cow<'static, str>,
    pub(super) star_row: &'static str,
    pub(super) stars: String,
    pub(super) in_force: bool,
    pub(super) product_facts: Vec<Fact<'a>>,
    pub(super) recognition_facts: Vec<Fact<'a>>,
    pub(super) lot_facts: Vec<Fact<'a>>,
    pub(super) scans: Cow<'static, str>,
    pub(super) trace_facts: Vec<Fact<'a>>,
}

impl<'a> FindingView<'a> {
    /// A finding in words; the worst concern is in the headline already.
    pub(super) fn new(words: Words, finding: &'a Finding) -> Self {
        let also = finding.concerns.iter().skip(1);
        Self {
            also: also.map(|concern| wording::concern(words, concern, finding)).collect(),
            product: &finding.product,
            name: &finding.printed.product_name,
            name_now: wording::renamed(words, &finding.printed.product_name, &finding.product.name),
            photo: finding.product.photo.as_deref().map(PhotoView::new),
            group: group(words, finding.product.group),
            star_row: star_row(finding.recognition.stars),
            stars: stars(words, finding),
            in_force: wording::is_in_force(finding),
            product_facts: product_facts(words, finding),
            recognition_facts: recognition_facts(words, finding),
            lot_facts: lot_facts(words, finding.lot.as_ref()),
            scans: wording::scans(words, &finding.scans),
            trace_facts: trace_facts(words, finding),
        }
    }
}

/// A group's name.
pub(super) fn group(words: Words, group: ProductGroup) -> Cow<'static, str> {
    words.say(&format!("group.{}", group.number()))
}

fn star_row(stars: Stars) -> &'static str {
    match stars.get() {
        1 => "★",
        2 => "★★",
        3 => "★★★",
        4 => "★★★★",
        _ => "★★★★★",
    }
}

/// Stars that give no right to the mark any more are not shown without saying so.
fn stars(words: Words, finding: &Finding) -> String {
    let stars = finding.recognition.stars.get().to_string();
    let shown = words.fill("recognition.stars", [("stars", &stars)]);
    if wording::is_in_force(finding) {
        return shown;
    }
    format!("{shown} · {}", wording::standing(words, finding))
}

fn product_facts(words: Words, finding: &Finding) -> Vec<Fact<'_>> {
    let (printed, product) = (&finding.printed, &finding.product);
    vec![
        printed_and_now(
            words,
            "finding.producer",
            Some(&printed.producer_name),
            Some(&product.producer_name),
        ),
        given(words, "trace.producer_address", product.producer_address.as_deref()),
        given(words, "finding.net_quantity", product.net_quantity.as_deref()),
    ]
}

fn recognition_facts(words: Words, finding: &Finding) -> Vec<Fact<'_>> {
    let recognition = &finding.recognition;
    let ends_on = words.date(recognition.ends_on);
    let until = words.fill("recognition.valid_until", [("date", &ends_on)]);
    let mut facts = vec![given(words, "recognition.decision", Some(&recognition.decision_number))];
    facts.extend(as_decided(words, finding));
    facts.push(given(words, "recognition.authority", Some(&recognition.authority)));
    facts.push(day(words, "recognition.signed_on", Some(recognition.signed_on)));
    if recognition.effective_on != recognition.signed_on {
        facts.push(day(words, "recognition.effective_on", Some(recognition.effective_on)));
    }
    facts.extend([
        Fact { label: words.say("recognition.ends_on"), value: Some(until.into()) },
        Fact {
            label: words.say("recognition.standing"),
            value: Some(wording::standing(words, finding)),
        },
    ]);
    facts
}

/// What the decision says and the stamp does not: a name, and that it is another than the stamp's.
fn as_decided(words: Words, finding: &Finding) -> Vec<Fact<'_>> {
    let (printed, recognition) = (&finding.printed, &finding.recognition);
    let mut facts = Vec::new();
    if wording::renamed(words, &printed.product_name, &recognition.product_name).is_some() {
        facts.push(given(words, "recognition.product_name", Some(&recognition.product_name)));
    }
    let is_other = (&printed.decision_number, printed.signed_on)
        != (&recognition.decision_number, recognition.signed_on);
    if is_other {
        let signed = words.date(printed.signed_on);
        let places = [("number", &*printed.decision_number), ("date", &*signed)];
        let value = words.fill("recognition.decision_of", places);
        let label = words.say("recognition.printed_under");
        facts.push(Fact { label, value: Some(value.into()) });
    }
    facts
}

fn lot_facts(words: Words, lot: Option<&Lot>) -> Vec<Fact<'_>> {
    let details = lot.map(|lot| &lot.details);
    vec![
        given(words, "lot.code", details.map(|details| &*details.code)),
        day(words, "lot.made_on", details.and_then(|details| details.made_on)),
        day(words, "lot.use_by", details.and_then(|details| details.use_by)),
    ]
}

/// The items of TT 02/2024 and NĐ 37/2026, Điều 32, that the page does not show elsewhere.
fn trace_facts(words: Words, finding: &Finding) -> Vec<Fact<'_>> {
    let product = &finding.product;
    let kind = words.say(producer_kind_key(product));
    let missing = |key| Fact { label: words.say(key), value: None };
    let mut picture = missing("trace.picture");
    picture.value = product.photo.as_ref().map(|_| words.say("trace.picture_above"));
    let mut activated = moment(words, "trace.activated_on", finding.activated_at);
    activated.value.get_or_insert_with(|| words.say("trace.not_activated"));
    vec![
        Fact {
            label: words.say("trace.code"),
            value: Some(text::serial_grouped(finding.serial).into()),
        },
        printed_and_now(
            words,
            "trace.gtin",
            finding.printed.gtin.as_deref(),
            product.gtin.as_deref(),
        ),
        picture,
        Fact { label: words.say("trace.producer_kind"), value: Some(kind) },
        missing("trace.producer_id"),
        missing("trace.origin"),
        missing("trace.stages"),
        missing("trace.product_trace"),
        missing("trace.place_trace"),
        missing("trace.event_time"),
        missing("trace.brand"),
        missing("trace.standards"),
        missing("trace.certificates"),
        missing("trace.warnings"),
        moment(words, "trace.issued_on", Some(finding.issued_at)),
        activated,
    ]
}

fn producer_kind_key(product: &ProductFacts) -> &'static str {
    use crate::domain::producer::ProducerKind as Kind;
    match product.producer_kind {
        Kind::Enterprise => "producer_kind.enterprise",
        Kind::Cooperative => "producer_kind.cooperative",
        Kind::CooperativeGroup => "producer_kind.cooperative_group",
        Kind::HouseholdBusiness => "producer_kind.household_business",
    }
}

/// What is printed, and where it is another today, that too.
fn printed_and_now<'a>(
    words: Words,
    key: &str,
    printed: Option<&'a str>,
    now: Option<&'a str>,
) -> Fact<'a> {
    let (Some(of), Some(is)) = (printed, now) else { return given(words, key, printed.or(now)) };
    match wording::renamed(words, of, is) {
        None => given(words, key, Some(of)),
        Some(now) => Fact { label: words.say(key), value: Some(format!("{of} – {now}").into()) },
    }
}

fn given<'a>(words: Words, key: &str, value: Option<&'a str>) -> Fact<'a> {
    Fact { label: words.say(key), value: value.map(Cow::Borrowed) }
}

fn day(words: Words, key: &str, day: Option<Day>) -> Fact<'static> {
    Fact { label: words.say(key), value: day.map(|day| words.date(day).into()) }
}

fn moment(words: Words, key: &str, at: Option<Instant>) -> Fact<'static> {
    day(words, key, at.map(vietnam_day))
}
