//! What became of an annex, as it is answered.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::annex::{Difference, Known};
use crate::domain::language::Language;
use crate::intake::{self, Account, Became, Counted, Fate, told};

/// Most rows that a list of an answer has.
const LISTED_MAX: usize = 1_000;

/// What an annex was found to hold, and what became of it: `rows` is the sum of `entered`, `same`,
/// `different`, `unclear`, `refused` and `passed_over`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexAccount")]
pub(in crate::web) struct AccountJson {
    /// The sheets of the file.
    sheets: SheetsJson,
    /// Rows of the sheets that were read, without empty ones and headings.
    rows: usize,
    /// Rows that were entered; of a check, that would be.
    entered: usize,
    /// Rows that the register had already.
    same: usize,
    /// Rows that the register has otherwise. They stay as they are.
    different: usize,
    /// Rows that name somebody or something that may be in the register already. Nothing of them is
    /// entered until an answer says what they mean.
    unclear: usize,
    /// Rows in which something is wrong.
    refused: usize,
    /// Rows that state no product.
    passed_over: usize,
    /// What is wrong, in the order of the file.
    faults: Vec<FaultJson>,
    /// What the register says otherwise, in the order of the file.
    differences: Vec<DifferenceJson>,
    /// What is unclear, in the order of the file.
    doubts: Vec<DoubtJson>,
    /// The rows that were passed over, in the order of the file.
    passed: Vec<PassedJson>,
    /// Whether there is more than these lists have.
    has_more: bool,
}

/// The sheets of a file. A text file has one, without a name.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexSheets")]
struct SheetsJson {
    /// How many there are.
    seen: usize,
    /// Those that were read.
    read: Vec<SheetReadJson>,
    /// The others.
    not_read: Vec<SheetNotReadJson>,
}

/// A sheet that was read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexSheetRead")]
struct SheetReadJson {
    /// Its name.
    name: Option<String>,
    /// First row of its headings.
    first_heading_row: u32,
    /// Last row of its headings.
    last_heading_row: u32,
    /// Headings that mean nothing to the register; what stands under them is not read.
    unused_columns: Vec<String>,
}

/// A sheet that was not read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexSheetNotRead")]
struct SheetNotReadJson {
    /// Its name.
    name: Option<String>,
    /// Why: `hidden`, `empty`, `no_cells` or `no_table`.
    why: &'static str,
    /// Why, in the language asked for.
    what: &'static str,
}

/// What is wrong in a cell.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexFault")]
struct FaultJson {
    /// Name of the sheet, where it has one.
    sheet: Option<String>,
    /// The row, as a spreadsheet numbers it.
    row: u32,
    /// Heading of the column.
    column: String,
    /// The cell, as a spreadsheet names it; none where the file does not have the column.
    cell: Option<String>,
    /// What the cell says, shortened; empty when nothing.
    found: String,
    /// What is wrong with it, in the language asked for.
    what: String,
    /// What to do, in the language asked for.
    remedy: &'static str,
}

/// Where a row and the register say different things.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexDifference")]
struct DifferenceJson {
    /// Name of the sheet, where it has one.
    sheet: Option<String>,
    /// The row, as a spreadsheet numbers it.
    row: u32,
    /// Whether the row is new, and only this of its producer or product stays as the register has it.
    is_kept: bool,
    /// What about: `stars`, `ends_on`, `gtin` …
    fact: &'static str,
    /// What the register says; none when nothing.
    register: Option<String>,
    /// What the row says.
    annex: String,
    /// Both, in the language asked for.
    what: String,
    /// What to do, in the language asked for.
    remedy: &'static str,
}

/// A row that may mean something in the register, or something new.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexDoubt")]
struct DoubtJson {
    /// Name of the sheet, where it has one.
    sheet: Option<String>,
    /// The row, as a spreadsheet numbers it.
    row: u32,
    /// What about: `producer`, `product`, `authority` or `gtin`. The last two are not answered: the
    /// authority is written as the register has it, and the GTIN is that of another producer's product.
    about: &'static str,
    /// What it may be.
    may_be: Vec<KnownJson>,
    /// Whether it may be none of them.
    may_be_new: bool,
    /// Whether an answer was given that is none of these.
    misanswered: bool,
    /// All of it, in the language asked for.
    what: String,
    /// What to do, in the language asked for.
    remedy: &'static str,
}

/// Something in the register that a row may mean.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexKnown")]
struct KnownJson {
    /// Its number.
    id: i64,
    /// Its name.
    name: String,
    /// What tells it apart beside the name: tax code; GTIN and net quantity; or its producer.
    apart: Vec<String>,
}

