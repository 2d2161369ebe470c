//! Producers as a person looks through them: one's own organisation, or all.

use std::collections::BTreeMap;

use diesel::dsl::{IntoBoxed, count_star};
use diesel::prelude::*;

use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::product_list::producer_seen;
use super::schema::{producers, products};
use super::{AnyConnection, StoreError, producers as makers};
use crate::domain::commune::Commune;
use crate::domain::ids::ProducerId;
use crate::domain::producer::{Producer, ProducerKind};
use crate::domain::role::Organisation;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProducerFilter {
    /// Of this legal kind.
    pub kind: Option<ProducerKind>,
    /// In this commune.
    pub commune: Option<Commune>,
    /// With these words in the name, however accented, or in the tax code.
    pub words: String,
}

/// What producers are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProducerColumn {
    /// Their name.
    Name,
    /// Their legal kind.
    Kind,
}

/// A producer with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedProducer {
    /// The producer.
    pub producer: Producer,
    /// How many products it has.
    pub products: u64,
}

impl Listing for ProducerFilter {
    type Column = ProducerColumn;
    type Line = ListedProducer;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        lines(self.narrowed(viewer.organisation).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<ProducerColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<ListedProducer>, StoreError> {
        let found = self.narrowed(viewer.organisation);
        let (name, id) = (producers::sort_key, producers::id);
        let found = match column {
            ProducerColumn::Name => ordered!(found, is_descending, name, id),
            ProducerColumn::Kind => ordered!(found, is_descending, producers::kind, name, id),
        };
        let rows: Vec<makers::Row> =
            found.offset(offset).limit(limit).select(makers::COLUMNS).load(connection)?;
        let mut counts = counts(connection, &rows.iter().map(|row| row.0).collect::<Vec<_>>())?;
        let listed = rows.into_iter().map(|row| {
            let producer = makers::from_row(row)?;
            let products = counts.remove(&producer.id.0).unwrap_or(0);
            Ok(ListedProducer { producer, products: lines(products)? })
        });
        listed.collect()
    }
}

/// How many products these producers have; those without any are left out.
fn counts(connection: &mut AnyConnection, of: &[i64]) -> Result<BTreeMap<i64, i64>, StoreError> {
    let counted: Vec<(i64, i64)> = products::table
        .filter(products::producer_id.eq_any(of))
        .group_by(products::producer_id)
        .select((products::producer_id, count_star()))
        .load(connection)?;
    Ok(counted.into_iter().collect())
}

impl ProducerFilter {
    fn narrowed(&self, seen_by: Organisation) -> IntoBoxed<'static, producers::table, Backend> {
        let mut found = producers::table.into_boxed();
        if let Some(producer) = producer_seen(seen_by) {
            found = found.filter(producers::id.eq(producer));
        }
        if let Some(kind) = self.kind {
            found = found.filter(producers::kind.eq(kind.key()));
        }
        if let Some(commune) = self.commune {
            found = found.filter(producers::commune_code.eq(commune.code()));
        }
        // Folding leaves letters, digits and spaces: nothing that LIKE reads as a wildcard.
        for word in vietnamese::fold(&self.words).split_whitespace() {
            let like = format!("%{word}%");
            let in_code = producers::tax_code
                .is_not_null()
                .and(producers::tax_code.assume_not_null().like(like.clone()));
            let in_name = producers::search_key
                .is_not_null()
                .and(producers::search_key.assume_not_null().like(like));
            found = found.filter(in_name.or(in_code));
        }
        found
    }
}

/// A producer, where an organisation may see it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    id: ProducerId,
) -> Result<Option<Producer>, StoreError> {
    let found = makers::get(connection, id)?;
    let seen = producer_seen(seen_by);
    Ok(found.filter(|producer| seen.is_none_or(|seen| seen == producer.id.0)))
}
