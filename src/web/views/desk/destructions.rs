//! Stamps that are to be destroyed.

use askama::Template;

use super::Frame;
use super::batches::{Run, run};
use super::list::{Cell, Choice, Column, Field, Line, Shown};
use crate::accounting::destroying::Due;
use crate::code::text;
use crate::domain::calendar::Day;
use crate::domain::destruction::{Cause, CauseKind};
use crate::domain::role::Right;
use crate::store::batch_list::ListedBatch;
use crate::store::due_list::{DueColumn, DueFilter, ListedDue};
use crate::store::listing::Sort;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "desk/destruction.html")]
struct DestructionPage {
    frame: Frame,
    name: String,
    product: String,
    producer: String,
    cause: String,
    stamps: String,
    runs: Vec<Run>,
    has_more: bool,
    /// Where the form is sent, for who may record it.
    action: Option<String>,
    today: String,
    problem: Option<String>,
}

impl Shown for DueFilter {
    const NAME: &'static str = "destruction";
    const FIRST: Sort<DueColumn> = Sort { column: DueColumn::Batch, is_descending: false };
    const COLUMNS: &'static [Column<DueColumn>] = &[
        Column { name: "so", label: "order.batch", by: Some(DueColumn::Batch) },
        Column { name: "san-pham", label: "order.product", by: Some(DueColumn::Product) },
        Column { name: "", label: "parcel.producer", by: None },
        Column { name: "", label: "destruction.why", by: None },
        Column { name: "", label: "destruction.unused", by: None },
        Column { name: "", label: "stamp.spoiled", by: None },
        Column { name: "so-tem", label: "destruction.stamps", by: Some(DueColumn::Stamps) },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |kind: CauseKind| Choice {
            value: kind.key().to_owned(),
            label: words.say(&format!("destruction.kind.{}", kind.key())),
            is_chosen: self.cause == Some(kind),
        };
        let choices = CauseKind::ALL.map(choice);
        vec![
            Field::words(words, "orders.find", &self.words),
            Field::choice(words, "ly_do", "destruction.why", "orders.any_state", choices),
        ]
    }

    fn line(words: Words, _today: Day, it: &ListedDue) -> Line {
        let listed = &it.listed;
        Line {
            href: urls::of(urls::DESTROY_BATCH, listed.number.get().into()),
            id: listed.number.get().to_string(),
            cells: vec![
                Cell::Link(text::batch(listed.number)),
                Cell::Text(listed.product_name.clone()),
                Cell::Text(listed.producer_name.clone()),
                Cell::Text(cause(words, it.cause)),
                Cell::Number(it.unused),
                Cell::Number(it.spoiled),
                Cell::Number(it.unused + it.spoiled),
            ],
            acts: Vec::new(),
        }
    }
}

/// What is to be destroyed of a batch.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    listed: &ListedBatch,
    due: &Due,
    today: Day,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let may = actor.may(Right::JudgeStamps) && !due.runs.is_empty();
    render(&DestructionPage {
        name: text::batch(listed.number),
        product: listed.product_name.clone(),
        producer: listed.producer_name.clone(),
        cause: cause(words, due.cause),
        stamps: words.number(due.stamps()),
        runs: due.runs.iter().map(|it| run(words, it)).collect(),
        has_more: due.has_more,
        action: may.then(|| urls::of(urls::DESTROY_BATCH, listed.number.get().into())),
        today: today.format("%Y-%m-%d").to_string(),
        problem,
        frame,
    })
}

fn cause(words: Words, cause: Option<Cause>) -> String {
    match cause {
        None => words.say("destruction.cause.spoiled").into_owned(),
        Some(Cause::Ended { on }) => {
            words.fill("destruction.cause.ended", [("date", &words.date(on))])
        }
        Some(Cause::Revoked { since }) => {
            words.fill("destruction.cause.revoked", [("date", &words.date(since))])
        }
        Some(Cause::StarsFell { printed, now }) => words.fill(
            "destruction.cause.stars",
            [("printed", &printed.get().to_string()), ("now", &now.get().to_string())],
        ),
    }
}
