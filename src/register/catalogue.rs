//! Producers and products as the office keeps them. What a decision said of them stays in its
//! recognition.

use super::object;
use crate::domain::act::Act;
use crate::domain::ids::ProductId;
use crate::domain::photo::Photo;
use crate::domain::product::NewProduct;
use crate::store::{Store, StoreError, audit, photos, products};

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

/// Shows a photo with a product, or none. The one it shows already changes nothing; earlier ones are
/// kept.
///
/// # Errors
/// [`CatalogueError`].
pub fn set_photo(
    store: &Store,
    id: ProductId,
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
        if let Some(photo) = photo {
            photos::put(register, photo, act)?;
        }
        products::set_photo(register, id, name)?;
        let said = |name: Option<&str>| name.unwrap_or("–").to_owned();
        let detail = format!("{} → {}", said(product.photo.as_deref()), said(name));
        let action = if photo.is_some() { "product.photo" } else { "product.remove_photo" };
        audit::record(register, act, action, &object(id), &detail)?;
        Ok(())
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
    let fits = |text: &str, most| !text.trim().is_empty() && text.chars().count() <= most;
    let quantity = wanted.net_quantity.as_deref();
    if !fits(&wanted.name, NAME_CHARS_MAX)
        || quantity.is_some_and(|text| !fits(text, QUANTITY_CHARS_MAX))
    {
        return Err(CatalogueError::Facts);
    }
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
        let detail = difference(&product.details, &wanted);
        audit::record(register, act, "product.update", &object(id), &detail)?;
        Ok(())
    })
}

/// `name: A → B; group: 1 → 2`.
fn difference(before: &NewProduct, after: &NewProduct) -> String {
    let told = |it: &NewProduct| {
        let gtin = it.gtin.map(|gtin| gtin.to_string());
        [
            ("name", it.name.clone()),
            ("group", it.group.number().to_string()),
            ("gtin", gtin.unwrap_or_else(|| "–".to_owned())),
            ("net quantity", it.net_quantity.clone().unwrap_or_else(|| "–".to_owned())),
        ]
    };
    let pairs = told(before).into_iter().zip(told(after));
    let changed = pairs.filter(|((_, before), (_, after))| before != after);
    let line = |((what, before), (_, after))| format!("{what}: {before} → {after}");
    changed.map(line).collect::<Vec<String>>().join("; ")
}
