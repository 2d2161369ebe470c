//! What consumers report.

use std::borrow::Cow;

use askama::Template;

use super::inspections::{InspectionLine, line as inspection_line};
use super::list::{self, Cell, Choice, Column, Field, Shown};
use super::{Frame, Line, State, lines, moment};
use crate::code::text;
use crate::desk::reports::ReportFile;
use crate::domain::calendar::Day;
use crate::domain::ids::ProductId;
use crate::domain::report::{Report, ReportKind, ReportState, ReportStep};
use crate::domain::role::Right;
use crate::register::reports::TEXT_CHARS_MAX;
use crate::store::listing::Sort;
use crate::store::report_list::{ListedReport, ReportColumn, ReportFilter};
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::views::reports::kind;
use crate::web::words::Words;

/// What an address calls reports that are not settled.
pub(in crate::web) const OPEN: &str = "mo";
/// Letters of what was seen that a list shows.
const SNIPPET_CHARS: usize = 120;

#[derive(Template)]
#[template(path = "desk/report.html")]
struct ReportPage<'a> {
    frame: Frame,
    title: String,
    state: State,
    seen: &'a str,
    facts: Vec<(Cow<'static, str>, String)>,
    product_href: Option<String>,
    /// Everything about the stamp, and an inspection of it, for who may.
    stamp_href: Option<String>,
    inspect_href: Option<String>,
    inspections: Vec<InspectionLine>,
    answer: Option<&'a str>,
    acts: Vec<Act>,
    /// How much of it is shown.
    version: i64,
    most: usize,
    problem: Option<String>,
    history: Vec<Line>,
}

/// Something that can be done with a report.
struct Act {
    id: &'static str,
    href: String,
    label: Cow<'static, str>,
    hint: Cow<'static, str>,
    /// What the text is, where one is asked for.
    field: Option<Cow<'static, str>>,
    typed: String,
}

/// Where reports that are not settled are listed.
pub(super) fn open_ones() -> String {
    format!("{}?trang_thai={OPEN}", urls::REPORTS)
}

/// Where codes that were signed and never issued are listed, those that are not looked into.
pub(super) fn open_alarms() -> String {
    format!("{}&loai={}", open_ones(), ReportKind::LeakedKey.key())
}

/// Where reports about a product are listed.
pub(super) fn of_product(product: ProductId) -> String {
    format!("{}?san_pham={product}", urls::REPORTS)
}

/// The states in which a report is not settled.
pub(in crate::web) fn open_states() -> Vec<ReportState> {
    ReportState::ALL.into_iter().filter(|state| state.is_open()).collect()
}

impl Shown for ReportFilter {
    const NAME: &'static str = "reports";
    const FIRST: Sort<ReportColumn> = Sort { column: ReportColumn::Number, is_descending: true };
    const COLUMNS: &'static [Column<ReportColumn>] = &[
        Column { name: "so", label: "reports.number", by: Some(ReportColumn::Number) },
        Column { name: "", label: "reports.sent_at", by: None },
        Column { name: "ve", label: "report.about", by: Some(ReportColumn::Kind) },
        Column { name: "", label: "reports.seen", by: None },
        Column { name: "san-pham", label: "product.title", by: Some(ReportColumn::Product) },
        Column { name: "", label: "parcel.producer", by: None },
        Column { name: "", label: "reports.code", by: None },
        Column { name: "", label: "reports.state", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let open = Choice {
            value: OPEN.to_owned(),
            label: words.say("reports.open"),
            is_chosen: self.states == open_states(),
        };
        let state = |it: ReportState| Choice {
            value: it.key().to_owned(),
            label: said(words, it),
            is_chosen: self.states == [it],
        };
        let states = std::iter::once(open).chain(ReportState::ALL.map(state));
        let of_kind = |it: ReportKind| Choice {
            value: it.key().to_owned(),
            label: kind(words, it),
            is_chosen: self.kind == Some(it),
        };
        let kinds = ReportKind::ALL.map(of_kind);
        let product = self.product.iter().map(|(id, name)| {
            let (value, label) = (id.to_string(), name.clone().into());
            let chosen = Choice { value, label, is_chosen: true };
            let any = "reports.any_product";
            Field::choice(words, "san_pham", "product.title", any, [chosen])
        });
        let fields = [
            Field::words(words, "reports.find", &self.words),
            Field::choice(words, "trang_thai", "reports.state", "reports.any_state", states),
            Field::choice(words, "loai", "report.about", "reports.any_kind", kinds),
        ];
        fields.into_iter().chain(product).collect()
    }

    fn line(words: Words, _today: Day, listed: &ListedReport) -> list::Line {
        let ListedReport { report, names } = listed;
        let (product, producer) = names.clone().unwrap_or_default();
        list::Line {
            href: urls::of(urls::ONE_REPORT, report.id.0),
            id: report.id.to_string(),
            cells: vec![
                Cell::Link(number(words, report)),
                Cell::Moment(report.reported_at),
                Cell::Text(kind(words, report.details.kind).into_owned()),
                Cell::Text(snippet(&report.details.seen)),
                Cell::Text(product),
                Cell::Text(producer),
                Cell::Text(code(report).unwrap_or_default()),
                Cell::State(state(words, report.state)),
            ],
            acts: Vec::new(),
        }
    }
}

