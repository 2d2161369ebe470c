//! Stamps of a batch that are chosen for an act.

use std::borrow::Cow;

use askama::Template;
use serde::Deserialize;

use super::Frame;
use crate::code::text;
use crate::desk::batches::{BatchFile, Preview};
use crate::domain::role::Right;
use crate::domain::serial::Serial;
use crate::domain::stamp::StampMove;
use crate::web::desk::Actor;
use crate::web::views::pages::render;
use crate::web::words::Words;
use crate::web::{assets, urls};

/// What can be done with chosen stamps.
pub(in crate::web) const CHOICES: [StampMove; 3] =
    [StampMove::Activate, StampMove::Spoil, StampMove::Lose];

/// A form about a batch, as it was filled in; each step reads what it needs.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::web) struct StepForm {
    #[serde(rename = "co_so", default)]
    pub(in crate::web) shop: String,
    #[serde(rename = "bien_ban", default)]
    pub(in crate::web) minutes: String,
    #[serde(rename = "ngay", default)]
    pub(in crate::web) day: String,
    #[serde(rename = "so_tem", default)]
    pub(in crate::web) stamps: String,
    #[serde(rename = "phien_ban", default)]
    pub(in crate::web) version: String,
    #[serde(rename = "han", default)]
    pub(in crate::web) due_on: String,
    #[serde(rename = "chon", default)]
    pub(in crate::web) chosen_by: String,
    #[serde(rename = "ban_in", default)]
    pub(in crate::web) printing: String,
    #[serde(rename = "to", default)]
    pub(in crate::web) sheets: String,
    #[serde(rename = "ma", default)]
    pub(in crate::web) codes: String,
    #[serde(rename = "tu", default)]
    pub(in crate::web) first: String,
    #[serde(rename = "den", default)]
    pub(in crate::web) last: String,
    #[serde(rename = "lo", default)]
    pub(in crate::web) lot: String,
    #[serde(rename = "nsx", default)]
    pub(in crate::web) made_on: String,
    #[serde(rename = "hsd", default)]
    pub(in crate::web) use_by: String,
    #[serde(rename = "viec", default)]
    pub(in crate::web) what: String,
    #[serde(rename = "ly_do", default)]
    pub(in crate::web) reason: String,
}

#[derive(Template)]
#[template(path = "desk/scan.html")]
struct ScanPage<'a> {
    frame: Frame,
    batch: Named,
    action: String,
    /// Acts by their name and label, and whether each is chosen.
    acts: Vec<(&'static str, Cow<'static, str>, bool)>,
    may_activate: bool,
    /// What the camera says, once it has counted; `#` is the count.
    counted: String,
    script: &'static str,
    typed: &'a StepForm,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/stamps_preview.html")]
struct PreviewPage<'a> {
    frame: Frame,
    batch: Named,
    action: String,
    again: String,
    label: Cow<'static, str>,
    can: String,
    /// Whether there is anything to do.
    is_possible: bool,
    /// Where stamps stand that stay as they are, and how many.
    cannot: Vec<(Cow<'static, str>, String)>,
    left_out: Vec<String>,
    needs_reason: bool,
    typed: &'a StepForm,
}

/// A batch in short.
struct Named {
    name: String,
    product: String,
    href: String,
}

fn named(file: &BatchFile) -> Named {
    Named {
        name: text::batch(file.listed.number),
        product: file.listed.product_name.clone(),
        href: urls::of(urls::BATCH, file.listed.number.get().into()),
    }
}

fn label(words: Words, step: StampMove) -> Cow<'static, str> {
    words.say(&format!("scan.do.{}", step.key()))
}

/// A page that takes many codes.
pub(in crate::web) fn scan(
    frame: Frame,
    actor: &Actor,
    file: &BatchFile,
    typed: &StepForm,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let may_activate = actor.may(Right::UseStamps);
    let acts = CHOICES.into_iter().filter(|it| may_activate || *it != StampMove::Activate);
    render(&ScanPage {
        batch: named(file),
        action: urls::of(urls::PREVIEW_STAMPS, file.listed.number.get().into()),
        acts: acts.map(|it| (it.key(), label(words, it), typed.what == it.key())).collect(),
        may_activate,
        counted: words.fill("scan.camera.count", [("count", "#")]),
        script: &assets::SCAN_SCRIPT.url,
        typed,
        problem,
        frame,
    })
}

/// What an act would do.
pub(in crate::web) fn preview(
    frame: Frame,
    file: &BatchFile,
    step: StampMove,
    (typed, found): (&StepForm, &Preview),
    left_out: Vec<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let number = file.listed.number.get().into();
    let address = match step {
        StampMove::Activate => urls::ACTIVATE_BATCH,
        _ => urls::REPORT_STAMPS,
    };
    let mut cannot: Vec<_> = found
        .cannot
        .iter()
        .map(|(state, stamps)| {
            (words.say(&format!("stamp.{}", state.key())), words.number(*stamps))
        })
        .collect();
    if found.unknown > 0 {
        cannot.push((words.say("scan.unknown"), words.number(found.unknown)));
    }
    render(&PreviewPage {
        batch: named(file),
        action: urls::of(address, number),
        again: urls::of(urls::SCAN_STAMPS, number),
        label: label(words, step),
        can: words.number(found.can),
        is_possible: found.can > 0,
        cannot,
        left_out,
        needs_reason: step != StampMove::Activate,
        typed,
        frame,
    })
}

/// Serials, one a line.
pub(in crate::web) fn lines(serials: &[Serial]) -> String {
    serials.iter().map(|serial| text::serial(*serial)).collect::<Vec<_>>().join("\n")
}

/// Lines shown of what is left out.
const SHOWN_MAX: usize = 10;

/// What is said of codes that were scanned and are of no use here.
pub(in crate::web) fn left_out(
    words: Words,
    unreadable: &[String],
    others: &[Serial],
) -> Vec<String> {
    let unreadable = (!unreadable.is_empty()).then(|| said(words, "scan.unreadable", unreadable));
    let others = (!others.is_empty()).then(|| said(words, "scan.other_batch", &grouped(others)));
    unreadable.into_iter().chain(others).collect()
}

/// What is said of stamps that are with the other side, where there are any.
pub(in crate::web) fn elsewhere(words: Words, serials: &[Serial]) -> Option<String> {
    (!serials.is_empty()).then(|| said(words, "scan.elsewhere", &grouped(serials)))
}

fn grouped(serials: &[Serial]) -> Vec<String> {
    serials.iter().map(|serial| text::serial_grouped(*serial)).collect()
}

fn said(words: Words, key: &str, all: &[String]) -> String {
    let some: Vec<&str> = all.iter().take(SHOWN_MAX).map(String::as_str).collect();
    let more = if all.len() > SHOWN_MAX { " …" } else { "" };
    let (count, codes) = (words.number(all.len() as u64), some.join(", ") + more);
    words.fill(key, [("count", &count), ("codes", &codes)])
}
