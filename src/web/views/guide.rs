//! The guide of who scans a stamp.

use std::borrow::Cow;

use askama::Template;

use super::page::Page;
use super::pages::render;
use crate::web::extract::Visitor;
use crate::web::guides::{Guide, Text};

#[derive(Template)]
#[template(path = "pages/guide.html")]
struct GuidePage<'a> {
    page: Page<'a>,
    contents: Cow<'static, str>,
    text: &'a Text,
}

/// A guide for the public.
pub(in crate::web) fn page(
    visitor: Visitor,
    guide: &Guide,
    contact: Option<&str>,
) -> askama::Result<String> {
    let text = guide.text(visitor.words.language());
    let contents = visitor.words.say("help.contents");
    let page = Page::new(visitor, text.title.as_str().into(), None, contact);
    render(&GuidePage { page, contents, text })
}
