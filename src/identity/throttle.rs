//! Attempts to sign in, counted by login and by where they come from. Nobody who guesses can lock
//! another out: the other comes from elsewhere.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::IdentityError;

/// Attempts that may follow each other at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(8).unwrap();
/// After them, one in this time.
const THEN_EVERY: Duration = Duration::from_mins(1);
/// Keys remembered before those that are long quiet are forgotten.
const KEYS_KEPT: usize = 10_000;

pub(super) struct Throttle(DefaultKeyedRateLimiter<(String, String)>);

impl Throttle {
    pub(super) fn new() -> Self {
        // A period of more than nothing always makes a quota.
        let quota = Quota::with_period(THEN_EVERY).unwrap_or(Quota::per_minute(AT_ONCE));
        Self(RateLimiter::keyed(quota.allow_burst(AT_ONCE)))
    }

    /// Counts an attempt.
    pub(super) fn attempt(&self, login: &str, from: &str) -> Result<(), IdentityError> {
        if self.0.len() > KEYS_KEPT {
            self.0.retain_recent();
        }
        let key = (login.to_owned(), from.to_owned());
        self.0.check_key(&key).or(Err(IdentityError::TooMany))
    }
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
}
