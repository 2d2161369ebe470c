//! Lists that people look through. One design for all: a [`Shown`] says what its filter asks, what its
//! columns are and what a line of it has; the page and its files are made of that alone.

use std::borrow::Cow;

use askama::Template;

use super::{Frame, Pages, State, moment};
use crate::desk::Paged;
use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::ProducerId;
use crate::export::{Format, Value};
use crate::store::listing::{Listing, Sort};
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// The field of a filter that names a producer.
pub(in crate::web) const PRODUCER: &str = "chu_the";

/// A list as it is shown.
pub(in crate::web) trait Shown: Listing<Column: PartialEq + Send + 'static> {
    /// Its name in the text catalogue: `NAME.title`, `NAME.total`, `NAME.none`, `NAME.none_found`.
    const NAME: &'static str;
    /// Its columns.
    const COLUMNS: &'static [Column<Self::Column>];
    /// How it is sorted unless somebody asks otherwise.
    const FIRST: Sort<Self::Column>;

    /// What it can be narrowed to, and is.
    fn fields(&self, words: Words) -> Vec<Field>;

    /// A line of it, with a cell a column.
    fn line(words: Words, today: Day, line: &Self::Line) -> Line;

    /// The order that an address asks for: a column's name, with `-` before it for the greatest first.
    fn sort(asked: &str) -> Sort<Self::Column> {
        let (name, is_descending) =
            asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
        let found = Self::COLUMNS.iter().find(|column| column.name == name);
        found
            .and_then(|column| column.by)
            .map_or(Self::FIRST, |column| Sort { column, is_descending })
    }
}

/// A column.
pub(in crate::web) struct Column<C> {
    /// Its name in addresses.
    pub(in crate::web) name: &'static str,
    /// Its heading in the text catalogue.
    pub(in crate::web) label: &'static str,
    /// What the list is sorted by there, if it can be.
    pub(in crate::web) by: Option<C>,
}

/// A field of a filter.
pub(in crate::web) struct Field {
    pub(in crate::web) name: &'static str,
    pub(in crate::web) label: Cow<'static, str>,
    pub(in crate::web) input: Input,
}

/// What a field asks for.
pub(in crate::web) enum Input {
    Words(String),
    Day(String),
    Choice(Vec<Choice>),
}

/// One of several.
pub(in crate::web) struct Choice {
    pub(in crate::web) value: String,
    pub(in crate::web) label: Cow<'static, str>,
    pub(in crate::web) is_chosen: bool,
}

impl Field {
    /// Words to find.
    pub(in crate::web) fn words(words: Words, label: &str, typed: &str) -> Self {
        Self { name: "tim", label: words.say(label), input: Input::Words(typed.to_owned()) }
    }

    /// A day, or any.
    pub(in crate::web) fn day(
        words: Words,
        name: &'static str,
        label: &str,
        chosen: Option<Day>,
    ) -> Self {
        let day = chosen.map(|day| day.to_string()).unwrap_or_default();
        Self { name, label: words.say(label), input: Input::Day(day) }
    }

    /// One of several, or all.
    pub(in crate::web) fn choice(
        words: Words,
        name: &'static str,
        label: &str,
        any: &str,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        let all = Choice { value: String::new(), label: words.say(any), is_chosen: false };
        let choices = std::iter::once(all).chain(choices).collect();
        Self { name, label: words.say(label), input: Input::Choice(choices) }
    }

    /// The producer that a list is narrowed to, where it is to one: who looks drops it by choosing all.
    pub(in crate::web) fn producer(words: Words, chosen: Option<ProducerId>) -> Option<Self> {
        let chosen = chosen?.to_string();
        let label = Cow::Owned(chosen.clone());
        let choice = Choice { value: chosen, label, is_chosen: true };
        Some(Self::choice(words, PRODUCER, "parcel.producer", "orders.any_producer", [choice]))
    }

    fn value(&self) -> &str {
        match &self.input {
            Input::Words(typed) | Input::Day(typed) => typed.trim(),
            Input::Choice(choices) => {
                choices.iter().find(|it| it.is_chosen).map_or("", |chosen| &chosen.value)
            }
        }
    }
}

/// A line.
pub(in crate::web) struct Line {
    /// What it is about.
    pub(in crate::web) href: String,
    /// Its number, by which it is ticked.
    pub(in crate::web) id: String,
    pub(in crate::web) cells: Vec<Cell>,
    /// What can be done with it at once: where, and its name.
    pub(in crate::web) acts: Vec<(String, Cow<'static, str>)>,
}

/// A cell.
pub(in crate::web) enum Cell {
    Text(String),
    /// A text that leads to what the line is about.
    Link(String),
    /// A text that leads elsewhere: the text, and where.
    Way(String, String),
    Number(u64),
    Day(Day),
    Moment(Instant),
    State(State),
}

impl Cell {
    /// A producer, who leads to what is known of it.
    pub(in crate::web) fn producer(name: &str, id: ProducerId) -> Self {
        Self::Way(name.to_owned(), urls::of(urls::PRODUCER, id.0))
    }

    /// What a file has in its place.
    pub(in crate::web) fn value(self, words: Words) -> Value {
        match self {
            Self::Text(text) | Self::Link(text) | Self::Way(text, _) => Value::Text(text),
            Self::Number(number) => Value::Number(number),
            Self::Day(day) => Value::Text(words.date(day)),
            Self::Moment(at) => Value::Text(moment(words, at)),
            Self::State(state) => Value::Text(state.label.into_owned()),
        }
    }

