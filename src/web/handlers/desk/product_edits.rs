//! Products entered, and what is known of them changed.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{busy, done, frame, producers, products, refused, text, worker};
use crate::desk::products as desk;
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::product::{NewProduct, ProductGroup};
use crate::register::catalogue::CatalogueError;
use crate::vietnamese;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::product_edits::{self as views, Problem, Typed};
use crate::web::{AppState, urls};

/// A product as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct ProductForm {
    #[serde(rename = "ban", default)]
    version: String,
    #[serde(rename = "ten", default)]
    name: String,
    #[serde(rename = "nhom", default)]
    group: String,
    #[serde(rename = "khoi_luong", default)]
    net_quantity: String,
    #[serde(rename = "gtin", default)]
    gtin: String,
    /// Said to be another than the one it is written like.
    #[serde(rename = "khac", default)]
    is_other: String,
}

/// The form for a new product.
pub(in crate::web) async fn blank(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    producer: Path<i64>,
) -> Result<HttpResponse, Error> {
    let maker = producers::file(&actor, &state, ProducerId(*producer)).await?.producer;
    let frame = frame(&request, Some(&actor), "product.add.title");
    html(Visitor::of(&request), views::blank(frame, &maker, &Typed::default(), None))
}

/// Enters a product.
pub(in crate::web) async fn add(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    producer: Path<i64>,
    form: Posted<ProductForm>,
) -> Result<HttpResponse, Error> {
    let id = ProducerId(*producer);
    let maker = producers::file(&actor, &state, id).await?.producer;
    let typed = typed(&form.0);
    let problem = match read(&typed, id) {
        Err(problem) => problem,
        Ok(wanted) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            let alike = super::alike(&form.0.is_other);
            match beside(move || desk::add(&store, &worker, &wanted, alike)).await? {
                Ok(id) => return Ok(done(&urls::of(urls::PRODUCT, id.0), "product.added")),
                Err(why) => problem(why)?,
            }
        }
    };
    let visitor = Visitor::of(&request);
    let frame = frame(&request, Some(&actor), "product.add.title");
    refused(visitor, views::blank(frame, &maker, &typed, Some(&problem)))
}

/// The form for what is known.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    product: Path<i64>,
) -> Result<HttpResponse, Error> {
    let known = products::file(&actor, &state, ProductId(*product)).await?.listed.product;
    let frame = frame(&request, Some(&actor), "product.edit.title");
    let page = views::page(frame, known.id.0, &Typed::of(&known), None, None);
    html(Visitor::of(&request), page)
}

/// Changes a product.
pub(in crate::web) async fn change(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    product: Path<i64>,
    form: Posted<ProductForm>,
) -> Result<HttpResponse, Error> {
    let id = ProductId(*product);
    let known = products::file(&actor, &state, id).await?.listed.product;
    let mut typed = typed(&form.0);
    let problem = match read(&typed, known.details.producer) {
        Err(problem) => problem,
        Ok(wanted) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            let (version, alike) = (typed.version, super::alike(&form.0.is_other));
            let change = move || desk::change(&store, &worker, id, version, (&wanted, alike));
            match beside(change).await? {
                Ok(()) => return Ok(done(&urls::of(urls::PRODUCT, id.0), "kept")),
                Err(why) => problem(why)?,
            }
        }
    };
    // Read after the refusal: what the page tells is what the next attempt is held to.
    let known = products::file(&actor, &state, id).await?.listed.product;
    let theirs = matches!(problem, Problem::Said("changed")).then_some(&known);
    if theirs.is_some() {
        typed.version = known.version;
    }
    let visitor = Visitor::of(&request);
    let frame = frame(&request, Some(&actor), "product.edit.title");
    refused(visitor, views::page(frame, id.0, &typed, theirs, Some(&problem)))
}

fn typed(form: &ProductForm) -> Typed {
    Typed {
        // No product has version 0: what has none is held to have been changed.
        version: form.version.parse().unwrap_or(0),
        name: vietnamese::nfc(form.name.trim()),
        group: form.group.trim().to_owned(),
        net_quantity: vietnamese::nfc(form.net_quantity.trim()),
        gtin: form.gtin.chars().filter(|c| *c != ' ').collect(),
    }
}

/// Which problem it is that a product was not kept for.
fn problem(why: CatalogueError) -> Result<Problem, Error> {
    Ok(match why {
        CatalogueError::Store(why) => return Err(busy(&why)),
        CatalogueError::NoProduct(_) | CatalogueError::NoProducer(_) => {
            return Err(Error::NotFound);
        }
        CatalogueError::Facts => Problem::Said("facts"),
        CatalogueError::Alike { id, known, .. } => Problem::Alike(id, known),
        CatalogueError::Unprintable(why) => Problem::Unprintable(why),
        CatalogueError::Taken(_) => Problem::Said("taken"),
        CatalogueError::Changed(_) => Problem::Said("changed"),
    })
}

/// What was filled in, or which problem it has.
fn read(typed: &Typed, producer: ProducerId) -> Result<NewProduct, Problem> {
    let facts = || Problem::Said("facts");
    let group = typed.group.parse().ok().and_then(ProductGroup::from_number);
    let gtin = text(&typed.gtin).map(|gtin| gtin.parse()).transpose();
    Ok(NewProduct {
        producer,
        name: typed.name.clone(),
        group: group.ok_or_else(facts)?,
        gtin: gtin.map_err(|_not_one| Problem::Said("gtin"))?,
        net_quantity: text(&typed.net_quantity),
    })
}
