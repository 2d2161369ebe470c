//! Producers at the desk.

use super::Worker;
use crate::domain::account::Account;
use crate::domain::audit::Entry;
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::Alike;
use crate::domain::order::OrderState;
use crate::domain::producer::{NewProducer, Producer};
use crate::domain::product::Product;
use crate::domain::recognition::{Recognition, governing};
use crate::domain::role::Organisation;
use crate::register::producers::{self, ProducerError};
use crate::store::account_list::{AccountColumn, AccountFilter};
use crate::store::batch_list::BatchFilter;
use crate::store::listing::{Listing, Sort, Viewer};
use crate::store::order_list::OrderFilter;
use crate::store::{Store, StoreError, audit, producer_list, products, recognitions};

/// Accounts shown with a producer at most.
const ACCOUNTS_MAX: i64 = 100;

/// A producer with all that the register has of it.
#[derive(Clone, Debug)]
pub struct ProducerFile {
    /// The producer.
    pub producer: Producer,
    /// Its products, by the alphabet, each with the recognition it stands by.
    pub products: Vec<(Product, Option<Recognition>)>,
    /// Accounts of its people, by login.
    pub accounts: Vec<Account>,
    /// How many orders of it there are for who looks.
    pub orders: u64,
    /// How many of them are open, state by state; those without any are left out.
    pub open_orders: Vec<(OrderState, u64)>,
    /// How many batches of it there are for who looks.
    pub batches: u64,
    /// What was done with it, oldest first.
    pub history: Vec<Entry>,
}

/// A producer; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    store: &Store,
    worker: &Worker,
    id: ProducerId,
) -> Result<Option<ProducerFile>, StoreError> {
    let viewer = worker.viewer();
    store.read(|register| {
        let found = producer_list::get(register, worker.organisation, id)?;
        let Some(producer) = found else { return Ok(None) };
        let goods = products::of_producer(register, id)?;
        let ids: Vec<ProductId> = goods.iter().map(|product| product.id).collect();
        let papers = recognitions::of_products(register, &ids)?;
        let stands = |product: Product| {
            let all = papers.get(&product.id);
            let by = all.and_then(|all| governing(all, viewer.today)).cloned();
            (product, by)
        };
        let sort = Sort { column: AccountColumn::Login, is_descending: false };
        let own = Viewer { organisation: Organisation::Producer(id), ..viewer };
        // Counted as the lists are that the page leads to.
        let of = Some(id);
        let orders = |state| OrderFilter { state, producer: of, ..OrderFilter::default() };
        let batches = BatchFilter { producer: of, ..BatchFilter::default() };
        let open = OrderState::OPEN.map(|it| Ok((it, orders(Some(it)).count(register, viewer)?)));
        let open = open.into_iter().collect::<Result<Vec<_>, StoreError>>()?;
        Ok(Some(ProducerFile {
            products: goods.into_iter().map(stands).collect(),
            accounts: AccountFilter::default().part(register, own, sort, (0, ACCOUNTS_MAX))?,
            orders: orders(None).count(register, viewer)?,
            open_orders: open.into_iter().filter(|(_, count)| *count > 0).collect(),
            batches: batches.count(register, viewer)?,
            history: audit::history(register, id)?,
            producer,
        }))
    })
}

/// A producer's name; none where there is none for this person.
///
/// # Errors
/// [`StoreError`].
pub fn name(store: &Store, worker: &Worker, id: ProducerId) -> Result<Option<String>, StoreError> {
    let found = store.read(|register| producer_list::get(register, worker.organisation, id))?;
    Ok(found.map(|producer| producer.details.name))
}

/// Enters a producer.
///
/// # Errors
/// [`ProducerError`].
pub fn add(
    store: &Store,
    worker: &Worker,
    wanted: &NewProducer,
    alike: Alike,
) -> Result<ProducerId, ProducerError> {
    producers::add(store, wanted, alike, worker.act())
}

/// Replaces what is known of a producer that was looked at in a `version`.
///
/// # Errors
/// [`ProducerError`].
pub fn change(
    store: &Store,
    worker: &Worker,
    id: ProducerId,
    version: i64,
    (wanted, alike): (&NewProducer, Alike),
) -> Result<(), ProducerError> {
    let seen = store.read(|register| producer_list::get(register, worker.organisation, id))?;
    seen.ok_or(ProducerError::NoProducer(id))?;
    producers::change(store, id, version, (wanted, alike), worker.act())
}
