//! Production lots, and recalls of their goods.

use std::borrow::Cow;

use askama::Template;

use super::account::serials;
use super::list::{self, Cell, Choice, Column, Field, Shown};
use super::{Frame, Line, State, lines};
use crate::code::text;
use crate::desk::lots::{LotFile, LotStep};
use crate::domain::calendar::Day;
use crate::domain::lot::Lot;
use crate::domain::role::Right;
use crate::store::listing::Sort;
use crate::store::lot_list::{ListedLot, LotColumn, LotFilter};
use crate::store::lot_stamps::{LotRun, LotSheet, LotStamps};
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// Whether goods are being recalled, as an address says it.
pub(in crate::web) const RECALLED: [(&str, bool); 2] = [("co", true), ("khong", false)];

/// The field of the filter that names a product.
pub(in crate::web) const PRODUCT: &str = "san_pham";

/// A form for a recall, as it was filled in.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Typed {
    pub(in crate::web) reason: String,
    pub(in crate::web) phone: String,
}

#[derive(Template)]
#[template(path = "desk/lot.html")]
struct LotPage<'a> {
    frame: Frame,
    code: String,
    state: State,
    product: String,
    producer: String,
    producer_href: String,
    made_on: Option<String>,
    use_by: Option<String>,
    recall: Option<Recalled>,
    /// Stamps on its goods, by batch.
    stamps: Vec<StampsView>,
    activated: String,
    /// What a recall hits, in words.
    effect: String,
    /// Where it is recalled, and where that ends; none where this person may do neither.
    paths: Option<(String, String)>,
    typed: &'a Typed,
    problem: Option<String>,
    history: Vec<Line>,
}

/// Stamps of a batch on goods of a lot.
struct StampsView {
    /// The batch.
    href: String,
    name: String,
    count: String,
    /// How often those that were looked through were scanned, in words; none where none was.
    scanned: Option<String>,
    /// Serials that follow each other, how many, and how often they were scanned.
    runs: Vec<(String, String, String)>,
    /// Sheets, printing by printing; the same.
    sheets: Vec<(String, String, String)>,
    has_more: bool,
}

impl StampsView {
    fn new(words: Words, found: &LotStamps) -> Self {
        let number = |number| words.number(number);
        let scanned = [("stamps", &*number(found.scanned)), ("scans", &*number(found.scans))];
        let run = |it: &LotRun| (serials(it.first, it.last), number(it.stamps), number(it.scans));
        let sheet = |it: &LotSheet| {
            let printing = format!("{}/{}", it.printing.layout, it.printing.design);
            let places = [("number", &*number(it.number.into())), ("printing", &*printing)];
            (words.fill("lots.sheet", places), number(it.stamps), number(it.scans))
        };
        Self {
            href: urls::of(urls::BATCH, found.batch.get().into()),
            name: text::batch(found.batch),
            count: number(found.stamps),
            scanned: (found.read > 0).then(|| words.fill("lots.scanned", scanned)),
            runs: found.runs.iter().map(run).collect(),
            sheets: found.sheets.iter().map(sheet).collect(),
            has_more: found.has_more,
        }
    }
}

/// A recall that is on.
struct Recalled {
    since: String,
    reason: String,
    phone: Option<String>,
}

impl Shown for LotFilter {
    const NAME: &'static str = "lots";
    const FIRST: Sort<LotColumn> = Sort { column: LotColumn::Entered, is_descending: true };
    const COLUMNS: &'static [Column<LotColumn>] = &[
        Column { name: "so-lo", label: "lot.code", by: Some(LotColumn::Code) },
        Column { name: "san-pham", label: "order.product", by: Some(LotColumn::Product) },
        Column { name: "", label: "parcel.producer", by: None },
        Column { name: "", label: "lot.made_on", by: None },
        Column { name: "", label: "lot.use_by", by: None },
        Column { name: "", label: "orders.state", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |(value, is_recalled): (&str, bool)| Choice {
            value: value.to_owned(),
            label: words.say(key(is_recalled)),
            is_chosen: self.is_recalled == Some(is_recalled),
        };
        let choices = RECALLED.into_iter().map(choice);
        let product = self.product.map(|id| Choice {
            value: id.to_string(),
            label: Cow::Owned(id.to_string()),
            is_chosen: true,
        });
        vec![
            Field::words(words, "orders.find", &self.words),
            Field { name: "so_lo", ..Field::words(words, "lot.code", &self.code) },
            Field::choice(words, PRODUCT, "order.product", "lots.any_product", product),
            Field::choice(words, "thu_hoi_san_pham", "orders.state", "orders.any_state", choices),
        ]
    }

    fn line(words: Words, _today: Day, listed: &ListedLot) -> list::Line {
        let lot = &listed.lot;
        let day = |day: Option<Day>| day.map_or_else(|| Cell::Text(String::new()), Cell::Day);
        list::Line {
            href: urls::of(urls::LOT, lot.id.0),
            id: lot.id.to_string(),
            cells: vec![
                Cell::Link(lot.details.code.clone()),
                Cell::Text(listed.product_name.clone()),
                Cell::producer(&listed.producer_name, listed.producer),
                day(lot.details.made_on),
                day(lot.details.use_by),
                Cell::State(state(words, lot)),
            ],
            acts: Vec::new(),
        }
    }
}

fn key(is_recalled: bool) -> &'static str {
    if is_recalled { "lots.recalled" } else { "lots.not_recalled" }
}

fn state(words: Words, lot: &Lot) -> State {
    let is_recalled = lot.recall.is_some();
    State { class: if is_recalled { "bad" } else { "calm" }, label: words.say(key(is_recalled)) }
}

/// A step's name in the text catalogue.
pub(in crate::web) fn name(step: &LotStep) -> &'static str {
    match step {
        LotStep::Recall(..) => "recall",
        LotStep::EndRecall(_) => "end_recall",
    }
}

/// One lot.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    (file, stamps): &(LotFile, Vec<LotStamps>),
    typed: &Typed,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let lot = &file.listed.lot;
    let activated = words.number(file.activated());
    let may_recall = actor.may(Right::JudgeStamps);
    let of = |pattern| urls::of(pattern, lot.id.0);
    render(&LotPage {
        code: lot.details.code.clone(),
        state: state(words, lot),
        product: file.listed.product_name.clone(),
        producer: file.listed.producer_name.clone(),
        producer_href: urls::of(urls::PRODUCER, file.listed.producer.0),
        made_on: lot.details.made_on.map(|day| words.date(day)),
        use_by: lot.details.use_by.map(|day| words.date(day)),
        recall: lot.recall.as_ref().map(|it| Recalled {
            since: words.date(it.since),
            reason: it.reason.clone(),
            phone: it.phone.clone(),
        }),
        stamps: stamps.iter().map(|it| StampsView::new(words, it)).collect(),
        effect: words.fill("lots.effect", [("stamps", &activated)]),
        activated,
        paths: may_recall.then(|| (of(urls::RECALL_LOT), of(urls::END_RECALL))),
        typed,
        problem,
        history: lines(words, &file.history),
        frame,
    })
}
