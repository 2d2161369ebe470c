//! Photos of products: sent, and taken away.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{busy, done, frame, products, refused, worker};
use crate::desk::products as desk;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ProductId;
use crate::domain::photo::Photo;
use crate::photos::{self, PhotoError};
use crate::register::catalogue::CatalogueError;
use crate::web::desk::{Actor, Decoding, Keyed, Posted, Uploaded, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::views::desk::{products as views, wording};
use crate::web::{AppState, urls};

/// A photo.
#[derive(Debug, MultipartForm)]
pub(in crate::web) struct PhotoForm {
    #[multipart(rename = "khoa")]
    form_key: Option<Text<String>>,
    /// The version of the product that the page showed.
    #[multipart(rename = "ban")]
    version: Option<Text<i64>>,
    #[multipart(rename = "tep")]
    file: Option<Bytes>,
}

impl Keyed for PhotoForm {
    const FILE_BYTES_MAX: usize = photos::BYTES_MAX;

    fn form_key(&self) -> Option<&str> {
        self.form_key.as_ref().map(|text| text.as_str())
    }
}

/// A product whose photo is taken away.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct RemovalForm {
    #[serde(rename = "ban", default)]
    version: String,
}

/// Shows a photo with a product.
pub(in crate::web) async fn show(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    turns: Data<Decoding>,
    product: Path<i64>,
    form: Result<Uploaded<PhotoForm>, Error>,
) -> Result<HttpResponse, Error> {
    let id = ProductId(*product);
    // Also who sends no photo learns first whether the product is there.
    products::file(&actor, &state, id).await?;
    let form = match form {
        Ok(Uploaded(form)) => form,
        Err(Error::LargeForm(_)) => {
            let said = wording::photo(Visitor::of(&request).words, &PhotoError::TooLong);
            return again(&request, &actor, &state, id, said).await;
        }
        Err(why) => return Err(why),
    };
    // No product has version 0: what has none is held to have been changed.
    let version = form.version.map_or(0, |version| *version);
    let bytes = form.file.map(|file| file.data).unwrap_or_default();
    let photo = match turns.run(move || photos::read(&bytes)).await? {
        Ok(photo) => photo,
        Err(why) => {
            if let PhotoError::Damaged(why) = &why {
                tracing::info!(error = why as &dyn std::error::Error, "a photo was not read");
            }
            let said = wording::photo(Visitor::of(&request).words, &why);
            return again(&request, &actor, &state, id, said).await;
        }
    };
    set(&request, &actor, &state, (id, version), Some(photo)).await
}

/// Shows none any more.
pub(in crate::web) async fn remove(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    product: Path<i64>,
    form: Posted<RemovalForm>,
) -> Result<HttpResponse, Error> {
    let version = form.0.version.parse().unwrap_or(0);
    set(&request, &actor, &state, (ProductId(*product), version), None).await
}

async fn set(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    (id, version): (ProductId, i64),
    photo: Option<Photo>,
) -> Result<HttpResponse, Error> {
    let (store, worker) = (state.store.clone(), worker(actor, state));
    let what = if photo.is_some() { "photo.shown" } else { "photo.removed" };
    let set = move || desk::set_photo(&store, &worker, id, version, photo.as_ref());
    match beside(set).await? {
        Ok(()) => Ok(done(&urls::of(urls::PRODUCT, id.0), what)),
        Err(CatalogueError::NoProduct(_)) => Err(Error::NotFound),
        Err(CatalogueError::Store(why)) => Err(busy(&why)),
        Err(CatalogueError::Changed(_)) => {
            let said = Visitor::of(request).words.say("photo.problem.changed").into_owned();
            again(request, actor, state, id, said).await
        }
        Err(
            other @ (CatalogueError::Facts
            | CatalogueError::Alike { .. }
            | CatalogueError::Unprintable(_)
            | CatalogueError::Taken(_)
            | CatalogueError::NoProducer(_)),
        ) => Err(Error::Internal("a photo was refused", other.to_string().into())),
    }
}

/// The product as it is now, and why its photo was left as it is.
async fn again(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    id: ProductId,
    said: String,
) -> Result<HttpResponse, Error> {
    let file = products::file(actor, state, id).await?;
    let frame = frame(request, Some(actor), "product.title");
    let today = vietnam_day(state.clock.now());
    refused(Visitor::of(request), views::page(frame, actor, &file, today, Some(said)))
}