/// A row that states no product.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexPassedOver")]
struct PassedJson {
    /// Name of the sheet, where it has one.
    sheet: Option<String>,
    /// The row, as a spreadsheet numbers it.
    row: u32,
    /// Why: `section`, `total`, `footer`, `hidden` …
    why: &'static str,
    /// Why, in the language asked for.
    what: &'static str,
    /// What it says, shortened.
    text: String,
}

impl AccountJson {
    pub(super) fn new(account: &Account, language: Language) -> Self {
        let counts = account.counts();
        let (faults, differences, doubts, passed) = (
            listed(account, |row| faults(row, language)),
            listed(account, |row| differences(row, language)),
            listed(account, |row| doubts(row, language)),
            listed(account, |row| passed(row, language)),
        );
        Self {
            sheets: sheets(account, language),
            rows: counts.rows,
            entered: counts.entered,
            same: counts.same,
            different: counts.different,
            unclear: counts.unclear,
            refused: counts.refused,
            passed_over: counts.passed_over,
            has_more: faults.1 || differences.1 || doubts.1 || passed.1,
            faults: faults.0,
            differences: differences.0,
            doubts: doubts.0,
            passed: passed.0,
        }
    }
}

fn sheets(account: &Account, language: Language) -> SheetsJson {
    let mut sheets = SheetsJson { seen: account.sheets.len(), read: vec![], not_read: vec![] };
    for sheet in &account.sheets {
        let name = sheet.name.clone();
        match &sheet.fate {
            Fate::Read { headings: (first, last), unused_columns } => {
                sheets.read.push(SheetReadJson {
                    name,
                    first_heading_row: *first,
                    last_heading_row: *last,
                    unused_columns: unused_columns.clone(),
                });
            }
            Fate::NotRead(why) => {
                let (why, what) = (why.key(), why.why(language));
                sheets.not_read.push(SheetNotReadJson { name, why, what });
            }
        }
    }
    sheets
}

/// What there is to say of the rows, and whether there is more.
fn listed<T>(account: &Account, of: impl Fn(&Counted) -> Vec<T>) -> (Vec<T>, bool) {
    let mut all = account.rows.iter().flat_map(of);
    let listed = all.by_ref().take(LISTED_MAX).collect();
    (listed, all.next().is_some())
}

fn faults(row: &Counted, language: Language) -> Vec<FaultJson> {
    let Became::Refused(problems) = &row.became else { return Vec::new() };
    let fault = |it: &intake::Problem| FaultJson {
        sheet: it.sheet.clone(),
        row: it.row,
        column: it.column.clone(),
        cell: it.cell.clone(),
        found: it.found.clone(),
        what: it.kind.what(language),
        remedy: it.kind.what_to_do(language),
    };
    problems.iter().map(fault).collect()
}

fn differences(row: &Counted, language: Language) -> Vec<DifferenceJson> {
    let (is_kept, all) = match &row.became {
        Became::Entered(kept) => (true, kept),
        Became::Different(all) => (false, all),
        Became::Same | Became::Unclear(_) | Became::Refused(_) | Became::PassedOver(_) => {
            return Vec::new();
        }
    };
    let difference = |it: &Difference| DifferenceJson {
        sheet: row.sheet.clone(),
        row: row.number,
        is_kept,
        fact: it.fact.key(),
        register: it.register.as_ref().map(told::value),
        annex: told::value(&it.row),
        what: told::difference(it, language),
        remedy: told::remedy(it.fact, language),
    };
    all.iter().map(difference).collect()
}

fn doubts(row: &Counted, language: Language) -> Vec<DoubtJson> {
    let Became::Unclear(doubt) = &row.became else { return Vec::new() };
    let known = |it: &Known| {
        let Known { id, name, apart } = it.clone();
        KnownJson { id, name, apart }
    };
    vec![DoubtJson {
        sheet: row.sheet.clone(),
        row: row.number,
        about: doubt.about.key(),
        may_be: doubt.may_be.iter().map(known).collect(),
        may_be_new: doubt.may_be_new,
        misanswered: doubt.is_misanswered,
        what: told::doubt(doubt, language),
        remedy: told::answer(doubt, language),
    }]
}

fn passed(row: &Counted, language: Language) -> Vec<PassedJson> {
    let Became::PassedOver(passed) = &row.became else { return Vec::new() };
    let (why, what, text) = (passed.why.key(), passed.why.told(language), passed.text.clone());
    vec![PassedJson { sheet: row.sheet.clone(), row: row.number, why, what, text }]
}
