//! An annex of a decision, as it was read.

use askama::Template;

use super::Frame;
use crate::intake::{IntakeError, Preview, Problem};
use crate::register::Imported;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// Most rows of what was read that a page shows.
const ROWS_SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "desk/annex.html")]
struct AnnexPage<'a> {
    frame: Frame,
    path: &'static str,
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
}

/// What an annex was found to hold.
pub(in crate::web) enum Found {
    /// It cannot be read at all.
    Unreadable(IntakeError),
    /// It was read, and entered or not.
    Read(Preview, Option<Imported>),
}

impl From<Result<(Preview, Option<Imported>), IntakeError>> for Found {
    fn from(read: Result<(Preview, Option<Imported>), IntakeError>) -> Self {
        match read {
            Ok((preview, entered)) => Self::Read(preview, entered),
            Err(why) => Self::Unreadable(why),
        }
    }
}

struct ResultView {
    summary: String,
    /// What entering did.
    entered: Option<String>,
    problems: Vec<Fault>,
    rows: Vec<Row>,
    ignored: Option<String>,
}

/// What is wrong in a cell.
struct Fault {
    place: String,
    found: String,
    what: String,
    remedy: &'static str,
}

/// A row without a fault.
struct Row {
    number: u32,
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
        Some(Found::Unreadable(why)) => {
            let language = words.language();
            (Some(format!("{} {}", why.what(language), why.what_to_do(language))), None)
        }
        Some(Found::Read(preview, entered)) => {
            let problem = (!preview.problems.is_empty()).then(|| {
                let count = words.number(u64::try_from(preview.problems.len()).unwrap_or(u64::MAX));
                words.fill("annex.faulty", [("count", &count)])
            });
            (problem, Some(result(words, preview, entered.as_ref())))
        }
    };
    render(&AnnexPage { frame, path: urls::ANNEX, typed, problem, result })
}

fn result(words: Words, preview: &Preview, entered: Option<&Imported>) -> ResultView {
    let count = |n: usize| words.number(u64::try_from(n).unwrap_or(u64::MAX));
    let (rows, good) = (count(preview.rows), count(preview.entries.len()));
    let ignored = preview.ignored_columns.join(", ");
    let row = |(number, it): &(u32, crate::domain::annex::AnnexEntry)| Row {
        number: *number,
        product: it.product_name.clone(),
        producer: it.producer.name.clone(),
        stars: words.fill("recognition.stars", [("stars", &it.stars.get().to_string())]),
        decision: it.decision_number.clone(),
        ends_on: words.date(it.ends_on),
    };
    ResultView {
        summary: words.fill("annex.summary", [("rows", &*rows), ("good", &*good)]),
        entered: entered.map(|it| {
            let (new, same, _) = it.counts();
            let (new, already) = (count(new), count(same));
            words.fill("annex.entered", [("new", &*new), ("already", &*already)])
        }),
        problems: preview.problems.iter().take(ROWS_SHOWN).map(|it| fault(words, it)).collect(),
        rows: preview.entries.iter().take(ROWS_SHOWN).map(row).collect(),
        ignored: (!ignored.is_empty())
            .then(|| words.fill("annex.ignored", [("columns", &ignored)])),
    }
}

fn fault(words: Words, problem: &Problem) -> Fault {
    let language = words.language();
    let row = problem.row.to_string();
    Fault {
        place: words.fill("annex.cell", [("row", &*row), ("column", &*problem.column)]),
        found: problem.found.clone(),
        what: problem.kind.what(language),
        remedy: problem.kind.what_to_do(language),
    }
}
