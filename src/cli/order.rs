//! `ocop order`.

use clap::{ArgGroup, Args, Subcommand};
use serde_json::json;

use super::Session;
use super::error::CliError;
use super::product::day;
use super::stamp::{Trial, attempted, say_preview, with_preview};
use crate::app::App;
use crate::code::text;
use crate::desk::orders::carried;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::{OrderId, ProductId};
use crate::domain::order::{NewOrder, Order, OrderMove, Quantity};
use crate::domain::quota::Funding;
use crate::issuance::ordering::{self, OrderError};
use crate::store::{orders, plans};
use crate::vietnamese;

/// Orders listed at most.
const LISTED_MAX: i64 = 50;

/// Commands of `order`.
#[derive(Debug, Subcommand)]
pub(super) enum OrderCommand {
    /// Place an order as a draft
    Place(PlaceArgs),
    /// List the latest orders
    List,
    /// Send a draft to the office
    Submit(StepArgs),
    /// Take an order up: who sent it sees that it is under review
    TakeUp(StepArgs),
    /// Send an order back for changes, with a reason
    Return(StepArgs),
    /// Approve an order: by somebody who neither placed nor sent it
    Approve(StepArgs),
    /// Reject an order, with a reason
    Reject(StepArgs),
    /// Withdraw an order before its codes are issued
    Cancel(StepArgs),
}

/// Options of `order place`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("funding").required(true).args(["plan", "self_paid"])))]
pub(super) struct PlaceArgs {
    /// Number of the product, from `ocop product list`
    #[arg(long, value_name = "ID")]
    product: i64,
    /// How many stamps, 1 to 1000000
    #[arg(long, value_name = "N")]
    stamps: u32,
    /// Funding plan that pays (KH 249/2021)
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
    /// The producer pays
    #[arg(long)]
    self_paid: bool,
    /// The day the stamps are wanted by (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    wanted_on: Option<String>,
    /// Your own key for this request: repeating it makes no second order
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    key: Option<String>,
}

/// Options of the steps of an order.
#[derive(Args, Debug)]
pub(super) struct StepArgs {
    /// Number of the order
    id: i64,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = crate::cli::kept)]
    reason: String,
    #[command(flatten)]
    trial: Trial,
}

pub(super) fn run(session: &Session, command: OrderCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        OrderCommand::Place(args) => place(session, &app, args),
        OrderCommand::List => list(session, &app),
        OrderCommand::Submit(args) => step(session, &app, &args, OrderMove::Submit),
        OrderCommand::TakeUp(args) => step(session, &app, &args, OrderMove::TakeUp),
        OrderCommand::Return(args) => step(session, &app, &args, OrderMove::RequestChanges),
        OrderCommand::Approve(args) => step(session, &app, &args, OrderMove::Approve),
        OrderCommand::Reject(args) => step(session, &app, &args, OrderMove::Reject),
        OrderCommand::Cancel(args) => step(session, &app, &args, OrderMove::Cancel),
    }
}

fn place(session: &Session, app: &App, args: PlaceArgs) -> Result<(), CliError> {
    let quantity = Quantity::new(args.stamps)
        .ok_or_else(|| CliError::refused("an order is for 1 to 1.000.000 stamps"))?;
    let funding = args.plan.as_deref().map_or(Ok(Funding::SelfPaid), |code| plan(app, code))?;
    let request = NewOrder {
        idempotency_key: args.key,
        wanted_on: args.wanted_on.as_deref().map(day).transpose()?,
        ..NewOrder::new(ProductId(args.product), quantity, funding)
    };
    let order = ordering::place(&app.store, &request, session.act(app))?;
    tell(session, &order, false);
    Ok(())
}

/// The funding of a plan's code.
pub(super) fn plan(app: &App, code: &str) -> Result<Funding, CliError> {
    let plan = app.store.read(|register| plans::find(register, code))?;
    plan.map(|plan| Funding::Plan(plan.id))
        .ok_or_else(|| CliError::refused(format!("there is no funding plan “{code}”")))
}

fn step(session: &Session, app: &App, args: &StepArgs, step: OrderMove) -> Result<(), CliError> {
    let id = OrderId(args.id);
    let order = app.store.read(|register| orders::get(register, id))?;
    if let Some(order) = order.filter(|_| matches!(step, OrderMove::Submit | OrderMove::Approve))
        && order.state.after(step).is_ok_and(|after| after != order.state)
    {
        let today = vietnam_day(app.clock.now());
        carried::<OrderError>(&app.store, order.request.product, today)?;
    }
    let (preview, act) = (args.trial.preview, session.act(app));
    let order =
        attempted(app, preview, |store| ordering::step(store, id, step, &args.reason, act))?;
    tell(session, &order, preview);
    Ok(())
}

fn list(session: &Session, app: &App) -> Result<(), CliError> {
    let latest = app.store.read(|register| orders::latest(register, LISTED_MAX))?;
    let all: Vec<_> = latest.iter().map(facts).collect();
    session.output.tell(&json!({ "orders": all }), || latest.iter().for_each(line));
    Ok(())
}

/// An order as it stands, or would stand.
pub(super) fn tell(session: &Session, order: &Order, preview: bool) {
    session.output.tell(&with_preview(facts(order), preview), || {
        say_preview(preview);
        line(order);
    });
}

fn facts(order: &Order) -> serde_json::Value {
    json!({
        "id": order.id.0,
        "product": order.request.product.0,
        "stamps": order.request.quantity.get(),
        "funded": order.request.funding != Funding::SelfPaid,
        "state": order.state.key(),
        "wanted_on": order.request.wanted_on,
        "replaces": order.request.replaces.map(text::batch),
    })
}

fn line(order: &Order) {
    let stamps = vietnamese::number(order.request.quantity.get().into());
    let (id, product, state) = (order.id, order.request.product, order.state.key());
    println!("order {id}: {stamps} stamps for product {product}, {state}");
}
