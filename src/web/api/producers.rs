//! Producers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Line, alike, words};
use super::lists::Narrowed;
use super::operation::{Made, NoQuery};
use super::problem::{Kind, Problem};
use super::refusal;
use super::shapes::{EntryJson, Named, PageNumber, history};
use crate::desk::producers::{self as desk, ProducerFile};
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::{Contact, NewProducer, Producer, ProducerKind};
use crate::store::producer_list::{ListedProducer, ProducerFilter};
use crate::vietnamese;
use crate::web::urls;

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ProducerQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Of this legal kind.
    #[schemars(extend("enum" = ProducerKind::ALL.map(ProducerKind::key)))]
    kind: Option<String>,
    /// In the commune of this code.
    commune: Option<String>,
    /// With these words in the name, accented or not, or in the tax code.
    q: Option<Line>,
}

/// What is kept of a producer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewProducer")]
pub(in crate::web) struct WantedJson {
    /// Its name, as on its papers.
    name: Line,
    /// Its legal kind.
    #[schemars(extend("enum" = ProducerKind::ALL.map(ProducerKind::key)))]
    kind: String,
    /// Its tax code: 10 digits, 10 and 3 for a branch, or 12.
    #[serde(default)]
    tax_code: Option<Line>,
    /// Where it is.
    #[serde(default)]
    address: Option<Line>,
    /// Code of the commune that it is in.
    #[serde(default)]
    commune: Option<String>,
    /// Telephone.
    #[serde(default)]
    phone: Option<Line>,
    /// E-mail address.
    #[serde(default)]
    email: Option<Line>,
    /// Whether it is said to be another than producers whose names are written alike; unsaid, it is
    /// refused where it may be one of them.
    #[serde(default)]
    is_other: bool,
}

/// What is known of a producer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "KnownProducer")]
struct KnownJson {
    /// Its number.
    id: i64,
    /// Its name, as on its papers.
    name: String,
    /// Its legal kind.
    #[schemars(extend("enum" = ProducerKind::ALL.map(ProducerKind::key)))]
    kind: &'static str,
    /// Its tax code.
    tax_code: Option<String>,
    /// Where it is.
    address: Option<String>,
    /// The commune that it is in.
    commune: Option<CommuneJson>,
    /// Telephone.
    phone: Option<String>,
    /// E-mail address.
    email: Option<String>,
}

/// A commune or ward.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Commune")]
struct CommuneJson {
    /// Its code: five digits.
    code: &'static str,
    /// Its name, with xã or phường.
    name: &'static str,
}

/// A producer on the list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ListedProducer")]
pub(in crate::web) struct ListedJson {
    #[serde(flatten)]
    producer: KnownJson,
    /// How many products it has.
    products: u64,
}

/// A producer with its products.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProducerFile")]
pub(in crate::web) struct FileJson {
    #[serde(flatten)]
    producer: KnownJson,
    /// Its products, by the alphabet.
    products: Vec<Named>,
    /// What was done with it, oldest first.
    history: Vec<EntryJson>,
}

/// Producers, by name.
pub(in crate::web) fn list(call: &Call, query: ProducerQuery) -> Narrowed<ProducerFilter> {
    let filter = ProducerFilter {
        kind: call.chosen("kind", query.kind, ProducerKind::from_key)?,
        commune: call.chosen("commune", query.commune, Commune::from_code)?,
        words: words(query.q),
    };
    Ok((filter, query.page))
}

/// A producer on the list.
pub(in crate::web) fn line(_: &Call, listed: ListedProducer) -> ListedJson {
    ListedJson { producer: known(listed.producer), products: listed.products }
}

/// One producer.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<FileJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), ProducerId(call.number()?))?;
    Ok(file(found.ok_or(Kind::NotFound)?))
}

/// Enters a producer.
pub(in crate::web) fn add(call: &Call, said: WantedJson) -> Made<FileJson> {
    let alike = alike(said.is_other);
    let wanted = wanted(call, said)?;
    let id = desk::add(&call.store, &call.worker(), &wanted, alike)
        .map_err(|why| refusal::producer(call.words, why))?;
    let made = desk::get(&call.store, &call.worker(), id)?.ok_or(Kind::NotFound)?;
    Ok((file(made), urls::of(urls::API_PRODUCER, id.0)))
}

/// Replaces what is known of a producer.
pub(in crate::web) fn change(call: &Call, said: WantedJson) -> Result<(), Problem> {
    let alike = alike(said.is_other);
    let (id, wanted) = (ProducerId(call.number()?), wanted(call, said)?);
    let known = desk::get(&call.store, &call.worker(), id)?.ok_or(Kind::NotFound)?;
    let version = known.producer.version;
    let changed = desk::change(&call.store, &call.worker(), id, version, (&wanted, alike));
    changed.map_err(|why| refusal::producer(call.words, why))
}

fn wanted(call: &Call, said: WantedJson) -> Result<NewProducer, Problem> {
    let line = |line: Line| vietnamese::nfc(&line.0);
    let commune = said.commune.map(|code| Commune::from_code(&code));
    let commune = commune.map(|known| known.ok_or_else(|| call.invalid("#/commune")));
    Ok(NewProducer {
        kind: ProducerKind::from_key(&said.kind).ok_or_else(|| call.invalid("#/kind"))?,
        name: line(said.name),
        tax_code: said.tax_code.map(line),
        address: said.address.map(line),
        contact: Contact {
            commune: commune.transpose()?,
            phone: said.phone.map(line),
            email: said.email.map(line),
        },
    })
}

fn file(found: ProducerFile) -> FileJson {
    let products = found.products.into_iter();
    FileJson {
        producer: known(found.producer),
        products: products
            .map(|(product, _)| Named { id: product.id.0, name: product.details.name })
            .collect(),
        history: history(&found.history),
    }
}

fn known(producer: Producer) -> KnownJson {
    let Producer { id, details, .. } = producer;
    let commune = details.contact.commune;
    KnownJson {
        id: id.0,
        name: details.name,
        kind: details.kind.key(),
        tax_code: details.tax_code,
        address: details.address,
        commune: commune.map(|it| CommuneJson { code: it.code(), name: it.title() }),
        phone: details.contact.phone,
        email: details.contact.email,
    }
}
