//! Reminders of recognitions that end: written into the outbox, once for each recognition, threshold
//! and person; sent from there, again and again until the mail server takes them.
//!
//! A letter is claimed before it is given away, so that two nodes never send the same one. Where a node
//! is lost between giving it away and noting that, it is sent once more, under the same Message-ID.

use askama::Template;
use chrono::TimeDelta;

use crate::domain::account::Account;
use crate::domain::calendar::{Instant, vietnam_day};
use crate::domain::role::{Organisation, Role};
use crate::mail::{Letter, MailError, Mailer};
use crate::store::listing::{Listing, Sort, Viewer};
use crate::store::renewal_list::{Ending, RenewalColumn, RenewalFilter};
use crate::store::{AnyConnection, Store, StoreError, accounts, outbox};
use crate::vietnamese;

/// Days before the end at which people are reminded, the most urgent first.
const THRESHOLDS: [u16; 3] = [30, 90, 180];

/// A letter that was refused so often is given up.
pub const ATTEMPTS_MAX: u32 = 12;

/// So many letters refused one after another tell that the server is away: the others wait for it.
const REFUSED_MAX: u32 = 3;

/// Longest wait between two attempts, in minutes.
const WAIT_MINUTES_MAX: i64 = 24 * 60;

/// Why reminders were not written or sent.
#[derive(Debug, thiserror::Error)]
pub enum ReminderError {
    /// A text could not be made.
    #[error("the text of a reminder could not be made")]
    Text(#[from] askama::Error),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Taken by the mail server.
    pub sent: u64,
    /// Not taken: they wait for their next turn, or were given up.
    pub refused: u64,
}

#[derive(Template)]
#[template(path = "mail/renewal.txt", escape = "none")]
struct Text<'a> {
    name: &'a str,
    days_left: i64,
    product: &'a str,
    producer: &'a str,
    decision: &'a str,
    ends_on: String,
    open_orders: String,
    unused_stamps: String,
}

/// Writes what is due and was not written before; tells how many letters that were.
///
/// # Errors
/// [`ReminderError`].
pub fn write(store: &Store, at: Instant) -> Result<u64, ReminderError> {
    let viewer = Viewer { organisation: Organisation::Office, today: vietnam_day(at) };
    let [.., widest] = THRESHOLDS;
    let filter = RenewalFilter { within_days: widest, words: String::new() };
    let sort = Sort { column: RenewalColumn::End, is_descending: false };
    let (endings, people) = store.read(|register| {
        let endings = filter.part(register, viewer, sort, (0, i64::MAX))?;
        Ok::<_, StoreError>((endings, accounts::list(register)?))
    })?;
    let mut letters = Vec::new();
    for ending in &endings {
        for person in people.iter().filter(|person| concerns(person, ending)) {
            letters.extend(letter(person, ending, viewer)?);
        }
    }
    // A round that has nothing new must not write: each write makes look-ups ask for more.
    let new = store.read(|register| {
        let known = letters.iter().map(|letter| outbox::is_known(register, &letter.key));
        known.collect::<Result<Vec<_>, StoreError>>()
    })?;
    let new = letters.iter().zip(new).filter(|(_, is_known)| !is_known).map(|(letter, _)| letter);
    let letters: Vec<&Letter> = new.collect();
    if letters.is_empty() {
        return Ok(0);
    }
    store.write(|register| letters.into_iter().map(|letter| put(register, letter, at)).sum())
}

fn put(register: &mut AnyConnection, letter: &Letter, at: Instant) -> Result<u64, ReminderError> {
    let parts = (&*letter.key, &*letter.to, &*letter.subject, &*letter.body);
    Ok(u64::from(outbox::put(register, parts, at)?))
}

/// The producer's own people, and the officers.
fn concerns(person: &Account, ending: &Ending) -> bool {
    let details = &person.details;
    let is_theirs = details.organisation == Organisation::Producer(ending.listed.producer.id);
    person.disabled_at.is_none() && (is_theirs || details.role == Role::Officer)
}

/// None where the person has no address.
fn letter(
    person: &Account,
    ending: &Ending,
    viewer: Viewer,
) -> Result<Option<Letter>, ReminderError> {
    let Some(to) = person.details.email.clone() else { return Ok(None) };
    let Some(recognition) = &ending.listed.recognition else { return Ok(None) };
    let days_left = (ending.ends_on - viewer.today).num_days();
    let threshold = THRESHOLDS.into_iter().find(|days| i64::from(*days) >= days_left);
    let Some(threshold) = threshold else { return Ok(None) };
    let product = &ending.listed.product.details.name;
    let text = Text {
        name: &person.details.name,
        days_left,
        product,
        producer: &ending.listed.producer.details.name,
        decision: &recognition.paper.decision_number,
        ends_on: vietnamese::date(ending.ends_on),
        open_orders: vietnamese::number(ending.open_orders),
        unused_stamps: vietnamese::number(ending.unused_stamps),
    };
    Ok(Some(Letter {
        key: format!("renewal.{}.{threshold}.{}", recognition.id, person.id),
        to,
        subject: format!("Giấy chứng nhận OCOP sắp hết hiệu lực: {product}"),
        body: text.render()?,
    }))
}

/// Sends every letter whose turn has come.
///
/// # Errors
/// [`StoreError`]; that a letter was not taken is none.
pub fn send(store: &Store, mailer: &Mailer, at: Instant) -> Result<Sent, StoreError> {
    let (mut sent, mut in_a_row) = (Sent::default(), 0);
    while in_a_row < REFUSED_MAX
        && let Some(letter) = claim(store, at)?
    {
        let outcome = give(mailer, &letter);
        match &outcome {
            Ok(()) => {
                sent.sent += 1;
                in_a_row = 0;
            }
            Err(why) => {
                sent.refused += 1;
                in_a_row += 1;
                tracing::warn!(letter = letter.key, error = %why, "a letter was not sent");
            }
        }
        let said = outcome.map(|()| at).map_err(|why| why.to_string());
        store.write(|register| {
            outbox::set_outcome(
                register,
                letter.id,
                said.as_ref().map(|at| *at).map_err(|it| &**it),
            )
        })?;
    }
    Ok(sent)
}

/// Takes the next letter, which nobody else takes before its next turn.
fn claim(store: &Store, at: Instant) -> Result<Option<outbox::Waiting>, StoreError> {
    if store.read(|register| outbox::due(register, at))?.is_none() {
        return Ok(None);
    }
    store.write(|register| {
        let Some(letter) = outbox::due(register, at)? else { return Ok(None) };
        let attempt = letter.attempts + 1;
        let next = (attempt < ATTEMPTS_MAX).then(|| at + wait(attempt));
        outbox::set_tried(register, &letter, next)?;
        Ok(Some(letter))
    })
}

fn give(mailer: &Mailer, letter: &outbox::Waiting) -> Result<(), MailError> {
    mailer.send(&Letter {
        key: letter.key.clone(),
        to: letter.recipient.clone(),
        subject: letter.subject.clone(),
        body: letter.body.clone(),
    })
}

/// Twice as long each time, from a minute to a day.
fn wait(attempt: u32) -> TimeDelta {
    let minutes = 1_i64.checked_shl(attempt - 1).unwrap_or(WAIT_MINUTES_MAX);
    TimeDelta::minutes(minutes.clamp(1, WAIT_MINUTES_MAX))
}
