//! `ocop import`.

mod template;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::Session;
use super::error::CliError;
use crate::app::App;
use crate::domain::annex::{Difference, Doubt, Known, Outcome};
use crate::domain::calendar::vietnam_day;
use crate::domain::language::Language;
use crate::intake::template::{authorities_example, example};
use crate::intake::{
    self, Account, Became, Counted, Counts, Defaults, Fate, IntakeError, Preview, Problem, told,
};
use crate::register::{self, Import};
use crate::store::StoreError;

/// Options of `import`.
#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// Annexes: CSV or XLSX, with Vietnamese headings
    #[arg(required_unless_present = "template", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only tell what would be imported, and what is wrong in which cell
    #[arg(long)]
    check: bool,
    /// Number of the decision, where the file does not say it in each row
    #[arg(long, value_name = "NUMBER")]
    decision: Option<String>,
    /// Issuing authority, where the file does not say it in each row
    #[arg(long, value_name = "NAME")]
    authority: Option<String>,
    /// Day of signature, where the file does not say it in each row (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    signed_on: Option<String>,
    /// First day of effect, where it is not that of the signature and the file does not say it in each
    /// row (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    effective_on: Option<String>,
    /// What a row of the file means that the register cannot tell: a number of the register, or new for
    /// another one (5:producer=12, 5:product=new; where several sheets were read, SHEET!5:product=new).
    /// Say it for each row that the answer calls unclear
    #[arg(long = "answer", value_name = "[SHEET!]ROW:WHAT=NUMBER", conflicts_with = "authorities")]
    answers: Vec<intake::RowAnswer>,
    /// The files list issuing authorities and their dates of being in office
    #[arg(long, conflicts_with_all = ["decision", "authority", "signed_on", "effective_on"])]
    authorities: bool,
    /// Write an annex with all headings and an example, to fill in (.xlsx or .csv), and nothing else;
    /// with --authorities a list of authorities
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "check"])]
    template: Option<PathBuf>,
}

pub(super) fn run(session: &Session, args: &ImportArgs) -> Result<(), CliError> {
    if let Some(file) = &args.template {
        let example = if args.authorities { authorities_example() } else { example() };
        return template::write(session, file, example);
    }
    if args.files.len() > 1 && !args.answers.is_empty() {
        return Err(CliError::refused(
            "answers are about the rows of one file: import one file at a time",
        ));
    }
    let app = session.app()?;
    let day = |text: &Option<String>| text.as_deref().map(intake::date::read).transpose();
    let defaults = Defaults {
        decision_number: args.decision.clone(),
        authority: args.authority.clone(),
        level: None,
        signed_on: day(&args.signed_on).map_err(CliError::refused)?,
        effective_on: day(&args.effective_on).map_err(CliError::refused)?,
        today: Some(vietnam_day(app.clock.now())),
    };
    let desk = Desk { session, app: &app, check: args.check };
    let language = session.global.lang;
    let counts = if args.authorities {
        let read =
            |bytes: &[u8]| intake::authorities::read(bytes).map_err(|it| unread(&it, language));
        desk.enter_all(&args.files, read, register::import_authorities)?
    } else {
        let read = |bytes: &[u8]| {
            let preview = intake::preview(bytes, &defaults);
            let mut preview = preview.map_err(|it| unread(&it, language))?;
            let answered = preview.answer(&args.answers);
            answered.map(|()| preview).map_err(|why| why.what(language))
        };
        desk.enter_all(&args.files, read, register::import)?
    };
    let mut wrong = Counts::default();
    for counts in counts {
        wrong.refused += counts.refused;
        wrong.different += counts.different;
        wrong.unclear += counts.unclear;
        wrong.rows += usize::from(counts.entered + counts.same == 0);
    }
    match wrong {
        Counts { refused: 0, different: 0, unclear: 0, rows: 0, .. } => Ok(()),
        // The answer says so: it is one JSON object.
        _ if session.output.json => Err(CliError::AnsweredRefused),
        Counts { refused: 0, different: 0, unclear: 0, .. } => {
            Err(CliError::refused("a file states nothing that could be entered"))
        }
        Counts { refused, different, unclear, .. } => Err(CliError::refused(format!(
            "{refused} rows refused, {different} different in the register, {unclear} unclear: mend \
             those rows, answer for the unclear ones (--answer), and import the file again"
        ))),
    }
}

