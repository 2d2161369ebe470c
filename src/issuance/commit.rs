//! Step 6: one transaction stores the codes, marks batch and order as issued, and says so in the
//! audit trail.

use super::sign::Signed;
use super::{IssueError, replacing};
use crate::code::text;
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::batch::Batch;
use crate::domain::order::OrderMove;
use crate::store::{Store, StoreError, audit, batches, orders, stamps};

pub(super) fn commit(store: &Store, signed: Signed, act: Act<'_>) -> Result<Batch, IssueError> {
    let (mut batch, serials, signatures) = signed.into_parts();
    store.write(|register| {
        let stored = batches::get(register, batch.number)?;
        let stored = stored.ok_or(StoreError::Corrupt("batch"))?;
        if stored.issued_at.is_some() {
            // Another run was faster; its codes are the same, bit for bit.
            return Ok(stored);
        }
        stamps::insert(register, &serials, &signatures)?;
        batches::set_issued(register, batch.number, act.at)?;
        let id = batch.intent.order;
        let mut order = orders::get(register, id)?.ok_or(IssueError::NoOrder(id))?;
        order.state = order.state.after(OrderMove::Issue)?;
        orders::set_state(register, &order)?;
        let entry = Action::IssueOrder
            .on(id)
            .with(FactName::Batch.is(text::batch(batch.number)))
            .with(FactName::Codes.is(serials.len()));
        audit::record(register, act, &entry)?;
        replacing::assign_same_shop(register, &order, &batch, act)?;
        batch.issued_at = Some(act.at);
        Ok(batch)
    })
}
