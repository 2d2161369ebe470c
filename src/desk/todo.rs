//! What waits for a person, in numbers, by what their role does.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::Worker;
use crate::domain::order::OrderState;
use crate::domain::print_job::JobState;
use crate::domain::recognition::REMINDER_DAYS;
use crate::domain::report::{ReportKind, ReportState};
use crate::domain::role::{Organisation, Right, Role};
use crate::domain::serial::BatchNumber;
use crate::store::account_list::{AccountFilter, Lack};
use crate::store::audit_list::AuditFilter;
use crate::store::batch_list::{BatchFilter, BatchStage, Difference};
use crate::store::inspection_list::InspectionFilter;
use crate::store::listing::{Listing, Viewer};
use crate::store::lot_list::LotFilter;
use crate::store::order_list::OrderFilter;
use crate::store::renewal_list::RenewalFilter;
use crate::store::report_list::ReportFilter;
use crate::store::{
    AnyConnection, Store, StoreError, designs, destructions, orders, outbox, plans, print_shops,
};

/// Licences of print shops that end within so many days are told.
pub const LICENCE_DAYS: i64 = 90;
/// Inspections of so many days are the latest.
pub const INSPECTION_DAYS: i64 = 30;
/// Weighty acts of so many days are the latest.
pub const ACT_DAYS: i64 = 7;

/// Something that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// Orders in a state.
    Orders(OrderState),
    /// Codes with a right signature that were never issued, and are not looked into.
    Alarms,
    /// Consumers' reports that are not settled.
    Reports,
    /// Destructions that others recorded, for oneself to confirm.
    Destructions,
    /// Destructions that wait for an approver.
    Recorded,
    /// Versions of designs to be decided on.
    Designs,
    /// Batches that stand there.
    Batches(BatchStage),
    /// Reprints asked for of one's batches, and not issued yet.
    Reprints,
    /// Recognitions that end before long.
    Ending,
    /// Lots whose goods are recalled.
    Recalls,
    /// Inspections of late.
    Inspections,
    /// Batches whose counts differ.
    Differences(Difference),
    /// Weighty acts of late.
    Acts,
    /// Print shops whose licence ends before long, or has ended.
    Licences,
    /// Accounts that lack something.
    Accounts(Lack),
    /// Letters that were tried and not taken.
    Letters,
    /// Products that have nearly used what a plan pays for.
    Plans,
}

impl Waits {
    /// Everything that can wait.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = OrderState::ALL.into_iter().map(Self::Orders).collect();
        all.extend(BatchStage::all().map(Self::Batches));
        all.extend(Difference::ALL.map(Self::Differences));
        all.extend(Lack::ALL.map(Self::Accounts));
        all.extend([
            Self::Alarms,
            Self::Reports,
            Self::Destructions,
            Self::Recorded,
            Self::Designs,
            Self::Reprints,
            Self::Ending,
            Self::Recalls,
            Self::Inspections,
            Self::Acts,
            Self::Licences,
            Self::Letters,
            Self::Plans,
        ]);
        all
    }

    /// Its name in JSON and in text catalogues.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Orders(state) => format!("orders_{}", state.key()),
            Self::Alarms => "alarms".into(),
            Self::Reports => "reports".into(),
            Self::Destructions => "destructions".into(),
            Self::Recorded => "destructions_recorded".into(),
            Self::Designs => "designs".into(),
            Self::Batches(stage) => format!("batches_{}", stage.key()),
            Self::Reprints => "reprints".into(),
            Self::Ending => "ending".into(),
            Self::Recalls => "recalls".into(),
            Self::Inspections => "inspections".into(),
            Self::Differences(difference) => format!("differences_{}", difference.key()),
            Self::Acts => "acts".into(),
            Self::Licences => "licences".into(),
            Self::Accounts(lack) => format!("accounts_{}", lack.key()),
            Self::Letters => "letters".into(),
            Self::Plans => "plans".into(),
        }
    }
}

impl Waits {
    /// What somebody needs to see it.
    #[must_use]
    pub fn right(self) -> Right {
        match self {
            Self::Orders(_) => Right::SeeOrders,
            Self::Alarms | Self::Reports => Right::SeeReports,
            Self::Destructions => Right::JudgeStamps,
            Self::Recorded => Right::Reconcile,
            Self::Designs => Right::ApproveOrders,
            Self::Batches(_) | Self::Differences(_) => Right::SeeBatches,
            Self::Reprints => Right::Print,
            Self::Ending | Self::Recalls => Right::SeeProducts,
            Self::Inspections => Right::SeeInspections,
            Self::Acts => Right::ReadAudit,
            Self::Licences | Self::Accounts(_) | Self::Letters | Self::Plans => Right::Administer,
        }
    }
}

/// The states in which an order waits for people of a role.
#[must_use]
pub fn order_states(role: Role) -> &'static [OrderState] {
    match role {
        Role::Producer => &[
            OrderState::Draft,
            OrderState::ChangesRequested,
            OrderState::Submitted,
            OrderState::UnderReview,
            OrderState::Approved,
        ],
        Role::Approver => &[OrderState::UnderReview, OrderState::Submitted, OrderState::Approved],
        Role::Officer => &[OrderState::Submitted, OrderState::UnderReview],
        Role::PrintShop | Role::Inspector | Role::Auditor | Role::Administrator => &[],
    }
}

