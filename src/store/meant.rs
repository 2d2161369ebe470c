//! Whom and what a row of an annex means: as the register can tell, else as the office says of the row.

use super::{AnyConnection, StoreError, aliases, authorities, producers, products};
use crate::domain::annex::{About, AnnexEntry, Doubt, Known};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::{Answer, Likeness, Meant};
use crate::domain::producer::Producer;
use crate::domain::product::{NewProduct, Product};

/// Who and what of a row is in the register already; what is not there yet is new.
pub(super) struct Place {
    pub(super) maker: Option<Producer>,
    pub(super) product: Option<Product>,
}

/// Finds a row's place, or what must be said first. What was said is kept, so that it is asked once.
pub(super) fn find(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
) -> Result<Result<Place, Doubt>, StoreError> {
    if let Some(doubt) = of_authority(connection, &entry.authority)? {
        return Ok(Err(doubt));
    }
    let maker = match producer(connection, entry)? {
        Ok(Some(id)) => producers::get(connection, id)?,
        Ok(None) => None,
        Err(doubt) => return Ok(Err(doubt)),
    };
    let Some(maker) = maker else { return Ok(Ok(Place { maker: None, product: None })) };
    let product = match product(connection, entry, maker.id)? {
        Ok(Some(id)) => products::get(connection, id)?.map(|(product, _)| product),
        Ok(None) => None,
        Err(doubt) => return Ok(Err(doubt)),
    };
    Ok(Ok(Place { maker: Some(maker), product }))
}

/// The product that a row names, as one of a producer.
pub(super) fn new_product(producer: ProducerId, entry: &AnnexEntry) -> NewProduct {
    NewProduct {
        producer,
        name: entry.product_name.clone(),
        group: entry.group,
        gtin: entry.gtin,
        net_quantity: entry.net_quantity.clone(),
    }
}

fn producer(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
) -> Result<Result<Option<ProducerId>, Doubt>, StoreError> {
    let wanted = &entry.producer;
    let (may_be, is_unclear) = match producers::meant(connection, wanted)? {
        Meant::Same(id) => return Ok(Ok(Some(id))),
        Meant::New { alike } => (alike, false),
        Meant::Unclear(ids) => (ids, true),
    };
    // A tax code is one producer's.
    let code = wanted.tax_code.as_deref();
    let of_code = code.map(|code| producers::of_tax_code(connection, code)).transpose()?.flatten();
    match entry.said.producer {
        Some(Answer::Same(id)) if may_be.contains(&id) => {
            aliases::say_producer(connection, wanted, id)?;
            return Ok(Ok(Some(id)));
        }
        Some(Answer::New) if of_code.is_none() => return Ok(Ok(None)),
        _ if !is_unclear => return Ok(Ok(None)),
        _ => {}
    }
    let mut known = Vec::new();
    for id in may_be {
        let found = producers::get(connection, id)?.ok_or(StoreError::Corrupt("producer"))?;
        let apart = found.details.tax_code.into_iter().collect();
        known.push(Known { id: id.0, name: found.details.name, apart });
    }
    let may_be_new = of_code.is_none() && producers::exactly(connection, wanted)?.is_none();
    let is_answered = entry.said.producer.is_some();
    Ok(Err(Doubt { about: About::Producer, may_be: known, may_be_new, is_answered }))
}

fn product(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    producer: ProducerId,
) -> Result<Result<Option<ProductId>, Doubt>, StoreError> {
    let wanted = new_product(producer, entry);
    let (may_be, is_unclear) = match products::meant(connection, &wanted)? {
        Meant::Same(id) => return Ok(Ok(Some(id))),
        Meant::New { alike } => (alike, false),
        Meant::Unclear(ids) => (ids, true),
    };
    let may_be_new = products::exactly(connection, &wanted)?.is_none();
    match entry.said.product {
        Some(Answer::Same(id)) if may_be.contains(&id) => {
            aliases::say_product(connection, &wanted, id)?;
            return Ok(Ok(Some(id)));
        }
        Some(Answer::New) if may_be_new => return Ok(Ok(None)),
        _ if !is_unclear => return Ok(Ok(None)),
        _ => {}
    }
    let mut known = Vec::new();
    for id in may_be {
        let found = products::get(connection, id)?.ok_or(StoreError::Corrupt("product"))?.0;
        let gtin = found.details.gtin.map(|gtin| gtin.to_string());
        let apart = gtin.into_iter().chain(found.details.net_quantity).collect();
        known.push(Known { id: id.0, name: found.details.name, apart });
    }
    let is_answered = entry.said.product.is_some();
    Ok(Err(Doubt { about: About::Product, may_be: known, may_be_new, is_answered }))
}

/// A name of an authority that is written like that of one, and by no one's hand with care.
fn of_authority(connection: &mut AnyConnection, name: &str) -> Result<Option<Doubt>, StoreError> {
    if authorities::find(connection, name)?.is_some() {
        return Ok(None);
    }
    let mut known = Vec::new();
    for (id, likeness) in authorities::alike(connection, name)? {
        if likeness == Likeness::Careless
            && let Some(found) = authorities::get(connection, id)?
        {
            known.push(Known { id: id.0, name: found.name, apart: Vec::new() });
        }
    }
    let (may_be_new, is_answered) = (false, false);
    let doubt = Doubt { about: About::Authority, may_be: known, may_be_new, is_answered };
    Ok(Some(doubt).filter(|it| !it.may_be.is_empty()))
}
