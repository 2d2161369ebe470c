//! Counting scans in the background: one thread gathers them and adds them up in the register.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

use crate::domain::calendar::Instant;
use crate::domain::serial::Serial;
use crate::store::Store;
use crate::store::scans::{self, Scans};

/// Scans that may wait. Beyond it they are dropped, and said so: an answer is worth more.
const WAITING_MAX: usize = 100_000;

/// How long scans are gathered before they are stored, in milliseconds.
const GATHER_MS: u64 = 1_000;

enum Message {
    Scan { serial: Serial, at: Instant, with_concern: bool },
    Flush(SyncSender<()>),
}

/// Takes scans; stops, with everything stored, when it is dropped.
pub(super) struct Recorder {
    sender: Option<SyncSender<Message>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Recorder {
    pub(super) fn start(store: Store) -> Self {
        let (sender, receiver) = sync_channel(WAITING_MAX);
        let thread = thread::Builder::new()
            .name("scan-recorder".into())
            .spawn(move || run(&store, &receiver))
            .inspect_err(|error| tracing::error!(%error, "scans will not be counted"))
            .ok();
        Self { sender: Some(sender), thread }
    }

    pub(super) fn record(&self, serial: Serial, at: Instant, with_concern: bool) {
        let scan = Message::Scan { serial, at, with_concern };
        let sent = self.sender.as_ref().map(|sender| sender.try_send(scan));
        if let Some(Err(TrySendError::Full(_))) = sent {
            tracing::warn!("too many scans at once: one was not counted");
        }
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
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the scan recorder ended in a panic");
        }
    }
}

fn run(store: &Store, receiver: &Receiver<Message>) {
    while let Ok(message) = receiver.recv() {
        let mut gathered = BTreeMap::new();
        let mut flushed = Vec::new();
        take(message, &mut gathered, &mut flushed);
        if flushed.is_empty() {
            thread::sleep(Duration::from_millis(GATHER_MS));
        }
        for message in receiver.try_iter() {
            take(message, &mut gathered, &mut flushed);
        }
        store_all(store, gathered);
        for done in flushed {
            // An error means that whoever waited has given up.
            let _ = done.send(());
        }
    }
}

fn take(
    message: Message,
    gathered: &mut BTreeMap<Serial, Scans>,
    flushed: &mut Vec<SyncSender<()>>,
) {
    match message {
        Message::Flush(done) => flushed.push(done),
        Message::Scan { serial, at, with_concern } => {
            let first = Scans { serial, count: 0, warnings: 0, first_at: at, last_at: at };
            let scans = gathered.entry(serial).or_insert(first);
            scans.count += 1;
            scans.warnings += u32::from(with_concern);
            scans.last_at = at;
        }
    }
}

fn store_all(store: &Store, gathered: BTreeMap<Serial, Scans>) {
    let scans: Vec<Scans> = gathered.into_values().collect();
    if scans.is_empty() {
        return;
    }
    if let Err(error) = scans::add(store, &scans) {
        let lost = scans.len();
        tracing::error!(error = &error as &dyn std::error::Error, lost, "scans were not counted");
    }
}
