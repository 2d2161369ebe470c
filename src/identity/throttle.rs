//! Attempts to show who one is, counted by login and by where they come from. Nobody who guesses can lock
//! another out: the other comes from elsewhere. Where many guess at one login from everywhere at once,
//! those who signed in before still come in, by their device.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::IdentityError;

/// How many attempts may follow each other at once, and how long the next one then waits.
#[derive(Clone, Copy)]
struct Limit {
    at_once: NonZeroU32,
    then_every: Duration,
}

impl Limit {
    const fn new(at_once: NonZeroU32, then_every: Duration) -> Self {
        Self { at_once, then_every }
    }

    fn quota(self) -> Quota {
        // A period of more than nothing always makes a quota.
        Quota::with_period(self.then_every)
            .unwrap_or(Quota::per_minute(self.at_once))
            .allow_burst(self.at_once)
    }
}

/// From one place for one login.
const OF_A_PLACE: Limit = Limit::new(NonZeroU32::new(8).unwrap(), Duration::from_mins(1));
/// For one login from all places together where nobody is known to have signed in.
const OF_A_LOGIN: Limit = Limit::new(NonZeroU32::new(64).unwrap(), Duration::from_mins(1));
/// Of these, one wider network alone gets a quarter.
const OF_A_NETWORK: Limit = Limit::new(NonZeroU32::new(16).unwrap(), Duration::from_mins(4));
/// From one place for the codes of one login.
const CODES_OF_A_PLACE: Limit = Limit::new(NonZeroU32::new(8).unwrap(), Duration::from_mins(5));
/// A code is one of a million, of which three are good at a time: whoever has the password gets so
/// few of them that guessing takes years.
const CODES_OF_A_LOGIN: Limit = Limit::new(NonZeroU32::new(32).unwrap(), Duration::from_mins(15));
/// Of these, one wider network alone gets a quarter.
const CODES_OF_A_NETWORK: Limit = Limit::new(NonZeroU32::new(8).unwrap(), Duration::from_hours(1));
/// Keys remembered before those that are long quiet are forgotten.
const KEYS_KEPT: usize = 10_000;

pub(super) struct Throttle {
    places: DefaultKeyedRateLimiter<(String, String)>,
    networks: DefaultKeyedRateLimiter<(String, String)>,
    logins: DefaultKeyedRateLimiter<String>,
}

impl Throttle {
    /// For passwords.
    pub(super) fn of_passwords() -> Self {
        Self::within(OF_A_PLACE, OF_A_NETWORK, OF_A_LOGIN)
    }

    /// For codes of an authenticator app.
    pub(super) fn of_codes() -> Self {
        Self::within(CODES_OF_A_PLACE, CODES_OF_A_NETWORK, CODES_OF_A_LOGIN)
    }

    fn within(place: Limit, network: Limit, login: Limit) -> Self {
        Self {
            places: RateLimiter::keyed(place.quota()),
            networks: RateLimiter::keyed(network.quota()),
            logins: RateLimiter::keyed(login.quota()),
        }
    }

    /// Counts an attempt.
    pub(super) fn attempt(&self, login: &str, from: &str) -> Result<(), IdentityError> {
        if self.places.len() > KEYS_KEPT {
            self.places.retain_recent();
        }
        let key = (login.to_owned(), from.to_owned());
        self.places.check_key(&key).or(Err(IdentityError::TooMany))
    }

    /// Counts an attempt from a place where nobody is known to have signed in under that login. One
    /// that its place or its wider network may not make does not count for the others.
    pub(super) fn attempt_of_stranger(&self, login: &str, from: &str) -> Result<(), IdentityError> {
        self.attempt(login, from)?;
        if self.networks.len() > KEYS_KEPT {
            self.networks.retain_recent();
        }
        let key = (login.to_owned(), wider(from));
        self.networks.check_key(&key).or(Err(IdentityError::TooMany))?;
        if self.logins.len() > KEYS_KEPT {
            self.logins.retain_recent();
        }
        self.logins.check_key(&login.to_owned()).or(Err(IdentityError::TooMany))
    }
}

/// The network that somebody may have many places of: the first 48 bits of an IPv6 address, the first
/// 24 of an IPv4 address.
fn wider(from: &str) -> String {
    if from.contains(':') {
        return from.split(':').take(3).collect::<Vec<_>>().join(":");
    }
    from.rsplit_once('.').map_or(from, |(network, _)| network).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_is_slowed_down_and_nobody_else() {
        let throttle = Throttle::of_passwords();
        for _ in 0..OF_A_PLACE.at_once.get() {
            throttle.attempt("lan", "203.0.113.7").unwrap();
        }
        assert!(throttle.attempt("lan", "203.0.113.7").is_err());
        throttle.attempt("lan", "198.51.100.1").unwrap();
        throttle.attempt("minh", "203.0.113.7").unwrap();
    }

    #[test]
    fn many_who_guess_at_one_login_from_everywhere_are_slowed_down_together() {
        let throttle = Throttle::of_passwords();
        for place in 0..OF_A_LOGIN.at_once.get() {
            throttle.attempt_of_stranger("lan", &format!("place {place}")).unwrap();
        }
        assert!(throttle.attempt_of_stranger("lan", "another place").is_err());
        throttle.attempt("lan", "device of Lan").unwrap();
        throttle.attempt_of_stranger("minh", "another place").unwrap();
    }

    #[test]
    fn of_a_million_codes_who_guesses_from_everywhere_sees_few_a_day() {
        let day = Duration::from_hours(24).as_secs() / CODES_OF_A_LOGIN.then_every.as_secs();
        assert!(day + u64::from(CODES_OF_A_LOGIN.at_once.get()) < 150);
        let throttle = Throttle::of_codes();
        let many =
            (0..200).filter(|n| throttle.attempt_of_stranger("lan", &format!("{n}")).is_ok());
        assert_eq!(many.count(), 32);
        throttle.attempt("lan", "device of Lan").unwrap();
    }

    #[test]
    fn one_place_alone_cannot_use_up_what_all_places_may() {
        let throttle = Throttle::of_passwords();
        let refused = (0..1_000).filter(|_| throttle.attempt_of_stranger("lan", "one").is_err());
        assert!(refused.count() > 900);
        throttle.attempt_of_stranger("lan", "another place").unwrap();
    }

    #[test]
    fn one_network_of_many_addresses_uses_up_a_quarter_of_what_all_places_may() {
        let throttle = Throttle::of_passwords();
        let many = |place: &dyn Fn(u32) -> String| {
            let let_in =
                (0..1_000).filter(|n| throttle.attempt_of_stranger("lan", &place(*n)).is_ok());
            let_in.count()
        };
        assert_eq!(many(&|n| format!("2001:db8:5:{n:x}::/64")), 16);
        assert_eq!(many(&|n| format!("203.0.113.{}", n % 256)), 16);
        throttle.attempt_of_stranger("lan", "2001:db8:6:0::/64").unwrap();
        throttle.attempt_of_stranger("lan", "198.51.100.7").unwrap();
    }
}
