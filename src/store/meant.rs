//! Whom and what a row of an annex means: as the register can tell, else as the office says of the row.

use super::{AnyConnection, StoreError, aliases, authorities, producers, products};
use crate::domain::annex::{About, AnnexEntry, Doubt, Known};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::{Answer, Likeness, Meant};
use crate::domain::producer::{NewProducer, Producer};
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
    let Some(maker) = maker else {
        if matches!(entry.said.product, Some(Answer::Same(_))) {
            return Ok(Err(no_such_product()));
        }
        let doubt = of_gtin(connection, entry, None)?;
        return Ok(doubt.map_or(Ok(Place { maker: None, product: None }), Err));
    };
    let product = match product(connection, entry, maker.id)? {
        Ok(Some(id)) => products::get(connection, id)?.map(|(product, _)| product),
        Ok(None) => None,
        Err(doubt) => return Ok(Err(doubt)),
    };
    let has_gtin = product.as_ref().is_some_and(|it: &Product| it.details.gtin == entry.gtin);
    let doubt = if has_gtin { None } else { of_gtin(connection, entry, Some(maker.id))? };
    Ok(doubt.map_or(Ok(Place { maker: Some(maker), product }), Err))
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
    let (wanted, said) = (&entry.producer, entry.said.producer);
    let (may_be, telling) = match producers::meant(connection, wanted)? {
        Meant::Same(id) if agrees(said, id) => return Ok(Ok(Some(id))),
        // Said before, and entered then.
        Meant::Same(id)
            if said == Some(Answer::New)
                && aliases::said_producer(connection, wanted)? == Some(id) =>
        {
            return Ok(Ok(Some(id)));
        }
        Meant::Same(id) => (vec![id], Telling::Sure),
        Meant::New { alike } => (alike, Telling::New),
        Meant::Unclear(ids) => (ids, Telling::Asked),
    };
    if said.is_none() && telling == Telling::New {
        return Ok(Ok(None));
    }
    let may_be_new = telling != Telling::Sure && may_be_new(connection, wanted)?;
    match said {
        Some(Answer::Same(id)) if may_be.contains(&id) => {
            aliases::say_producer(connection, wanted, id)?;
            return Ok(Ok(Some(id)));
        }
        Some(Answer::New) if may_be_new => return Ok(Ok(None)),
        _ => {}
    }
    let mut known = Vec::new();
    for id in may_be {
        let found = producers::get(connection, id)?.ok_or(StoreError::Corrupt("producer"))?;
        let apart = found.details.tax_code.into_iter().collect();
        known.push(Known { id: id.0, name: found.details.name, apart });
    }
    let is_misanswered = said.is_some();
    Ok(Err(Doubt { about: About::Producer, may_be: known, may_be_new, is_misanswered }))
}

/// What the register tells of a row by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// It is this one: the office said otherwise.
    Sure,
    /// It is a new one.
    New,
    /// Somebody must say.
    Asked,
}

/// Whether nothing was said, or this.
fn agrees<Id: PartialEq>(said: Option<Answer<Id>>, id: Id) -> bool {
    said.is_none_or(|said| said == Answer::Same(id))
}

/// Whether a producer may be another than those in the register: neither its name and tax code
/// together, nor its tax code, is of one of them.
fn may_be_new(connection: &mut AnyConnection, wanted: &NewProducer) -> Result<bool, StoreError> {
    let code = wanted.tax_code.as_deref();
    let of_code = code.map(|code| producers::of_tax_code(connection, code)).transpose()?.flatten();
    Ok(of_code.is_none() && producers::exactly(connection, wanted)?.is_none())
}

fn product(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    producer: ProducerId,
) -> Result<Result<Option<ProductId>, Doubt>, StoreError> {
    let (wanted, said) = (new_product(producer, entry), entry.said.product);
    let (may_be, telling) = match products::meant(connection, &wanted)? {
        Meant::Same(id) if agrees(said, id) => return Ok(Ok(Some(id))),
        // Said before, and entered then.
        Meant::Same(id)
            if said == Some(Answer::New)
                && aliases::said_product(connection, &wanted)? == Some(id) =>
        {
            return Ok(Ok(Some(id)));
        }
        Meant::Same(id) => (vec![id], Telling::Sure),
        Meant::New { alike } => (alike, Telling::New),
        Meant::Unclear(ids) => (ids, Telling::Asked),
    };
    if said.is_none() && telling == Telling::New {
        return Ok(Ok(None));
    }
    let is_there = products::exactly(connection, &wanted)?.is_some();
    let may_be_new = telling != Telling::Sure && !is_there;
    match said {
        Some(Answer::Same(id)) if may_be.contains(&id) => {
            aliases::say_product(connection, &wanted, id)?;
            return Ok(Ok(Some(id)));
        }
        Some(Answer::New) if may_be_new => return Ok(Ok(None)),
        _ => {}
    }
    let mut known = Vec::new();
    for id in may_be {
        let found = products::get(connection, id)?.ok_or(StoreError::Corrupt("product"))?.0;
        let gtin = found.details.gtin.map(|gtin| gtin.to_string());
        let apart = gtin.into_iter().chain(found.details.net_quantity).collect();
        known.push(Known { id: id.0, name: found.details.name, apart });
    }
    let is_misanswered = said.is_some();
    Ok(Err(Doubt { about: About::Product, may_be: known, may_be_new, is_misanswered }))
}

/// An answer about a product of a producer that has none yet.
fn no_such_product() -> Doubt {
    let (about, may_be) = (About::Product, Vec::new());
    Doubt { about, may_be, may_be_new: true, is_misanswered: true }
}

/// A GTIN that a product of another producer has: one of the two is wrong.
fn of_gtin(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    producer: Option<ProducerId>,
) -> Result<Option<Doubt>, StoreError> {
    let Some(gtin) = entry.gtin else { return Ok(None) };
    let found = products::of_gtin_elsewhere(connection, gtin, producer)?;
    Ok(found.map(|(product, maker)| Doubt {
        about: About::Gtin,
        may_be: vec![Known {
            id: product.id.0,
            name: product.details.name,
            apart: vec![maker.details.name],
        }],
        may_be_new: false,
        is_misanswered: false,
    }))
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
    let (may_be_new, is_misanswered) = (false, false);
    let doubt = Doubt { about: About::Authority, may_be: known, may_be_new, is_misanswered };
    Ok(Some(doubt).filter(|it| !it.may_be.is_empty()))
}
