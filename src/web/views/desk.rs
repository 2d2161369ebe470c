//! What the pages of work show.

mod account;
pub(in crate::web) mod accounts;
pub(in crate::web) mod acts;
pub(in crate::web) mod annexes;
pub(in crate::web) mod api;
pub(in crate::web) mod asked;
pub(in crate::web) mod audit;
pub(in crate::web) mod batches;
pub(in crate::web) mod dashboard;
pub(in crate::web) mod destructions;
pub(in crate::web) mod guides;
pub(in crate::web) mod home;
pub(in crate::web) mod inspections;
pub(in crate::web) mod judgements;
pub(in crate::web) mod list;
pub(in crate::web) mod lots;
pub(in crate::web) mod orders;
pub(in crate::web) mod papers;
pub(in crate::web) mod producer_edits;
pub(in crate::web) mod producers;
pub(in crate::web) mod product_edits;
pub(in crate::web) mod products;
mod progress;
mod reconciliation;
pub(in crate::web) mod records;
mod renewals;
pub(in crate::web) mod reports;
pub(in crate::web) mod settings;
pub(in crate::web) mod sheets;
pub(in crate::web) mod sign_in;
pub(in crate::web) mod stamps;
pub(in crate::web) mod tokens;
pub(in crate::web) mod wording;

use std::borrow::Cow;

use crate::domain::audit::Entry;
use crate::domain::calendar::{Instant, vietnam_time};
use crate::domain::role::Right;
use crate::web::desk::Actor;
use crate::web::extract::Visitor;
use crate::web::guides::fitting;
use crate::web::words::Words;
use crate::web::{assets, urls};

