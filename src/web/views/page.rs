//! What all pages share.

use std::borrow::Cow;

use crate::web::assets;
use crate::web::extract::Visitor;
use crate::web::urls;
use crate::web::words::Words;

/// The frame around a page.
pub(super) struct Page<'a> {
    pub(super) words: Words,
    pub(super) title: Cow<'a, str>,
    pub(super) stylesheet: &'static str,
    pub(super) icon: &'static str,
    pub(super) home: String,
    /// Where questions about scanning are answered.
    pub(super) help: String,
    pub(super) switch_href: String,
    pub(super) switch_tag: &'static str,
    pub(super) contact: Option<String>,
}

impl<'a> Page<'a> {
    /// The frame for a visitor; `typed` is what the look-up form was sent with.
    pub(super) fn new(
        visitor: Visitor,
        title: Cow<'a, str>,
        typed: Option<&str>,
        contact: Option<&str>,
    ) -> Self {
        let words = visitor.words;
        let query = typed.map(urls::looking_up).unwrap_or_default();
        Self {
            words,
            title,
            stylesheet: &assets::STYLESHEET.url,
            icon: &assets::ICON.url,
            home: urls::keeping(urls::START, visitor.chosen),
            help: urls::keeping(urls::SHOPPERS_GUIDE, visitor.chosen),
            switch_href: urls::in_language(words.other_tag(), &query),
            switch_tag: words.other_tag(),
            contact: contact.map(|contact| words.fill("site.contact", [("contact", contact)])),
        }
    }
}

/// How a band looks, beside what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Nothing speaks against it.
    Good,
    /// Look twice.
    Caution,
    /// Do not rely on it.
    Stop,
    /// Nothing can be said.
    Neutral,
    /// Nothing can be said just now.
    Busy,
}

impl Tone {
    /// The class in the stylesheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Caution => "caution",
            Self::Stop => "stop",
            Self::Neutral | Self::Busy => "neutral",
        }
    }
}

/// The first thing on a page.
pub(super) struct Band<'a> {
    pub(super) tone: Tone,
    pub(super) title: Cow<'a, str>,
    pub(super) text: Cow<'a, str>,
    pub(super) note: Option<String>,
    pub(super) serial: Option<String>,
    /// Whom to call.
    pub(super) phone: Option<Phone>,
    /// Where to try again.
    pub(super) retry: Option<&'static str>,
    /// What else is to be known, in short.
    pub(super) more: Vec<Cow<'a, str>>,
}

/// A telephone number to press.
pub(super) struct Phone {
    pub(super) label: String,
    pub(super) href: String,
}

impl Phone {
    /// A number as people wrote it.
    pub(super) fn new(words: Words, number: &str) -> Self {
        let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        Self {
            label: words.fill("finding.call", [("phone", number)]),
            href: format!("tel:{dialled}"),
        }
    }
}

/// The look-up form.
pub(super) struct Form<'a> {
    pub(super) action: &'static str,
    pub(super) label: &'static str,
    pub(super) typed: &'a str,
    pub(super) language: Option<&'static str>,
}

impl<'a> Form<'a> {
    /// The form under a heading from the catalogue.
    pub(super) fn new(visitor: Visitor, label: &'static str, typed: &'a str) -> Self {
        Self { action: urls::LOOK_UP, label, typed, language: visitor.chosen }
    }
}
