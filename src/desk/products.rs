//! Products and their recognitions at the desk.

use super::Worker;
use super::effect::Effect;
use crate::domain::annex::AnnexEntry;
use crate::domain::audit::Entry;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ProductId;
use crate::domain::naming::Alike;
use crate::domain::photo::Photo;
use crate::domain::product::NewProduct;
use crate::domain::recognition::{Event, Recognition, governing};
use crate::domain::tally::Tally;
use crate::register::catalogue::{self, CatalogueError};
use crate::register::{self, Import, Imported, RegisterError};
use crate::store::product_list::{self, ListedProduct};
use crate::store::{
    AnyConnection, Store, StoreError, audit, batch_tallies, producer_list, recognitions,
};

/// Enters the rows of an annex that are new.
///
/// # Errors
/// [`StoreError`].
pub fn import(
    store: &Store,
    worker: &Worker,
    entries: &[AnnexEntry],
    source: &str,
    how: Import,
) -> Result<Imported, StoreError> {
    register::import(store, entries, source, how, worker.act())
}

/// A product with all its papers.
#[derive(Clone, Debug)]
pub struct ProductFile {
    /// The product, and the recognition it stands by.
    pub listed: ListedProduct,
    /// Every recognition, the latest first, each with the name of its authority.
    pub recognitions: Vec<(Recognition, String)>,
    /// What was done with it, oldest first.
    pub history: Vec<Entry>,
}

/// A product; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    store: &Store,
    worker: &Worker,
    id: ProductId,
) -> Result<Option<ProductFile>, StoreError> {
    let today = vietnam_day(worker.at);
    store.read(|register| {
        let found = product_list::get(register, worker.organisation, id)?;
        let Some((product, producer)) = found else { return Ok(None) };
        let mut all = recognitions::with_authorities(register, id)?;
        let recognition = governing(all.iter().map(|(it, _)| it), today).cloned();
        all.reverse();
        let history = audit::history(register, id)?;
        let listed = ListedProduct { product, producer, recognition };
        Ok(Some(ProductFile { listed, recognitions: all, history }))
    })
}

/// Adds an event to the recognition that a product stands by: it is about all stamps of the product.
///
/// # Errors
/// [`RegisterError`].
pub fn judge(
    store: &Store,
    worker: &Worker,
    id: ProductId,
    event: &Event,
) -> Result<Effect, RegisterError> {
    store.together(|store| {
        let seen = store.read(|register| product_list::get(register, worker.organisation, id))?;
        seen.ok_or(RegisterError::NoRecognition(id))?;
        register::judge(store, id, event, worker.act())?;
        let tallies = store.read(|register| batch_tallies::of_products(register, &[id]))?;
        Ok(Effect::about(tallies.get(&id).map_or(0, Tally::issued)))
    })
}

/// Shows a photo with a product that was looked at in a `version`, or none.
///
/// # Errors
/// [`CatalogueError`].
pub fn set_photo(
    store: &Store,
    worker: &Worker,
    id: ProductId,
    version: i64,
    photo: Option<&Photo>,
) -> Result<(), CatalogueError> {
    let seen = store.read(|register| product_list::get(register, worker.organisation, id))?;
    seen.ok_or(CatalogueError::NoProduct(id))?;
    catalogue::set_photo(store, id, version, photo, worker.act())
}

/// Enters a product of a producer.
///
/// # Errors
/// [`CatalogueError`].
pub fn add(
    store: &Store,
    worker: &Worker,
    wanted: &NewProduct,
    alike: Alike,
) -> Result<ProductId, CatalogueError> {
    let producer = wanted.producer;
    let seen =
        |register: &mut AnyConnection| producer_list::get(register, worker.organisation, producer);
    store.read(seen)?.ok_or(CatalogueError::NoProducer(producer))?;
    catalogue::add_product(store, wanted, alike, worker.act())
}

/// Replaces what is known of a product that was looked at in a `version`.
///
/// # Errors
/// [`CatalogueError`].
pub fn change(
    store: &Store,
    worker: &Worker,
    id: ProductId,
    version: i64,
    (wanted, alike): (&NewProduct, Alike),
) -> Result<(), CatalogueError> {
    let seen = store.read(|register| product_list::get(register, worker.organisation, id))?;
    seen.ok_or(CatalogueError::NoProduct(id))?;
    catalogue::change_product(store, id, version, (wanted, alike), worker.act())
}
