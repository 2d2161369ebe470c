//! Producers as the office keeps them. What a decision said of them stays in its recognition.

use super::catalogue::{NAME_CHARS_MAX, difference, fits, said};
use crate::domain::act::Act;
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::{NewProducer, is_email, is_phone, is_tax_code};
use crate::store::{Store, StoreError, audit, producers};

/// Most letters of a telephone number or an e-mail address.
pub const CONTACT_CHARS_MAX: usize = 100;

/// Why a producer was not entered or changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProducerError {
    /// No such producer.
    #[error("there is no producer {0}")]
    NoProducer(ProducerId),
    /// It has no name, or a text is too long.
    #[error("give the producer a name, and texts of at most {NAME_CHARS_MAX} letters")]
    Facts,
    /// Not in the form of a tax code.
    #[error("a tax code has 10 digits, 10 and 3 for a branch, or 12")]
    TaxCode,
    /// Not in the form of a telephone number.
    #[error("a telephone number has 8 to 15 digits")]
    Phone,
    /// Not in the form of an e-mail address.
    #[error("an e-mail address looks like name@example.vn")]
    Email,
    /// Another producer has the name.
    #[error("“{0}” is producer {1} already")]
    Taken(String, ProducerId),
    /// Somebody else changed it since it was looked at.
    #[error("somebody else changed producer {0} since it was read")]
    Changed(ProducerId),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Enters a producer. Entering it again changes nothing.
///
/// # Errors
/// [`ProducerError`].
pub fn add(store: &Store, wanted: &NewProducer, act: Act<'_>) -> Result<ProducerId, ProducerError> {
    check(wanted)?;
    store.write(|register| {
        if let Some(id) = producers::find(register, &wanted.name)? {
            let known = producers::get(register, id)?;
            let is_same = known.is_some_and(|producer| producer.details == *wanted);
            let taken = || ProducerError::Taken(wanted.name.clone(), id);
            return if is_same { Ok(id) } else { Err(taken()) };
        }
        let id = producers::insert(register, wanted)?;
        let detail = facts(wanted).map(|(what, said)| format!("{what}: {said}")).join("; ");
        audit::record(register, act, "producer.add", &object(id), &detail)?;
        Ok(id)
    })
}

/// Replaces what is known of a producer that was looked at in a `version`. What it says already changes
/// nothing, in whichever version.
///
/// # Errors
/// [`ProducerError`].
pub fn change(
    store: &Store,
    id: ProducerId,
    version: i64,
    wanted: &NewProducer,
    act: Act<'_>,
) -> Result<(), ProducerError> {
    check(wanted)?;
    store.write(|register| {
        let known = producers::get(register, id)?.ok_or(ProducerError::NoProducer(id))?;
        if known.details == *wanted {
            return Ok(());
        }
        if known.version != version {
            return Err(ProducerError::Changed(id));
        }
        let namesake = producers::find(register, &wanted.name)?;
        if let Some(other) = namesake.filter(|other| *other != id) {
            return Err(ProducerError::Taken(wanted.name.clone(), other));
        }
        producers::update(register, id, wanted)?;
        let detail = difference(facts(&known.details), facts(wanted));
        audit::record(register, act, "producer.update", &object(id), &detail)?;
        Ok(())
    })
}

/// A producer's name in the audit trail.
#[must_use]
pub fn object(id: ProducerId) -> String {
    format!("producer {id}")
}

fn check(producer: &NewProducer) -> Result<(), ProducerError> {
    let NewProducer { name, tax_code, address, contact, .. } = producer;
    let is_short = |text: &Option<String>, most| text.as_deref().is_none_or(|it| fits(it, most));
    if !fits(name, NAME_CHARS_MAX) || !is_short(address, NAME_CHARS_MAX) {
        return Err(ProducerError::Facts);
    }
    let is_form = |text: &Option<String>, form: fn(&str) -> bool| {
        is_short(text, CONTACT_CHARS_MAX) && text.as_deref().is_none_or(form)
    };
    if !is_form(tax_code, is_tax_code) {
        return Err(ProducerError::TaxCode);
    }
    if !is_form(&contact.phone, is_phone) {
        return Err(ProducerError::Phone);
    }
    if !is_form(&contact.email, is_email) {
        return Err(ProducerError::Email);
    }
    Ok(())
}

fn facts(it: &NewProducer) -> [(&'static str, String); 7] {
    [
        ("name", it.name.clone()),
        ("kind", it.kind.key().to_owned()),
        ("tax code", said(it.tax_code.as_deref())),
        ("address", said(it.address.as_deref())),
        ("commune", said(it.contact.commune.map(Commune::title))),
        ("phone", said(it.contact.phone.as_deref())),
        ("e-mail", said(it.contact.email.as_deref())),
    ]
}
