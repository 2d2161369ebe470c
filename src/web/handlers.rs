//! What answers at each address.

pub(super) mod desk;
pub(super) mod files;
pub(super) mod guide;
pub(super) mod health;
pub(super) mod keys;
pub(super) mod lookup;
pub(super) mod paper;
pub(super) mod parcel;
pub(super) mod photo;
pub(super) mod reports;
pub(super) mod start;
pub(super) mod verdict;

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_LANGUAGE, ContentType};
use actix_web::rt::time::timeout;
use actix_web::web::{self, Data};

use super::AppState;
use super::error::Error;
use super::extract::Visitor;
use crate::verification::Verifier;

/// A print shop's files are given up on after this time.
const REGISTER_TIME: Duration = Duration::from_secs(5);

/// Asks the register, beside the serving threads where it may block; `None` when it does not answer.
async fn ask<T: Send + 'static>(
    state: &Data<AppState>,
    question: impl FnOnce(&Verifier) -> T + Send + 'static,
) -> Option<T> {
    // A register that is known to be away says so at once.
    let Some(wait) = state.lookup_wait.filter(|_| state.store.is_up()) else {
        return Some(question(&state.verifier));
    };
    let verifier = state.verifier.clone();
    match timeout(wait, web::block(move || question(&verifier))).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(error)) => {
            tracing::error!(%error, "a look-up was broken off");
            None
        }
        Err(_elapsed) => {
            state.store.gave_up();
            None
        }
    }
}

fn html(visitor: Visitor, page: askama::Result<String>) -> Result<HttpResponse, Error> {
    let page = page.map_err(|why| Error::Internal("a page could not be made", why.into()))?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((CONTENT_LANGUAGE, visitor.words.tag()))
        .body(page))
}
