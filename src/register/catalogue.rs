//! Products as the office keeps them. What a decision said of them stays in its
//! recognition.

use crate::domain::act::Act;
use crate::domain::audit::{Action, Fact, FactName, Value};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::{self, Alike, Meant};
use crate::domain::photo::Photo;
use crate::domain::producer::Producer;
use crate::domain::product::NewProduct;
use crate::fonts::{self, Unprintable};
use crate::store::{AnyConnection, Store, StoreError, aliases, audit, photos, producers, products};

/// Most letters of a name.
pub const NAME_CHARS_MAX: usize = 300;
/// Most letters of a net quantity.
pub const QUANTITY_CHARS_MAX: usize = 100;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// No such product.
    #[error("there is no product {0}")]
    NoProduct(ProductId),
    /// No such producer.
    #[error("there is no producer {0}")]
    NoProducer(ProducerId),
    /// It has no name, or a text is too long.
    #[error("give the product a name, and texts of at most {NAME_CHARS_MAX} letters")]
    Facts,
    /// A text cannot be printed.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The producer has another product of that name.
    #[error("the producer has a product “{0}” already")]
    Taken(String),
    /// It may be another of the producer's products: nobody said yet that it is not.
    #[error("“{name}” may be product {id}, “{known}”: say whether it is another one")]
    Alike {
        /// What was given.
        name: String,
        /// What it may be.
        id: ProductId,
        /// Its name.
        known: String,
    },
    /// Somebody else changed it since it was looked at.
    #[error("somebody else changed product {0} since it was read")]
    Changed(ProductId),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Shows a photo with a product that was looked at in a `version`, or none. The one it shows already
/// changes nothing, in whichever version; earlier ones are kept.
///
/// # Errors
/// [`CatalogueError`].
pub fn set_photo(
    store: &Store,
    id: ProductId,
    version: i64,
    photo: Option<&Photo>,
    act: Act<'_>,
) -> Result<(), CatalogueError> {
    store.write(|register| {
        let found = products::get(register, id)?;
        let (product, _) = found.ok_or(CatalogueError::NoProduct(id))?;
        let name = photo.map(|photo| &*photo.sha256);
        if product.photo.as_deref() == name {
            return Ok(());
        }
        if product.version != version {
            return Err(CatalogueError::Changed(id));
        }
        if let Some(photo) = photo {
            photos::put(register, photo, act)?;
        }
        products::set_photo(register, id, name)?;
        let action = if photo.is_some() { Action::SetPhoto } else { Action::RemovePhoto };
        let change = FactName::Photo.became(product.photo.as_deref(), name);
        audit::record(register, act, &action.on(id).with_all(change))?;
        Ok(())
    })
}

/// Enters a product of a producer. Entering it again changes nothing. What is another product already is
/// refused; what may be another one is asked about.
///
/// # Errors
/// [`CatalogueError`].
pub fn add_product(
    store: &Store,
    wanted: &NewProduct,
    alike: Alike,
    act: Act<'_>,
) -> Result<ProductId, CatalogueError> {
    check(wanted)?;
    store.write(|register| {
        let found = producers::get(register, wanted.producer)?;
        let maker = found.ok_or(CatalogueError::NoProducer(wanted.producer))?;
        match products::meant(register, wanted)? {
            Meant::Same(id) => {
                let known = products::get(register, id)?;
                let is_same = known.is_some_and(|(product, _)| product.details == *wanted);
                let taken = || CatalogueError::Taken(wanted.name.clone());
                return if is_same { Ok(id) } else { Err(taken()) };
            }
            Meant::Unclear(ids) => ask(register, wanted, &ids, alike)?,
            Meant::New { .. } => {}
        }
        enter(register, wanted, &maker, alike, act)
    })
}

/// Enters a product that is not there, in the transaction at hand.
pub(super) fn enter(
    register: &mut AnyConnection,
    wanted: &NewProduct,
    maker: &Producer,
    alike: Alike,
    act: Act<'_>,
) -> Result<ProductId, CatalogueError> {
    let id = products::insert(register, wanted, &maker.details.name)?;
    if alike == Alike::IsOther {
        aliases::say_product(register, wanted, id)?;
    }
    let producer = FactName::Producer.is(Value::Number(maker.id.0));
    let entry = Action::AddProduct.on(id).with(producer).with_all(known(facts(wanted)));
    audit::record(register, act, &entry)?;
    Ok(id)
}

