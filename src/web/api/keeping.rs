//! What an administrator keeps: print shops, funding plans, issuing authorities.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::{Date, Line};
use super::operation::{Made, NoQuery};
use super::problem::{Kind as Wrong, Problem};
use super::refusal;
use super::shapes::All;
use crate::desk::keeping::{self as desk, Kept, Kind, Record};
use crate::domain::calendar::Day;
use crate::domain::print_shop::ShopDetails;
use crate::domain::quota::NewPlan;
use crate::domain::recognition::{Authority, AuthorityLevel};
use crate::web::urls;

/// What is kept of a print shop.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NewPrintShop {
    /// Its name.
    name: Line,
    /// Where it is.
    #[serde(default)]
    address: Option<Line>,
    /// How it is reached.
    #[serde(default)]
    phone: Option<Line>,
    /// Number of its licence.
    licence_number: Line,
    /// Who issued it; none where that is not known.
    #[serde(default)]
    licence_issuer: Option<Line>,
    /// Last day of the licence; none where it has no end.
    #[serde(default)]
    licence_ends_on: Option<Date>,
    /// Whether it is still given work.
    active: bool,
}

/// What is kept of a funding plan.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NewFundingPlan {
    /// Its short name.
    code: Line,
    /// Stamps it pays for, for each product.
    stamps_per_product: u32,
    /// First day orders may use it.
    active_from: Date,
    /// Last day orders may use it; none while it is open.
    #[serde(default)]
    active_to: Option<Date>,
}

/// What is kept of an issuing authority.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NewAuthority {
    /// Its name, as in its decisions.
    name: Line,
    /// Level of government.
    #[schemars(extend("enum" = AuthorityLevel::ALL.map(AuthorityLevel::key)))]
    level: String,
    /// First day in office, where known.
    #[serde(default)]
    active_from: Option<Date>,
    /// Last day in office; none while it is.
    #[serde(default)]
    active_to: Option<Date>,
}

/// A print shop.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PrintShop")]
pub(in crate::web) struct PrintShopJson {
    /// Its number.
    id: i64,
    /// Its name.
    name: String,
    /// Where it is.
    address: Option<String>,
    /// How it is reached.
    phone: Option<String>,
    /// Number of its licence.
    licence_number: String,
    /// Who issued it; none where that is not known.
    licence_issuer: Option<String>,
    /// Last day of the licence; none where it has no end.
    licence_ends_on: Option<Day>,
    /// Whether it is still given work.
    active: bool,
}

/// A funding plan.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FundingPlan")]
pub(in crate::web) struct PlanJson {
    /// Its number.
    id: i64,
    /// Its short name.
    code: String,
    /// Stamps it pays for, for each product.
    stamps_per_product: u32,
    /// First day orders may use it.
    active_from: Day,
    /// Last day orders may use it; none while it is open.
    active_to: Option<Day>,
}

/// An issuing authority.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Authority")]
pub(in crate::web) struct AuthorityJson {
    /// Its number.
    id: i64,
    /// Its name, as in its decisions.
    name: String,
    /// Level of government.
    #[schemars(extend("enum" = AuthorityLevel::ALL.map(AuthorityLevel::key)))]
    level: &'static str,
    /// First day in office, where known.
    active_from: Option<Day>,
    /// Last day in office; none while it is.
    active_to: Option<Day>,
}

/// Print shops.
pub(in crate::web) fn shops(call: &Call, _: NoQuery) -> Result<All<PrintShopJson>, Problem> {
    all(call, Kind::Shop, shop_json)
}

/// A print shop.
pub(in crate::web) fn shop(call: &Call, _: NoQuery) -> Result<PrintShopJson, Problem> {
    one(call, Kind::Shop, shop_json)
}

/// Enters a print shop.
pub(in crate::web) fn add_shop(call: &Call, said: NewPrintShop) -> Made<PrintShopJson> {
    add(call, Kind::Shop, &shop_of(said), shop_json, urls::API_PRINT_SHOP)
}

/// Replaces what is known of a print shop.
pub(in crate::web) fn change_shop(call: &Call, said: NewPrintShop) -> Result<(), Problem> {
    keep(call, Some(call.number()?), &shop_of(said))
}

/// Funding plans.
pub(in crate::web) fn plans(call: &Call, _: NoQuery) -> Result<All<PlanJson>, Problem> {
    all(call, Kind::Plan, plan_json)
}

/// A funding plan.
pub(in crate::web) fn plan(call: &Call, _: NoQuery) -> Result<PlanJson, Problem> {
    one(call, Kind::Plan, plan_json)
}

/// Enters a funding plan.
pub(in crate::web) fn add_plan(call: &Call, said: NewFundingPlan) -> Made<PlanJson> {
    add(call, Kind::Plan, &plan_of(said), plan_json, urls::API_PLAN)
}

