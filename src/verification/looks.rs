//! Which looks at a stamp are scans: new looks by different visitors.
//!
//! A visitor is known again by a keyed hash of network and agent. The key is random, changes every
//! day and is in memory alone, as are the hashes: neither an address nor an agent can be had from
//! them, nor can two stamps or two days be brought together by them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::agents::Agents;
use crate::clock::Random;
use crate::domain::calendar::{Day, Instant, vietnam_day};
use crate::domain::scan::ScanHistory;
use crate::domain::serial::Serial;

/// Looks remembered of a day, about 60 bytes each. Beyond it nobody can be known again, and so nothing
/// is counted: a count too low accuses nobody.
const LOOKS_MAX: usize = 500_000;

/// Scans of one stamp counted on a day.
const STAMP_LOOKS_MAX: usize = 1_000;

/// What is a scan, as far as it can be set.
#[derive(Clone, Copy, Debug)]
pub struct Counting {
    /// A visitor who looks again within this time is the same; at most a day, since the key changes.
    pub repeat: TimeDelta,
    /// Scans of one stamp counted from one network within an hour.
    pub network_hourly: usize,
}

impl Default for Counting {
    fn default() -> Self {
        Self { repeat: TimeDelta::hours(24), network_hourly: 3 }
    }
}

/// Who looks at a stamp. Never stored, and in no log.
#[derive(Clone, Copy)]
pub struct Visitor<'a> {
    /// The network, coarsely: of many addresses the same text.
    pub network: &'a str,
    /// What the program that asks calls itself.
    pub agent: &'a str,
}

/// A visitor's own look, which is not told to them as somebody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// Its turn among all that were counted here.
    pub(super) turn: u64,
    /// Whether nobody else was counted on its day.
    is_alone: bool,
}

impl Own {
    /// The history of a stamp, which has this look in it, without it.
    pub(super) fn taken_from(self, scans: ScanHistory) -> ScanHistory {
        ScanHistory {
            count: scans.count.saturating_sub(1),
            days: scans.days.saturating_sub(u64::from(self.is_alone)),
            ..scans
        }
    }
}

/// Looks of today and of the day before.
pub(super) struct Looks {
    counting: Counting,
    random: Arc<dyn Random>,
    agents: Agents,
    /// Looks that are remembered of a day.
    room: usize,
    days: Mutex<Days>,
}

#[derive(Default)]
struct Days {
    today: Option<OneDay>,
    before: Option<OneDay>,
    /// Looks counted since the start.
    turns: u64,
}

struct OneDay {
    day: Day,
    key: [u8; 32],
    looks: BTreeMap<(Serial, u64), Look>,
    is_full: bool,
}

#[derive(Clone, Copy)]
struct Look {
    network: u64,
    at: Instant,
    turn: u64,
}

impl Looks {
    pub(super) fn new(counting: Counting, random: Arc<dyn Random>) -> Self {
        let (agents, room) = (Agents::known(), LOOKS_MAX);
        Self { counting, random, agents, room, days: Mutex::default() }
    }

    /// Counts a look, unless it is a repeat, or more than its network is believed; returns its turn.
    pub(super) fn count(&self, serial: Serial, visitor: Visitor<'_>, at: Instant) -> Option<u64> {
        if !self.agents.is_of_a_person(visitor.agent) {
            return None;
        }
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        self.turn_to(&mut days, vietnam_day(at))?;
        let since = at - self.counting.repeat;
        let all = || [&days.today, &days.before].into_iter().flatten();
        if all().any(|day| day.own(serial, visitor).is_some_and(|look| look.at > since)) {
            return None;
        }
        let hour = at - TimeDelta::hours(1);
        let of_network =
            all().map(|day| day.of_network(serial, visitor.network, hour)).sum::<usize>();
        if of_network >= self.counting.network_hourly {
            return None;
        }
        days.turns += 1;
        let turn = days.turns;
        days.today.as_mut()?.add(serial, visitor, (at, turn), self.room).then_some(turn)
    }

    /// The look by which a visitor is in the count of a stamp.
    pub(super) fn own(&self, serial: Serial, visitor: Visitor<'_>, at: Instant) -> Option<Own> {
        let days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let since = at - self.counting.repeat;
        [&days.today, &days.before].into_iter().flatten().find_map(|day| {
            let look = day.own(serial, visitor).filter(|look| look.at > since)?;
            Some(Own { turn: look.turn, is_alone: day.of_stamp(serial).nth(1).is_none() })
        })
    }

