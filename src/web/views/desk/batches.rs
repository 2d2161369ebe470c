//! Batches, from the print shop to a closed account.

use askama::Template;

use super::account::{Account, accounts};
use super::list::{self, Cell, Choice, Column, Field, Shown};
use super::papers::{Make, Papers};
use super::stamps::StepForm;
use super::{Frame, Line, State, lines, moment};
use crate::code::text;
use crate::desk::batches::BatchFile;
use crate::domain::calendar::Day;
use crate::domain::destruction::Destruction;
use crate::domain::print_job::{HandOver, JobMove, JobState};
use crate::domain::role::{Organisation, Right};
use crate::domain::sheet::Printing;
use crate::domain::stamp::StampState;
use crate::store::batch_list::{BatchColumn, BatchFilter, BatchStage, Difference, ListedBatch};
use crate::store::listing::Sort;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// A batch in short.
struct BatchLine {
    name: String,
    product: String,
    producer: String,
    /// Where its producer is, for who may see it.
    producer_href: Option<String>,
    stamps: String,
    issued: String,
    shop: Option<String>,
    state: State,
}

/// A form of the page that could not be taken.
pub(in crate::web) struct Filled {
    /// Its name among what a person can do.
    pub(in crate::web) form: &'static str,
    pub(in crate::web) typed: StepForm,
    /// Why, and what to do about it.
    pub(in crate::web) said: String,
}

#[derive(Template)]
#[template(path = "desk/batch.html")]
struct BatchPage {
    frame: Frame,
    batch: BatchLine,
    problem: Option<String>,
    /// The form that could not be taken, and what it was filled in with.
    filled: (&'static str, StepForm),
    blank: StepForm,
    /// How much was done with its print job.
    version: i64,
    /// The day by which the print shop is to deliver.
    due_on: Option<String>,
    /// What this person can do, by the name of its form.
    can: Vec<&'static str>,
    paths: Paths,
    shops: Vec<(String, String)>,
    /// Printings with recorded sheets, by name and in words.
    printings: Vec<(String, String)>,
    waiting: Vec<Minutes>,
    in_print: String,
    /// Stamps that can be printed anew.
    spoiled: String,
    accounts: Vec<Account>,
    is_settled: bool,
    hand_overs: Vec<Minutes>,
    papers: Papers,
    history: Vec<Line>,
}

impl BatchPage {
    /// What stands in a form.
    fn typed(&self, form: &str) -> &StepForm {
        if self.is_open(form) { &self.filled.1 } else { &self.blank }
    }

    /// Whether a form stands open.
    fn is_open(&self, form: &str) -> bool {
        self.filled.0 == form
    }
}

/// Where each form is sent.
struct Paths {
    assign: String,
    printed: String,
    hand_over: String,
    receive: String,
    activate: String,
    scan: String,
    sheets: String,
    report: String,
    reprint: String,
    cancel: String,
    close: String,
}

/// A hand-over.
struct Minutes {
    number: String,
    day: String,
    stamps: String,
    received: Option<String>,
}

impl Shown for BatchFilter {
    const NAME: &'static str = "batches";
    const FIRST: Sort<BatchColumn> = Sort { column: BatchColumn::Number, is_descending: true };
    const COLUMNS: &'static [Column<BatchColumn>] = &[
        Column { name: "so", label: "order.batch", by: Some(BatchColumn::Number) },
        Column { name: "san-pham", label: "order.product", by: Some(BatchColumn::Product) },
        Column { name: "", label: "parcel.producer", by: None },
        Column { name: "so-tem", label: "account.stamps", by: Some(BatchColumn::Stamps) },
        Column { name: "", label: "batch.issued", by: None },
        Column { name: "", label: "batch.shop", by: None },
        Column { name: "", label: "orders.state", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |it: BatchStage| Choice {
            value: it.key().to_owned(),
            label: words.say(&format!("job.state.{}", it.key())),
            is_chosen: self.stage == Some(it),
        };
        let stages = BatchStage::all().map(choice);
        let differences = Difference::ALL.map(|it| Choice {
            value: it.key().to_owned(),
            label: words.say(&format!("batches.differs.{}", it.key())),
            is_chosen: self.difference == Some(it),
        });
        let mut fields = vec![
            Field::words(words, "orders.find", &self.words),
            Field::choice(words, "trang_thai", "orders.state", "orders.any_state", stages),
            Field::choice(
                words,
                "chenh_lech",
                "batches.difference",
                "orders.any_state",
                differences,
            ),
        ];
        fields.extend(Field::producer(words, self.producer));
        fields
    }

