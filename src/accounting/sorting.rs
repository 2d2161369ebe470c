//! The stamps of a selection, sorted by what a move does with each: moved, there already, or left, and why.
//! The one place that decides it, before anything is moved.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::moved::{Item, Moved, Why};
use super::selection::{Code, Entered, named, once};
use super::{Selection, StampError};
use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::ids::LotId;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::{Printing, SerialRun};
use crate::domain::stamp::{Effect, Holder, Place, SignatureBytes, StampMove};
use crate::store::hand_overs::{self, Awaited};
use crate::store::stamp_places::{self, PlaceRun};
use crate::store::{AnyConnection, StoreError, batches, sheets};

/// A move that is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The move.
    pub step: StampMove,
    /// The lot it leads to.
    pub lot: Option<LotId>,
    /// Who reports it; none where it does not matter who has the stamps.
    pub holder: Option<Holder>,
}

/// A selection, sorted.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// What the move does.
    pub(super) found: Moved,
    /// Ranges that hold every stamp that is to be moved, and else only such as stand where the move does
    /// not start.
    pub(super) spans: Vec<RangeInclusive<Serial>>,
    /// Every stamp of the selection that is in the register, in runs.
    pub(super) seen: Vec<(Serial, Serial)>,
    /// Whether the last span may be made longer.
    is_open: bool,
    /// Whether the last stamps were such as are moved.
    goes_on: bool,
}

/// Sorts the stamps of a selection. Nothing is moved.
///
/// # Errors
/// [`StampError`] where it names what is not there.
pub(super) fn sort(
    register: &mut AnyConnection,
    selection: &Selection,
    wanted: Wanted,
) -> Result<Sorted, StampError> {
    let mut sorted = Sorted::default();
    let awaited = hand_overs::awaited(register, selection.batch())?;
    match selection {
        Selection::Possible(which) => return sort(register, which, wanted),
        Selection::Codes(batch, entered) => {
            sorted.codes(register, (*batch, entered), wanted, &awaited)?;
        }
        Selection::Between(ends) => {
            let batch = issued(register, ends.0.scanned.serial.batch())?;
            let known = known(register, [&ends.0, &ends.1], &awaited)?;
            let ends = (&ends.0, &ends.1);
            let is_right = sorted.end(&batch, ends.0, &known);
            // One code for both ends is told once.
            if (ends.0 == ends.1 || sorted.end(&batch, ends.1, &known)) && is_right {
                let (first, last) = (ends.0.scanned.serial, ends.1.scanned.serial);
                let range = within_one_batch(first, last)?;
                sorted.range(register, &range, wanted, &awaited)?;
            }
        }
        Selection::Range(range) => {
            let range = within_one_batch(*range.start(), *range.end())?;
            sorted.range(register, &range, wanted, &awaited)?;
        }
        Selection::Sheet { batch, printing, number } => {
            for range in sheet(register, *batch, printing, *number)? {
                sorted.range(register, &range, wanted, &awaited)?;
            }
        }
        Selection::Sheets { batch, printing, numbers } => {
            let once = once(numbers);
            if once.len() < numbers.len() {
                sorted.repeated(numbers);
            }
            let mut ranges = Vec::new();
            for number in once {
                ranges.extend(sheet(register, *batch, printing, number)?);
            }
            ranges.sort_unstable_by_key(|range| *range.start());
            for range in ranges {
                sorted.range(register, &range, wanted, &awaited)?;
            }
        }
        Selection::Batch(number) => {
            let range = issued(register, *number)?.number.serials();
            sorted.range(register, &range, wanted, &awaited)?;
        }
    }
    Ok(sorted)
}

impl Sorted {
    fn range(
        &mut self,
        register: &mut AnyConnection,
        range: &RangeInclusive<Serial>,
        wanted: Wanted,
        awaited: &Awaited,
    ) -> Result<(), StampError> {
        self.elsewhere();
        let runs = stamp_places::runs(register, range, awaited)?;
        if runs.is_empty() {
            return Err(StampError::NoneIssued);
        }
        for run in &runs {
            self.run(run, wanted);
        }
        Ok(())
    }

    fn run(&mut self, run: &PlaceRun, wanted: Wanted) {
        let PlaceRun { first, last, stamps, place } = *run;
        let serials = SerialRun { first, last, stamps };
        self.seen.push((first, last));
        match wanted.step.with(&place, wanted.lot, wanted.holder) {
            Ok(Effect::None) => self.found.already += u64::from(stamps),
            Ok(Effect::Moves) => {
                self.found.moved += u64::from(stamps);
                match self.found.runs.last_mut().filter(|_| self.goes_on) {
                    Some(before) => {
                        before.last = last;
                        before.stamps = before.stamps.saturating_add(stamps);
                    }
                    None => self.found.runs.push(serials),
                }
                match self.spans.last_mut().filter(|_| self.is_open) {
                    Some(span) => *span = *span.start()..=last,
                    None => self.spans.push(first..=last),
                }
                (self.goes_on, self.is_open) = (true, true);
                return;
            }
            Err(why) => {
                // Stamps that stand where the move starts, and are kept from it, end the span.
                self.is_open &= !wanted.step.starts_from().contains(&place.state);
                self.found.leave(Item::Run(serials), Why::Kept(why));
            }
        }
        self.goes_on = false;
    }

