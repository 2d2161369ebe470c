//! `ocop shop`.

use clap::{ArgAction, Args, Subcommand};
use serde_json::{Value, json};

use super::Session;
use super::error::CliError;
use super::product::day;
use crate::app::App;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ShopId;
use crate::domain::print_shop::{PrintShop, ShopDetails};
use crate::register::shops::{self, ShopError};
use crate::store::print_shops;
use crate::vietnamese;

/// Commands of `shop`.
#[derive(Debug, Subcommand)]
pub(super) enum ShopCommand {
    /// Enter a print shop with its licence
    Add(AddArgs),
    /// List print shops, and whether they may be given work today
    List,
    /// Change what is known of a print shop: only what is given
    Update(UpdateArgs),
}

/// Options of `shop add`.
#[derive(Args, Debug)]
pub(super) struct AddArgs {
    /// Its name
    name: String,
    /// Number of its licence (giấy phép hoạt động in)
    #[arg(long, value_name = "NUMBER", value_parser = crate::cli::kept)]
    licence: String,
    /// Who issued the licence (cơ quan cấp giấy phép)
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    licence_by: Option<String>,
    /// Last day of the licence (dd/mm/yyyy) [default: it has no end]
    #[arg(long, value_name = "DATE")]
    licence_ends: Option<String>,
    #[command(flatten)]
    reach: Reach,
}

/// How a shop is reached.
#[derive(Args, Debug)]
pub(super) struct Reach {
    /// Where it is
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    address: Option<String>,
    /// Its telephone
    #[arg(long, value_name = "NUMBER", value_parser = crate::cli::kept)]
    phone: Option<String>,
}

/// Options of `shop update`.
#[derive(Args, Debug)]
pub(super) struct UpdateArgs {
    /// Number of the shop, from `ocop shop list`
    id: i64,
    /// Its name
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    name: Option<String>,
    /// Number of its licence
    #[arg(long, value_name = "NUMBER", value_parser = crate::cli::kept)]
    licence: Option<String>,
    /// Who issued the licence
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::kept)]
    licence_by: Option<String>,
    /// Last day of the licence (dd/mm/yyyy)
    #[arg(long, value_name = "DATE")]
    licence_ends: Option<String>,
    /// Whether the office gives it work
    #[arg(long, value_name = "true|false", action = ArgAction::Set)]
    active: Option<bool>,
    #[command(flatten)]
    reach: Reach,
}

pub(super) fn run(session: &Session, command: ShopCommand) -> Result<(), CliError> {
    let app = session.app()?;
    match command {
        ShopCommand::Add(args) => add(session, &app, args),
        ShopCommand::List => list(session, &app),
        ShopCommand::Update(args) => update(session, &app, args),
    }
}

fn add(session: &Session, app: &App, args: AddArgs) -> Result<(), CliError> {
    let details = ShopDetails {
        name: args.name,
        address: args.reach.address,
        phone: args.reach.phone,
        licence_number: args.licence,
        licence_issuer: args.licence_by,
        licence_ends_on: args.licence_ends.as_deref().map(day).transpose()?,
        is_active: true,
    };
    let shop = shops::add(&app.store, &details, session.act(app))?;
    session.output.tell(&facts(app, &shop), || line(app, &shop));
    Ok(())
}

fn update(session: &Session, app: &App, args: UpdateArgs) -> Result<(), CliError> {
    let id = ShopId(args.id);
    let known = app.store.read(|register| print_shops::get(register, id))?;
    let known = known.ok_or(ShopError::NoShop(id))?.details;
    let licence_ends_on = args.licence_ends.as_deref().map(day).transpose()?;
    let details = ShopDetails {
        name: args.name.unwrap_or(known.name),
        address: args.reach.address.or(known.address),
        phone: args.reach.phone.or(known.phone),
        licence_number: args.licence.unwrap_or(known.licence_number),
        licence_issuer: args.licence_by.or(known.licence_issuer),
        licence_ends_on: licence_ends_on.or(known.licence_ends_on),
        is_active: args.active.unwrap_or(known.is_active),
    };
    let shop = shops::update(&app.store, id, &details, session.act(app))?;
    session.output.tell(&facts(app, &shop), || line(app, &shop));
    Ok(())
}

fn list(session: &Session, app: &App) -> Result<(), CliError> {
    let all = app.store.read(print_shops::all)?;
    let facts: Vec<Value> = all.iter().map(|shop| facts(app, shop)).collect();
    session.output.tell(&json!({ "shops": facts }), || all.iter().for_each(|it| line(app, it)));
    Ok(())
}

fn may_print(app: &App, shop: &PrintShop) -> bool {
    shop.details.may_print(vietnam_day(app.clock.now())).is_ok()
}

fn facts(app: &App, shop: &PrintShop) -> Value {
    let details = &shop.details;
    json!({
        "id": shop.id.0,
        "name": details.name,
        "address": details.address,
        "phone": details.phone,
        "licence": details.licence_number,
        "licence_by": details.licence_issuer,
        "licence_ends": details.licence_ends_on,
        "active": details.is_active,
        "may_print": may_print(app, shop),
    })
}

fn line(app: &App, shop: &PrintShop) {
    let (id, details) = (shop.id, &shop.details);
    let ends = details.licence_ends_on.map(vietnamese::date);
    let ends = ends.map_or_else(|| "without end".to_owned(), |day| format!("until {day}"));
    let may = if may_print(app, shop) { "may print" } else { "may not print" };
    println!("shop {id}: {}, licence {} {ends}, {may}", details.name, details.licence());
}
