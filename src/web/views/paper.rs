//! The page of an official paper, for whoever holds it in hand.

use askama::Template;

use super::page::{Band, Page, Tone};
use super::pages::render;
use crate::domain::paper::Paper;
use crate::web::extract::Visitor;

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
