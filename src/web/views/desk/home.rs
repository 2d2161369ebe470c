//! What waits for who is signed in.

use askama::Template;

use super::Frame;
use super::orders::OrderLine;
use crate::desk::Paged;
use crate::domain::order::OrderState;
use crate::domain::role::Right;
use crate::store::order_list::ListedOrder;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;

#[derive(Template)]
#[template(path = "desk/home.html")]
struct HomePage {
    frame: Frame,
    greeting: String,
    /// Recognitions that end before long: where they are listed, and how many.
    ending: Option<(&'static str, String)>,
    /// Reports that are not settled: where they are listed, and how many.
    reports: Option<(String, String)>,
    groups: Vec<Group>,
    new_order: Option<&'static str>,
}

/// Orders that wait for one thing.
struct Group {
    heading: std::borrow::Cow<'static, str>,
    empty: std::borrow::Cow<'static, str>,
    total: String,
    is_empty: bool,
    all: String,
    has_more: bool,
    orders: Vec<OrderLine>,
}

/// The page after signing in.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    waiting: &[(OrderState, Paged<ListedOrder>)],
    (ending, reports): (u64, u64),
) -> askama::Result<String> {
    let words = frame.words;
    let side = if actor.may(Right::PlaceOrders) { "mine" } else { "office" };
    let group = |(state, found): &(OrderState, Paged<ListedOrder>)| Group {
        heading: words.say(&format!("waiting.{side}.{}", state.key())),
        empty: words.say("waiting.none"),
        total: words.number(found.total),
        is_empty: found.items.is_empty(),
        all: format!("{}?trang_thai={}", urls::ORDERS, state.key()),
        has_more: found.pages() > 1,
        orders: found.items.iter().map(|it| OrderLine::new(words, it)).collect(),
    };
    let name = &actor.session().account.details.name;
    render(&HomePage {
        greeting: words.fill("work.greeting", [("name", name)]),
        ending: (ending > 0).then(|| {
            (urls::RENEWALS, words.fill("work.ending", [("count", &words.number(ending))]))
        }),
        reports: (reports > 0).then(|| {
            let said = words.fill("work.reports", [("count", &words.number(reports))]);
            (super::reports::open_ones(), said)
        }),
        groups: waiting.iter().map(group).collect(),
        new_order: actor.may(Right::PlaceOrders).then_some(urls::NEW_ORDER),
        frame,
    })
}
