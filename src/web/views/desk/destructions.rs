//! Stamps that are to be destroyed.

use askama::Template;

use super::batches::{Run, run};
use super::{Frame, Pages};
use crate::accounting::destroying::Due;
use crate::code::text;
use crate::desk::Paged;
use crate::desk::destructions::ListedDue;
use crate::domain::calendar::Day;
use crate::domain::destruction::Cause;
use crate::domain::role::Right;
use crate::store::batch_list::ListedBatch;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "desk/destructions.html")]
struct DestructionsPage {
    frame: Frame,
    batches: Vec<DueLine>,
    total: String,
    pages: Pages,
}

/// A batch on the list.
struct DueLine {
    href: String,
    name: String,
    product: String,
    producer: String,
    cause: String,
    counts: String,
}

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

/// The list.
pub(in crate::web) fn list(frame: Frame, found: &Paged<ListedDue>) -> askama::Result<String> {
    let words = frame.words;
    let line = |it: &ListedDue| DueLine {
        href: urls::of(urls::DESTROY_BATCH, it.listed.number.get().into()),
        name: text::batch(it.listed.number),
        product: it.listed.product_name.clone(),
        producer: it.listed.producer_name.clone(),
        cause: cause(words, it.cause),
        counts: words.fill(
            "destruction.counts",
            [("unused", &words.number(it.unused)), ("spoiled", &words.number(it.spoiled))],
        ),
    };
    render(&DestructionsPage {
        batches: found.items.iter().map(line).collect(),
        total: words.fill("destruction.total", [("count", &words.number(found.total))]),
        pages: Pages::new(words, "", found.page, found.pages()),
        frame,
    })
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
