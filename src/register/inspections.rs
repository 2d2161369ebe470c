//! Inspections: what was found is written down, and moves no stamp by itself.

use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::inspection::{Inspection, NewInspection};
use crate::domain::serial::Serial;
use crate::fonts::{self, Unprintable};
use crate::store::{Store, StoreError, audit, inspections, lookup};

/// Most letters of a text.
const TEXT_CHARS_MAX: usize = 2_000;
/// Most findings of an inspection.
pub const FINDINGS_MAX: usize = 50;

/// Why an inspection was not recorded. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum InspectionError {
    /// Something it needs is not there, or is too long.
    #[error("give the day, the commune, the place, who was inspected and by whom")]
    Blank,
    /// No font prints what its minutes would say.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The inspection is to come.
    #[error("{0} is still to come: give the day of the inspection")]
    FutureDay(Day),
    /// What is to be remedied cannot have been before the inspection.
    #[error("{0} is before the inspection: give the day by which it is to be remedied")]
    Remedy(Day),
    /// A range that is none.
    #[error("a range of serials must stay within a batch, the smaller serial first")]
    Range,
    /// No such stamp was ever issued.
    #[error("a stamp that a finding names was never issued")]
    NoStamp(Serial),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Records an inspection under the key of its form; the same form again changes nothing.
///
/// # Errors
/// [`InspectionError`].
pub fn record(
    store: &Store,
    new: &NewInspection,
    request_key: &str,
    act: Act<'_>,
) -> Result<Inspection, InspectionError> {
    check(new, vietnam_day(act.at))?;
    store.write(|register| {
        if let Some(known) = inspections::by_key(register, request_key)? {
            return Ok(known);
        }
        for serial in new.findings.iter().flat_map(|finding| [finding.first, finding.last]) {
            let stamp = lookup::stamp(register, serial)?;
            stamp.ok_or(InspectionError::NoStamp(serial))?;
        }
        let id = inspections::insert(register, new, request_key, act)?;
        let findings = FactName::Findings.is(new.findings.len());
        audit::record(register, act, &Action::RecordInspection.on(id).with(findings))?;
        Ok(inspections::get(register, id)?.ok_or(StoreError::Corrupt("inspection"))?)
    })
}

fn check(new: &NewInspection, today: Day) -> Result<(), InspectionError> {
    let fits = |text: &str| text.chars().count() <= TEXT_CHARS_MAX;
    let given = [&new.commune, &new.place, &new.inspected, &new.team];
    let are_given = given.into_iter().all(|text| !text.trim().is_empty() && fits(text));
    let notes = new.findings.iter().filter_map(|finding| finding.note.as_ref());
    let others: Vec<&String> = new.samples.iter().chain(&new.requests).chain(notes).collect();
    if !are_given || !others.iter().all(|text| fits(text)) || new.findings.len() > FINDINGS_MAX {
        return Err(InspectionError::Blank);
    }
    fonts::check_all(given.into_iter().chain(others))?;
    if new.inspected_on > today {
        return Err(InspectionError::FutureDay(new.inspected_on));
    }
    if let Some(day) = new.remedy_by.filter(|day| *day < new.inspected_on) {
        return Err(InspectionError::Remedy(day));
    }
    let is_range = |first: Serial, last: Serial| first.batch() == last.batch() && first <= last;
    let all = new.findings.iter().all(|finding| is_range(finding.first, finding.last));
    all.then_some(()).ok_or(InspectionError::Range)
}
