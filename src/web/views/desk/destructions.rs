//! Stamps that are to be destroyed, and what was recorded of them.

use std::borrow::Cow;

use askama::Template;
use serde::Deserialize;

use super::account::{Run, run};
use super::list::{Cell, Choice, Column, Field, Line, Shown};
use super::{Frame, State, moment};
use crate::code::text;
use crate::desk::destructions::DestructionFile;
use crate::domain::calendar::Day;
use crate::domain::destruction::{
    Cause, CauseKind, Destruction, DestructionMove, DestructionState,
};
use crate::domain::role::Right;
use crate::store::due_list::{DueColumn, DueFilter, ListedDue};
use crate::store::listing::Sort;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// How an address asks for batches of which a destruction waits to be confirmed.
pub(in crate::web) const WAITING: &str = "cho-xac-nhan";

/// The minutes, as they were filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct MinutesForm {
    #[serde(rename = "bien_ban", default)]
    pub(in crate::web) number: String,
    #[serde(rename = "ngay", default)]
    pub(in crate::web) day: String,
    #[serde(rename = "noi", default)]
    pub(in crate::web) place: String,
    #[serde(rename = "chung_kien", default)]
    pub(in crate::web) witnesses: String,
    #[serde(rename = "ly_do", default)]
    pub(in crate::web) reason: String,
    /// How many stamps were shown.
    #[serde(rename = "so_tem", default)]
    shown: String,
    /// About how many stamps the preview was.
    #[serde(rename = "da_xem", default)]
    pub(in crate::web) seen: String,
    /// That all of them were destroyed.
    #[serde(rename = "tat_ca", default)]
    is_all: String,
}

impl MinutesForm {
    /// Its fields: the name of each, what people call it, and what was filled in.
    pub(in crate::web) fn fields(&self) -> Vec<(&'static str, &'static str, String)> {
        [
            ("bien_ban", "destruction.minutes", &self.number),
            ("ngay", "destruction.day", &self.day),
            ("noi", "destruction.place", &self.place),
            ("chung_kien", "destruction.witnesses", &self.witnesses),
            ("ly_do", "act.reason", &self.reason),
            ("so_tem", "", &self.shown),
            ("tat_ca", "", &self.is_all),
        ]
        .map(|(name, label, value)| (name, label, value.clone()))
        .into()
    }

    /// How many stamps it is about: all that were shown, where the person says so.
    pub(in crate::web) fn stamps(&self) -> Option<u64> {
        self.shown.parse().ok().filter(|_| self.is_all == "1")
    }
}

/// Where a decision is made.
pub(in crate::web) fn deciding(step: DestructionMove) -> &'static str {
    match step {
        DestructionMove::Confirm => urls::CONFIRM_DESTRUCTION,
        DestructionMove::Refuse => urls::REFUSE_DESTRUCTION,
        DestructionMove::Withdraw => urls::WITHDRAW_DESTRUCTION,
    }
}

/// What was refused, with what was typed.
#[derive(Debug, Default)]
pub(in crate::web) struct Refused {
    pub(in crate::web) problem: Option<String>,
    pub(in crate::web) minutes: Option<MinutesForm>,
    pub(in crate::web) decision: Option<(DestructionMove, String)>,
}

#[derive(Template)]
#[template(path = "desk/destruction.html")]
struct DestructionPage {
    frame: Frame,
    name: String,
    batch_href: String,
    product: String,
    producer: String,
    cause: String,
    stamps: String,
    /// The same as a bare number, and that all of them were destroyed.
    count: u64,
    all: String,
    runs: Vec<Run>,
    has_more: bool,
    /// Where the form is sent, for who may record it.
    action: Option<String>,
    /// What was typed into it.
    typed: MinutesForm,
    /// What was recorded, the latest first.
    records: Vec<Record>,
    problem: Option<String>,
}

