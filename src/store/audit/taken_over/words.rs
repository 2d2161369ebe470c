//! Entries that are not about single stamps.

use diesel::prelude::*;

use super::Old;
use crate::code::text;
use crate::domain::audit::{Action, Fact, FactName, NewEntry, Subject, Value};
use crate::domain::calendar::Day;
use crate::domain::ids::DesignId;
use crate::domain::serial::BatchNumber;
use crate::store::schema::designs;
use crate::store::{AnyConnection, StoreError, accounts};

/// What the words of an entry tell. What cannot be told apart stays a text.
pub(super) fn read(connection: &mut AnyConnection, old: &Old) -> Result<NewEntry, StoreError> {
    let subject = subject(connection, old)?;
    let entry = old.action.on(subject);
    if gives_reason(old.action) {
        return Ok(entry.because(&old.detail));
    }
    let named = match (subject, old.object.strip_prefix("login ")) {
        (_, Some(login)) => Some(FactName::Login.is(login)),
        (Subject::Register, None) if old.action != Action::EraseContacts => {
            Some(FactName::File.is(&old.object))
        }
        _ => None,
    };
    let detail = old.detail.trim();
    let (reason, facts) = match told(old.action, detail) {
        Some((reason, facts)) => (reason, facts),
        None if detail.is_empty() => ("", Vec::new()),
        None => ("", vec![FactName::Said.is(detail)]),
    };
    Ok(entry.because(reason).with_all(named).with_all(facts))
}

/// Acts whose detail was nothing but what somebody said.
fn gives_reason(action: Action) -> bool {
    matches!(
        action,
        Action::SubmitOrder
            | Action::TakeUpOrder
            | Action::ApproveOrder
            | Action::RequestChanges
            | Action::RejectOrder
            | Action::CancelOrder
            | Action::SubmitDesign
            | Action::ApproveDesign
            | Action::RejectDesign
            | Action::WithdrawDesign
            | Action::RecallLot
            | Action::EndRecall
            | Action::TakeUpReport
            | Action::NoteReport
            | Action::AnswerReport
            | Action::CloseReport
            | Action::RefuseDestruction
            | Action::WithdrawDestruction
    )
}

fn subject(connection: &mut AnyConnection, old: &Old) -> Result<Subject, StoreError> {
    let (kind, rest) = old.object.split_once(' ').unwrap_or((&old.object, ""));
    let batch = || text::read_batch(rest).ok().map(Subject::Batch);
    let found = match kind {
        // Imports had the name of their file, whatever it is.
        _ if matches!(old.action, Action::ImportAnnex | Action::ImportAuthorities) => None,
        "job" | "batch" => batch(),
        "design" => version(connection, rest)?.map(Subject::Design),
        "login" => accounts::by_login(connection, rest)?.map(|(account, _)| account.id.into()),
        kind => rest.parse().ok().and_then(|number| Subject::of(kind, number)),
    };
    Ok(found.unwrap_or(Subject::Register))
}

fn version(connection: &mut AnyConnection, said: &str) -> Result<Option<DesignId>, StoreError> {
    let Some((name, version)) = said.split_once('@') else { return Ok(None) };
    let Ok(version) = version.parse::<i32>() else { return Ok(None) };
    let found = designs::table
        .filter(designs::name.eq(name).and(designs::version.eq(version)))
        .select(designs::id)
        .first(connection)
        .optional()?;
    Ok(found.map(DesignId))
}

/// The reason and the facts of a detail, where it has the shape that its act gave it.
fn told(action: Action, said: &str) -> Option<(&str, Vec<Fact>)> {
    match action {
        Action::AssignJob => assigned(said),
        Action::CloseJob => Some((if said == "balanced" { "" } else { said }, Vec::new())),
        Action::ReceiveJob => {
            let (minutes, rest) = said.strip_prefix("minutes ")?.rsplit_once(": ")?;
            let (count, reason) = rest.split_once(" stamps; ")?;
            let received = FactName::Received.is(count.parse::<u64>().ok()?);
            let reason = if reason == "–" { "" } else { reason };
            Some((reason, vec![FactName::Minutes.is(minutes), received]))
        }
        Action::ReprintJob => {
            let (order, rest) = said.strip_prefix("order ")?.split_once(": ")?;
            let (count, reason) = rest.split_once(" stamps; ")?;
            let order = FactName::Order.is(Value::Number(order.parse().ok()?));
            Some((reason, vec![order, FactName::Stamps.is(count.parse::<u64>().ok()?)]))
        }
        _ => Some(("", facts(action, said)?)),
    }
}

