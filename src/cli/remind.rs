//! `ocop remind`, `ocop outbox`, and what `ocop serve` does by itself: those, and erasing contacts that
//! consumers left long ago.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;

use super::Session;
use super::error::CliError;
use crate::app::App;
use crate::clock::Clock;
use crate::domain::act::Act;
use crate::mail::Mailer;
use crate::register::reports;
use crate::reminders::{self, ReminderError, Sent};
use crate::store::{Store, outbox as letters};

/// The service looks so often for what is due.
const ROUND: Duration = Duration::from_mins(1);
/// What the audit trail calls the rounds.
const ROUNDS: &str = "ocop serve";
/// Letters listed at most.
const LISTED_MAX: i64 = 200;

/// Writes and sends what is due now.
pub(super) fn run(session: &Session) -> Result<(), CliError> {
    let app = session.app()?;
    let mailer = app.mailer()?;
    let now = app.clock.now();
    let written = reminders::write(&app.store, now)?;
    let sent = mailer.as_ref().map(|mailer| reminders::send(&app.store, mailer, now));
    let sent = sent.transpose()?;
    let Sent { sent: taken, refused } = sent.unwrap_or_default();
    let answer = json!({ "written": written, "sent": taken, "refused": refused });
    session.output.tell(&answer, || {
        println!("{written} letters written, {taken} sent, {refused} not taken");
        if sent.is_none() {
            println!("No mail server is set (mail.host): the letters wait in the outbox.");
        }
    });
    Ok(())
}

/// Lists what was not sent.
pub(super) fn outbox(session: &Session) -> Result<(), CliError> {
    let app = session.app()?;
    let waiting = app.store.read(|register| letters::unsent(register, LISTED_MAX))?;
    let facts = |letter: &letters::Waiting| {
        json!({
            "key": letter.key,
            "recipient": letter.recipient,
            "attempts": letter.attempts,
            "next_attempt_at": letter.next_attempt_at,
            "last_error": letter.last_error,
        })
    };
    let all: Vec<_> = waiting.iter().map(facts).collect();
    session.output.tell(&json!({ "letters": all }), || {
        for letter in &waiting {
            let why = letter.last_error.as_deref().unwrap_or("–");
            let next =
                letter.next_attempt_at.map_or_else(|| "given up".into(), |at| at.to_string());
            println!(
                "{}  {}  tried {}, next {next}: {why}",
                letter.key, letter.recipient, letter.attempts
            );
        }
    });
    Ok(())
}

/// What is done every round, on a thread of its own; it ends when this is dropped.
pub(super) struct Rounds {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the rounds: reminders where a mail server is set, and the erasing of contacts.
pub(super) fn start(app: &App) -> Result<Rounds, CliError> {
    let mailer = app.mailer()?;
    let (stop, stopped) = channel::<()>();
    let (store, clock) = (app.store.clone(), app.clock.clone());
    let kept_for = TimeDelta::days(app.config.reports.contact_days.into());
    let thread = std::thread::spawn(move || {
        loop {
            if let Some(Err(error)) = mailer.as_ref().map(|it| round(&store, &clock, it)) {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "reminders were not written or sent");
            }
            let act = Act { by: ROUNDS, at: clock.now() };
            if let Err(error) = reports::erase_contacts(&store, act.at - kept_for, act) {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "contacts were not erased");
            }
            if stopped.recv_timeout(ROUND) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    });
    Ok(Rounds { stop: Some(stop), thread: Some(thread) })
}

fn round(store: &Store, clock: &Arc<dyn Clock>, mailer: &Mailer) -> Result<(), ReminderError> {
    reminders::write(store, clock.now())?;
    reminders::send(store, mailer, clock.now())?;
    Ok(())
}

impl Drop for Rounds {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the rounds ended in a panic");
        }
    }
}
