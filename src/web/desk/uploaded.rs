//! A form with a file that somebody sent.

use std::future::Future;
use std::pin::Pin;

use actix_multipart::MultipartError;
use actix_multipart::form::{MultipartCollect, MultipartForm, MultipartFormConfig};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{FromRequest, HttpRequest};

use super::Actor;
use crate::intake::limits::FILE_BYTES;
use crate::photos;
use crate::web::error::Error;

/// Room for the other fields of a form beside its file.
const FIELDS_BYTES: usize = 64 << 10;

/// The fields of a form with a file, sent from a page of the same session, as
/// [`Posted`](super::Posted) for one without.
#[derive(Debug)]
pub(in crate::web) struct Uploaded<T>(pub(in crate::web) T);

/// A form that says which session's page it was sent from.
pub(in crate::web) trait Keyed: MultipartCollect {
    /// Most bytes of its file.
    const FILE_BYTES_MAX: usize;

    /// The [key](Actor::form_key) that the page had.
    fn form_key(&self) -> Option<&str>;
}

impl<T: Keyed + 'static> FromRequest for Uploaded<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let actor = Actor::from_request(request, &mut Payload::None).into_inner();
        let form = MultipartForm::<T>::from_request(request, payload);
        Box::pin(async move {
            let form = form.await.map_err(|why| unreadable(&why, T::FILE_BYTES_MAX))?.into_inner();
            if form.form_key().map(str::to_owned) != Some(actor?.form_key()) {
                return Err(Error::OldForm);
            }
            Ok(Self(form))
        })
    }
}

fn unreadable(why: &actix_web::Error, most: usize) -> Error {
    match why.as_error() {
        Some(MultipartError::Payload(PayloadError::Overflow)) => Error::LargeForm(most),
        _ => Error::BadForm(why.to_string()),
    }
}

/// What a form with a file may hold.
pub(in crate::web) fn limits() -> MultipartFormConfig {
    let most = FILE_BYTES.max(photos::BYTES_MAX) + FIELDS_BYTES;
    MultipartFormConfig::default().total_limit(most).memory_limit(most)
}
