//! Sheets of a batch: made, and fetched by the print shop.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{busy, done, frame, refused, text, worker};
use crate::desk::sheets::{self as desk, SheetFile, SheetsError};
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::shipping::ShippingError;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::{html, parcel};
use crate::web::stream::Places;
use crate::web::views::desk::{sheets as views, wording};
use crate::web::{AppState, urls};

/// What sheets are to be made on.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Wanted {
    #[serde(rename = "kho", default)]
    layout: String,
    #[serde(rename = "mau", default)]
    design: String,
    #[serde(rename = "lo_hang", default)]
    lot: String,
    /// Names of plates that are not printed, one after the other.
    #[serde(rename = "bo_ban", default)]
    without: String,
}

impl Wanted {
    fn taken(self) -> desk::Wanted {
        let names = self.without.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
        desk::Wanted {
            lot: text(&self.lot),
            without: names.map(str::to_owned).collect(),
            layout: self.layout,
            design: self.design,
        }
    }
}

/// The sheets of a batch, and how more are made.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    batch: Path<u32>,
) -> Result<HttpResponse, Error> {
    let file = file_of(&actor, &state, *batch).await?;
    let frame = frame(&request, Some(&actor), "sheets.title");
    html(Visitor::of(&request), views::page(frame, &file, None))
}

/// Makes sheets.
pub(in crate::web) async fn make(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    places: Data<Places>,
    batch: Path<u32>,
    Posted(wanted): Posted<Wanted>,
) -> Result<HttpResponse, Error> {
    let number = BatchNumber::new(*batch).ok_or(Error::NotFound)?;
    let (store, settings, worker) =
        (state.store.clone(), state.printing.clone(), worker(&actor, &state));
    let how = wanted.taken();
    // As a download does: only so many at a time.
    let _place = places.take()?;
    let made = beside(move || desk::make(&store, &settings, &worker, number, &how)).await?;
    let visitor = Visitor::of(&request);
    let said = match made {
        Ok(()) => return Ok(done(&urls::of(urls::SHEETS, (*batch).into()), "sheets.made")),
        Err(SheetsError::NoBatch) => return Err(Error::NotFound),
        Err(SheetsError::Store(why)) => return Err(busy(&why)),
        Err(why) => match wording::sheets(visitor.words, &why) {
            Some(said) => said,
            None => return Err(Error::Internal("sheets were not made", why.into())),
        },
    };
    let file = file_of(&actor, &state, *batch).await?;
    let frame = frame(&request, Some(&actor), "sheets.title");
    refused(visitor, views::page(frame, &file, Some(said)))
}

/// A file of a printing, or all of them as one archive.
pub(in crate::web) async fn fetch(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    places: Data<Places>,
    path: Path<(u32, String, String, String)>,
) -> Result<HttpResponse, Error> {
    let (batch, layout, design, name) = path.into_inner();
    let number = BatchNumber::new(batch).ok_or(Error::NotFound)?;
    let printing = Printing { layout, design };
    let worker = worker(&actor, &state);
    let (store, settings, whose) = (state.store.clone(), state.printing.clone(), worker.clone());
    let found = beside(move || desk::parcel(&store, &settings, &whose, number, &printing)).await?;
    let parcel = found.map_err(torn)?.ok_or(Error::NotFound)?;
    let store = state.store.clone();
    if name == urls::ARCHIVE {
        return parcel::archive(&request, &places, parcel, async move |name| {
            let noted = beside(move || desk::note(&store, &worker, number, &name, None)).await?;
            noted.map_err(|why| busy(&why))
        })
        .await;
    }
    let entry = parcel.find(&name).ok_or(Error::NotFound)?.clone();
    parcel::one(&request, &places, entry.clone(), async move |is_beginning| {
        let opened =
            beside(move || desk::open(&store, &worker, number, (&parcel, &entry), is_beginning));
        opened.await?.map_err(torn)
    })
    .await
}

async fn file_of(actor: &Actor, state: &AppState, batch: u32) -> Result<SheetFile, Error> {
    let number = BatchNumber::new(batch).ok_or(Error::NotFound)?;
    let (store, settings, worker) =
        (state.store.clone(), state.printing.clone(), worker(actor, state));
    let found = beside(move || desk::get(&store, &settings, &worker, number)).await?;
    found.map_err(torn)?.ok_or(Error::NotFound)
}

fn torn(why: ShippingError) -> Error {
    match why {
        ShippingError::Store(why) => busy(&why),
        why => Error::Internal("files cannot be given out", why.into()),
    }
}
