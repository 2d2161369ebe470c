//! Acts that are shown before they are done.

use std::borrow::Cow;

use actix_web::{HttpRequest, HttpResponse};

use super::frame;
use crate::desk::effect::{Effect, Seen};
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::asked::{self as views, Asked, Filled};
use crate::web::views::desk::wording;
use crate::web::words::Words;

/// An act that somebody wants to do.
pub(super) struct Wanted {
    /// The words of its button, in the catalogue.
    pub(super) label: String,
    /// What comes of it, in the catalogue.
    pub(super) effect: String,
    /// What it is about, and the page of that.
    pub(super) about: (String, String),
    /// Whether nothing undoes it.
    pub(super) is_final: bool,
    /// What was filled in: the name of a field, what it is called in the catalogue, and its value. One
    /// without a name for people is sent along, and not shown.
    pub(super) fields: Vec<(&'static str, &'static str, String)>,
}

/// Shows what an act would do; where other stamps were seen, tells that too.
pub(super) fn show(
    request: &HttpRequest,
    actor: &Actor,
    wanted: Wanted,
    effect: &Effect,
    seen: Option<Seen>,
) -> Result<HttpResponse, Error> {
    let frame = frame(request, Some(actor), "scan.preview");
    let words = frame.words;
    let problem = seen.map(|seen| wording::seen_otherwise(words, seen.stamps, effect.stamps));
    let field = |(name, label, value): (&'static str, &'static str, String)| Filled {
        said: said(words, label, &value),
        name,
        value,
    };
    let asked = Asked {
        label: words.say(&wanted.label).into_owned(),
        about: wanted.about,
        effect: words.fill(&wanted.effect, [("stamps", &*words.number(effect.stamps))]),
        seen: effect.seen(),
        // It is done where it was asked for.
        action: request.path().to_owned(),
        is_final: wanted.is_final,
        fields: wanted.fields.into_iter().map(field).collect(),
    };
    html(Visitor::of(request), views::page(frame, asked, problem))
}

/// A field as it is read: days as they are written, blank ones not at all.
fn said(words: Words, label: &str, value: &str) -> Option<(Cow<'static, str>, String)> {
    let value = value.trim();
    let day = super::day(value).map(|day| words.date(day));
    let said = day.unwrap_or_else(|_| value.to_owned());
    (!label.is_empty() && !value.is_empty()).then(|| (words.say(label), said))
}
