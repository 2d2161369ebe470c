//! A form that somebody sent.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Form;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Actor;
use crate::web::error::Error;

/// The fields of a form, sent from a page of the same session, as its [key](Actor::form_key) shows.
#[derive(Debug)]
pub(in crate::web) struct Posted<T>(pub(in crate::web) T);

#[derive(Deserialize)]
struct Keyed<T> {
    #[serde(rename = "khoa")]
    form_key: Option<String>,
    #[serde(flatten)]
    fields: T,
}

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let actor = Actor::from_request(request, &mut Payload::None).into_inner();
        let form = Form::<Keyed<T>>::from_request(request, payload);
        Box::pin(async move {
            let form = form.await.map_err(|why| Error::BadForm(why.to_string()))?.into_inner();
            // Who is not signed in, has nothing that another site could misuse.
            if actor.is_ok_and(|actor| form.form_key != Some(actor.form_key())) {
                return Err(Error::OldForm);
            }
            Ok(Self(form.fields))
        })
    }
}