    fn line(words: Words, _today: Day, batch: &ListedBatch) -> list::Line {
        let number = batch.number.get();
        let shop = batch.job.as_ref().map(|(_, shop)| shop.clone());
        list::Line {
            href: urls::of(urls::BATCH, number.into()),
            id: number.to_string(),
            cells: vec![
                Cell::Text(text::batch(batch.number)),
                Cell::Link(batch.product_name.clone()),
                Cell::Text(batch.producer_name.clone()),
                Cell::Number(batch.stamps),
                Cell::Moment(batch.issued_at),
                Cell::Text(shop.unwrap_or_default()),
                Cell::State(state(words, batch.stage())),
            ],
            acts: Vec::new(),
        }
    }
}

/// One batch.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    file: &BatchFile,
    today: Day,
    filled: Option<Filled>,
) -> askama::Result<String> {
    let words = frame.words;
    let job = file.job.as_ref().map(|file| &file.job);
    let due_on = job.and_then(|job| job.wanted_on);
    let blank = StepForm {
        day: today.to_string(),
        shop: job.map(|job| job.shop.to_string()).unwrap_or_default(),
        due_on: due_on.map(|day| day.to_string()).unwrap_or_default(),
        ..StepForm::default()
    };
    let (problem, filled) = match filled {
        Some(Filled { form, typed, said }) => (Some(said), (form, typed)),
        None => (None, ("", StepForm::default())),
    };
    let of = |pattern| urls::of(pattern, file.listed.number.get().into());
    let hand_overs = file.job.iter().flat_map(|job| &job.hand_overs);
    let waiting = hand_overs.clone().filter(|one| one.receipt.is_none());
    render(&BatchPage {
        batch: line(words, actor, &file.listed),
        problem,
        filled,
        blank,
        version: file.version(),
        due_on: due_on.map(|day| words.date(day)),
        can: possible(actor, file),
        paths: Paths {
            assign: of(urls::ASSIGN_BATCH),
            printed: of(urls::BATCH_PRINTED),
            hand_over: of(urls::HAND_BATCH_OVER),
            receive: of(urls::RECEIVE_BATCH),
            activate: of(urls::ACTIVATE_BATCH),
            scan: of(urls::SCAN_STAMPS),
            sheets: of(urls::SHEETS),
            report: of(urls::REPORT_STAMPS),
            reprint: of(urls::REPRINT_BATCH),
            cancel: of(urls::CANCEL_STAMPS),
            close: of(urls::CLOSE_BATCH),
        },
        shops: file
            .shops
            .iter()
            .map(|shop| {
                let licence = [("licence", &*shop.details.licence())];
                let known = words.fill("batch.shop_licence", licence);
                (shop.id.to_string(), format!("{} ({known})", shop.details.name))
            })
            .collect(),
        printings: file.printings.iter().map(|it| printing(words, it)).collect(),
        waiting: waiting.map(|one| minutes(words, one)).collect(),
        in_print: words.number(file.account.tally().in_print()),
        spoiled: words.number(file.replaceable),
        accounts: accounts(words, file),
        is_settled: file.account.is_settled(),
        hand_overs: hand_overs.map(|one| minutes(words, one)).collect(),
        papers: papers(words, actor, file),
        history: lines(words, &file.history),
        frame,
    })
}

fn papers(words: Words, actor: &Actor, file: &BatchFile) -> Papers {
    let number = file.listed.number.get().into();
    let make =
        |label: String, about| Make { href: urls::of(urls::BATCH_PAPERS, number), label, about };
    let of_hand_over = |one: &HandOver| {
        let label = words.fill("official.make.hand_over", [("minutes", &one.minutes)]);
        make(label, Some(("ban_giao", one.id.to_string())))
    };
    let of_destruction = |one: &Destruction| {
        let label = words.fill("official.make.destruction", [("minutes", &one.minutes.number)]);
        make(label, Some(("tieu_huy", one.id.to_string())))
    };
    let destructions = file.destructions.iter().filter(|it| it.is_confirmed()).map(of_destruction);
    let hand_overs = file.job.iter().flat_map(|job| &job.hand_overs).map(of_hand_over);
    let statement = words.say("official.make.reconciliation").into_owned();
    let may = |_: &Make| actor.may(Right::MakePapers);
    let makes = hand_overs.chain(destructions).chain([make(statement, None)]).filter(may).collect();
    Papers::new(words, &urls::of(urls::BATCH_PAPER, number), &file.papers, makes)
}

