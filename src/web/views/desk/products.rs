//! Products and their recognitions.

use std::borrow::Cow;

use askama::Template;

use super::list::{self, Cell, Choice, Column, Field, Shown};
use super::{Frame, Line, State, lines, wording};
use crate::desk::products::ProductFile;
use crate::domain::calendar::Day;
use crate::domain::product::ProductGroup;
use crate::domain::recognition::{Event, EventKind, Recognition, Standing};
use crate::domain::role::Right;
use crate::store::listing::Sort;
use crate::store::product_list::{ListedProduct, ProductColumn, ProductFilter};
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::finding::{PhotoView, group};
use crate::web::views::pages::render;
use crate::web::words::Words;

/// A recognition that ends within so many days is said to end soon.
const SOON_DAYS: i64 = 90;

/// A product on a list.
struct ProductLine {
    href: String,
    name: String,
    producer: String,
    producer_href: String,
    group: Cow<'static, str>,
    stars: String,
    state: State,
}

#[derive(Template)]
#[template(path = "desk/product.html")]
struct ProductPage {
    frame: Frame,
    product: ProductLine,
    gtin: Option<String>,
    net_quantity: Option<String>,
    photo: Option<PhotoView>,
    /// What can be sent as a photo.
    photo_help: String,
    /// The version that a photo is sent for.
    version: i64,
    /// What keeps it, for who may.
    keeping: Option<Keeping>,
    papers: Vec<Paper>,
    acts: Vec<Act>,
    today: String,
    problem: Option<String>,
    history: Vec<Line>,
    /// What consumers report about it. Not for its producer: a report is an unproven suspicion, and
    /// somebody's contact.
    reports: Option<String>,
}

/// Where a product is kept.
struct Keeping {
    edit: String,
    photo: String,
    remove_photo: String,
}

/// A recognition, as its paper says it, and what happened to it.
pub(super) struct Paper {
    pub(super) title: String,
    pub(super) decision: String,
    pub(super) authority: String,
    pub(super) signed_on: String,
    /// The first day in force, where that is another.
    pub(super) effective_on: Option<String>,
    pub(super) ends_on: String,
    pub(super) state: State,
    pub(super) events: Vec<String>,
}

/// A decision that can be entered.
struct Act {
    id: &'static str,
    href: String,
    label: Cow<'static, str>,
    hint: Cow<'static, str>,
    /// Whether the number of a decision must be given.
    with_decision: bool,
}

impl Shown for ProductFilter {
    const NAME: &'static str = "products";
    const FIRST: Sort<ProductColumn> = Sort { column: ProductColumn::Name, is_descending: false };
    const COLUMNS: &'static [Column<ProductColumn>] = &[
        Column { name: "ten", label: "product.title", by: Some(ProductColumn::Name) },
        Column { name: "chu-the", label: "parcel.producer", by: Some(ProductColumn::Producer) },
        Column { name: "nhom", label: "products.group", by: Some(ProductColumn::Group) },
        Column { name: "", label: "products.stars", by: None },
        Column { name: "", label: "paper.decision", by: None },
        Column { name: "", label: "paper.ends_on", by: None },
        Column { name: "", label: "products.standing", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |it: ProductGroup| Choice {
            value: it.number().to_string(),
            label: group(words, it),
            is_chosen: self.group == Some(it),
        };
        let groups = ProductGroup::ALL.into_iter().map(choice);
        let decision = Field::words(words, "product.decision", &self.decision);
        vec![
            Field::words(words, "orders.find", &self.words),
            Field::choice(words, "nhom", "products.group", "products.any_group", groups),
            Field { name: "quyet_dinh", ..decision },
        ]
    }

    fn line(words: Words, today: Day, listed: &ListedProduct) -> list::Line {
        let ProductLine { href, name, producer, producer_href, group, stars, state } =
            line(words, listed, today);
        let paper = listed.recognition.as_ref();
        let decision = paper.map(|it| it.paper.decision_number.clone()).unwrap_or_default();
        let ends_on = paper.map(|it| Cell::Day(it.ends_on(today)));
        list::Line {
            href,
            id: listed.product.id.to_string(),
            cells: vec![
                Cell::Link(name),
                Cell::Way(producer, producer_href),
                Cell::Text(group.into_owned()),
                Cell::Text(stars),
                Cell::Text(decision),
                ends_on.unwrap_or(Cell::Text(String::new())),
                Cell::State(state),
            ],
            acts: Vec::new(),
        }
    }
}

/// One product.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    file: &ProductFile,
    today: Day,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let details = &file.listed.product.details;
    render(&ProductPage {
        product: line(words, &file.listed, today),
        gtin: details.gtin.map(|gtin| gtin.to_string()),
        net_quantity: details.net_quantity.clone(),
        photo: file.listed.product.photo.as_deref().map(PhotoView::new),
        photo_help: wording::photo_limit(words, "photo.help"),
        version: file.listed.product.version,
        keeping: actor.may(Right::KeepRegister).then(|| Keeping::of(file)),
        papers: file.recognitions.iter().map(|(it, by)| paper(words, it, by, today)).collect(),
        acts: acts(words, actor, file, today),
        today: today.format("%Y-%m-%d").to_string(),
        problem,
        history: lines(words, &file.history),
        reports: actor
            .may(Right::SeeReports)
            .then(|| super::reports::of_product(file.listed.product.id)),
        frame,
    })
}

