//! An annex of a decision, as it was read, and what became of it.

use askama::Template;

use super::Frame;
use super::list::Choice;
use crate::domain::annex::{About, AnnexEntry, Difference, Known};
use crate::intake::{
    Account, AnswerError, Became, Counted, Fate, IntakeError, Problem, RowAnswer, told,
};
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// Most lines that a list of the page has.
const LINES_SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "desk/annex.html")]
struct AnnexPage<'a> {
    frame: Frame,
    path: &'static str,
    /// Where an annex to fill in is.
    template: &'static str,
    typed: &'a Typed,
    problem: Option<String>,
    result: Option<ResultView>,
}

/// What is said once for all rows, as it was filled in.
#[derive(Debug, Default)]
pub(in crate::web) struct Typed {
    pub(in crate::web) decision: String,
    pub(in crate::web) authority: String,
    pub(in crate::web) signed_on: String,
    pub(in crate::web) effective_on: String,
    /// Answers that were given.
    pub(in crate::web) answers: Vec<String>,
}

/// What an annex was found to hold.
pub(in crate::web) enum Found {
    /// It cannot be read at all.
    Unreadable(IntakeError),
    /// A day that was filled in is none.
    NoSuchDay,
    /// An answer cannot be taken; none was.
    Misanswered(AnswerError),
    /// It was read, and entered or not.
    Read {
        /// What became of it.
        account: Account,
        /// Whether its new rows were entered.
        is_entered: bool,
    },
}

struct ResultView {
    summary: String,
    /// What entering did.
    entered: Option<String>,
    sheets: Vec<String>,
    lists: Vec<List>,
    questions: Vec<Question>,
    rows: Lines<Row>,
}

/// Something that must be said of a row.
struct Question {
    place: String,
    text: String,
    answers: Vec<Choice>,
}

/// What there is to say of one kind of rows.
struct List {
    heading: String,
    lines: Lines<Fault>,
}

/// The first lines of a list, and how many more there are.
struct Lines<T> {
    shown: Vec<T>,
    more: Option<String>,
}

/// What there is to say of a place.
struct Fault {
    place: String,
    found: String,
    what: String,
    remedy: &'static str,
}

/// A row without a fault.
struct Row {
    place: String,
    product: String,
    producer: String,
    stars: String,
    decision: String,
    ends_on: String,
}

/// The page.
pub(in crate::web) fn page(
    frame: Frame,
    typed: &Typed,
    found: Option<&Found>,
) -> askama::Result<String> {
    let words = frame.words;
    let (problem, result) = match found {
        None => (None, None),
        Some(Found::NoSuchDay) => (Some(words.say("annex.no_such_day").into_owned()), None),
        Some(Found::Misanswered(why)) => (Some(why.what(words.language())), None),
        Some(Found::Unreadable(why)) => {
            let language = words.language();
            (Some(format!("{} {}", why.what(language), why.what_to_do(language))), None)
        }
        Some(Found::Read { account, is_entered }) => {
            (problem(words, account), Some(result(words, account, *is_entered)))
        }
    };
    let (path, template) = (urls::ANNEX, urls::ANNEX_TEMPLATE);
    render(&AnnexPage { frame, path, template, typed, problem, result })
}

