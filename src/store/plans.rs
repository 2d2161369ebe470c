//! Funding plans and how much of them each product has used.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::listing::lines;
use super::schema::{funding_plans as plans, quotas};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Day;
use crate::domain::ids::{PlanId, ProductId};
use crate::domain::quota::{FundingPlan, NewPlan};
use crate::vietnamese;

/// The plan of that code: written so, else so but for case, spaces and hyphens.
///
/// # Errors
/// [`StoreError`].
pub fn find(connection: &mut AnyConnection, code: &str) -> Result<Option<FundingPlan>, StoreError> {
    let row = plans::table.filter(plans::code.eq(code)).first(connection).optional()?;
    if row.is_some() {
        return row.map(from_row).transpose();
    }
    let key = vietnamese::name_key(code);
    Ok(all(connection)?.into_iter().find(|plan| vietnamese::name_key(&plan.code) == key))
}

/// The plan of that identity.
///
/// # Errors
/// [`StoreError`].
pub fn get(connection: &mut AnyConnection, id: PlanId) -> Result<Option<FundingPlan>, StoreError> {
    let row = plans::table.find(id.0).first(connection).optional()?;
    row.map(from_row).transpose()
}

/// All plans, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(connection: &mut AnyConnection) -> Result<Vec<FundingPlan>, StoreError> {
    let rows = plans::table.order(plans::active_from.desc()).load(connection)?;
    rows.into_iter().map(from_row).collect()
}

/// Enters a plan.
///
/// # Errors
/// [`StoreError::Duplicate`] where there is one of that code.
pub fn insert(connection: &mut AnyConnection, plan: &NewPlan) -> Result<FundingPlan, StoreError> {
    let row = row(plan)?;
    let query = diesel::insert_into(plans::table).values(row).returning(plans::id);
    let id: i64 = query.get_result(connection)?;
    Ok(numbered(PlanId(id), plan))
}

/// Replaces what is known of a plan.
///
/// # Errors
/// [`StoreError::Duplicate`] where another has that code.
pub fn update(
    connection: &mut AnyConnection,
    id: PlanId,
    plan: &NewPlan,
) -> Result<FundingPlan, StoreError> {
    diesel::update(plans::table.find(id.0)).set(row(plan)?).execute(connection)?;
    Ok(numbered(id, plan))
}

/// How many products used each plan, and how many stamps they had by it.
///
/// # Errors
/// [`StoreError`].
pub fn used(connection: &mut AnyConnection) -> Result<BTreeMap<PlanId, (u64, u64)>, StoreError> {
    let rows: Vec<(i64, i64, Option<i64>)> = quotas::table
        .group_by(quotas::plan_id)
        .select((quotas::plan_id, diesel::dsl::count_star(), diesel::dsl::sum(quotas::used)))
        .load(connection)?;
    let count = |stored: i64| u64::try_from(stored).or(Err(StoreError::Corrupt("quota")));
    let used = rows.into_iter().map(|(plan, products, stamps)| {
        Ok((PlanId(plan), (count(products)?, count(stamps.unwrap_or(0))?)))
    });
    used.collect()
}

/// How many products have used nine tenths or more, and not all, of what a plan pays for that can be
/// used on a day.
///
/// # Errors
/// [`StoreError`].
pub fn nearly_used(connection: &mut AnyConnection, on: Day) -> Result<u64, StoreError> {
    let open = plans::table
        .filter(plans::active_from.le(on))
        .filter(plans::active_to.is_null().or(plans::active_to.ge(on)))
        .select(plans::id);
    let used = quotas::table
        .filter(quotas::plan_id.eq_any(open))
        .filter((quotas::used * 10).ge(quotas::granted * 9))
        .filter(quotas::used.lt(quotas::granted));
    lines(used.count().get_result(connection)?)
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = plans, treat_none_as_null = true)]
struct NewRow {
    code: String,
    stamps_per_product: i32,
    active_from: Day,
    active_to: Option<Day>,
}

fn row(plan: &NewPlan) -> Result<NewRow, StoreError> {
    Ok(NewRow {
        code: plan.code.clone(),
        stamps_per_product: i32::try_from(plan.stamps_per_product)
            .or(Err(StoreError::Corrupt("funding plan")))?,
        active_from: plan.active_from,
        active_to: plan.active_to,
    })
}

fn numbered(id: PlanId, plan: &NewPlan) -> FundingPlan {
    FundingPlan {
        id,
        code: plan.code.clone(),
        stamps_per_product: plan.stamps_per_product,
        active_from: plan.active_from,
        active_to: plan.active_to,
    }
}

/// Stamps a product may still have under a plan: what it was granted with its first batch, less what
/// it had.
///
/// # Errors
/// [`StoreError`].
pub fn remaining(
    connection: &mut AnyConnection,
    plan: &FundingPlan,
    product: ProductId,
) -> Result<u32, StoreError> {
    let left: Option<i32> = quotas::table
        .find((product.0, plan.id.0))
        .select(quotas::granted - quotas::used)
        .first(connection)
        .optional()?;
    let Some(left) = left else { return Ok(plan.stamps_per_product) };
    u32::try_from(left).or(Err(StoreError::Corrupt("quota")))
}

/// Takes stamps from a product's quota under a plan. Returns whether there were enough; if not,
/// nothing is taken. The comparison and the change are one statement.
///
/// # Errors
/// [`StoreError`].
pub fn take(
    connection: &mut AnyConnection,
    plan: &FundingPlan,
    product: ProductId,
    stamps: u32,
) -> Result<bool, StoreError> {
    let stamps = i32::try_from(stamps).or(Err(StoreError::Corrupt("quantity")))?;
    let granted =
        i32::try_from(plan.stamps_per_product).or(Err(StoreError::Corrupt("funding plan")))?;
    let row = quotas::table.find((product.0, plan.id.0));
    let known: i64 = row.count().get_result(connection)?;
    if known == 0 {
        diesel::insert_into(quotas::table)
            .values((
                quotas::product_id.eq(product.0),
                quotas::plan_id.eq(plan.id.0),
                quotas::granted.eq(granted),
                quotas::used.eq(0),
            ))
            .execute(connection)?;
    }
    let changed = diesel::update(row.filter((quotas::used + stamps).le(quotas::granted)))
        .set(quotas::used.eq(quotas::used + stamps))
        .execute(connection)?;
    Ok(changed == 1)
}

type Row = (i64, String, i32, Day, Option<Day>);

fn from_row((id, code, stamps, active_from, active_to): Row) -> Result<FundingPlan, StoreError> {
    let stamps_per_product = u32::try_from(stamps).or(Err(StoreError::Corrupt("funding plan")))?;
    Ok(FundingPlan { id: PlanId(id), code, stamps_per_product, active_from, active_to })
}
