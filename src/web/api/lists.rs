//! Lists: a page of one as JSON, or all of it as a file with the columns of its page of work.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::call::Call;
use super::files::FileAnswer;
use super::input;
use super::operation::{Answer, Described, Generators, Operation, Reply, answering};
use super::problem::Problem;
use super::shapes::{ListPage, PageNumber, page};
use crate::desk;
use crate::export::{self, Format};
use crate::web::table;
use crate::web::views::desk::list::Shown;

/// The parameter that asks for a file.
const FORMAT: &str = "format";
/// Media types of the files.
const FILES: &[&str] = &["text/csv", Format::Xlsx.media_type()];

/// Reads a list: what it is narrowed to and which page is asked for, and how a line is answered.
pub(in crate::web) struct List<Q, L: Shown, A>(
    pub(in crate::web) fn(&Call, Q) -> Narrowed<L>,
    pub(in crate::web) fn(&Call, L::Line) -> A,
);

/// A narrowed list, and which page of it is asked for.
pub(in crate::web) type Narrowed<L> = Result<(L, Option<PageNumber>), Problem>;

#[derive(Deserialize)]
struct AsFile {
    format: Option<String>,
}

impl<Q, L, A> Operation for List<Q, L, A>
where
    Q: DeserializeOwned + JsonSchema,
    L: Shown<Line: Send> + Send + 'static,
    A: Serialize + JsonSchema,
{
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        let is_format = |part: &&str| part.split('=').next() == Some(FORMAT);
        let (asked, narrowing): (Vec<_>, Vec<_>) =
            call.asked.query.split('&').partition(|part| is_format(part));
        let query = input::query(call.words, &narrowing.join("&"))?;
        let AsFile { format } = input::query(call.words, &asked.join("&"))?;
        let format = call.chosen(FORMAT, format, Format::from_extension)?;
        let (list, number) = (self.0)(call, query)?;
        if let Some(format) = format {
            return file(call, list, format).map(Reply::File);
        }
        let found = page(call, &list, number)?;
        Ok(Answer::of(&ListPage::of(found, |line| (self.1)(call, line)))?.into())
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        let mut query = Q::json_schema(&mut generators.asked);
        if let Some(Value::Object(all)) = query.get_mut("properties") {
            let formats = Format::ALL.map(Format::extension);
            let text = "As a file with all lines and the columns of the page of work; JSON, where \
                        none is named.";
            let format = json!({ "type": "string", "enum": formats, "description": text });
            all.insert(FORMAT.to_owned(), format);
        }
        let files = FILES;
        Described { query: Some(query), files, ..answering::<ListPage<A>>(generators) }
    }
}

fn file<L: Shown + Send + 'static>(
    call: &Call,
    list: L,
    format: Format,
) -> Result<FileAnswer, Problem> {
    let (words, store, worker) = (call.words, call.store.clone(), call.worker());
    if desk::count(&store, &worker, &list)? > export::LINES_MAX {
        let most = words.number(export::LINES_MAX);
        let said = words.fill("list.too_long", [("most", &most)]);
        return Err(Problem::refused("too_long", said));
    }
    let name = table::name::<L>(words, format, call.today());
    let write = move |out: &mut dyn std::io::Write| {
        table::write(words, &store, &worker, &list, L::FIRST, format, out)
    };
    Ok(FileAnswer::Table(name, format, Box::new(write)))
}
