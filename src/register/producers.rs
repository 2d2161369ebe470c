//! Producers as the office keeps them. What a decision said of them stays in its recognition.

use super::catalogue::{Known, NAME_CHARS_MAX, difference, fits, known};
use crate::domain::act::Act;
use crate::domain::audit::{Action, Fact, FactName, Value};
use crate::domain::commune::Commune;
use crate::domain::contact::{self, is_email};
use crate::domain::ids::ProducerId;
use crate::domain::naming::{self, Agreement, Alike, Meant};
use crate::domain::producer::{Contact, NewProducer, is_tax_code};
use crate::fonts::{self, Unprintable};
use crate::store::{AnyConnection, Store, StoreError, aliases, audit, producers};
use crate::vietnamese::name_key;

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
    /// A text cannot be printed.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// Not in the form of a tax code.
    #[error("a tax code has 10 digits, 10 and 3 for a branch, or 12")]
    TaxCode,
    /// Not in the form of a telephone number.
    #[error("give a telephone number of Việt Nam, like 024 3825 0000, 0912 345 678 or 1900 1234")]
    Phone,
    /// Not in the form of an e-mail address.
    #[error("an e-mail address looks like name@example.vn")]
    Email,
    /// Another producer has the name.
    #[error("“{0}” is producer {1} already")]
    Taken(String, ProducerId),
    /// It may be another producer: nobody said yet that it is not.
    #[error("“{name}” may be producer {id}, “{known}”: say whether it is another one")]
    Alike {
        /// What was given.
        name: String,
        /// Who it may be.
        id: ProducerId,
        /// Their name.
        known: String,
    },
    /// Another producer has the tax code.
    #[error("tax code {0} is that of producer {1}")]
    TaxCodeTaken(String, ProducerId),
    /// Somebody else changed it since it was looked at.
    #[error("somebody else changed producer {0} since it was read")]
    Changed(ProducerId),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Enters a producer. Entering it again changes nothing. Who is another one already, by name or by tax
/// code, is refused; who may be another one is asked about.
///
/// # Errors
/// [`ProducerError`].
pub fn add(
    store: &Store,
    wanted: &NewProducer,
    alike: Alike,
    act: Act<'_>,
) -> Result<ProducerId, ProducerError> {
    let wanted = &checked(wanted)?;
    store.write(|register| {
        let meant = producers::meant(register, wanted)?;
        if let Meant::Same(id) = meant
            && producers::get(register, id)?.is_some_and(|it| it.details == *wanted)
        {
            return Ok(id);
        }
        free_tax_code(register, wanted)?;
        match meant {
            Meant::Same(id) => return Err(ProducerError::Taken(wanted.name.clone(), id)),
            Meant::Unclear(ids) => ask(register, wanted, &ids, alike)?,
            Meant::New { .. } => {}
        }
        enter(register, wanted, alike, act)
    })
}

/// Enters a producer that is not there, in the transaction at hand.
pub(super) fn enter(
    register: &mut AnyConnection,
    wanted: &NewProducer,
    alike: Alike,
    act: Act<'_>,
) -> Result<ProducerId, ProducerError> {
    let id = producers::insert(register, wanted)?;
    if alike == Alike::IsOther {
        aliases::say_producer(register, wanted, id)?;
    }
    let contacts = contacts(wanted).into_iter().filter(|(_, said)| said.is_some());
    let contacts = contacts.map(|(what, _)| what.is_word("entered"));
    let entry = Action::AddProducer.on(id).with_all(known(facts(wanted))).with_all(contacts);
    audit::record(register, act, &entry)?;
    Ok(id)
}

