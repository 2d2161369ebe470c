//! An act, shown before it is done: what comes of it, and for how many stamps.

use std::borrow::Cow;

use askama::Template;

use super::Frame;
use crate::desk::effect::Seen;
use crate::web::views::pages::render;

/// An act, as it is asked about.
pub(in crate::web) struct Asked {
    /// The words of its button.
    pub(in crate::web) label: String,
    /// What it is about, and the page of that.
    pub(in crate::web) about: (String, String),
    /// What comes of it, in words.
    pub(in crate::web) effect: String,
    /// What is sent back for having seen it.
    pub(in crate::web) seen: Seen,
    /// Where it is done.
    pub(in crate::web) action: String,
    /// What was filled in.
    pub(in crate::web) fields: Vec<Filled>,
    /// Whether nothing undoes it.
    pub(in crate::web) is_final: bool,
}

/// A field that was filled in.
pub(in crate::web) struct Filled {
    pub(in crate::web) name: &'static str,
    pub(in crate::web) value: String,
    /// What it is called, and says; none where there is nothing to read.
    pub(in crate::web) said: Option<(Cow<'static, str>, String)>,
}

#[derive(Template)]
#[template(path = "desk/asked.html")]
struct AskedPage {
    frame: Frame,
    asked: Asked,
    problem: Option<String>,
}

/// What an act would do, to be confirmed; `problem` is why it is asked about again.
pub(in crate::web) fn page(
    frame: Frame,
    asked: Asked,
    problem: Option<String>,
) -> askama::Result<String> {
    render(&AskedPage { frame, asked, problem })
}