/// Replaces what is known of a funding plan.
pub(in crate::web) fn change_plan(call: &Call, said: NewFundingPlan) -> Result<(), Problem> {
    keep(call, Some(call.number()?), &plan_of(said))
}

/// Issuing authorities.
pub(in crate::web) fn authorities(call: &Call, _: NoQuery) -> Result<All<AuthorityJson>, Problem> {
    all(call, Kind::Authority, authority_json)
}

/// An issuing authority.
pub(in crate::web) fn authority(call: &Call, _: NoQuery) -> Result<AuthorityJson, Problem> {
    one(call, Kind::Authority, authority_json)
}

/// Enters an issuing authority.
pub(in crate::web) fn add_authority(call: &Call, said: NewAuthority) -> Made<AuthorityJson> {
    let record = authority_of(call, said)?;
    add(call, Kind::Authority, &record, authority_json, urls::API_AUTHORITY)
}

/// Replaces what is known of an issuing authority.
pub(in crate::web) fn change_authority(call: &Call, said: NewAuthority) -> Result<(), Problem> {
    keep(call, Some(call.number()?), &authority_of(call, said)?)
}

/// How a kind of what is kept is answered; none where it is of another kind.
type Shape<T> = fn(Kept) -> Option<T>;

fn all<T>(call: &Call, kind: Kind, shape: Shape<T>) -> Result<All<T>, Problem> {
    let kept = desk::all(&call.store, kind)?;
    Ok(kept.into_iter().filter_map(shape).collect())
}

fn one<T>(call: &Call, kind: Kind, shape: Shape<T>) -> Result<T, Problem> {
    let id = call.number()?;
    let kept = desk::all(&call.store, kind)?.into_iter().find(|it| it.id == id);
    kept.and_then(shape).ok_or_else(|| Wrong::NotFound.into())
}

fn add<T>(call: &Call, kind: Kind, record: &Record, shape: Shape<T>, path: &str) -> Made<T> {
    keep(call, None, record)?;
    let kept = desk::all(&call.store, kind)?.into_iter().find(|it| it.record == *record);
    let kept = kept.ok_or(Wrong::NotFound)?;
    let path = urls::of(path, kept.id);
    Ok((shape(kept).ok_or(Wrong::NotFound)?, path))
}

fn keep(call: &Call, id: Option<i64>, record: &Record) -> Result<(), Problem> {
    let kept = desk::keep(&call.store, &call.worker(), id, record);
    kept.map_err(|why| refusal::keeping(call.words, why))
}

fn day(date: Option<Date>) -> Option<Day> {
    date.map(|date| date.0)
}

fn shop_of(said: NewPrintShop) -> Record {
    Record::Shop(ShopDetails {
        name: said.name.0,
        address: said.address.map(|line| line.0),
        phone: said.phone.map(|line| line.0),
        licence_number: said.licence_number.0,
        licence_issuer: said.licence_issuer.map(|line| line.0),
        licence_ends_on: day(said.licence_ends_on),
        is_active: said.active,
    })
}

fn plan_of(said: NewFundingPlan) -> Record {
    Record::Plan(NewPlan {
        code: said.code.0,
        stamps_per_product: said.stamps_per_product,
        active_from: said.active_from.0,
        active_to: day(said.active_to),
    })
}

fn authority_of(call: &Call, said: NewAuthority) -> Result<Record, Problem> {
    let level = AuthorityLevel::from_key(&said.level).ok_or_else(|| call.invalid("#/level"))?;
    let (active_from, active_to) = (day(said.active_from), day(said.active_to));
    Ok(Record::Authority(Authority { name: said.name.0, level, active_from, active_to }))
}

fn shop_json(Kept { id, record, .. }: Kept) -> Option<PrintShopJson> {
    let Record::Shop(shop) = record else { return None };
    Some(PrintShopJson {
        id,
        name: shop.name,
        address: shop.address,
        phone: shop.phone,
        licence_number: shop.licence_number,
        licence_issuer: shop.licence_issuer,
        licence_ends_on: shop.licence_ends_on,
        active: shop.is_active,
    })
}

fn plan_json(Kept { id, record, .. }: Kept) -> Option<PlanJson> {
    let Record::Plan(NewPlan { code, stamps_per_product, active_from, active_to }) = record else {
        return None;
    };
    Some(PlanJson { id, code, stamps_per_product, active_from, active_to })
}

fn authority_json(Kept { id, record, .. }: Kept) -> Option<AuthorityJson> {
    let Record::Authority(Authority { name, level, active_from, active_to }) = record else {
        return None;
    };
    Some(AuthorityJson { id, name, level: level.key(), active_from, active_to })
}