/// Why nothing was, or would be, entered.
fn problem(words: Words, account: &Account) -> Option<String> {
    let counts = account.counts();
    if counts.is_nothing() {
        return Some(words.say("annex.nothing").into_owned());
    }
    let said = |key, number: usize| words.fill(key, [("count", &count(words, number))]);
    let faulty = (counts.refused > 0).then(|| said("annex.faulty", counts.refused));
    let different = (counts.different > 0).then(|| said("annex.not_same", counts.different));
    let unclear = (counts.unclear > 0).then(|| said("annex.not_clear", counts.unclear));
    let all: Vec<String> = faulty.into_iter().chain(different).chain(unclear).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn result(words: Words, account: &Account, is_entered: bool) -> ResultView {
    let counts = account.counts();
    let [rows, entered, same, different, unclear, refused, passed] = [
        counts.rows,
        counts.entered,
        counts.same,
        counts.different,
        counts.unclear,
        counts.refused,
        counts.passed_over,
    ]
    .map(|number| count(words, number));
    let summary = [
        ("rows", &*rows),
        ("entered", &*entered),
        ("same", &*same),
        ("different", &*different),
        ("unclear", &*unclear),
        ("refused", &*refused),
        ("passed", &*passed),
    ];
    let entered = [("new", &*entered), ("already", &*same)];
    ResultView {
        summary: words.fill("annex.summary", summary),
        entered: is_entered.then(|| words.fill("annex.entered", entered)),
        sheets: account.sheets.iter().flat_map(|sheet| sheet_lines(words, sheet)).collect(),
        lists: lists(words, account),
        questions: account.rows.iter().filter_map(|row| question(words, row)).collect(),
        rows: lines(words, account, good),
    }
}

/// What is told of a row under a heading.
type Telling = fn(Words, &Counted) -> Vec<Fault>;

fn lists(words: Words, account: &Account) -> Vec<List> {
    let of: [(&str, Telling); 5] = [
        ("annex.problems", faults),
        ("annex.doubts", doubts),
        ("annex.differences", |words, row| match &row.became {
            Became::Different(all) => differences(words, row, all),
            _ => Vec::new(),
        }),
        ("annex.kept", |words, row| match &row.became {
            Became::Entered(kept) => differences(words, row, kept),
            _ => Vec::new(),
        }),
        ("annex.passed", passed_over),
    ];
    let all = of.into_iter().map(|(heading, of)| List {
        heading: words.say(heading).into_owned(),
        lines: lines(words, account, of),
    });
    all.filter(|list| !list.lines.shown.is_empty()).collect()
}

fn count(words: Words, number: usize) -> String {
    words.number(u64::try_from(number).unwrap_or(u64::MAX))
}

fn lines<T>(words: Words, account: &Account, of: impl Fn(Words, &Counted) -> Vec<T>) -> Lines<T> {
    let mut all = account.rows.iter().flat_map(|row| of(words, row));
    let shown = all.by_ref().take(LINES_SHOWN).collect();
    let more = all.count();
    let more = (more > 0).then(|| words.fill("annex.more", [("count", &count(words, more))]));
    Lines { shown, more }
}

/// What was done with a sheet, and what of it is not used.
fn sheet_lines(words: Words, sheet: &crate::intake::Sheet) -> Vec<String> {
    let name = sheet.name.as_deref().unwrap_or_default();
    match &sheet.fate {
        Fate::NotRead(why) => {
            let why = why.why(words.language());
            vec![words.fill("annex.sheet_not_read", [("sheet", name), ("why", why)])]
        }
        Fate::Read { unused_columns, .. } => {
            let read =
                (!name.is_empty()).then(|| words.fill("annex.sheet_read", [("sheet", name)]));
            let unused = unused_columns.join(", ");
            let unused = (!unused.is_empty())
                .then(|| words.fill("annex.ignored", [("columns", unused.as_str())]));
            read.into_iter().chain(unused).collect()
        }
    }
}

fn faults(words: Words, row: &Counted) -> Vec<Fault> {
    let language = words.language();
    let fault = |problem: &Problem| Fault {
        place: problem.place(language),
        found: problem.found.clone(),
        what: problem.kind.what(language),
        remedy: problem.kind.what_to_do(language),
    };
    match &row.became {
        Became::Refused(problems) => problems.iter().map(fault).collect(),
        _ => Vec::new(),
    }
}

fn differences(words: Words, row: &Counted, all: &[Difference]) -> Vec<Fault> {
    let language = words.language();
    let difference = |it: &Difference| Fault {
        place: told::row(row.sheet.as_deref(), row.number, language),
        found: String::new(),
        what: format!("{}.", told::difference(it, language)),
        remedy: told::remedy(it.fact, language),
    };
    all.iter().map(difference).collect()
}

fn doubts(words: Words, row: &Counted) -> Vec<Fault> {
    let Became::Unclear(doubt) = &row.became else { return Vec::new() };
    let language = words.language();
    vec![Fault {
        place: told::row(row.sheet.as_deref(), row.number, language),
        found: String::new(),
        what: format!("{}.", told::doubt(doubt, language)),
        remedy: told::answer(doubt, language),
    }]
}

/// The question that a row needs an answer to, with the answers as the form sends them.
fn question(words: Words, row: &Counted) -> Option<Question> {
    let Became::Unclear(doubt) = &row.became else { return None };
    if matches!(doubt.about, About::Authority | About::Gtin) {
        return None;
    }
    let value = |same| {
        let (sheet, row, about) = (row.sheet.clone(), row.number, doubt.about);
        RowAnswer { sheet, row, about, same }.to_string()
    };
    let choice = |value, label| Choice { value, label, is_chosen: false };
    let same = |known: &Known| {
        let places = [("number", &*known.id.to_string()), ("name", &*known.name)];
        choice(value(Some(known.id)), words.fill("annex.is_same", places).into())
    };
    let new = doubt.may_be_new.then(|| choice(value(None), words.say("annex.is_new")));
    Some(Question {
        place: told::row(row.sheet.as_deref(), row.number, words.language()),
        text: format!("{}.", told::doubt(doubt, words.language())),
        answers: doubt.may_be.iter().map(same).chain(new).collect(),
    })
}

fn passed_over(words: Words, row: &Counted) -> Vec<Fault> {
    let Became::PassedOver(passed) = &row.became else { return Vec::new() };
    let place = told::row(row.sheet.as_deref(), row.number, words.language());
    let what = format!("{}.", passed.why.told(words.language()));
    vec![Fault { place, found: passed.text.clone(), what, remedy: "" }]
}

fn good(words: Words, row: &Counted) -> Vec<Row> {
    let stars = |it: &AnnexEntry| it.stars.get().to_string();
    let is_good = matches!(row.became, Became::Entered(_) | Became::Same);
    let good = row.entry.as_deref().filter(|_| is_good).map(|it| Row {
        place: told::row(row.sheet.as_deref(), row.number, words.language()),
        product: it.product_name.clone(),
        producer: it.producer.name.clone(),
        stars: words.fill("recognition.stars", [("stars", &stars(it))]),
        decision: it.decision_number.clone(),
        ends_on: words.date(it.ends_on),
    });
    good.into_iter().collect()
}
