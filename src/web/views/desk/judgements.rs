//! A decision about many products.

use std::borrow::Cow;

use askama::Template;

use super::list::Choice;
use super::{Frame, State, products, wording};
use crate::desk::judgements::Subject;
use crate::domain::calendar::Day;
use crate::domain::judgement::JudgementKind;
use crate::domain::recognition::Standing;
use crate::register::RegisterError;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// A form for a decision, as it was filled in.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Typed {
    pub(in crate::web) products: String,
    pub(in crate::web) kind: String,
    pub(in crate::web) number: String,
    pub(in crate::web) signed_on: String,
    pub(in crate::web) signer: String,
    pub(in crate::web) effective_on: String,
    pub(in crate::web) reason: String,
}

#[derive(Template)]
#[template(path = "desk/judgement.html")]
struct JudgementPage<'a> {
    frame: Frame,
    typed: &'a Typed,
    kinds: Vec<Choice>,
    subjects: Vec<Line>,
    total: String,
    preview: Option<Preview>,
    problem: Option<String>,
}

/// What the decision will do.
struct Preview {
    said: String,
    /// What it says of itself, each with its name.
    facts: Vec<(Cow<'static, str>, String)>,
    is_possible: bool,
}

/// A product on the list.
struct Line {
    href: String,
    name: String,
    producer: String,
    now: State,
    after: Option<Result<State, String>>,
    open_orders: String,
    unused_stamps: String,
}

/// The form, or with `outcomes`, one a product, what it will do.
pub(in crate::web) fn page(
    frame: Frame,
    subjects: &[Subject],
    outcomes: Option<&[Result<Standing, RegisterError>]>,
    typed: &Typed,
    today: Day,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let kind = |it: JudgementKind| Choice {
        value: it.key().to_owned(),
        label: words.say(&format!("product.do.{}", it.key())),
        is_chosen: typed.kind == it.key(),
    };
    let after = |at: usize| outcomes.and_then(|all| all.get(at)).map(|it| after(words, it));
    let lines = subjects.iter().enumerate().map(|(at, it)| line(words, it, after(at), today));
    render(&JudgementPage {
        kinds: JudgementKind::ALL.into_iter().map(kind).collect(),
        subjects: lines.collect(),
        total: words.fill("products.total", [("count", &number(words, subjects.len()))]),
        preview: outcomes.map(|outcomes| preview(words, subjects, outcomes, typed)),
        typed,
        problem,
        frame,
    })
}

fn preview(
    words: Words,
    subjects: &[Subject],
    outcomes: &[Result<Standing, RegisterError>],
    typed: &Typed,
) -> Preview {
    let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    let orders: u64 = subjects.iter().map(|it| it.open_orders).sum();
    let stamps: u64 = subjects.iter().map(|it| it.unused_stamps).sum();
    let (count, refused_said) = (number(words, subjects.len()), number(words, refused));
    let (orders, stamps) = (words.number(orders), words.number(stamps));
    let said = if refused > 0 {
        words.fill("judgement.impossible", [("count", &*count), ("refused", &*refused_said)])
    } else {
        let places = [("count", &*count), ("orders", &*orders), ("stamps", &*stamps)];
        words.fill("judgement.will", places)
    };
    let date = |typed: &str| {
        let day = Day::parse_from_str(typed.trim(), "%Y-%m-%d");
        day.map(|day| words.date(day)).unwrap_or_default()
    };
    let fact = |label: &str, value: String| (words.say(label), value);
    let facts = vec![
        fact("judgement.kind", words.say(&format!("product.do.{}", typed.kind)).into_owned()),
        fact("product.decision", typed.number.clone()),
        fact("judgement.signed_on", date(&typed.signed_on)),
        fact("judgement.signer", typed.signer.clone()),
        fact("product.from", date(&typed.effective_on)),
        fact("act.reason", typed.reason.clone()),
    ];
    Preview { said, facts, is_possible: refused == 0 && !subjects.is_empty() }
}

fn line(words: Words, subject: &Subject, after: Option<Result<State, String>>, today: Day) -> Line {
    let listed = &subject.listed;
    Line {
        href: urls::of(urls::PRODUCT, listed.product.id.0),
        name: listed.product.details.name.clone(),
        producer: listed.producer.details.name.clone(),
        now: products::standing(words, listed.recognition.as_ref(), today),
        after,
        open_orders: words.number(subject.open_orders),
        unused_stamps: words.number(subject.unused_stamps),
    }
}

fn after(words: Words, outcome: &Result<Standing, RegisterError>) -> Result<State, String> {
    match outcome {
        Ok(standing) => Ok(products::state_of(words, standing)),
        Err(why) => Err(wording::judgement(words, why)),
    }
}

fn number(words: Words, count: usize) -> String {
    words.number(u64::try_from(count).unwrap_or(u64::MAX))
}
