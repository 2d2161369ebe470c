//! What a download link leads to: a page for the print shop, and its files.

use std::fs::File;

use actix_web::http::Method;
use actix_web::http::header::{self, LOCATION};
use actix_web::rt::time::timeout;
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::{REGISTER_TIME, html};
use crate::shipping::{Contents, Delivery, Downloads, Entry, Parcel, ShippingError};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::file::{Served, disposition};
use crate::web::stream::{Places, Stream};
use crate::web::{AppState, urls, views};

/// The page of a link.
pub(in crate::web) async fn page(
    request: HttpRequest,
    state: Data<AppState>,
    token: Path<String>,
) -> Result<HttpResponse, Error> {
    let delivery = open(&state, token.into_inner()).await?;
    let visitor = Visitor::of(&request);
    html(visitor, views::parcel(visitor, &delivery, state.report_contact.as_deref()))
}

/// Leads to the page, from which files are found beside it.
pub(in crate::web) async fn lead(request: HttpRequest) -> HttpResponse {
    let page = format!("{}/", request.path());
    HttpResponse::PermanentRedirect().insert_header((LOCATION, page)).finish()
}

/// One file.
pub(in crate::web) async fn file(
    request: HttpRequest,
    state: Data<AppState>,
    places: Data<Places>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let (token, name) = path.into_inner();
    let delivery = open(&state, token).await?;
    let entry = delivery.parcel.find(&name).ok_or(Error::NoDownload)?.clone();
    one(&request, &places, entry.clone(), async |is_beginning| {
        start(&state, delivery, entry, is_beginning).await
    })
    .await
}

/// All files in one archive.
pub(in crate::web) async fn all(
    request: HttpRequest,
    state: Data<AppState>,
    places: Data<Places>,
    token: Path<String>,
) -> Result<HttpResponse, Error> {
    let Delivery { link, parcel } = open(&state, token.into_inner()).await?;
    archive(&request, &places, parcel, async |name| {
        blocking(&state, move |downloads| downloads.note(&link, &name)).await
    })
    .await
}

/// A file of a printing; `open` opens it, and notes it where a download begins.
pub(in crate::web) async fn one(
    request: &HttpRequest,
    places: &Places,
    entry: Entry,
    open: impl AsyncFnOnce(bool) -> Result<File, Error>,
) -> Result<HttpResponse, Error> {
    let served = Served {
        name: &entry.name,
        media_type: media_type(&entry.contents),
        bytes: entry.bytes,
        sha256: &entry.sha256,
    };
    let wanted = served.wanted(request);
    let is_beginning = request.method() == Method::GET && wanted.is_beginning();
    let place = places.take()?;
    let file = open(is_beginning).await?;
    Ok(served.answer(request, wanted, file, place))
}

/// All files of a printing in one archive, which `note` notes. It is made while it is sent, so that it
/// can only be fetched whole.
pub(in crate::web) async fn archive(
    request: &HttpRequest,
    places: &Places,
    parcel: Parcel,
    note: impl AsyncFnOnce(String) -> Result<(), Error>,
) -> Result<HttpResponse, Error> {
    let mut response = HttpResponse::Ok();
    response.content_type("application/zip");
    response.insert_header(disposition(&parcel.archive_name()));
    response.insert_header((header::ACCEPT_RANGES, "none"));
    if request.method() == Method::HEAD {
        return Ok(response.body(Stream::only_size(None)));
    }
    let place = places.take()?;
    note(urls::ARCHIVE.to_owned()).await?;
    Ok(response.body(Stream::new(None, place, move |out| parcel.write_archive(out))))
}

async fn open(state: &Data<AppState>, token: String) -> Result<Delivery, Error> {
    let delivery = blocking(state, move |downloads| downloads.open(&token)).await?;
    delivery.ok_or(Error::NoDownload)
}

/// Opens a file to be given out, and notes it where a download begins.
async fn start(
    state: &Data<AppState>,
    delivery: Delivery,
    entry: Entry,
    noted: bool,
) -> Result<File, Error> {
    blocking(state, move |downloads| {
        let file = delivery.parcel.open(&entry)?;
        if noted {
            downloads.note(&delivery.link, &entry.name)?;
        }
        Ok(file)
    })
    .await
}

/// Asks register and disk beside the serving threads.
async fn blocking<T: Send + 'static>(
    state: &Data<AppState>,
    question: impl FnOnce(&Downloads) -> Result<T, ShippingError> + Send + 'static,
) -> Result<T, Error> {
    let downloads = state.downloads.clone();
    match timeout(REGISTER_TIME, web::block(move || question(&downloads))).await {
        Ok(Ok(Ok(answer))) => Ok(answer),
        Ok(Ok(Err(ShippingError::Store(error)))) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a link was not opened");
            Err(Error::Busy)
        }
        Ok(Ok(Err(error))) => Err(Error::Internal("files cannot be given out", error.into())),
        Ok(Err(error)) => Err(Error::Internal("opening a link was broken off", error.into())),
        Err(_elapsed) => {
            tracing::error!("the register did not answer");
            Err(Error::Busy)
        }
    }
}

/// Its media type.
pub(in crate::web) fn media_type(contents: &Contents) -> &'static str {
    match contents {
        Contents::Volume { .. } | Contents::Ticket => "application/pdf",
        Contents::Codes => "text/csv; charset=utf-8",
        Contents::Manifest => "application/json",
    }
}
