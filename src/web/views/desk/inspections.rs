//! Inspections, and all that the register knows of a stamp.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;

use super::list::{self, Cell, Choice, Column, Field, Input, ListView, Shown};
use super::papers::{Make, Papers};
use super::{Frame, Line, lines, moment, products};
use crate::code::text;
use crate::desk::inspections::StampFile;
use crate::domain::calendar::Day;
use crate::domain::inspection::{Finding, FindingKind, Inspection};
use crate::domain::paper::Paper;
use crate::domain::print_job::HandOver;
use crate::domain::role::Right;
use crate::domain::verdict::Verdict;
use crate::store::inspection_list::{InspectionColumn, InspectionFilter};
use crate::store::listing::Sort;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::views::wording::{self as public, Said};
use crate::web::words::Words;

/// Rows for findings on the form.
pub(in crate::web) const FINDING_ROWS: usize = 6;

/// A form for an inspection, as it was filled in.
pub(in crate::web) struct Typed(pub(in crate::web) BTreeMap<String, String>);

impl Typed {
    /// What a field holds.
    pub(in crate::web) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "desk/inspections.html")]
struct InspectionsPage {
    frame: Frame,
    list: ListView,
    new_inspection: Option<&'static str>,
}

/// An inspection on a list.
pub(super) struct InspectionLine {
    pub(super) href: String,
    pub(super) inspected: String,
    pub(super) place: String,
    pub(super) day: String,
    pub(super) findings: String,
}

#[derive(Template)]
#[template(path = "desk/inspection_form.html")]
struct InspectionFormPage<'a> {
    frame: Frame,
    typed: &'a Typed,
    rows: Vec<FindingRow<'a>>,
    problem: Option<String>,
}

/// A row for a finding on the form.
struct FindingRow<'a> {
    number: usize,
    /// Whether it is seen at once: the first, and those that say something.
    is_open: bool,
    first: &'a str,
    last: &'a str,
    note: &'a str,
    kinds: Vec<(&'static str, Cow<'static, str>, bool)>,
}

#[derive(Template)]
#[template(path = "desk/inspection.html")]
struct InspectionPage<'a> {
    frame: Frame,
    inspection: InspectionLine,
    team: &'a str,
    samples: Option<&'a str>,
    requests: Option<&'a str>,
    remedy_by: Option<String>,
    recorded: String,
    findings: Vec<FindingLine>,
    papers: Papers,
}

/// A finding.
struct FindingLine {
    serials: String,
    /// Where all is told of the first stamp.
    href: String,
    kind: Cow<'static, str>,
    note: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/stamp.html")]
struct StampPage<'a> {
    frame: Frame,
    code: &'a str,
    /// What whoever scans the code is told.
    said: Option<Said>,
    stamp: Option<StampView>,
}

/// All that is told of a stamp.
struct StampView {
    serial: String,
    facts: Vec<(Cow<'static, str>, String)>,
    batch_href: String,
    product_href: String,
    hand_overs: Vec<String>,
    papers: Vec<products::Paper>,
    inspections: Vec<InspectionLine>,
    history: Vec<Line>,
}

impl Shown for InspectionFilter {
    const NAME: &'static str = "inspections";
    const FIRST: Sort<InspectionColumn> =
        Sort { column: InspectionColumn::Day, is_descending: true };
    const COLUMNS: &'static [Column<InspectionColumn>] = &[
        Column {
            name: "doi-tuong",
            label: "inspection.inspected",
            by: Some(InspectionColumn::Inspected),
        },
        Column { name: "", label: "inspection.place", by: None },
        Column { name: "xa", label: "inspection.commune", by: Some(InspectionColumn::Commune) },
        Column { name: "ngay", label: "inspection.day", by: Some(InspectionColumn::Day) },
        Column { name: "", label: "inspection.findings", by: None },
        Column { name: "", label: "inspection.remedy_by", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |kind: FindingKind| Choice {
            value: kind.key().to_owned(),
            label: named(words, kind),
            is_chosen: self.finding == Some(kind),
        };
        let (label, any) = ("inspection.finding", "orders.any_state");
        vec![
            Field::words(words, "inspections.find", &self.words),
            Field::choice(words, "loai", label, any, FindingKind::ALL.map(choice)),
            Field::day(words, "tu", "list.from", self.from),
            Field::day(words, "den", "list.to", self.to),
        ]
    }

