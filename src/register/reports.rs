//! Consumers' reports: sent by anybody, worked on by the office, and rid of contacts in time. A report
//! moves no stamp.

use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, Subject};
use crate::domain::calendar::Instant;
use crate::domain::contact;
use crate::domain::ids::{ProductId, ReportId};
use crate::domain::report::{NewReport, Report, ReportKind, ReportState, ReportStep};
use crate::domain::serial::Serial;
use crate::store::{AnyConnection, Store, StoreError, audit, batches, lookup, reports};

/// Most letters of what was seen, and of what the office says.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// Most letters of a code, and of where something was bought.
pub const LINE_CHARS_MAX: usize = 400;
/// Most letters of a contact.
pub const CONTACT_CHARS_MAX: usize = 120;
/// Most reports of a day, from all the world: more is a flood, and none is read for it.
const REPORTS_A_DAY_MAX: u64 = 2_000;

/// Most alarms of a day: whoever has a leaked key can make up as many serials as they like, and these are
/// enough to act on.
const ALARMS_A_DAY_MAX: u64 = 200;

/// What the audit trail calls the service where it reports something itself.
const SERVICE: &str = "hệ thống";

/// What the audit trail calls whoever reports. Who it is, nobody asks.
const CONSUMER: &str = "người tiêu dùng";

/// Why a report was not taken, or nothing was done with it. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// It does not say what was seen.
    #[error("say what you saw")]
    Blank,
    /// Something is too long.
    #[error(
        "at most {TEXT_CHARS_MAX} letters of text, {LINE_CHARS_MAX} of a place, {CONTACT_CHARS_MAX} of a contact"
    )]
    TooLong,
    /// Nobody can be reached by the contact.
    #[error("a contact is a telephone number or an e-mail address")]
    Contact,
    /// The form was sent before, with something else in it.
    #[error("this form was sent before with something else in it: send a new one")]
    KeyTaken,
    /// Too many reports today.
    #[error("too many reports in a day: try again later")]
    TooMany,
    /// No such report.
    #[error("there is no report {0}")]
    NoReport(ReportId),
    /// The step does not start where the report stands.
    #[error("the report is {}", .0.key())]
    Moved(ReportState),
    /// Somebody was faster.
    #[error("somebody else has worked on the report meanwhile")]
    Changed,
    /// Nothing is said.
    #[error("say what you want to note, answer or give as the reason")]
    NoText,
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a report under its receipt; the same again changes nothing. `day_ago` bounds how many are
/// taken.
///
/// # Errors
/// [`ReportError`].
pub fn send(
    store: &Store,
    new: &NewReport,
    receipt_sha256: &str,
    (at, day_ago): (Instant, Instant),
) -> Result<Report, ReportError> {
    let new = &checked(new)?;
    store.write(|register| {
        if let Some(known) = reports::by_receipt(register, receipt_sha256)? {
            return if is_same(&known, new) { Ok(known) } else { Err(ReportError::KeyTaken) };
        }
        if reports::count_since(register, &ReportKind::OF_PEOPLE, day_ago)? >= REPORTS_A_DAY_MAX {
            return Err(ReportError::TooMany);
        }
        let product = new.serial.map(|serial| product(register, serial)).transpose()?.flatten();
        let id = reports::insert(register, new, product, receipt_sha256, at)?;
        let act = Act { by: CONSUMER, at };
        let kind = FactName::ReportKind.is_word(new.kind.key());
        audit::record(register, act, &Action::SendReport.on(id).with(kind))?;
        Ok(reports::get(register, id)?.ok_or(StoreError::Corrupt("report"))?)
    })
}

/// Reports for the office that a code has a right signature of a key and was never issued; tells whether it
/// is new: the same serial again changes nothing. `day_ago` bounds how many are taken.
///
/// # Errors
/// [`StoreError`].
pub fn alarm(
    store: &Store,
    (code, serial, key_id): (&str, Serial, &str),
    (at, day_ago): (Instant, Instant),
) -> Result<bool, StoreError> {
    // No hash, so no receipt leads to it.
    let place = format!("{:-<64}", format!("alarm {}", serial.bits()));
    if store.read(|register| reports::by_receipt(register, &place))?.is_some() {
        return Ok(false);
    }
    store.write(|register| {
        let kinds = &[ReportKind::LeakedKey];
        let is_known = reports::by_receipt(register, &place)?.is_some();
        if is_known || reports::count_since(register, kinds, day_ago)? >= ALARMS_A_DAY_MAX {
            return Ok(false);
        }
        let new = NewReport {
            kind: ReportKind::LeakedKey,
            code: Some(code.chars().take(LINE_CHARS_MAX).collect()),
            serial: Some(serial),
            seen: key_id.to_owned(),
            bought_at: None,
            contact: None,
        };
        let product = product(register, serial)?;
        let id = reports::insert(register, &new, product, &place, at)?;
        let act = Act { by: SERVICE, at };
        let kind = FactName::ReportKind.is_word(new.kind.key());
        audit::record(register, act, &Action::SendReport.on(id).with(kind))?;
        Ok(true)
    })
}

