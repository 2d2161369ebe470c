//! How things stand: recognitions that end, numbers, reconciliation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line, words};
use super::lists::Narrowed;
use super::operation::NoQuery;
use super::problem::Problem;
use super::products::{self, ProductJson};
use super::shapes::{Named, PageNumber};
use crate::code::text;
use crate::desk::dashboard;
use crate::desk::todo::order_states;
use crate::domain::calendar::Day;
use crate::domain::ids::{ProducerId, ProductId, ShopId};
use crate::domain::order::OrderState;
use crate::domain::recognition::REMINDER_DAYS;
use crate::domain::role::Right;
use crate::domain::stamp::StampState;
use crate::store::reconciliation_list::{Group, GroupAccount, Grouping, ReconciliationFilter};
use crate::store::renewal_list::{Ending, RenewalFilter};

/// What a list of renewals is narrowed to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct RenewalQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// Ending within so many days, today counted in; the longest term where none is named.
    #[schemars(extend("enum" = REMINDER_DAYS))]
    within_days: Option<u16>,
    /// With these words in the name of the product or its producer, accented or not.
    q: Option<Line>,
}

/// A recognition that ends before long.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Ending")]
pub(in crate::web) struct EndingJson {
    /// The product, with the recognition.
    product: ProductJson,
    /// The last day.
    ends_on: Day,
    /// Days until then.
    days_left: i64,
    /// The product's orders that are under way.
    open_orders: u64,
    /// Its stamps that nobody used yet.
    unused_stamps: u64,
}

/// How things stand, in numbers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Dashboard")]
pub(in crate::web) struct DashboardJson {
    /// Orders that wait for who asks, by state.
    waiting: Vec<WaitingJson>,
    /// Recognitions that end before long.
    ending: Vec<EndingCount>,
    /// Stamps by where they stand.
    stamps_by_state: Vec<ByState>,
    /// Stamps by the stars printed on them.
    stamps_by_stars: Vec<ByStars>,
    /// Stamps by the commune of the producer's address, most first.
    stamps_by_commune: Vec<ByCommune>,
    /// Scans day by day, oldest first.
    scans: Vec<ScansOfDay>,
}

/// Orders in a state.
#[derive(Serialize, JsonSchema)]
struct WaitingJson {
    /// The state.
    #[schemars(extend("enum" = OrderState::ALL.map(OrderState::key)))]
    state: &'static str,
    /// How many.
    orders: u64,
}

/// Recognitions that end within so many days.
#[derive(Serialize, JsonSchema)]
struct EndingCount {
    /// Days.
    within_days: u16,
    /// How many.
    recognitions: u64,
}

/// Stamps in a state.
#[derive(Serialize, JsonSchema)]
struct ByState {
    /// The state.
    #[schemars(extend("enum" = StampState::ALL.map(StampState::key)))]
    state: &'static str,
    /// How many.
    stamps: u64,
}

/// Stamps with stars.
#[derive(Serialize, JsonSchema)]
struct ByStars {
    /// Stars printed.
    stars: u8,
    /// How many.
    stamps: u64,
}

/// Stamps of producers in a commune.
#[derive(Serialize, JsonSchema)]
struct ByCommune {
    /// The commune; none of producers without an address.
    commune: Option<String>,
    /// How many.
    stamps: u64,
}

/// Scans of a day.
#[derive(Serialize, JsonSchema)]
struct ScansOfDay {
    /// The day.
    day: Day,
    /// How many.
    scans: u64,
    /// How many of them were answered with a concern.
    warnings: u64,
}

/// Which batches are summed up, and by what.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ReconciliationQuery {
    /// The page, from 1.
    page: Option<PageNumber>,
    /// By what; by product where nothing is named.
    #[schemars(extend("enum" = Grouping::ALL.map(Grouping::key)))]
    by: Option<String>,
    /// Of the product of this number.
    product: Option<i64>,
    /// Of the producer of this number.
    producer: Option<i64>,
    /// Given to the print shop of this number.
    print_shop: Option<i64>,
    /// With these words in the name of the product or its producer, accented or not.
    q: Option<Line>,
    /// Issued on this day or later.
    from: Option<Date>,
    /// Issued on this day or before.
    to: Option<Date>,
}

