//! A form that somebody sent.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::UrlencodedError;
use actix_web::web::{Form, Query};
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Actor;
use crate::vietnamese;
use crate::web::error::Error;
use crate::web::urls;

/// What the names of fields for passwords begin with.
const PASSWORD: &str = "mat_khau";

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
        let fields = Form::<Vec<(String, String)>>::from_request(request, payload);
        Box::pin(async move {
            let fields = fields.await.map_err(|why| unreadable(&why))?.into_inner();
            let form = Query::<Keyed<T>>::from_query(&kept(&fields));
            let form = form.map_err(|why| Error::BadForm(why.to_string()))?.into_inner();
            // Who is not signed in, has nothing that another site could misuse.
            if actor.is_ok_and(|actor| form.form_key != Some(actor.form_key())) {
                return Err(Error::OldForm);
            }
            Ok(Self(form.fields))
        })
    }
}

/// What was typed, in the one spelling that is kept and without what nobody sees: it comes along when
/// text is pasted. A password stays as it was typed.
fn kept(fields: &[(String, String)]) -> String {
    let kept: Vec<(&str, String)> = fields
        .iter()
        .map(|(name, typed)| {
            let is_secret = name.starts_with(PASSWORD);
            let typed = if is_secret { typed.clone() } else { vietnamese::nfc_lines(typed) };
            (name.as_str(), typed)
        })
        .collect();
    let pairs: Vec<(&str, &str)> =
        kept.iter().map(|(name, typed)| (*name, typed.as_str())).collect();
    urls::form(&pairs)
}

fn unreadable(why: &actix_web::Error) -> Error {
    match why.as_error() {
        Some(UrlencodedError::Overflow { limit, .. }) => Error::LargeForm(*limit),
        _ => Error::BadForm(why.to_string()),
    }
}
