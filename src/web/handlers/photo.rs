//! Photos of products.

use actix_web::http::header::{
    CACHE_CONTROL, ContentType, ETag, EntityTag, Header, IfNoneMatch, VARY,
};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use crate::store::photos;
use crate::web::desk::beside;
use crate::web::error::Error;
use crate::web::{AppState, urls};

/// What an address names never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A photo.
pub(in crate::web) async fn answer(
    request: HttpRequest,
    state: Data<AppState>,
    file: Path<String>,
) -> Result<HttpResponse, Error> {
    let file = file.into_inner();
    let tag = EntityTag::new_strong(file.trim_end_matches(".jpg").to_owned());
    let (name, size) = urls::photo_of(&file).ok_or(Error::NotFound)?;
    let known = matches!(
        IfNoneMatch::parse(&request),
        Ok(IfNoneMatch::Items(known)) if known.iter().any(|it| it.weak_eq(&tag))
    );
    if known {
        // Whoever names it has it: the register need not be asked.
        return Ok(headed(HttpResponse::NotModified(), tag).finish());
    }
    let (store, name) = (state.store.clone(), name.to_owned());
    let found = beside(move || store.read(|register| photos::file(register, &name, size))).await?;
    let found = found.map_err(|why| {
        tracing::error!(error = &why as &dyn std::error::Error, "the register did not answer");
        Error::Busy
    })?;
    let bytes = found.ok_or(Error::NotFound)?;
    Ok(headed(HttpResponse::Ok(), tag).content_type(ContentType::jpeg()).body(bytes))
}

/// An answer that is the same for everybody, for ever.
fn headed(mut response: HttpResponseBuilder, tag: EntityTag) -> HttpResponseBuilder {
    response.insert_header((CACHE_CONTROL, FOR_EVER)).insert_header((VARY, "accept-encoding"));
    response.insert_header(ETag(tag));
    response
}
