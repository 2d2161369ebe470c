//! Inspections, and all that the register knows of a stamp. The office's alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, Text, words};
use super::lists::Narrowed;
use super::operation::{Made, NoQuery};
use super::problem::{Kind, Problem};
use super::products::{self, ProductJson};
use super::refusal;
use super::shapes::{DoneJson, EntryJson, PageNumber, history};
use crate::code::{text, uri};
use crate::desk::inspections::{self as desk, StampFile};
use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::InspectionId;
use crate::domain::inspection::{Finding, FindingKind, Inspection, NewInspection};
use crate::domain::lot::Lot;
use crate::domain::stamp::StampState;
use crate::domain::verdict::{Headline, Verdict};
use crate::register::inspections::FINDINGS_MAX;
use crate::store::inspection_list::InspectionFilter;
use crate::web::{urls, views};

/// What a list is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct InspectionQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// With such a finding.
    #[schemars(extend("enum" = FindingKind::ALL.map(FindingKind::key)))]
    finding: Option<String>,
    /// With these words in who was inspected, where or by whom, accented or not.
    q: Option<Line>,
    /// On this day or later.
    from: Option<Date>,
    /// On this day or before.
    to: Option<Date>,
}

/// An inspection as it is recorded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewInspection")]
pub(in crate::web) struct NewInspectionJson {
    /// The day.
    inspected_on: Date,
    /// The commune or ward.
    commune: Line,
    /// Where in it.
    place: Line,
    /// The producer or the shop, as it is called on the spot.
    inspected: Line,
    /// Who inspected: names, offices, organisations.
    team: Text,
    /// What was found on stamps.
    #[serde(default)]
    #[schemars(length(max = FINDINGS_MAX))]
    findings: Vec<NewFinding>,
    /// Samples that were taken.
    #[serde(default)]
    samples: Option<Text>,
    /// What the team asks for.
    #[serde(default)]
    requests: Option<Text>,
    /// The day by which it is to be remedied.
    #[serde(default)]
    remedy_by: Option<Date>,
}

/// What was found on stamps.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewFinding {
    /// What.
    #[schemars(extend("enum" = FindingKind::ALL.map(FindingKind::key)))]
    kind: String,
    /// The first serial.
    first: Line,
    /// The last serial; the first again where none is given.
    #[serde(default)]
    last: Option<Line>,
    /// More about it.
    #[serde(default)]
    note: Option<Text>,
}

/// An inspection.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Inspection")]
pub(in crate::web) struct InspectionJson {
    /// Its number.
    id: i64,
    /// The day.
    inspected_on: Day,
    /// The commune or ward.
    commune: String,
    /// Where in it.
    place: String,
    /// The producer or the shop, as it is called on the spot.
    inspected: String,
    /// Who inspected.
    team: String,
    /// What was found on stamps.
    findings: Vec<FindingJson>,
    /// Samples that were taken.
    samples: Option<String>,
    /// What the team asks for.
    requests: Option<String>,
    /// The day by which it is to be remedied.
    remedy_by: Option<Day>,
    /// Who recorded it, and when.
    recorded: DoneJson,
}

/// A finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct FindingJson {
    /// What.
    #[schemars(extend("enum" = FindingKind::ALL.map(FindingKind::key)))]
    kind: &'static str,
    /// The first serial.
    first: String,
    /// The last serial.
    last: String,
    /// More about it.
    note: Option<String>,
}

/// All that the register knows of a stamp.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StampFile")]
pub(in crate::web) struct StampJson {
    /// Its serial.
    serial: String,
    /// What whoever scans exactly this code is told.
    verdict: ToldJson,
    /// Where it stands.
    #[schemars(extend("enum" = StampState::ALL.map(StampState::key)))]
    state: &'static str,
    /// Its batch.
    batch: String,
    /// Number of the order that it was issued for.
    order: i64,
    /// When its code was issued.
    issued_at: Instant,
    /// Name of its print shop, once it has one.
    print_shop: Option<String>,
    /// Its product, with the recognition that it stands by today.
    product: ProductJson,
    /// When it was put on goods.
    activated_at: Option<Instant>,
    /// The lot that it was put on.
    lot: Option<LotJson>,
    /// How often it was scanned.
    scans: u64,
    /// When it was first scanned.
    first_scan_at: Option<Instant>,
    /// Inspections that found something on it, oldest first.
    inspections: Vec<InspectionJson>,
    /// What was done with it, oldest first.
    history: Vec<EntryJson>,
}

/// What a scan is told.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StampVerdict")]
struct ToldJson {
    /// The headline.
    #[schemars(extend("enum" = Headline::ALL.map(Headline::key)))]
    headline: &'static str,
    /// The headline in words.
    title: String,
    /// What it means.
    text: String,
    /// All that speaks against the stamp, worst first.
    concerns: Vec<&'static str>,
}

/// A production lot.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StampLot")]
struct LotJson {
    /// Its code.
    code: String,
    /// The day the goods were made.
    made_on: Option<Day>,
    /// The day by which they are to be used.
    use_by: Option<Day>,
    /// Since when its goods are recalled; none where they are not.
    recalled_since: Option<Day>,
}

