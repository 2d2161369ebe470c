//! Producers.

use diesel::prelude::*;

use super::schema::producers;
use super::{AnyConnection, StoreError, former_names, products as goods};
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::{Contact, NewProducer, Producer, ProducerKind};
use crate::vietnamese;

/// The producer that an annex means, entered if it is not there; what is there is kept.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    connection: &mut AnyConnection,
    producer: &NewProducer,
) -> Result<ProducerId, StoreError> {
    match known_as(connection, producer)? {
        Some(known) => Ok(known),
        None => insert(connection, producer),
    }
}

/// The producer that is meant: the one of that name, else the one of that tax code, else the one that
/// had the name, unless its tax code is another. Names are the same when they differ in letter case,
/// accents' place or spaces alone.
///
/// # Errors
/// [`StoreError`].
pub fn known_as(
    connection: &mut AnyConnection,
    meant: &NewProducer,
) -> Result<Option<ProducerId>, StoreError> {
    if let Some(known) = find(connection, &meant.name)? {
        return Ok(Some(known));
    }
    let code = meant.tax_code.as_deref();
    if let Some(code) = code
        && let Some(known) = of_tax_code(connection, code)?
    {
        return Ok(Some(known));
    }
    let former = former_names::producer(connection, &vietnamese::fold(&meant.name))?;
    let former = former.map(|id| get(connection, id)).transpose()?.flatten();
    let is_meant = |it: &Producer| match (code, it.details.tax_code.as_deref()) {
        (Some(wanted), Some(theirs)) => wanted == theirs,
        _ => true,
    };
    Ok(former.filter(is_meant).map(|it| it.id))
}

/// The producer of a tax code: the first, where annexes entered it more than once.
///
/// # Errors
/// [`StoreError`].
pub fn of_tax_code(
    connection: &mut AnyConnection,
    code: &str,
) -> Result<Option<ProducerId>, StoreError> {
    let found = producers::table.filter(producers::tax_code.eq(code));
    let id = found.order(producers::id).select(producers::id).first(connection).optional()?;
    Ok(id.map(ProducerId))
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
            producers::sort_key.eq(vietnamese::sort_key(&producer.name)),
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

/// Replaces what is known of a producer, and counts the change. Its products are found by its new name;
/// annexes know it by the name that it had, too.
///
/// # Errors
/// [`StoreError`].
pub fn update(
    connection: &mut AnyConnection,
    id: ProducerId,
    producer: &NewProducer,
) -> Result<(), StoreError> {
    let contact = &producer.contact;
    let had: Option<String> =
        producers::table.find(id.0).select(producers::name_folded).first(connection).optional()?;
    let folded = vietnamese::fold(&producer.name);
    if let Some(had) = had.filter(|had| *had != folded) {
        former_names::keep(connection, id, &had)?;
    }
    diesel::update(producers::table.find(id.0))
        .set((
            producers::kind.eq(producer.kind.key()),
            producers::name.eq(&producer.name),
            producers::name_folded.eq(folded),
            producers::sort_key.eq(vietnamese::sort_key(&producer.name)),
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

/// Whether a row has no key that it is sorted by: one from before there were keys.
pub(super) fn lacks_sort_keys(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let without = producers::table.filter(producers::sort_key.eq(Vec::<u8>::new()));
    let first: Option<i64> = without.select(producers::id).first(connection).optional()?;
    Ok(first.is_some())
}

/// Makes the keys that rows are sorted by, where a row has none.
pub(super) fn fill_sort_keys(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let without = producers::table.filter(producers::sort_key.eq(Vec::<u8>::new()));
    let rows: Vec<(i64, String)> =
        without.select((producers::id, producers::name)).load(connection)?;
    for (id, name) in rows {
        diesel::update(producers::table.find(id))
            .set(producers::sort_key.eq(vietnamese::sort_key(&name)))
            .execute(connection)?;
    }
    Ok(())
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