    /// Makes a day the present one, with a key of its own; the day before it is kept, all others go.
    fn turn_to(&self, days: &mut Days, day: Day) -> Option<()> {
        if days.today.as_ref().is_some_and(|today| today.day == day) {
            return Some(());
        }
        let key = self.random.secret().inspect_err(|error| {
            tracing::error!(error = error as &dyn std::error::Error, "a scan was not counted");
        });
        let key = key.ok()?;
        let today = OneDay { day, key, looks: BTreeMap::new(), is_full: false };
        let before = days.today.replace(today);
        days.before = before.filter(|before| before.day.succ_opt() == Some(day));
        Some(())
    }
}

impl OneDay {
    /// Remembers a look, if there is room for it.
    fn add(
        &mut self,
        serial: Serial,
        visitor: Visitor<'_>,
        (at, turn): (Instant, u64),
        room: usize,
    ) -> bool {
        if self.of_stamp(serial).count() >= STAMP_LOOKS_MAX {
            return false;
        }
        if self.looks.len() >= room {
            if !std::mem::replace(&mut self.is_full, true) {
                tracing::warn!("no more scans are counted today: there were too many");
            }
            return false;
        }
        let look = Look { network: self.network(serial, visitor.network), at, turn };
        self.looks.insert((serial, self.visitor(serial, visitor)), look);
        true
    }

    fn own(&self, serial: Serial, visitor: Visitor<'_>) -> Option<Look> {
        self.looks.get(&(serial, self.visitor(serial, visitor))).copied()
    }

    fn of_stamp(&self, serial: Serial) -> impl Iterator<Item = &Look> {
        self.looks.range((serial, 0)..=(serial, u64::MAX)).map(|(_, look)| look)
    }

    fn of_network(&self, serial: Serial, network: &str, since: Instant) -> usize {
        let network = self.network(serial, network);
        self.of_stamp(serial).filter(|look| look.network == network && look.at > since).count()
    }

    fn visitor(&self, serial: Serial, Visitor { network, agent }: Visitor<'_>) -> u64 {
        self.hash(serial, &[network, agent])
    }

    fn network(&self, serial: Serial, network: &str) -> u64 {
        self.hash(serial, &[network])
    }