/// The frame around a page of work.
pub(in crate::web) struct Frame {
    pub(in crate::web) words: Words,
    pub(in crate::web) title: Cow<'static, str>,
    pub(in crate::web) stylesheets: [&'static str; 2],
    pub(in crate::web) icon: &'static str,
    /// Who is signed in and may go on, if anyone.
    pub(in crate::web) person: Option<Person>,
    /// Where that person may go.
    pub(in crate::web) places: Vec<Link>,
    /// What forms hold.
    pub(in crate::web) form_key: Option<String>,
    /// What was just done.
    pub(in crate::web) notice: Option<Cow<'static, str>>,
    /// Where help for this page is.
    pub(in crate::web) help: String,
    pub(in crate::web) switch_href: String,
    pub(in crate::web) switch_tag: &'static str,
}

/// Who is signed in.
pub(in crate::web) struct Person {
    pub(in crate::web) name: String,
    pub(in crate::web) role: Cow<'static, str>,
}

/// A way to go.
pub(in crate::web) struct Link {
    pub(in crate::web) href: &'static str,
    pub(in crate::web) label: Cow<'static, str>,
    pub(in crate::web) is_here: bool,
}

/// Every place of work, with the right to be there and its name in the catalogue.
const PLACES: [(&str, Right, &str); 18] = [
    (urls::WORK, Right::SignedIn, "place.work"),
    (urls::DASHBOARD, Right::Reconcile, "place.dashboard"),
    (urls::ORDERS, Right::SeeOrders, "place.orders"),
    (urls::PRODUCTS, Right::SeeProducts, "place.products"),
    (urls::PRODUCERS, Right::SeeProducts, "place.producers"),
    (urls::RENEWALS, Right::SeeProducts, "place.renewals"),
    (urls::BATCHES, Right::SeeBatches, "place.batches"),
    (urls::LOTS, Right::SeeProducts, "place.lots"),
    (urls::RECONCILIATION, Right::Reconcile, "place.reconciliation"),
    (urls::DESTRUCTIONS, Right::Reconcile, "place.destructions"),
    (urls::INSPECTIONS, Right::SeeInspections, "place.inspections"),
    (urls::REPORTS, Right::SeeReports, "place.reports"),
    (urls::ACCOUNTS, Right::Administer, "place.accounts"),
    (urls::SHOPS, Right::Administer, "place.shops"),
    (urls::PLANS, Right::Administer, "place.plans"),
    (urls::AUTHORITIES, Right::Administer, "place.authorities"),
    (urls::AUDIT, Right::ReadAudit, "place.audit"),
    (urls::SETTINGS, Right::ReadAudit, "place.settings"),
];

impl Frame {
    /// The frame of a page at an address, under a title from the catalogue; `done` is what was
    /// just done, by its name in the catalogue.
    pub(in crate::web) fn new(
        visitor: Visitor,
        actor: Option<&Actor>,
        (path, query): (&str, &str),
        title: &str,
        done: Option<&str>,
    ) -> Self {
        let words = visitor.words;
        let is_through = actor.filter(|actor| actor.session().pending().is_none());
        Self {
            words,
            title: words.say(title),
            stylesheets: [&assets::STYLESHEET.url, &assets::DESK_STYLESHEET.url],
            icon: &assets::ICON.url,
            person: actor.map(|actor| Person::new(words, actor)),
            places: is_through.map(|actor| places(words, actor, path)).unwrap_or_default(),
            form_key: None,
            notice: done.and_then(|done| words.said(&format!("done.{done}"))),
            help: fitting(actor.map(|actor| actor.session().account.details.role), path),
            switch_href: urls::in_language_at(path, words.other_tag(), query),
            switch_tag: words.other_tag(),
        }
    }
}

impl Person {
    fn new(words: Words, actor: &Actor) -> Self {
        let details = &actor.session().account.details;
        let role = words.say(&format!("role.{}", details.role.key()));
        Self { name: details.name.clone(), role }
    }
}

fn places(words: Words, actor: &Actor, path: &str) -> Vec<Link> {
    let may = PLACES.into_iter().filter(|(_, right, _)| actor.may(*right));
    let link = |(href, _, label): (&'static str, Right, &str)| Link {
        href,
        label: words.say(label),
        is_here: urls::is_at(path, href),
    };
    may.map(link).collect()
}

/// How something stands, as a word with a colour.
pub(in crate::web) struct State {
    pub(in crate::web) class: &'static str,
    pub(in crate::web) label: Cow<'static, str>,
}

/// A line of a history.
pub(in crate::web) struct Line {
    pub(in crate::web) when: String,
    pub(in crate::web) who: String,
    pub(in crate::web) what: Cow<'static, str>,
    pub(in crate::web) detail: String,
}

/// A history, the latest first.
pub(in crate::web) fn lines(words: Words, history: &[Entry]) -> Vec<Line> {
    let line = |entry: &Entry| Line {
        when: moment(words, entry.at),
        who: acts::actor(entry),
        what: acts::action(words, entry.action),
        detail: acts::detail(words, entry),
    };
    history.iter().rev().map(line).collect()
}

/// `08:05, 04/03/2026`, in Việt Nam.
pub(in crate::web) fn moment(words: Words, at: Instant) -> String {
    let local = vietnam_time(at);
    format!("{}, {}", words.time(local), words.date(local.date()))
}

/// The pages of a long list.
pub(in crate::web) struct Pages {
    pub(in crate::web) before: Option<String>,
    pub(in crate::web) after: Option<String>,
    pub(in crate::web) here: String,
}

impl Pages {
    /// Page `page` of `pages`; `query` narrows the list down, and ends in `&` where there is one.
    pub(in crate::web) fn new(words: Words, query: &str, page: u32, pages: u64) -> Self {
        let link = |page: u32| format!("?{query}trang={page}");
        let numbers = [("page", &*words.number(page.into())), ("pages", &*words.number(pages))];
        // Beyond the last, the last is before.
        let last = u32::try_from(pages).unwrap_or(u32::MAX);
        Self {
            before: (page > 1).then(|| link((page - 1).min(last))),
            after: (u64::from(page) < pages).then(|| link(page + 1)),
            here: words.fill("list.page", numbers),
        }
    }
}
