//! Products and their recognitions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, words};
use super::lists::Narrowed;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use super::selection::OutcomeJson;
use super::shapes::{EntryJson, PageNumber, history};
use super::telling::attempted;
use crate::desk::products::{self as desk, ProductFile};
use crate::domain::calendar::Day;
use crate::domain::ids::ProductId;
use crate::domain::photo::PhotoSize;
use crate::domain::producer::{Producer, ProducerKind};
use crate::domain::product::ProductGroup;
use crate::domain::recognition::{Event, EventKind, Recognition, Standing};
use crate::store::product_list::{ListedProduct, ProductFilter};
use crate::web::urls;

/// Names of how a recognition can stand.
const STANDINGS: [&str; 5] = ["in_force", "not_yet", "expired", "suspended", "revoked"];

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ProductQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Of this group, 1 to 6 (148/QĐ-TTg).
    #[schemars(range(min = 1, max = 6))]
    group: Option<i16>,
    /// With these words in its own or its producer's name, accented or not.
    q: Option<Line>,
    /// Recognised by a decision of this number.
    decision: Option<Line>,
}

/// A decision about the right to the mark.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "JudgementOfOne")]
pub(in crate::web) struct OneJudgement {
    /// Why.
    reason: Line,
    /// Number of the decision, where there is one.
    #[serde(default)]
    decision_number: Option<Line>,
    /// The day on which the decision was signed, where it is known; not after today.
    #[serde(default)]
    signed_on: Option<Date>,
    /// The first day of effect; today, where none is given.
    #[serde(default)]
    effective_on: Option<Date>,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// A decision that withdraws a certificate.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Revocation {
    /// Why.
    reason: Line,
    /// Number of the decision.
    decision_number: Line,
    /// The day on which the decision was signed, where it is known; not after today.
    #[serde(default)]
    signed_on: Option<Date>,
    /// The first day of effect; today, where none is given.
    #[serde(default)]
    effective_on: Option<Date>,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// A product.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Product")]
pub(in crate::web) struct ProductJson {
    /// Its number.
    id: i64,
    /// Its name.
    name: String,
    /// Its group, 1 to 6 (148/QĐ-TTg).
    group: i16,
    /// Its GTIN.
    gtin: Option<String>,
    /// Net quantity, as on the label.
    net_quantity: Option<String>,
    /// Where its photo is on this service, for anybody to see.
    photo: Option<String>,
    /// Who makes it.
    producer: ProducerJson,
    /// The recognition that it stands by today.
    recognition: Option<RecognitionJson>,
}

/// A producer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Producer")]
struct ProducerJson {
    /// Its number.
    id: i64,
    /// Its name.
    name: String,
    /// Its legal kind.
    #[schemars(extend("enum" = ProducerKind::ALL.map(ProducerKind::key)))]
    kind: &'static str,
    /// Where it is.
    address: Option<String>,
}

/// A recognition.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Recognition")]
struct RecognitionJson {
    /// Its number.
    id: i64,
    /// Stars.
    stars: u8,
    /// Whether it was proposed for five stars.
    potential_five_star: bool,
    /// Number of the decision.
    decision_number: String,
    /// The day of signature.
    signed_on: Day,
    /// The first day in force.
    effective_on: Day,
    /// The last day in force.
    ends_on: Day,
    /// How it stands today.
    #[schemars(extend("enum" = STANDINGS))]
    standing: &'static str,
}

/// A product with all its papers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProductFile")]
pub(in crate::web) struct ProductFileJson {
    #[serde(flatten)]
    product: ProductJson,
    /// Every recognition, the latest first.
    recognitions: Vec<PaperJson>,
    /// What was done with it, oldest first.
    history: Vec<EntryJson>,
}

/// A recognition with what happened to it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Paper")]
struct PaperJson {
    #[serde(flatten)]
    recognition: RecognitionJson,
    /// Who signed.
    authority: String,
    /// What happened to it, oldest first.
    events: Vec<EventJson>,
}

/// Something that happened to a recognition.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Event")]
struct EventJson {
    /// What happened.
    #[schemars(extend("enum" = ["extended", "suspended", "reinstated", "revoked"]))]
    kind: &'static str,
    /// The first day of effect.
    effective_on: Day,
    /// The new last day in force, where that was changed.
    ends_on: Option<Day>,
    /// Number of the decision.
    decision_number: Option<String>,
    /// The day on which the decision was signed, where it is known.
    signed_on: Option<Day>,
    /// Why.
    reason: Option<String>,
}

/// Products, in the order of the Vietnamese alphabet.
pub(in crate::web) fn list(call: &Call, query: ProductQuery) -> Narrowed<ProductFilter> {
    let group = query.group.map(|number| ProductGroup::from_number(number).ok_or(number));
    let group = group.transpose();
    let group = group.map_err(|_other| Problem::parameter(call.words, "#/group", "invalid"))?;
    let filter = ProductFilter { group, words: words(query.q), decision: words(query.decision) };
    Ok((filter, query.page))
}

/// A product on the list.
pub(in crate::web) fn line(call: &Call, listed: ListedProduct) -> ProductJson {
    product(listed, call.today())
}

/// One product.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<ProductFileJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), ProductId(call.number()?))?;
    Ok(file(call, found.ok_or(Kind::NotFound)?))
}