fn assigned(said: &str) -> Option<(&str, Vec<Fact>)> {
    let said = said.strip_prefix("to ")?;
    if let Some((shop, replaced)) = said.rsplit_once(", in place of batch ") {
        return Some(("", vec![FactName::Shop.is(shop), FactName::Replaces.is(replaced)]));
    }
    if let Some((shop, reason)) = said.split_once(", no day set; ") {
        return Some((reason, vec![FactName::Shop.is(shop)]));
    }
    let (shop, rest) = said.split_once(", by ")?;
    let (day, reason) = rest.split_once("; ")?;
    Some((reason, vec![FactName::Shop.is(shop), FactName::DueOn.is(day.parse::<Day>().ok()?)]))
}

fn facts(action: Action, said: &str) -> Option<Vec<Fact>> {
    let count = |text: &str| text.parse::<u64>().ok();
    let batch = |text: &str| {
        let number = text.strip_prefix("batch ")?.parse().ok().and_then(BatchNumber::new)?;
        Some(FactName::Batch.is(text::batch(number)))
    };
    match action {
        Action::DownloadJob | Action::FetchFile => Some(vec![FactName::File.is(said)]),
        Action::MakePaper => Some(vec![FactName::Name.is(said)]),
        Action::SendReport => Some(vec![FactName::ReportKind.is_word(said)]),
        Action::SetPassword if said == "to be replaced" => {
            Some(vec![FactName::Password.is_word("temporary")])
        }
        Action::PlaceOrder => {
            let (stamps, product) = said.split_once(" stamps for product ")?;
            let product = FactName::Product.is(Value::Number(product.parse().ok()?));
            Some(vec![FactName::Stamps.is(count(stamps)?), product])
        }
        Action::PrepareOrder => {
            let (number, key) = said.split_once(" prepared, key ")?;
            Some(vec![batch(number)?, FactName::Key.is(key)])
        }
        Action::IssueOrder => {
            let (number, codes) = said.strip_suffix(" codes")?.split_once(": ")?;
            Some(vec![batch(number)?, FactName::Codes.is(count(codes)?)])
        }
        Action::ReportJobPrinted => {
            let (stated, rest) = said.split_once(" printed by the shop's count, ")?;
            let found = count(rest.strip_suffix(" by the register")?)?;
            Some(vec![FactName::Stated.is(count(stated)?), FactName::Found.is(found)])
        }
        Action::HandOverJob => handed_over(said),
        Action::RecordDestruction | Action::ConfirmDestruction | Action::DestroyBatch => {
            let (minutes, stamps) = said.strip_prefix("minutes ")?.rsplit_once(": ")?;
            let stamps = FactName::Stamps.is(count(stamps.strip_suffix(" stamps")?)?);
            Some(vec![FactName::Minutes.is(minutes), stamps])
        }
        Action::RecordInspection => {
            Some(vec![FactName::Findings.is(count(said.strip_suffix(" findings")?)?)])
        }
        Action::EraseContacts => {
            Some(vec![FactName::Count.is(count(said.strip_suffix(" contacts")?)?)])
        }
        Action::ImportAuthorities => {
            Some(vec![FactName::Count.is(count(said.strip_suffix(" authorities")?)?)])
        }
        Action::ImportAnnex => {
            let (new, known) = said.strip_suffix(" known")?.split_once(" new, ")?;
            Some(vec![FactName::New.is(count(new)?), FactName::Known.is(count(known)?)])
        }
        _ => None,
    }
}

fn handed_over(said: &str) -> Option<Vec<Fact>> {
    let (head, tail) = said.strip_prefix("minutes ")?.rsplit_once(": ")?;
    let (minutes, day) = head.rsplit_once(" of ")?;
    let (stated, moved) = tail.strip_suffix(" moved")?.split_once(" stamps stated, ")?;
    Some(vec![
        FactName::Minutes.is(minutes),
        FactName::HandedOn.is(day.parse::<Day>().ok()?),
        FactName::Stated.is(stated.parse::<u64>().ok()?),
        FactName::Moved.is(moved.parse::<u64>().ok()?),
    ])
}