    pub(super) fn shown(&self, words: Words) -> String {
        match self {
            Self::Text(text) | Self::Link(text) | Self::Way(text, _) => text.clone(),
            Self::Number(number) => words.number(*number),
            Self::Day(day) => words.date(*day),
            Self::Moment(at) => moment(words, *at),
            Self::State(state) => state.label.clone().into_owned(),
        }
    }
}

/// A list on a page.
pub(in crate::web) struct ListView {
    pub(in crate::web) title: Cow<'static, str>,
    pub(super) fields: Vec<Field>,
    pub(super) is_sorted: bool,
    pub(super) sort: String,
    pub(super) headings: Vec<Heading>,
    pub(super) lines: Vec<Line>,
    pub(super) total: String,
    pub(super) empty: Option<Cow<'static, str>>,
    pub(super) pages: Pages,
    /// Whether there is no such page.
    pub(in crate::web) is_beyond: bool,
    pub(super) files: Vec<(String, &'static str)>,
    /// Where ticked lines are sent, and the button's name in the catalogue.
    pub(in crate::web) ticked: Option<(&'static str, &'static str)>,
    /// Why there is no file, if one was asked for.
    pub(in crate::web) problem: Option<String>,
    pub(super) has_acts: bool,
}

pub(super) struct Heading {
    pub(super) label: Cow<'static, str>,
    /// Where the list is sorted by it.
    pub(super) href: Option<String>,
    /// How it is sorted by it now.
    pub(super) sorted: Option<&'static str>,
}

/// The headings of a list's file.
pub(in crate::web) fn headings<L: Shown>(words: Words) -> Vec<String> {
    L::COLUMNS.iter().map(|column| words.say(column.label).into_owned()).collect()
}

impl ListView {
    /// A page of a list, sorted as its address asks.
    pub(in crate::web) fn new<L: Shown>(
        words: Words,
        list: &L,
        asked: &str,
        found: &Paged<L::Line>,
        today: Day,
    ) -> Self {
        let fields = list.fields(words);
        let pairs: Vec<_> = fields.iter().map(|field| (field.name, field.value())).collect();
        let narrowed = urls::query(&pairs);
        let is_asked = L::COLUMNS.iter().any(|it| it.name == asked.trim_start_matches('-'));
        let asked = if is_asked { asked } else { "" };
        let query = format!("{narrowed}{}", urls::query(&[("sap", asked)]));
        let sort = L::sort(asked);
        let key = |end: &str| words.say(&format!("{}.{end}", L::NAME));
        let none = if narrowed.is_empty() { "none" } else { "none_found" };
        let file =
            |format: Format| (format!("?{query}tep={}", format.extension()), format.extension());
        let lines: Vec<Line> = found.items.iter().map(|it| L::line(words, today, it)).collect();
        Self {
            title: key("title"),
            headings: L::COLUMNS
                .iter()
                .map(|it| heading::<L>(words, &narrowed, sort, it))
                .collect(),
            total: words
                .fill(&format!("{}.total", L::NAME), [("count", &words.number(found.total))]),
            empty: found
                .items
                .is_empty()
                .then(|| if found.is_beyond() { words.say("list.no_page") } else { key(none) }),
            is_beyond: found.is_beyond(),
            pages: Pages::new(words, &query, found.page, found.pages()),
            files: Format::ALL.into_iter().map(file).collect(),
            has_acts: lines.iter().any(|line| !line.acts.is_empty()),
            is_sorted: !asked.is_empty(),
            sort: asked.to_owned(),
            ticked: None,
            problem: None,
            fields,
            lines,
        }
    }
}

impl ListView {
    /// Puts what there is to choose into a field of the filter, after what stands there already. A field
    /// that then has nothing to choose is left out.
    pub(in crate::web) fn offer(&mut self, name: &str, offered: Vec<(String, String)>) {
        let Some(field) = self.fields.iter_mut().find(|it| it.name == name) else { return };
        let chosen = field.value().to_owned();
        let Input::Choice(choices) = &mut field.input else { return };
        // One that was asked for by its number has its name now.
        choices.retain(|it| !offered.iter().any(|(value, _)| *value == it.value));
        let choice = |(value, label): (String, String)| {
            let is_chosen = value == chosen;
            Choice { value, label: Cow::Owned(label), is_chosen }
        };
        choices.extend(offered.into_iter().map(choice));
        if choices.len() < 2 {
            self.fields.retain(|it| it.name != name);
        }
    }
}

/// Pressed again, a heading turns the order round.
fn heading<L: Shown>(
    words: Words,
    narrowed: &str,
    sort: Sort<L::Column>,
    column: &Column<L::Column>,
) -> Heading {
    let is_by_it = column.by.is_some_and(|by| by == sort.column);
    let turned = if is_by_it && !sort.is_descending { "-" } else { "" };
    let direction = if sort.is_descending { "descending" } else { "ascending" };
    Heading {
        label: words.say(column.label),
        href: column.by.map(|_| format!("?{narrowed}sap={turned}{}", column.name)),
        sorted: is_by_it.then_some(direction),
    }
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    action: Option<(String, Cow<'static, str>)>,
}

/// A page with a list and nothing else; `action` is what one may want to do there.
pub(in crate::web) fn page(
    frame: Frame,
    list: ListView,
    action: Option<(String, &str)>,
) -> askama::Result<String> {
    let action = action.map(|(href, label)| (href, frame.words.say(label)));
    render(&ListPage { frame, list, action })
}