/// What was erased meanwhile makes no difference.
fn is_same(known: &Report, new: &NewReport) -> bool {
    let contact = known.details.contact.clone();
    let new = match known.contact_erased_at {
        Some(_) => NewReport { contact, ..new.clone() },
        None => new.clone(),
    };
    known.details == new
}

fn product(register: &mut AnyConnection, serial: Serial) -> Result<Option<ProductId>, StoreError> {
    if lookup::stamp(register, serial)?.is_none() {
        return Ok(None);
    }
    Ok(batches::get(register, serial.batch())?.map(|batch| batch.intent.product))
}

/// Does something with a report.
///
/// # Errors
/// [`ReportError`].
pub fn step(
    store: &Store,
    id: ReportId,
    step: &ReportStep,
    act: Act<'_>,
) -> Result<(), ReportError> {
    let said = step.text().unwrap_or_default();
    if step.text().is_some_and(|text| text.trim().is_empty()) {
        return Err(ReportError::NoText);
    }
    if said.chars().count() > TEXT_CHARS_MAX {
        return Err(ReportError::TooLong);
    }
    store.write(|register| {
        let report = reports::get(register, id)?.ok_or(ReportError::NoReport(id))?;
        let state = step.after(report.state).ok_or(ReportError::Moved(report.state))?;
        if state != report.state {
            reports::set_state(register, id, state, said, act.at)?;
        }
        audit::record(register, act, &Action::from(step).on(id).because(said))?;
        Ok(())
    })
}

/// Erases the contact of the report of a receipt, as its person asks; `None` where there is no such
/// report. Asked again, it changes nothing.
///
/// # Errors
/// [`StoreError`].
pub fn withdraw_contact(
    store: &Store,
    receipt_sha256: &str,
    at: Instant,
) -> Result<Option<()>, StoreError> {
    store.write(|register| {
        let Some(report) = reports::by_receipt(register, receipt_sha256)? else {
            return Ok(None);
        };
        if reports::erase_contact(register, report.id, at)? {
            let act = Act { by: CONSUMER, at };
            audit::record(register, act, &Action::WithdrawContact.on(report.id))?;
        }
        Ok(Some(()))
    })
}

/// Erases the contacts of reports that were settled before a moment; tells how many those were.
///
/// # Errors
/// [`StoreError`].
pub fn erase_contacts(store: &Store, before: Instant, act: Act<'_>) -> Result<u64, StoreError> {
    // A round that finds none must not write: each write makes look-ups ask for more.
    if store.read(|register| reports::settled_with_contact(register, before))?.is_empty() {
        return Ok(0);
    }
    store.write(|register| {
        let mut erased = 0;
        for id in reports::settled_with_contact(register, before)? {
            erased += u64::from(reports::erase_contact(register, id, act.at)?);
        }
        let entry = Action::EraseContacts.on(Subject::Register);
        audit::record(register, act, &entry.with(FactName::Count.is(erased)))?;
        Ok(erased)
    })
}

/// A report with its contact in the spelling that is kept.
fn checked(new: &NewReport) -> Result<NewReport, ReportError> {
    if new.seen.trim().is_empty() {
        return Err(ReportError::Blank);
    }
    let fits = |text: Option<&String>, most| text.is_none_or(|it| it.chars().count() <= most);
    let all_fit = fits(Some(&new.seen), TEXT_CHARS_MAX)
        && fits(new.code.as_ref(), LINE_CHARS_MAX)
        && fits(new.bought_at.as_ref(), LINE_CHARS_MAX)
        && fits(new.contact.as_ref(), CONTACT_CHARS_MAX);
    all_fit.then_some(()).ok_or(ReportError::TooLong)?;
    let contact = new.contact.as_deref().map(|it| contact::reach(it).ok_or(ReportError::Contact));
    Ok(NewReport { contact: contact.transpose()?, ..new.clone() })
}
