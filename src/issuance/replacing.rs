//! Reprints (in lại): an order that replaces what a print shop spoiled of a batch. New codes, no
//! quota; the old codes stay void.

use crate::code::text;
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, Subject};
use crate::domain::batch::Batch;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::OrderId;
use crate::domain::order::{NewOrder, Order};
use crate::domain::print_job::{JobState, PrintJob};
use crate::domain::serial::BatchNumber;
use crate::store::{
    AnyConnection, StoreError, audit, batches, orders, print_jobs, print_shops, stamps,
};

/// Why a batch's stamps may not be replaced so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Irreplaceable {
    /// No such batch.
    #[error("there is no issued batch {0} to replace stamps of")]
    NoBatch(String),
    /// It is of another product.
    #[error("batch {0} is of another product")]
    OtherProduct(String),
    /// More than the shop spoiled.
    #[error(
        "{left} spoiled stamps of batch {batch} are not replaced yet, {asked} were asked for: report \
         the others as spoiled first, or order them anew"
    )]
    TooMany {
        /// The batch.
        batch: String,
        /// Stamps that may be replaced.
        left: u64,
        /// Stamps asked for.
        asked: u64,
    },
}

/// Stamps a print shop spoiled of a batch that no order replaces yet, beside one's own.
///
/// # Errors
/// [`StoreError`].
pub fn left(
    register: &mut AnyConnection,
    batch: BatchNumber,
    own: Option<OrderId>,
) -> Result<u64, StoreError> {
    let spoiled = stamps::tally(register, &batch.serials())?.spoiled_in_print();
    let others = orders::replacing(register, batch)?.into_iter();
    let others = others.filter(|order| Some(order.id) != own);
    let asked: u64 = others.map(|order| u64::from(order.request.quantity.get())).sum();
    Ok(spoiled.saturating_sub(asked))
}

pub(super) fn check(
    register: &mut AnyConnection,
    request: &NewOrder,
    own: Option<OrderId>,
) -> Result<Result<(), Irreplaceable>, StoreError> {
    let Some(replaced) = request.replaces else { return Ok(Ok(())) };
    let name = text::batch(replaced);
    let found = batches::get(register, replaced)?.filter(|batch| batch.issued_at.is_some());
    let Some(found) = found else { return Ok(Err(Irreplaceable::NoBatch(name))) };
    if found.intent.product != request.product {
        return Ok(Err(Irreplaceable::OtherProduct(name)));
    }
    let (left, asked) = (left(register, replaced, own)?, u64::from(request.quantity.get()));
    if asked > left {
        return Ok(Err(Irreplaceable::TooMany { batch: name, left, asked }));
    }
    Ok(Ok(()))
}

/// Gives a batch that replaces another's stamps to the shop of that one. A shop that may not print
/// now gets none: the office assigns another.
pub(super) fn assign_same_shop(
    register: &mut AnyConnection,
    order: &Order,
    batch: &Batch,
    act: Act<'_>,
) -> Result<(), StoreError> {
    let Some(replaced) = order.request.replaces else { return Ok(()) };
    let Some(earlier) = print_jobs::get(register, replaced)? else { return Ok(()) };
    let shop =
        print_shops::get(register, earlier.shop)?.ok_or(StoreError::Corrupt("print shop"))?;
    if shop.details.may_print(vietnam_day(act.at)).is_err() {
        return Ok(());
    }
    let job = PrintJob {
        batch: batch.number,
        shop: shop.id,
        state: JobState::Assigned,
        wanted_on: order.request.wanted_on,
        assigned: act.done(),
        printed: None,
        closed: None,
    };
    print_jobs::put(register, &job)?;
    let entry = Action::AssignJob
        .on(Subject::Batch(batch.number))
        .with(FactName::Shop.is(shop.details.name))
        .with_all(FactName::DueOn.may_be(job.wanted_on))
        .with(FactName::Replaces.is(text::batch(replaced)));
    audit::record(register, act, &entry)
}