/// A destruction that was recorded.
struct Record {
    title: String,
    state: State,
    facts: Vec<(Cow<'static, str>, String)>,
    runs: Vec<Run>,
    acts: Vec<Decision>,
    /// Why whoever looks can do nothing with one that waits.
    hint: Option<Cow<'static, str>>,
}

/// A decision that whoever looks can make.
struct Decision {
    id: &'static str,
    href: String,
    label: Cow<'static, str>,
    hint: Cow<'static, str>,
    needs_reason: bool,
    typed: String,
}

impl Shown for DueFilter {
    const NAME: &'static str = "destruction";
    const FIRST: Sort<DueColumn> = Sort { column: DueColumn::Batch, is_descending: false };
    const COLUMNS: &'static [Column<DueColumn>] = &[
        Column { name: "so", label: "order.batch", by: Some(DueColumn::Batch) },
        Column { name: "san-pham", label: "order.product", by: Some(DueColumn::Product) },
        Column { name: "", label: "parcel.producer", by: None },
        Column { name: "", label: "destruction.why", by: None },
        Column { name: "", label: "destruction.unused", by: None },
        Column { name: "", label: "stamp.spoiled", by: None },
        Column { name: "so-tem", label: "destruction.stamps", by: Some(DueColumn::Stamps) },
        Column { name: "", label: "orders.state", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |kind: CauseKind| Choice {
            value: kind.key().to_owned(),
            label: words.say(&format!("destruction.kind.{}", kind.key())),
            is_chosen: self.cause == Some(kind),
        };
        let choices = CauseKind::ALL.map(choice);
        let waiting = Choice {
            value: WAITING.to_owned(),
            label: words.say("destruction.state.proposed"),
            is_chosen: self.waiting,
        };
        vec![
            Field::words(words, "orders.find", &self.words),
            Field::choice(words, "ly_do", "destruction.why", "orders.any_state", choices),
            Field::choice(words, "trang_thai", "orders.state", "orders.any_state", [waiting]),
        ]
    }

    fn line(words: Words, _today: Day, it: &ListedDue) -> Line {
        let listed = &it.listed;
        let stands = if it.is_waiting {
            state(words, DestructionState::Proposed)
        } else {
            State { class: "", label: words.say("destruction.not_recorded") }
        };
        Line {
            href: urls::of(urls::DESTROY_BATCH, listed.number.get().into()),
            id: listed.number.get().to_string(),
            cells: vec![
                Cell::Link(text::batch(listed.number)),
                Cell::Text(listed.product_name.clone()),
                Cell::Text(listed.producer_name.clone()),
                Cell::Text(cause(words, it.cause)),
                Cell::Number(it.unused),
                Cell::Number(it.spoiled),
                Cell::Number(it.unused + it.spoiled),
                Cell::State(stands),
            ],
            acts: Vec::new(),
        }
    }
}

/// What is to be destroyed of a batch, and what was recorded.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    file: &DestructionFile,
    today: Day,
    refused: Refused,
) -> askama::Result<String> {
    let words = frame.words;
    let DestructionFile { listed, due, recorded, is_own } = file;
    let Refused { problem, minutes, decision } = refused;
    let of = |pattern| urls::of(pattern, listed.number.get().into());
    let is_open = !due.runs.is_empty() && !file.is_waiting();
    let may = actor.may(Right::RecordDestructions) && is_open;
    let blank = || MinutesForm { day: today.format("%Y-%m-%d").to_string(), ..Default::default() };
    render(&DestructionPage {
        name: text::batch(listed.number),
        batch_href: of(urls::BATCH),
        product: listed.product_name.clone(),
        producer: listed.producer_name.clone(),
        cause: cause(words, due.cause),
        stamps: words.number(due.stamps()),
        count: due.stamps(),
        all: words.fill("destruction.all", [("stamps", &*words.number(due.stamps()))]),
        runs: due.runs.iter().map(|it| run(words, it)).collect(),
        has_more: due.has_more,
        action: may.then(|| of(urls::DESTROY_BATCH)),
        typed: minutes.unwrap_or_else(blank),
        records: recorded
            .iter()
            .rev()
            .map(|it| record(words, (actor, *is_own), it, decision.as_ref()))
            .collect(),
        problem,
        frame,
    })
}

