//! `ocop demo`: the whole job once, on the sample register. Run again, it carries on with what is
//! there.

mod delivery;
mod people;
mod sample;
mod showcase;
mod waiting;

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use self::people::DemoAccount;
use super::error::CliError;
use super::{Session, issue, order, serve, sheet};
use crate::app::App;
use crate::code::{text, uri};
use crate::domain::act::Act;
use crate::domain::batch::Batch;
use crate::domain::ids::ProductId;
use crate::domain::order::{NewOrder, Order, OrderMove, Quantity};
use crate::domain::quota::Funding;
use crate::issuance::ordering;
use crate::press::PrintFiles;
use crate::store::{orders, plans, products, sheets, stamps};
use crate::vietnamese::number;

/// The plan that pays for the demonstration's stamps, while it has any left.
const PLAN: &str = "KH 249/2021";
/// Addresses shown.
const SAMPLES: i64 = 10;

/// Options of `demo`.
#[derive(Args, Debug)]
pub(super) struct DemoArgs {
    /// Folder for everything the demonstration makes
    #[arg(long, value_name = "DIR", default_value = "ocop-demo")]
    dir: PathBuf,
    /// How many stamps to order
    #[arg(long, value_name = "N", default_value_t = 2000)]
    stamps: u32,
    /// Port to serve on
    #[arg(long, value_name = "P", default_value_t = 8080)]
    port: u16,
    /// Stop when everything is made, without serving it
    #[arg(long)]
    no_serve: bool,
}

pub(super) fn run(session: &Session, args: &DemoArgs) -> Result<(), CliError> {
    let quantity = Quantity::new(args.stamps)
        .ok_or_else(|| CliError::refused("the demonstration orders 1 to 1.000.000 stamps"))?;
    let passphrase = sample::passphrase_file(&args.dir)?;
    let config = session.config(&[
        ("data", "dir", args.dir.to_string_lossy().into_owned()),
        ("keys", "passphrase_file", passphrase.to_string_lossy().into_owned()),
        ("server", "listen", format!("127.0.0.1:{}", args.port)),
    ])?;
    let app = App::open_or_create(config)?;
    let listener = if args.no_serve { None } else { Some(serve::listen(&app)?) };
    sample::key(&app)?;
    let product = sample::register(session, &app)?;
    sample::designs(&app)?;
    let order = approved_order(&app, product, quantity)?;
    let batch = issue::issue(session, &app, order.id)?;
    let printing = sheet::order(&app, batch.number, &sheet::How::default(), None)?;
    let files = sheet::print(&app, &printing)?;
    let shop = delivery::shops(&app, &batch)?;
    delivery::prepare(&app, &batch, shop)?;
    showcase::prepare(&app, shop)?;
    waiting::prepare(&app, product, shop)?;
    let producer = app.store.read(|register| products::get(register, product))?;
    let (_, producer) = producer.ok_or_else(|| CliError::failed("the sample register is empty"))?;
    let people = people::accounts(&app, producer.id, shop)?;
    report(session, &app, &batch, &files, &people, args)?;
    listener.map_or(Ok(()), |listener| serve::serve(&app, listener))
}

/// The demonstration's order for so many stamps, approved; the one that is there, on a second run.
fn approved_order(app: &App, product: ProductId, quantity: Quantity) -> Result<Order, CliError> {
    let key = format!("demo-{}", quantity.get());
    let by = |by| Act { by, at: app.clock.now() };
    let earlier = app.store.read(|register| orders::by_key(register, &key))?;
    let order = if let Some(order) = earlier {
        order
    } else {
        let funding = funding(app, product, quantity)?;
        let request =
            NewOrder { idempotency_key: Some(key), ..NewOrder::new(product, quantity, funding) };
        ordering::place(&app.store, &request, by("chủ thể"))?
    };
    if order.state.after(OrderMove::Issue).is_ok() {
        return Ok(order);
    }
    ordering::step(&app.store, order.id, OrderMove::Submit, "", by("chủ thể"))?;
    Ok(ordering::step(&app.store, order.id, OrderMove::Approve, "", by("người phê duyệt"))?)
}

/// The city pays while the quota lasts, the producer beyond it.
fn funding(app: &App, product: ProductId, quantity: Quantity) -> Result<Funding, CliError> {
    let remaining = app.store.read(|register| match plans::find(register, PLAN)? {
        Some(plan) => plans::remaining(register, &plan, product),
        None => Ok(0),
    })?;
    if quantity.get() <= remaining { order::plan(app, PLAN) } else { Ok(Funding::SelfPaid) }
}

fn report(
    session: &Session,
    app: &App,
    batch: &Batch,
    files: &PrintFiles,
    people: &[DemoAccount],
    args: &DemoArgs,
) -> Result<(), CliError> {
    let urls = sample_urls(app, batch)?;
    let name = text::batch(batch.number);
    let jwks = app.keys().key_set_path();
    let answer = json!({
        "data_dir": app.config.data.dir,
        "database_url": app.config.database_url_for_display(),
        "batch": name,
        "stamps": batch.intent.quantity.get(),
        "pdf": files.volumes.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        "manifest": files.manifest,
        "jwks": jwks,
        "sample_urls": urls,
        "accounts": people.iter().map(account).collect::<Vec<_>>(),
    });
    session.output.tell(&answer, || {
        let face = &batch.intent.face;
        let (stamps, sheets) = (number(batch.intent.quantity.get().into()), number(files.sheets));
        println!("{} – {}", face.product_name, face.producer_name);
        println!("batch {name}: {stamps} stamps on {sheets} sheets, the first sheet activated");
        println!("  register  {}", app.config.database_url_for_display());
        for (path, _) in &files.volumes {
            println!("  sheets    {}", path.display());
        }
        println!("  ticket    {}", files.ticket.display());
        println!("  manifest  {}", files.manifest.display());
        println!("  keys      {}", jwks.display());
        if args.no_serve {
            return;
        }
        let here = format!("http://127.0.0.1:{}", args.port);
        println!("\nServing at {here} (Ctrl+C stops). As a phone would see a stamp:");
        for url in urls.iter().take(1) {
            println!("  {here}{}", local_path(url));
        }
        for (state, url) in showcase::addresses(app).unwrap_or_default() {
            println!("  {here}{}  {state}", local_path(&url));
        }
        println!("\nTo work: {here}/viec");
        people.iter().for_each(tell_account);
    });
    Ok(())
}

fn account(person: &DemoAccount) -> Value {
    json!({ "role": person.role.key(), "login": person.login, "password": person.password })
}

fn tell_account(person: &DemoAccount) {
    let password = person.password.as_deref().unwrap_or("(their own)");
    println!("  {:<14} {:<10} {password}", person.role.key(), person.login);
}

/// What is printed on the first stamps of the first sheet.
fn sample_urls(app: &App, batch: &Batch) -> Result<Vec<String>, CliError> {
    let codes = app.store.read(|register| {
        let printing = sheet::printing(app, None, None);
        let sheet = sheets::find(register, batch.number, &printing, 1)?;
        match sheet.and_then(|sheet| sheet.runs.first().copied()) {
            Some(run) => stamps::page(register, &(run.first..=run.last), SAMPLES),
            None => Ok(Vec::new()),
        }
    })?;
    let url = |(serial, signature)| uri::qr_text(&batch.intent.face, serial, &signature);
    Ok(codes.into_iter().map(url).collect())
}

fn local_path(url: &str) -> &str {
    let host_and_path = url.strip_prefix("https://").unwrap_or(url);
    host_and_path.find('/').and_then(|slash| host_and_path.get(slash..)).unwrap_or_default()
}