    fn line(words: Words, _today: Day, inspection: &Inspection) -> list::Line {
        let details = &inspection.details;
        let remedy_by = details.remedy_by.map(|day| words.date(day)).unwrap_or_default();
        let mut kinds: Vec<FindingKind> = details.findings.iter().map(|it| it.kind).collect();
        kinds.sort();
        kinds.dedup();
        let kinds: Vec<_> = kinds.into_iter().map(|kind| named(words, kind)).collect();
        list::Line {
            href: urls::of(urls::INSPECTION, inspection.id.0),
            id: inspection.id.0.to_string(),
            cells: vec![
                Cell::Link(details.inspected.clone()),
                Cell::Text(details.place.clone()),
                Cell::Text(details.commune.clone()),
                Cell::Day(details.inspected_on),
                Cell::Text(kinds.join("; ")),
                Cell::Text(remedy_by),
            ],
            acts: Vec::new(),
        }
    }
}

/// The list.
pub(in crate::web) fn list(frame: Frame, actor: &Actor, list: ListView) -> askama::Result<String> {
    let new_inspection = actor.may(Right::Inspect).then_some(urls::NEW_INSPECTION);
    render(&InspectionsPage { frame, list, new_inspection })
}

/// An inspection on a list.
pub(super) fn line(words: Words, inspection: &Inspection) -> InspectionLine {
    let details = &inspection.details;
    let count = words.number(details.findings.len().try_into().unwrap_or(u64::MAX));
    InspectionLine {
        href: urls::of(urls::INSPECTION, inspection.id.0),
        inspected: details.inspected.clone(),
        place: format!("{}, {}", details.place, details.commune),
        day: words.date(details.inspected_on),
        findings: words.fill("inspections.findings", [("count", &count)]),
    }
}

/// The form.
pub(in crate::web) fn form(
    frame: Frame,
    typed: &Typed,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let row = |number: usize| {
        let field = |name: &str| typed.get(&format!("{name}_{number}"));
        let chosen = field("loai");
        let kind = |kind: FindingKind| (kind.key(), named(words, kind), kind.key() == chosen);
        FindingRow {
            number,
            is_open: number == 1 || !field("tu").is_empty(),
            first: field("tu"),
            last: field("den"),
            note: field("ghi_chu"),
            kinds: FindingKind::ALL.into_iter().map(kind).collect(),
        }
    };
    let rows = (1..=FINDING_ROWS).map(row).collect();
    render(&InspectionFormPage { frame, typed, rows, problem })
}

/// One inspection.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    inspection: &Inspection,
    papers: &[Paper],
) -> askama::Result<String> {
    let (words, details) = (frame.words, &inspection.details);
    let id = inspection.id.0;
    let make = Make {
        href: urls::of(urls::INSPECTION_PAPERS, id),
        label: words.say("official.make.inspection").into_owned(),
        about: None,
    };
    let makes = if actor.may(Right::Inspect) { vec![make] } else { Vec::new() };
    let recorded = format!("{}, {}", moment(words, inspection.done.at), inspection.done.by);
    render(&InspectionPage {
        inspection: line(words, inspection),
        team: &details.team,
        samples: details.samples.as_deref(),
        requests: details.requests.as_deref(),
        remedy_by: details.remedy_by.map(|day| words.date(day)),
        recorded,
        findings: details.findings.iter().map(|it| finding(words, it)).collect(),
        papers: Papers::new(words, &urls::of(urls::INSPECTION_PAPER, id), papers, makes),
        frame,
    })
}

fn named(words: Words, kind: FindingKind) -> Cow<'static, str> {
    words.say(&format!("finding_kind.{}", kind.key()))
}

fn finding(words: Words, finding: &Finding) -> FindingLine {
    let (first, last) = (text::serial_grouped(finding.first), text::serial_grouped(finding.last));
    FindingLine {
        href: urls::stamp_file(&first),
        serials: if first == last { first } else { format!("{first} – {last}") },
        kind: named(words, finding.kind),
        note: finding.note.clone(),
    }
}

/// All that is told of a stamp; `code` is what was typed.
pub(in crate::web) fn stamp(
    frame: Frame,
    (code, verdict): (&str, Option<&Verdict>),
    found: Option<&StampFile>,
    today: Day,
) -> askama::Result<String> {
    let words = frame.words;
    let said = verdict.map(|verdict| public::headline(words, verdict));
    render(&StampPage { code, said, stamp: found.map(|file| view(words, file, today)), frame })
}

fn view(words: Words, file: &StampFile, today: Day) -> StampView {
    let listed = &file.batch.listed;
    let hand_overs = file.batch.job.iter().flat_map(|job| &job.hand_overs);
    let hand_over = |one: &HandOver| {
        let stamps = words.number(one.stated);
        format!("{} · {} · {stamps}", one.minutes, words.date(one.handed_on))
    };
    let papers = file.product.recognitions.iter();
    StampView {
        serial: text::serial_grouped(file.serial),
        facts: facts(words, file),
        batch_href: urls::of(urls::BATCH, listed.number.get().into()),
        product_href: urls::of(urls::PRODUCT, file.product.listed.product.id.0),
        hand_overs: hand_overs.map(hand_over).collect(),
        papers: papers.map(|(it, by)| products::paper(words, it, by, today)).collect(),
        inspections: file.inspections.iter().map(|it| line(words, it)).collect(),
        history: lines(words, &file.history),
    }
}

fn facts(words: Words, file: &StampFile) -> Vec<(Cow<'static, str>, String)> {
    let (record, listed) = (&file.record, &file.batch.listed);
    let mut facts = vec![
        (
            words.say("orders.state"),
            words.say(&format!("stamp.{}", record.state.key())).into_owned(),
        ),
        (words.say("order.product"), listed.product_name.clone()),
        (words.say("parcel.producer"), listed.producer_name.clone()),
        (words.say("order.batch"), text::batch(listed.number)),
        (words.say("order.number"), file.order.to_string()),
        (words.say("batch.issued"), moment(words, listed.issued_at)),
    ];
    let mut more = |key: &str, value: Option<String>| {
        facts.extend(value.map(|value| (words.say(key), value)));
    };
    more("role.print_shop", listed.job.as_ref().map(|(_, shop)| shop.clone()));
    more("stamp_file.activated", record.activated_at.map(|at| moment(words, at)));
    let lot = record.lot.as_ref();
    more("lot.heading", lot.map(|lot| lot.details.code.clone()));
    more("lot.made_on", lot.and_then(|lot| lot.details.made_on).map(|day| words.date(day)));
    more("lot.use_by", lot.and_then(|lot| lot.details.use_by).map(|day| words.date(day)));
    more("stamp_file.scans", Some(words.number(record.scans.count)));
    more("stamp_file.first_scan", record.scans.first_at.map(|at| moment(words, at)));
    facts
}