/// What else than orders can wait for people of a role, the most urgent first.
#[must_use]
pub fn others(role: Role) -> &'static [Waits] {
    use Waits as W;
    const UNASSIGNED: Waits = W::Batches(BatchStage::Unassigned);
    const ASSIGNED: Waits = W::Batches(BatchStage::AtShop(JobState::Assigned));
    const PRINTING: Waits = W::Batches(BatchStage::AtShop(JobState::Printing));
    const PRINTED: Waits = W::Batches(BatchStage::AtShop(JobState::Printed));
    const HANDED_OVER: Waits = W::Batches(BatchStage::AtShop(JobState::HandedOver));
    match role {
        Role::Producer => &[HANDED_OVER, W::Ending],
        Role::PrintShop => &[ASSIGNED, PRINTING, PRINTED, W::Reprints],
        Role::Officer => &[W::Alarms, W::Reports, UNASSIGNED, HANDED_OVER, W::Recorded, W::Ending],
        Role::Approver => &[W::Alarms, W::Destructions, W::Designs, HANDED_OVER, W::Reports],
        Role::Inspector => &[W::Reports, W::Recalls, W::Inspections],
        Role::Auditor => {
            &[W::Differences(Difference::Open), W::Differences(Difference::SignedOff), W::Acts]
        }
        Role::Administrator => &[
            W::Licences,
            W::Letters,
            W::Accounts(Lack::SecondFactor),
            W::Accounts(Lack::Password),
            W::Plans,
        ],
    }
}

/// Everything that can wait for people of a role, the most urgent first.
pub fn of_role(role: Role) -> impl Iterator<Item = Waits> {
    let orders = order_states(role).iter().copied().map(Waits::Orders);
    orders.chain(others(role).iter().copied())
}

/// How much there is of each.
///
/// # Errors
/// [`StoreError`].
pub fn counts(
    store: &Store,
    worker: &Worker,
    all: impl Iterator<Item = Waits>,
) -> Result<Vec<(Waits, u64)>, StoreError> {
    store.read(|register| all.map(|waits| Ok((waits, count(register, worker, waits)?))).collect())
}

fn count(register: &mut AnyConnection, worker: &Worker, waits: Waits) -> Result<u64, StoreError> {
    let at = worker.viewer();
    match waits {
        Waits::Orders(state) => {
            OrderFilter { state: Some(state), ..OrderFilter::default() }.count(register, at)
        }
        Waits::Batches(stage) => {
            BatchFilter { stage: Some(stage), ..BatchFilter::default() }.count(register, at)
        }
        Waits::Differences(difference) => {
            let difference = Some(difference);
            BatchFilter { difference, ..BatchFilter::default() }.count(register, at)
        }
        Waits::Accounts(lack) => {
            AccountFilter { lacks: Some(lack), ..AccountFilter::default() }.count(register, at)
        }
        Waits::Alarms => open_reports(Some(ReportKind::LeakedKey)).count(register, at),
        Waits::Reports => open_reports(None).count(register, at),
        Waits::Ending => {
            let [within_days, ..] = REMINDER_DAYS;
            RenewalFilter { within_days, words: String::new() }.count(register, at)
        }
        Waits::Recalls => {
            LotFilter { is_recalled: Some(true), ..LotFilter::default() }.count(register, at)
        }
        Waits::Inspections => {
            let from = Some(at.today - TimeDelta::days(INSPECTION_DAYS));
            InspectionFilter { from, ..InspectionFilter::default() }.count(register, at)
        }
        Waits::Acts => {
            let from = Some(at.today - TimeDelta::days(ACT_DAYS));
            AuditFilter { from, is_weighty: true, ..AuditFilter::default() }.count(register, at)
        }
        Waits::Destructions | Waits::Recorded | Waits::Designs | Waits::Reprints => {
            of_stamps(register, worker, waits)
        }
        Waits::Licences | Waits::Letters | Waits::Plans => kept(register, at, waits),
    }
}

/// Reports of a kind that are not settled; of any, where there is none.
fn open_reports(kind: Option<ReportKind>) -> ReportFilter {
    let states = ReportState::ALL.into_iter().filter(|state| state.is_open());
    ReportFilter { states: states.collect(), kind, ..ReportFilter::default() }
}

/// What is no list of its own, about stamps.
fn of_stamps(
    register: &mut AnyConnection,
    worker: &Worker,
    waits: Waits,
) -> Result<u64, StoreError> {
    let number = |all: BTreeSet<BatchNumber>| u64::try_from(all.len()).unwrap_or(u64::MAX);
    match (waits, worker.organisation) {
        (Waits::Destructions, Organisation::Office) => {
            Ok(number(destructions::waiting_for(register, &worker.login)?))
        }
        (Waits::Recorded, Organisation::Office) => Ok(number(destructions::waiting(register)?)),
        (Waits::Designs, Organisation::Office) => designs::submitted(register),
        (Waits::Reprints, Organisation::PrintShop(shop)) => orders::reprints_of(register, shop),
        _ => Ok(0),
    }
}

/// What an administrator keeps.
fn kept(register: &mut AnyConnection, at: Viewer, waits: Waits) -> Result<u64, StoreError> {
    if at.organisation != Organisation::Office {
        return Ok(0);
    }
    match waits {
        Waits::Letters => outbox::failing(register),
        Waits::Plans => plans::nearly_used(register, at.today),
        _ => {
            let last = at.today + TimeDelta::days(LICENCE_DAYS);
            let shops = print_shops::all(register)?.into_iter().map(|shop| shop.details);
            let ends = shops.filter(|it| it.is_active).filter_map(|it| it.licence_ends_on);
            Ok(u64::try_from(ends.filter(|day| *day <= last).count()).unwrap_or(u64::MAX))
        }
    }
}
