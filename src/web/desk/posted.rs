//! A form that somebody sent.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Form, Query};
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use super::Actor;
use crate::web::error::Error;

/// The field that holds a session's [`form key`](Actor::form_key).
pub(in crate::web) const FORM_KEY: &str = "khoa";

/// The fields of a form, sent from a page of the same session.
#[derive(Debug)]
pub(in crate::web) struct Posted<T>(pub(in crate::web) T);

type Pairs = Vec<(String, String)>;

impl<T: DeserializeOwned> FromRequest for Posted<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let actor = Actor::from_request(request, &mut Payload::None).into_inner();
        let pairs = Form::<Pairs>::from_request(request, payload);
        Box::pin(async move {
            let pairs = pairs.await.map_err(|why| Error::BadForm(why.to_string()))?.into_inner();
            // Who is not signed in, has nothing that another site could misuse.
            if let Ok(actor) = actor {
                let given = pairs.iter().find(|(name, _)| name == FORM_KEY);
                if given.is_none_or(|(_, key)| *key != actor.form_key()) {
                    return Err(Error::OldForm);
                }
            }
            read(&pairs)
        })
    }
}

/// Reads fields by their names; the form key is none of them.
fn read<T: DeserializeOwned>(pairs: &Pairs) -> Result<Posted<T>, Error> {
    let fields: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| name != FORM_KEY)
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    let fields = Query::<T>::from_query(&fields.join("&"));
    fields.map(|fields| Posted(fields.into_inner())).map_err(|why| Error::BadForm(why.to_string()))
}

fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
