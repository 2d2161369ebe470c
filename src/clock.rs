//! The two things that differ on every run: the time, and chance. Both are arguments everywhere
//! else, so that everything else can be repeated.

use crate::domain::calendar::Instant;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The moment.
    fn now(&self) -> Instant;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
    fn now(&self) -> Instant {
        std::time::SystemTime::now().into()
    }
}

/// A clock that stands still, for tests and for a date named on the command line.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Instant);

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        self.0
    }
}

/// A source of secrets.
pub trait Random: Send + Sync {
    /// 32 bytes nobody can guess.
    ///
    /// # Errors
    /// [`NoRandomness`] where the system has none to give.
    fn secret(&self) -> Result<[u8; 32], NoRandomness>;
}

/// The system gave no randomness.
#[derive(Debug, thiserror::Error)]
#[error("the system's random source failed")]
pub struct NoRandomness(#[source] getrandom::Error);

/// The system's random source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn secret(&self) -> Result<[u8; 32], NoRandomness> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(NoRandomness)?;
        Ok(secret)
    }
}

/// The same bytes always, for tests.
#[derive(Clone, Copy, Debug)]
pub struct FixedRandom(pub [u8; 32]);

impl Random for FixedRandom {
    fn secret(&self) -> Result<[u8; 32], NoRandomness> {
        Ok(self.0)
    }
}
