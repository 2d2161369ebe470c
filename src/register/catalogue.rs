//! Products as the office keeps them. What a decision said of them stays in its
//! recognition.

use crate::domain::act::Act;
use crate::domain::audit::{Action, Fact, FactName, Value};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::photo::Photo;
use crate::domain::product::NewProduct;
use crate::store::{Store, StoreError, audit, photos, producers, products};

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
    /// The producer has another product of that name.
    #[error("the producer has a product “{0}” already")]
    Taken(String),
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

/// Enters a product of a producer. Entering it again changes nothing.
///
/// # Errors
/// [`CatalogueError`].
pub fn add_product(
    store: &Store,
    wanted: &NewProduct,
    act: Act<'_>,
) -> Result<ProductId, CatalogueError> {
    check(wanted)?;
    store.write(|register| {
        let found = producers::get(register, wanted.producer)?;
        let maker = found.ok_or(CatalogueError::NoProducer(wanted.producer))?;
        if let Some(id) = products::find(register, maker.id, &wanted.name)? {
            let known = products::get(register, id)?;
            let is_same = known.is_some_and(|(product, _)| product.details == *wanted);
            return if is_same { Ok(id) } else { Err(CatalogueError::Taken(wanted.name.clone())) };
        }
        let id = products::insert(register, wanted, &maker.details.name)?;
        let producer = FactName::Producer.is(Value::Number(maker.id.0));
        let entry = Action::AddProduct.on(id).with(producer).with_all(known(facts(wanted)));
        audit::record(register, act, &entry)?;
        Ok(id)
    })
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
    wanted: &NewProduct,
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
        let namesake = products::find(register, maker.id, &wanted.name)?;
        if namesake.is_some_and(|other| other != id) {
            return Err(CatalogueError::Taken(wanted.name));
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
    if is_whole { Ok(()) } else { Err(CatalogueError::Facts) }
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
