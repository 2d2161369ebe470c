//! Reminders of recognitions that end, written into the outbox: a producer's people are told once of each
//! recognition at each threshold, an officer once a week of all together. Sent from there, again and again
//! until the mail server takes them.
//!
//! A letter is claimed before it is given away, so that two nodes never send the same one. Where a node
//! is lost between giving it away and noting that, it is sent once more, under the same Message-ID.

use askama::Template;
use chrono::{TimeDelta, Weekday};

use crate::domain::account::Account;
use crate::domain::calendar::{Day, Instant, vietnam_day};
use crate::domain::recognition::{REMINDER_DAYS, by_reminder};
use crate::domain::role::{Organisation, Role};
use crate::mail::{Letter, MailError, Mailer};
use crate::store::listing::{Listing, Sort, Viewer};
use crate::store::renewal_list::{Ending, RenewalColumn, RenewalFilter};
use crate::store::{AnyConnection, Store, StoreError, accounts, outbox};
use crate::vietnamese;

/// Most recognitions that an officer's letter names one by one; the list at work has the others.
const NAMED_MAX: usize = 20;

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
struct OneText<'a> {
    name: &'a str,
    days_left: i64,
    product: &'a str,
    producer: &'a str,
    decision: &'a str,
    ends_on: String,
    open_orders: String,
    unused_stamps: String,
}

#[derive(Template)]
#[template(path = "mail/renewals.txt", escape = "none")]
struct WeekText<'a> {
    name: &'a str,
    /// Days, and the recognitions that end within them.
    within: Vec<(u16, String)>,
    /// Last day, product and producer of the first ones to end.
    soonest: Vec<(String, &'a str, &'a str)>,
    others: String,
}

/// A letter that is due, not written yet.
struct Due<'a> {
    key: String,
    to: &'a str,
    name: &'a str,
    about: About<'a>,
}

enum About<'a> {
    /// A recognition of their own, and the days it has left.
    One(&'a Ending, i64),
    /// All that end before long.
    Week(&'a [Ending]),
}

/// Writes what is due and was not written before; tells how many letters that were.
///
/// # Errors
/// [`ReminderError`].
pub fn write(store: &Store, at: Instant) -> Result<u64, ReminderError> {
    let viewer = Viewer { organisation: Organisation::Office, today: vietnam_day(at) };
    let [within_days, ..] = REMINDER_DAYS;
    let filter = RenewalFilter { within_days, words: String::new() };
    let sort = Sort { column: RenewalColumn::End, is_descending: false };
    let (endings, people) = store.read(|register| {
        let endings = filter.part(register, viewer, sort, (0, i64::MAX))?;
        Ok::<_, StoreError>((endings, accounts::list(register)?))
    })?;
    let due = people.iter().flat_map(|person| due(person, &endings, viewer.today));
    // A round that has nothing to add must not write: each write makes look-ups ask for more.
    let missing: Vec<Due<'_>> = store.read(|register| {
        due.filter_map(|letter| match outbox::is_known(register, &letter.key) {
            Ok(is_known) => (!is_known).then_some(Ok(letter)),
            Err(error) => Some(Err(error)),
        })
        .collect::<Result<_, StoreError>>()
    })?;
    if missing.is_empty() {
        return Ok(0);
    }
    let letters =
        missing.iter().map(|due| due.letter(viewer.today)).collect::<Result<Vec<_>, _>>()?;
    store.write(|register| letters.iter().map(|letter| put(register, letter, at)).sum())
}

fn put(register: &mut AnyConnection, letter: &Letter, at: Instant) -> Result<u64, ReminderError> {
    let parts = (&*letter.key, &*letter.to, &*letter.subject, &*letter.body);
    Ok(u64::from(outbox::put(register, parts, at)?))
}

/// The letters that somebody is due; none for who has no address.
fn due<'a>(person: &'a Account, endings: &'a [Ending], today: Day) -> Vec<Due<'a>> {
    let details = &person.details;
    let Some(to) = details.email.as_deref().filter(|_| person.disabled_at.is_none()) else {
        return Vec::new();
    };
    let name = &*details.name;
    if details.role == Role::Officer && !endings.is_empty() {
        let monday = today.week(Weekday::Mon).first_day();
        let key = format!("renewals.{monday}.{}", person.id);
        return vec![Due { key, to, name, about: About::Week(endings) }];
    }
    let theirs = endings
        .iter()
        .filter(|ending| details.organisation == Organisation::Producer(ending.listed.producer.id));
    theirs
        .filter_map(|ending| {
            let recognition = ending.listed.recognition.as_ref()?;
            let days_left = (ending.ends_on - today).num_days();
            let is_reached = |days: &u16| i64::from(*days) >= days_left;
            let threshold = REMINDER_DAYS.into_iter().filter(is_reached).min()?;
            let key = format!("renewal.{}.{threshold}.{}", recognition.id, person.id);
            Some(Due { key, to, name, about: About::One(ending, days_left) })
        })
        .collect()
}

impl Due<'_> {
    fn letter(&self, today: Day) -> Result<Letter, askama::Error> {
        let (subject, body) = match self.about {
            About::One(ending, days_left) => (
                format!(
                    "Giấy chứng nhận OCOP sắp hết hiệu lực: {}",
                    ending.listed.product.details.name
                ),
                one_text(self.name, ending, days_left)?,
            ),
            About::Week(endings) => (
                format!("{} Giấy chứng nhận OCOP sắp hết hiệu lực", counted(endings.len())),
                week_text(self.name, endings, today)?,
            ),
        };
        Ok(Letter { key: self.key.clone(), to: self.to.to_owned(), subject, body })
    }
}

fn one_text(name: &str, ending: &Ending, days_left: i64) -> Result<String, askama::Error> {
    let recognition = ending.listed.recognition.as_ref();
    OneText {
        name,
        days_left,
        product: &ending.listed.product.details.name,
        producer: &ending.listed.producer.details.name,
        decision: recognition.map_or("", |it| &it.paper.decision_number),
        ends_on: vietnamese::date(ending.ends_on),
        open_orders: vietnamese::number(ending.open_orders),
        unused_stamps: vietnamese::number(ending.unused_stamps),
    }
    .render()
}

fn week_text(name: &str, endings: &[Ending], today: Day) -> Result<String, askama::Error> {
    let last_days: Vec<Day> = endings.iter().map(|ending| ending.ends_on).collect();
    let within =
        by_reminder(&last_days, today).map(|(days, count)| (days, vietnamese::number(count)));
    let soonest = endings.iter().take(NAMED_MAX).map(|ending| {
        let listed = &ending.listed;
        let (product, producer) = (&*listed.product.details.name, &*listed.producer.details.name);
        (vietnamese::date(ending.ends_on), product, producer)
    });
    let others = endings.len().saturating_sub(NAMED_MAX);
    WeekText {
        name,
        within: within.into(),
        soonest: soonest.collect(),
        others: if others == 0 { String::new() } else { counted(others) },
    }
    .render()
}

fn counted(things: usize) -> String {
    vietnamese::number(u64::try_from(things).unwrap_or(u64::MAX))
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