/// Refuses what may be one of these, unless somebody said that it is another.
fn ask(
    register: &mut AnyConnection,
    wanted: &NewProduct,
    known: &[ProductId],
    alike: Alike,
) -> Result<(), CatalogueError> {
    if alike == Alike::IsOther {
        let same = products::exactly(register, wanted)?.filter(|id| known.contains(id));
        let taken = |_| Err(CatalogueError::Taken(wanted.name.clone()));
        return same.map_or(Ok(()), taken);
    }
    let Some(id) = known.first().copied() else { return Ok(()) };
    let (found, _) = products::get(register, id)?.ok_or(CatalogueError::NoProduct(id))?;
    Err(CatalogueError::Alike { name: wanted.name.clone(), id, known: found.details.name })
}

/// Replaces what is known of a product that was looked at in a `version`; its producer stays. What it
/// says already changes nothing, in whichever version.
///
/// # Errors
/// [`CatalogueError`].
pub fn change_product(
    store: &Store,
    id: ProductId,
    version: i64,
    (wanted, alike): (&NewProduct, Alike),
    act: Act<'_>,
) -> Result<(), CatalogueError> {
    check(wanted)?;
    store.write(|register| {
        let found = products::get(register, id)?;
        let (product, maker) = found.ok_or(CatalogueError::NoProduct(id))?;
        let wanted = NewProduct { producer: maker.id, ..wanted.clone() };
        if product.details == wanted {
            return Ok(());
        }
        if product.version != version {
            return Err(CatalogueError::Changed(id));
        }
        let tells_apart = |it: &NewProduct| (it.name.clone(), it.gtin, it.net_quantity.clone());
        if tells_apart(&product.details) != tells_apart(&wanted) {
            let mut others = products::candidates(register, &wanted)?;
            others.retain(|it| it.id != id);
            match naming::product(&others) {
                Meant::Same(_) => return Err(CatalogueError::Taken(wanted.name)),
                Meant::Unclear(ids) => ask(register, &wanted, &ids, alike)?,
                Meant::New { .. } => {}
            }
        }
        products::update(register, id, &wanted, &maker.details.name)?;
        let changed = difference(facts(&product.details), facts(&wanted));
        audit::record(register, act, &Action::UpdateProduct.on(id).with_all(changed))?;
        Ok(())
    })
}

fn check(product: &NewProduct) -> Result<(), CatalogueError> {
    let quantity = product.net_quantity.as_deref();
    let is_whole = fits(&product.name, NAME_CHARS_MAX)
        && quantity.is_none_or(|text| fits(text, QUANTITY_CHARS_MAX));
    if !is_whole {
        return Err(CatalogueError::Facts);
    }
    fonts::check(&product.name)?;
    Ok(quantity.map_or(Ok(()), fonts::check)?)
}

/// Whether a text says something, and not too much.
pub(super) fn fits(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most
}

/// What may be known of something, for the audit trail.
pub(super) type Known = (FactName, Option<Value>);

fn facts(it: &NewProduct) -> [Known; 4] {
    [
        (FactName::Name, Some(Value::from(&it.name))),
        (FactName::Group, Some(Value::Number(it.group.number().into()))),
        (FactName::Gtin, it.gtin.map(|gtin| Value::Text(gtin.to_string()))),
        (FactName::NetQuantity, it.net_quantity.as_ref().map(Value::from)),
    ]
}

/// Those facts that are known.
pub(super) fn known<const N: usize>(facts: [Known; N]) -> impl Iterator<Item = Fact> {
    facts.into_iter().filter_map(|(name, value)| name.may_be(value))
}

/// Those facts that changed.
pub(super) fn difference<const N: usize>(
    before: [Known; N],
    after: [Known; N],
) -> impl Iterator<Item = Fact> {
    let pairs = before.into_iter().zip(after);
    pairs.filter_map(|((name, before), (_, after))| name.became(before, after))
}
