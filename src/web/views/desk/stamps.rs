//! Stamps of a batch that are chosen for an act.

use std::borrow::Cow;

use askama::Template;
use serde::Deserialize;

use super::{Frame, wording};
use crate::accounting::Moved;
use crate::code::text;
use crate::desk::batches::BatchFile;
use crate::desk::effect::{self, Effect};
use crate::domain::calendar::Day;
use crate::domain::role::Right;
use crate::domain::sheet::SerialRun;
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
    /// What would be moved, as a preview showed it.
    #[serde(rename = "da_xem", default)]
    pub(in crate::web) seen: String,
    /// Whether those that cannot be moved are left.
    #[serde(rename = "co_the", default)]
    pub(in crate::web) partial: String,
}

impl StepForm {
    /// What the person has seen of what it would do.
    pub(in crate::web) fn seen(&self) -> Seen {
        self.seen.parse().map_or(Seen::Not, Seen::Moves)
    }

    /// The same, with those left that cannot be moved.
    pub(in crate::web) fn partial(self) -> Self {
        Self { partial: "1".to_owned(), ..self }
    }

    /// The same, as if nothing had been shown.
    pub(in crate::web) fn unseen(self) -> Self {
        Self { seen: String::new(), ..self }
    }

    /// Whether those that cannot be moved are left.
    pub(in crate::web) fn is_partial(&self) -> bool {
        self.partial == "1"
    }

    /// Whether no stamps are named, in any way.
    pub(in crate::web) fn names_no_stamps(&self) -> bool {
        let fields = [&self.first, &self.last, &self.sheets, &self.codes];
        let is_open = matches!(self.chosen_by.as_str(), "" | "khong");
        is_open && fields.iter().all(|field| field.trim().is_empty())
    }
}

/// What a person has seen of what a form would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Seen {
    /// Nothing yet.
    Not,
    /// That it would move these.
    Moves(effect::Seen),
    /// It need not be seen first.
    Unasked,
}

/// What a form would do, to be shown.
pub(in crate::web) struct Shown<'a> {
    /// Which form.
    pub(in crate::web) form: Form,
    /// As it was filled in.
    pub(in crate::web) typed: &'a StepForm,
    /// What it would do.
    pub(in crate::web) done: &'a Effect,
    /// Why it is not what was asked for, but as much of it as can be done.
    pub(in crate::web) problem: Option<String>,
}

/// A form about a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Form {
    /// Gives it to a print shop.
    Assign,
    /// Reports it printed.
    Printed,
    /// Hands printed stamps over.
    HandOver,
    /// Confirms a hand-over.
    Receive,
    /// Puts stamps on goods.
    Activate,
    /// Reports stamps spoiled or lost.
    Report,
    /// Asks to print spoiled stamps anew.
    Reprint,
    /// Cancels codes.
    Cancel,
    /// Closes the account.
    Close,
}

impl Form {
    /// Its name among what a person can do.
    pub(in crate::web) fn key(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Printed => "printed",
            Self::HandOver => "hand_over",
            Self::Receive => "receive",
            Self::Activate => "activate",
            Self::Report => "report",
            Self::Reprint => "reprint",
            Self::Cancel => "cancel",
            Self::Close => "close",
        }
    }

    /// Whether what it would do is shown before it is done: it cannot be taken back.
    pub(in crate::web) fn is_shown_first(self) -> bool {
        self != Self::Assign
    }

    fn address(self) -> &'static str {
        match self {
            Self::Assign => urls::ASSIGN_BATCH,
            Self::Printed => urls::BATCH_PRINTED,
            Self::HandOver => urls::HAND_BATCH_OVER,
            Self::Receive => urls::RECEIVE_BATCH,
            Self::Activate => urls::ACTIVATE_BATCH,
            Self::Report => urls::REPORT_STAMPS,
            Self::Reprint => urls::REPRINT_BATCH,
            Self::Cancel => urls::CANCEL_STAMPS,
            Self::Close => urls::CLOSE_BATCH,
        }
    }

    /// Whether it says why.
    fn has_reason(self, done: &[(StampMove, Moved)]) -> bool {
        match self {
            Self::Report | Self::Cancel => true,
            Self::Printed => done.len() > 1,
            _ => false,
        }
    }
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
    again_label: Cow<'static, str>,
    label: Cow<'static, str>,
    problem: Option<String>,
    /// What was filled in, by label.
    facts: Vec<(Cow<'static, str>, String)>,
    /// What becomes of stamps, move by move.
    moves: Vec<MoveLines>,
    /// How many stamps it is about.
    seen: effect::Seen,
    offered: u64,
    /// The words of the button.
    button: String,
    has_reason: bool,
    typed: &'a StepForm,
}

