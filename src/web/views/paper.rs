//! The page of an official paper, for whoever holds it in hand.

use std::borrow::Cow;

use askama::Template;
use serde::Serialize;

use super::page::{Band, Page, Tone};
use super::pages::render;
use crate::domain::calendar::Day;
use crate::domain::paper::Paper;
use crate::web::extract::Visitor;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "pages/paper.html")]
struct PaperPage<'a> {
    page: Page<'a>,
    band: Band<'a>,
    name: String,
    number: String,
    day: String,
    figures: &'a [(String, String)],
}

/// The page of a paper.
pub(in crate::web) fn paper(
    visitor: Visitor,
    paper: &Paper,
    contact: Option<&str>,
) -> askama::Result<String> {
    let words = visitor.words;
    let key = if paper.stands { "stands" } else { "replaced" };
    let title = words.say(&format!("paper_check.{key}.title"));
    let band = Band {
        tone: if paper.stands { Tone::Good } else { Tone::Caution },
        title: title.clone(),
        text: words.say(&format!("paper_check.{key}.text")),
        note: None,
        serial: None,
        phone: None,
        retry: None,
        more: Vec::new(),
    };
    render(&PaperPage {
        page: Page::new(visitor, title, None, contact),
        band,
        name: words.say(&format!("official.kind.{}", paper.kind.key())).into_owned(),
        number: paper.reference(),
        day: words.date(paper.day),
        figures: &paper.figures,
    })
}

/// The same for programs. Field names are an interface: add, never rename.
#[derive(Serialize)]
pub(in crate::web) struct PaperJson<'a> {
    language: &'static str,
    /// Whether no later paper took its place.
    stands: bool,
    title: Cow<'static, str>,
    text: Cow<'static, str>,
    kind: &'static str,
    name: Cow<'static, str>,
    reference: String,
    day: Day,
    figures: Vec<FigureJson<'a>>,
}

#[derive(Serialize)]
struct FigureJson<'a> {
    label: &'a str,
    value: &'a str,
}

impl<'a> PaperJson<'a> {
    /// What is told of a paper.
    pub(in crate::web) fn new(words: Words, paper: &'a Paper) -> Self {
        let key = if paper.stands { "stands" } else { "replaced" };
        let figures = paper.figures.iter().map(|(label, value)| FigureJson { label, value });
        Self {
            language: words.tag(),
            stands: paper.stands,
            title: words.say(&format!("paper_check.{key}.title")),
            text: words.say(&format!("paper_check.{key}.text")),
            kind: paper.kind.key(),
            name: words.say(&format!("official.kind.{}", paper.kind.key())),
            reference: paper.reference(),
            day: paper.day,
            figures: figures.collect(),
        }
    }
}