/// Where files are entered, or only tried.
struct Desk<'a> {
    session: &'a Session,
    app: &'a App,
    check: bool,
}

/// An act of the register that enters rows.
type Enter<T> = fn(
    &crate::store::Store,
    &[T],
    &str,
    Import,
    crate::domain::act::Act<'_>,
) -> Result<register::Imported, StoreError>;

impl Desk<'_> {
    /// Enters files, none where one of them cannot be read, and answers once for all.
    fn enter_all<T: Clone>(
        &self,
        files: &[PathBuf],
        read: impl Fn(&[u8]) -> Result<Preview<T>, String>,
        enter: Enter<T>,
    ) -> Result<Vec<Counts>, CliError> {
        let previews = files.iter().map(|file| {
            let named = |why| CliError::refused(format!("{}: {why}", file.display()));
            read(&bytes(file)?).map_err(named)
        });
        let previews = previews.collect::<Result<Vec<_>, _>>()?;
        let accounts = files.iter().zip(previews).map(|(file, it)| self.enter(file, it, enter));
        let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
        let language = self.session.global.lang;
        let all = || files.iter().zip(&accounts);
        let mut facts: Vec<Value> =
            all().map(|(file, account)| facts(file, account, self.check, language)).collect();
        let facts = match facts.pop() {
            Some(one) if facts.is_empty() => one,
            last => json!({ "files": facts.into_iter().chain(last).collect::<Vec<_>>() }),
        };
        self.session.output.tell(&facts, || {
            all().for_each(|(file, account)| tell(file, account, self.check, language));
        });
        Ok(accounts.iter().map(Account::counts).collect())
    }

    fn enter<T: Clone>(
        &self,
        file: &Path,
        preview: Preview<T>,
        enter: Enter<T>,
    ) -> Result<Account<T>, CliError> {
        let how = if self.check { Import::Try } else { Import::EnterNew };
        let source = file.file_name().unwrap_or_default().to_string_lossy();
        let act = self.session.act(self.app);
        let entries = preview.entries();
        let outcomes: Vec<Outcome> = enter(&self.app.store, &entries, &source, how, act)?.0;
        Ok(preview.account(outcomes))
    }
}

/// Why a file as a whole cannot be read.
fn unread(error: &IntakeError, language: Language) -> String {
    format!("{} {}", error.what(language), error.what_to_do(language))
}

fn bytes(file: &Path) -> Result<Vec<u8>, CliError> {
    fs::read(file).map_err(|error| CliError::failed(format!("{}: {error}", file.display())))
}

fn facts<T>(file: &Path, account: &Account<T>, check: bool, language: Language) -> Value {
    let counts = account.counts();
    let read = account.sheets.iter().filter_map(|sheet| match &sheet.fate {
        Fate::Read { headings: (first, last), unused_columns } => Some(json!({
            "name": sheet.name,
            "headings": { "first_row": first, "last_row": last },
            "unused_columns": unused_columns,
        })),
        Fate::NotRead(_) => None,
    });
    let not_read = account.sheets.iter().filter_map(|sheet| match &sheet.fate {
        Fate::NotRead(why) => Some(json!({
            "name": sheet.name, "why": why.key(), "told": why.why(language),
        })),
        Fate::Read { .. } => None,
    });
    json!({
        "file": file,
        "checked_only": check,
        "sheets": {
            "seen": account.sheets.len(),
            "read": read.collect::<Vec<_>>(),
            "not_read": not_read.collect::<Vec<_>>(),
        },
        "rows": counts.rows,
        "entered": counts.entered,
        "same": counts.same,
        "different": counts.different,
        "unclear": counts.unclear,
        "refused": counts.refused,
        "passed_over": counts.passed_over,
        "outcomes": account.rows.iter().map(|row| outcome(row, language)).collect::<Vec<_>>(),
    })
}

