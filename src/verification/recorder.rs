//! Counting scans in the background: one thread gathers them and adds them up in the register. What
//! the register does not take waits until it does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{
    Receiver, RecvTimeoutError, SyncSender, TryRecvError, TrySendError, sync_channel,
};
use std::thread;
use std::time::Duration;

use crate::domain::calendar::{Day, Instant, vietnam_day};
use crate::domain::serial::Serial;
use crate::store::scans::{self, Scans};
use crate::store::{Store, StoreError, stamps};

/// Scans that may wait, and stamps whose scans may. Beyond it they are dropped, and said so: an answer
/// is worth more.
const WAITING_MAX: usize = 100_000;

/// How long scans are gathered before they are stored, and until storing them is tried again.
const GATHER_TIME: Duration = Duration::from_secs(1);

/// How long whoever stops the service waits for a register that does not answer.
const STOP_TIME: Duration = Duration::from_secs(5);

/// A scan that is to be counted.
#[derive(Clone, Copy)]
pub(super) struct Scan {
    pub(super) serial: Serial,
    pub(super) at: Instant,
    pub(super) with_concern: bool,
    /// Whether the register had the stamp; else it could not be asked.
    pub(super) is_known: bool,
    /// Its place in the order of all that are counted here.
    pub(super) turn: u64,
}

enum Message {
    Scan(Scan),
    Flush(SyncSender<()>),
}

/// Takes scans; stops, with everything stored, when it is dropped.
pub(super) struct Recorder {
    sender: Option<SyncSender<Message>>,
    thread: Option<thread::JoinHandle<()>>,
    stored: Arc<AtomicU64>,
    is_overrun: AtomicBool,
}

impl Recorder {
    pub(super) fn start(store: Store) -> Self {
        let (sender, receiver) = sync_channel(WAITING_MAX);
        let stored = Arc::new(AtomicU64::new(0));
        let told = Arc::clone(&stored);
        let thread = thread::Builder::new()
            .name("scan-recorder".into())
            .spawn(move || run(&store, &receiver, &told))
            .inspect_err(|error| tracing::error!(%error, "scans will not be counted"))
            .ok();
        Self { sender: Some(sender), thread, stored, is_overrun: AtomicBool::new(false) }
    }

    pub(super) fn record(&self, scan: Scan) {
        let sent = self.sender.as_ref().map(|sender| sender.try_send(Message::Scan(scan)));
        let is_full = matches!(sent, Some(Err(TrySendError::Full(_))));
        if self.is_overrun.swap(is_full, Ordering::Relaxed) != is_full && is_full {
            tracing::warn!("too many scans at once: not all are counted");
        }
    }

    /// The turn up to which all scans are in the register.
    pub(super) fn stored(&self) -> u64 {
        self.stored.load(Ordering::Acquire)
    }

    pub(super) fn flush(&self) {
        let (done, wait) = sync_channel(1);
        if let Some(sender) = &self.sender
            && sender.send(Message::Flush(done)).is_ok()
        {
            // An error means that the thread is gone, and with it what there was to wait for.
            let _ = wait.recv();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        drop(self.sender.take());
        let Some(thread) = self.thread.take() else { return };
        let step = Duration::from_millis(10);
        let mut waited = Duration::ZERO;
        while !thread.is_finished() && waited < STOP_TIME {
            thread::sleep(step);
            waited += step;
        }
        if !thread.is_finished() {
            tracing::error!("the register does not answer: the last scans were not counted");
        } else if thread.join().is_err() {
            tracing::error!("the scan recorder ended in a panic");
        }
    }
}

fn run(store: &Store, receiver: &Receiver<Message>, stored: &AtomicU64) {
    let mut gathered = Gathered::default();
    loop {
        let mut flushed = Vec::new();
        let next = if gathered.scans.is_empty() {
            receiver.recv().map_err(|_gone| RecvTimeoutError::Disconnected)
        } else {
            receiver.recv_timeout(GATHER_TIME)
        };
        if let Ok(message) = next {
            gathered.take(message, &mut flushed);
            if flushed.is_empty() {
                thread::sleep(GATHER_TIME);
            }
        }
        let ended = loop {
            match receiver.try_recv() {
                Ok(message) => gathered.take(message, &mut flushed),
                Err(end) => break end == TryRecvError::Disconnected,
            }
        };
        gathered.store(store, stored);
        for done in flushed {
            // An error means that whoever waited has given up.
            let _ = done.send(());
        }
        if ended {
            gathered.give_up();
            return;
        }
    }
}

/// Scans that are not stored yet, by day and stamp.
#[derive(Default)]
struct Gathered {
    scans: BTreeMap<(Day, Serial), Scans>,
    /// Stamps that are counted if they were issued.
    unasked: BTreeSet<Serial>,
    last_turn: u64,
    /// Whether the register refused them, or there were too many, and that was said.
    is_waiting: bool,
    is_overrun: bool,
}

impl Gathered {
    fn take(&mut self, message: Message, flushed: &mut Vec<SyncSender<()>>) {
        let Scan { serial, at, with_concern, is_known, turn } = match message {
            Message::Flush(done) => return flushed.push(done),
            Message::Scan(scan) => scan,
        };
        self.last_turn = self.last_turn.max(turn);
        let key = (vietnam_day(at), serial);
        if self.scans.len() >= WAITING_MAX && !self.scans.contains_key(&key) {
            if !std::mem::replace(&mut self.is_overrun, true) {
                tracing::error!("too many scans wait for the register: not all are counted");
            }
            return;
        }
        if !is_known {
            self.unasked.insert(serial);
        }
        let first = Scans { serial, count: 0, warnings: 0, first_at: at, last_at: at };
        let scans = self.scans.entry(key).or_insert(first);
        scans.count += 1;
        scans.warnings += u32::from(with_concern);
        scans.last_at = at;
    }

    /// Stores them; what cannot be stored now is kept for later.
    fn store(&mut self, store: &Store, stored: &AtomicU64) {
        if let Err(error) = self.leave_out_what_was_never_issued(store) {
            return self.wait(&error);
        }
        let scans: Vec<Scans> = self.scans.values().copied().collect();
        if scans.is_empty() {
            return;
        }
        match scans::add(store, &scans) {
            Ok(()) => {
                if std::mem::take(&mut self.is_waiting) {
                    tracing::info!(stamps = scans.len(), "the scans that waited are counted");
                }
                self.scans.clear();
                self.is_overrun = false;
                stored.store(self.last_turn, Ordering::Release);
            }
            Err(error) => self.wait(&error),
        }
    }

    fn leave_out_what_was_never_issued(&mut self, store: &Store) -> Result<(), StoreError> {
        if !self.unasked.is_empty() {
            let issued = store.read(|register| stamps::issued(register, &self.unasked))?;
            let never: BTreeSet<Serial> = self.unasked.difference(&issued).copied().collect();
            self.scans.retain(|(_, serial), _| !never.contains(serial));
            self.unasked.clear();
        }
        Ok(())
    }

    fn wait(&mut self, error: &StoreError) {
        if !std::mem::replace(&mut self.is_waiting, true) {
            tracing::error!(
                error = error as &dyn std::error::Error,
                "scans wait until the register takes them"
            );
        }
    }

    fn give_up(&self) {
        if !self.scans.is_empty() {
            tracing::error!(stamps = self.scans.len(), "the last scans were not counted");
        }
    }
}