/// Inspections, the latest first.
pub(in crate::web) fn list(call: &Call, query: InspectionQuery) -> Narrowed<InspectionFilter> {
    let finding = call.chosen("finding", query.finding, FindingKind::from_key)?;
    let day = |date: Option<Date>| date.map(|date| date.0);
    let (from, to) = (day(query.from), day(query.to));
    Ok((InspectionFilter { finding, words: words(query.q), from, to }, query.page))
}

/// An inspection on the list.
pub(in crate::web) fn line(_: &Call, inspection: Inspection) -> InspectionJson {
    shape(inspection)
}

/// One inspection.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<InspectionJson, Problem> {
    let found = desk::get(&call.store, &call.worker(), InspectionId(call.number()?))?;
    found.map(|(inspection, _)| shape(inspection)).ok_or_else(|| Kind::NotFound.into())
}

/// Records an inspection.
pub(in crate::web) fn record(call: &Call, said: NewInspectionJson) -> Made<InspectionJson> {
    let findings = said.findings.into_iter().enumerate();
    let text = |text: Option<Text>| text.map(|text| text.0);
    let new = NewInspection {
        inspected_on: said.inspected_on.0,
        commune: said.commune.0,
        place: said.place.0,
        inspected: said.inspected.0,
        team: said.team.0,
        findings: findings.map(|it| finding(call, it)).collect::<Result<_, Problem>>()?,
        samples: text(said.samples),
        requests: text(said.requests),
        remedy_by: said.remedy_by.map(|date| date.0),
    };
    // What is sent twice is known by its own key before it comes here.
    let key = call.identity.request_key().map_err(|why| refusal::identity(call.words, why))?;
    let made = desk::record(&call.store, &call.worker(), &new, &key);
    let made = made.map_err(|why| refusal::inspection(call.words, why))?;
    let path = urls::of(urls::API_INSPECTION, made.id.0);
    Ok((shape(made), path))
}

/// Looks a stamp up by its serial, or the text of its code.
pub(in crate::web) fn stamp(call: &Call, _: NoQuery) -> Result<StampJson, Problem> {
    let read = uri::read(call.name()).map_err(|_none| Kind::NotFound)?;
    let found = desk::stamp(&call.store, &call.worker(), read.serial);
    let found = found.map_err(|why| refusal::stamps(call.words, why))?;
    found.map(|file| stamp_json(call, file)).ok_or_else(|| Kind::NotFound.into())
}

fn told(call: &Call) -> ToldJson {
    let verdict = call.verifier.check(call.name());
    let concerns = match &verdict {
        Verdict::Known(finding) => finding.concerns.iter().map(|it| it.headline().key()).collect(),
        _ => Vec::new(),
    };
    let (title, text) = views::told(call.words, &verdict);
    ToldJson { headline: verdict.headline().key(), title, text, concerns }
}

fn finding(call: &Call, (place, said): (usize, NewFinding)) -> Result<Finding, Problem> {
    let wrong = |field: &str| call.invalid(&format!("#/findings/{place}/{field}"));
    let serial = |line: &Line, field: &str| {
        uri::read(&line.0).map(|read| read.serial).map_err(|_none| wrong(field))
    };
    let kind = FindingKind::from_key(&said.kind).ok_or_else(|| wrong("kind"))?;
    let first = serial(&said.first, "first")?;
    let last = said.last.as_ref().map_or(Ok(first), |last| serial(last, "last"))?;
    Ok(Finding { kind, first, last, note: said.note.map(|note| note.0) })
}

fn shape(inspection: Inspection) -> InspectionJson {
    let Inspection { id, details, done } = inspection;
    let finding = |it: Finding| FindingJson {
        kind: it.kind.key(),
        first: text::serial_grouped(it.first),
        last: text::serial_grouped(it.last),
        note: it.note,
    };
    InspectionJson {
        id: id.0,
        inspected_on: details.inspected_on,
        commune: details.commune,
        place: details.place,
        inspected: details.inspected,
        team: details.team,
        findings: details.findings.into_iter().map(finding).collect(),
        samples: details.samples,
        requests: details.requests,
        remedy_by: details.remedy_by,
        recorded: (&done).into(),
    }
}

fn stamp_json(call: &Call, file: StampFile) -> StampJson {
    let StampFile { serial, record, batch, order, product, history: done, inspections } = file;
    let lot = |lot: Lot| LotJson {
        code: lot.details.code,
        made_on: lot.details.made_on,
        use_by: lot.details.use_by,
        recalled_since: lot.recall.map(|recall| recall.since),
    };
    StampJson {
        serial: text::serial_grouped(serial),
        verdict: told(call),
        state: record.state.key(),
        batch: text::batch(batch.listed.number),
        order: order.0,
        issued_at: batch.listed.issued_at,
        print_shop: batch.listed.job.map(|(_, shop)| shop),
        product: products::line(call, product.listed),
        activated_at: record.activated_at,
        lot: record.lot.map(lot),
        scans: record.scans.count,
        first_scan_at: record.scans.first_at,
        inspections: inspections.into_iter().map(shape).collect(),
        history: history(&done),
    }
}
