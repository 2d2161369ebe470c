//! What an administrator keeps: print shops, funding plans, issuing authorities.

use super::Worker;
use crate::domain::ids::{AuthorityId, PlanId, ShopId};
use crate::domain::print_shop::{PrintShop, ShopDetails};
use crate::domain::quota::{FundingPlan, NewPlan};
use crate::domain::recognition::Authority;
use crate::register::authorities::{self as offices, AuthorityError};
use crate::register::plans::{self as funds, PlanError};
use crate::register::shops::{self, ShopError};
use crate::store::{Store, StoreError, authorities, plans, print_shops};

/// A kind of what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Print shops.
    Shop,
    /// Funding plans.
    Plan,
    /// Issuing authorities.
    Authority,
}

/// One of a kind, as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A print shop.
    Shop(ShopDetails),
    /// A funding plan.
    Plan(NewPlan),
    /// An issuing authority.
    Authority(Authority),
}

/// One of a kind that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    /// What is known of it.
    pub record: Record,
    /// Of a plan: how many products used it, and how many stamps they had by it.
    pub used: (u64, u64),
}

/// Why something was not kept. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// A print shop.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// A funding plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// An issuing authority.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
}

/// All of a kind.
///
/// # Errors
/// [`StoreError`].
pub fn all(store: &Store, kind: Kind) -> Result<Vec<Kept>, StoreError> {
    store.read(|register| {
        let kept = |id, record| Kept { id, record, used: (0, 0) };
        Ok(match kind {
            Kind::Shop => {
                let shops = print_shops::all(register)?.into_iter();
                shops.map(|PrintShop { id, details }| kept(id.0, Record::Shop(details))).collect()
            }
            Kind::Plan => {
                let used = plans::used(register)?;
                let plan = |plan: FundingPlan| Kept {
                    used: used.get(&plan.id).copied().unwrap_or_default(),
                    ..kept(plan.id.0, Record::Plan(plan.details()))
                };
                plans::all(register)?.into_iter().map(plan).collect()
            }
            Kind::Authority => {
                let all = authorities::all(register)?.into_iter();
                all.map(|(id, authority)| kept(id.0, Record::Authority(authority))).collect()
            }
        })
    })
}

/// Enters one, or with `id` replaces what is known of it.
///
/// # Errors
/// [`KeepError`].
pub fn keep(
    store: &Store,
    worker: &Worker,
    id: Option<i64>,
    record: &Record,
) -> Result<(), KeepError> {
    let act = worker.act();
    match record {
        Record::Shop(details) => match id {
            None => drop(shops::add(store, details, act)?),
            Some(id) => drop(shops::update(store, ShopId(id), details, act)?),
        },
        Record::Plan(plan) => drop(funds::keep(store, id.map(PlanId), plan, act)?),
        Record::Authority(authority) => {
            offices::keep(store, id.map(AuthorityId), authority, act)?;
        }
    }
    Ok(())
}