/// The account of batches together: issued = `in_print` + `void_in_print` + `handed_over`, and
/// `handed_over` = unused + activated + `void_after_hand_over`.
#[derive(Default, Serialize, JsonSchema)]
#[schemars(rename = "AccountSum")]
pub(in crate::web) struct SumJson {
    /// The batch, where they are summed up by it.
    batch: Option<String>,
    /// The product, where they are summed up by it.
    product: Option<Named>,
    /// The producer, where they are summed up by it.
    producer: Option<Named>,
    /// The print shop, where they are summed up by it and were given to one.
    print_shop: Option<Named>,
    /// The first day of the month of issue, where they are summed up by it.
    month: Option<Day>,
    /// How many batches.
    batches: u64,
    /// Codes issued.
    issued: u64,
    /// Still in print.
    in_print: u64,
    /// Spoiled, lost, destroyed or cancelled in print.
    void_in_print: u64,
    /// Handed over.
    handed_over: u64,
    /// Unused, at the producer.
    unused: u64,
    /// On goods.
    activated: u64,
    /// Spoiled, lost, destroyed or cancelled afterwards.
    void_after_hand_over: u64,
}

/// Recognitions that end before long, the first to end first.
pub(in crate::web) fn renewals(call: &Call, query: RenewalQuery) -> Narrowed<RenewalFilter> {
    let [longest, ..] = REMINDER_DAYS;
    let within_days = query.within_days.unwrap_or(longest);
    if !REMINDER_DAYS.contains(&within_days) {
        return Err(Problem::parameter(call.words, "#/within_days", "invalid"));
    }
    Ok((RenewalFilter { within_days, words: words(query.q) }, query.page))
}

/// A recognition on the list.
pub(in crate::web) fn ending(call: &Call, ending: Ending) -> EndingJson {
    EndingJson {
        ends_on: ending.ends_on,
        days_left: (ending.ends_on - call.today()).num_days(),
        open_orders: ending.open_orders,
        unused_stamps: ending.unused_stamps,
        product: products::line(call, ending.listed),
    }
}

/// How things stand.
pub(in crate::web) fn dashboard(call: &Call, _: NoQuery) -> Result<DashboardJson, Problem> {
    let role = call.caller.account().details.role;
    let waiting = if call.caller.may(Right::SeeOrders) { order_states(role) } else { &[] };
    let numbers = dashboard::numbers(&call.store, &call.worker(), waiting)?;
    let by_state = numbers.by_state.into_iter();
    let by_stars = numbers.by_stars.into_iter();
    let by_commune = numbers.by_commune.into_iter();
    Ok(DashboardJson {
        waiting: (numbers.waiting.into_iter())
            .map(|(state, orders)| WaitingJson { state: state.key(), orders })
            .collect(),
        ending: (numbers.endings.into_iter())
            .map(|(within_days, recognitions)| EndingCount { within_days, recognitions })
            .collect(),
        stamps_by_state: by_state
            .map(|(state, stamps)| ByState { state: state.key(), stamps })
            .collect(),
        stamps_by_stars: by_stars
            .map(|(stars, stamps)| ByStars { stars: stars.get(), stamps })
            .collect(),
        stamps_by_commune: by_commune
            .map(|(commune, stamps)| ByCommune { commune, stamps })
            .collect(),
        scans: (numbers.scans.into_iter())
            .map(|(day, it)| ScansOfDay { day, scans: it.scans, warnings: it.warnings })
            .collect(),
    })
}

/// What was issued against what became of it.
pub(in crate::web) fn sums(
    call: &Call,
    query: ReconciliationQuery,
) -> Narrowed<ReconciliationFilter> {
    let by = call.chosen("by", query.by, Grouping::from_key)?;
    let filter = ReconciliationFilter {
        by: by.unwrap_or_default(),
        product: query.product.map(ProductId),
        producer: query.producer.map(ProducerId),
        shop: query.print_shop.map(ShopId),
        words: words(query.q),
        shop_words: String::new(),
        from: query.from.map(|date| date.0),
        to: query.to.map(|date| date.0),
    };
    Ok((filter, query.page))
}

/// A sum on the list.
pub(in crate::web) fn sum(_: &Call, account: GroupAccount) -> SumJson {
    let GroupAccount { group, batches, tally } = account;
    let sum = SumJson {
        batches,
        issued: tally.issued(),
        in_print: tally.in_print(),
        void_in_print: tally.void_in_print(),
        handed_over: tally.handed_over(),
        unused: tally.unused_at_producer(),
        activated: tally.activated(),
        void_after_hand_over: tally.void_after_hand_over(),
        ..SumJson::default()
    };
    let named = |id, name| Some(Named { id, name });
    match group {
        Group::Batch(number, ..) => SumJson { batch: Some(text::batch(number)), ..sum },
        Group::Product(id, name, _) => SumJson { product: named(id.0, name), ..sum },
        Group::Producer(id, name) => SumJson { producer: named(id.0, name), ..sum },
        Group::PrintShop(Some((id, name))) => SumJson { print_shop: named(id.0, name), ..sum },
        Group::Month(first) => SumJson { month: Some(first), ..sum },
        Group::PrintShop(None) | Group::All => sum,
    }
}
