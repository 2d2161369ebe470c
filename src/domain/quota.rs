//! Funding plans and the quota each gives a product.

use super::calendar::Day;
use super::ids::PlanId;

/// A plan that pays for stamps (Kế hoạch 249/KH-UBND of 04/11/2021: 2.000 stamps a product).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingPlan {
    /// Identity.
    pub id: PlanId,
    /// Short name by which orders refer to it (`KH 249/2021`).
    pub code: String,
    /// Stamps it pays for, for each product.
    pub stamps_per_product: u32,
    /// First day orders may use it.
    pub active_from: Day,
    /// Last day orders may use it; `None` while it is open.
    pub active_to: Option<Day>,
}

/// A plan as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// Short name by which orders refer to it.
    pub code: String,
    /// Stamps it pays for, for each product.
    pub stamps_per_product: u32,
    /// First day orders may use it.
    pub active_from: Day,
    /// Last day orders may use it; `None` while it is open.
    pub active_to: Option<Day>,
}

impl FundingPlan {
    /// What was entered.
    #[must_use]
    pub fn details(&self) -> NewPlan {
        NewPlan {
            code: self.code.clone(),
            stamps_per_product: self.stamps_per_product,
            active_from: self.active_from,
            active_to: self.active_to,
        }
    }

    /// Whether orders may use it on a day.
    #[must_use]
    pub fn is_open(&self, on: Day) -> bool {
        self.active_from <= on && self.active_to.is_none_or(|to| on <= to)
    }
}

/// Who pays for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Funding {
    /// A funding plan, within its quota.
    Plan(PlanId),
    /// The producer, without limit.
    SelfPaid,
}
