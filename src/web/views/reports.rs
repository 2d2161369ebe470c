//! Consumers' reports, for who sends them.

use std::borrow::Cow;

use askama::Template;
use serde::{Deserialize, Serialize};

use super::finding::Fact;
use super::page::{Band, Page, Tone};
use super::pages::render;
use crate::code::receipt::Receipt;
use crate::domain::calendar::{Instant, vietnam_day};
use crate::domain::report::{Report, ReportKind, ReportState};
use crate::register::reports::{CONTACT_CHARS_MAX, LINE_CHARS_MAX, TEXT_CHARS_MAX};
use crate::web::extract::Visitor;
use crate::web::words::Words;
use crate::web::{AppState, urls};

/// A report, as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(rename = "loai", default)]
    pub(in crate::web) kind: String,
    #[serde(rename = "ma", default)]
    pub(in crate::web) code: String,
    #[serde(rename = "thay", default)]
    pub(in crate::web) seen: String,
    #[serde(rename = "noi_mua", default)]
    pub(in crate::web) bought_at: String,
    #[serde(rename = "lien_he", default)]
    pub(in crate::web) contact: String,
    #[serde(rename = "yeu_cau", default)]
    pub(in crate::web) key: String,
}

#[derive(Template)]
#[template(path = "pages/report.html")]
struct ReportPage<'a> {
    page: Page<'a>,
    action: String,
    typed: &'a Typed,
    /// Key, name, and whether it is chosen.
    kinds: Vec<(&'static str, Cow<'static, str>, bool)>,
    problem: Option<String>,
    consent: String,
    seen_help: String,
    limits: Limits,
    language: Option<&'static str>,
}

/// Most letters of each field.
struct Limits {
    text: usize,
    line: usize,
    contact: usize,
}

#[derive(Template)]
#[template(path = "pages/receipt.html")]
struct ReceiptPage<'a> {
    page: Page<'a>,
    band: Band<'a>,
    facts: Vec<Fact<'a>>,
    answer: Option<&'a str>,
    /// Where the contact is erased, if one was left.
    withdraw: Option<String>,
    consent: String,
}

/// What a program is told of a report. Names in it are an interface: add, never rename.
#[derive(Serialize)]
pub(in crate::web) struct ReceiptJson<'a> {
    receipt: String,
    kind: &'static str,
    state: &'static str,
    reported_at: Instant,
    settled_at: Option<Instant>,
    answer: Option<&'a str>,
}

impl<'a> ReceiptJson<'a> {
    /// A report under its receipt.
    pub(in crate::web) fn new(receipt: Receipt, report: &'a Report) -> Self {
        Self {
            receipt: receipt.to_string(),
            kind: report.details.kind.key(),
            state: report.state.key(),
            reported_at: report.reported_at,
            settled_at: report.settled_at,
            answer: report.answer.as_deref(),
        }
    }
}

/// A kind's name.
pub(in crate::web) fn kind(words: Words, kind: ReportKind) -> Cow<'static, str> {
    words.say(&format!("report.of.{}", kind.key()))
}

/// The form.
pub(in crate::web) fn form(
    visitor: Visitor,
    typed: &Typed,
    problem: Option<String>,
    state: &AppState,
) -> askama::Result<String> {
    let words = visitor.words;
    let code = Some(typed.code.as_str()).filter(|code| !code.is_empty());
    let kinds = ReportKind::OF_PEOPLE.into_iter();
    let most = words.number(u64::try_from(TEXT_CHARS_MAX).unwrap_or(u64::MAX));
    render(&ReportPage {
        page: Page::new(visitor, words.say("report.title"), code, state.report_contact.as_deref()),
        action: urls::keeping(urls::REPORT, visitor.chosen),
        kinds: kinds.map(|it| (it.key(), kind(words, it), it.key() == typed.kind)).collect(),
        typed,
        problem,
        consent: consent(words, state),
        seen_help: words.fill("report.seen_help", [("most", &most)]),
        limits: Limits { text: TEXT_CHARS_MAX, line: LINE_CHARS_MAX, contact: CONTACT_CHARS_MAX },
        language: visitor.chosen,
    })
}

fn consent(words: Words, state: &AppState) -> String {
    words.fill("report.consent", [("days", &words.number(state.contact_days.into()))])
}

/// What became of a report; `is_new` says that it was just sent.
pub(in crate::web) fn receipt(
    visitor: Visitor,
    receipt: Receipt,
    report: &Report,
    is_new: bool,
    state: &AppState,
) -> askama::Result<String> {
    let words = visitor.words;
    let shown = receipt.to_string();
    let title = words.say(&format!("report.state.{}", report.state.key()));
    let (text, note) = if is_new && report.state == ReportState::Received {
        let thanks = words.fill("report.thanks", [("receipt", &shown)]);
        (thanks, Some(words.say("report.keep").into_owned()))
    } else {
        (words.say(&format!("report.became.{}", report.state.key())).into_owned(), None)
    };
    let fact = |key: &str, value: String| Fact { label: words.say(key), value: Some(value.into()) };
    let day = |at: Instant| words.date(vietnam_day(at));
    let mut facts = vec![
        fact("report.receipt", shown),
        fact("report.about", kind(words, report.details.kind).into_owned()),
        fact("report.sent_on", day(report.reported_at)),
    ];
    facts.extend(report.settled_at.map(|at| fact("report.settled_on", day(at))));
    let has_contact = report.details.contact.is_some();
    render(&ReceiptPage {
        page: Page::new(visitor, words.say("report.result"), None, state.report_contact.as_deref()),
        band: Band {
            tone: tone(report.state, is_new),
            title,
            text: text.into(),
            note,
            serial: None,
            phone: None,
            retry: None,
            more: Vec::new(),
        },
        facts,
        answer: report.answer.as_deref(),
        withdraw: has_contact.then(|| {
            let path = urls::WITHDRAW_CONTACT.replace("{receipt}", &receipt.to_string());
            urls::keeping(&path, visitor.chosen)
        }),
        consent: consent(words, state),
    })
}

fn tone(state: ReportState, is_new: bool) -> Tone {
    match state {
        ReportState::Answered => Tone::Good,
        ReportState::Received if is_new => Tone::Good,
        ReportState::Received | ReportState::UnderReview => Tone::Busy,
        ReportState::Closed => Tone::Neutral,
    }
}