impl Keeping {
    fn of(file: &ProductFile) -> Self {
        let at = |pattern| urls::of(pattern, file.listed.product.id.0);
        Self {
            edit: at(urls::EDIT_PRODUCT),
            photo: at(urls::PRODUCT_PHOTO),
            remove_photo: at(urls::REMOVE_PHOTO),
        }
    }
}

fn line(words: Words, listed: &ListedProduct, today: Day) -> ProductLine {
    let details = &listed.product.details;
    let recognition = listed.recognition.as_ref();
    let stars = recognition.map(|it| it.paper.stars.get().to_string());
    ProductLine {
        href: urls::of(urls::PRODUCT, listed.product.id.0),
        name: details.name.clone(),
        producer: listed.producer.details.name.clone(),
        producer_href: urls::of(urls::PRODUCER, listed.producer.id.0),
        group: group(words, details.group),
        stars: stars
            .map(|stars| words.fill("recognition.stars", [("stars", &stars)]))
            .unwrap_or_default(),
        state: standing(words, recognition, today),
    }
}

/// How a product stands.
pub(super) fn standing(words: Words, recognition: Option<&Recognition>, today: Day) -> State {
    recognition.map_or_else(
        || State { class: "calm", label: words.say("standing.none") },
        |it| state(words, it, today),
    )
}

fn state(words: Words, recognition: &Recognition, today: Day) -> State {
    let ends_soon = (recognition.ends_on(today) - today).num_days() < SOON_DAYS;
    match recognition.standing(today) {
        Standing::InForce if ends_soon => {
            State { class: "warn", label: words.say("standing.ends_soon") }
        }
        standing => state_of(words, &standing),
    }
}

/// How a recognition stands, whether or not it ends soon.
pub(super) fn state_of(words: Words, standing: &Standing) -> State {
    let (class, key) = match standing {
        Standing::InForce => ("fine", "in_force"),
        Standing::NotYet { .. } => ("calm", "not_yet"),
        Standing::Expired { .. } => ("calm", "expired"),
        Standing::Suspended(_) => ("warn", "suspended"),
        Standing::Revoked(_) => ("bad", "revoked"),
    };
    State { class, label: words.say(&format!("standing.{key}")) }
}

pub(super) fn paper(words: Words, recognition: &Recognition, authority: &str, today: Day) -> Paper {
    let paper = &recognition.paper;
    let potential = if paper.potential_five_star { "paper.potential" } else { "recognition.stars" };
    Paper {
        title: words.fill(potential, [("stars", &paper.stars.get().to_string())]),
        decision: paper.decision_number.clone(),
        authority: authority.to_owned(),
        signed_on: words.date(paper.signed_on),
        effective_on: (paper.effective_on != paper.signed_on)
            .then(|| words.date(paper.effective_on)),
        ends_on: words.date(recognition.ends_on(today)),
        state: state(words, recognition, today),
        events: recognition.events.iter().map(|it| event(words, it)).collect(),
    }
}

/// `05/06/2026: Tạm đình chỉ, Quyết định số 58 ngày 20/05/2026. Lý do …`
fn event(words: Words, event: &Event) -> String {
    let what = words.say(&format!("event.{}", event.kind.key()));
    let end = match event.kind {
        EventKind::EndChanged(end) => format!(" {}", words.date(end)),
        EventKind::Suspended | EventKind::Reinstated | EventKind::Revoked => String::new(),
    };
    let decision = event.decision_number.as_deref().map(|number| {
        let said = match event.signed_on {
            None => words.fill("event.by_decision", [("number", number)]),
            Some(day) => {
                let places = [("number", number), ("date", &*words.date(day))];
                words.fill("event.by_decision_of", places)
            }
        };
        format!(", {said}")
    });
    let reason = event.reason.as_deref().map(|reason| format!(". {reason}"));
    let date = words.date(event.effective_on);
    let (decision, reason) = (decision.unwrap_or_default(), reason.unwrap_or_default());
    format!("{date}: {what}{end}{decision}{reason}")
}

/// The decisions that this person can enter, as the recognition stands.
fn acts(words: Words, actor: &Actor, file: &ProductFile, today: Day) -> Vec<Act> {
    let Some(recognition) = &file.listed.recognition else { return Vec::new() };
    if !actor.may(Right::JudgeRecognitions) {
        return Vec::new();
    }
    let (suspend, reinstate, revoke) = match recognition.standing(today) {
        Standing::InForce => (true, false, true),
        Standing::Suspended(_) => (false, true, true),
        Standing::NotYet { .. } | Standing::Expired { .. } => (false, false, true),
        Standing::Revoked(_) => (false, false, false),
    };
    let all = [
        (suspend, "suspended", urls::SUSPEND, false),
        (reinstate, "reinstated", urls::REINSTATE, false),
        (revoke, "revoked", urls::REVOKE, true),
    ];
    let possible = all.into_iter().filter(|(possible, ..)| *possible);
    let act = |(_, id, href, with_decision): (bool, &'static str, &str, bool)| Act {
        id,
        href: urls::of(href, file.listed.product.id.0),
        label: words.say(&format!("product.do.{id}")),
        hint: words.say(&format!("product.hint.{id}")),
        with_decision,
    };
    possible.map(act).collect()
}
