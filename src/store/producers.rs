//! Producers.

use diesel::prelude::*;

use super::schema::producers;
use super::{AnyConnection, StoreError};
use crate::domain::ids::ProducerId;
use crate::domain::producer::{NewProducer, Producer, ProducerKind};
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
    let folded = vietnamese::fold(&producer.name);
    let known = producers::table
        .filter(producers::name_folded.eq(&folded))
        .select(producers::id)
        .first(connection)
        .optional()?;
    if let Some(id) = known {
        return Ok(ProducerId(id));
    }
    let id = diesel::insert_into(producers::table)
        .values((
            producers::kind.eq(producer.kind.key()),
            producers::name.eq(&producer.name),
            producers::name_folded.eq(folded),
            producers::tax_code.eq(producer.tax_code.as_deref()),
            producers::address.eq(producer.address.as_deref()),
        ))
        .returning(producers::id)
        .get_result(connection)?;
    Ok(ProducerId(id))
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
pub(super) type Row = (i64, String, String, Option<String>, Option<String>, i64);

/// The columns of [`Row`].
pub(super) const COLUMNS: (
    producers::id,
    producers::kind,
    producers::name,
    producers::tax_code,
    producers::address,
    producers::version,
) = (
    producers::id,
    producers::kind,
    producers::name,
    producers::tax_code,
    producers::address,
    producers::version,
);

pub(super) fn from_row(row: Row) -> Result<Producer, StoreError> {
    let (id, kind, name, tax_code, address, version) = row;
    let kind = ProducerKind::from_key(&kind).ok_or(StoreError::Corrupt("producer kind"))?;
    let details = NewProducer { kind, name, tax_code, address };
    Ok(Producer { id: ProducerId(id), details, version })
}
