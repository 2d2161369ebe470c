//! Photos of products: sent, and taken away.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::{Nothing, busy, done, frame, products, refused, worker};
use crate::desk::products as desk;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::ProductId;
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
    #[multipart(rename = "tep")]
    file: Option<Bytes>,
}

impl Keyed for PhotoForm {
    fn form_key(&self) -> Option<&str> {
        self.form_key.as_ref().map(|text| text.as_str())
    }
}

/// Shows a photo with a product.
pub(in crate::web) async fn show(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    turns: Data<Decoding>,
    product: Path<i64>,
    Uploaded(form): Uploaded<PhotoForm>,
) -> Result<HttpResponse, Error> {
    let id = ProductId(*product);
    // Also who sends no photo learns first whether the product is there.
    let file = products::file(&actor, &state, id).await?;
    let bytes = form.file.map(|file| file.data).unwrap_or_default();
    let photo = match turns.run(move || photos::read(&bytes)).await? {
        Ok(photo) => photo,
        Err(why) => {
            if let PhotoError::Damaged(why) = &why {
                tracing::info!(error = why as &dyn std::error::Error, "a photo was not read");
            }
            let visitor = Visitor::of(&request);
            let said = wording::photo(visitor.words, &why);
            let frame = frame(&request, Some(&actor), "product.title");
            let today = vietnam_day(state.clock.now());
            return refused(visitor, views::page(frame, &actor, &file, today, Some(said)));
        }
    };
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    let shown = beside(move || desk::set_photo(&store, &worker, id, Some(&photo))).await?;
    shown.map_err(|why| failed(&why))?;
    Ok(done(&urls::of(urls::PRODUCT, id.0), "photo.shown"))
}

/// Shows none any more.
pub(in crate::web) async fn remove(
    actor: Actor,
    state: Data<AppState>,
    product: Path<i64>,
    _: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let id = ProductId(*product);
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    let removed = beside(move || desk::set_photo(&store, &worker, id, None)).await?;
    removed.map_err(|why| failed(&why))?;
    Ok(done(&urls::of(urls::PRODUCT, id.0), "photo.removed"))
}

fn failed(why: &CatalogueError) -> Error {
    match why {
        CatalogueError::NoProduct(_) => Error::NotFound,
        CatalogueError::Store(why) => busy(why),
        other @ (CatalogueError::Facts | CatalogueError::Taken(_) | CatalogueError::Changed(_)) => {
            Error::Internal("a photo was refused", other.to_string().into())
        }
    }
}
