//! The form for a product.

use std::borrow::Cow;

use askama::Template;

use super::Frame;
use super::list::Choice;
use crate::domain::ids::ProductId;
use crate::domain::producer::Producer;
use crate::domain::product::{Product, ProductGroup};
use crate::fonts::Unprintable;
use crate::web::urls;
use crate::web::views::desk::wording::unprintable;
use crate::web::views::finding::group;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// What the form holds.
#[derive(Default)]
pub(in crate::web) struct Typed {
    /// The version that was looked at.
    pub(in crate::web) version: i64,
    pub(in crate::web) name: String,
    pub(in crate::web) group: String,
    pub(in crate::web) net_quantity: String,
    pub(in crate::web) gtin: String,
}

/// Why nothing was kept.
pub(in crate::web) enum Problem {
    /// By its name in the text catalogue.
    Said(&'static str),
    /// A text cannot be printed.
    Unprintable(Unprintable),
    /// It may be this product, of this name.
    Alike(ProductId, String),
}

impl Problem {
    fn text(&self, words: Words) -> String {
        let text = |key: &str| format!("product.edit.problem.{key}");
        match self {
            Self::Said(key) => words.say(&text(key)).into_owned(),
            Self::Unprintable(why) => unprintable(words, why),
            Self::Alike(id, name) => {
                words.fill(&text("alike"), [("number", &*id.to_string()), ("name", name)])
            }
        }
    }

    fn is_asked(&self) -> bool {
        matches!(self, Self::Alike(..))
    }
}

impl Typed {
    /// What the register has.
    pub(in crate::web) fn of(product: &Product) -> Self {
        let details = &product.details;
        Self {
            version: product.version,
            name: details.name.clone(),
            group: details.group.number().to_string(),
            net_quantity: details.net_quantity.clone().unwrap_or_default(),
            gtin: details.gtin.map(|gtin| gtin.to_string()).unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "desk/product_form.html")]
struct ProductForm<'a> {
    frame: Frame,
    path: String,
    back: String,
    /// Whose new product it is.
    producer: Option<String>,
    problem: Option<String>,
    /// Whether somebody must say that it is not the product it is written like.
    is_asked: bool,
    /// What somebody else wrote meanwhile, where it is not what was typed.
    theirs: Vec<(Cow<'static, str>, String)>,
    typed: &'a Typed,
    groups: Vec<Choice>,
}

/// The form for another product of a producer.
pub(in crate::web) fn blank(
    frame: Frame,
    producer: &Producer,
    typed: &Typed,
    problem: Option<&Problem>,
) -> askama::Result<String> {
    render(&ProductForm {
        path: urls::of(urls::NEW_PRODUCT, producer.id.0),
        back: urls::of(urls::PRODUCER, producer.id.0),
        producer: Some(producer.details.name.clone()),
        problem: problem.map(|it| it.text(frame.words)),
        is_asked: problem.is_some_and(Problem::is_asked),
        theirs: Vec::new(),
        typed,
        groups: groups(frame.words, typed),
        frame,
    })
}

/// The form for a product; `theirs` is what the register has, where somebody else changed it meanwhile.
pub(in crate::web) fn page(
    frame: Frame,
    id: i64,
    typed: &Typed,
    theirs: Option<&Product>,
    problem: Option<&Problem>,
) -> askama::Result<String> {
    let words = frame.words;
    render(&ProductForm {
        path: urls::of(urls::EDIT_PRODUCT, id),
        back: urls::of(urls::PRODUCT, id),
        producer: None,
        problem: problem.map(|it| it.text(words)),
        is_asked: problem.is_some_and(Problem::is_asked),
        theirs: theirs.map(|theirs| different(words, typed, theirs)).unwrap_or_default(),
        typed,
        groups: groups(words, typed),
        frame,
    })
}

fn groups(words: Words, typed: &Typed) -> Vec<Choice> {
    let choice = |it: ProductGroup| Choice {
        value: it.number().to_string(),
        label: group(words, it),
        is_chosen: it.number().to_string() == typed.group,
    };
    ProductGroup::ALL.into_iter().map(choice).collect()
}

fn different(words: Words, typed: &Typed, theirs: &Product) -> Vec<(Cow<'static, str>, String)> {
    let known = Typed::of(theirs);
    let named = group(words, theirs.details.group).into_owned();
    let fields = [
        ("product.edit.name", &typed.name, &known.name, known.name.clone()),
        ("products.group", &typed.group, &known.group, named),
        (
            "product.net_quantity",
            &typed.net_quantity,
            &known.net_quantity,
            known.net_quantity.clone(),
        ),
        ("trace.gtin", &typed.gtin, &known.gtin, known.gtin.clone()),
    ];
    let differ = fields.into_iter().filter(|(_, typed, known, _)| typed != known);
    let shown = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    differ.map(|(key, _, _, text)| (words.say(key), shown(text))).collect()
}