/// One report; `typed` is a step that was refused, and why.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    file: &ReportFile,
    refused: Option<(&ReportStep, String)>,
) -> askama::Result<String> {
    let words = frame.words;
    let report = &file.listed.report;
    let serial = report.details.serial.map(text::serial_grouped);
    let for_who = |right, href: fn(&str) -> String| {
        let serial = serial.as_deref().filter(|_| actor.may(right) && file.stamp.is_some());
        serial.map(href)
    };
    let may_look = actor.may(Right::SeeInspections);
    let (step, problem) = refused.unzip();
    render(&ReportPage {
        title: number(words, report),
        state: state(words, report.state),
        seen: &report.details.seen,
        facts: facts(words, actor, file),
        product_href: report.product.map(|id| urls::of(urls::PRODUCT, id.0)),
        stamp_href: for_who(Right::SeeInspections, urls::stamp_file),
        inspect_href: for_who(Right::Inspect, urls::inspection_of),
        inspections: file
            .inspections
            .iter()
            .filter(|_| may_look)
            .map(|it| inspection_line(words, it))
            .collect(),
        answer: report.answer.as_deref(),
        acts: if actor.may(Right::AnswerReports) { acts(words, report, step) } else { Vec::new() },
        version: file.version(),
        most: TEXT_CHARS_MAX,
        problem,
        history: lines(words, &file.history),
        frame,
    })
}

fn facts(words: Words, actor: &Actor, file: &ReportFile) -> Vec<(Cow<'static, str>, String)> {
    let ListedReport { report, names } = &file.listed;
    let details = &report.details;
    let lot = file.stamp.as_ref().and_then(|stamp| stamp.lot.as_ref());
    let ours = details.serial.filter(|_| file.stamp.is_some());
    let stamp = file.stamp.as_ref();
    let stood = |key: &str| words.say(&format!("stamp.{key}")).into_owned();
    let all = [
        ("report.about", Some(kind(words, details.kind).into_owned())),
        ("reports.sent_at", Some(moment(words, report.reported_at))),
        ("reports.code", code(report)),
        (
            "reports.stamp",
            stamp.map(|it| stood(it.state.key())).or_else(|| {
                details.code.as_ref().map(|_| words.say("reports.no_stamp").into_owned())
            }),
        ),
        ("order.product", names.as_ref().map(|(product, _)| product.clone())),
        ("parcel.producer", names.as_ref().map(|(_, producer)| producer.clone())),
        ("order.batch", ours.map(|serial| text::batch(serial.batch()))),
        ("lot.heading", lot.map(|lot| lot.details.code.clone())),
        ("stamp_file.scans", stamp.map(|it| words.number(it.scans.count))),
        ("reports.bought_at", details.bought_at.clone()),
        ("reports.contact", contact(words, actor, report)),
    ];
    let given = all.into_iter().filter_map(|(key, value)| Some((words.say(key), value?)));
    given.collect()
}

/// For those alone who may have to ask back.
fn contact(words: Words, actor: &Actor, report: &Report) -> Option<String> {
    let erased = report
        .contact_erased_at
        .map(|at| words.fill("reports.contact_erased", [("time", &moment(words, at))]));
    let contact = report.details.contact.clone();
    contact.filter(|_| actor.may(Right::AnswerReports)).or(erased)
}

fn acts(words: Words, report: &Report, refused: Option<&ReportStep>) -> Vec<Act> {
    let all = [
        (ReportStep::TakeUp, urls::TAKE_UP_REPORT),
        (ReportStep::Answer(String::new()), urls::ANSWER_REPORT),
        (ReportStep::Note(String::new()), urls::NOTE_REPORT),
        (ReportStep::Close(String::new()), urls::CLOSE_REPORT),
    ];
    let possible = all.into_iter().filter(|(step, _)| step.after(report.state).is_some());
    let act = |(step, href): (ReportStep, &str)| {
        let id = step.key();
        let typed = refused.filter(|refused| refused.key() == id).and_then(ReportStep::text);
        Act {
            id,
            href: urls::of(href, report.id.0),
            label: words.say(&format!("reports.do.{id}")),
            hint: words.say(&format!("reports.hint.{id}")),
            field: step.text().map(|_| words.say(&format!("reports.field.{id}"))),
            typed: typed.unwrap_or_default().to_owned(),
        }
    };
    possible.map(act).collect()
}

fn number(words: Words, report: &Report) -> String {
    words.fill("reports.one", [("number", &report.id.to_string())])
}

/// As its serial is written, or else as it was typed.
fn code(report: &Report) -> Option<String> {
    let serial = report.details.serial.map(text::serial_grouped);
    serial.or_else(|| report.details.code.clone())
}

fn snippet(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SNIPPET_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

fn said(words: Words, state: ReportState) -> Cow<'static, str> {
    words.say(&format!("report.state.{}", state.key()))
}

fn state(words: Words, state: ReportState) -> State {
    let class = match state {
        ReportState::Received => "warn",
        ReportState::UnderReview => "",
        ReportState::Answered => "fine",
        ReportState::Closed => "calm",
    };
    State { class, label: said(words, state) }
}