fn printing(words: Words, (printing, sheets): &(Printing, u32)) -> (String, String) {
    let name = format!("{}/{}", printing.layout, printing.design);
    let places = [("printing", &*name), ("sheets", &*words.number((*sheets).into()))];
    let label = words.fill("which.printing_choice", places);
    (name, label)
}

fn line(words: Words, actor: &Actor, batch: &ListedBatch) -> BatchLine {
    let sees_producer = actor.may(Right::SeeProducts);
    BatchLine {
        name: text::batch(batch.number),
        product: batch.product_name.clone(),
        producer: batch.producer_name.clone(),
        producer_href: sees_producer.then(|| urls::of(urls::PRODUCER, batch.producer.0)),
        stamps: words.number(batch.stamps),
        issued: moment(words, batch.issued_at),
        shop: batch.job.as_ref().map(|(_, shop)| shop.clone()),
        state: state(words, batch.stage()),
    }
}

fn state(words: Words, stage: BatchStage) -> State {
    let class = match stage {
        BatchStage::Unassigned => "warn",
        BatchStage::AtShop(JobState::Assigned | JobState::Printing) => "busy",
        BatchStage::AtShop(JobState::Printed | JobState::HandedOver | JobState::Received) => "fine",
        BatchStage::AtShop(JobState::Closed) => "calm",
    };
    State { class, label: words.say(&format!("job.state.{}", stage.key())) }
}

/// What this person can do with the batch as it stands.
fn possible(actor: &Actor, file: &BatchFile) -> Vec<&'static str> {
    let job = file.job.as_ref().map(|file| &file.job);
    let leads_on = |step| job.is_some_and(|job| job.state.after(step).is_ok());
    let mut can = Vec::new();
    let mut note = |right, name, is_possible| {
        if is_possible && actor.may(right) {
            can.push(name);
        }
    };
    let is_printed = job.is_some_and(|job| job.printed.is_some());
    let is_closed = job.is_some_and(|job| job.state == JobState::Closed);
    let tally = file.account.tally();
    let waits = file.job.iter().flat_map(|job| &job.hand_overs).any(|it| it.receipt.is_none());
    // A batch that was printed without a shop of the register needs none.
    let waits_for_shop = job.is_none() && file.account.tally().in_state(StampState::Issued) > 0;
    let is_new = job.is_some_and(|job| job.state == JobState::Assigned);
    note(Right::AssignPrinting, "assign", waits_for_shop || is_new);
    note(Right::Print, "printed", !is_printed && leads_on(JobMove::ReportPrinted));
    let printed = tally.in_state(StampState::Printed);
    note(Right::Print, "hand_over", printed > 0 && leads_on(JobMove::HandOver));
    note(Right::UseStamps, "receive", waits);
    note(Right::UseStamps, "activate", tally.unused_at_producer() > 0);
    let has_some = match actor.organisation() {
        Organisation::PrintShop(_) => tally.in_print(),
        Organisation::Producer(_) | Organisation::Office => tally.unused_at_producer(),
    };
    note(Right::Print, "sheets", !is_closed && job.is_some());
    note(Right::ReportStamps, "report", has_some > 0);
    note(Right::Print, "reprint", !is_closed && file.replaceable > 0);
    note(Right::JudgeStamps, "cancel", tally.unused() + tally.activated() > 0);
    note(Right::JudgeStamps, "close", !is_closed && leads_on(JobMove::Close));
    can
}

fn minutes(words: Words, one: &HandOver) -> Minutes {
    Minutes {
        number: one.minutes.clone(),
        day: words.date(one.handed_on),
        stamps: words.number(one.stated),
        received: one.receipt.as_ref().map(|receipt| words.number(receipt.stamps)),
    }
}