/// What a move does.
struct MoveLines {
    /// What the stamps become.
    becomes: String,
    moved: String,
    /// Some of them by name.
    runs: String,
    already: Option<String>,
    /// Why stamps are left, and which.
    left: Vec<(String, String)>,
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
    let label = |it: StampMove| words.say(&format!("scan.do.{}", it.key()));
    render(&ScanPage {
        batch: named(file),
        action: urls::of(urls::PREVIEW_STAMPS, file.listed.number.get().into()),
        acts: acts.map(|it| (it.key(), label(it), typed.what == it.key())).collect(),
        may_activate,
        counted: words.fill("scan.camera.count", [("count", "#")]),
        script: &assets::SCAN_SCRIPT.url,
        typed,
        problem,
        frame,
    })
}

/// What a form would do, to be confirmed.
pub(in crate::web) fn preview(
    frame: Frame,
    file: &BatchFile,
    Shown { form, typed, done, problem }: Shown<'_>,
) -> askama::Result<String> {
    let words = frame.words;
    let number = file.listed.number.get().into();
    let label = words.say(&format!("batch.do.{}", form.key()));
    let Effect { moves, stamps: offered } = done;
    let stamps = words.number(*offered);
    let button = match &problem {
        _ if moves.is_empty() => label.clone().into_owned(),
        Some(_) => words.fill("scan.do_possible", [("label", &*label), ("stamps", &*stamps)]),
        None => words.fill("scan.do_all", [("label", &*label), ("stamps", &*stamps)]),
    };
    let (again, again_key) = match &*typed.chosen_by {
        "ma" => (urls::SCAN_STAMPS, "scan.again"),
        _ => (urls::BATCH, "scan.choose_again"),
    };
    render(&PreviewPage {
        batch: named(file),
        action: urls::of(form.address(), number),
        again: urls::of(again, number),
        again_label: words.say(again_key),
        facts: facts(words, form, typed),
        moves: moves.iter().map(|it| move_lines(words, it)).collect(),
        has_reason: form.has_reason(moves),
        label,
        problem,
        offered: *offered,
        seen: done.seen(),
        button,
        typed,
        frame,
    })
}

/// What was filled in of minutes, lot and account.
fn facts(words: Words, form: Form, typed: &StepForm) -> Vec<(Cow<'static, str>, String)> {
    let day = |text: &str| {
        let day = Day::parse_from_str(text.trim(), "%Y-%m-%d");
        day.map_or_else(|_| text.to_owned(), |day| words.date(day))
    };
    let minutes = ("batch.minutes", typed.minutes.clone());
    let all = match form {
        Form::HandOver => vec![
            minutes,
            ("batch.day", day(&typed.day)),
            ("batch.count_handed", typed.stamps.clone()),
        ],
        Form::Receive => vec![
            minutes,
            ("batch.count_received", typed.stamps.clone()),
            ("batch.received_why", typed.reason.clone()),
        ],
        Form::Activate => vec![
            ("lot.heading", typed.lot.clone()),
            ("lot.made_on", day(&typed.made_on)),
            ("lot.use_by", day(&typed.use_by)),
        ],
        Form::Close => vec![("batch.close_why", typed.reason.clone())],
        Form::Reprint => vec![
            ("batch.count_reprinted", typed.stamps.clone()),
            ("act.reason", typed.reason.clone()),
        ],
        Form::Assign | Form::Printed | Form::Report | Form::Cancel => Vec::new(),
    };
    let is_said = |(_, said): &(&str, String)| !said.trim().is_empty();
    all.into_iter().filter(is_said).map(|(label, said)| (words.say(label), said)).collect()
}

/// Runs of stamps that are named of a move.
const RUNS_SHOWN: usize = 5;

fn move_lines(words: Words, (step, found): &(StampMove, Moved)) -> MoveLines {
    let name = |run: &SerialRun| {
        let (first, last) = (text::serial_grouped(run.first), text::serial_grouped(run.last));
        if first == last { first } else { format!("{first}–{last}") }
    };
    let mut runs: Vec<String> = found.runs.iter().take(RUNS_SHOWN).map(name).collect();
    if found.runs.len() > RUNS_SHOWN {
        runs.push("…".to_owned());
    }
    let state = words.say(&format!("stamp.{}", step.leads_to().key()));
    MoveLines {
        becomes: words.fill("scan.becomes", [("state", &state)]),
        moved: words.number(found.moved),
        runs: runs.join(", "),
        already: (found.already > 0).then(|| words.number(found.already)),
        left: wording::causes(words, found),
    }
}
