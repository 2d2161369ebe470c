//! Producers.

use std::borrow::Cow;

use askama::Template;

use super::accounts::state as account_state;
use super::list::{self, Cell, Choice, Column, Field, PRODUCER, Shown};
use super::products::standing;
use super::{Frame, Line, State, lines};
use crate::desk::producers::ProducerFile;
use crate::domain::account::Account;
use crate::domain::calendar::Day;
use crate::domain::commune::Commune;
use crate::domain::order::OrderState;
use crate::domain::producer::{Producer, ProducerKind};
use crate::domain::product::Product;
use crate::domain::recognition::Recognition;
use crate::domain::role::{Organisation, Right};
use crate::store::listing::Sort;
use crate::store::producer_list::{ListedProducer, ProducerColumn, ProducerFilter};
use crate::vietnamese;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::finding::group;
use crate::web::views::pages::render;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "desk/producer.html")]
struct ProducerPage {
    frame: Frame,
    name: String,
    facts: Vec<(Cow<'static, str>, String)>,
    /// Where it is changed and where a product of it is entered, for who may.
    keeping: Option<(String, String)>,
    products: Vec<ProductLine>,
    /// What is under way: where, and what it is called.
    ways: Vec<(String, String)>,
    /// Accounts of its people; none where they are not this person's to see.
    accounts: Option<Vec<AccountLine>>,
    history: Vec<Line>,
}

struct ProductLine {
    href: String,
    name: String,
    /// Group, and stars where it has any.
    facts: String,
    state: State,
}

struct AccountLine {
    name: String,
    login: String,
    state: State,
}

impl Shown for ProducerFilter {
    const NAME: &'static str = "producers";
    const FIRST: Sort<ProducerColumn> = Sort { column: ProducerColumn::Name, is_descending: false };
    const COLUMNS: &'static [Column<ProducerColumn>] = &[
        Column { name: "ten", label: "producer.title", by: Some(ProducerColumn::Name) },
        Column { name: "loai", label: "trace.producer_kind", by: Some(ProducerColumn::Kind) },
        Column { name: "", label: "producer.commune", by: None },
        Column { name: "", label: "trace.producer_address", by: None },
        Column { name: "", label: "producer.tax_code", by: None },
        Column { name: "", label: "producer.phone", by: None },
        Column { name: "", label: "producer.products", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let kinds = kinds(words, self.kind);
        let commune = Field::choice(
            words,
            "xa",
            "producer.commune",
            "producers.any_commune",
            communes(self.commune),
        );
        vec![
            Field::words(words, "producers.find", &self.words),
            Field::choice(words, "loai", "trace.producer_kind", "producers.any_kind", kinds),
            commune,
        ]
    }

    fn line(words: Words, _today: Day, listed: &ListedProducer) -> list::Line {
        let Producer { id, details, .. } = &listed.producer;
        let text = |text: Option<&str>| Cell::Text(text.unwrap_or_default().to_owned());
        list::Line {
            href: urls::of(urls::PRODUCER, id.0),
            id: id.to_string(),
            cells: vec![
                Cell::Link(details.name.clone()),
                Cell::Text(kind(words, details.kind).into_owned()),
                text(details.contact.commune.map(Commune::title)),
                text(details.address.as_deref()),
                text(details.tax_code.as_deref()),
                text(details.contact.phone.as_deref()),
                Cell::Number(listed.products),
            ],
            acts: Vec::new(),
        }
    }
}

/// Kinds to choose from.
pub(super) fn kinds(words: Words, chosen: Option<ProducerKind>) -> impl Iterator<Item = Choice> {
    ProducerKind::ALL.into_iter().map(move |it| Choice {
        value: it.key().to_owned(),
        label: kind(words, it),
        is_chosen: chosen == Some(it),
    })
}

/// Communes to choose from, by the alphabet.
pub(super) fn communes(chosen: Option<Commune>) -> Vec<Choice> {
    let mut all: Vec<Commune> = Commune::all().collect();
    all.sort_by_cached_key(|it| vietnamese::sort_key(it.name()));
    let choice = |it: Commune| Choice {
        value: it.code().to_owned(),
        label: format!("{} ({})", it.name(), it.kind()).into(),
        is_chosen: chosen == Some(it),
    };
    all.into_iter().map(choice).collect()
}

fn kind(words: Words, kind: ProducerKind) -> Cow<'static, str> {
    words.say(&format!("producer_kind.{}", kind.key()))
}

