//! Whether a register over a network can be asked. Once it did not answer, nobody waits for it any
//! more: a thread asks it until it does.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use diesel::r2d2::ManageConnection;

use super::StoreError;
use super::connection::Manager;

/// How long between two tries.
const PROBE_TIME: Duration = Duration::from_millis(250);

/// What a connection that is asked nothing else is opened with.
#[derive(Debug)]
pub(super) struct Line {
    manager: Manager,
    is_down: AtomicBool,
}

impl Line {
    pub(super) fn new(manager: Manager) -> Arc<Self> {
        Arc::new(Self { manager, is_down: AtomicBool::new(false) })
    }

    /// Whether it can be asked.
    pub(super) fn is_up(&self) -> bool {
        !self.is_down.load(Ordering::Acquire)
    }

    /// Says at once that the register is away, while it is.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.is_up() {
            return Ok(());
        }
        Err(StoreError::Unreachable("it did not answer a moment ago".into()))
    }

    /// Notes that the register did not answer, and begins to ask whether it does.
    pub(super) fn lost(self: &Arc<Self>, why: &(dyn Error + 'static)) {
        if self.is_down.swap(true, Ordering::AcqRel) {
            return;
        }
        tracing::error!(error = why, "the register does not answer; it is asked until it does");
        let line = Arc::downgrade(self);
        let probe = move || {
            // Nobody needs to know once nobody has the register open.
            while let Some(line) = line.upgrade() {
                if line.answers() {
                    line.is_down.store(false, Ordering::Release);
                    return tracing::info!("the register answers again");
                }
                drop(line);
                thread::sleep(PROBE_TIME);
            }
        };
        if let Err(error) = thread::Builder::new().name("register-probe".into()).spawn(probe) {
            tracing::error!(%error, "nobody asks whether the register is back");
            self.is_down.store(false, Ordering::Release);
        }
    }

    /// Asks over a connection of its own: those of the pool may hang in what they asked last.
    fn answers(&self) -> bool {
        let asked = self
            .manager
            .connect()
            .and_then(|mut connection| self.manager.is_valid(&mut connection));
        asked.is_ok()
    }
}