/// A product with all its papers.
pub(super) fn file(call: &Call, found: ProductFile) -> ProductFileJson {
    let paper = |(it, authority): (Recognition, String)| PaperJson {
        recognition: recognition(&it, call.today()),
        authority,
        events: it.events.into_iter().map(event).collect(),
    };
    ProductFileJson {
        product: product(found.listed, call.today()),
        recognitions: found.recognitions.into_iter().map(paper).collect(),
        history: history(&found.history),
    }
}

/// Suspends the recognition that a product stands by.
pub(in crate::web) fn suspend(call: &Call, said: OneJudgement) -> Result<OutcomeJson, Problem> {
    judge(call, EventKind::Suspended, said)
}

/// Gives the right to the mark back.
pub(in crate::web) fn reinstate(call: &Call, said: OneJudgement) -> Result<OutcomeJson, Problem> {
    judge(call, EventKind::Reinstated, said)
}

/// Revokes the recognition that a product stands by.
pub(in crate::web) fn revoke(call: &Call, said: Revocation) -> Result<OutcomeJson, Problem> {
    let Revocation { reason, decision_number, signed_on, effective_on, preview } = said;
    let decision_number = Some(decision_number);
    let said = OneJudgement { reason, decision_number, signed_on, effective_on, preview };
    judge(call, EventKind::Revoked, said)
}

fn judge(call: &Call, kind: EventKind, said: OneJudgement) -> Result<OutcomeJson, Problem> {
    let event = Event {
        effective_on: said.effective_on.map_or_else(|| call.today(), |day| day.0),
        kind,
        decision_number: said.decision_number.map(|line| line.0),
        signed_on: said.signed_on.map(|day| day.0),
        reason: Some(said.reason.0),
    };
    let (worker, id) = (call.worker(), ProductId(call.number()?));
    // Not there for this person, or never recognised: the first is told as such by whoever read it.
    let judged = attempted(call, said.preview, |store| desk::judge(store, &worker, id, &event));
    judged.map_err(|why| refusal::judgement(call.words, why))
}

fn product(listed: ListedProduct, today: Day) -> ProductJson {
    let details = listed.product.details;
    let Producer { id, details: maker, .. } = listed.producer;
    ProductJson {
        id: listed.product.id.0,
        name: details.name,
        group: details.group.number(),
        gtin: details.gtin.map(|gtin| gtin.to_string()),
        net_quantity: details.net_quantity,
        photo: listed.product.photo.map(|name| urls::of_photo(&name, PhotoSize::Large)),
        producer: ProducerJson {
            id: id.0,
            name: maker.name,
            kind: maker.kind.key(),
            address: maker.address,
        },
        recognition: listed.recognition.map(|it| recognition(&it, today)),
    }
}

fn recognition(it: &Recognition, today: Day) -> RecognitionJson {
    let standing = match it.standing(today) {
        Standing::InForce => "in_force",
        Standing::NotYet { .. } => "not_yet",
        Standing::Expired { .. } => "expired",
        Standing::Suspended(_) => "suspended",
        Standing::Revoked(_) => "revoked",
    };
    RecognitionJson {
        id: it.id.0,
        stars: it.paper.stars.get(),
        potential_five_star: it.paper.potential_five_star,
        decision_number: it.paper.decision_number.clone(),
        signed_on: it.paper.signed_on,
        effective_on: it.paper.effective_on,
        ends_on: it.ends_on(today),
        standing,
    }
}

fn event(event: Event) -> EventJson {
    let ends_on = match event.kind {
        EventKind::EndChanged(day) => Some(day),
        EventKind::Suspended | EventKind::Reinstated | EventKind::Revoked => None,
    };
    EventJson {
        kind: event.kind.key(),
        effective_on: event.effective_on,
        ends_on,
        decision_number: event.decision_number,
        signed_on: event.signed_on,
        reason: event.reason,
    }
}