fn outcome<T>(row: &Counted<T>, language: Language) -> Value {
    let mut told = json!({ "sheet": row.sheet, "row": row.number });
    let (key, more) = match &row.became {
        Became::Entered(kept) => ("entered", json!({ "kept": differences(kept, language) })),
        Became::Same => ("same", json!({})),
        Became::Different(all) => {
            ("different", json!({ "differences": differences(all, language) }))
        }
        Became::Unclear(doubt) => ("unclear", self::doubt(doubt, language)),
        Became::Refused(problems) => {
            let problems = problems.iter().map(|problem| fault(problem, language));
            ("refused", json!({ "problems": problems.collect::<Vec<_>>() }))
        }
        Became::PassedOver(passed) => {
            let (why, said) = (passed.why.key(), passed.why.told(language));
            ("passed_over", json!({ "why": why, "told": said, "text": passed.text }))
        }
    };
    if let (Some(told), Some(more)) = (told.as_object_mut(), more.as_object()) {
        told.insert("outcome".to_owned(), key.into());
        told.extend(more.clone());
    }
    told
}

fn differences(all: &[Difference], language: Language) -> Vec<Value> {
    let one = |it: &Difference| {
        json!({
            "fact": it.fact.key(),
            "register": it.register.as_ref().map(told::value),
            "annex": told::value(&it.row),
            "told": told::difference(it, language),
            "remedy": told::remedy(it.fact, language),
        })
    };
    all.iter().map(one).collect()
}

fn doubt(doubt: &Doubt, language: Language) -> Value {
    let known = |it: &Known| json!({ "id": it.id, "name": it.name, "apart": it.apart });
    json!({
        "about": doubt.about.key(),
        "may_be": doubt.may_be.iter().map(known).collect::<Vec<_>>(),
        "may_be_new": doubt.may_be_new,
        "misanswered": doubt.is_misanswered,
        "told": told::doubt(doubt, language),
        "remedy": told::answer(doubt, language),
    })
}

fn fault(problem: &Problem, language: Language) -> Value {
    json!({
        "column": problem.column,
        "cell": problem.cell,
        "found": problem.found,
        "what": problem.kind.what(language),
        "remedy": problem.kind.what_to_do(language),
    })
}

fn tell<T>(file: &Path, account: &Account<T>, check: bool, language: Language) {
    let Counts { rows, entered, same, different, unclear, refused, passed_over } = account.counts();
    let new = if check { "new, not entered yet" } else { "new" };
    println!(
        "{}: {rows} rows = {entered} {new} + {same} already in the register + {different} \
         different there + {unclear} unclear + {refused} refused + {passed_over} passed over",
        file.display()
    );
    for sheet in &account.sheets {
        let name = sheet.name.as_deref().unwrap_or("–");
        match &sheet.fate {
            Fate::Read { unused_columns, .. } => {
                if sheet.name.is_some() {
                    println!("  sheet “{name}”: read");
                }
                if !unused_columns.is_empty() {
                    println!("  columns not used: {}", unused_columns.join(", "));
                }
            }
            Fate::NotRead(why) => println!("  sheet “{name}”: not read: {}", why.why(language)),
        }
    }
    account.rows.iter().flat_map(|row| lines(row, language)).for_each(|line| println!("  {line}"));
}

/// What there is to say of a row.
fn lines<T>(row: &Counted<T>, language: Language) -> Vec<String> {
    let place: Cow<'_, str> = told::row(row.sheet.as_deref(), row.number, language).into();
    let all = |said: &str, all: &[Difference]| -> Vec<String> {
        let one = |it| {
            let (difference, remedy) = (told::difference(it, language), it.fact);
            format!("{place}: {said}: {difference}. {}", told::remedy(remedy, language))
        };
        all.iter().map(one).collect()
    };
    match &row.became {
        Became::Same => Vec::new(),
        Became::Entered(kept) => all("entered, the register keeps", kept),
        Became::Different(differences) => all("different", differences),
        Became::Unclear(it) => {
            let (told, remedy) = (told::doubt(it, language), told::answer(it, language));
            vec![format!("{place}: unclear: {told}. {remedy}")]
        }
        Became::Refused(problems) => problems.iter().map(|it| problem_line(it, language)).collect(),
        Became::PassedOver(passed) => {
            vec![format!("{place}: passed over, {}: “{}”", passed.why.told(language), passed.text)]
        }
    }
}

fn problem_line(problem: &Problem, language: Language) -> String {
    let (what, remedy) = (problem.kind.what(language), problem.kind.what_to_do(language));
    format!("{} (“{}”): {what} {remedy}", problem.place(language), problem.found)
}