    /// Tells numbers of sheets that were named more than once.
    fn repeated(&mut self, numbers: &[u32]) {
        let mut seen = BTreeSet::new();
        let repeated = numbers.iter().filter(|number| !seen.insert(**number));
        for number in repeated.collect::<BTreeSet<_>>() {
            self.found.leave(Item::Sheet(*number), Why::Repeated);
        }
    }

    /// Begins with other stamps than those that follow the last ones.
    fn elsewhere(&mut self) {
        (self.goes_on, self.is_open) = (false, false);
    }

    fn codes(
        &mut self,
        register: &mut AnyConnection,
        (number, entered): (BatchNumber, &[Entered]),
        wanted: Wanted,
        awaited: &Awaited,
    ) -> Result<(), StampError> {
        let batch = issued(register, number)?;
        let codes = entered.iter().filter_map(|it| it.code.as_ref());
        let known = known(register, codes, awaited)?;
        let mut taken: BTreeMap<Serial, Place> = BTreeMap::new();
        for Entered { text, code } in entered {
            let checked = code.as_ref().ok_or(Why::Unreadable);
            match checked.and_then(|code| check(&batch, code, &known).map(|place| (code, place))) {
                Err(why) => self.found.leave(Item::Text(text.clone()), why),
                Ok((code, place)) if taken.insert(code.scanned.serial, place).is_some() => {
                    self.found.leave(Item::Text(text.clone()), Why::Repeated);
                }
                Ok(_) => {}
            }
        }
        for (serial, place) in taken {
            self.elsewhere();
            self.run(&PlaceRun { first: serial, last: serial, stamps: 1, place }, wanted);
        }
        Ok(())
    }

    /// Whether the end of a range is a code of the batch; one that is none is left.
    fn end(&mut self, batch: &Batch, code: &Code, known: &Known) -> bool {
        let checked = check(batch, code, known);
        if let Err(why) = checked {
            self.found.leave(Item::Text(code.text.clone()), why);
        }
        checked.is_ok()
    }
}

/// Stamps that were issued, with their signatures and where they stand.
type Known = BTreeMap<Serial, (SignatureBytes, Place)>;

fn known<'a>(
    register: &mut AnyConnection,
    codes: impl IntoIterator<Item = &'a Code>,
    awaited: &Awaited,
) -> Result<Known, StoreError> {
    let serials: Vec<Serial> = codes.into_iter().map(|code| code.scanned.serial).collect();
    stamp_places::of(register, &serials, awaited)
}

/// Checks a code as a scan is checked; where the stamp stands. A serial alone is taken as it was typed.
fn check(batch: &Batch, code: &Code, known: &Known) -> Result<Place, Why> {
    if code.scanned.serial.batch() != batch.number {
        return Err(Why::OtherBatch);
    }
    let face = &batch.intent.face;
    if code.host.as_ref().is_some_and(|host| !host.eq_ignore_ascii_case(&face.host)) {
        return Err(Why::ForeignHost);
    }
    let (signature, place) = known.get(&code.scanned.serial).ok_or(Why::NeverIssued)?;
    let shown = code.scanned.shown(signature, face.gtin);
    shown.map(|_| *place).ok_or(Why::WrongSignature)
}

fn within_one_batch(first: Serial, last: Serial) -> Result<RangeInclusive<Serial>, StampError> {
    if first.batch() != last.batch() {
        let (first, last) = named((first, last));
        return Err(StampError::TwoBatches(first, last));
    }
    if last < first {
        let (first, last) = named((first, last));
        return Err(StampError::Backwards(first, last));
    }
    Ok(first..=last)
}

fn sheet(
    register: &mut AnyConnection,
    batch: BatchNumber,
    printing: &Printing,
    number: u32,
) -> Result<Vec<RangeInclusive<Serial>>, StampError> {
    let found = sheets::find(register, batch, printing, number)?;
    let missing =
        || StampError::NoSheet { batch: text::batch(batch), printing: printing.clone(), number };
    let runs = found.ok_or_else(missing)?.runs;
    let mut ranges: Vec<_> = runs.into_iter().map(|run| run.first..=run.last).collect();
    ranges.sort_unstable_by_key(|range| *range.start());
    Ok(ranges)
}

/// A batch whose codes are there.
///
/// # Errors
/// [`StampError::NoBatch`].
pub(super) fn issued(
    register: &mut AnyConnection,
    number: BatchNumber,
) -> Result<Batch, StampError> {
    let batch = batches::get(register, number)?.filter(|batch| batch.issued_at.is_some());
    batch.ok_or_else(|| StampError::NoBatch(text::batch(number)))
}