    /// A hash that tells nothing without the key, of parts that cannot run into each other.
    fn hash(&self, serial: Serial, parts: &[&str]) -> u64 {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut hash = Hmac::<Sha256>::new_from_slice(&self.key).expect("any length");
        hash.update(&serial.bits().to_be_bytes());
        for part in parts {
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let bytes: [u8; 32] = hash.finalize().into_bytes().into();
        bytes.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;
    use crate::clock::NoRandomness;

    const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36";

    /// Another secret each time.
    #[derive(Default)]
    struct Counter(AtomicU8);

    impl Random for Counter {
        fn secret(&self) -> Result<[u8; 32], NoRandomness> {
            Ok([self.0.fetch_add(1, Ordering::Relaxed); 32])
        }
    }

    fn looks() -> Looks {
        Looks::new(Counting::default(), Arc::new(Counter::default()))
    }

    fn visitor(network: &str) -> Visitor<'_> {
        Visitor { network, agent: PHONE }
    }

    fn serial(bits: u64) -> Serial {
        Serial::new(bits).unwrap()
    }

    /// So many minutes after noon in Việt Nam.
    fn at(minutes: i64) -> Instant {
        let noon = "2026-11-23T05:00:00Z".parse::<Instant>().unwrap();
        noon + TimeDelta::minutes(minutes)
    }

    const DAY: i64 = 24 * 60;

    #[test]
    fn who_looks_again_counts_once_until_the_window_is_over_even_over_midnight() {
        let looks = looks();
        let counted = |minutes| looks.count(serial(1), visitor("a"), at(minutes)).is_some();
        assert!(counted(11 * 60 + 59));
        for minutes in [11 * 60 + 59, 12 * 60 + 1, 13 * 60, DAY, DAY + 11 * 60] {
            assert!(!counted(minutes), "{minutes}");
        }
        assert!(counted(DAY + 12 * 60));
        assert!(looks.count(serial(2), visitor("a"), at(DAY)).is_some(), "another stamp");
    }

    #[test]
    fn a_window_that_was_set_shorter_ends_sooner() {
        let counting = Counting { repeat: TimeDelta::hours(1), network_hourly: 1 };
        let looks = Looks::new(counting, Arc::new(Counter::default()));
        let counted =
            |network, minutes| looks.count(serial(1), visitor(network), at(minutes)).is_some();
        assert!(counted("a", 0) && !counted("a", 59) && counted("a", 60));
        assert!(counted("b", 60));
    }

    #[test]
    fn one_network_moves_a_count_by_a_few_an_hour_whatever_it_calls_itself() {
        let looks = looks();
        let from = |network: &str, first: i64| {
            let one = |n: i64| {
                let agent = format!("{PHONE} {n}");
                let visitor = Visitor { network, agent: &agent };
                looks.count(serial(1), visitor, at(first)).is_some()
            };
            (0..39_187).filter(|n| one(first * 100_000 + n)).count()
        };
        assert_eq!(from("a", 0), 3);
        assert_eq!(from("a", 59), 0);
        assert_eq!(from("b", 59), 3);
        assert_eq!(from("a", 60), 3);
    }

    #[test]
    fn each_day_has_a_key_of_its_own_and_the_last_but_one_is_forgotten() {
        let looks = looks();
        let key = || looks.days.lock().unwrap().today.as_ref().map(|day| day.key);
        let hash = || {
            let days = looks.days.lock().unwrap();
            days.today.as_ref().unwrap().visitor(serial(1), visitor("a"))
        };
        assert!(looks.count(serial(1), visitor("a"), at(0)).is_some());
        let (first_key, first_hash) = (key(), hash());
        assert!(looks.count(serial(1), visitor("b"), at(60)).is_some());
        assert_eq!(key(), first_key, "the same day");
        assert!(looks.count(serial(1), visitor("a"), at(DAY)).is_some());
        assert_ne!(key(), first_key);
        assert_ne!(hash(), first_hash);
        assert!(looks.count(serial(1), visitor("a"), at(2 * DAY)).is_some());
        let days = looks.days.lock().unwrap();
        let kept: Vec<[u8; 32]> =
            [&days.today, &days.before].into_iter().flatten().map(|day| day.key).collect();
        assert_eq!(kept.len(), 2);
        assert!(!kept.contains(&first_key.unwrap()));
    }

    #[test]
    fn a_flood_takes_no_more_memory_than_there_is_room_for() {
        let looks = Looks { room: 1_000, ..looks() };
        let counted =
            (0..5_000).filter(|bits| looks.count(serial(*bits), visitor("a"), at(0)).is_some());
        assert_eq!(counted.count(), 1_000);
        let of_one = (0..5_000)
            .filter(|n| looks.count(serial(1), visitor(&n.to_string()), at(DAY)).is_some());
        assert_eq!(of_one.count(), STAMP_LOOKS_MAX.min(1_000));
    }

    #[test]
    fn a_visitors_own_look_is_not_told_to_them() {
        let looks = looks();
        let own = |network, minutes| looks.own(serial(1), visitor(network), at(minutes));
        assert_eq!(own("a", 0), None);
        let turn = looks.count(serial(1), visitor("a"), at(0)).unwrap();
        assert_eq!(own("a", 1), Some(Own { turn, is_alone: true }));
        assert_eq!(own("a", DAY), None);
        looks.count(serial(1), visitor("b"), at(2)).unwrap();
        let (mine, first_at) = (own("a", 3).unwrap(), Some(at(0)));
        let scans = ScanHistory { count: 2, days: 1, first_at };
        assert_eq!(mine.taken_from(scans), ScanHistory { count: 1, days: 1, first_at });
        let alone = Own { turn, is_alone: true };
        let scans = ScanHistory { count: 3, days: 2, first_at };
        assert_eq!(alone.taken_from(scans), ScanHistory { count: 2, days: 1, first_at });
    }

    #[test]
    fn programs_look_for_nobody() {
        let looks = looks();
        for agent in ["", "curl/8.5.0", "Zalo", "TelegramBot (like TwitterBot)"] {
            let program = Visitor { network: "a", agent };
            assert_eq!(looks.count(serial(1), program, at(0)), None, "{agent}");
        }
    }
}
