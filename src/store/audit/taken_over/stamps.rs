//! Entries about stamps: they named a range and how many of it were moved. Which those were follows from
//! where each stamp stands now, as a rule; where it does not, the range is kept as what it is.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Old, insert, set};
use crate::code::text;
use crate::domain::audit::{Action, FactName, MovedRun, NewEntry, Subject};
use crate::domain::ids::LotId;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::{StampMove, StampState};
use crate::store::batches::number_to;
use crate::store::schema::{batches, lots, stamps};
use crate::store::stamps::{serial_from, serial_to, state_from};
use crate::store::{AnyConnection, StoreError};

/// An act in words that moved stamps.
pub(super) struct Move {
    old: Old,
    step: StampMove,
    first: Serial,
    last: Serial,
    stamps: u64,
    /// What was said beside the number of stamps.
    said: String,
    /// The code of the lot they were put on.
    lot: Option<String>,
}

impl Move {
    /// The move of an entry; none where it is about something else, or unreadable.
    pub(super) fn read(old: Old) -> Result<Self, Old> {
        match Self::parts(&old) {
            Some((step, first, last, stamps, said)) => {
                let lot = (step == StampMove::Activate).then(|| said.strip_prefix("lot "));
                let lot = lot.flatten().map(str::to_owned);
                Ok(Self { old, step, first, last, stamps, said, lot })
            }
            None => Err(old),
        }
    }

    fn parts(old: &Old) -> Option<(StampMove, Serial, Serial, u64, String)> {
        let step = StampMove::ALL.into_iter().find(|step| Action::from(*step) == old.action)?;
        let (first, last) = old.object.strip_prefix("stamps ")?.split_once('–')?;
        let (first, last) = (text::read_serial(first).ok()?, text::read_serial(last).ok()?);
        let (stamps, said) = old.detail.split_once(" stamps; ")?;
        let is_range = first <= last && first.batch() == last.batch();
        is_range.then_some((step, first, last, stamps.parse().ok()?, said.to_owned()))
    }

    fn entry(&self) -> NewEntry {
        let entry = self.old.action.on(Subject::Stamps(self.first.batch()));
        match (self.step, self.said.strip_prefix("minutes ")) {
            (StampMove::HandOver | StampMove::Destroy, Some(minutes)) => {
                entry.with(FactName::Minutes.is(minutes))
            }
            (StampMove::ReportPrinted, _) if self.said == "print job" => entry,
            (StampMove::Activate, _) => entry,
            _ => entry.because(&self.said),
        }
    }
}

/// A stamp as it stands now.
struct Standing {
    serial: Serial,
    state: StampState,
    handed_over: bool,
    lot: Option<LotId>,
    activated_at: Option<NaiveDateTime>,
}

impl Standing {
    /// Whether it surely made a step at some time; none where nobody can tell.
    fn made(&self, step: StampMove) -> Option<bool> {
        match step {
            StampMove::ReportPrinted => match self.state {
                StampState::Issued => Some(false),
                StampState::Printed | StampState::HandedOver | StampState::Activated => Some(true),
                _ if self.handed_over => Some(true),
                _ => None,
            },
            StampMove::HandOver => Some(self.handed_over),
            StampMove::Activate => Some(self.lot.is_some()),
            StampMove::Spoil if self.state == StampState::Destroyed => None,
            StampMove::Spoil | StampMove::Lose | StampMove::Destroy | StampMove::Cancel => {
                Some(self.state == step.leads_to())
            }
        }
    }
}

/// A stamp as it is read.
type Row = (i64, i16, bool, Option<i64>, Option<NaiveDateTime>);

/// Writes moves into columns, batch by batch.
pub(super) fn take_over(
    connection: &mut AnyConnection,
    moves: Vec<Move>,
) -> Result<(), StoreError> {
    let mut of_batches: BTreeMap<BatchNumber, Vec<Move>> = BTreeMap::new();
    for one in moves {
        of_batches.entry(one.first.batch()).or_default().push(one);
    }
    for (batch, moves) in of_batches {
        let all = standing(connection, batch)?;
        let lots = lots_of(connection, batch)?;
        let found = tell(&all, &moves, &lots);
        for (one, found) in moves.iter().zip(found) {
            let runs = match found {
                Some(which) => follow(&all, &which, one),
                None => vec![as_range(&all, one, &lots)],
            };
            write(connection, one, &runs)?;
        }
    }
    Ok(())
}

/// The first run takes the place of the words, the others come beside it.
fn write(connection: &mut AnyConnection, one: &Move, runs: &[MovedRun]) -> Result<(), StoreError> {
    let entry = one.entry();
    let Some((first, others)) = runs.split_first() else { return Ok(()) };
    set(connection, one.old.id, &entry, Some(first))?;
    insert(connection, &one.old, &entry, others)
}

