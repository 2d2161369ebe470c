//! Attempts to sign in, counted by login and by where they come from. Nobody who guesses can lock
//! another out: the other comes from elsewhere. Where many guess at one login from everywhere at once,
//! those who signed in before still come in, by their device.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::IdentityError;

/// Attempts that may follow each other at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(8).unwrap();
/// Attempts for one login that may follow each other at once from all places together where nobody is
/// known to have signed in.
const FROM_EVERYWHERE: NonZeroU32 = NonZeroU32::new(64).unwrap();
/// Of these, one wider network alone gets so many: a quarter.
const FROM_A_NETWORK: NonZeroU32 = NonZeroU32::new(16).unwrap();
/// After them, one in this time.
const THEN_EVERY: Duration = Duration::from_mins(1);
/// After its quarter, a wider network gets one in this time.
const THEN_EVERY_FROM_A_NETWORK: Duration = Duration::from_mins(4);
/// Keys remembered before those that are long quiet are forgotten.
const KEYS_KEPT: usize = 10_000;

pub(super) struct Throttle {
    places: DefaultKeyedRateLimiter<(String, String)>,
    networks: DefaultKeyedRateLimiter<(String, String)>,
    logins: DefaultKeyedRateLimiter<String>,
}

impl Throttle {
    pub(super) fn new() -> Self {
        // A period of more than nothing always makes a quota.
        let quota = |at_once, then_every| {
            Quota::with_period(then_every)
                .unwrap_or(Quota::per_minute(at_once))
                .allow_burst(at_once)
        };
        Self {
            places: RateLimiter::keyed(quota(AT_ONCE, THEN_EVERY)),
            networks: RateLimiter::keyed(quota(FROM_A_NETWORK, THEN_EVERY_FROM_A_NETWORK)),
            logins: RateLimiter::keyed(quota(FROM_EVERYWHERE, THEN_EVERY)),
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
        let throttle = Throttle::new();
        for _ in 0..AT_ONCE.get() {
            throttle.attempt("lan", "203.0.113.7").unwrap();
        }
        assert!(throttle.attempt("lan", "203.0.113.7").is_err());
        throttle.attempt("lan", "198.51.100.1").unwrap();
        throttle.attempt("minh", "203.0.113.7").unwrap();
    }

    #[test]
    fn many_who_guess_at_one_login_from_everywhere_are_slowed_down_together() {
        let throttle = Throttle::new();
        for place in 0..FROM_EVERYWHERE.get() {
            throttle.attempt_of_stranger("lan", &format!("place {place}")).unwrap();
        }
        assert!(throttle.attempt_of_stranger("lan", "another place").is_err());
        throttle.attempt("lan", "device of Lan").unwrap();
        throttle.attempt_of_stranger("minh", "another place").unwrap();
    }

    #[test]
    fn one_place_alone_cannot_use_up_what_all_places_may() {
        let throttle = Throttle::new();
        let refused = (0..1_000).filter(|_| throttle.attempt_of_stranger("lan", "one").is_err());
        assert!(refused.count() > 900);
        throttle.attempt_of_stranger("lan", "another place").unwrap();
    }

    #[test]
    fn one_network_of_many_addresses_uses_up_a_quarter_of_what_all_places_may() {
        let throttle = Throttle::new();
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
