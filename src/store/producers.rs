//! Producers.

use diesel::prelude::*;

use super::schema::producers;
use super::{AnyConnection, StoreError, aliases, products as goods};
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::naming::{self, Agreement, Candidate, Likeness, Meant};
use crate::domain::producer::{Contact, NewProducer, Producer, ProducerKind};
use crate::vietnamese;

/// Whom a name and a tax code mean: as the office said, else as they tell.
///
/// # Errors
/// [`StoreError`].
pub fn meant(
    connection: &mut AnyConnection,
    meant: &NewProducer,
) -> Result<Meant<ProducerId>, StoreError> {
    if let Some(said) = aliases::said_producer(connection, meant)? {
        return Ok(Meant::Same(said));
    }
    Ok(naming::producer(&candidates(connection, meant)?))
}

/// The producers that may be meant, each once.
///
/// # Errors
/// [`StoreError`].
pub fn candidates(
    connection: &mut AnyConnection,
    meant: &NewProducer,
) -> Result<Vec<Candidate<ProducerId>>, StoreError> {
    let found_by = vietnamese::producer_keys(&meant.name, meant.kind);
    let rows: Vec<Row> = producers::table
        .filter(
            producers::search_key
                .eq_any(&found_by)
                .or(producers::tax_code.eq(meant.tax_code.as_deref())),
        )
        .order(producers::id)
        .select(COLUMNS)
        .load(connection)?;
    let mut found: Vec<Candidate<ProducerId>> = Vec::new();
    let mut note = |known: &Producer, name: &str| {
        let Producer { id, details: NewProducer { kind, tax_code, .. }, .. } = known;
        let likeness = vietnamese::producer_likeness((&meant.name, meant.kind), (name, *kind));
        let (id, code) = (*id, tax_code.as_deref());
        match found.iter_mut().find(|it| it.id == id) {
            Some(known) => known.likeness = known.likeness.min(likeness),
            None => found.push(Candidate {
                id,
                likeness,
                number: Agreement::of(meant.tax_code.as_deref(), code),
                quantity: Agreement::Unknown,
            }),
        }
    };
    for row in rows {
        let known = from_row(row)?;
        note(&known, &known.details.name);
    }
    for (id, name) in aliases::producers_alike(connection, &found_by)? {
        let known = get(connection, id)?.ok_or(StoreError::Corrupt("name of a producer"))?;
        note(&known, &name);
    }
    Ok(found)
}

/// The producer of that very name and tax code, or of that name and none.
///
/// # Errors
/// [`StoreError`].
pub fn exactly(
    connection: &mut AnyConnection,
    meant: &NewProducer,
) -> Result<Option<ProducerId>, StoreError> {
    let found = producers::table.filter(producers::identity_key.eq(identity_key(meant)));
    let id: Option<i64> = found.select(producers::id).first(connection).optional()?;
    Ok(id.map(ProducerId))
}

/// What tells a producer apart: its name and its tax code.
pub(super) fn identity_key(producer: &NewProducer) -> String {
    let code = producer.tax_code.as_deref().unwrap_or_default();
    format!("{}\n{code}", vietnamese::name_key(&producer.name))
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

/// Enters a producer.
///
/// # Errors
/// [`StoreError::Duplicate`] where there is one of that name with that tax code, or both without.
pub fn insert(
    connection: &mut AnyConnection,
    producer: &NewProducer,
) -> Result<ProducerId, StoreError> {
    let contact = &producer.contact;
    let id = diesel::insert_into(producers::table)
        .values((
            producers::kind.eq(producer.kind.key()),
            producers::name.eq(&producer.name),
            producers::identity_key.eq(identity_key(producer)),
            producers::search_key.eq(vietnamese::search_key(&producer.name)),
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
        producers::table.find(id.0).select(producers::name).first(connection).optional()?;
    let is_other = |had: &String| vietnamese::likeness(had, &producer.name) != Likeness::Same;
    if let Some(had) = had.filter(is_other) {
        aliases::keep(connection, id, &had)?;
    }
    diesel::update(producers::table.find(id.0))
        .set((
            producers::kind.eq(producer.kind.key()),
            producers::name.eq(&producer.name),
            producers::identity_key.eq(identity_key(producer)),
            producers::search_key.eq(vietnamese::search_key(&producer.name)),
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

/// Whether a row has no keys: one that an earlier program entered.
pub(super) fn lacks_keys(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let without = producers::table.filter(producers::search_key.is_null());
    let first: Option<i64> = without.select(producers::id).first(connection).optional()?;
    Ok(first.is_some())
}

/// Makes the keys of rows that have none, and those of their products.
pub(super) fn make_keys(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let without = producers::table.filter(producers::search_key.is_null());
    let rows: Vec<Row> = without.order(producers::id).select(COLUMNS).load(connection)?;
    for row in rows {
        let Producer { id, details, .. } = from_row(row)?;
        diesel::update(producers::table.find(id.0))
            .set((
                producers::identity_key.eq(identity_key(&details)),
                producers::search_key.eq(vietnamese::search_key(&details.name)),
                producers::sort_key.eq(vietnamese::sort_key(&details.name)),
            ))
            .execute(connection)?;
        goods::make_keys(connection, id)?;
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
