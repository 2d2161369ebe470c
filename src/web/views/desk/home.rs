//! What waits for who is signed in.

use std::borrow::Cow;

use askama::Template;
use chrono::TimeDelta;

use super::Frame;
use super::orders::OrderLine;
use crate::desk::Paged;
use crate::desk::todo::{ACT_DAYS, INSPECTION_DAYS, Waits};
use crate::domain::calendar::Day;
use crate::domain::order::OrderState;
use crate::domain::role::Right;
use crate::store::order_list::ListedOrder;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::desk::{audit, destructions, lots, reports};
use crate::web::views::pages::render;

#[derive(Template)]
#[template(path = "desk/home.html")]
struct HomePage {
    frame: Frame,
    greeting: String,
    /// What waits beside orders: where it is listed, and how much there is.
    others: Vec<(String, String)>,
    groups: Vec<Group>,
    /// What to do next, where nothing waits.
    next: Option<Cow<'static, str>>,
    new_order: Option<&'static str>,
}

/// Orders that wait for one thing.
struct Group {
    heading: Cow<'static, str>,
    empty: Cow<'static, str>,
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
    today: Day,
    orders: &[(OrderState, Paged<ListedOrder>)],
    others: &[(Waits, u64)],
) -> askama::Result<String> {
    let words = frame.words;
    let details = &actor.session().account.details;
    let side = if actor.may(Right::PlaceOrders) { "mine" } else { "office" };
    let group = |(state, found): &(OrderState, Paged<ListedOrder>)| Group {
        heading: words.say(&format!("waiting.{side}.{}", state.key())),
        empty: words.say("waiting.none"),
        total: words.number(found.total),
        is_empty: found.items.is_empty(),
        all: address(Waits::Orders(*state), today),
        has_more: found.pages() > 1,
        orders: found.items.iter().map(|it| OrderLine::new(words, it)).collect(),
    };
    let other = |&(waits, count): &(Waits, u64)| {
        let said = words.fill(&format!("todo.{}", waits.key()), [("count", &*words.number(count))]);
        (address(waits, today), said)
    };
    let there: Vec<_> = others.iter().filter(|(_, count)| *count > 0).map(other).collect();
    let is_idle = there.is_empty() && orders.iter().all(|(_, found)| found.total == 0);
    render(&HomePage {
        greeting: words.fill("work.greeting", [("name", &details.name)]),
        others: there,
        groups: orders.iter().map(group).collect(),
        next: is_idle.then(|| words.say(&format!("work.next.{}", details.role.key()))),
        new_order: actor.may(Right::PlaceOrders).then_some(urls::NEW_ORDER),
        frame,
    })
}

/// Where something that waits is listed.
pub(in crate::web) fn address(waits: Waits, today: Day) -> String {
    let since = |days| today - TimeDelta::days(days);
    match waits {
        Waits::Orders(state) => format!("{}?trang_thai={}", urls::ORDERS, state.key()),
        Waits::Alarms => reports::open_alarms(),
        Waits::Reports => reports::open_ones(),
        Waits::Destructions | Waits::Recorded => {
            format!("{}?trang_thai={}", urls::DESTRUCTIONS, destructions::WAITING)
        }
        // Designs are decided on by commands; the guide says how.
        Waits::Designs => urls::HELP.to_owned(),
        Waits::Batches(stage) => format!("{}?trang_thai={}", urls::BATCHES, stage.key()),
        Waits::Reprints => urls::BATCHES.to_owned(),
        Waits::Ending => urls::RENEWALS.to_owned(),
        Waits::Recalls => format!("{}?thu_hoi_san_pham={}", urls::LOTS, lots::RECALLED[0].0),
        Waits::Inspections => format!("{}?tu={}", urls::INSPECTIONS, since(INSPECTION_DAYS)),
        Waits::Differences(difference) => {
            format!("{}?chenh_lech={}", urls::BATCHES, difference.key())
        }
        Waits::Acts => format!("{}?loai={}&tu={}", urls::AUDIT, audit::WEIGHTY, since(ACT_DAYS)),
        Waits::Licences => urls::SHOPS.to_owned(),
        Waits::Accounts(lack) => format!("{}?thieu={}", urls::ACCOUNTS, lack.key()),
        Waits::Letters => format!("{}#mail", urls::SETTINGS),
        Waits::Plans => urls::PLANS.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::desk::todo;
    use crate::domain::language::Language;
    use crate::domain::role::Role;
    use crate::web::words::Words;

    #[test]
    fn what_can_wait_for_a_role_is_said_in_both_languages_and_is_theirs_to_see() {
        for language in [Language::Vietnamese, Language::English] {
            let words = Words::of(language);
            for role in Role::ALL {
                let next = format!("work.next.{}", role.key());
                assert!(words.said(&next).is_some(), "{language:?}: {next}");
                for waits in todo::of_role(role) {
                    assert!(role.may(waits.right()), "{role:?}: {waits:?}");
                }
                for waits in todo::others(role) {
                    let key = format!("todo.{}", waits.key());
                    assert!(words.said(&key).is_some(), "{language:?}: {key}");
                }
            }
        }
    }
}
