//! The pages, one function each.

use std::borrow::Cow;

use askama::Template;

use super::finding::FindingView;
use super::page::{Band, Form, Page, Phone, Tone};
use super::wording;
use crate::code::text;
use crate::domain::product::ProductGroup;
use crate::domain::verdict::{Concern, Finding, Headline, Slip, Verdict};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::urls;
use crate::web::words::Words;

/// Room for a page, so that it is written without moving.
const PAGE_BYTES: usize = 12 * 1024;

#[derive(Template)]
#[template(path = "pages/start.html")]
struct StartPage<'a> {
    page: Page<'a>,
    form: Form<'a>,
}

#[derive(Template)]
#[template(path = "pages/verdict.html")]
struct VerdictPage<'a> {
    page: Page<'a>,
    band: Band<'a>,
    finding: Option<FindingView<'a>>,
    form: Form<'a>,
    /// Where a doubt is reported; not where nothing could be looked up.
    report: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/error.html")]
struct ErrorPage<'a> {
    page: Page<'a>,
    band: Band<'a>,
    /// Not for a print shop, which has no stamp in hand.
    form: Option<Form<'a>>,
}

/// The start page.
pub(in crate::web) fn start(visitor: Visitor, contact: Option<&str>) -> askama::Result<String> {
    let title = visitor.words.say("start.title");
    render(&StartPage {
        page: Page::new(visitor, title, None, contact),
        form: Form::new(visitor, "form.label", ""),
    })
}

/// The page of a verdict. `typed` is what was asked for, as far as a person may want to mend it;
/// `by_form` says that it came from the form.
pub(in crate::web) fn verdict(
    visitor: Visitor,
    verdict: &Verdict,
    typed: &str,
    by_form: bool,
    contact: Option<&str>,
) -> askama::Result<String> {
    let words = visitor.words;
    let headline = verdict.headline();
    let said = wording::headline(words, verdict);
    let finding = match verdict {
        Verdict::Known(finding) => Some(finding),
        _ => None,
    };
    let suggested = suggested(verdict);
    let (label, typed_again) = match headline {
        Headline::Mistyped | Headline::Unknown => {
            ("form.correct", suggested.as_deref().unwrap_or(typed))
        }
        _ => ("form.again", ""),
    };
    let reported = serial(verdict).unwrap_or_else(|| typed.to_owned());
    let is_known = headline != Headline::RegisterUnreachable;
    render(&VerdictPage {
        page: Page::new(visitor, said.title.clone(), by_form.then_some(typed), contact),
        band: Band {
            tone: wording::tone(verdict),
            title: said.title,
            text: said.text,
            note: said.note,
            phone: phone(words, verdict),
            serial: serial(verdict),
            retry: (headline == Headline::RegisterUnreachable).then_some(""),
            more: finding.map(|finding| more(words, finding)).unwrap_or_default(),
        },
        finding: finding.map(|finding| FindingView::new(words, finding)),
        report: is_known.then(|| urls::report_on(&reported, visitor.chosen)),
        form: Form::new(visitor, label, typed_again),
    })
}

/// The page of an error at a path.
pub(in crate::web) fn error(
    visitor: Visitor,
    error: &Error,
    path: &str,
    contact: Option<&str>,
) -> askama::Result<String> {
    let words = visitor.words;
    let title = words.say(&format!("error.{}.title", error.key()));
    let text = error.said(words);
    let tone = if error.status().is_server_error() { Tone::Busy } else { Tone::Neutral };
    let band = Band {
        tone,
        title: title.clone(),
        text,
        note: None,
        serial: None,
        phone: None,
        // Where a receipt can be typed again.
        retry: matches!(error, Error::NoReceipt).then_some(urls::REPORT),
        more: Vec::new(),
    };
    let page = Page::new(visitor, title, None, contact);
    render(&ErrorPage {
        page: Page { switch_href: urls::in_language_at(path, words.other_tag(), ""), ..page },
        band,
        form: (!matches!(error, Error::NoDownload | Error::NoPaper | Error::NoReceipt))
            .then(|| Form::new(visitor, "form.label", "")),
    })
}

fn phone(words: Words, verdict: &Verdict) -> Option<Phone> {
    let Verdict::Known(finding) = verdict else { return None };
    match finding.concerns.first() {
        Some(Concern::Recalled(recall)) => {
            recall.phone.as_deref().map(|number| Phone::new(words, number))
        }
        _ => None,
    }
}

/// What else speaks against a stamp, in short: each is told in full below.
fn more(words: Words, finding: &Finding) -> Vec<Cow<'static, str>> {
    let others = finding.concerns.iter().skip(1);
    others.map(|concern| wording::concern(words, concern, finding).title).collect()
}

/// The one serial that may have been meant by what was typed.
fn suggested(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Mistyped(Slip::Keyboard { meant }) => match meant.as_slice() {
            [serial] => Some(text::serial_grouped(*serial)),
            _ => None,
        },
        _ => None,
    }
}

/// The serial a verdict is about, as printed.
pub(super) fn serial(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Mistyped(_) => None,
        Verdict::Unknown(serial)
        | Verdict::WrongSignature(serial)
        | Verdict::NeverIssued(serial) => Some(text::serial_grouped(*serial)),
        Verdict::Known(finding) => Some(text::serial_grouped(finding.serial)),
        Verdict::RegisterUnreachable(by_keys) => Some(text::serial_grouped(by_keys.serial)),
    }
}

pub(super) fn render(page: &impl Template) -> askama::Result<String> {
    let mut html = String::with_capacity(PAGE_BYTES);
    page.render_into(&mut html)?;
    Ok(html)
}
