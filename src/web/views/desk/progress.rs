//! How far an order has come, from the day it was sent to the day its stamps were received.

use std::borrow::Cow;

use crate::desk::orders::OrderFile;
use crate::domain::audit::{Action, Entry};
use crate::domain::calendar::{Instant, vietnam_day};
use crate::domain::order::OrderState;
use crate::domain::print_job::JobState;
use crate::web::words::Words;

/// A stage of the way.
pub(super) struct Stage {
    pub(super) label: Cow<'static, str>,
    /// The day it was reached, where that is known.
    pub(super) day: Option<String>,
    /// Whether it is behind, or still ahead.
    pub(super) is_reached: bool,
    /// Whether the order stands there.
    pub(super) is_here: bool,
}

/// The stages that every order passes through, by the names of their texts.
const STAGES: [&str; 7] = [
    "order.state.submitted",
    "order.state.approved",
    "order.state.issued",
    "job.state.assigned",
    "job.state.printed",
    "job.state.handed_over",
    "job.state.received",
];

/// The way of an order; nothing for one that is not on it: a draft, or one that was refused or withdrawn.
pub(super) fn stages(words: Words, file: &OrderFile) -> Vec<Stage> {
    let (reached, here) = standing(file);
    let days = days(file);
    let stage = |(index, (label, at)): (usize, (&str, Option<Instant>))| {
        let is_here = index + 1 == reached;
        Stage {
            label: if is_here { words.say(&here) } else { words.say(label) },
            day: at.map(|at| words.date(vietnam_day(at))),
            is_reached: index < reached,
            is_here,
        }
    };
    if reached == 0 {
        return Vec::new();
    }
    STAGES.into_iter().zip(days).enumerate().map(stage).collect()
}

/// How many stages were reached, and the text for where it stands: returned or being printed, it stands
/// between two of them.
fn standing(file: &OrderFile) -> (usize, String) {
    let state = file.listed.order.state;
    let job = file.job.as_ref().map(|job| job.state);
    let reached = match (state, job) {
        (OrderState::Draft | OrderState::Rejected | OrderState::Cancelled, _) => 0,
        (OrderState::Submitted | OrderState::UnderReview | OrderState::ChangesRequested, _) => 1,
        (OrderState::Approved, _) => 2,
        (OrderState::Issued, None) => 3,
        (OrderState::Issued, Some(JobState::Assigned | JobState::Printing)) => 4,
        (OrderState::Issued, Some(JobState::Printed)) => 5,
        (OrderState::Issued, Some(JobState::HandedOver)) => 6,
        (OrderState::Issued, Some(JobState::Received | JobState::Closed)) => 7,
    };
    let here = job.map_or_else(
        || format!("order.state.{}", state.key()),
        |job| format!("job.state.{}", job.key()),
    );
    (reached, here)
}

/// When each stage was reached, as far as order and print job tell: the latest time counts. What was
/// handed over in parts has a day a part, which the batch tells; since when it is printed, nobody does.
fn days(file: &OrderFile) -> [Option<Instant>; 7] {
    let latest = |actions: &[Action]| {
        let is_one = |entry: &&Entry| actions.contains(&entry.action);
        file.history.iter().rev().find(is_one).map(|entry| entry.at)
    };
    let sent: &[Action] = match file.listed.order.state {
        OrderState::UnderReview => &[Action::SubmitOrder, Action::TakeUpOrder],
        OrderState::ChangesRequested => &[Action::RequestChanges],
        _ => &[Action::SubmitOrder],
    };
    let job = file.job.as_ref();
    [
        latest(sent),
        latest(&[Action::ApproveOrder]),
        latest(&[Action::IssueOrder]),
        job.filter(|job| job.state != JobState::Printing).map(|job| job.assigned.at),
        job.and_then(|job| job.printed.as_ref()).map(|report| report.done.at),
        None,
        None,
    ]
}
