//! The form for a producer.

use std::borrow::Cow;

use askama::Template;

use super::Frame;
use super::list::Choice;
use super::producers::{communes, kinds};
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::{Producer, ProducerKind};
use crate::fonts::Unprintable;
use crate::web::urls;
use crate::web::views::desk::wording::unprintable;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// What the form holds.
#[derive(Default)]
pub(in crate::web) struct Typed {
    /// The version that was looked at.
    pub(in crate::web) version: i64,
    pub(in crate::web) kind: String,
    pub(in crate::web) name: String,
    pub(in crate::web) tax_code: String,
    pub(in crate::web) address: String,
    /// Code of the commune.
    pub(in crate::web) commune: String,
    pub(in crate::web) phone: String,
    pub(in crate::web) email: String,
}

/// Why nothing was kept.
pub(in crate::web) enum Problem {
    /// By its name in the text catalogue.
    Said(&'static str),
    /// A text cannot be printed.
    Unprintable(Unprintable),
    /// It may be this producer, of this name.
    Alike(ProducerId, String),
    /// Another producer has it: which problem, by its name in the text catalogue, and who.
    Taken(&'static str, ProducerId),
}

impl Problem {
    /// The producer that it is about.
    fn other(&self) -> Option<ProducerId> {
        match self {
            Self::Alike(other, _) | Self::Taken(_, other) => Some(*other),
            Self::Said(_) | Self::Unprintable(_) => None,
        }
    }

    fn text(&self, words: Words) -> String {
        let number = self.other().map(|it| it.to_string()).unwrap_or_default();
        let (key, name) = match self {
            Self::Said(key) | Self::Taken(key, _) => (*key, ""),
            Self::Alike(_, name) => ("alike", &**name),
            Self::Unprintable(why) => return unprintable(words, why),
        };
        let places = [("number", &*number), ("name", name)];
        words.fill(&format!("producer.edit.problem.{key}"), places)
    }
}

impl Typed {
    /// What the register has.
    pub(in crate::web) fn of(producer: &Producer) -> Self {
        let details = producer.details.clone();
        Self {
            version: producer.version,
            kind: details.kind.key().to_owned(),
            name: details.name,
            tax_code: details.tax_code.unwrap_or_default(),
            address: details.address.unwrap_or_default(),
            commune: details.contact.commune.map(|it| it.code().to_owned()).unwrap_or_default(),
            phone: details.contact.phone.unwrap_or_default(),
            email: details.contact.email.unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "desk/producer_form.html")]
struct ProducerForm<'a> {
    frame: Frame,
    path: String,
    back: String,
    is_new: bool,
    problem: Option<Cow<'static, str>>,
    /// Where the producer is that has the name or the tax code.
    other: Option<String>,
    /// Whether somebody must say that it is not that one.
    is_asked: bool,
    /// What somebody else wrote meanwhile, where it is not what was typed.
    theirs: Vec<(Cow<'static, str>, String)>,
    typed: &'a Typed,
    kinds: Vec<Choice>,
    communes: Vec<Choice>,
}

/// The form for a producer, or with no `id` for another; `theirs` is what the register has, where
/// somebody else changed it meanwhile.
pub(in crate::web) fn page(
    frame: Frame,
    id: Option<ProducerId>,
    typed: &Typed,
    theirs: Option<&Producer>,
    problem: Option<Problem>,
) -> askama::Result<String> {
    let words = frame.words;
    let of =
        |pattern: &str, new: &str| id.map_or_else(|| new.to_owned(), |id| urls::of(pattern, id.0));
    let other = problem.as_ref().and_then(Problem::other);
    let is_asked = matches!(problem, Some(Problem::Alike(..)));
    render(&ProducerForm {
        path: of(urls::EDIT_PRODUCER, urls::NEW_PRODUCER),
        back: of(urls::PRODUCER, urls::PRODUCERS),
        is_new: id.is_none(),
        is_asked,
        problem: problem.map(|problem| problem.text(words).into()),
        other: other.map(|other| urls::of(urls::PRODUCER, other.0)),
        theirs: theirs.map(|theirs| different(words, typed, theirs)).unwrap_or_default(),
        typed,
        kinds: kinds(words, ProducerKind::from_key(&typed.kind)).collect(),
        communes: communes(Commune::from_code(&typed.commune)),
        frame,
    })
}

fn different(words: Words, typed: &Typed, theirs: &Producer) -> Vec<(Cow<'static, str>, String)> {
    let known = Typed::of(theirs);
    let kind = words.say(&format!("producer_kind.{}", known.kind)).into_owned();
    let commune = theirs.details.contact.commune.map(|it| it.title().to_owned());
    let same = |text: &String| text.clone();
    let fields = [
        ("trace.producer_kind", &typed.kind, &known.kind, kind),
        ("producer.name", &typed.name, &known.name, same(&known.name)),
        ("producer.tax_code", &typed.tax_code, &known.tax_code, same(&known.tax_code)),
        ("trace.producer_address", &typed.address, &known.address, same(&known.address)),
        ("producer.commune", &typed.commune, &known.commune, commune.unwrap_or_default()),
        ("producer.phone", &typed.phone, &known.phone, same(&known.phone)),
        ("producer.email", &typed.email, &known.email, same(&known.email)),
    ];
    let differ = fields.into_iter().filter(|(_, typed, known, _)| typed != known);
    let shown = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    differ.map(|(key, _, _, text)| (words.say(key), shown(text))).collect()
}
