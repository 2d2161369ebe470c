//! Official papers of orders and batches.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use super::{Nothing, busy, done, worker};
use crate::desk::papers::{self as desk, Folder, Wanted};
use crate::domain::ids::{DestructionId, HandOverId, OrderId, PaperId};
use crate::domain::serial::BatchNumber;
use crate::paperwork::PaperworkError;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::file::disposition;
use crate::web::{AppState, urls};

/// Which paper of a batch: that of a hand-over or a destruction, or with none named, its account.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct OfBatch {
    #[serde(rename = "ban_giao")]
    hand_over: Option<String>,
    #[serde(rename = "tieu_huy")]
    destruction: Option<String>,
}

/// Makes the slip of an order.
pub(in crate::web) async fn make_of_order(
    actor: Actor,
    state: Data<AppState>,
    order: Path<i64>,
    _: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let page = urls::of(urls::ORDER, *order);
    make(&actor, &state, Wanted::OrderSlip(OrderId(*order)), &page).await
}

/// Makes a paper of a batch.
pub(in crate::web) async fn make_of_batch(
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
    Posted(form): Posted<OfBatch>,
) -> Result<HttpResponse, Error> {
    let number = BatchNumber::new(*batch).ok_or(Error::NotFound)?;
    let id = |text: &str| text.parse().or(Err(Error::NotFound));
    let wanted = match (form.hand_over.as_deref(), form.destruction.as_deref()) {
        (Some(one), _) => Wanted::HandOver(number, HandOverId(id(one)?)),
        (_, Some(one)) => Wanted::Destruction(number, DestructionId(id(one)?)),
        (None, None) => Wanted::Reconciliation(number),
    };
    let page = urls::of(urls::BATCH, (*batch).into());
    make(&actor, &state, wanted, &page).await
}

/// Gives out a paper of an order.
pub(in crate::web) async fn of_order(
    actor: Actor,
    state: Data<AppState>,
    path: Path<(i64, i64)>,
) -> Result<HttpResponse, Error> {
    let (order, paper) = path.into_inner();
    give(&actor, &state, Folder::Order(OrderId(order)), PaperId(paper)).await
}

/// Gives out a paper of a batch.
pub(in crate::web) async fn of_batch(
    actor: Actor,
    state: Data<AppState>,
    path: Path<(u32, i64)>,
) -> Result<HttpResponse, Error> {
    let (batch, paper) = path.into_inner();
    let batch = BatchNumber::new(batch).ok_or(Error::NotFound)?;
    give(&actor, &state, Folder::Batch(batch), PaperId(paper)).await
}

/// Makes a paper, and leads to the page that lists it.
pub(super) async fn make(
    actor: &Actor,
    state: &AppState,
    wanted: Wanted,
    page: &str,
) -> Result<HttpResponse, Error> {
    let (paperwork, worker) = (state.paperwork.clone(), worker(actor, state));
    match beside(move || desk::make(&paperwork, &worker, wanted)).await? {
        Ok(_) => Ok(done(page, "paper")),
        Err(PaperworkError::NoSubject) => Err(Error::NotFound),
        Err(PaperworkError::Store(why)) => Err(busy(&why)),
        Err(PaperworkError::Unprintable(why)) => Err(Error::BadForm(why.to_string())),
        Err(why) => Err(Error::Internal("a paper could not be made", why.into())),
    }
}

/// Gives out the file of a paper.
pub(super) async fn give(
    actor: &Actor,
    state: &AppState,
    folder: Folder,
    id: PaperId,
) -> Result<HttpResponse, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let found = beside(move || desk::file(&store, &worker, folder, id)).await?;
    let (paper, file) = found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)?;
    let name = desk::file_name(&paper);
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(disposition(&name))
        .body(file))
}
