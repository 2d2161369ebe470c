//! How things stand, in numbers, as far as a person may see them.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Worker;
use crate::domain::calendar::Day;
use crate::domain::commune::Commune;
use crate::domain::order::OrderState;
use crate::domain::producer::commune;
use crate::domain::recognition::{REMINDER_DAYS, Stars, by_reminder};
use crate::domain::stamp::StampState;
use crate::store::listing::Listing;
use crate::store::order_list::OrderFilter;
use crate::store::renewal_list::RenewalFilter;
use crate::store::scan_days::{self, DayScans};
use crate::store::{Store, StoreError, stamp_sums};

/// Days that scans are shown of.
const SCAN_DAYS: i64 = 30;

/// The numbers.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// Orders in each of the states that wait for the person.
    pub waiting: Vec<(OrderState, u64)>,
    /// Recognitions that end within so many days.
    pub endings: [(u16, u64); 3],
    /// Stamps by where they stand.
    pub by_state: Vec<(StampState, u64)>,
    /// Stamps by the stars printed on them.
    pub by_stars: Vec<(Stars, u64)>,
    /// Stamps by the commune of the producer's address, most first; none where it has none.
    pub by_commune: Vec<(Option<String>, u64)>,
    /// Scans of the last days, oldest first.
    pub scans: Vec<(Day, DayScans)>,
}

/// The numbers for a person who waits for orders in these states.
///
/// # Errors
/// [`StoreError`].
pub fn numbers(
    store: &Store,
    worker: &Worker,
    waiting: &[OrderState],
) -> Result<Dashboard, StoreError> {
    let viewer = worker.viewer();
    store.read(|register| {
        let orders = waiting.iter().map(|&state| {
            let filter = OrderFilter { state: Some(state), ..OrderFilter::default() };
            Ok((state, filter.count(register, viewer)?))
        });
        let waiting = orders.collect::<Result<_, StoreError>>()?;
        let [within_days, ..] = REMINDER_DAYS;
        let filter = RenewalFilter { within_days, words: String::new() };
        let endings = by_reminder(&filter.last_days(register, viewer)?, viewer.today);
        let stamps = stamp_sums::all(register, viewer.organisation)?;
        let (mut states, mut stars, mut communes) =
            ([0; StampState::ALL.len()], BTreeMap::new(), BTreeMap::new());
        for sum in stamps {
            let mut of_state = states.iter_mut().zip(StampState::ALL);
            if let Some((count, _)) = of_state.find(|(_, state)| *state == sum.state) {
                *count += sum.stamps;
            }
            *stars.entry(sum.stars).or_default() += sum.stamps;
            let noted = sum.commune_code.as_deref().and_then(Commune::from_code);
            let commune = noted.map(Commune::name).or(sum.address.as_deref().and_then(commune));
            let commune = commune.map(str::to_owned);
            *communes.entry(commune).or_default() += sum.stamps;
        }
        let mut by_commune: Vec<(Option<String>, u64)> = communes.into_iter().collect();
        by_commune.sort_by_key(|(_, stamps)| std::cmp::Reverse(*stamps));
        let first = viewer.today - TimeDelta::days(SCAN_DAYS - 1);
        let mut seen = scan_days::between(register, viewer.organisation, (first, viewer.today))?;
        let days = first.iter_days().take_while(|day| *day <= viewer.today);
        Ok(Dashboard {
            waiting,
            endings,
            by_state: StampState::ALL.into_iter().zip(states).collect(),
            by_stars: stars.into_iter().collect(),
            by_commune,
            scans: days.map(|day| (day, seen.remove(&day).unwrap_or_default())).collect(),
        })
    })
}
