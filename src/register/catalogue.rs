//! Producers and products as the office keeps them. What a decision said of them stays in its
//! recognition.

use super::object;
use crate::domain::act::Act;
use crate::domain::ids::ProductId;
use crate::domain::photo::Photo;
use crate::store::{Store, StoreError, audit, photos, products};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// No such product.
    #[error("there is no product {0}")]
    NoProduct(ProductId),
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
