//! Official papers of orders, batches and inspections.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::files::FileAnswer;
use super::input::Nothing;
use super::operation::{Made, NoQuery};
use super::problem::{Kind, Problem};
use super::shapes::{All, DoneJson};
use crate::desk::papers::{self as desk, Folder, Wanted};
use crate::domain::calendar::Day;
use crate::domain::ids::{DestructionId, HandOverId, InspectionId, OrderId};
use crate::domain::paper::{Paper, PaperKind};
use crate::paperwork::PaperworkError;
use crate::web::urls;
use crate::web::views::desk::wording;

/// Kinds of papers of a batch.
const OF_BATCH: [PaperKind; 3] =
    [PaperKind::HandOver, PaperKind::Reconciliation, PaperKind::Destruction];

/// A paper of a batch that is to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct BatchPaper {
    /// Its kind.
    #[schemars(extend("enum" = OF_BATCH.map(PaperKind::key)))]
    kind: String,
    /// Number of the hand-over or the destruction that it is about; none with a reconciliation.
    #[serde(default)]
    about: Option<i64>,
}

/// An official paper.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OfficialPaper")]
pub(in crate::web) struct PaperJson {
    /// Its number in the register.
    id: i64,
    /// Its kind.
    #[schemars(extend("enum" = PaperKind::ALL.map(PaperKind::key)))]
    kind: &'static str,
    /// Number of the thing that it is about: order, hand-over, destruction or inspection; none where
    /// that is the batch.
    about: Option<i64>,
    /// Its number and symbol, as it bears them.
    reference: String,
    /// The day it bears.
    day: Day,
    /// Whether no later paper took its place.
    stands: bool,
    /// Who had it made, and when.
    made: DoneJson,
}

/// The papers of an order, the latest first.
pub(in crate::web) fn of_order(call: &Call, _: NoQuery) -> Result<All<PaperJson>, Problem> {
    list(call, order(call)?)
}

/// Makes the slip of an order.
pub(in crate::web) fn make_of_order(call: &Call, _: Nothing) -> Made<PaperJson> {
    let wanted = Wanted::OrderSlip(OrderId(call.number()?));
    make(call, wanted, urls::API_ORDER_PAPER)
}

/// A paper of an order.
pub(in crate::web) fn file_of_order(call: &Call) -> Result<FileAnswer, Problem> {
    file(call, order(call)?)
}

/// The papers of a batch, the latest first.
pub(in crate::web) fn of_batch(call: &Call, _: NoQuery) -> Result<All<PaperJson>, Problem> {
    list(call, Folder::Batch(call.batch()?))
}

/// Makes a paper of a batch.
pub(in crate::web) fn make_of_batch(call: &Call, said: BatchPaper) -> Made<PaperJson> {
    let batch = call.batch()?;
    let kind = OF_BATCH.into_iter().find(|kind| kind.key() == said.kind);
    let wanted = match (kind.ok_or_else(|| call.invalid("#/kind"))?, said.about) {
        (PaperKind::HandOver, Some(id)) => Wanted::HandOver(batch, HandOverId(id)),
        (PaperKind::Destruction, Some(id)) => Wanted::Destruction(batch, DestructionId(id)),
        (PaperKind::Reconciliation, None) => Wanted::Reconciliation(batch),
        _ => return Err(call.invalid("#/about")),
    };
    make(call, wanted, urls::API_BATCH_PAPER)
}

/// A paper of a batch.
pub(in crate::web) fn file_of_batch(call: &Call) -> Result<FileAnswer, Problem> {
    file(call, Folder::Batch(call.batch()?))
}

/// The papers of an inspection, the latest first.
pub(in crate::web) fn of_inspection(call: &Call, _: NoQuery) -> Result<All<PaperJson>, Problem> {
    list(call, inspection(call)?)
}

/// Makes the minutes of an inspection.
pub(in crate::web) fn make_of_inspection(call: &Call, _: Nothing) -> Made<PaperJson> {
    let wanted = Wanted::Inspection(InspectionId(call.number()?));
    make(call, wanted, urls::API_INSPECTION_PAPER)
}

/// Minutes of an inspection.
pub(in crate::web) fn file_of_inspection(call: &Call) -> Result<FileAnswer, Problem> {
    file(call, inspection(call)?)
}

/// Refuses where there is no such order.
pub(in crate::web) fn order_is_there(call: &Call) -> Result<(), Problem> {
    list(call, order(call)?).map(drop)
}

/// Refuses where there is no such batch.
pub(in crate::web) fn batch_is_there(call: &Call) -> Result<(), Problem> {
    list(call, Folder::Batch(call.batch()?)).map(drop)
}

/// Refuses where there is no such inspection.
pub(in crate::web) fn inspection_is_there(call: &Call) -> Result<(), Problem> {
    list(call, inspection(call)?).map(drop)
}

fn order(call: &Call) -> Result<Folder, Problem> {
    Ok(Folder::Order(OrderId(call.number()?)))
}

fn inspection(call: &Call) -> Result<Folder, Problem> {
    Ok(Folder::Inspection(InspectionId(call.number()?)))
}

fn list(call: &Call, folder: Folder) -> Result<All<PaperJson>, Problem> {
    let papers = desk::list(&call.store, &call.worker(), folder)?.ok_or(Kind::NotFound)?;
    Ok(papers.iter().map(shape).collect())
}

fn make(call: &Call, wanted: Wanted, pattern: &str) -> Made<PaperJson> {
    let made = desk::make(&call.paperwork, &call.worker(), wanted).map_err(|why| match why {
        PaperworkError::NoSubject => Kind::NotFound.into(),
        PaperworkError::Store(why) => why.into(),
        PaperworkError::Unprintable(why) => {
            Problem::refused("unprintable", wording::unprintable(call.words, &why))
        }
        why => Problem::internal("a paper could not be made", &why),
    })?;
    let folder = pattern.replacen(&part(pattern), call.name(), 1);
    Ok((shape(&made), urls::of(&folder, made.id.0)))
}

/// The first thing that a pattern names, with its braces.
fn part(pattern: &str) -> String {
    let name = pattern.split(['{', '}']).nth(1).unwrap_or_default();
    format!("{{{name}}}")
}

fn file(call: &Call, folder: Folder) -> Result<FileAnswer, Problem> {
    let found = desk::file(&call.store, &call.worker(), folder, call.paper()?)?;
    let (paper, bytes) = found.ok_or(Kind::NotFound)?;
    let name = desk::file_name(&paper);
    Ok(FileAnswer::Bytes { name, media_type: "application/pdf", bytes })
}

fn shape(paper: &Paper) -> PaperJson {
    PaperJson {
        id: paper.id.0,
        kind: paper.kind.key(),
        about: (paper.kind != PaperKind::Reconciliation).then_some(paper.subject),
        reference: paper.reference(),
        day: paper.day,
        stands: paper.stands,
        made: (&paper.made).into(),
    }
}