fn standing(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<Standing>, StoreError> {
    let all = batch.serials();
    let rows: Vec<Row> = stamps::table
        .filter(stamps::serial.between(serial_to(*all.start())?, serial_to(*all.end())?))
        .order(stamps::serial)
        .select((
            stamps::serial,
            stamps::state,
            stamps::handed_over,
            stamps::lot_id,
            stamps::activated_at,
        ))
        .load(connection)?;
    let one = |(serial, state, handed_over, lot, activated_at): Row| {
        let (serial, state) = (serial_from(serial)?, state_from(state)?);
        Ok(Standing { serial, state, handed_over, lot: lot.map(LotId), activated_at })
    };
    rows.into_iter().map(one).collect()
}

/// The lots of a batch's product, by their code.
fn lots_of(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<BTreeMap<String, LotId>, StoreError> {
    let of_batch = batches::table.filter(batches::number.eq(number_to(batch)?));
    let product: Option<i64> = of_batch.select(batches::product_id).first(connection).optional()?;
    let Some(product) = product else { return Ok(BTreeMap::new()) };
    let rows: Vec<(String, i64)> = lots::table
        .filter(lots::product_id.eq(product))
        .select((lots::code, lots::id))
        .load(connection)?;
    Ok(rows.into_iter().map(|(code, id)| (code, LotId(id))).collect())
}

/// The stamps of a range, by their places.
fn within(all: &[Standing], one: &Move) -> Range<usize> {
    let from = all.partition_point(|it| it.serial < one.first);
    from..all.partition_point(|it| it.serial <= one.last).max(from)
}

/// Which stamps each move took along, by their places; none where it cannot be told. What is told of one
/// move helps to tell another, since a stamp makes each step once at most.
fn tell(
    all: &[Standing],
    moves: &[Move],
    lots: &BTreeMap<String, LotId>,
) -> Vec<Option<Vec<usize>>> {
    let mut found: Vec<Option<Vec<usize>>> = moves.iter().map(|_| None).collect();
    // For each step, the stamps that are known to have made it by one of the moves.
    let mut taken: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    loop {
        let mut is_more = false;
        for (place, one) in moves.iter().enumerate() {
            if found.get(place).is_none_or(Option::is_some) {
                continue;
            }
            let none = || vec![false; all.len()];
            let taken = taken.entry(one.step.key()).or_insert_with(none);
            let has_rivals = || {
                moves.iter().zip(&found).enumerate().any(|(other, (it, found))| {
                    let apart = it.last < one.first || one.last < it.first;
                    other != place && found.is_none() && it.step == one.step && !apart
                })
            };
            let Some(which) = which(all, one, lots, taken, &has_rivals) else { continue };
            for stamp in &which {
                if let Some(taken) = taken.get_mut(*stamp) {
                    *taken = true;
                }
            }
            if let Some(place) = found.get_mut(place) {
                *place = Some(which);
            }
            is_more = true;
        }
        if !is_more {
            return found;
        }
    }
}

/// Which stamps one move took along, where that can be told: `taken` by others that are known, and
/// perhaps by rivals that are not.
fn which(
    all: &[Standing],
    one: &Move,
    lots: &BTreeMap<String, LotId>,
    taken: &[bool],
    has_rivals: &dyn Fn() -> bool,
) -> Option<Vec<usize>> {
    let range = within(all, one);
    let of_range = all.iter().enumerate().take(range.end).skip(range.start);
    if let Some(code) = &one.lot {
        let lot = lots.get(code).copied();
        let on_it = |it: &Standing| it.lot == lot && it.activated_at == Some(one.old.at);
        let which = of_range.clone().filter(|(_, it)| lot.is_some() && on_it(it));
        let which: Vec<usize> = which.map(|(place, _)| place).collect();
        return Some(which).filter(|it| is_all(it, one));
    }
    let free = of_range.filter(|(place, _)| taken.get(*place).is_none_or(|taken| !taken));
    let free: Vec<(usize, Option<bool>)> =
        free.map(|(place, it)| (place, it.made(one.step))).collect();
    let those = |wanted: &dyn Fn(Option<bool>) -> bool| -> Vec<usize> {
        free.iter().filter(|(_, made)| wanted(*made)).map(|(place, _)| *place).collect()
    };
    let (surely, perhaps) = (those(&|made| made == Some(true)), those(&|made| made != Some(false)));
    if is_all(&perhaps, one) {
        return Some(perhaps);
    }
    Some(surely).filter(|it| is_all(it, one) && !has_rivals())
}

fn is_all(which: &[usize], one: &Move) -> bool {
    which.len() as u64 == one.stamps
}

/// Where the stamps of a step came from, where there is one place alone.
fn from(step: StampMove) -> Option<StampState> {
    match step.starts_from() {
        [from] => Some(*from),
        _ => None,
    }
}

/// Stamps by their places, which are in order, as the longest runs on goods of one lot.
fn follow(all: &[Standing], which: &[usize], one: &Move) -> Vec<MovedRun> {
    let keeps_lot = matches!(one.step, StampMove::Activate | StampMove::Cancel);
    let mut runs: Vec<MovedRun> = Vec::new();
    let mut before = None;
    for place in which {
        let Some(stamp) = all.get(*place) else { continue };
        let lot = stamp.lot.filter(|_| keeps_lot);
        let goes_on = before.is_some() && before == place.checked_sub(1);
        before = Some(*place);
        match runs.last_mut().filter(|run| goes_on && run.lot == lot) {
            Some(run) => {
                run.last = stamp.serial;
                run.stamps += 1;
            }
            None => runs.push(MovedRun {
                first: stamp.serial,
                last: stamp.serial,
                stamps: 1,
                from: from(one.step),
                to: one.step.leads_to(),
                lot,
                is_exact: true,
            }),
        }
    }
    runs
}

/// A range of which some stamps were moved, and nobody can tell which: from the first to the last that
/// may have been.
fn as_range(all: &[Standing], one: &Move, lots: &BTreeMap<String, LotId>) -> MovedRun {
    let range = within(all, one);
    let of_range = all.iter().take(range.end).skip(range.start);
    let mut may = of_range.filter(|it| it.made(one.step) != Some(false)).map(|it| it.serial);
    let first = may.next();
    MovedRun {
        last: may.next_back().or(first).unwrap_or(one.last),
        first: first.unwrap_or(one.first),
        stamps: one.stamps,
        from: from(one.step),
        to: one.step.leads_to(),
        lot: one.lot.as_ref().and_then(|code| lots.get(code)).copied(),
        is_exact: false,
    }
}
