//! Decisions about a list of recognitions at the desk.

use std::collections::BTreeSet;

use super::Worker;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ProductId;
use crate::domain::judgement::Judgement;
use crate::domain::recognition::{Standing, governing};
use crate::domain::tally::Tally;
use crate::register::RegisterError;
use crate::register::judgements::{self, JudgementError};
use crate::store::listing::Sort;
use crate::store::product_list::{self, ListedProduct, ProductColumn, ProductFilter};
use crate::store::{AnyConnection, Store, StoreError, batch_tallies, orders, recognitions};

/// A product that a decision is about, and what else it touches.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The product.
    pub listed: ListedProduct,
    /// Its orders that are under way.
    pub open_orders: u64,
    /// Its stamps that nobody used yet.
    pub unused_stamps: u64,
}

/// These products; none where one of them is not there for this person.
///
/// # Errors
/// [`StoreError`].
pub fn subjects(
    store: &Store,
    worker: &Worker,
    products: &BTreeSet<ProductId>,
) -> Result<Option<Vec<Subject>>, StoreError> {
    store.read(|register| {
        let ids: Vec<ProductId> = products.iter().copied().collect();
        let mut papers = recognitions::of_products(register, &ids)?;
        let open = orders::open_of(register, &ids)?;
        let tallies = batch_tallies::of_products(register, &ids)?;
        let mut subjects = Vec::new();
        for id in ids {
            let found = product_list::get(register, worker.organisation, id)?;
            let Some((product, producer)) = found else { return Ok(None) };
            let all = papers.remove(&id).unwrap_or_default();
            let recognition = governing(&all, vietnam_day(worker.at)).cloned();
            subjects.push(Subject {
                listed: ListedProduct { product, producer, recognition },
                open_orders: open.get(&id).copied().unwrap_or_default(),
                unused_stamps: tallies.get(&id).map_or(0, Tally::unused),
            });
        }
        Ok(Some(subjects))
    })
}

/// The products that stand by a decision of this number.
///
/// # Errors
/// [`StoreError`].
pub fn recognised_by(
    store: &Store,
    worker: &Worker,
    number: &str,
) -> Result<BTreeSet<ProductId>, StoreError> {
    let filter = ProductFilter { decision: number.to_owned(), ..ProductFilter::default() };
    let sort = Sort { column: ProductColumn::Name, is_descending: false };
    let most = u64::try_from(judgements::PRODUCTS_MAX).unwrap_or(u64::MAX);
    let mut found = BTreeSet::new();
    super::each(store, worker, &filter, sort, most, |line: ListedProduct| {
        if line.recognition.is_some_and(|it| it.paper.decision_number == number) {
            found.insert(line.product.id);
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(found)
}

/// How a product will stand once a decision is entered.
///
/// # Errors
/// [`RegisterError`]: why it cannot be.
pub fn outcome(
    worker: &Worker,
    subject: &Subject,
    judgement: &Judgement,
) -> Result<Standing, RegisterError> {
    let listed = &subject.listed;
    let recognition = listed.recognition.as_ref();
    let recognition = recognition.ok_or(RegisterError::NoRecognition(listed.product.id))?;
    judgements::outcome(recognition, judgement, vietnam_day(worker.at))
}

/// Enters a decision about products that the person may see.
///
/// # Errors
/// [`JudgementError`].
pub fn record(
    store: &Store,
    worker: &Worker,
    products: &BTreeSet<ProductId>,
    judgement: &Judgement,
) -> Result<(), JudgementError> {
    let unseen = store.read(|register| unseen(register, worker, products))?;
    if let Some(id) = unseen {
        return Err(JudgementError::Refused(id, RegisterError::NoRecognition(id)));
    }
    judgements::record(store, products, judgement, worker.act()).map(drop)
}

fn unseen(
    register: &mut AnyConnection,
    worker: &Worker,
    products: &BTreeSet<ProductId>,
) -> Result<Option<ProductId>, StoreError> {
    for &id in products {
        if product_list::get(register, worker.organisation, id)?.is_none() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
