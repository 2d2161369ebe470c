//! Consumers' reports at the desk. The office's alone.

use super::Worker;
use crate::domain::audit::{Action, Entry};
use crate::domain::ids::ReportId;
use crate::domain::inspection::Inspection;
use crate::domain::report::ReportStep;
use crate::domain::role::Organisation;
use crate::register::reports::{self as acts, ReportError};
use crate::store::lookup::{self, StampRecord};
use crate::store::report_list::{self, ListedReport};
use crate::store::{Store, StoreError, audit, inspections};

/// A report with what the register knows of its stamp.
#[derive(Clone, Debug)]
pub struct ReportFile {
    /// The report.
    pub listed: ListedReport,
    /// The stamp, with its lot and its scans, where it is one of ours.
    pub stamp: Option<StampRecord>,
    /// What inspections found on it, oldest first.
    pub inspections: Vec<Inspection>,
    /// What was done with the report, oldest first.
    pub history: Vec<Entry>,
}

impl ReportFile {
    /// The number of the last act on it: who has seen a smaller one, has not seen the latest.
    #[must_use]
    pub fn version(&self) -> i64 {
        audit::latest(&self.history)
    }
}

/// A report; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(store: &Store, worker: &Worker, id: ReportId) -> Result<Option<ReportFile>, StoreError> {
    store.read(|register| {
        let found = report_list::get(register, worker.organisation, id)?;
        let Some(listed) = found else { return Ok(None) };
        let (stamp, inspections) = match listed.report.details.serial {
            Some(serial) => {
                (lookup::stamp(register, serial)?, inspections::about(register, serial)?)
            }
            None => (None, Vec::new()),
        };
        let history = audit::history(register, id)?;
        Ok(Some(ReportFile { listed, stamp, inspections, history }))
    })
}

/// Does something with a report; where it is said which [version](ReportFile::version) they have seen,
/// only if nobody did anything with it since. Repeating one's own last step changes nothing.
///
/// # Errors
/// [`ReportError`].
pub fn step(
    store: &Store,
    worker: &Worker,
    id: ReportId,
    step: &ReportStep,
    seen: Option<i64>,
) -> Result<(), ReportError> {
    if worker.organisation != Organisation::Office {
        return Err(ReportError::NoReport(id));
    }
    store.together(|store| {
        let file = get(store, worker, id)?.ok_or(ReportError::NoReport(id))?;
        let is_repeated = file.history.last().is_some_and(|last| {
            last.actor == worker.login
                && last.action == Action::from(step)
                && last.reason.as_deref() == step.text().map(str::trim)
        });
        if is_repeated {
            return Ok(());
        }
        if seen.is_some_and(|seen| seen != file.version()) {
            return Err(ReportError::Changed);
        }
        acts::step(store, id, step, worker.act())
    })
}
