//! How things stand: numbers, each with its chart, its table and what it says in words.

use std::borrow::Cow;

use askama::Template;

use super::Frame;
use crate::charts::{self, Bar, ChartError};
use crate::desk::dashboard::Dashboard;
use crate::domain::role::Right;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// Communes shown by name; the others are one bar.
const COMMUNES_MAX: usize = 10;

#[derive(Template)]
#[template(path = "desk/dashboard.html")]
struct DashboardPage {
    frame: Frame,
    /// Counts that lead to their lists: name, count, where.
    counts: Vec<(String, String, String)>,
    figures: Vec<Figure>,
}

/// A chart with its table.
struct Figure {
    id: &'static str,
    title: Cow<'static, str>,
    /// What the chart shows, for who does not see it.
    said: String,
    svg: String,
    headings: Vec<Cow<'static, str>>,
    rows: Vec<Vec<String>>,
    /// Names of the lines, where there are several.
    legend: Vec<(&'static str, Cow<'static, str>)>,
}

/// The page.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    numbers: &Dashboard,
) -> askama::Result<String> {
    let words = frame.words;
    let figures = figures(words, numbers).map_err(|why| askama::Error::Custom(why.into()))?;
    render(&DashboardPage { counts: counts(words, actor, numbers), figures, frame })
}

fn counts(words: Words, actor: &Actor, numbers: &Dashboard) -> Vec<(String, String, String)> {
    let side = if actor.may(Right::PlaceOrders) { "mine" } else { "office" };
    let waiting = numbers.waiting.iter().map(|(state, count)| {
        let name = words.say(&format!("waiting.{side}.{}", state.key())).into_owned();
        let query = urls::query(&[("trang_thai", state.key())]);
        (name, words.number(*count), format!("{}?{query}", urls::ORDERS))
    });
    let ending = numbers.endings.iter().map(|(days, count)| {
        let days = days.to_string();
        let name = words.fill("dashboard.ending", [("days", &days)]);
        let query = urls::query(&[("trong", &days)]);
        (name, words.number(*count), format!("{}?{query}", urls::RENEWALS))
    });
    let may_see = actor.may(Right::SeeProducts);
    waiting.chain(ending.filter(|_| may_see)).collect()
}

fn figures(words: Words, numbers: &Dashboard) -> Result<Vec<Figure>, ChartError> {
    let states = numbers.by_state.iter().map(|(state, stamps)| {
        (words.say(&format!("stamp.{}", state.key())).into_owned(), *stamps)
    });
    let stars = numbers.by_stars.iter().map(|(stars, stamps)| {
        (words.fill("recognition.stars", [("stars", &stars.get().to_string())]), *stamps)
    });
    Ok(vec![
        stamps(words, "state", &states.collect::<Vec<_>>())?,
        stamps(words, "stars", &stars.collect::<Vec<_>>())?,
        stamps(words, "commune", &communes(words, numbers))?,
        scans(words, numbers)?,
    ])
}

fn communes(words: Words, numbers: &Dashboard) -> Vec<(String, u64)> {
    let name = |name: &Option<String>| {
        name.clone().unwrap_or_else(|| words.say("dashboard.no_commune").into_owned())
    };
    let (shown, others) = numbers.by_commune.split_at(numbers.by_commune.len().min(COMMUNES_MAX));
    let mut all: Vec<_> = shown.iter().map(|(it, stamps)| (name(it), *stamps)).collect();
    if !others.is_empty() {
        let count = words.number(u64::try_from(others.len()).unwrap_or(u64::MAX));
        let label = words.fill("dashboard.other_communes", [("count", &count)]);
        all.push((label, others.iter().map(|(_, stamps)| *stamps).sum()));
    }
    all
}

/// A chart of stamps, by whatever their parts are named.
fn stamps(words: Words, key: &'static str, parts: &[(String, u64)]) -> Result<Figure, ChartError> {
    let bar = |(label, value): &(String, u64)| Bar {
        label: label.clone(),
        value: *value,
        shown: words.number(*value),
    };
    let title = words.say(&format!("dashboard.{key}.title"));
    let total: u64 = parts.iter().map(|(_, stamps)| *stamps).sum();
    let most = parts.iter().max_by_key(|(_, stamps)| *stamps).filter(|_| total > 0);
    let most = most.map_or_else(
        || words.say("dashboard.nothing").into_owned(),
        |(name, stamps)| {
            let places = [("name", &**name), ("stamps", &*words.number(*stamps))];
            words.fill("dashboard.most", places)
        },
    );
    Ok(Figure {
        id: key,
        said: format!("{title}. {most}"),
        svg: if total > 0 {
            charts::bars(&parts.iter().map(bar).collect::<Vec<_>>())?
        } else {
            String::new()
        },
        headings: vec![words.say(&format!("dashboard.{key}.name")), words.say("account.stamps")],
        rows: parts.iter().map(|(name, it)| vec![name.clone(), words.number(*it)]).collect(),
        legend: Vec::new(),
        title,
    })
}

fn scans(words: Words, numbers: &Dashboard) -> Result<Figure, ChartError> {
    let days: Vec<(u64, u64)> =
        numbers.scans.iter().map(|(_, day)| (day.scans, day.warnings)).collect();
    let name = |at: usize| {
        let day = numbers.scans.get(at).map(|(day, _)| day.format("%d/%m").to_string());
        day.unwrap_or_default()
    };
    let (all, warned) = days.iter().fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
    let places = [("scans", &*words.number(all)), ("warnings", &*words.number(warned))];
    let row = |(day, it): &(_, crate::store::scan_days::DayScans)| {
        vec![words.date(*day), words.number(it.scans), words.number(it.warnings)]
    };
    let was_scanned = |(_, it): &&(_, crate::store::scan_days::DayScans)| it.scans > 0;
    Ok(Figure {
        id: "scans",
        title: words.say("dashboard.scans.title"),
        said: words.fill("dashboard.scans.said", places),
        svg: charts::lines(&days, name)?,
        headings: ["day", "scans", "warnings"]
            .map(|key| words.say(&format!("dashboard.scans.{key}")))
            .into(),
        rows: numbers.scans.iter().rev().filter(was_scanned).map(row).collect(),
        legend: vec![
            ("solid", words.say("dashboard.scans.scans")),
            ("dashed", words.say("dashboard.scans.warnings")),
        ],
    })
}
