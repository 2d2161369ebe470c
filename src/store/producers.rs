//! Producers.

use diesel::prelude::*;

use super::schema::producers;
use super::{AnyConnection, StoreError, products as goods};
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::{Contact, NewProducer, Producer, ProducerKind};
use crate::vietnamese;

/// The producer of that name, entered if it is not there. Names are the same when they differ in
/// letter case, accents' place or spaces alone; what is there is kept.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    producer: &NewProducer,
) -> Result<ProducerId, StoreError> {
    match find(connection, &producer.name)? {
        Some(known) => Ok(known),
        None => insert(connection, producer),
    }
}

/// The producer of a name, however accented.
///
/// # Errors
/// [`StoreError`].
pub fn find(connection: &mut AnyConnection, name: &str) -> Result<Option<ProducerId>, StoreError> {
    let id = producers::table
        .filter(producers::name_folded.eq(vietnamese::fold(name)))
        .select(producers::id)
        .first(connection)
        .optional()?;
    Ok(id.map(ProducerId))
}

/// Enters a producer.
///
/// # Errors
/// [`StoreError::Duplicate`] where there is one of that name.
pub fn insert(
    connection: &mut AnyConnection,
    producer: &NewProducer,
) -> Result<ProducerId, StoreError> {
    let contact = &producer.contact;
    let id = diesel::insert_into(producers::table)
        .values((
            producers::kind.eq(producer.kind.key()),
            producers::name.eq(&producer.name),
            producers::name_folded.eq(vietnamese::fold(&producer.name)),
            producers::tax_code.eq(producer.tax_code.as_deref()),
            producers::address.eq(producer.address.as_deref()),
            producers::commune_code.eq(contact.commune.map(Commune::code)),
            producers::phone.eq(contact.phone.as_deref()),
            producers::email.eq(contact.email.as_deref()),
        ))
        .returning(producers::id)
        .get_result(connection)?;
    Ok(ProducerId(id))
}

/// Replaces what is known of a producer, and counts the change. Its products are found by its new name.
///
/// # Errors
/// [`StoreError`].
pub fn update(
    connection: &mut AnyConnection,
    id: ProducerId,
    producer: &NewProducer,
) -> Result<(), StoreError> {
    let contact = &producer.contact;
    diesel::update(producers::table.find(id.0))
        .set((
            producers::kind.eq(producer.kind.key()),
            producers::name.eq(&producer.name),
            producers::name_folded.eq(vietnamese::fold(&producer.name)),
            producers::tax_code.eq(producer.tax_code.as_deref()),
            producers::address.eq(producer.address.as_deref()),
            producers::commune_code.eq(contact.commune.map(Commune::code)),
            producers::phone.eq(contact.phone.as_deref()),
            producers::email.eq(contact.email.as_deref()),
            producers::version.eq(producers::version + 1),
        ))
        .execute(connection)?;
    goods::find_by(connection, id, &producer.name)
}

/// The producer of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: ProducerId) -> Result<Option<Producer>, StoreError> {
    let row = producers::table.find(id.0).select(COLUMNS).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// A row as it is selected.
pub(super) type Row = (
    i64,
    String,
    String,
    Option<String>,
    Option<String>,
    i64,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The columns of [`Row`].
pub(super) const COLUMNS: Columns = (
    producers::id,
    producers::kind,
    producers::name,
    producers::tax_code,
    producers::address,
    producers::version,
    producers::commune_code,
    producers::phone,
    producers::email,
);

/// Their type.
pub(super) type Columns = (
    producers::id,
    producers::kind,
    producers::name,
    producers::tax_code,
    producers::address,
    producers::version,
    producers::commune_code,
    producers::phone,
    producers::email,
);

pub(super) fn from_row(row: Row) -> Result<Producer, StoreError> {
    let (id, kind, name, tax_code, address, version, commune, phone, email) = row;
    let kind = ProducerKind::from_key(&kind).ok_or(StoreError::Corrupt("producer kind"))?;
    let commune = commune.map(|code| Commune::from_code(&code));
    let commune = commune.map(|known| known.ok_or(StoreError::Corrupt("commune"))).transpose()?;
    let contact = Contact { commune, phone, email };
    let details = NewProducer { kind, name, tax_code, address, contact };
    Ok(Producer { id: ProducerId(id), details, version })
}
