//! Which stamps a move takes along, as the longest runs of them.

use std::ops::{ControlFlow, RangeInclusive};

use diesel::prelude::*;

use super::{Standing, ends, serial_from, serial_to, walk};
use crate::domain::audit::MovedRun;
use crate::domain::ids::LotId;
use crate::domain::serial::Serial;
use crate::domain::stamp::{StampMove, StampState};
use crate::domain::tally::Tally;
use crate::store::schema::stamps;
use crate::store::{AnyConnection, StoreError};

/// The stamps of a range, standing as `before` counts them, that a move will take along: the longest runs
/// that come from one state and are on goods of one lot. `onto` is the lot that it puts them on.
pub(super) fn runs(
    connection: &mut AnyConnection,
    range: &RangeInclusive<Serial>,
    (step, onto): (StampMove, Option<LotId>),
    before: &Tally,
) -> Result<Vec<MovedRun>, StoreError> {
    let all = before.issued();
    let movable = step.starts_from().iter().copied().filter(|state| before.in_state(*state) > 0);
    let movable: Vec<StampState> = movable.collect();
    // Most acts find all stamps in one place, and need not look at each.
    match *movable {
        [] => return Ok(Vec::new()),
        [from] if before.in_state(from) == all && from != StampState::Activated => {
            let run = |(first, last)| MovedRun {
                first,
                last,
                stamps: all,
                from: Some(from),
                to: step.leads_to(),
                lot: onto,
                is_exact: true,
            };
            return Ok(ends(connection, range)?.map(run).into_iter().collect());
        }
        _ => {}
    }
    let mut runs: Vec<MovedRun> = Vec::new();
    let mut goes_on = false;
    walk(connection, range, |Standing { serial, state, lot, .. }| {
        let moves = movable.contains(&state);
        let (from, lot) = (Some(state), onto.or(lot));
        let last = runs.last_mut().filter(|run| goes_on && run.from == from && run.lot == lot);
        match last.filter(|_| moves) {
            Some(run) => {
                run.last = serial;
                run.stamps += 1;
            }
            None if moves => runs.push(MovedRun {
                first: serial,
                last: serial,
                stamps: 1,
                from,
                to: step.leads_to(),
                lot,
                is_exact: true,
            }),
            None => {}
        }
        goes_on = moves;
        ControlFlow::Continue(())
    })?;
    Ok(runs)
}

/// Adds runs of the next part of a selection: one that goes on where the last ended is one with it.
///
/// # Errors
/// [`StoreError`].
pub fn join(
    connection: &mut AnyConnection,
    runs: &mut Vec<MovedRun>,
    more: Vec<MovedRun>,
) -> Result<(), StoreError> {
    let mut more = more.into_iter();
    if let Some(next) = more.next() {
        match runs.last_mut().filter(|last| is_alike(last, &next)) {
            Some(last) if after(connection, last.last)? == Some(next.first) => {
                last.last = next.last;
                last.stamps += next.stamps;
            }
            _ => runs.push(next),
        }
    }
    runs.extend(more);
    Ok(())
}

fn is_alike(one: &MovedRun, other: &MovedRun) -> bool {
    let of = |run: &MovedRun| (run.from, run.to, run.lot, run.first.batch());
    of(one) == of(other)
}

/// The stamp that comes after one in the register.
fn after(connection: &mut AnyConnection, serial: Serial) -> Result<Option<Serial>, StoreError> {
    let next: Option<i64> = stamps::table
        .filter(stamps::serial.gt(serial_to(serial)?))
        .order(stamps::serial)
        .select(stamps::serial)
        .first(connection)
        .optional()?;
    next.map(serial_from).transpose()
}