/// One producer.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    file: &ProducerFile,
    today: Day,
) -> askama::Result<String> {
    let words = frame.words;
    let id = file.producer.id;
    let may_keep = actor.may(Right::KeepRegister);
    let sees_people = may_keep || actor.organisation() == Organisation::Producer(id);
    let product =
        |(it, by): &(Product, Option<Recognition>)| product(words, it, by.as_ref(), today);
    render(&ProducerPage {
        name: file.producer.details.name.clone(),
        facts: facts(words, &file.producer),
        keeping: may_keep
            .then(|| (urls::of(urls::EDIT_PRODUCER, id.0), urls::of(urls::NEW_PRODUCT, id.0))),
        products: file.products.iter().map(product).collect(),
        ways: ways(words, actor, file),
        accounts: sees_people.then(|| accounts(words, file)),
        history: lines(words, &file.history),
        frame,
    })
}

/// What is known of it, without what is not.
fn facts(words: Words, producer: &Producer) -> Vec<(Cow<'static, str>, String)> {
    let details = producer.details.clone();
    let all = [
        ("trace.producer_kind", Some(kind(words, details.kind).into_owned())),
        ("producer.number", Some(producer.id.to_string())),
        ("producer.tax_code", details.tax_code),
        ("trace.producer_address", details.address),
        ("producer.commune", details.contact.commune.map(|it| it.title().to_owned())),
        ("producer.phone", details.contact.phone),
        ("producer.email", details.contact.email),
    ];
    all.into_iter().filter_map(|(key, text)| Some((words.say(key), text?))).collect()
}

fn product(words: Words, it: &Product, by: Option<&Recognition>, today: Day) -> ProductLine {
    let stars = by.map(|by| by.paper.stars.get().to_string());
    let stars = stars.map(|stars| words.fill("recognition.stars", [("stars", &*stars)]));
    let group = group(words, it.details.group).into_owned();
    ProductLine {
        href: urls::of(urls::PRODUCT, it.id.0),
        name: it.details.name.clone(),
        facts: [Some(group), stars].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        state: standing(words, by, today),
    }
}

/// Its orders, those open by their states, and its batches: each a list that has as many lines.
fn ways(words: Words, actor: &Actor, file: &ProducerFile) -> Vec<(String, String)> {
    let id = file.producer.id.to_string();
    let way = |path: &str, key: &str, state: Option<OrderState>, count: u64| {
        let query =
            urls::query(&[(PRODUCER, &id), ("trang_thai", state.map_or("", OrderState::key))]);
        let state = state.map(|it| words.say(&format!("order.state.{}", it.key())));
        let places = [("count", &*words.number(count)), ("state", &*state.unwrap_or_default())];
        (format!("{path}?{}", query.trim_end_matches('&')), words.fill(key, places))
    };
    let mut ways = Vec::new();
    if actor.may(Right::SeeOrders) {
        ways.push(way(urls::ORDERS, "producer.orders", None, file.orders));
        let open = file.open_orders.iter();
        ways.extend(
            open.map(|(state, count)| {
                way(urls::ORDERS, "producer.open_orders", Some(*state), *count)
            }),
        );
    }
    if actor.may(Right::SeeBatches) {
        ways.push(way(urls::BATCHES, "producer.batches", None, file.batches));
    }
    ways
}

fn accounts(words: Words, file: &ProducerFile) -> Vec<AccountLine> {
    let line = |account: &Account| AccountLine {
        name: account.details.name.clone(),
        login: account.details.login.clone(),
        state: account_state(words, account),
    };
    file.accounts.iter().map(line).collect()
}