fn record(
    words: Words,
    (actor, is_own): (&Actor, bool),
    it: &Destruction,
    refused: Option<&(DestructionMove, String)>,
) -> Record {
    let acts = decisions(words, (actor, is_own), it, refused);
    let hint = if !it.is_waiting() || actor.may(Right::JudgeStamps) && !acts.is_empty() {
        None
    } else {
        Some(words.say("destruction.waits"))
    };
    Record {
        title: words.fill("destruction.one", [("minutes", &it.minutes.number)]),
        state: state(words, it.state),
        facts: facts(words, it),
        runs: it.runs.iter().map(|it| run(words, it)).collect(),
        acts,
        hint,
    }
}

fn facts(words: Words, it: &Destruction) -> Vec<(Cow<'static, str>, String)> {
    let minutes = &it.minutes;
    let by = |who: &str, at| format!("{who}, {}", moment(words, at));
    let mut all = vec![
        ("destruction.day", words.date(minutes.destroyed_on)),
        ("destruction.place", minutes.place.clone()),
        ("destruction.witnesses", minutes.witnesses.clone()),
        ("act.reason", minutes.reason.clone()),
        ("account.stamps", words.number(it.stamps())),
        ("destruction.recorded_by", by(&it.done.by, it.done.at)),
    ];
    if let Some((done, why)) = &it.decided {
        let label = match it.state {
            DestructionState::Refused => "destruction.refused_by",
            DestructionState::Withdrawn => "destruction.withdrawn_by",
            DestructionState::Proposed | DestructionState::Confirmed => "destruction.confirmed_by",
        };
        all.push((label, by(&done.by, done.at)));
        all.extend(why.clone().map(|why| ("destruction.decision_reason", why)));
    }
    all.into_iter().map(|(label, value)| (words.say(label), value)).collect()
}

fn decisions(
    words: Words,
    (actor, is_own): (&Actor, bool),
    it: &Destruction,
    refused: Option<&(DestructionMove, String)>,
) -> Vec<Decision> {
    let all = [
        (DestructionMove::Confirm, Right::JudgeStamps),
        (DestructionMove::Refuse, Right::JudgeStamps),
        (DestructionMove::Withdraw, Right::RecordDestructions),
    ];
    let possible = all
        .into_iter()
        .filter(|(step, right)| it.is_waiting() && actor.may(*right) && step.is_own() == is_own);
    let decision = |(step, _): (DestructionMove, Right)| {
        let typed = refused.filter(|(refused, _)| *refused == step);
        Decision {
            id: step.key(),
            href: urls::of(deciding(step), it.id.0),
            label: words.say(&format!("destruction.decide.{}", step.key())),
            hint: words.say(&format!("destruction.hint.{}", step.key())),
            needs_reason: step.needs_reason(),
            typed: typed.map(|(_, typed)| typed.clone()).unwrap_or_default(),
        }
    };
    possible.map(decision).collect()
}

fn state(words: Words, state: DestructionState) -> State {
    let class = match state {
        DestructionState::Proposed => "warn",
        DestructionState::Confirmed => "fine",
        DestructionState::Refused | DestructionState::Withdrawn => "calm",
    };
    State { class, label: words.say(&format!("destruction.state.{}", state.key())) }
}

fn cause(words: Words, cause: Option<Cause>) -> String {
    match cause {
        None => words.say("destruction.cause.spoiled").into_owned(),
        Some(Cause::Ended { on }) => {
            words.fill("destruction.cause.ended", [("date", &words.date(on))])
        }
        Some(Cause::Revoked { since }) => {
            words.fill("destruction.cause.revoked", [("date", &words.date(since))])
        }
        Some(Cause::StarsFell { printed, now }) => words.fill(
            "destruction.cause.stars",
            [("printed", &printed.get().to_string()), ("now", &now.get().to_string())],
        ),
    }
}