/// Refuses who may be one of these, unless somebody said that it is another.
fn ask(
    register: &mut AnyConnection,
    wanted: &NewProducer,
    known: &[ProducerId],
    alike: Alike,
) -> Result<(), ProducerError> {
    if alike == Alike::IsOther {
        let same = producers::exactly(register, wanted)?.filter(|id| known.contains(id));
        let taken = |id| Err(ProducerError::Taken(wanted.name.clone(), id));
        return same.map_or(Ok(()), taken);
    }
    let Some(id) = known.first().copied() else { return Ok(()) };
    let found = producers::get(register, id)?.ok_or(ProducerError::NoProducer(id))?;
    Err(ProducerError::Alike { name: wanted.name.clone(), id, known: found.details.name })
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
    (wanted, alike): (&NewProducer, Alike),
    act: Act<'_>,
) -> Result<(), ProducerError> {
    let wanted = &checked(wanted)?;
    store.write(|register| {
        let known = producers::get(register, id)?.ok_or(ProducerError::NoProducer(id))?;
        if known.details == *wanted {
            return Ok(());
        }
        if known.version != version {
            return Err(ProducerError::Changed(id));
        }
        // A code that it shares already, as an annex entered it, stands in the way of no other change.
        let has_new_code = known.details.tax_code != wanted.tax_code;
        if has_new_code {
            free_tax_code(register, wanted)?;
        }
        let has_new_name = name_key(&known.details.name) != name_key(&wanted.name);
        if has_new_code || has_new_name {
            let mut others = producers::candidates(register, wanted)?;
            others.retain(|it| it.id != id && it.number != Agreement::Equal);
            match naming::producer(&others) {
                Meant::Same(other) => return Err(ProducerError::Taken(wanted.name.clone(), other)),
                Meant::Unclear(ids) => ask(register, wanted, &ids, alike)?,
                Meant::New { .. } => {}
            }
        }
        producers::update(register, id, wanted)?;
        let changed = changes(&known.details, wanted);
        audit::record(register, act, &Action::UpdateProducer.on(id).with_all(changed))?;
        Ok(())
    })
}

/// Refuses a tax code that a producer has.
fn free_tax_code(register: &mut AnyConnection, wanted: &NewProducer) -> Result<(), ProducerError> {
    let Some(code) = wanted.tax_code.as_deref() else { return Ok(()) };
    match producers::of_tax_code(register, code)? {
        Some(other) => Err(ProducerError::TaxCodeTaken(code.to_owned(), other)),
        None => Ok(()),
    }
}

/// A producer with its telephone number in the spelling that is kept.
fn checked(producer: &NewProducer) -> Result<NewProducer, ProducerError> {
    let NewProducer { name, tax_code, address, contact, .. } = producer;
    let is_short = |text: &Option<String>, most| text.as_deref().is_none_or(|it| fits(it, most));
    if !fits(name, NAME_CHARS_MAX) || !is_short(address, NAME_CHARS_MAX) {
        return Err(ProducerError::Facts);
    }
    fonts::check(name)?;
    address.as_deref().map_or(Ok(()), fonts::check)?;
    let is_form = |text: &Option<String>, form: fn(&str) -> bool| {
        is_short(text, CONTACT_CHARS_MAX) && text.as_deref().is_none_or(form)
    };
    if !is_form(tax_code, is_tax_code) {
        return Err(ProducerError::TaxCode);
    }
    let phone = contact.phone.as_deref().map(|it| contact::phone(it).ok_or(ProducerError::Phone));
    let contact = Contact { phone: phone.transpose()?, ..contact.clone() };
    if !is_form(&contact.email, is_email) {
        return Err(ProducerError::Email);
    }
    Ok(NewProducer { contact, ..producer.clone() })
}

/// What became of a producer, for the trail.
fn changes(before: &NewProducer, after: &NewProducer) -> impl Iterator<Item = Fact> {
    let pairs = contacts(before).into_iter().zip(contacts(after));
    let said = pairs.filter_map(|((what, before), (_, after))| {
        let became = match (before, after) {
            (None, Some(_)) => "entered",
            (Some(_), None) => "removed",
            (before, after) if before == after => return None,
            _ => "changed",
        };
        Some(what.is_word(became))
    });
    difference(facts(before), facts(after)).chain(said)
}

/// How its people are reached: the trail is never erased, so it says of these that they changed and not
/// what they are.
fn contacts(it: &NewProducer) -> [(FactName, Option<&str>); 2] {
    [(FactName::Phone, it.contact.phone.as_deref()), (FactName::Email, it.contact.email.as_deref())]
}

fn facts(it: &NewProducer) -> [Known; 5] {
    [
        (FactName::Name, Some(Value::from(&it.name))),
        (FactName::Kind, Some(Value::Word(it.kind.key().to_owned()))),
        (FactName::TaxCode, it.tax_code.as_ref().map(Value::from)),
        (FactName::Address, it.address.as_ref().map(Value::from)),
        (FactName::Commune, it.contact.commune.map(Commune::title).map(Value::from)),
    ]
}
