//! Guides, for people at work.

use std::borrow::Cow;

use askama::Template;

use super::Frame;
use crate::domain::role::Role;
use crate::web::guides::{FIRST_STEPS, GUIDES, Guide, Text};
use crate::web::urls;
use crate::web::views::pages::render;

#[derive(Template)]
#[template(path = "desk/guides.html")]
struct GuidesPage {
    frame: Frame,
    /// Where each is, its title, and whom it is for.
    guides: Vec<(String, &'static str, Option<Cow<'static, str>>)>,
}

#[derive(Template)]
#[template(path = "desk/guide.html")]
struct GuidePage {
    frame: Frame,
    contents: Cow<'static, str>,
    all: &'static str,
    text: &'static Text,
}

/// All guides: the reader's own first, then what everybody needs.
pub(in crate::web) fn all(frame: Frame, reader: Option<Role>) -> askama::Result<String> {
    let words = frame.words;
    let is_own = |guide: &Guide| reader.is_some() && guide.role == reader;
    let mut sorted: Vec<&'static Guide> = GUIDES.iter().collect();
    sorted.sort_by_key(|guide| (!is_own(guide), guide.name != FIRST_STEPS));
    let line = |guide: &'static Guide| {
        let note = is_own(guide).then(|| words.say("help.own"));
        (urls::guide(guide.name), &*guide.text(words.language()).title, note)
    };
    render(&GuidesPage { guides: sorted.into_iter().map(line).collect(), frame })
}

/// A guide.
pub(in crate::web) fn page(mut frame: Frame, guide: &'static Guide) -> askama::Result<String> {
    let text = guide.text(frame.words.language());
    frame.title = text.title.as_str().into();
    render(&GuidePage { contents: frame.words.say("help.contents"), all: urls::HELP, text, frame })
}
